from __future__ import annotations

import random
import re
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.slugs import LIMIT, alias_address, file_key, file_slug, fold, slug, stable

REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f]|[. ]$|^$')
RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}
TITLES = st.one_of(st.text(max_size=300), st.text(alphabet="aZ1 .-_#+ß۱یيكک\u200c\u0301🙂İ", max_size=120))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which feed reader do you use?", "which-feed-reader-do-you-use"),
        ("  v1.2_beta -- notes. And more  ", "v1.2_beta-notes-and-more"),
        (".htaccess", "htaccess"),
        ("خانه\u200cهای ۱۲", "خانه-های-12"),
        ("Cafe\u0301", "café"),
        ("con.txt", "con-txt"),
        ("soft\u00adhyphen", "softhyphen"),
    ],
)
def test_a_title_becomes_words_and_hyphens(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_arabic_letters_are_folded_where_the_language_is_persian() -> None:
    assert slug("كتاب علي", "fa") == slug("کتاب علی", "fa-IR") == "کتاب-علی"
    assert slug("كتاب", "ar") == "كتاب"


@pytest.mark.parametrize("text", ["", "❤️", "1️⃣"[1:], "...", "\u3164"])
def test_a_title_without_letters_gets_a_hash(text: str) -> None:
    assert re.fullmatch(r"[0-9a-f]{10}", slug(text))


def test_names_that_windows_keeps_are_suffixed() -> None:
    assert all(slug(name) != name and slug(name.upper()) == slug(name) for name in RESERVED)


@settings(max_examples=10_000, deadline=None)
@given(TITLES)
@example("a" * 500)
@example("ی" * 199)
def test_every_slug_is_a_name_everywhere_and_stays_itself(title: str) -> None:
    name = slug(title)
    assert not REFUSED.search(name)
    assert name.split(".")[0] not in RESERVED
    assert len(name.encode()) <= LIMIT
    assert unicodedata.is_normalized("NFC", name)
    assert slug(name) == name


def test_titles_that_differ_only_in_their_end_keep_apart_when_cut() -> None:
    assert slug("x" * 400 + "1") != slug("x" * 400 + "2")


def test_names_that_lose_symbols_get_a_stable_suffix() -> None:
    assert stable("C") == stable("c") == "c"
    assert stable("feature requests") == stable("Feature  Requests") == "feature-requests"
    assert len({stable(name) for name in ("C", "C#", "C++", ".net", "net", "C+")}) == 6
    assert stable("C++").startswith("c-")
    assert stable("C++") == stable("c++")


ALPHABETS = ("abcxyz", "ABCÄÖß", "абвЯ", "سلام\u200cي", "漢字かな", "🙂👍🏽❤️", "#+!?.:;/\\|<>*\"", "0١۲", "\u0301\u202e\u3164", " -_")


def titles(count: int) -> list[str]:
    """Titles as communities have them and worse: reserved, long with one beginning, without any letter."""
    dice = random.Random(7)
    found = {*RESERVED, *(name.upper() + dot for name in RESERVED for dot in ("", ".", ".txt", " "))}
    while len(found) < count:
        words = ("".join(dice.choices(dice.choice(ALPHABETS), k=dice.randint(1, 9))) for _ in range(dice.randint(1, 8)))
        found.add(dice.choice(["", "", "", "long " * 60, "ی" * 150, "con.", "nul "]) + dice.choice(["", " ", "."]).join(words))
    return sorted(found)


def test_ten_thousand_titles_make_as_many_names_that_every_file_system_takes() -> None:
    every = titles(10_000)
    names: dict[str, str] = {}
    for title in every:
        name = stable(title)
        assert not REFUSED.search(name), title
        assert name.split(".")[0] not in RESERVED, title
        assert len(name.encode()) <= LIMIT
        # Those that share one differ in case, spaces, invisible characters or the script of their digits alone.
        assert names.setdefault(file_key(name), look(title)) == look(title)
    assert len(names) > 9_800


def look(title: str) -> str:
    """What a reader sees of a title: the same for two that are one tag or member."""
    digits = "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in fold(title))
    return re.sub(r"[\s\u200c-]+", "-", digits).strip("-")


@settings(max_examples=500, deadline=None)
@given(TITLES, TITLES)
def test_names_share_an_address_only_if_they_differ_in_case_and_spaces(one: str, other: str) -> None:
    def key(name: str) -> str:
        digits = "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in name)
        return re.sub(r"[\s\u200c-]+", "-", fold(digits).replace("ی", "ي").strip())

    if stable(one, "fa") == stable(other, "fa"):
        assert key(one).replace("ک", "ك") == key(other).replace("ک", "ك")


@given(TITLES)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_titles_are_compared_without_case_spaces_and_arabic_letters() -> None:
    assert fold("  Straße  كتاب ") == fold("STRASSE کتاب")


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("2026-11-01-Hello-World", (date(2026, 11, 1), "hello-world")),
        ("2026-1-5-hello", (date(2026, 1, 5), "hello")),
        ("2026-13-01-hello", (None, "2026-13-01-hello")),
        ("2026-11-01", (date(2026, 11, 1), "2026-11-01")),
        ("about", (None, "about")),
    ],
)
def test_a_date_in_a_files_name_is_no_part_of_its_address(
    stem: str, expected: tuple[date | None, str]
) -> None:
    assert file_slug(stem) == expected


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        ("/a", "/a/"),
        ("tea.html", "/tea.html"),
        ("/a//b/", "/a/b/"),
        ("/x/index.html", "/x/"),
        ("/viewtopic.php?t=12", "/viewtopic.php"),
        ("/%DA%86%D8%A7%DB%8C#x", "/چای/"),
        ("", ""),
        ("/%2e%2e/x", ""),
        ("/a%0Ab", ""),
        ("/a%5Cb", ""),
        ("https://example.org/x", ""),
        ("/" + "x" * 256, ""),
        ("\ud800", ""),
    ],
)
def test_an_alias_is_an_address_of_this_site_or_nothing(alias: str, expected: str) -> None:
    assert alias_address(alias) == expected


def test_names_that_a_file_system_may_take_for_one_have_one_key() -> None:
    assert file_key("Caf\u00e9/STRASSE") == file_key("cafe\u0301/stra\u00dfe")
    assert file_key("a b") != file_key("a  b")
    assert file_key("\u0643") != file_key("\u06a9")
