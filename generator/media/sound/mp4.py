"""M4A: boxes in boxes (ISO/IEC 14496-12), of which only the heads are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from msgspec import Struct

from generator.media.sound.reading import ENDS, BrokenError, Format, at, exactly, number

BOXES = 512
"""Boxes of one level that are looked at."""


class Box(Struct, frozen=True):
    """A box by its name, where its content begins, and where it ends."""

    name: bytes
    begin: int
    end: int


def _is_mine(file: BinaryIO, size: int) -> bool:
    return at(file, 4, 4) == b"ftyp"


def _milliseconds(file: BinaryIO, size: int) -> int:
    parts = contents(file, size)
    sounds = [box for box in parts if box.name == b"trak" and handles(file, box, b"soun")]
    if not sounds:
        raise BrokenError("there is no sound in it")
    return played(file, parts, sounds[0])


def contents(file: BinaryIO, size: int) -> list[Box]:
    """The boxes that say what is in a file; raises `BrokenError`."""
    movie = first(list(boxes(file, 0, size)), b"moov")
    if movie is None:
        raise BrokenError("it does not say what is in it: it was cut off, or never finished")
    return list(boxes(file, movie.begin, movie.end))


def boxes(file: BinaryIO, begin: int, end: int) -> Iterator[Box]:
    """The boxes of one level; raises `BrokenError` for one that is larger than what it is in."""
    place = begin
    for _ in range(BOXES):
        if end - place < 8:
            return
        head = exactly(file, place, 8)
        length, own = number(head[:4]), 8
        if length == 1:
            length, own = number(exactly(file, place + 8, 8)), 16
        length = length or end - place
        if length < own or place + length > end:
            raise BrokenError(ENDS)
        yield Box(head[4:8], place + own, place + length)
        place += length


def first(parts: list[Box], name: bytes) -> Box | None:
    """The first box of a name."""
    return next((box for box in parts if box.name == name), None)


def inside(file: BinaryIO, box: Box, *names: bytes) -> Box | None:
    """A box by its way from another one."""
    found: Box | None = box
    for name in names:
        found = first(list(boxes(file, found.begin, found.end)), name) if found else None
    return found


def handles(file: BinaryIO, track: Box, kind: bytes) -> bool:
    """Whether a track is of a kind: `soun` or `vide`."""
    handler = inside(file, track, b"mdia", b"hdlr")
    return handler is not None and at(file, handler.begin + 8, 4) == kind


def played(file: BinaryIO, parts: list[Box], track: Box) -> int:
    """How long a track plays, else the whole file, in milliseconds."""
    head = inside(file, track, b"mdia", b"mdhd")
    whole = first(parts, b"mvhd")
    return (_length(file, head) if head else 0) or (_length(file, whole) if whole else 0)


def _length(file: BinaryIO, head: Box) -> int:
    """Milliseconds by a box that has a scale and a duration, of 4 or of 8 bytes."""
    long = exactly(file, head.begin, 1) == b"\1"
    scale = number(exactly(file, head.begin + (20 if long else 12), 4))
    length = number(exactly(file, head.begin + (24 if long else 16), 8 if long else 4))
    return length * 1000 // scale if scale else 0


FORMAT = Format("M4A", ("m4a", "m4b"), _is_mine, _milliseconds)
