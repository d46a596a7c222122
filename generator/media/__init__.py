"""What files that are copied say of themselves: sounds, films, pictures, and texts that go with a sound.

It is read once, when the file came or changed, and kept beside its digest. Nothing here follows from another file.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from generator.media import film, pictures, sound, timed
from generator.media.film import Film
from generator.media.pictures import Picture
from generator.media.sound import Sound
from generator.media.timed import Timed


class Media(Struct, frozen=True):
    """What a file says; None for what it is not."""

    sound: Sound | None = None
    picture: Picture | None = None
    timed: Timed | None = None
    film: Film | None = None


NO_MEDIA = Media()


def look(path: Path) -> Media:
    """What a file says of itself that is no picture, by its name and header. Raises OSError."""
    return Media(sound.look(path), None, timed.look(path), film.look(path))


def look_at_picture(data: bytes) -> Media:
    """What a picture says of itself."""
    return Media(picture=pictures.read(data))
