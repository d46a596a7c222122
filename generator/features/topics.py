"""Topics: an opening and its replies, cut into pages by arrival, nested within a page or flat.

A topic of several pages has a small map beside it, so that a permalink to its first page finds the right one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.addresses import entry_address, host, page_address
from generator.api import Artifact, BoardKind, Canvas, Feature, Lookup, PageKind, Presenter, scope
from generator.catalog.rows import BoardRow, EntryRow, HtmlRow, TopicRow
from generator.present import cards, edits, series
from generator.present.answering import Answered, answered
from generator.present.edits import HistoryView
from generator.present.episodes import EpisodeView, episode
from generator.present.mentions import Mention, of_topic
from generator.present.related import related
from generator.present.series import Series
from generator.views import Link, Pages, PageView, Person, RelatedTopic, SiteView
from generator.views.entries import EntryView, HeadingLink
from generator.views.mails import MailThread
from generator.views.seen import GALLERY, AlbumView

feature = Feature("topics")

VOICES = 12
DEEPEST = 6
"""How deep replies are nested; deeper ones stand beside their parent and name it."""

CONTENTS_FROM = 3
"""From how many headings on an article has a table of contents."""


class TopicContext(Struct, frozen=True):
    """`opening` has its text on page 1 only; so have the counts and voices, which change as people answer.

    `lede` is the summary where it says more than the text's beginning. `related` are others on page 1.
    """

    page: PageView
    site: SiteView
    template: str
    """The template of the board's kind."""
    key: str
    kind: str
    board: Link
    title: str
    opening: EntryView
    """The first entry."""
    replies: tuple[EntryView, ...]
    """The replies of this page, with those that answer them inside."""
    nested: bool
    """Whether replies stand under what they answer."""
    pages: Pages
    replies_count: int
    """How many replies the topic has."""
    voices: tuple[Person, ...]
    """Who answers on this page, each once."""
    created: int
    active: int
    pinned: bool
    locked: bool
    hidden: bool
    tags: tuple[Link, ...]
    cover: str
    summary: str
    lede: str
    """The summary, where it says more than the text's beginning."""
    minutes: int
    contents: tuple[HeadingLink, ...]
    """The opening's headings, where it has several."""
    newer: Link | None
    """The next article of the blog."""
    older: Link | None
    """The article before it."""
    series: Series | None
    """The series that it is part of."""
    related: tuple[RelatedTopic, ...]
    """Topics that are like it, the likest first."""
    mentions: tuple[Mention, ...]
    """The topics that point to it, on page 1, the newest mention first."""
    last_page_href: str
    """The address of the last page, where there are several."""
    map_href: str
    """The address of the map from entries to pages, for scripts."""
    episode: EpisodeView | None
    """The episode of a podcast that it is, on page 1."""
    question: bool
    """Whether it is a question: `replies` are answers then, and comments are the `children` of what they are on."""
    answers: int
    """How many answers the question has."""
    accepted_href: str
    """The address of the accepted answer, or empty."""
    link: str
    """The address elsewhere that it shares, or empty."""
    host: str
    """Whose that address is."""
    media: str
    """The address of the page of its pictures, sounds, films and files, where it has several pages."""
    album: AlbumView | None
    """The pictures of an album, on page 1 of a gallery's topic."""
    recap: EntryView | None
    """The reply that sums the topic up, on page 1."""
    history: HistoryView | None
    """Who changed its file, where it is a wiki, on page 1."""
    voting: bool
    """Whether there is a poll or a vote on this page."""
    mail: MailThread | None
    """What a thread of a mailing list has besides."""


