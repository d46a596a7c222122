"""WAV: chunks of a RIFF file (Microsoft's Multimedia Programming Interface 1.0; RF64 by EBU Tech 3306)."""

from __future__ import annotations

from typing import BinaryIO

from generator.media.sound.reading import BrokenError, Format, at, exactly, small

CHUNKS = 1000
"""Chunks that are looked at: a real file has a handful."""

_UNKNOWN = 0xFFFFFFFF


def _is_mine(file: BinaryIO, size: int) -> bool:
    head = at(file, 0, 12)
    return head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE"


def _milliseconds(file: BinaryIO, size: int) -> int:
    place, rate, long = 12, 0, 0
    for _ in range(CHUNKS):
        head = exactly(file, place, 8)
        name, length = head[:4], small(head[4:])
        if name == b"ds64":
            long = small(exactly(file, place + 16, 8))
        elif name == b"fmt ":
            rate = small(exactly(file, place + 16, 4))
        elif name == b"data":
            return _played(long if length == _UNKNOWN else length, rate, size - place - 8)
        place += 8 + length + length % 2
    raise BrokenError("no chunk of it holds sound")


def _played(length: int, rate: int, there: int) -> int:
    if not rate:
        raise BrokenError("its header does not say how fast it plays")
    if length > there:
        raise BrokenError(f"its header tells of {length} bytes of sound, and {there} are there: it was cut off")
    return length * 1000 // rate


FORMAT = Format("WAV", ("wav",), _is_mine, _milliseconds)
