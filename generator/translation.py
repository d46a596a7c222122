"""Finds the words of themes and of Anjoman in their sources, and holds a language's catalogs against them.

It serves those who translate; pages take their words from `words`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment
from jinja2.exceptions import TemplateSyntaxError
from jinja2.ext import GETTEXT_FUNCTIONS
from msgspec import Struct
from polib import POEntry, POFile

from generator.errors import Problem, SiteError
from generator.language.words import Catalog, Words, fault, parsed
from generator.theming.overriding import bare

if TYPE_CHECKING:
    from generator.theming.assets import ThemeFile
    from generator.theming.theme import Theme

PACKAGE = Path(__file__).parent

PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "cs": "nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);",
    "fa": "nplurals=2; plural=(n > 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "he": "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);",
    "hi": "nplurals=2; plural=(n > 1);",
    "id": "nplurals=1; plural=0;",
    "ja": "nplurals=1; plural=0;",
    "ko": "nplurals=1; plural=0;",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "pt-br": "nplurals=2; plural=(n > 1);",
    "ro": "nplurals=3; plural=(n==1 ? 0 : n==0 || (n%100>0 && n%100<20) ? 1 : 2);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "sl": "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);",
    "th": "nplurals=1; plural=0;",
    "uk": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "vi": "nplurals=1; plural=0;",
    "zh": "nplurals=1; plural=0;",
}
"""The rule of plurals with which a new catalog begins, where it is not that of English."""
GERMANIC = "nplurals=2; plural=(n != 1);"


class Word(Struct, frozen=True):
    """A text of the interface, its plural ("" if it has none), and the files that show it."""

    text: str
    plural: str = ""
    places: tuple[str, ...] = ()


class Status(Struct, frozen=True):
    """How a language stands: the words, and those without a translation, or with a wrong one and why."""

    words: tuple[Word, ...]
    missing: tuple[Word, ...]
    wrong: tuple[Problem, ...]


def words_of(themes: Iterable[Theme]) -> tuple[Word, ...]:
    """All words of some themes and of Anjoman itself, in the order of the alphabet."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for theme in themes:
        for file in theme.templates:
            for key in _in_template(file):
                # A template that another one hides is named as it is in its own theme.
                found.setdefault(key, {})[bare(file.name)] = None
    for path in sorted(PACKAGE.rglob("*.py")):
        for key in _in_python(path.read_text(encoding="utf-8")):
            found.setdefault(key, {})[f"generator/{path.relative_to(PACKAGE).as_posix()}"] = None
    ordered = sorted(found.items(), key=lambda item: (item[0][0].casefold(), item[0]))
    return tuple(Word(*key, tuple(sorted(places))) for key, places in ordered)


def _in_template(file: ThemeFile) -> Iterator[tuple[str, str]]:
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    try:
        found = environment.extract_translations(file.text(), (*GETTEXT_FUNCTIONS, "plurals"))  # type: ignore[attr-defined]
        for _, _, message in found:
            texts = [text for text in message if text] if isinstance(message, tuple) else [message]
            if texts and texts[0]:
                yield texts[0], texts[1] if len(texts) > 1 else ""
    except TemplateSyntaxError as error:
        raise SiteError(Problem(file.name, error.lineno, "", str(error))) from error


def _in_python(source: str) -> Iterator[tuple[str, str]]:
    """The words that `gettext("…")`, `gettext_noop("…")` and `ngettext("…", "…", n)` take."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        count = {"gettext": 1, "gettext_noop": 1, "ngettext": 2}.get(name, 0)
        texts = [one.value for one in node.args[:count] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if count and len(texts) == count:
            yield texts[0], texts[1] if count > 1 else ""


def status(words: tuple[Word, ...], language: str, catalogs: Iterable[Catalog]) -> Status:
    """How a language stands in its catalogs, the ones that come first first."""
    known: dict[tuple[str, str], POEntry] = {}
    wrong = []
    wanted = {(word.text, word.plural) for word in words}
    for catalog in catalogs:
        for entry in parsed(catalog):
            key = (entry.msgid, entry.msgid_plural)
            if key in wanted and entry.translated():
                known.setdefault(key, entry)
                if why := fault(entry):
                    wrong.append(Problem(catalog.place, entry.linenum or 0, "", why, f"The original: “{entry.msgid}”"))
    missing = tuple(word for word in words if (word.text, word.plural) not in known)
    return Status(words, missing, tuple(wrong))


def updated(old: POFile | None, words: Iterable[Word], wanted: Iterable[Word], language: str) -> POFile:
    """A catalog with what it holds of the words, and those of `wanted` that it lacks; what is no word goes.

    `old` is None for a new one.
    """
    before = {(entry.msgid, entry.msgid_plural): entry for entry in old or () if not entry.obsolete}
    asked = {(word.text, word.plural) for word in wanted}
    made = POFile(wrapwidth=110)
    made.metadata = dict(old.metadata) if old is not None else _header(language)
    for word in words:
        key = (word.text, word.plural)
        if key in before or key in asked:
            made.append(_entry(word, before.get(key), _forms(made)))
    return made


def _entry(word: Word, old: POEntry | None, forms: int) -> POEntry:
    kept = dict.fromkeys(range(forms), "") if word.plural else {}
    return POEntry(
        msgid=word.text,
        msgid_plural=word.plural,
        msgstr=old.msgstr if old else "",
        msgstr_plural={**kept, **(old.msgstr_plural if old else {})},
        occurrences=[(place, "") for place in word.places],
        flags=["python-format"] if "%(" in word.text else [],
        tcomment=old.tcomment if old else "",
    )


def _header(language: str) -> dict[str, str]:
    tag = language.lower()
    return {
        "Project-Id-Version": "Anjoman",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS.get(tag) or PLURALS.get(tag.partition("-")[0]) or GERMANIC,
    }


def _forms(catalog: POFile) -> int:
    """How many forms of a plural a catalog has."""
    digit = catalog.metadata.get("Plural-Forms", "").partition("nplurals=")[2][:1]
    return int(digit) if digit.isdigit() else 2


def translated_count(status: Status) -> int:
    """How many words have a translation."""
    return len(status.words) - len(status.missing)


def languages(words: Words) -> tuple[str, ...]:
    """The languages that have a catalog."""
    return tuple(sorted({catalog.language for catalog in words.catalogs}))

