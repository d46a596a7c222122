"""The parts that page contexts share: what a theme's templates see of the community.

A view is plain, frozen data: templates can't query. Every `href` is ready to print (it has the site's
sub-path); every moment is in seconds since 1970 UTC, for the filters `date`, `day` and `iso`.

Views that many pages share are the arguments of parts that are rendered once, so their hash is that of one
field: two that are equal have it equal, and it costs little.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.model import Moment

NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Link:
    """An address and its text; `current` marks the page itself."""

    href: str
    text: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that follows a page: `type` is its media type."""

    href: str
    title: str
    type: str


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in another language, or in its own; `name` is the language in its own words.

    The `original` is for readers of all other languages (`hreflang="x-default"`).
    """

    language: str
    name: str
    href: str
    url: str
    original: bool = False


@dataclass(frozen=True, slots=True)
class SiteView:
    """What all pages share. It holds no fact that changes as the community talks."""

    title: str
    description: str
    href: str
    origin: str
    prefix: str
    language: str
    dir: str
    logo: str
    navigation: tuple[Link, ...]
    places: tuple[tuple[str, str], ...]
    """Name (`recent`, `unanswered`, `members`, `tags`) and href of the community's common pages."""
    feeds: tuple[FeedLink, ...]

    def __hash__(self) -> int:
        return hash(self.title)


@dataclass(frozen=True, slots=True)
class PageView:
    """What every page says of itself: the template's `page`.

    `address` is relative to the site ("/cafe/"), `url` absolute ("" where the site has no url);
    `title` is "" on the front page. `current` says of the site's links which one leads to this page ("page")
    or to what it lies in ("true"): hrefs with that word, as `aria-current` has it.
    """

    address: str
    kind: str
    title: str = ""
    description: str = ""
    url: str = ""
    language: str = "en"
    dir: str = "ltr"
    image: str = ""
    crumbs: tuple[Link, ...] = ()
    current: tuple[tuple[str, str], ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    noindex: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Who wrote something. A visitor has no `href`; `hue` (0 to 11) colours a generated avatar."""

    name: str
    href: str = ""
    avatar: str = ""
    initials: str = ""
    hue: int = 0
    role: str = ""
    title: str = ""
    bot: bool = False
    url: str = ""

    def __hash__(self) -> int:
        return hash(self.name)


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a page stands among its siblings; `numbers` holds a few links, None is a gap.

    `number` and `total` count from 1; `number` 0 is a board's front, which stands before its numbered pages.
    """

    number: int
    total: int
    numbers: tuple[Link | None, ...] = ()
    newer: Link | None = None
    older: Link | None = None


@dataclass(frozen=True, slots=True)
class TopicCard:
    """A topic in a list. `replies` counts replies without the opening; `unread_key` names it to scripts."""

    key: str
    href: str
    title: str
    kind: str
    board: Link | None
    author: Person
    created: Moment
    active: Moment
    replies: int
    last_author: Person | None = None
    last_href: str = ""
    pages: tuple[Link, ...] = ()
    pinned: bool = False
    locked: bool = False
    hidden: bool = False
    summary: str = ""
    cover: str = ""
    tags: tuple[Link, ...] = ()
    minutes: int = 0
    language: str = ""
    dir: str = ""

    def __hash__(self) -> int:
        return hash(self.href)


@dataclass(frozen=True, slots=True)
class BoardCard:
    """A board in a list, with what is alive on it. Counts include the boards inside it."""

    key: str
    href: str
    title: str
    kind: str
    description: str = ""
    topics: int = 0
    entries: int = 0
    latest: TopicCard | None = None
    children: tuple[Link, ...] = ()
    language: str = ""
    dir: str = ""

    def __hash__(self) -> int:
        return hash(self.href)


@dataclass(frozen=True, slots=True)
class FileView:
    """An attachment: `size` in bytes, `type` a media type."""

    href: str
    name: str
    size: int
    type: str


@dataclass(frozen=True, slots=True)
class Parent:
    """The entry that a reply answers, where it can't be shown right above it."""

    number: int
    href: str
    name: str


@dataclass(frozen=True, slots=True)
class PollOptionView:
    """A choice of a poll, with its share of all votes in per cent."""

    text: str
    votes: int
    percent: int


@dataclass(frozen=True, slots=True)
class PollView:
    """A poll with its result; `closed` is when voting ends."""

    question: str
    options: tuple[PollOptionView, ...]
    total: int
    closed: Moment | None


@dataclass(frozen=True, slots=True)
class EntryView:
    """An opening or a reply on its page.

    `number` is its place by arrival (the opening is 1); `anchor` the id of its element ("r-2");
    a `hidden` or `deleted` entry has no text; an `event` is a one-line notice;
    `children` are the replies nested under it (nested boards), at most as deep as the page shows.
    """

    id: str
    number: int
    anchor: str
    href: str
    author: Person
    date: Moment
    authors: tuple[Person, ...] = ()
    updated: Moment | None = None
    title: str = ""
    html: Markup = NOTHING
    hidden: bool = False
    deleted: bool = False
    lost: bool = False
    event: str = ""
    parent: Parent | None = None
    children: tuple[EntryView, ...] = ()
    votes: int | None = None
    reactions: tuple[tuple[str, int], ...] = ()
    polls: tuple[PollView, ...] = ()
    attachments: tuple[FileView, ...] = ()
    language: str = ""
    dir: str = ""
    by_starter: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """An entry away from its topic: in recent activity and on member pages."""

    href: str
    number: int
    author: Person
    date: Moment
    topic: str
    board: Link | None
    text: str
    opening: bool = False
    dir: str = ""


@dataclass(frozen=True, slots=True)
class HeadingLink:
    """A line of a table of contents; `level` is 1 for the topmost shown."""

    level: int
    href: str
    text: str
