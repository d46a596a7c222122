"""WebM and Matroska: elements in elements, of which only the heads are read (RFC 8794, RFC 9559)."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from typing import BinaryIO

from msgspec import Struct

from generator.media.sound.reading import ENDS, BrokenError, at, exactly, number

NAME = "WebM"
ENDINGS = ("webm",)

ELEMENTS = 512
"""Elements of one level that are looked at."""

_EBML, _SEGMENT, _INFO, _TRACKS, _CLUSTER = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0x1F43B675
_SCALE, _DURATION, _TRACK, _KIND, _VIDEO = 0x2AD7B1, 0x4489, 0xAE, 0x83, 0xE0
_WIDTH, _HEIGHT, _SHOWN_WIDTH, _SHOWN_HEIGHT, _UNIT = 0xB0, 0xBA, 0x54B0, 0x54BA, 0x54B2
_FILM = 1


class Element(Struct, frozen=True):
    """An element by its name, where its content begins, and where it ends."""

    name: int
    begin: int
    end: int


def is_mine(file: BinaryIO) -> bool:
    """Whether a file begins as one."""
    return at(file, 0, 4) == _EBML.to_bytes(4, "big")


def facts(file: BinaryIO, size: int) -> tuple[int, int, int]:
    """Width, height and milliseconds; a sound alone has no size. Raises BrokenError."""
    segment = next((each for each in _elements(file, 0, size) if each.name == _SEGMENT), None)
    if segment is None:
        raise BrokenError(ENDS)
    width = height = length = 0
    known = False
    for each in _elements(file, segment.begin, segment.end):
        if each.name == _CLUSTER:
            break
        if each.name == _INFO:
            length = _length(file, each)
        elif each.name == _TRACKS:
            width, height = _size(file, each)
            known = True
    if not known:
        raise BrokenError("it does not say what is in it: it was cut off, or never finished")
    return width, height, length


def _elements(file: BinaryIO, begin: int, end: int) -> Iterator[Element]:
    """The elements of one level; raises `BrokenError` for one that is larger than what it is in."""
    place = begin
    for _ in range(ELEMENTS):
        if place >= end:
            return
        name, after = _variable(file, place, marked=True)
        length, start = _variable(file, after, marked=False)
        # One that was written as it was recorded does not say how long it is: it goes on to the end.
        unknown = length == (1 << 7 * (start - after)) - 1
        stop = end if unknown else start + length
        if stop > end:
            raise BrokenError(ENDS)
        yield Element(name, start, stop)
        place = stop


def _variable(file: BinaryIO, place: int, *, marked: bool) -> tuple[int, int]:
    """A number of as many bytes as its first one says, with that mark or without it, and where it ends."""
    head = exactly(file, place, 1)[0]
    count = 9 - head.bit_length()
    if not head or (marked and count > 4):
        raise BrokenError("it is damaged: there is no element where one has to begin")
    value = number(exactly(file, place, count))
    return (value if marked else value & ((1 << 7 * count) - 1)), place + count


def _numbers(file: BinaryIO, element: Element) -> dict[int, int]:
    """The numbers in an element by their names."""
    inside = _elements(file, element.begin, element.end)
    return {each.name: number(exactly(file, each.begin, each.end - each.begin)) for each in inside if each.end - each.begin <= 8}


def _length(file: BinaryIO, info: Element) -> int:
    found = _numbers(file, info)
    duration = next((each for each in _elements(file, info.begin, info.end) if each.name == _DURATION), None)
    if duration is None:
        return 0
    form = {4: ">f", 8: ">d"}.get(duration.end - duration.begin)
    ticks = struct.unpack(form, exactly(file, duration.begin, duration.end - duration.begin))[0] if form else 0.0
    return int(ticks * found.get(_SCALE, 1_000_000) / 1_000_000) if math.isfinite(ticks) else -1


def _size(file: BinaryIO, tracks: Element) -> tuple[int, int]:
    for track in _elements(file, tracks.begin, tracks.end):
        if track.name != _TRACK or _numbers(file, track).get(_KIND) != _FILM:
            continue
        for video in _elements(file, track.begin, track.end):
            if video.name == _VIDEO:
                found = _numbers(file, video)
                in_pixels = not found.get(_UNIT)
                width = found.get(_SHOWN_WIDTH, 0) if in_pixels else 0
                height = found.get(_SHOWN_HEIGHT, 0) if in_pixels else 0
                return width or found.get(_WIDTH, 0), height or found.get(_HEIGHT, 0)
    return 0, 0
