"""Ogg with Opus, Vorbis, FLAC or Speex: the first page says how fast, the last one how much (RFC 3533, RFC 7845)."""

from __future__ import annotations

from typing import BinaryIO

from generator.media.sound.reading import ENDS, BrokenError, Format, at, exactly, small

PAGE = 27 + 255 + 255 * 255
"""Bytes of the largest page."""

_HEAD = 27
_NONE = 0xFFFFFFFFFFFFFFFF


def _is_mine(file: BinaryIO, size: int) -> bool:
    return at(file, 0, 4) == b"OggS"


def _milliseconds(file: BinaryIO, size: int) -> int:
    head = exactly(file, 0, _HEAD)
    first = exactly(file, _HEAD + head[26], 28)
    rate, skipped = _rate(first)
    if not rate:
        raise BrokenError("it is an Ogg file without sound that browsers play")
    return max(0, _last(file, size, head[14:18]) - skipped) * 1000 // rate


def _rate(packet: bytes) -> tuple[int, int]:
    """Samples a second, and how many at the beginning are not played."""
    if packet.startswith(b"OpusHead"):
        return 48_000, small(packet[10:12])
    if packet.startswith(b"\x01vorbis"):
        return small(packet[12:16]), 0
    if packet.startswith(b"\x7fFLAC"):
        return int.from_bytes(packet[27:28] + b"\0\0", "big") >> 4, 0
    return 0, 0


def _last(file: BinaryIO, size: int, serial: bytes) -> int:
    """How many samples have been played at the end of the last page of a stream."""
    begin = max(0, size - 2 * PAGE)
    tail = at(file, begin, 2 * PAGE)
    place, whole = tail.rfind(b"OggS"), True
    while place >= 0:
        head = tail[place : place + _HEAD]
        if len(head) < _HEAD:
            whole = False
        elif head[4] == 0 and head[14:18] == serial:
            segments = tail[place + _HEAD : place + _HEAD + head[26]]
            whole = whole and place + _HEAD + head[26] + sum(segments) <= len(tail)
            played = small(head[6:14])
            if not whole:
                raise BrokenError(ENDS)
            if played != _NONE:
                return played
        place = tail.rfind(b"OggS", 0, place)
    raise BrokenError(ENDS)


FORMAT = Format("Ogg", ("ogg", "oga", "opus"), _is_mine, _milliseconds)
