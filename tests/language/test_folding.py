"""Folding: what people type in several ways is one word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.language.folding import LONGEST, findable, fold, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كتاب علي", "کتاب علی"),
        ("مُحَمَّد", "محمد"),
        ("آبی", "ابی"),
        ("مؤمن مسئله", "مومن مسیله"),
        ("می‌خواهم", "میخواهم"),
        ("خـــوب", "خوب"),
        ("۱۴۰۳", "1403"),
        ("١٤٠٣", "1403"),
        ("Straße", "STRASSE"),
        ("Ἀθῆναι ΟΔΟΣ", "αθηναι οδος"),
        ("ISTANBUL ışık", "İstanbul isik"),
        ("Łódź Ørsted naïve", "lodz orsted naive"),
        ("ﬁnal Ｃａｆé", "final cafe"),
        ("שָׁלוֹם", "שלום"),
        ("パーティー", "ﾊﾟｰﾃｨｰ"),
    ],
)
def test_what_is_typed_in_two_ways_is_one(one: str, other: str) -> None:
    assert words(one) == words(other) != []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("C++11, C# and a-b_c", ["c++", "11", "c#", "and", "a", "b", "c"]),
        ("東京都庁 東", ["東京", "京都", "都庁", "東"]),
        ("abc東京", ["abc", "東京"]),
        ("สวัส", ["สว", "วั", "ัส"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("한국어 검색", ["한국어", "검색"]),
        ("…!? -- ++", []),
    ],
)
def test_a_text_is_cut_into_words(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_what_a_joiner_parts_is_found_whole_and_in_parts() -> None:
    assert findable("کتاب‌ها را") == ["کتابها", "را", "کتاب", "ها"]


@given(st.text())
def test_folding_twice_changes_nothing_and_words_are_short(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert all(0 < len(word) <= LONGEST and not any(map(str.isspace, word)) for word in words(text))
