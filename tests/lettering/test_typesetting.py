"""Texts in lines: where they break, what they are cut to, and which font each part gets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.lettering.sfnt import Face, faces
from generator.lettering.typesetting import Block, Box, Typesetter, clean
from tests.typefaces import font

LATIN = "abcdefghijklmnopqrstuvwxyz…. -"
PERSIAN = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی ۰۱۲\u200c؟"
HAN = "我們在花園裡喝茶。「」、"
TEN = Box(width=600, height=1000, sizes=(100,), lines=4)
"""Ten letters a line."""


@pytest.fixture(scope="module")
def setter(tmp_path_factory: pytest.TempPathFactory) -> Typesetter:
    folder = tmp_path_factory.mktemp("fonts")
    return Typesetter(found(folder, {"Latin": LATIN, "Persian": PERSIAN, "Han": HAN}), "en")


def found(folder: Path, families: Mapping[str, str], weight: int = 400) -> tuple[Face, ...]:
    for name, letters in families.items():
        folder.joinpath(f"{name}-{weight}.ttf").write_bytes(font(letters, name, weight))
    return tuple(face for path in sorted(folder.iterdir()) for face in faces(path))


def texts(block: Block) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in block.lines]


def test_lines_break_between_words_and_are_even(setter: Typesetter) -> None:
    assert texts(setter.block("one two three four five six", TEN)) == ["one two", "three four", "five six"]
    assert texts(setter.block("aaaa bbbb c", TEN)) == ["aaaa", "bbbb c"]


def test_a_word_that_is_too_long_breaks_anywhere(setter: Typesetter) -> None:
    assert texts(setter.block("a" * 25, TEN)) == ["a" * 9, "a" * 9, "a" * 7]
    assert texts(setter.block("well-known-names", TEN)) == ["well-", "known-names"[:6], "names"]


def test_chinese_breaks_between_letters_but_not_before_a_stop(setter: Typesetter) -> None:
    lines = texts(setter.block("我們在花園裡喝茶喝茶。我們在花園裡喝茶", TEN))
    assert len(lines) == 2
    assert not any(line[0] in "。、」" or line[-1] == "「" for line in lines)


def test_what_finds_no_room_is_cut_with_an_ellipsis(setter: Typesetter) -> None:
    lines = texts(setter.block("word " * 2000, TEN))
    assert len(lines) == 4
    assert lines[-1].endswith("…")
    assert all(len(line) <= 10 for line in lines)


def test_the_largest_size_is_taken_in_which_it_fits(setter: Typesetter) -> None:
    box = Box(width=600, height=300, sizes=(100, 60, 50), lines=4)
    assert setter.block("aa bb", box).size == 100
    assert setter.block("aaaaaaaa bbbbbbbb cccccccc", box).size == 60
    assert setter.block("a" * 200, box).size == 50
    # Scripts with marks above and below need more room: two lines of 100 in place of two.
    assert setter.block("aaaaaaaa bbbbbbbb", box).leading == 120
    assert setter.block("سلام", box).leading == 150


def test_each_script_has_its_font_and_signs_that_of_their_neighbours(setter: Typesetter) -> None:
    (line,) = setter.block("ab سلام c", TEN).lines
    assert [(run.text, run.family) for run in line.runs] == [("ab ", "Latin"), ("سلام ", "Persian"), ("c", "Latin")]
    assert setter.block("سلام", TEN).dir == "rtl"
    assert len(setter.block("ab سلام", TEN).fonts) == 2


def test_a_script_without_a_font_is_named_and_left_out(setter: Typesetter) -> None:
    block = setter.block("ab 한국어 я 😀", TEN)
    assert texts(block) == ["ab"]
    assert block.missing == ("Korean", "Cyrillic", "emoji and symbols")


def test_without_fonts_there_are_no_lines() -> None:
    block = Typesetter((), "en").block("Hello", TEN)
    assert (block.lines, block.missing) == ((), ("Latin",))


def test_the_weight_nearest_to_the_wanted_one_is_taken(tmp_path: Path) -> None:
    for weight in (300, 400, 700):
        every = found(tmp_path, {"Latin": LATIN}, weight)
    setter = Typesetter(every, "en")
    weights = [setter.block("a", Box(600, 100, (50,), weight=wanted)).lines[0].runs[0].weight for wanted in (300, 500, 600, 900)]
    assert weights == [300, 400, 700, 700]


def test_what_the_site_names_goes_before_what_is_good(tmp_path: Path) -> None:
    every = found(tmp_path, {"Inter": LATIN, "Other": LATIN})

    def family(*wanted: str) -> str:
        return Typesetter(every, "en", wanted).block("a", TEN).lines[0].runs[0].family

    assert (family(), family("Other"), family("fonts/none.ttf", f"{tmp_path.name}/Other-400.ttf")) == ("Inter", "Other", "Other")


@pytest.mark.parametrize(("language", "family"), [("zh", "Noto Sans CJK SC"), ("ja", "Noto Sans CJK JP"), ("zh-TW", "Noto Sans CJK TC"), ("fa", "Noto Sans CJK SC")])
def test_han_is_drawn_as_the_language_draws_it(tmp_path: Path, language: str, family: str) -> None:
    every = found(tmp_path, {f"Noto Sans CJK {place}": HAN for place in ("JP", "SC", "TC")} | {"Inter": LATIN})
    runs = Typesetter(every, language).block("a茶", TEN).lines[0].runs
    assert [run.family for run in runs] == ["Inter", family]


def test_controls_and_marks_of_direction_are_left_out() -> None:
    assert clean("a\u202eb\0c\n d\u2066e\ufeff") == "abc de"
    assert clean("می\u200cخواهم") == "می\u200cخواهم"
    assert clean("z" + "\u0321" * 50) == "z" + "\u0321" * 3
    assert len(clean("x" * 10_000)) == 400


@given(st.text(max_size=80))
def test_no_text_is_a_fault_and_no_line_is_too_wide(setter: Typesetter, text: str) -> None:
    block = setter.block(text, TEN)
    assert len(block.lines) <= 4
    assert all(line.width <= 660 for line in block.lines)
