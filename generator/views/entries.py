"""What templates see of one entry, on its page: what it says, its files, what it answers, and the replies under it.

Plain data as in `views`; it is made in `present`.
"""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from generator.model import Moment
from generator.views import NOTHING, Person
from generator.views.heard import SoundView
from generator.views.polls import PollView


class FileView(Struct, frozen=True):
    """An attachment: `size` in bytes, `type` a media type."""

    href: str
    name: str
    size: int
    """Its size in bytes."""
    type: str
    label: str = ""
    """The ending of its name, as `PDF`."""
    seconds: int = 0
    """How long it plays, where that is known."""
    poster: str = ""
    """The address of the picture that stands for a film, or of a small size of a picture; or empty."""


class Parent(Struct, frozen=True):
    """The entry that a reply answers, where it can't be shown right above it."""

    number: int
    href: str
    name: str


class EntryView(Struct, frozen=True):
    """An opening or a reply on its page.

    `number` is its place by arrival (the opening is 1); `anchor` the id of its element ("r-2");
    `text` is what `html` says without its marks, for machines;
    a `hidden` or `deleted` entry has neither; an `event` is a one-line notice;
    `children` are the replies nested under it (nested boards), at most as deep as the page shows;
    `below` counts them with all that is nested under them.
    """

    id: str
    """Its name in the topic."""
    number: int
    anchor: str
    """The id of its element on the page."""
    href: str
    author: Person
    date: Moment
    authors: tuple[Person, ...] = ()
    """All its authors, where it has more than one."""
    updated: Moment | None = None
    title: str = ""
    """The title of a reply, or empty."""
    html: Markup = NOTHING
    """What it says, safe to show."""
    text: str = ""
    """The same without marks, for machines."""
    hidden: bool = False
    deleted: bool = False
    """Whether it was deleted: its place stays."""
    lost: bool = False
    """Whether it could not be read."""
    event: str = ""
    """A notice in one line, in place of a text."""
    parent: Parent | None = None
    """What it answers, where that does not stand right above it."""
    children: tuple[EntryView, ...] = ()
    """The replies to it."""
    below: int = 0
    """How many replies are below it, with the replies to those."""
    votes: int | None = None
    """Its votes, where they are counted."""
    reactions: tuple[tuple[str, int], ...] = ()
    """Emoji and how often each was given."""
    polls: tuple[PollView, ...] = ()
    """Its polls."""
    chosen: tuple[str, ...] = ()
    """What it votes for in a poll."""
    uncounted: str = ""
    """Why that does not count: it came `late`, or its member `changed` it later; else empty."""
    attachments: tuple[FileView, ...] = ()
    """Its files."""
    audio: SoundView | None = None
    """What it says by voice."""
    players: tuple[FileView, ...] = ()
    """The sounds and films that its text plays, for machines."""
    language: str = ""
    dir: str = ""
    by_starter: bool = False
    """Whether who began the topic wrote it."""
    accepted: bool = False
    """Whether it is the accepted answer to a question."""


class HeadingLink(Struct, frozen=True):
    """A line of a table of contents; `level` is 1 for the topmost shown."""

    level: int
    """How deep it stands, 1 for the topmost that is shown."""
    href: str
    text: str
