"""What a file of sound says of itself: its kind and how long it plays, read from its header.

A header is only believed where the file bears it out, and of a file of any size only a little is read: files are
strangers', and one may claim to be of ten gigabytes. Which format says it how is the business of one module each.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from generator.sound import flac, mp3, mp4, ogg, wav
from generator.sound.reading import BrokenError, Format

QUIETEST = 200
"""Bits a second at least: silence takes more in all of these formats, so a header that says less lies."""

LONGEST = 1000 * 3600 * 1000
"""Milliseconds of the longest sound that is believed: a thousand hours."""

TYPES: Mapping[str, str] = {
    "mp3": "audio/mpeg", "m4a": "audio/x-m4a", "m4b": "audio/x-m4a", "ogg": "audio/ogg", "oga": "audio/ogg",
    "opus": "audio/ogg", "wav": "audio/wav", "flac": "audio/flac", "aac": "audio/aac",
}  # fmt: skip
"""Media types by the ending of a file's name."""

_FORMATS: tuple[Format, ...] = (ogg.FORMAT, flac.FORMAT, wav.FORMAT, mp4.FORMAT, mp3.FORMAT)


class Sound(Struct, frozen=True, omit_defaults=True):
    """A file of sound: its media type, how long it plays in milliseconds, and what is wrong with it ("" for nothing)."""

    type: str
    milliseconds: int = 0
    fault: str = ""


def sound_type(name: str) -> str:
    """The media type of a file of sound by its name, "" for other files."""
    return TYPES.get(name.rpartition(".")[2].lower(), "")


def look(path: Path) -> Sound | None:
    """What a file of sound says of itself; None for a file that is not called one. Raises OSError."""
    kind = sound_type(path.name)
    if not kind:
        return None
    try:
        return Sound(kind, _milliseconds(path))
    except BrokenError as error:
        return Sound(kind, fault=str(error))


def _milliseconds(path: Path) -> int:
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
