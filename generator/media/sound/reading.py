"""What the readers of sound share: a format's description, the fault of a file, and reading no more than is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from msgspec import Struct

ENDS = "the file ends too early: it was cut off"


class BrokenError(Exception):
    """The file is not what it says: the message tells its author why."""


class Format(Struct, frozen=True):
    """A format of sound: its name, endings of files, how its bytes are known, and how long they play.

    Both functions get an open file and its size; `milliseconds` raises `BrokenError`.
    """

    name: str
    endings: tuple[str, ...]
    is_mine: Callable[[BinaryIO, int], bool]
    milliseconds: Callable[[BinaryIO, int], int]


def at(file: BinaryIO, place: int, count: int) -> bytes:
    """So many bytes from a place on, or fewer at the file's end."""
    file.seek(place)
    return file.read(count)


def exactly(file: BinaryIO, place: int, count: int) -> bytes:
    """So many bytes from a place on; raises `BrokenError` where there are fewer."""
    found = at(file, place, count)
    if len(found) < count:
        raise BrokenError(ENDS)
    return found


def after_id3(file: BinaryIO, size: int) -> int:
    """Where the sound begins after ID3v2 tags (id3.org, 2.4.0, 3.1), which name and picture it."""
    place = 0
    for _ in range(8):
        head = at(file, place, 10)
        if len(head) < 10 or head[:3] != b"ID3" or max(head[6:10]) > 127:
            break
        length = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        place += 10 + length + (10 if head[5] & 0x10 else 0)
    return min(place, size)


def number(data: bytes) -> int:
    """A number with its highest byte first."""
    return int.from_bytes(data, "big")


def small(data: bytes) -> int:
    """A number with its lowest byte first."""
    return int.from_bytes(data, "little")
