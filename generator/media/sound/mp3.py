"""MP3: frames one after another (ISO/IEC 11172-3, 13818-3), of which the first may say how many there are.

That is what encoders write as "Xing", "Info" or "VBRI". Without it the frames are counted, up to a number.
"""

from __future__ import annotations

from typing import BinaryIO

from msgspec import Struct

from generator.media.sound.reading import ENDS, BrokenError, Format, after_id3, at, number

SEARCHED = 1 << 16
"""Bytes in which a first frame is looked for."""

COUNTED = 400_000
"""Frames that are counted, some three hours; a longer file is as dense to its end as so far."""

_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_BITS_1 = {
    3: (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    2: (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
}
_BITS_2 = {
    3: (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    1: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}


class Frame(Struct, frozen=True):
    """A frame by its head: samples a second and in it, its bytes, and where what it says of the file may stand."""

    rate: int
    samples: int
    length: int
    told_at: int


def frame(head: bytes) -> Frame | None:
    """The frame that four bytes begin, None where they begin none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] < 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bits, rate, padded = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    if version == 1 or not layer or bits in (0, 15) or rate == 3:
        return None
    first, mono = version == 3, head[3] >> 6 == 3
    speed, hertz = (_BITS_1 if first else _BITS_2)[layer][bits] * 1000, _RATES[version][rate]
    samples = 384 if layer == 3 else 1152 if first or layer == 2 else 576
    unit = 4 if layer == 3 else 1
    length = (samples // 8 // unit * speed // hertz + padded) * unit
    side = (17 if mono else 32) if first else (9 if mono else 17)
    return Frame(hertz, samples, length, 4 + side)


def _is_mine(file: BinaryIO, size: int) -> bool:
    return _begin(file, size) is not None


def _begin(file: BinaryIO, size: int) -> int | None:
    """Where the first frame is: one that another of its kind follows, or that is the last."""
    start = after_id3(file, size)
    block = at(file, start, SEARCHED)
    place = block.find(b"\xff")
    while place >= 0:
        found = frame(block[place : place + 4])
        if found:
            after = start + place + found.length
            next_one = frame(at(file, after, 4))
            if (next_one and next_one.rate == found.rate) or after == size:
                return start + place
        place = block.find(b"\xff", place + 1)
    return None


def _milliseconds(file: BinaryIO, size: int) -> int:
    begin = _begin(file, size) or 0
    first = frame(at(file, begin, 4))
    if first is None:
        raise BrokenError("no frame of sound is in it")
    frames = _told(at(file, begin, min(first.length, 256)), first, size - begin)
    if frames is None:
        return _counted(file, begin, size)
    return frames * first.samples * 1000 // first.rate


def _told(head: bytes, first: Frame, there: int) -> int | None:
    """How many frames there are by what the first one says, None where it says nothing; raises `BrokenError`."""
    told = head[first.told_at :]
    if told[:4] in (b"Xing", b"Info"):
        flags, rest = number(told[4:8]), told[8:]
        frames = number(rest[:4]) if flags & 1 else 0
        length = number(rest[4 * (flags & 1) :][:4]) if flags & 2 else 0
    elif head[36:40] == b"VBRI":
        length, frames = number(head[46:50]), number(head[50:54])
    else:
        return None
    if length > there + first.length:
        raise BrokenError(f"its header tells of {length} bytes of sound, and {there} are there: it was cut off")
    return frames or None


def _counted(file: BinaryIO, begin: int, size: int) -> int:
    place, samples, rate, count = begin, 0, 1, 0
    while count < COUNTED and (found := frame(at(file, place, 4))):
        place, samples, rate, count = place + found.length, samples + found.samples, found.rate, count + 1
    if place > size + 4096:
        raise BrokenError(ENDS)
    if count == COUNTED:
        samples = samples * (size - begin) // (place - begin)
    return samples * 1000 // rate


FORMAT = Format("MP3", ("mp3",), _is_mine, _milliseconds)
