"""What a file of film says of itself: its size in pixels and how long it plays, read from its header.

As with `sound`, a header is only believed where the file bears it out, and of a file of any size only a little is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from generator.media.sound.reading import BrokenError

TYPES: Mapping[str, str] = {"mp4": "video/mp4", "m4v": "video/mp4", "mov": "video/quicktime", "webm": "video/webm", "ogv": "video/ogg"}
"""Media types by the ending of a file's name."""


class Film(Struct, frozen=True, omit_defaults=True):
    """A file of film: its media type, its size in pixels and milliseconds (0 is not known), and what is wrong with it."""

    type: str
    width: int = 0
    height: int = 0
    milliseconds: int = 0
    fault: str = ""


def film_type(name: str) -> str:
    """The media type of a file of film by its name, "" for other files."""
    return TYPES.get(name.rpartition(".")[2].lower(), "")


def look(path: Path) -> Film | None:
    """What a file of film says of itself; None for a file that is not called one. Raises OSError."""
    kind = film_type(path.name)
    if not kind:
        return None
    from generator.media.film import formats  # most builds read no film

    try:
        return Film(kind, *formats.facts(path))
    except BrokenError as error:
        return Film(kind, fault=str(error))
