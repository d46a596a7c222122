"""The nouns of a podcast, as its files say them: what a board says of the show, and a topic of its episode.

Times within a sound are in milliseconds. Which fields of front matter these are is said in `markup.fields`.
"""

from __future__ import annotations

import re

from msgspec import Struct

EPISODE_TYPES = ("full", "trailer", "bonus")
SHOW_TYPES = ("episodic", "serial")

_CLOCK = re.compile(r"(?:(?:(\d{1,4}):)?(\d{1,4}):)?(\d{1,7})(?:[.,](\d{1,9}))?")


class Chapter(Struct, frozen=True):
    """A part of an episode, from a time on; `url` and `image` are addresses on the web."""

    start: int
    title: str
    url: str = ""
    image: str = ""


class RemoteSound(Struct, frozen=True):
    """A file of sound elsewhere, of which its author says what it is."""

    url: str
    length: int = 0
    type: str = ""
    milliseconds: int = 0


class Credit(Struct, frozen=True):
    """Somebody who takes part: a member or another person, and as what ("host", "guest")."""

    name: str
    role: str = "host"
    url: str = ""
    image: str = ""


class Funding(Struct, frozen=True):
    """Where a show can be supported, and in which words."""

    url: str
    text: str = ""


class EpisodeFields(Struct, frozen=True):
    """What a topic says of its episode. Chapters are given here, or in a file that `chapters_file` names.

    `audio` is a path beside the text or an address on the web; of the latter, `remote` says more.
    """

    audio: str = ""
    season: int | None = None
    number: int | None = None
    type: str = ""
    explicit: bool | None = None
    chapters: tuple[Chapter, ...] = ()
    chapters_file: str = ""
    transcript: tuple[str, ...] = ()
    remote: RemoteSound | None = None
    people: tuple[Credit, ...] = ()


class ShowFields(Struct, frozen=True):
    """What a board says of its show; `authors` are members or other names, `owner` an address for mail."""

    cover: str = ""
    authors: tuple[str, ...] = ()
    category: str = ""
    explicit: bool | None = None
    guid: str = ""
    type: str = ""
    locked: bool | None = None
    owner: str = ""
    funding: tuple[Funding, ...] = ()
    people: tuple[Credit, ...] = ()


NO_EPISODE = EpisodeFields()
NO_SHOW = ShowFields()


def milliseconds(text: str) -> int | None:
    """A time as 1:02:03, 62:03, 75 or 75.5; None where it is none."""
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        return None
    hours, minutes, seconds, part = found.groups()
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds)
    return whole * 1000 + int(((part or "") + "000")[:3])
