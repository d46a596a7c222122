"""Which format a file of sound is of by its bytes, and how long it plays; what can't be true is refused."""

from __future__ import annotations

from pathlib import Path

from generator.media.sound import flac, mp3, mp4, ogg, wav
from generator.media.sound.reading import BrokenError, Format

QUIETEST = 200
"""Bits a second at least: silence takes more in all of these formats, so a header that says less lies."""

LONGEST = 1000 * 3600 * 1000
"""Milliseconds of the longest sound that is believed: a thousand hours."""

_FORMATS: tuple[Format, ...] = (ogg.FORMAT, flac.FORMAT, wav.FORMAT, mp4.FORMAT, mp3.FORMAT)


def milliseconds(path: Path) -> int:
    """How long it plays. Raises BrokenError, OSError."""
    ending, size = path.suffix.lower().lstrip("."), path.stat().st_size
    if not size:
        raise BrokenError("the file is empty")
    with path.open("rb") as file:
        found = next((each for each in _FORMATS if each.is_mine(file, size)), None)
        if found is None:
            raise BrokenError("this is no MP3, M4A, Ogg, WAV or FLAC")
        if ending not in found.endings:
            raise BrokenError(f"the file is {found.name} by its bytes, and its name says something else")
        length = found.milliseconds(file, size)
    if length <= 0:
        raise BrokenError("the file has no sound in it, or does not say how much")
    if length > LONGEST or size * 8 * 1000 < QUIETEST * length:
        raise BrokenError(f"its header claims {length // 3_600_000} hours of sound in {size} bytes")
    return length
