"""The catalog's rows: what is derived from all sources together, as features read it.

Rows are frozen structs of msgspec, which are made and read many times faster than dataclasses: a site has
millions of them. They are stored as JSON without what is as by default, so that a state file can't run code
when it is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from generator.markup.interface import Heading, Mark, MarkKind
from generator.media.film import Film
from generator.media.pictures import Picture
from generator.media.sound import Sound
from generator.model import Attachment, Entry, Moment, Poll
from generator.podcast import NO_EPISODE, NO_SHOW, EpisodeFields, ShowFields

Row = TypeVar("Row")


class BoardText(Struct, frozen=True, omit_defaults=True):
    """What a board is called in another language, and its page in it."""

    language: str
    path: str
    address: str
    title: str
    description: str


class BoardRow(Struct, frozen=True, omit_defaults=True):
    """A board with everything that it inherits settled. `trail` is the keys from the top to its parent."""

    key: str
    path: str
    parent: str
    trail: tuple[str, ...]
    address: str
    title: str
    kind: str
    description: str
    order: int
    language: str
    dir: str
    pattern: str
    nested: bool
    per_page: int
    feeds: tuple[str, ...] | None
    format: str
    engine: str
    breaks: bool
    moderators: tuple[str, ...]
    access: str
    aliases: tuple[str, ...]
    board_template: str
    topic_template: str
    archive: bool
    neighbours: bool
    by_activity: bool
    answerable: bool
    extra: Mapping[str, Any] = field(default_factory=dict)
    translations: tuple[BoardText, ...] = ()
    show: ShowFields = NO_SHOW
    answers: bool = False
    links: bool = False
    views: tuple[str, ...] = ()
    mail: bool = False
    hides: bool = False
    days: bool = False
    look: str = ""


class TopicRow(Struct, frozen=True, omit_defaults=True):
    """A topic's summary. `authors` and `name` are as written; `pages` counts its pages of entries.

    Off boards (`board` is "") it is a plain page. `guid` names it to feeds for ever. Of a question, `answers`
    counts the answers that are shown, `accepted` is the id of one of them, and `helped` says that one is accepted
    or has votes; `recap` is the id of the reply that sums a topic up; a `wiki` shows the history of its file; `by_answers` says that its pages are cut by answers and not by arrival. `look` is how
    the messages of a conversation stand: in "bubbles" or in "lines".
    """

    key: str
    base: str
    path: str
    board: str
    kind: str
    address: str
    title: str
    guid: str
    authors: tuple[str, ...]
    name: str
    url: str
    created: Moment
    updated: Moment | None
    active: Moment
    replies: int
    pages: int
    last_id: str
    last_number: int
    last_page: int
    last_authors: tuple[str, ...]
    last_name: str
    pinned: bool
    locked: bool
    hidden: bool
    summary: str
    cover: str
    tags: tuple[str, ...]
    series: str
    language: str
    dir: str
    minutes: int
    link: str
    aliases: tuple[str, ...]
    listed: bool
    extra: Mapping[str, Any] = field(default_factory=dict)
    episode: EpisodeFields = NO_EPISODE
    votes: int | None = None
    answers: int = 0
    accepted: str = ""
    helped: bool = False
    by_answers: bool = False
    look: str = ""
    recap: str = ""
    wiki: bool = False


def page_of(number: int, per_page: int) -> int:
    """The page of a topic that an entry is on: so many replies on each, and on the first the opening besides."""
    return max(0, number - 2) // per_page + 1


def headline(row: TopicRow) -> TopicRow:
    """A summary without what replies change: the last one, when and how many; its pages stay."""
    return replace(
        row, active=0, replies=0, last_id="", last_number=0, last_page=0, last_authors=(), last_name="",
        answers=0, accepted="", helped=False, recap="",
    )  # fmt: skip


class Said(Struct, frozen=True, omit_defaults=True):
    """An entry as a file says it, with the digest of its HTML and what it points to; see `Entry` and `markup.citing`."""

    id: str
    line: int = 1
    text_line: int = 1
    authors: tuple[str, ...] = ()
    name: str = ""
    url: str = ""
    date: Moment | None = None
    updated: Moment | None = None
    title: str = ""
    reply_to: str = ""
    votes: int | None = None
    reactions: Mapping[str, int] = field(default_factory=dict)
    choose: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    polls: tuple[Poll, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    language: str = ""
    aliases: tuple[str, ...] = ()
    hidden: bool = False
    deleted: bool = False
    event: str = ""
    audio: str = ""
    stray: bool = False
    dir: str = ""
    html: bytes = b""
    cites: tuple[str, ...] = ()
    media: bool = False


_said_fields = attrgetter(*Said.__struct_fields__[:-4])


def said(entry: Entry, direction: str, html: bytes, row: HtmlRow, cites: tuple[str, ...]) -> Said:
    """An entry without its text, with the direction of its letters, the digest of its HTML, what it points to, and whether it has media."""
    played = any(mark.kind is MarkKind.PLAYER for mark in row.marks)
    media = bool(played or row.images or entry.attachments or entry.audio)
    return Said(*(*_said_fields(entry), direction, html, cites, media))


class Ballot(Struct, frozen=True, omit_defaults=True):
    """What a member chose in a poll: the places of the options, the most wanted first. Of a secret one `voter` is ""."""

    voter: str
    options: tuple[int, ...]


class EntryRow(Struct, frozen=True, omit_defaults=True):
    """An entry in its place: `number` counts by arrival, `parent_page` is 0 where there is no parent.

    `status` is "" for an entry that is shown, else "hidden", "deleted" or "lost"; `media` says that it has pictures,
    sounds, films or files. `ballots` are those of its polls, one after another, `ended` the places of polls in which
    voting has ended; `chosen` is what it votes for itself, and `uncounted` says why that does not count: it came "late",
    or its member "changed" it later. `chain` is the id of the message that began the chain of answers that a message of
    a conversation is part of.
    """

    id: str
    number: int
    page: int
    path: str
    line: int
    authors: tuple[str, ...] = ()
    name: str = ""
    url: str = ""
    date: Moment = 0
    updated: Moment | None = None
    title: str = ""
    status: str = ""
    event: str = ""
    parent: str = ""
    parent_number: int = 0
    parent_page: int = 0
    parent_name: str = ""
    votes: int | None = None
    reactions: Mapping[str, int] = field(default_factory=dict)
    polls: tuple[Poll, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    audio: str = ""
    language: str = ""
    dir: str = ""
    html: bytes = b""
    media: bool = False
    ballots: tuple[tuple[Ballot, ...], ...] = ()
    chosen: tuple[str, ...] = ()
    uncounted: str = ""
    chain: str = ""
    ended: tuple[int, ...] = ()


class HtmlRow(Struct, frozen=True, omit_defaults=True):
    """An entry's HTML with its marks and facts, kept under the digest of all that it depends on."""

    html: str
    marks: tuple[Mark, ...] = ()
    text: str = ""
    headings: tuple[Heading, ...] = ()
    images: tuple[str, ...] = ()
    words: int = 0


