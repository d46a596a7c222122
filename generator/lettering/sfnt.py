"""Reads font files: the faces in them, which characters a face has, and how wide those are.

Of the OpenType tables (https://learn.microsoft.com/typography/opentype/spec/) it reads those that tell this, and
draws nothing. A file that is no font, or a damaged one, has no faces.
"""

from __future__ import annotations

import struct
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
"""How the names of font files end that can be read."""

_STARTS = (b"\0\1\0\0", b"OTTO", b"true")
_ENGLISH = 0x409
_LARGEST = 1 << 26
"""Bytes of a table at most: the largest real ones have a tenth of that."""

Tables = Mapping[bytes, tuple[int, int]]


class Face(Struct, frozen=True):
    """One face of a font file. `mark` changes with what is in it; `start` is its place in a collection."""

    path: str
    start: int
    family: str
    weight: int
    italic: bool
    mark: int


def faces(path: Path) -> tuple[Face, ...]:
    """The faces in a file, none where it can't be read."""
    try:
        with path.open("rb") as file:
            return tuple(_face(file, start, str(path)) for start in _starts(file))
    except (OSError, ValueError, struct.error, LookupError):
        return ()


def _starts(file: BinaryIO) -> tuple[int, ...]:
    """Where the faces begin."""
    head = file.read(12)
    if head[:4] == b"ttcf":
        count: int = struct.unpack(">I", head[8:])[0]
        return struct.unpack(f">{min(count, 256)}I", file.read(4 * min(count, 256)))
    return (0,) if head[:4] in _STARTS else ()


def _tables(file: BinaryIO, start: int) -> dict[bytes, tuple[int, int]]:
    file.seek(start + 4)
    count: int = struct.unpack(">H6x", file.read(8))[0]
    entries = struct.iter_unpack(">4s4xII", file.read(16 * count))
    return {tag: (offset, length) for tag, offset, length in entries}


def _table(file: BinaryIO, tables: Tables, tag: bytes) -> bytes:
    offset, length = tables.get(tag, (0, 0))
    if length > _LARGEST:
        raise ValueError("a table is too large")
    file.seek(offset)
    return file.read(length)


def _face(file: BinaryIO, start: int, path: str) -> Face:
    tables = _tables(file, start)
    head, about = _table(file, tables, b"head"), _table(file, tables, b"OS/2")
    weight = struct.unpack_from(">H", about, 4)[0] if len(about) > 64 else 400
    italic = bool(struct.unpack_from(">H", about, 62)[0] & 1) if len(about) > 64 else False
    return Face(path, start, _family(_table(file, tables, b"name")), weight, italic, struct.unpack_from(">I", head, 8)[0])


def _family(names: bytes) -> str:
    """The family's name: the typographic one before that of four styles, the English one before others."""
    count, strings = struct.unpack_from(">HH", names, 2)
    found: dict[tuple[bool, bool], str] = {}
    for at in range(6, 6 + 12 * count, 12):
        platform, _, language, kind, length, offset = struct.unpack_from(">6H", names, at)
        if kind in (1, 16):
            data = names[strings + offset : strings + offset + length]
            text = data.decode("mac_roman" if platform == 1 else "utf-16-be", "replace")
            found.setdefault((kind == 16, platform != 1 and language in (0, _ENGLISH)), text)
    return found[max(found)]


# Characters ------------------------------------------------------------------


class Segments(Struct, frozen=True):
    """Characters from `first` to `last` each, with the number of the first's glyph; by their order."""

    first: tuple[int, ...]
    last: tuple[int, ...]
    glyphs: tuple[int, ...]

    def glyph(self, code: int) -> int:
        """The glyph of a character, 0 where there is none."""
        at = bisect_right(self.first, code) - 1
        return self.glyphs[at] + code - self.first[at] if at >= 0 and code <= self.last[at] else 0


class Plane(Struct, frozen=True):
    """The same for characters below 65536 as fonts have it mostly (format 4)."""

    data: bytes
    size: int
    last: tuple[int, ...]

    def glyph(self, code: int) -> int:
        """The glyph of a character, 0 where there is none."""
        at = bisect_left(self.last, code)
        if code > 0xFFFF or at >= len(self.last):
            return 0
        first, shift, reach = (self._number(16 + part * 2 * self.size + 2 * at) for part in (1, 2, 3))
        if code < first:
            return 0
        if not reach:
            return (code + shift) & 0xFFFF
        glyph = self._number(16 + 6 * self.size + 2 * at + reach + 2 * (code - first))
        return (glyph + shift) & 0xFFFF if glyph else 0

    def _number(self, at: int) -> int:
        return int.from_bytes(self.data[at : at + 2], "big")


class Letters(Struct, frozen=True):
    """Which characters a face has, and how wide they are; see `letters`."""

    glyphs: Segments | Plane
    widths: tuple[int, ...]
    em: int

    def has(self, char: str) -> bool:
        """Whether it has a character."""
        return self.glyphs.glyph(ord(char)) > 0

    def width(self, char: str) -> float:
        """How wide a character is by itself, in parts of the font's size."""
        glyph = self.glyphs.glyph(ord(char))
        return self.widths[min(glyph, len(self.widths) - 1)] / self.em


NOTHING = Letters(Segments((), (), ()), (0,), 1)
"""Those of a face that can't be read."""


def letters(face: Face) -> Letters:
    """The characters of a face."""
    try:
        with Path(face.path).open("rb") as file:
            tables = _tables(file, face.start)
            glyphs = _glyphs(_table(file, tables, b"cmap"))
            count = struct.unpack_from(">H", _table(file, tables, b"hhea"), 34)[0]
            metrics = _table(file, tables, b"hmtx")[: 4 * count]
            widths = tuple(width for width, _ in struct.iter_unpack(">Hh", metrics))
            em = struct.unpack_from(">H", _table(file, tables, b"head"), 18)[0]
            return Letters(glyphs, widths, em) if widths and em else NOTHING
    except (OSError, ValueError, struct.error, LookupError):
        return NOTHING


def _glyphs(cmap: bytes) -> Segments | Plane:
    for offset in _subtables(cmap):
        kind = int.from_bytes(cmap[offset : offset + 2], "big")
        if kind == 12:
            return _segments(cmap[offset:])
        if kind == 4:
            return _plane(cmap[offset:])
    return NOTHING.glyphs


def _subtables(cmap: bytes) -> Iterator[int]:
    """Where the tables for Unicode are, those for all of it first."""
    count = struct.unpack_from(">H", cmap, 2)[0]
    entries = [struct.unpack_from(">HHI", cmap, 4 + 8 * at) for at in range(count)]
    for wanted in (((3, 10), (0, 6), (0, 4)), ((3, 1), (0, 3), (0, 2), (0, 1), (0, 0))):
        yield from (offset for platform, encoding, offset in entries if (platform, encoding) in wanted)


def _segments(data: bytes) -> Segments:
    count = struct.unpack_from(">I", data, 12)[0]
    values = struct.unpack_from(f">{3 * min(count, 1 << 20)}I", data, 16)
    return Segments(values[0::3], values[1::3], values[2::3])


def _plane(data: bytes) -> Plane:
    count = struct.unpack_from(">H", data, 6)[0] // 2
    return Plane(data, count, struct.unpack_from(f">{count}H", data, 14))
