"""What a picture's file says of itself: its format and size, from its header.

Only what a cover of a podcast needs: PNG (W3C PNG, 11.2.2) and JPEG (ITU T.81, B.2.2).
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

SEGMENTS = 500
"""Segments of a JPEG that are looked at before its frame."""

_PNG = b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class Picture(Struct, frozen=True, omit_defaults=True):
    """A picture's format ("png", "jpeg"), and its size in pixels."""

    format: str
    width: int
    height: int


def look(path: Path) -> Picture | None:
    """What a picture's header says; None for what is none of these. Raises OSError."""
    if not path.name.lower().endswith((".png", ".jpg", ".jpeg")):
        return None
    with path.open("rb") as file:
        head = file.read(24)
        if head.startswith(_PNG) and len(head) == 24:
            return Picture("png", int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big"))
        return _jpeg(file) if head[:2] == b"\xff\xd8" else None


def _jpeg(file: BinaryIO) -> Picture | None:
    place = 2
    for _ in range(SEGMENTS):
        file.seek(place)
        segment = file.read(9)
        if len(segment) < 9 or segment[0] != 0xFF:
            return None
        if segment[1] in _FRAMES:
            return Picture("jpeg", int.from_bytes(segment[7:9], "big"), int.from_bytes(segment[5:7], "big"))
        place += 1 if segment[1] == 0xFF else 2 + int.from_bytes(segment[2:4], "big")
    return None