class FoundText(Struct, frozen=True, omit_defaults=True):
    """What search reads of an entry's HTML: of a stored `HtmlRow` only this is made."""

    text: str = ""
    words: int = 0


class SearchTotals(Struct, frozen=True, omit_defaults=True):
    """How many entries can be found, how many words they have together, and how many bytes their texts take."""

    entries: int = 0
    words: int = 0
    size: int = 0


class DayRow(Struct, frozen=True, array_like=True):
    """A day of a conversation: of its month, the number of its first entry, and how many pages it fills."""

    day: int
    first: int
    parts: int


class ChainRow(Struct, frozen=True, omit_defaults=True):
    """A chain of answers: its messages by id, the first one first; who takes part (authors and name), and when last."""

    entries: tuple[str, ...]
    people: tuple[tuple[tuple[str, ...], str], ...]
    last: Moment


class MemberText(Struct, frozen=True, omit_defaults=True):
    """What a member is called in another language, and their page in it."""

    language: str
    path: str
    address: str
    name: str
    title: str


class MemberRow(Struct, frozen=True, omit_defaults=True):
    """A person of the community; `path` is "" for one without a file."""

    key: str
    name: str
    address: str
    path: str = ""
    avatar: str = ""
    url: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    joined: Moment | None = None
    role: str = ""
    title: str = ""
    bot: bool = False
    aliases: tuple[str, ...] = ()
    translations: tuple[MemberText, ...] = ()


class MemberCounts(Struct, frozen=True, omit_defaults=True):
    """How much a member has written, and when."""

    topics: int = 0
    entries: int = 0
    first: Moment = 0
    last: Moment = 0

    def standing(self) -> tuple[int, Moment]:
        """About how many entries they wrote, and when the first: it changes seldom, however much they write."""
        return steps(self.entries), self.first


class HonoursRow(Struct, frozen=True, omit_defaults=True):
    """The names of a member's badges in the order of the settings, and of the level that they are trusted at."""

    badges: tuple[str, ...] = ()
    trust: str = ""


Stood = tuple[str, int, int, int, int, int]
"""A topic's or member's key, its score, replies or entries, votes, reactions, and people or accepted answers."""


class TopRow(Struct, frozen=True, omit_defaults=True):
    """Who and what stood out in a period, the first first; `first` and `last` are its days, counted from the year 1."""

    topics: tuple[Stood, ...] = ()
    members: tuple[Stood, ...] = ()
    first: int = 0
    last: int = 0


def steps(count: int) -> int:
    """A number below ten as it is, else the last of 10, 20, 50, 100 and so on that was reached.

    What shows it of somebody who wrote a thousand entries changes some nine times and not a thousand times.
    """
    if count < 10:
        return count
    unit: int = 10 ** (len(str(count)) - 1)
    return unit * max(step for step in (1, 2, 5) if step * unit <= count)


class BoardCounts(Struct, frozen=True, omit_defaults=True):
    """How much a board has, with the boards inside it."""

    topics: int = 0
    entries: int = 0


class TagRow(Struct, frozen=True, omit_defaults=True):
    """A tag: `key` is the folded name."""

    key: str
    name: str
    address: str


class AssetRow(Struct, frozen=True, omit_defaults=True):
    """A file beside the texts; `topic` is "" where it belongs to no topic.

    `copied` is False for what a browser would run and the settings don't trust. `sound`, `picture` and `film` are what
    its header says of it.
    """

    path: str
    board: str
    topic: str
    size: int
    digest: bytes
    copied: bool = True
    sound: Sound | None = None
    picture: Picture | None = None
    film: Film | None = None


class Place(Struct, frozen=True, omit_defaults=True):
    """Where a Markdown file or a title leads."""

    address: str
    title: str
    board: str = ""
    topic: str = ""
