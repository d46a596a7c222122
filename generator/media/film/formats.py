"""Which format a file of film is of by its bytes, how large it is and how long it plays; what can't be true is refused."""

from __future__ import annotations

from pathlib import Path

from generator.media.film import mp4, webm
from generator.media.sound.reading import BrokenError

Facts = tuple[int, int, int]
"""Width and height in pixels, and milliseconds; 0 is not known."""

WIDEST = 1 << 14
"""Pixels of the widest and the highest film that is believed."""

SLOWEST = 100
"""Bits a second at least: a header that says less lies."""


def facts(path: Path) -> Facts:
    """What a film's header says. Raises BrokenError, OSError."""
    ending, size = path.suffix.lower().lstrip("."), path.stat().st_size
    if not size:
        raise BrokenError("the file is empty")
    if ending == "ogv":
        return 0, 0, 0  # no browser of today plays it, so nothing is to be known of it
    with path.open("rb") as file:
        found = next((each for each in (mp4, webm) if each.is_mine(file)), None)
        if found is None:
            raise BrokenError("this is no MP4 or WebM")
        if ending not in found.ENDINGS:
            raise BrokenError(f"the file is {found.NAME} by its bytes, and its name says something else")
        width, height, length = found.facts(file, size)
    if max(width, height) > WIDEST:
        raise BrokenError(f"its header claims {width} × {height} pixels")
    if length < 0 or size * 8 * 1000 < SLOWEST * length:
        raise BrokenError(f"its header claims {length // 3_600_000} hours of film in {size} bytes")
    return width, height, length
