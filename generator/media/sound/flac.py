"""FLAC: the block STREAMINFO at its beginning (RFC 9639, 8.2)."""

from __future__ import annotations

from typing import BinaryIO

from generator.media.sound.reading import BrokenError, Format, after_id3, at, exactly, number


def _is_mine(file: BinaryIO, size: int) -> bool:
    return at(file, after_id3(file, size), 4) == b"fLaC"


def _milliseconds(file: BinaryIO, size: int) -> int:
    return stream_info(exactly(file, after_id3(file, size) + 4, 38))


def stream_info(block: bytes) -> int:
    """How long a stream plays by its first block; raises `BrokenError`."""
    if len(block) < 38 or block[0] & 0x7F:
        raise BrokenError("it does not begin with what FLAC says of itself")
    rate, samples = number(block[14:17]) >> 4, number(block[17:22]) & 0xFFFFFFFFF
    if not rate:
        raise BrokenError("its header does not say how fast it plays")
    return samples * 1000 // rate


FORMAT = Format("FLAC", ("flac",), _is_mine, _milliseconds)
