"""The archive of a blog: its years and months, and the articles of each month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from generator.api import Artifact, Feature, Lookup, PageKind, Presenter, scope
from generator.catalog.rows import BoardRow
from generator.model import Moment
from generator.views import Link, PageView, SiteView, TopicCard

feature = Feature("archive")

LISTED = 500
"""How many articles an overview or a year names at most; where there are more, their months lead to them."""


class ArchiveItem(Struct, frozen=True):
    """An article by its title alone, so that replies to it change nothing here."""

    link: Link
    created: Moment
    hidden: bool = False
    language: str = ""
    dir: str = ""


class ArchiveMonth(Struct, frozen=True):
    """A month with articles."""

    link: Link
    month: int
    count: int
    articles: tuple[ArchiveItem, ...] = ()
    """Its articles, newest first, on the overview and on the page of their year, unless they are too many."""


class ArchiveYear(Struct, frozen=True):
    """A year with articles."""

    link: Link
    count: int
    months: tuple[ArchiveMonth, ...]
    """Its months with articles, newest first."""


class ArchiveContext(Struct, frozen=True):
    """Overview (`year` 0), year (`month` 0) or month."""

    page: PageView
    site: SiteView
    board: Link
    years: tuple[ArchiveYear, ...]
    """All years with articles, newest first."""
    topics: tuple[TopicCard, ...]
    """The articles of a month, newest first, on its page."""
    year: int
    month: int
    """The month that is shown, 1 to 12, or 0."""


@feature.page
class ArchivePage(PageKind[ArchiveContext]):
    """`/blog/archive/`, `/blog/archive/2026/` and `/blog/archive/2026/11/`."""

    name = "archive"
    templates = ("archive.html",)
    per_board = True
    rank = 20

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for the board, one a year, one a month."""
        board = lookup.board(scope)
        if board is None or not board.archive:
            return
        base = f"{board.address}archive/"
        yield Artifact(base, f"{scope}:", board.path)
        months = [name for name, _ in lookup.scopes(f"month/{scope}")]
        for year in sorted({name[:4] for name in months}):
            yield Artifact(f"{base}{year}/", f"{scope}:{year}", board.path)
        for name in months:
            yield Artifact(f"{base}{name.replace('-', '/')}/", f"{scope}:{name}", board.path)

    def context(self, lookup: Lookup, arg: str) -> ArchiveContext | None:
        """The years and months, and the topics of the one that is shown."""
        key, _, name = arg.rpartition(":")
        board = lookup.board(key)
        if board is None:
            return None
        presenter = Presenter(lookup, board.language)
        year, _, month = name.partition("-")
        address = f"{board.address}archive/{year}{'/' if year else ''}{month}{'/' if month else ''}"
        topics = _topics(lookup, board, name) if month else ()
        return ArchiveContext(
            page=presenter.page(
                address,
                "archive",
                board.title,
                language=board.language,
                crumbs=presenter.trail(board),
            ),
            site=presenter.site(),
            board=presenter.board_link(board),
            years=_years(lookup, presenter, board, name),
            topics=presenter.cards(topics),
            year=int(year or 0),
            month=int(month or 0),
        )


def _topics(lookup: Lookup, board: BoardRow, name: str) -> tuple[str, ...]:
    where = scope(f"month/{board.key}", name)
    return tuple(reversed(lookup.window(where, 0, lookup.count(where) or 1)))


def _years(lookup: Lookup, presenter: Presenter, board: BoardRow, shown: str) -> tuple[ArchiveYear, ...]:
    """All years, newest first."""
    months: dict[str, list[ArchiveMonth]] = {}
    base = f"{board.address}archive/"
    scopes = lookup.scopes(f"month/{board.key}")
    named = _named(scopes, shown)
    for name, count in reversed(scopes):
        year, _, month = name.partition("-")
        begins = int(datetime(int(year), int(month), 1, tzinfo=presenter.settings.zone).timestamp())
        link = Link(presenter.href(f"{base}{year}/{month}/"), name, name == shown)
        articles = _items(lookup, presenter, board, name) if name in named else ()
        months.setdefault(year, []).append(ArchiveMonth(link, begins, count, articles))
    return tuple(
        ArchiveYear(
            Link(presenter.href(f"{base}{year}/"), year, year == shown), sum(one.count for one in found), tuple(found)
        )
        for year, found in months.items()
    )


def _named(scopes: Sequence[tuple[str, int]], shown: str) -> frozenset[str]:
    """The months whose articles are named: all on the overview, those of a year on its page, none on a month's."""
    here = [(name, count) for name, count in scopes if name.startswith(shown) and name != shown]
    return frozenset(name for name, _ in here) if sum(count for _, count in here) <= LISTED else frozenset()


def _items(lookup: Lookup, presenter: Presenter, board: BoardRow, name: str) -> tuple[ArchiveItem, ...]:
    topics = (lookup.headline(key) for key in _topics(lookup, board, name))
    return tuple(
        ArchiveItem(
            Link(presenter.href(topic.address), topic.title),
            topic.created,
            topic.hidden,
            topic.language or board.language,
            topic.dir,
        )
        for topic in topics
        if topic
    )
