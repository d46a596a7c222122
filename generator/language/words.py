"""The words of the interface: finds the catalogs that translate them, and reads them.

A site's own catalogs (`locale/`) come before its theme's (`themes/NAME/locale/`), and those before Anjoman's, so
that a site can add a language or change a word. Dates and numbers are `language`'s business; which words there are,
and which of them lack a translation, is told by `translation`.
"""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from generator import digest
from generator.errors import Problem, SiteError
from generator.language import TAG, primary

if TYPE_CHECKING:
    from polib import POEntry, POFile

FOLDER = "locale"
SUFFIX = ".po"
BUILTIN = Path(__file__).parent.parent / FOLDER

_NAMED = re.compile(r"%\((\w+)\)s")
_RULE = re.compile(r"\s*nplurals=(\d);\s*plural=([^;]+);?\s*")
_LINE = re.compile(r"line (\d+)")
_COUNTS = range(200)
"""Numbers on which a rule of plurals is tried: all rules repeat after a hundred."""


def gettext_noop(text: str) -> str:
    """A word that is translated where it is shown: this only marks it for those who translate."""
    return text


class Catalog(Struct, frozen=True):
    """A .po file: its language's tag in lower case, where it is, and how problems name it."""

    language: str
    path: Path
    place: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Words:
    """The catalogs that a site's pages take their words from, the ones that come first first."""

    digest: bytes = b""
    catalogs: tuple[Catalog, ...] = field(default=(), compare=False)

    def chain(self, language: str) -> tuple[Catalog, ...]:
        """The catalogs of a language, in their order: those of its region before those of the language."""
        tags = dict.fromkeys((language.lower(), primary(language))) if TAG.fullmatch(language) else ()
        return tuple(one for tag in tags for one in self.catalogs if one.language == tag)

    def messages(self, language: str) -> gettext.NullTranslations:
        """The words in a language; English, which is what templates hold, where there is no translation."""
        return _messages(self, language)


UNWORDED = Words()
"""No catalogs: all is in English."""


def load(site_root: Path | None = None, themes: Iterable[Path] = ()) -> Words:
    """The words of a site and of its theme's folders, heirs first; raises SiteError for a catalog that is broken."""
    own = [*([site_root] if site_root else []), *themes]
    found = [one for folder in own for one in _catalogs(folder, site_root or folder)]
    if problems := [problem for catalog in found for problem in _checked(catalog)]:
        raise SiteError(problems)
    every = (*found, *_builtin())
    return Words(digest.of([(one.language, one.digest) for one in every]), every)


def _catalogs(folder: Path, site_root: Path) -> Iterator[Catalog]:
    for path in sorted((folder / FOLDER).glob(f"*{SUFFIX}")):
        catalog = file_catalog(path, path.stem.replace("_", "-"), site_root if path.is_relative_to(site_root) else folder.parent)
        place = catalog.place
        if not path.resolve().is_relative_to(folder.resolve()):
            raise SiteError(Problem(place, 0, "", "expected a file in its folder, not a link out of it"))
        if not TAG.fullmatch(catalog.language):
            raise SiteError(Problem(place, 0, "", "expected a language for a name, as fa.po or pt-BR.po"))
        yield catalog


def file_catalog(path: Path, tag: str, root: Path) -> Catalog:
    """The catalog in a file; raises SiteError where it can't be read."""
    place = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    try:
        return Catalog(tag.lower(), path, place, digest.of_bytes(path.read_bytes()))
    except OSError as error:
        raise SiteError(Problem(place, 0, "", f"can't be read: {error.strerror}")) from error


@lru_cache(maxsize=1)
def _builtin() -> tuple[Catalog, ...]:
    return tuple(_catalogs(BUILTIN.parent, BUILTIN.parent))


@lru_cache(maxsize=64)
def _messages(words: Words, language: str) -> gettext.NullTranslations:
    first: gettext.NullTranslations | None = None
    for catalog in words.chain(language):
        found = gettext.GNUTranslations(io.BytesIO(parsed(catalog).to_binary()))
        if first is None:
            first = found
        else:
            first.add_fallback(found)
    return first or gettext.NullTranslations()


def parsed(catalog: Catalog) -> POFile:
    """A catalog's entries; raises SiteError where it is no catalog."""
    import polib  # an English site does without it

    try:
        # polib takes a text without a line's end for a path.
        entries = polib.pofile(catalog.path.read_text(encoding="utf-8-sig") + "\n", encoding="utf-8")
    except (OSError, ValueError, IndexError) as error:
        line = _LINE.search(str(error))
        message = "expected a catalog of gettext (.po, in UTF-8)"
        hint = f"Begin one with: anjoman translate {catalog.language} --write"
        raise SiteError(Problem(catalog.place, int(line[1]) if line else 0, "", message, hint)) from error
    entries.metadata["Content-Type"] = "text/plain; charset=UTF-8"  # as it was read, whatever its header says
    return entries


def _checked(catalog: Catalog) -> Iterator[Problem]:
    """What of a catalog would break pages."""
    entries = parsed(catalog)
    if wrong := plural_fault(entries):
        yield Problem(catalog.place, 0, "Plural-Forms", wrong, "See the header of a catalog that Anjoman writes.")
    for entry in entries:
        if wrong := _unusable(entry):
            yield Problem(catalog.place, entry.linenum or 0, "", wrong, f"The original: “{entry.msgid}”")


def plural_fault(entries: POFile) -> str:
    """What is wrong with a catalog's rule of plurals, "" if nothing is."""
    told = entries.metadata.get("Plural-Forms")
    rule = _RULE.fullmatch(told or "")
    if rule is None:
        needed = told is not None or any(entry.msgid_plural for entry in entries)
        return "expected a rule as nplurals=2; plural=(n != 1);" if needed else ""
    try:
        form = gettext.c2py(rule[2])
        fits = all(0 <= form(count) < int(rule[1]) for count in _COUNTS)
    except (ValueError, ZeroDivisionError, RecursionError, OverflowError):
        return f"“{rule[2].strip()}” is not understood"
    return "" if fits else "the rule gives a number of a form that is not there"


def _unusable(entry: POEntry) -> str:
    """Why a translation can't be shown, "" if it can: the names that it takes are those of the original."""
    known = set(_NAMED.findall(entry.msgid + entry.msgid_plural))
    for text in translations(entry):
        if unknown := set(_NAMED.findall(text)) - known:
            return f"“{text}” has %({min(unknown)})s, which is not there in the original"
        if "%" in _NAMED.sub("", text).replace("%%", ""):
            return f"“{text}” has a lone %; write %%"
    return ""


def fault(entry: POEntry) -> str:
    """What is wrong with a translation, "" if nothing is: a placeholder is unknown, or left out.

    A form of a plural may leave the number out, as “one reply”; its last one, for most numbers, may not.
    """
    if wrong := _unusable(entry):
        return wrong
    texts = translations(entry)
    needed = set(_NAMED.findall(entry.msgid))
    for text in texts[-1:] if entry.msgid_plural else texts:
        if left_out := needed - set(_NAMED.findall(text)):
            return f"“{text}” leaves out %({min(left_out)})s"
    return ""


def translations(entry: POEntry) -> tuple[str, ...]:
    """The texts of a translation: one, or a form for each kind of number."""
    forms = dict(sorted(entry.msgstr_plural.items())) if entry.msgid_plural else {0: entry.msgstr}
    return tuple(text for text in forms.values() if text)
