from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.slugs import LIMIT, file_slug, fold, slug, stable

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
