"""Pages of series: `/blog/series/` names all of a board, `/blog/series/travels/` the parts of one in their order.

They show nothing that replies change. Where a topic has their address, they give way.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.api import Artifact, Feature, Lookup, PageKind, Presenter, scope
from generator.catalog.rows import BoardRow, TopicRow
from generator.model import Moment
from generator.present.series import address, family
from generator.views import Link, PageView, Person, SiteView

feature = Feature("series")

PARTS = 1_000
"""How many parts the page of a series names at most, the first."""


class SeriesPart(Struct, frozen=True):
    """A part of a series by what its author wrote, so that replies to it change nothing here."""

    href: str
    title: str
    author: Person
    created: Moment
    hidden: bool = False
    summary: str = ""
    cover: str = ""
    minutes: int = 0
    language: str = ""
    dir: str = ""


class SeriesContext(Struct, frozen=True):
    """A series with its parts, the first one first."""

    page: PageView
    site: SiteView
    board: Link
    title: str
    articles: tuple[SeriesPart, ...]
    """Its parts, in the order of their dates."""
    count: int
    overview: str
    """The address of the page of all series of the board."""


@feature.page
class SeriesPage(PageKind[SeriesContext]):
    """`/blog/series/travels/`, of boards whose topics follow one another."""

    name = "series"
    templates = ("series.html",)
    per_board = True
    rank = 45

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for each series."""
        board = lookup.board(scope)
        if board and board.neighbours:
            for name, _ in lookup.scopes(family(scope)):
                yield Artifact(address(board, name), f"{scope}:{name}")

    def context(self, lookup: Lookup, arg: str) -> SeriesContext | None:
        """The parts of one series."""
        key, _, name = arg.partition(":")
        board = lookup.board(key)
        if board is None:
            return None
        presenter, where = Presenter(lookup, board.language), scope(family(key), name)
        topics = [topic for one in lookup.window(where, 0, PARTS) if (topic := lookup.headline(one))]
        title, base = _title(topics, name), address(board, name)
        return SeriesContext(
            page=presenter.page(
                base,
                "series",
                title,
                language=board.language,
                crumbs=presenter.trail(board),
                feeds=presenter.feeds(base, title, "series"),
            ),
            site=presenter.site(),
            board=presenter.board_link(board),
            title=title,
            articles=tuple(_part(presenter, board, topic) for topic in topics),
            count=lookup.count(where),
            overview=presenter.href(f"{board.address}series/"),
        )


class SeriesCard(Struct, frozen=True):
    """A series among others."""

    link: Link
    count: int
    first: Moment
    """When its first part was written."""
    last: Moment
    """When the last was."""


class SeriesListContext(Struct, frozen=True):
    """All series of a board, that with the newest part first."""

    page: PageView
    site: SiteView
    board: Link
    series: tuple[SeriesCard, ...]
    """The series of the board."""


@feature.page
class SeriesList(PageKind[SeriesListContext]):
    """`/blog/series/`, of boards that have series."""

    name = "series-list"
    templates = ("series-list.html",)
    per_board = True
    rank = 45

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One, where there is a series."""
        board = lookup.board(scope)
        if board and board.neighbours and lookup.scopes(family(scope)):
            yield Artifact(f"{board.address}series/", scope)

    def context(self, lookup: Lookup, arg: str) -> SeriesListContext | None:
        """Each series with its length and dates."""
        board = lookup.board(arg)
        if board is None:
            return None
        presenter = Presenter(lookup, board.language)
        found = (_card(lookup, presenter, board, name, count) for name, count in lookup.scopes(family(arg)))
        cards = sorted((card for card in found if card), key=lambda card: (-card.last, card.link.text))
        return SeriesListContext(
            page=presenter.page(
                f"{board.address}series/", "series-list", board.title,
                language=board.language, crumbs=presenter.trail(board),
            ),
            site=presenter.site(),
            board=presenter.board_link(board),
            series=tuple(cards),
        )  # fmt: skip


def _title(topics: list[TopicRow], name: str) -> str:
    """As the first part writes it."""
    return topics[0].series if topics else name


def _part(presenter: Presenter, board: BoardRow, topic: TopicRow) -> SeriesPart:
    return SeriesPart(
        href=presenter.href(topic.address),
        title=topic.title,
        author=presenter.person(topic.authors, topic.name, topic.url),
        created=topic.created,
        hidden=topic.hidden,
        summary=topic.summary,
        cover=presenter.small(topic.cover, topic.path),
        minutes=topic.minutes,
        language=topic.language or board.language,
        dir=topic.dir,
    )


def _card(lookup: Lookup, presenter: Presenter, board: BoardRow, name: str, count: int) -> SeriesCard | None:
    where = scope(family(board.key), name)
    first, last = (lookup.headline(key) for key in (*lookup.window(where, 0, 1), *lookup.latest(where, 1)))
    if first is None or last is None:
        return None
    return SeriesCard(Link(presenter.href(address(board, name)), first.series), count, first.created, last.created)
