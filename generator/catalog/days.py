"""Days: on which page of which day an entry of a conversation stands, and what hangs together by answers.

Pure. A day with more entries than a page holds has several, cut by arrival, so that older ones never change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from itertools import groupby

from msgspec.structs import replace

from generator.addresses import PARTS, day_page
from generator.catalog.rows import ChainRow, DayRow, EntryRow
from generator.model import Moment

LEAST = 2
"""Answers from which on a chain has a page of its own."""

NAMED = 6
"""People that a chain names at most."""


def cut(rows: Sequence[EntryRow], zone: tzinfo, per_page: int) -> tuple[EntryRow, ...]:
    """A conversation's entries on the pages of their days; the opening stays where it is."""
    return (*rows[:1], *cut_on(rows[1:], zone, per_page, {}, {}))


def cut_on(
    rows: Sequence[EntryRow], zone: tzinfo, per_page: int, before: Mapping[int, int], chains: Mapping[str, str]
) -> tuple[EntryRow, ...]:
    """Entries from the first of a day on; what some answer has its page in `before` by its number, and `chains` has the
    chains of those that hang on what was said before by their ids.
    """
    pages = {0: 0, 1: 1, **before}
    numbers = iter(rows)
    for day, count in _days(rows, zone):
        pages |= {next(numbers).number: day_page(day, place // per_page + 1) for place in range(count)}
    found = {**chains, **{row.id: root.id for root, *others in _chained(rows) for row in (root, *others)}}
    return tuple(
        replace(row, page=pages[row.number], parent_page=pages[row.parent_number], chain=found.get(row.id, ""))
        for row in rows
    )


def date_of(moment: Moment, zone: tzinfo) -> int:
    """The day of a moment, as 20261101."""
    date = datetime.fromtimestamp(moment, zone)
    return date.year * 10_000 + date.month * 100 + date.day


def _days(rows: Sequence[EntryRow], zone: tzinfo) -> Iterator[tuple[int, int]]:
    """The days of entries, each with how many it has."""
    for day, found in groupby(date_of(row.date, zone) for row in rows):
        yield day, sum(1 for _ in found)


# Months and days -----------------------------------------------------------


def day_of(row: EntryRow) -> int:
    """The day of an entry that was cut, as 20261101."""
    return row.page // PARTS


def by_day(rows: Sequence[EntryRow]) -> Iterator[list[EntryRow]]:
    """The entries of each day, but for the opening."""
    for _, found in groupby(rows[1:], key=day_of):
        yield list(found)


def month_of(day: int) -> str:
    """The month of a day: "2026-11" of 20261101."""
    return f"{day // 10_000:04}-{day // 100 % 100:02}"


def day_row(rows: Sequence[EntryRow]) -> DayRow:
    """What is known of a day by its entries."""
    return DayRow(day_of(rows[0]) % 100, rows[0].number, rows[-1].page % PARTS)


def said(row: EntryRow) -> bool:
    """Whether an entry is a message that is shown."""
    return not (row.status or row.event)


def pages_of(numbers: Iterable[int], month: str, found: Sequence[DayRow], per_page: int) -> Iterator[int]:
    """The pages of a month that entries are on, by their numbers; some of these may be of other months."""
    for number in numbers:
        day = next((one for one in reversed(found) if one.first <= number), None)
        part = (number - day.first) // per_page + 1 if day else 0
        if day and part <= day.parts:
            yield day_page(int(month.replace("-", "")) * 100 + day.day, part)


# Chains --------------------------------------------------------------------


def chained(rows: Iterable[EntryRow]) -> list[list[EntryRow]]:
    """The chains of a conversation that was cut, each with its messages by arrival, the one that began it first."""
    found: dict[str, list[EntryRow]] = {}
    for row in rows:
        if row.chain:
            found.setdefault(row.chain, []).append(row)
    return [sorted(chain, key=lambda row: (row.id != row.chain, row.number)) for chain in found.values()]


def _chained(rows: Sequence[EntryRow]) -> list[list[EntryRow]]:
    """The chains of answers that are long enough, and begin here."""
    known = {row.number: row for row in rows}
    above = {row.number: row.parent_number for row in rows if row.parent_number > 1}
    roots: dict[int, int] = {}
    for number in above:
        path, at = [], number
        while at in above and at not in roots:
            path.append(at)
            at = above[at]
        roots |= dict.fromkeys(path, roots.get(at, at))
    chains: dict[int, list[EntryRow]] = {}
    for number, root in sorted(roots.items()):
        row = known[number]
        if said(row) and root in known:
            chains.setdefault(root, [known[root]]).append(row)
    return [chain for _, chain in sorted(chains.items()) if len(chain) > LEAST]


def chain_row(chain: Sequence[EntryRow]) -> ChainRow:
    """What is known of a chain."""
    people = dict.fromkeys((row.authors, row.name) for row in chain if said(row))
    return ChainRow(tuple(row.id for row in chain), tuple(people)[:NAMED], max(row.date for row in chain))
