"""Reading font files: which characters they have, and how wide those are."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from generator.lettering.sfnt import NOTHING, Plane, Segments, faces, letters
from tests.typefaces import collection, font


def saved(folder: Path, data: bytes, name: str = "a.ttf") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_font_tells_its_family_its_weight_and_its_letters(tmp_path: Path) -> None:
    (face,) = faces(saved(tmp_path, font("abگ😀", "Boxes", 700)))
    assert (face.family, face.weight, face.italic) == ("Boxes", 700, False)
    found = letters(face)
    assert [found.has(letter) for letter in "abcگچ😀😁"] == [True, True, False, True, False, True, False]
    assert found.width("a") == 0.6


def test_a_collection_has_all_its_faces(tmp_path: Path) -> None:
    one, two = faces(saved(tmp_path, collection(font("a", "One"), font("茶", "Two")), "a.ttc"))
    assert (one.family, two.family) == ("One", "Two")
    assert letters(two).has("茶")
    assert not letters(one).has("茶")


def test_a_font_that_changed_has_another_mark(tmp_path: Path) -> None:
    (one,), (two,) = (faces(saved(tmp_path, font(text))) for text in ("ab", "abc"))
    assert one.mark != two.mark


@pytest.mark.parametrize("length", [0, 3, 11, 12, 40, 200, 600])
def test_a_font_that_was_cut_off_is_none_or_has_nothing(tmp_path: Path, length: int) -> None:
    path = saved(tmp_path, font("abc")[:length])
    for face in faces(path):
        assert letters(face) == NOTHING
    assert not faces(tmp_path / "gone.ttf")


def test_tables_of_both_kinds_are_read() -> None:
    segments = Segments((97, 200), (99, 200), (5, 9))
    assert [segments.glyph(code) for code in (96, 97, 99, 100, 200)] == [0, 5, 7, 0, 9]
    # Two segments: one by a shift, one by a list of glyphs (format 4).
    data = struct.pack(">7H", 4, 0, 0, 6, 0, 0, 0) + struct.pack(">3H", 99, 201, 0xFFFF) + bytes(2)
    data += struct.pack(">3H", 97, 200, 0xFFFF) + struct.pack(">3H", 65536 - 92, 0, 1) + struct.pack(">3H", 0, 4, 0)
    data += struct.pack(">2H", 9, 0)
    plane = Plane(data, 3, (99, 201, 0xFFFF))
    assert [plane.glyph(code) for code in (96, 97, 99, 100, 200, 201, 0x1F600)] == [0, 5, 7, 0, 9, 0, 0]
