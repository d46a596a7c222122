"""The catalog's rows: what is derived from all sources together, as features read it.

Rows are frozen structs of msgspec, which are made and read many times faster than dataclasses: a site has
millions of them. They are stored as JSON without what is as by default, so that a state file can't run code
when it is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

import msgspec
from msgspec import Raw, Struct, field
from msgspec.structs import replace

from generator.markup.interface import Heading, Mark
from generator.model import Attachment, Entry, Moment, Poll

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


class TopicRow(Struct, frozen=True, omit_defaults=True):
    """A topic's summary. `authors` and `name` are as written; `pages` counts its pages of entries.

    Off boards (`board` is "") it is a plain page. `guid` names it to feeds for ever.
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


def page_of(number: int, per_page: int) -> int:
    """The page of a topic that an entry is on: so many replies on each, and on the first the opening besides."""
    return max(0, number - 2) // per_page + 1


def headline(row: TopicRow) -> TopicRow:
    """A summary without what replies change: the last one, when and how many; its pages stay."""
    return replace(
        row, active=0, replies=0, last_id="", last_number=0, last_page=0, last_authors=(), last_name=""
    )


class Said(Struct, frozen=True, omit_defaults=True):
    """An entry as a file says it, with the digest of its HTML; see `Entry`."""

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
    choose: tuple[str, ...] = ()
    polls: tuple[Poll, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    language: str = ""
    aliases: tuple[str, ...] = ()
    hidden: bool = False
    deleted: bool = False
    event: str = ""
    dir: str = ""
    html: bytes = b""


_said_fields = attrgetter(*Said.__struct_fields__[:-2])


def said(entry: Entry, direction: str, html: bytes) -> Said:
    """An entry without its text, with the direction of its letters and the digest of its HTML."""
    return Said(*(*_said_fields(entry), direction, html))


class EntryRow(Struct, frozen=True, omit_defaults=True):
    """An entry in its place: `number` counts by arrival, `parent_page` is 0 where there is no parent.

    `status` is "" for an entry that is shown, else "hidden", "deleted" or "lost".
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
    language: str = ""
    dir: str = ""
    html: bytes = b""


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


class MemberCounts(Struct, frozen=True, omit_defaults=True):
    """How much a member has written, and when."""

    topics: int = 0
    entries: int = 0
    first: Moment = 0
    last: Moment = 0


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

    `copied` is False for what a browser would run and the settings don't trust; `width` and `height` are those of a
    picture in pixels, 0 where they are not known.
    """

    path: str
    board: str
    topic: str
    size: int
    digest: bytes
    copied: bool = True
    width: int = 0
    height: int = 0


class Place(Struct, frozen=True, omit_defaults=True):
    """Where a Markdown file or a title leads."""

    address: str
    title: str
    board: str = ""
    topic: str = ""


@lru_cache(maxsize=64)
def _decoder(row: Any) -> msgspec.json.Decoder[Any]:  # noqa: ANN401 - also generic aliases
    return msgspec.json.Decoder(row)


_encoder = msgspec.json.Encoder(order="deterministic")


def dump(row: object) -> bytes:
    """A row as the bytes that are stored; equal rows give equal bytes."""
    return _encoder.encode(row)


class DamageError(Exception):
    """A stored row is not what was stored: the state file is damaged."""


def load(row: type[Row], data: bytes) -> Row:
    """A stored row; raises `DamageError`."""
    try:
        found: Row = _decoder(row).decode(data)  # type: ignore[arg-type]
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DamageError(str(error)) from error
    return found


Sheet = list[tuple[str, Raw]]
"""The entries of a page by id, each as the bytes of its row."""


def dump_sheet(rows: Sequence[EntryRow]) -> bytes:
    """A page's entries in their order."""
    return _encoder.encode([(row.id, row) for row in rows])


def load_sheet(data: bytes) -> tuple[EntryRow, ...]:
    """All entries of a stored page."""
    return tuple(row for _, row in load(list[tuple[str, EntryRow]], data))


def find_entry(data: bytes, entry_id: str) -> EntryRow | None:
    """One entry of a stored page, without making the others."""
    for found, row in load(Sheet, data):
        if found == entry_id:
            return load(EntryRow, bytes(row))
    return None


def raw_entries(data: bytes) -> dict[str, bytes]:
    """The entries of a stored page by id, as stored: two that are equal have equal bytes."""
    return {found: bytes(row) for found, row in load(Sheet, data)}
