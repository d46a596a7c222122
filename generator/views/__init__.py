"""The parts that page contexts share: what a theme's templates see of the community.

A view is plain, frozen data: templates can't query. Every `href` is ready to print (it has the site's
sub-path); every moment is in seconds since 1970 UTC, for the filters `date`, `day` and `iso`.

Views that many pages share are the arguments of parts that are rendered once, so their hash is that of one
field: two that are equal have it equal, and it costs little.
"""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from generator.model import Moment
from generator.views.heard import EpisodeCard
from generator.views.seen import AlbumCard, Picture

NOTHING = Markup("")


class Link(Struct, frozen=True):
    """An address and its text; `current` marks the page itself."""

    href: str
    text: str
    current: bool = False
    """Whether it leads to this page."""


class FeedLink(Struct, frozen=True):
    """A feed that follows a page: `type` is its media type."""

    href: str
    title: str
    type: str


class Alternate(Struct, frozen=True):
    """The same page in another language, or in its own; `name` is the language in its own words.

    The `original` is for readers of all other languages (`hreflang="x-default"`).
    """

    language: str
    name: str
    href: str
    url: str
    original: bool = False
    """Whether it is the one that was translated."""


class Card(Struct, frozen=True):
    """What is drawn for previews of the page at `address`."""

    address: str
    title: str
    place: str
    """The name of its board, or empty."""
    author: str
    """The name of who wrote it, or empty."""
    initials: str
    """One or two letters for them, or empty."""
    site: str
    """The name of the site."""
    language: str
    hue: int
    """Which of twelve colours the board has."""
    shape: int
    """Which of sixteen patterns it has."""
    author_hue: int
    """Which of twelve colours the author has."""


class SiteView(Struct, frozen=True):
    """What all pages share. It holds no fact that changes as the community talks.

    `card` is the picture of previews of pages that have none.
    """

    title: str
    description: str
    href: str
    origin: str
    """The scheme and host of the site, or empty."""
    prefix: str
    """The path below which the site is, or empty."""
    language: str
    dir: str
    logo: str
    """The address of its logo, or empty."""
    card: str
    """The address of the picture that stands for pages without one, or empty."""
    navigation: tuple[Link, ...]
    """The links at the head of each page."""
    places: tuple[tuple[str, str], ...]
    """Name (`recent`, `unanswered`, `members`, `tags`, `activity`, `media`, `badges`, `top`) and href of the community's common pages."""
    feeds: tuple[FeedLink, ...]

    def __hash__(self) -> int:
        return hash(self.title)


class PageView(Struct, frozen=True):
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
    """The address of its picture, or empty."""
    preview: Picture | None = None
    """What previews show of it: its picture, else the one drawn for it, else the site's."""
    crumbs: tuple[Link, ...] = ()
    """The way from the front page to it."""
    current: tuple[tuple[str, str], ...] = ()
    """Which of the site's links lead here."""
    feeds: tuple[FeedLink, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    """The same page in other languages."""
    noindex: bool = False
    """Whether search engines shall leave it out."""


class Person(Struct, frozen=True):
    """Who wrote something. A visitor has no `href`; `joined` is what a member's page says of it.

    Without a picture in `avatar` one is drawn: `hue` (0 to 11) is its colour, `shape` (0 to 15) its pattern.
    """

    name: str
    href: str = ""
    avatar: str = ""
    """The address of their picture, or empty."""
    initials: str = ""
    """One or two letters for those without a picture."""
    hue: int = 0
    """Which of twelve colours a drawn picture has."""
    shape: int = 0
    """Which of sixteen patterns it has."""
    role: str = ""
    """`moderator`, `admin`, another role, or empty."""
    title: str = ""
    """What they say of themselves, in a few words."""
    bot: bool = False
    """Whether it is a program."""
    url: str = ""
    joined: Moment | None = None
    """When they say that they joined."""
    posts: int = 0
    """About how many entries they wrote: below ten all, else 10, 20, 50, 100 and so on. Beside entries, by the option `posts`."""
    since: Moment | None = None
    """When they first wrote; as `posts`."""
    trust: str = ""
    """What the level is called that they are trusted at, beside entries and on their own page; or empty."""
    rank: int = 0
    """Which of the levels that is, 1 for the first; 0 for none."""

    def __hash__(self) -> int:
        return hash(self.name)


class Pages(Struct, frozen=True):
    """Where a page stands among its siblings; `numbers` holds a few links, None is a gap.

    `number` and `total` count from 1; `number` 0 is a board's front, which stands before its numbered pages.
    """

    number: int
    total: int
    """How many pages there are."""
    numbers: tuple[Link | None, ...] = ()
    """Links to a few of them; none where some are left out."""
    newer: Link | None = None
    """The page after this one in time."""
    older: Link | None = None
    """The page before this one in time."""


class TopicCard(Struct, frozen=True):
    """A topic in a list. `replies` counts replies without the opening; `key` names it to scripts."""

    key: str
    """Its name for scripts."""
    href: str
    title: str
    kind: str
    board: Link | None
    author: Person
    created: Moment
    active: Moment
    replies: int
    last_author: Person | None = None
    """Who wrote the last reply."""
    last_href: str = ""
    """The address of the last reply, or empty."""
    pages: tuple[Link, ...] = ()
    """Its last pages, where it has several."""
    pinned: bool = False
    locked: bool = False
    hidden: bool = False
    summary: str = ""
    cover: str = ""
    tags: tuple[Link, ...] = ()
    minutes: int = 0
    language: str = ""
    dir: str = ""
    episode: EpisodeCard | None = None
    """What it is as an episode of a podcast, where it has a sound."""
    votes: int | None = None
    """Votes for its opening, where they are counted."""
    answers: int = 0
    """How many answers a question has."""
    solved: bool = False
    """Whether one of them is accepted."""
    link: str = ""
    """The address elsewhere that it shares, or empty."""
    host: str = ""
    """Whose that address is."""
    art: Picture | None = None
    """Its picture with its sizes, where it has one."""
    album: AlbumCard | None = None
    """What it is as an album of pictures, on a gallery."""

    def __hash__(self) -> int:
        return hash(self.href)


class RelatedTopic(Struct, frozen=True):
    """A topic that one may read after another; it says nothing that replies change."""

    href: str
    title: str
    board: Link | None
    created: Moment
    language: str = ""
    dir: str = ""


class BoardCard(Struct, frozen=True):
    """A board in a list, with what is alive on it. Counts include the boards inside it."""

    key: str
    href: str
    title: str
    kind: str
    description: str = ""
    topics: int = 0
    """How many topics it has."""
    entries: int = 0
    latest: TopicCard | None = None
    """The topic that was written to last."""
    children: tuple[Link, ...] = ()
    """The boards inside it."""
    language: str = ""
    dir: str = ""

    def __hash__(self) -> int:
        return hash(self.href)


class Excerpt(Struct, frozen=True):
    """An entry away from its topic: in recent activity and on member pages."""

    href: str
    number: int
    """Its place in its topic, 0 for a message of a conversation."""
    author: Person
    date: Moment
    topic: str
    """The title of its topic."""
    board: Link | None
    text: str
    """The beginning of its text."""
    key: str = ""
    """The name of its topic for scripts."""
    opening: bool = False
    """Whether it began the topic."""
    dir: str = ""
    kind: str = ""
    """The kind of its board, as "blog", or "page"."""
