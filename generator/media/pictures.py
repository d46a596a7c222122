"""What a picture's file says of itself: the format and the size. PNG, JPEG, GIF, WebP and AVIF; nothing is decoded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
_HEAD = 256 * 1024
"""Bytes in which an AVIF file says its size."""

LARGEST = 100_000_000
"""Bytes of a file that is read as a whole; of a larger one only its head is looked at."""

Size = tuple[int, int]
"""Width and height in pixels."""

_UNKNOWN = (0, 0)


class Picture(Struct, frozen=True, omit_defaults=True):
    """A picture's format, as "png" or "jpeg", and its size in pixels as it is shown.

    `widths` and `formats` are those in which it is published besides; `private` says that it is published without
    what its camera wrote into it.
    """

    format: str
    width: int
    height: int
    animated: bool = False
    widths: tuple[int, ...] = ()
    formats: tuple[str, ...] = ()
    private: bool = False


def is_named(path: str) -> bool:
    """Whether a file has the name of a picture of these formats."""
    return path.lower().endswith(_SUFFIXES)


def look(path: Path) -> Picture | None:
    """What a file says; None for what is no picture of these formats. Raises OSError."""
    if not is_named(path.name):
        return None
    with path.open("rb") as file:
        return read(file.read(LARGEST))


def read(data: bytes) -> Picture | None:
    """The picture of these bytes; a large one's first ones are enough."""
    from generator.media import (
        avif,
        exif,  # most builds read no picture
    )

    for name, beginning, at, reader in _READERS:
        if data[at : at + len(beginning)] == beginning:
            width, height = reader(data)
            if exif.orientation(name, data) > 4 or (name == "avif" and avif.is_turned(data[:_HEAD])):
                width, height = height, width
            return Picture(name, width, height, _is_animated(name, data)) if width and height else None
    return None


def _is_animated(name: str, data: bytes) -> bool:
    """Whether a PNG or WebP moves."""
    if name == "png":
        return 0 <= data.find(b"acTL", 0, _HEAD) < data.find(b"IDAT")
    return name == "webp" and data[12:16] == b"VP8X" and bool(data[20:21] and data[20] & 2)


def _number(data: bytes, at: int, count: int = 2) -> int:
    return int.from_bytes(data[at : at + count], "big")


def _little(data: bytes, at: int, count: int = 2) -> int:
    return int.from_bytes(data[at : at + count], "little")


def _png(head: bytes) -> Size:
    """https://www.w3.org/TR/png-3/#11IHDR"""
    return _number(head, 16, 4), _number(head, 20, 4)


def _gif(head: bytes) -> Size:
    return _little(head, 6), _little(head, 8)


def _jpeg(head: bytes) -> Size:
    """The first frame (SOF); see ITU T.81, B.2."""
    at = 2
    while at + 9 < len(head) and head[at] == 0xFF:
        kind = head[at + 1]
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            return _number(head, at + 7), _number(head, at + 5)
        at += 1 if kind == 0xFF else 2 + _number(head, at + 2)
    return _UNKNOWN


def _webp(head: bytes) -> Size:
    """https://developers.google.com/speed/webp/docs/riff_container"""
    kind = head[12:16]
    if kind == b"VP8X":
        return _little(head, 24, 3) + 1, _little(head, 27, 3) + 1
    if kind == b"VP8L":
        bits = _little(head, 21, 4)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return (_little(head, 26) & 0x3FFF, _little(head, 28) & 0x3FFF) if kind == b"VP8 " else _UNKNOWN


def _avif(head: bytes) -> Size:
    """The largest of its parts: the picture itself is as large as all of its tiles (ISO/IEC 23008-12, `ispe`)."""
    head = head[:_HEAD]
    found, at = _UNKNOWN, head.find(b"ispe")
    while at >= 0:
        found = max(found, (_number(head, at + 8, 4), _number(head, at + 12, 4)))
        at = head.find(b"ispe", at + 4)
    return found


_READERS: tuple[tuple[str, bytes, int, Callable[[bytes], Size]], ...] = (
    ("png", b"\x89PNG\r\n\x1a\n", 0, _png),
    ("jpeg", b"\xff\xd8", 0, _jpeg),
    ("gif", b"GIF8", 0, _gif),
    ("webp", b"WEBP", 8, _webp),
    ("avif", b"ftypavif", 4, _avif),
)
