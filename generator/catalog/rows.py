"""The catalog's rows: what is derived from all sources together, as features read it.

Rows are stored as JSON by msgspec, so that a state file can't run code when it is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

import msgspec

from generator.markup.interface import Heading, Mark
from generator.model import Attachment, Moment, Poll

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class BoardRow:
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


@dataclass(frozen=True, slots=True)
class TopicRow:
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


@dataclass(frozen=True, slots=True)
class EntryRow:
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


@dataclass(frozen=True, slots=True)
class HtmlRow:
    """An entry's HTML with its marks and facts, kept under the digest of all that it depends on."""

    html: str
    marks: tuple[Mark, ...] = ()
    text: str = ""
    headings: tuple[Heading, ...] = ()
    images: tuple[str, ...] = ()
    words: int = 0


@dataclass(frozen=True, slots=True)
class MemberRow:
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


@dataclass(frozen=True, slots=True)
class MemberCounts:
    """How much a member has written, and when."""

    topics: int = 0
    entries: int = 0
    first: Moment = 0
    last: Moment = 0


@dataclass(frozen=True, slots=True)
class BoardCounts:
    """How much a board has, with the boards inside it."""

    topics: int = 0
    entries: int = 0


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag: `key` is the folded name."""

    key: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class AssetRow:
    """A file beside the texts; `topic` is "" where it belongs to no topic.

    `copied` is False for what a browser would run and the settings don't trust.
    """

    path: str
    board: str
    topic: str
    size: int
    digest: bytes
    copied: bool = True


@dataclass(frozen=True, slots=True)
class Place:
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


def load(row: type[Row], data: bytes) -> Row:
    """A stored row."""
    found: Row = _decoder(row).decode(data)  # type: ignore[arg-type]
    return found
