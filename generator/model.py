"""The nouns of a community, as its files say them.

Everything that people say is a topic on a board: an opening entry and the replies to it.
These classes hold what was read from one file, typed but not yet connected to other files;
what follows from all files together is derived in the catalog.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from generator.errors import Problem
from generator.podcast import NO_EPISODE, NO_SHOW, EpisodeFields, ShowFields

Moment = int
"""Seconds since 1970-01-01 UTC."""


class Edit(Struct, frozen=True, omit_defaults=True):
    """A change of a file: when, whose, what they said of it, and how many lines came and went.

    `lines` are those of a diff: " same", "-gone", "+come", and "@" where others were left out; `cut` says that more followed.
    """

    at: Moment
    name: str
    message: str
    added: int
    removed: int
    lines: tuple[str, ...] = ()
    cut: bool = False


class History(Struct, frozen=True, omit_defaults=True):
    """How many people changed a file, how often, and the newest changes, the newest first, without their lines.

    Of a `shy` file nobody is shown what changed: something in it is hidden.
    """

    people: int = 0
    count: int = 0
    edits: tuple[Edit, ...] = ()
    shy: bool = False


OPENING = "1"
"""The id of a topic's opening entry."""


class Role(StrEnum):
    """What a source is, by its place in the site's folder."""

    BOARD = "board"
    TOPIC = "topic"
    REPLIES = "replies"
    MEMBER = "member"
    PAGE = "page"
    FRONT = "front"
    ASSET = "asset"
    STATIC = "static"


class Source(Struct, frozen=True):
    """One file of the site.

    `path` is relative to the site's root, with forward slashes. `board` is the key of the board it is
    on (the board's folder under content/, "" off boards); `topic` the key of the topic or page it belongs to
    (the path under content/ without `.md` and `/index.md`; a translation's ends in `.fa`);
    `language` is a translation's language, "" for an original; a board's translation is on the board that it translates.
    """

    path: str
    role: Role
    board: str = ""
    topic: str = ""
    language: str = ""
    size: int = 0
    mtime_ns: int = 0
    inode: int = 0


class Attachment(Struct, frozen=True):
    """A file that an entry names: its path beside the topic, and the name shown."""

    file: str
    name: str = ""


class PollOption(Struct, frozen=True):
    """A choice of a poll, and how many chose it."""

    text: str
    votes: int = 0


class Poll(Struct, frozen=True):
    """A question put to the readers; `closed` is when voting ends, None if it is open.

    One of the options is chosen, several where it is `multiple`, or they are put in order where it is `ranked`.
    `voters` is how many voted elsewhere, None where that is not known. Of a `secret` one nobody is told who voted.
    """

    id: str
    question: str
    options: tuple[PollOption, ...]
    multiple: bool = False
    ranked: bool = False
    secret: bool = False
    voters: int | None = None
    closed: Moment | None = None


class Origin(Struct, frozen=True):
    """Where an imported entry came from."""

    system: str = ""
    url: str = ""
    id: str = ""


class Entry(Struct, frozen=True):
    """An opening or a reply, as its file says it.

    `line` is where it begins in the file, `text_line` where its text does (both from 1).
    `id` is "1" for an opening; else the field, the file's name, or the place in the topic's own file.
    `authors` are members, `name` a visitor; at most one of them is given. A `stray` text in a topic's folder does not
    say that it is a reply: it is one's transcript, or a mistake. `choose` holds the options chosen by the polls' ids,
    "" for the topic's first.
    """

    id: str
    line: int = 1
    text_line: int = 1
    text: str = ""
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
    format: str = ""
    language: str = ""
    dir: str = ""
    aliases: tuple[str, ...] = ()
    hidden: bool = False
    deleted: bool = False
    event: str = ""
    audio: str = ""
    stray: bool = False
    source: Origin = Origin()


class TopicFields(Struct, frozen=True):
    """What an opening says of its topic. `title` is "" where the front matter has none.

    `accepted_line` is where `accepted` stands, `recap_line` where `recap` does: which replies there are is known to the
    whole topic only. A `wiki` shows the history of its file.
    `system` is where it was imported from, as "telegram".
    """

    title: str = ""
    id: str = ""
    tags: tuple[str, ...] = ()
    slug: str = ""
    aliases: tuple[str, ...] = ()
    draft: bool = False
    publish: Moment | None = None
    expires: Moment | None = None
    pinned: bool = False
    locked: bool = False
    summary: str = ""
    cover: str = ""
    series: str = ""
    language: str = ""
    translation_of: str = ""
    dir: str = ""
    accepted: str = ""
    accepted_line: int = 1
    wiki: bool = False
    recap: str = ""
    recap_line: int = 1
    link: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)
    episode: EpisodeFields = NO_EPISODE
    system: str = ""


class BoardFields(Struct, frozen=True):
    """What a board.md says; None and "" mean: as the board above, or the site's default.

    `kind_line` is where `kind` stands: which kinds there are is known to features only.
    """

    title: str = ""
    kind: str = ""
    description: str = ""
    order: int | None = None
    language: str = ""
    access: str = ""
    address: str = ""
    replies: str = ""
    per_page: int | None = None
    feeds: tuple[str, ...] | None = None
    format: str = ""
    engine: str = ""
    breaks: bool | None = None
    moderators: tuple[str, ...] | None = None
    participate: str = ""
    aliases: tuple[str, ...] = ()
    addresses: str = ""
    kind_line: int = 1
    extra: Mapping[str, object] = field(default_factory=dict)
    show: ShowFields = NO_SHOW
    look: str = ""


class MemberFields(Struct, frozen=True):
    """What a member's file says; `links` maps a label to an address."""

    name: str = ""
    avatar: str = ""
    url: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    joined: Moment | None = None
    role: str = ""
    title: str = ""
    bot: bool = False
    also: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)


class Document(Struct, frozen=True):
    """One Markdown source, read: its head by role, its entries, and what is wrong with it.

    A topic's, page's or front page's head is `TopicFields`; a file of replies has none.
    `entries` begins with the opening (also a board's, member's or page's own text); for replies it is the replies.
    An entry that can't be read is in `lost` by its id (so that others who answer it have something to hang on).
    """

    head: TopicFields | BoardFields | MemberFields | None
    entries: tuple[Entry, ...]
    lost: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class BoardKind(Struct, frozen=True):
    """How a board's topics are shown and ordered: a feature adds one for each `kind` of board.

    `templates` are those of the board and of its topics; `by_activity` orders the board's front by the
    latest entry (else by date); `archive` gives it pages by year and month; `neighbours` links a topic to
    the next and previous; `answerable` lists topics without a reply as unanswered; `nested` is the default
    of `replies`; `breaks` makes a single newline a line break where the board does not say; `feeds` are the formats
    of its feeds where neither the board says which nor those above it, None for those of the site;
    `answers` takes a reply that answers no other for an answer to the opening, ordered by votes; `links` shares the address in
    `link`, and has the hottest on the front; `views` names the pages with other choices or orders of its topics;
    `mail` reads plain text as mail, lists each entry by its month, and shows no address for mail;
    `days` takes a topic for a conversation whose pages are days; `per_page` is how many topics or entries a page holds
    where neither the board says it nor those above it, 0 for as many as the site says.
    """

    name: str
    board_template: str
    topic_template: str
    by_activity: bool = True
    archive: bool = False
    neighbours: bool = False
    answerable: bool = False
    nested: bool = True
    breaks: bool = False
    feeds: tuple[str, ...] | None = None
    answers: bool = False
    links: bool = False
    views: tuple[str, ...] = ()
    mail: bool = False
    days: bool = False
    per_page: int = 0
