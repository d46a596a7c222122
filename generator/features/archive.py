"""The archive of a blog: its years and months, and the articles of each month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from generator.api import Artifact, Feature, Lookup, PageKind, Presenter, scope
from generator.catalog.rows import BoardRow
from generator.views import Link, PageView, SiteView, TopicCard

feature = Feature("archive")


@dataclass(frozen=True, slots=True)
class ArchiveMonth:
    """A month with articles; `month` is the moment at which it begins."""

    link: Link
    month: int
    count: int


@dataclass(frozen=True, slots=True)
class ArchiveYear:
    """A year with articles."""

    link: Link
    count: int
    months: tuple[ArchiveMonth, ...]


@dataclass(frozen=True, slots=True)
class ArchiveContext:
    """Overview (`year` 0), year (`month` 0) or month; `topics` on a month's page only, newest first."""

    page: PageView
    site: SiteView
    board: Link
    years: tuple[ArchiveYear, ...]
    topics: tuple[TopicCard, ...]
    year: int
    month: int


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
    for name, count in reversed(lookup.scopes(f"month/{board.key}")):
        year, _, month = name.partition("-")
        begins = int(datetime(int(year), int(month), 1, tzinfo=presenter.settings.zone).timestamp())
        link = Link(presenter.href(f"{base}{year}/{month}/"), name, name == shown)
        months.setdefault(year, []).append(ArchiveMonth(link, begins, count))
    return tuple(
        ArchiveYear(
            Link(presenter.href(f"{base}{year}/"), year, year == shown), sum(one.count for one in found), tuple(found)
        )
        for year, found in months.items()
    )