@feature.page
class TopicPage(PageKind[TopicContext]):
    """`/cafe/which-reader/` and `/cafe/which-reader/page/2/`."""

    name = "topic"
    per_board = True
    rank = 30

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """All pages of all topics of a board; those of conversations are another feature's."""
        board = lookup.board(scope)
        if board and board.days:
            return
        for key, address, pages, path in lookup.plan(scope):
            for number in range(1, pages + 1):
                yield Artifact(page_address(address, number), f"{key}:{number}", path)

    def context(self, lookup: Lookup, arg: str) -> TopicContext | None:
        """One page of a topic."""
        key, _, digits = arg.rpartition(":")
        number = int(digits)
        first = number == 1
        # What replies change stands on the first page only, so that the others need not be looked at again.
        topic = lookup.topic(key) if first else lookup.headline(key)
        board = lookup.board(topic.board) if topic else None
        opening = lookup.entry(f"topic/{key}", "1")
        if topic is None or board is None or opening is None:
            return None
        presenter = Presenter(lookup, topic.language or board.language)
        html = lookup.html(opening.html) if first else HtmlRow("")
        older, newer = _neighbours(lookup, presenter, topic, board)
        rows = [row for row in lookup.entries(f"topic/{key}", number) if row.number > 1]
        found = answered(presenter, topic, rows) if board.answers else Answered()
        replies = found.answers if board.answers else _replies(presenter, topic, rows, nested=board.nested)
        return TopicContext(
            page=_page(presenter, topic, board, number),
            site=presenter.site(),
            template=board.topic_template,
            key=key,
            kind=board.kind,
            board=presenter.board_link(board),
            title=topic.title,
            opening=presenter.entry(opening, topic, text=first, children=found.comments),
            replies=replies,
            nested=board.nested,
            pages=presenter.pages(number, topic.pages, topic.address),
            replies_count=topic.replies if first else 0,
            voices=_voices(presenter, rows) if first else (),
            created=topic.created,
            active=topic.active if first else 0,
            pinned=topic.pinned,
            locked=topic.locked,
            hidden=topic.hidden,
            tags=presenter.tag_links(topic.tags) if first else (),
            cover=presenter.picture(topic.cover, topic.path) if first else "",
            summary=topic.summary if first else "",
            lede=_lede(topic.summary, html.text) if first else "",
            minutes=topic.minutes,
            contents=presenter.contents(html) if len(html.headings) >= CONTENTS_FROM else (),
            newer=newer,
            older=older,
            series=series.of_topic(presenter, topic, board) if first else None,
            related=related(presenter, topic) if first else (),
            mentions=of_topic(presenter, key) if first and not topic.hidden else (),
            last_page_href=presenter.href(page_address(topic.address, topic.pages)) if first and topic.pages > 1 else "",
            map_href=presenter.href(f"{topic.address}map.json") if topic.pages > 1 else "",
            episode=episode(presenter, topic, board) if first and topic.episode.audio and not topic.hidden else None,
            question=board.answers,
            answers=topic.answers,
            accepted_href=_accepted(presenter, topic),
            link=topic.link,
            host=host(topic.link),
            media=presenter.media(topic.address, scope(f"media/{board.key}", key)) if first and topic.pages > 1 else "",
            album=_album(presenter, topic, opening) if first and board.kind == GALLERY else None,
            recap=_recap(presenter, topic) if first and topic.recap else None,
            history=edits.history(presenter, topic) if first else None,
            voting=any(row.polls or row.chosen for row in (*((opening,) if first else ()), *rows)),
            mail=_mail(presenter, topic, board, (opening,) if first else (), rows, replies) if board.mail else None,
        )

    def uses(self, board_kinds: Iterable[BoardKind]) -> tuple[str, ...]:
        """A template for each kind of board."""
        return tuple(kind.topic_template for kind in board_kinds)

    def render(self, context: TopicContext, canvas: Canvas) -> bytes:
        """By the template of the board's kind."""
        return canvas.page(context.template, context)


class MapContext(Struct, frozen=True):
    """On which page each entry stands."""

    pages: tuple[tuple[str, int], ...]


@feature.page
class TopicMap(PageKind[MapContext]):
    """`/cafe/which-reader/map.json`: ids of entries and the numbers of their pages."""

    name = "topic-map"
    per_board = True
    rank = 30

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for each topic of several pages."""
        for key, address, pages, path in lookup.plan(scope):
            if pages > 1:
                yield Artifact(f"{address}map.json", f"{key}:{pages}", path)

    def context(self, lookup: Lookup, arg: str) -> MapContext:
        """All entries but those of the first page."""
        key, _, pages = arg.rpartition(":")
        found = []
        for number in range(2, int(pages) + 1):
            found += [(row.id, number) for row in lookup.entries(f"topic/{key}", number)]
        return MapContext(tuple(found))

    def render(self, context: MapContext, canvas: Canvas) -> bytes:
        """JSON: an object of ids and numbers."""
        return json.dumps(dict(context.pages), separators=(",", ":")).encode()


def _album(presenter: Presenter, topic: TopicRow, opening: EntryRow) -> AlbumView | None:
    """The pictures of an album that may be seen."""
    from generator.present.albums import album  # most sites have none

    return None if topic.hidden or opening.status or not opening.html else album(presenter, topic, opening)


def _mail(
    presenter: Presenter, topic: TopicRow, board: BoardRow, opening: Sequence[EntryRow], rows: Sequence[EntryRow],
    replies: Sequence[EntryView],
) -> MailThread:  # fmt: skip
    from generator.present.mailing import thread  # most sites have no lists

    return thread(presenter, topic, board, opening, rows, replies)


def _lede(summary: str, text: str) -> str:
    """The summary, "" where it would say the text's beginning twice."""
    return "" if text.startswith(summary[:60].replace("…", "")) else summary


