"""What is there to translate, and that the catalogs of Anjoman have all of it."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from generator import translation
from generator.errors import SiteError
from generator.installed import builtin_themes
from generator.language import words
from generator.theming import theme
from tests.theming.test_theme import write

COMPLETE = ("ar", "de", "es", "fa", "fr", "he", "ja", "tr", "zh")
ADD = "Run: anjoman translate {0} --every-theme --into generator/locale/{0}.po"


def every_word() -> tuple[translation.Word, ...]:
    """The words of all built-in themes and of Anjoman itself."""
    names = sorted(manifest.parent.name for manifest in builtin_themes().glob("*/theme.toml"))
    return translation.words_of([theme.load(name, Path("nowhere"), {}) for name in names])


def test_words_are_found_in_templates_and_in_python() -> None:
    found = {(word.text, word.plural): word.places for word in every_word()}
    assert "macros/parts.html" in found["Members", ""]
    assert found["Spoiler", ""] == ("generator/stages/read.py",)
    assert ("%(count)s reply", "%(count)s replies") in found


def test_a_word_is_at_its_template_in_the_theme_that_has_it() -> None:
    assert not [word for word in every_word() if any("parent/" in place for place in word.places)]


def test_plurals_for_scripts_are_words_too(tmp_path: Path) -> None:
    files = {"mine/theme.toml": "", "mine/templates/a.html": '<b data-x="{{ plurals("%(count)s cup", "%(count)s cups") }}">'}
    found = translation.words_of([theme.load("mine", write(tmp_path, files), {})])
    assert ("%(count)s cup", "%(count)s cups", ("a.html",)) in {(one.text, one.plural, one.places) for one in found}


def test_a_template_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    files = {"mine/theme.toml": "", "mine/templates/a.html": "\n{% if %}"}
    with pytest.raises(SiteError) as caught:
        translation.words_of([theme.load("mine", write(tmp_path, files), {})])
    assert (caught.value.problems[0].path, caught.value.problems[0].line) == ("a.html", 2)


def test_anjoman_speaks_nine_languages_besides_english() -> None:
    assert set(COMPLETE) <= set(translation.languages(words.load()))


@pytest.mark.parametrize("tag", translation.languages(words.load()))
def test_a_catalog_has_every_word_and_nothing_else(tag: str) -> None:
    expected = every_word()
    (catalog,) = words.load().chain(tag)
    found = translation.status(expected, tag, [catalog])
    assert [word.text for word in found.missing] == [], ADD.format(tag)
    assert [problem.message for problem in found.wrong] == []
    entries = [(entry.msgid, entry.msgid_plural) for entry in words.parsed(catalog)]
    assert len(entries) == len(set(entries))
    assert set(entries) <= {(word.text, word.plural) for word in expected}, ADD.format(tag)
    assert [entry.msgid for entry in words.parsed(catalog) if entry.fuzzy] == []


@pytest.mark.parametrize("tag", translation.languages(words.load()))
def test_a_catalogs_plurals_are_complete(tag: str) -> None:
    (catalog,) = words.load().chain(tag)
    entries = words.parsed(catalog)
    assert words.plural_fault(entries) == ""
    forms = int(entries.metadata["Plural-Forms"].partition("=")[2][0])
    assert {len(words.translations(entry)) for entry in entries if entry.msgid_plural} == {forms}


@pytest.mark.parametrize("rule", [*translation.PLURALS.values(), translation.GERMANIC])
def test_a_new_catalog_has_a_rule_that_is_understood(rule: str) -> None:
    made = polib.POFile()
    made.metadata = {"Plural-Forms": rule}
    assert words.plural_fault(made) == ""


@pytest.mark.parametrize(
    ("tag", "counts", "forms"),
    [
        ("ru", (1, 2, 5, 11, 21, 22), (0, 1, 2, 2, 0, 1)),
        ("pl", (1, 2, 5, 12, 22), (0, 1, 2, 2, 1)),
        ("ar", (0, 1, 2, 3, 11, 100), (0, 1, 2, 3, 4, 5)),
        ("he", (0, 1, 2, 20), (2, 0, 1, 2)),
        ("fr", (0, 1, 2), (0, 0, 1)),
        ("ja", (0, 1, 2), (0, 0, 0)),
    ],
)
def test_a_new_catalogs_rule_is_that_of_its_language(tag: str, counts: tuple[int, ...], forms: tuple[int, ...]) -> None:
    import gettext

    form = gettext.c2py(translation.PLURALS[tag].partition("plural=")[2].rstrip(";"))
    assert tuple(form(count) for count in counts) == forms


def test_a_catalog_is_brought_up_to_date_and_keeps_what_is_translated() -> None:
    old = polib.pofile(
        'msgid ""\nmsgstr "Plural-Forms: nplurals=1; plural=0;\\n"\n\n# mine\nmsgid "Home"\nmsgstr "Start"\n\nmsgid "Gone"\nmsgstr "x"\n'
    )
    expected = [translation.Word("cup", "cups", ("a.html",)), translation.Word("Home", "", ("a.html", "b.html"))]
    made = translation.updated(old, expected, expected, "xx")
    assert [(entry.msgid, entry.msgstr, dict(entry.msgstr_plural), entry.tcomment) for entry in made] == [
        ("cup", "", {0: ""}, ""), ("Home", "Start", {}, "mine"),
    ]  # fmt: skip
