"""The words of the interface: which catalogs count, and what is refused."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from generator.errors import SiteError
from generator.language import words
from tests.conftest import SETTINGS, Community

HEADER = 'msgid ""\nmsgstr "Language: xx\\nPlural-Forms: {}\\n"\n\n'
PLURAL = 'msgid "%(count)s reply"\nmsgid_plural "%(count)s replies"\nmsgstr[0] "{}"\nmsgstr[1] "{}"\n'
GERMANIC = "nplurals=2; plural=(n != 1);"


def catalog(*pairs: tuple[str, str], plurals: str = GERMANIC) -> str:
    return HEADER.format(plurals) + "\n".join(f'msgid "{one}"\nmsgstr "{other}"\n' for one, other in pairs)


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_messages_are_in_the_language_or_in_english() -> None:
    found = words.load()
    assert found.messages("fa").gettext("Home") == found.messages("fa-IR").gettext("Home") == "خانه"
    assert found.messages("en").gettext("Home") == found.messages("tlh").gettext("Home") == "Home"


@pytest.mark.parametrize("tag", ["../fa", "fa/../../x", "", "a" * 10_000, "fa\0", "C:fa"])
def test_a_hostile_tag_finds_no_messages(tag: str) -> None:
    assert words.load().messages(tag).gettext("Home") == "Home"


@pytest.mark.parametrize(
    ("tag", "forms"),
    [
        ("en", {0: "replies", 1: "reply", 2: "replies"}),
        ("fa", {0: "پاسخ", 1: "پاسخ", 5: "پاسخ"}),
        ("he", {0: "0 תגובות", 1: "תגובה אחת", 2: "2 תגובות", 11: "11 תגובות"}),
        ("de", {0: "0 Antworten", 1: "1 Antwort", 2: "2 Antworten"}),
        ("es", {0: "0 respuestas", 1: "1 respuesta", 2: "2 respuestas"}),
        ("fr", {0: "0 réponse", 1: "1 réponse", 2: "2 réponses"}),
        ("tr", {1: "1 yanıt", 5: "5 yanıt"}),
        ("zh", {1: "1 条回复", 5: "5 条回复"}),
        ("ja", {1: "返信1件", 5: "返信5件"}),
        (
            "ar",
            {
                0: "لا ردود", 1: "رد واحد", 2: "ردّان", 3: "3 ردود", 10: "10 ردود", 11: "11 ردًا", 99: "99 ردًا",
                100: "100 رد", 102: "102 رد", 103: "103 ردود", 111: "111 ردًا",
            },
        ),
    ],
)  # fmt: skip
def test_plurals_follow_the_language(tag: str, forms: dict[int, str]) -> None:
    numbered = tag not in ("en", "fa")
    one, many = ("%(count)s reply", "%(count)s replies") if numbered else ("reply", "replies")
    messages = words.load().messages(tag)
    assert {count: messages.ngettext(one, many, count) % {"count": count} for count in forms} == forms


def test_a_sites_words_come_before_its_themes_and_those_before_the_built_in_ones(tmp_path: Path) -> None:
    files = {
        "locale/fa.po": catalog(("Home", "سرا")),
        "themes/mine/locale/fa.po": catalog(("Home", "کاشانه"), ("Tags", "نشان‌ها")),
        "themes/mine/locale/tlh.po": catalog(("Home", "juH")),
    }
    found = words.load(write(tmp_path, files), [tmp_path / "themes" / "mine"])
    assert [found.messages("fa").gettext(word) for word in ("Home", "Tags", "Members")] == ["سرا", "نشان‌ها", "اعضا"]
    assert found.messages("tlh").gettext("Home") == "juH"


def test_a_region_has_words_of_its_own_and_the_rest_of_its_language(tmp_path: Path) -> None:
    found = words.load(write(tmp_path, {"locale/de_AT.po": catalog(("Home", "Daheim"))}))
    assert [found.messages("de-AT").gettext(word) for word in ("Home", "Members")] == ["Daheim", "Mitglieder"]
    assert found.messages("de").gettext("Home") == "Startseite"


def test_an_english_site_can_change_its_words(tmp_path: Path) -> None:
    found = words.load(write(tmp_path, {"locale/en.po": catalog(("Boards", "Rooms"))}))
    assert [found.messages("en").gettext(word) for word in ("Boards", "Home")] == ["Rooms", "Home"]


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("Hello\n", 1, "expected a catalog"),
        (catalog(("Page %(number)s", "Seite %(nummer)s")), 4, "%(nummer)s"),
        (catalog(("All", "100 %")), 4, "lone %"),
        (catalog(plurals="two of them"), 0, "expected a rule"),
        (catalog(plurals="nplurals=2; plural=(n > 3) + 1;"), 0, "a form that is not there"),
        (catalog(plurals="nplurals=2; plural=__import__('os');"), 0, "not understood"),
        ('msgid ""\nmsgstr "Language: xx\\n"\n\n' + PLURAL.format("a", "b"), 0, "expected a rule"),
    ],
)
def test_what_would_break_pages_is_a_problem_with_its_line(text: str, line: int, told: str, tmp_path: Path) -> None:
    with pytest.raises(SiteError) as caught:
        words.load(write(tmp_path, {"locale/xx.po": text}))
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("locale/xx.po", line)
    assert told in problem.message


def test_a_catalog_is_named_for_a_language_and_inside_its_folder(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"locale/all words.po": catalog()})
    with pytest.raises(SiteError, match="expected a language for a name"):
        words.load(site)
    (site / "locale" / "all words.po").rename(tmp_path / "de.po")
    (site / "locale" / "de.po").symlink_to(tmp_path / "de.po")
    with pytest.raises(SiteError, match="not a link out of it"):
        words.load(site)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_catalog_may_come_from_any_editor(end: str, tmp_path: Path) -> None:
    text = "\ufeff" + catalog(("Home", "Früh")).replace("\n", end)
    path = tmp_path / "locale" / "xx.po"
    path.parent.mkdir()
    path.write_bytes(text.encode())
    assert words.load(tmp_path).messages("xx").gettext("Home") == "Früh"


def test_a_form_of_a_plural_may_leave_the_number_out_but_the_last() -> None:
    entry = polib.POEntry(msgid="%(count)s reply", msgid_plural="%(count)s replies")
    entry.msgstr_plural = {0: "eine Antwort", 1: "%(count)s Antworten"}
    assert words.fault(entry) == ""
    entry.msgstr_plural = {0: "%(count)s Antwort", 1: "Antworten"}
    assert "leaves out %(count)s" in words.fault(entry)


def test_changed_words_are_in_all_pages_that_show_them_and_in_their_texts(site: Community) -> None:
    site.write({"/site.toml": SETTINGS + 'language = "fa"\n', "cafe/tea.md": "---\nauthor: leila\ndate: 2026-01-01\n---\n> [!NOTE]\n> x\n"}, cafe="")
    site.clean()
    assert site.texts("/cafe/tea/", ".alert-title, .admonition-title, .note-title, .prose p")[0] == "نکته"
    site.write({"/locale/fa.po": catalog(("Note", "یادداشت"), ("Members", "یاران"))}).clean()
    assert "یادداشت" in site.source("/cafe/tea/")
    assert "یاران" in site.source("/")
    changed = site.outputs()
    site.path("/output").rename(site.path("/before"))
    site.clean()
    assert {name: data for name, (_, data) in site.outputs().items()} == {name: data for name, (_, data) in changed.items()}
