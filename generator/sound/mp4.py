"""M4A: boxes in boxes (ISO/IEC 14496-12), of which only the heads are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from generator.sound.reading import ENDS, BrokenError, Format, at, exactly, number

BOXES = 512
"""Boxes of one level that are looked at."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box by its name, where its content begins, and where it ends."""

    name: bytes
    begin: int
    end: int


def _is_mine(file: BinaryIO, size: int) -> bool:
    return at(file, 4, 4) == b"ftyp"


def _milliseconds(file: BinaryIO, size: int) -> int:
    boxes = list(_boxes(file, 0, size))
    movie = _first(boxes, b"moov")
    if movie is None:
        raise BrokenError("it does not say what is in it: it was cut off, or never finished")
    inside = list(_boxes(file, movie.begin, movie.end))
    sounds = [box for box in inside if box.name == b"trak" and _is_sound(file, box)]
    if not sounds:
        raise BrokenError("there is no sound in it")
    head = _first(inside, b"mvhd")
    return _of_track(file, sounds[0]) or (_length(file, head) if head else 0)


def _boxes(file: BinaryIO, begin: int, end: int) -> Iterator[Box]:
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


def _first(boxes: list[Box], name: bytes) -> Box | None:
    return next((box for box in boxes if box.name == name), None)


def _inside(file: BinaryIO, box: Box, *names: bytes) -> Box | None:
    """A box by its way from another one."""
    found: Box | None = box
    for name in names:
        found = _first(list(_boxes(file, found.begin, found.end)), name) if found else None
    return found


def _is_sound(file: BinaryIO, track: Box) -> bool:
    handler = _inside(file, track, b"mdia", b"hdlr")
    return handler is not None and at(file, handler.begin + 8, 4) == b"soun"


def _of_track(file: BinaryIO, track: Box) -> int:
    head = _inside(file, track, b"mdia", b"mdhd")
    return _length(file, head) if head else 0


def _length(file: BinaryIO, head: Box) -> int:
    """Milliseconds by a box that has a scale and a duration, of 4 or of 8 bytes."""
    long = exactly(file, head.begin, 1) == b"\1"
    scale = number(exactly(file, head.begin + (20 if long else 12), 4))
    length = number(exactly(file, head.begin + (24 if long else 16), 8 if long else 4))
    return length * 1000 // scale if scale else 0


FORMAT = Format("M4A", ("m4a", "m4b"), _is_mine, _milliseconds)
