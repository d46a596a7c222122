"""What a file of sound says of itself: its kind and how long it plays, read from its header.

A header is only believed where the file bears it out, and of a file of any size only a little is read: files are
strangers', and one may claim to be of ten gigabytes. Which format a file is of is told by `formats`, which format
says it how by one module each.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from generator.media.sound.reading import BrokenError

TYPES: Mapping[str, str] = {
    "mp3": "audio/mpeg", "m4a": "audio/x-m4a", "m4b": "audio/x-m4a", "ogg": "audio/ogg", "oga": "audio/ogg",
    "opus": "audio/ogg", "wav": "audio/wav", "flac": "audio/flac", "aac": "audio/aac",
}  # fmt: skip
"""Media types by the ending of a file's name."""


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
    from generator.media.sound import formats  # most builds read no sound

    try:
        return Sound(kind, formats.milliseconds(path))
    except BrokenError as error:
        return Sound(kind, fault=str(error))
