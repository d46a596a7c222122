"""The views of what is seen: a picture with its sizes, and the pictures of an album.

Plain data as in `views`; a picture is made in `links`, an album in `albums`.
"""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

GALLERY = "gallery"
"""The kind of boards whose topics are albums."""


class Source(Struct, frozen=True):
    """The sizes of a picture in one format, as `<source>` has them."""

    type: str
    srcset: str
    """Their addresses and widths."""


class Picture(Struct, frozen=True):
    """A picture; what is not known of it is 0 or empty."""

    href: str
    width: int = 0
    """How many pixels it is wide."""
    height: int = 0
    """How many pixels it is high."""
    type: str = ""
    sources: tuple[Source, ...] = ()
    """The same in smaller sizes, the best format first."""


class AlbumCard(Struct, frozen=True):
    """What an album is in a list."""

    picture: Picture | None
    """Its cover, else its first picture."""
    count: int
    """How many pictures it has."""


class AlbumPicture(Struct, frozen=True):
    """A picture of an album."""

    number: int
    picture: Picture
    """Where it is, and its sizes."""
    alt: str
    """What it shows, in words; empty where its author wrote none."""
    caption: str
    """What stands below it, or empty."""


class AlbumView(Struct, frozen=True):
    """An album: its pictures, and its text without those that stand alone on a line."""

    pictures: tuple[AlbumPicture, ...]
    """In the order of its text."""
    text: Markup
    """What else its text says, safe to show."""