def _accepted(presenter: Presenter, topic: TopicRow) -> str:
    """The address of the accepted answer, "" where there is none."""
    row = presenter.lookup.entry(f"topic/{topic.key}", topic.accepted) if topic.accepted else None
    return presenter.href(entry_address(topic.address, row.id, row.page)) if row else ""


def _recap(presenter: Presenter, topic: TopicRow) -> EntryView | None:
    from generator.present.recaps import without_ids  # few topics have one

    row = presenter.lookup.entry(f"topic/{topic.key}", topic.recap)
    view = presenter.entry(row, topic) if row else None
    return replace(view, html=without_ids(view.html)) if view else None


def _page(presenter: Presenter, topic: TopicRow, board: BoardRow, number: int) -> PageView:
    return presenter.page(
        page_address(topic.address, number),
        "topic",
        "" if topic.hidden else topic.title,
        description=topic.summary,
        language=topic.language or board.language,
        crumbs=presenter.trail(board),
        feeds=() if topic.hidden else presenter.feeds(topic.address, topic.title, "topics"),
        alternates=presenter.alternates(topic.base, topic.address) if number == 1 else (),
        image=presenter.sized(topic.cover, topic.path),
        card=cards.of_topic(presenter, topic, board),
        noindex=topic.hidden,
    )


def _replies(presenter: Presenter, topic: TopicRow, rows: Sequence[EntryRow], *, nested: bool) -> tuple[EntryView, ...]:
    """The replies of a page: nested under what they answer, or one after another with a link to it."""
    here = {row.id for row in rows}
    if not nested:
        return tuple(_view(presenter, topic, row) for row in rows)
    children: dict[str, list[EntryRow]] = {}
    for row in rows:
        children.setdefault(row.parent if row.parent in here else "", []).append(row)
    return _branch(presenter, topic, children, "", 1)


def _branch(
    presenter: Presenter, topic: TopicRow, children: dict[str, list[EntryRow]], parent: str, depth: int
) -> tuple[EntryView, ...]:
    views: list[EntryView] = []
    for row in children.get(parent, ()):
        under = _branch(presenter, topic, children, row.id, depth + 1) if depth < DEEPEST else ()
        named = depth == DEEPEST or not parent
        views.append(_view(presenter, topic, row, children=under, named=named))
        if depth == DEEPEST:
            views += _flat(presenter, topic, children, row.id)
    return tuple(views)


def _flat(
    presenter: Presenter, topic: TopicRow, children: dict[str, list[EntryRow]], parent: str
) -> Iterator[EntryView]:
    """All below an entry, one after another: a loop, because a chain of answers may be as long as the page."""
    waiting = list(reversed(children.get(parent, ())))
    while waiting:
        row = waiting.pop()
        yield _view(presenter, topic, row)
        waiting += reversed(children.get(row.id, ()))


def _view(
    presenter: Presenter, topic: TopicRow, row: EntryRow, *, children: tuple[EntryView, ...] = (), named: bool = True
) -> EntryView:
    # An answer to the opening needs no link to it: it stands below.
    parent = presenter.parent(row, topic) if named and row.parent_number > 1 else None
    return presenter.entry(row, topic, parent=parent, children=children)


def _voices(presenter: Presenter, rows: Sequence[EntryRow]) -> tuple[Person, ...]:
    """Who answers on the page, each once."""
    found: dict[str, Person] = {}
    for row in rows:
        if row.status or row.event or len(found) >= VOICES:
            continue
        person = presenter.person(row.authors, row.name)
        found.setdefault(person.href or person.name, person)
    return tuple(found.values())


def _neighbours(
    lookup: Lookup, presenter: Presenter, topic: TopicRow, board: BoardRow
) -> tuple[Link | None, Link | None]:
    """The articles before and after one; discussions have none."""
    if not board.neighbours or not topic.listed:
        return None, None
    before, after = lookup.neighbours(scope("board", board.key), topic.created, topic.key)
    return _link(lookup, presenter, before), _link(lookup, presenter, after)


def _link(lookup: Lookup, presenter: Presenter, key: str | None) -> Link | None:
    topic = lookup.headline(key) if key is not None else None
    return Link(presenter.href(topic.address), topic.title) if topic else None
