"""How much was written when: the months and years of the charts, made from the tallies that the catalog keeps.

A chart ends with the last month in which something was written, so that it changes when somebody writes and never
because time passes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from generator.catalog.keys import scope
from generator.catalog.lookup import Lookup
from generator.model import Moment
from generator.present.presenter import Presenter
from generator.settings.shown import ActivitySettings

MONTHS, FEWEST = 24, 12
"""How many months a chart shows at most and at least: few columns would be blocks."""

Rows = Iterable[tuple[str, int, int]]
"""Months with how many topics and replies."""


class Column(Struct, frozen=True):
    """A column of a chart: when it begins, and its values from the bottom up."""

    begin: Moment
    """The moment at which the month or year begins."""
    values: tuple[int, ...]
    """What it shows: of several each stands on the one before."""


class Chart(Struct, frozen=True):
    """Columns in their order of time, and the value that reaches the top."""

    columns: tuple[Column, ...]
    """Its columns, the earliest first."""
    most: int
    """The value at the top."""


def shown(lookup: Lookup, place: str) -> bool:
    """Whether something ("site", "boards", "tags", "members") has charts."""
    return place in lookup.setting("activity", ActivitySettings).places


def of_member(presenter: Presenter, key: str) -> Chart | None:
    """What a member wrote in each month, None where that is not shown or too little."""
    return _of(presenter, "members", scope("member", key))


def of_tag(presenter: Presenter, key: str) -> Chart | None:
    """The topics of a tag by month, None as above. Replies are left out: they change no page of a tag."""
    return _of(presenter, "tags", scope("tag", key))


def _of(presenter: Presenter, place: str, name: str) -> Chart | None:
    if not shown(presenter.lookup, place):
        return None
    return by_month(presenter, {month: (topics + replies,) for month, topics, replies in presenter.lookup.tally(name)})


def said(rows: Rows) -> dict[str, tuple[int, ...]]:
    """Months with their topics and replies."""
    return {month: (topics, replies) for month, topics, replies in rows}


def by_month(presenter: Presenter, found: Mapping[str, tuple[int, ...]]) -> Chart | None:
    """A chart of the last months, with all between them; None where there is but one."""
    if len(found) < 2:
        return None
    last = number(max(found))
    first = max(min(number(min(found)), last - FEWEST + 1), last - MONTHS + 1)
    names = [f"{one // 12:04}-{one % 12 + 1:02}" for one in range(first, last + 1)]
    return _chart(presenter, names, found)


def by_year(presenter: Presenter, found: Mapping[str, tuple[int, ...]]) -> Chart | None:
    """A chart of all years, with those between them; None where all is of one, or of the two that months show."""
    years: dict[str, tuple[int, ...]] = defaultdict(lambda: (0, 0))
    for month, values in found.items():
        before = years[month[:4]]
        years[month[:4]] = tuple(one + other for one, other in zip(before, values, strict=True))
    if not years or int(max(years)) - int(min(years)) < 2:
        return None
    return _chart(presenter, [f"{year:04}" for year in range(int(min(years)), int(max(years)) + 1)], years)


def number(month: str) -> int:
    """A month as a number that grows by one from each to the next."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _chart(presenter: Presenter, names: list[str], found: Mapping[str, tuple[int, ...]]) -> Chart:
    nothing = (0,) * len(next(iter(found.values())))
    columns = tuple(Column(begin(presenter, name), found.get(name, nothing)) for name in names)
    return Chart(columns, max(sum(column.values) for column in columns) or 1)


def begin(presenter: Presenter, name: str) -> Moment:
    """The moment at which a month ("2026-11") or a year ("2026") begins."""
    year, _, month = name.partition("-")
    return int(datetime(int(year), int(month or 1), 1, tzinfo=presenter.settings.zone).timestamp())
