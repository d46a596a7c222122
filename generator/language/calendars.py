"""Calendars: the months and weeks of the calendar that a site's dates are in.

How dates are written is left to `language`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import groupby

from generator.language import primary

_SATURDAY = frozenset({"ar", "ckb", "fa", "ps"})
_SUNDAY = frozenset({"en-us", "he", "ja", "ko", "pt"})
"""Languages whose weeks begin on another day than Monday in most places (Unicode CLDR)."""


@lru_cache(maxsize=4096)
def split(day: date, calendar: str) -> tuple[int, int, int]:
    """Year, month and day of a date in "gregorian" or "persian"."""
    if calendar != "persian" or day.year < 623:
        return day.year, day.month, day.day
    import jdatetime  # type: ignore[import-untyped]  # only sites with this calendar need it

    found = jdatetime.date.fromgregorian(date=day)
    return found.year, found.month, found.day


def week_begins(language: str) -> int:
    """On which day a week begins: 0 is Monday."""
    if primary(language) in _SATURDAY:
        return 5
    return 6 if language.lower() in _SUNDAY or primary(language) in _SUNDAY else 0


def by_month(days: Iterable[date], calendar: str) -> Iterator[list[date]]:
    """The days of each month, as they come."""
    for _, found in groupby(days, key=lambda day: split(day, calendar)[:2]):
        yield list(found)


def weeks(days: Iterable[date], calendar: str, begins: int) -> Iterator[list[date | None]]:
    """The weeks of the month that these days are of, each with seven places; None where no day is given, or none is."""
    rows: dict[int, list[date | None]] = {}
    for day in days:
        number = split(day, calendar)[2]
        lead = (day.weekday() - number + 1 - begins) % 7  # places before the month's first day
        row, place = divmod(number - 1 + lead, 7)
        rows.setdefault(row, [None] * 7)[place] = day
    yield from rows.values()
