"""MP4 and QuickTime: the box of a track says how large its film is (ISO/IEC 14496-12, 8.3.2)."""

from __future__ import annotations

from typing import BinaryIO

from generator.media.sound.mp4 import Box, contents, handles, inside, played
from generator.media.sound.reading import BrokenError, at, exactly, number

NAME = "MP4"
ENDINGS = ("mp4", "m4v", "mov")

_BEGINNINGS = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
_QUARTER = (b"\0\0\0\0", b"\0\0\0\0")
"""A matrix that turns by a right angle has no share of the old sides in the new ones."""


def is_mine(file: BinaryIO) -> bool:
    """Whether a file begins as one; older ones don't name themselves first."""
    return at(file, 4, 4) in _BEGINNINGS


def facts(file: BinaryIO, size: int) -> tuple[int, int, int]:
    """Width, height and milliseconds. Raises BrokenError."""
    parts = contents(file, size)
    tracks = [box for box in parts if box.name == b"trak" and handles(file, box, b"vide")]
    if not tracks:
        raise BrokenError("there is no film in it")
    return *_size(file, tracks[0]), played(file, parts, tracks[0])


def _size(file: BinaryIO, track: Box) -> tuple[int, int]:
    """As it is shown: a phone that is held upright writes a wide film and how it is turned."""
    head = inside(file, track, b"tkhd")
    if head is None:
        return 0, 0
    matrix = head.begin + (52 if exactly(file, head.begin, 1) == b"\1" else 40)
    width, height = (number(exactly(file, matrix + place, 4)) >> 16 for place in (36, 40))
    turned = (exactly(file, matrix, 4), exactly(file, matrix + 16, 4)) == _QUARTER
    return (height, width) if turned else (width, height)
