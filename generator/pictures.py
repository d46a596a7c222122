"""What a picture's file says of itself in its head: the format and the size. PNG, JPEG, GIF, WebP and AVIF; nothing is decoded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
_HEAD = 256 * 1024
"""Bytes that are read at most: a photograph may begin with a small picture of itself."""

Size = tuple[int, int]
"""Width and height in pixels."""

_UNKNOWN = (0, 0)


class Picture(Struct, frozen=True, omit_defaults=True):
    """A picture's format, as "png" or "jpeg", and its size in pixels."""

    format: str
    width: int
    height: int


def look(path: Path) -> Picture | None:
    """What the head of a file says; None for what is no picture of these formats. Raises OSError."""
    if not path.name.lower().endswith(_SUFFIXES):
        return None
    with path.open("rb") as file:
        return read(file.read(_HEAD))


def read(head: bytes) -> Picture | None:
    """The picture that begins with these bytes."""
    for name, beginning, at, reader in _READERS:
        if head[at : at + len(beginning)] == beginning:
            width, height = reader(head)
            return Picture(name, width, height) if width and height else None
    return None


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
    """The first frame (SOF); a camera's turn of the picture is not looked at. See ITU T.81, B.2."""
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
