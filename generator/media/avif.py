"""What an AVIF file has besides its pixels: which way it is turned, and what a camera says, which can be blotted out in place.

Its parts are found by their places in the file, so that none may move: what is private is written over.
Sources: ISO/IEC 14496-12 (boxes, `iinf`, `iloc`), ISO/IEC 23008-12 (`irot`, Exif and XMP items).
"""

from __future__ import annotations

from collections.abc import Iterator

_EMPTY_EXIF = b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"
"""An Exif item that says nothing: programs that read it find a header."""

_MANY = 1000
"""Items, or parts of one, that are looked at."""

Extent = tuple[int, int]
"""From where on, and how many bytes."""


class Reader:
    """Reads numbers from some bytes, one after another; what is behind their end is 0."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data = data
        self.at = at

    def number(self, size: int) -> int:
        """The next number, of so many bytes."""
        self.at += size
        return int.from_bytes(self.data[self.at - size : self.at], "big")


def is_turned(head: bytes) -> bool:
    """Whether it is shown turned to a side, so that width and height are exchanged."""
    at = head.find(b"irot")
    return at >= 0 and bool(head[at + 4 : at + 5] and head[at + 4] & 1)


def without(data: bytes) -> bytes:
    """The same file with what a camera says of it blotted out."""
    made = bytearray(data)
    for kind, start, size in _private(data):
        empty = _EMPTY_EXIF if kind == b"Exif" and size >= len(_EMPTY_EXIF) else b""
        made[start : start + size] = empty.ljust(size, b" " if kind == b"mime" else b"\0")
    return bytes(made)


def _private(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The kind, the beginning and the size of each part of an item that is private, where it lies within the file."""
    meta = next(_boxes(data, 0, len(data), b"meta"), None)
    if meta is None:
        return
    start, end = meta[0] + 4, meta[1]
    kinds: dict[int, bytes] = {}
    for found, limit in _boxes(data, start, end, b"iinf"):
        kinds |= _items(data, found, limit)
    inner = next(_boxes(data, start, end, b"idat"), (0, 0))
    for found, _ in _boxes(data, start, end, b"iloc"):
        for item, offset, size in _extents(data, found, inner[0]):
            if kinds.get(item, b"") in (b"Exif", b"mime") and offset > 0 and offset + size <= len(data):
                yield kinds[item], offset, size


def _boxes(data: bytes, at: int, end: int, wanted: bytes) -> Iterator[Extent]:
    """Where the contents of the boxes of a kind begin and end."""
    while at + 8 <= end:
        size, begin = int.from_bytes(data[at : at + 4], "big"), at + 8
        if size == 1:
            size, begin = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        stop = at + size if size else end
        if stop < begin or stop > end:
            return
        if data[at + 4 : at + 8] == wanted:
            yield begin, stop
        at = stop


def _items(data: bytes, at: int, end: int) -> dict[int, bytes]:
    """The kinds of the items by their numbers."""
    found = {}
    first = at + (6 if data[at : at + 1] == b"\0" else 8)
    for begin, _ in _boxes(data, first, end, b"infe"):
        reader = Reader(data, begin + 4)
        item = reader.number(4 if data[begin] > 2 else 2)
        found[item] = data[reader.at + 2 : reader.at + 6]
    return found


def _extents(data: bytes, at: int, inner: int) -> Iterator[tuple[int, int, int]]:
    """The number of an item, and where each part of it begins in the file and how long it is."""
    version, sizes, reader = data[at], data[at + 4 : at + 6], Reader(data, at + 6)
    offset_size, length_size = sizes[0] >> 4, sizes[0] & 15
    base_size, index_size = sizes[1] >> 4, sizes[1] & 15 if version else 0
    for _ in range(min(reader.number(4 if version > 1 else 2), _MANY)):
        item = reader.number(4 if version > 1 else 2)
        method = reader.number(2) & 15 if version else 0
        reader.number(2)
        base = reader.number(base_size) + (inner if method == 1 else 0)
        for _ in range(min(reader.number(2), _MANY)):
            reader.number(index_size)
            offset, size = reader.number(offset_size), reader.number(length_size)
            if method < 2:
                yield item, base + offset, size
