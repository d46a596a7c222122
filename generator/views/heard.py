"""What templates see of what is heard: sounds, chapters and the words of a transcript.

Plain data as in `views`, which has those who speak; how it is made of files is the business of `episodes`.
"""

from __future__ import annotations

from msgspec import Struct


class EpisodeCard(Struct, frozen=True):
    """What a list says of an episode. A number that is not given is None."""

    season: int | None
    """The season that it is of."""
    episode: int | None
    """Its number in the season."""
    kind: str
    """`full`, `trailer` or `bonus`."""
    explicit: bool
    """Whether it is not for children."""
    seconds: int
    """How long it plays, 0 where that is not known."""


class SoundView(Struct, frozen=True):
    """A file of sound; what is not known of one elsewhere is 0."""

    href: str
    name: str
    type: str
    size: int
    """Its size in bytes."""
    seconds: int
    """How long it plays."""


class ChapterView(Struct, frozen=True):
    """A chapter of an episode. The `href` leads into the sound itself."""

    seconds: int
    """When it begins."""
    href: str
    title: str
    url: str = ""
    """The address of a page about it, or empty."""
    image: str = ""
    """The address of its picture, or empty."""


class CueView(Struct, frozen=True):
    """A few words of a transcript, with the seconds from and to which they are said, as a script reads them."""

    start: str
    """When they begin."""
    end: str
    """When they end."""
    text: str


class Speech(Struct, frozen=True):
    """What one person says in a transcript without a break."""

    seconds: int
    """When it begins."""
    href: str
    speaker: str
    """Who says it, or empty."""
    cues: tuple[CueView, ...]
    """Its words, a few at a time."""
