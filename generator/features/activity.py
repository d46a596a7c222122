"""Pages of activity: `/activity/` tells how lively the site is, `/cafe/activity/` a board.

They are pages of their own, so that a reply changes one or two pages more and no others. What they show is counted by
month, and is as readable in numbers as in its pictures. Where a topic or page has their address, they give way.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.api import Artifact, Feature, Lookup, PageKind, Presenter, scope
from generator.catalog.rows import BoardRow
from generator.present.activity import Chart, by_month, by_year, number, said, shown
from generator.views import Link, PageView, SiteView

feature = Feature("activity")

BUSIEST = 10
RECENT = 12
"""Months that count for what is busy."""


class BusyBoard(Struct, frozen=True):
    """A board with how much was written on it in the last twelve months."""

    link: Link
    entries: int
    chart: Chart | None
    """What was written on it in each month."""
    language: str = ""


class ActivityContext(Struct, frozen=True):
    """How lively the site is, or a board; people, questions and boards are told of the site only."""

    page: PageView
    site: SiteView
    board: Link | None
    """The board, None of the site."""
    topics: int
    replies: int
    months: Chart | None
    """Topics and replies in each of the last months."""
    years: Chart | None
    """Topics and replies in each year, of what lasts for more than two."""
    people: Chart | None
    """How many members wrote in each month."""
    answered: Chart | None
    """How many topics of each month got a reply, questions an answer, and how many did not."""
    waiting: int
    """How many topics wait for a first reply, questions for an answer."""
    waiting_href: str
    """Where those are, or empty."""
    busiest: tuple[BusyBoard, ...]
    """The boards on which most was written lately."""


@feature.page
class ActivityPage(PageKind[ActivityContext]):
    """`/activity/`, where `[activity] places` has "site"."""

    name = "activity"
    templates = ("activity.html",)
    rank = 45

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One page."""
        if shown(lookup, "site"):
            yield Artifact("/activity/")

    def context(self, lookup: Lookup, arg: str) -> ActivityContext:
        """The tallies of the site, of its members and its boards."""
        presenter = Presenter(lookup)
        rows = lookup.tally(scope("board", ""))
        months = said(rows)
        asked = lookup.tally(scope("asked", ""))
        people = {month: (count,) for month, count in lookup.tallied("member").items()}
        waiting = {month: (answered, count - answered) for month, count, answered in asked}
        return ActivityContext(
            page=presenter.page("/activity/", "activity", crumbs=presenter.trail(None)),
            site=presenter.site(),
            board=None,
            topics=sum(row[1] for row in rows),
            replies=sum(row[2] for row in rows),
            months=by_month(presenter, months),
            years=by_year(presenter, months),
            people=by_month(presenter, people),
            answered=by_month(presenter, waiting),
            waiting=sum(count - answered for _, count, answered in asked),
            waiting_href=presenter.href("/unanswered/") if asked else "",
            busiest=_busiest(lookup, presenter, max(months, default="")),
        )


@feature.page
class BoardActivity(PageKind[ActivityContext]):
    """`/cafe/activity/`, where `[activity] places` has "boards"."""

    name = "activity-board"
    templates = ("activity.html",)
    per_board = True
    rank = 45

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for each board."""
        board = lookup.board(scope)
        if board and shown(lookup, "boards"):
            yield Artifact(f"{board.address}activity/", scope)

    def context(self, lookup: Lookup, arg: str) -> ActivityContext | None:
        """The tally of a board, with the boards inside it."""
        board = lookup.board(arg)
        if board is None:
            return None
        presenter = Presenter(lookup, board.language)
        rows = lookup.tally(scope("board", arg))
        address = f"{board.address}activity/"
        return ActivityContext(
            page=presenter.page(
                address, "activity", board.title, language=board.language, crumbs=presenter.trail(board), noindex=True
            ),
            site=presenter.site(),
            board=presenter.board_link(board),
            topics=sum(row[1] for row in rows),
            replies=sum(row[2] for row in rows),
            months=by_month(presenter, said(rows)),
            years=by_year(presenter, said(rows)),
            people=None,
            answered=None,
            waiting=0,
            waiting_href="",
            busiest=(),
        )


def _busiest(lookup: Lookup, presenter: Presenter, last: str) -> tuple[BusyBoard, ...]:
    """The boards on which most was written in the last months up to `last`, the busiest first."""
    found = [_busy(lookup, presenter, board, last) for board in _boards(lookup)] if last else []
    ordered = sorted((one for one in found if one.entries), key=lambda one: (-one.entries, one.link.text))
    return tuple(ordered[:BUSIEST]) if len(ordered) > 1 else ()


def _boards(lookup: Lookup, parent: str = "") -> Iterator[BoardRow]:
    for board in lookup.boards(parent):
        yield board
        yield from _boards(lookup, board.key)


def _busy(lookup: Lookup, presenter: Presenter, board: BoardRow, last: str) -> BusyBoard:
    rows = [row for row in lookup.tally(scope("board", board.key)) if number(last) - number(row[0]) < RECENT]
    found = {month: (topics + replies,) for month, topics, replies in rows}
    # All end with the same month, so that they can be compared.
    chart = by_month(presenter, {_before(last): (0,), last: (0,), **found})
    return BusyBoard(presenter.board_link(board), sum(values[0] for values in found.values()), chart, board.language)


def _before(last: str) -> str:
    """The first of the months that count."""
    first = number(last) - RECENT + 1
    return f"{first // 12:04}-{first % 12 + 1:02}"
