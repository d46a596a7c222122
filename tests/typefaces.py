"""Fonts for tests: each letter is a box, so that what is drawn is the same on every machine."""

from __future__ import annotations

import struct

EM = 1000
WIDE = 600
"""How wide each letter is."""


def font(letters: str, family: str = "Boxes", weight: int = 400) -> bytes:
    """A TrueType font that has these letters, and no others."""
    codes = sorted({ord(letter) for letter in letters})
    count = len(codes) + 1
    box = _box()
    blank = b"" if 32 not in codes else codes.index(32) + 1
    glyphs = [b"" if number == blank or not number else box for number in range(count)]
    places = [sum(map(len, glyphs[:number])) for number in range(count + 1)]
    return _file(
        {
            b"OS/2": struct.pack(">HhH", 4, WIDE, weight) + bytes(90),
            b"cmap": struct.pack(">HHHHI", 0, 1, 3, 10, 12) + _groups(codes),
            b"glyf": b"".join(glyphs),
            b"head": struct.pack(">IIIIHHqqhhhhHHhhh", 0x10000, 0, len(codes) + weight, 0x5F0F3CF5, 0, EM, 0, 0, 0, 0, WIDE, 800, 0, 8, 2, 1, 0),
            b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, 800, -200, 0, WIDE, *[0] * 11, count),
            b"hmtx": struct.pack(">Hh", WIDE, 0) * count,
            b"loca": struct.pack(f">{count + 1}I", *places),
            b"maxp": struct.pack(">IH13H", 0x10000, count, 4, 1, *[0] * 11),
            b"name": _names(family),
            b"post": struct.pack(">IIhhIIIII", 0x30000, 0, 0, 0, 0, 0, 0, 0, 0),
        }
    )


def collection(*fonts: bytes) -> bytes:
    """Several fonts in one file."""
    start, starts, parts = 12 + 4 * len(fonts), [], []
    for one in fonts:
        starts.append(start)
        parts.append(_moved(one, start))
        start += len(one)
    return struct.pack(f">4sII{len(fonts)}I", b"ttcf", 0x10000, len(fonts), *starts) + b"".join(parts)


def _moved(one: bytes, by: int) -> bytes:
    count = struct.unpack_from(">H", one, 4)[0]
    entries = [struct.unpack_from(">4sIII", one, 12 + 16 * at) for at in range(count)]
    table = b"".join(struct.pack(">4sIII", tag, check, at + by, size) for tag, check, at, size in entries)
    return one[:12] + table + one[12 + len(table) :]


def _box() -> bytes:
    """A square of four corners."""
    head = struct.pack(">hhhhhHH", 1, 50, 0, WIDE - 50, 700, 3, 0)
    return head + bytes([1] * 4) + struct.pack(">4h4h", 50, 0, WIDE - 100, 0, 0, 700, 0, -700) + bytes(2)


def _groups(codes: list[int]) -> bytes:
    groups = b"".join(struct.pack(">III", code, code, number) for number, code in enumerate(codes, 1))
    return struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, len(codes)) + groups


def _names(family: str) -> bytes:
    """The family's name, which is that for PostScript too."""
    text = family.encode("utf-16-be")
    records = (struct.pack(">6H", 3, 1, 0x409, kind, len(text), 0) for kind in (1, 6))
    return struct.pack(">HHH", 0, 2, 30) + b"".join(records) + text


def _file(tables: dict[bytes, bytes]) -> bytes:
    place, entries, parts = 12 + 16 * len(tables), b"", b""
    for tag, data in sorted(tables.items()):
        entries += struct.pack(">4sIII", tag, 0, place + len(parts), len(data))
        parts += data + bytes(-len(data) % 4)
    return struct.pack(">4sHHHH", b"\0\1\0\0", len(tables), 128, 3, 32) + entries + parts
