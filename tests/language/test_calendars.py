from __future__ import annotations

from datetime import date, timedelta

import pytest

from generator.language.calendars import by_month, split, week_begins, weeks

NOVEMBER = [date(2026, 11, 1) + timedelta(days=number) for number in range(30)]


@pytest.mark.parametrize(("language", "day"), [("en", 0), ("de", 0), ("en-US", 6), ("he", 6), ("fa", 5), ("fa-IR", 5), ("ar", 5)])
def test_weeks_begin_as_the_language_has_it(language: str, day: int) -> None:
    assert week_begins(language) == day


def test_a_month_is_shown_in_weeks() -> None:
    rows = list(weeks(NOVEMBER, "gregorian", 0))
    assert [None if day is None else day.day for day in rows[0]] == [None] * 6 + [1]
    assert [None if day is None else day.day for day in rows[-1]] == [30] + [None] * 6
    assert all(day.weekday() == place for row in rows for place, day in enumerate(row) if day)
    assert sum(day is not None for row in list(weeks(NOVEMBER, "persian", 5)) for day in row) == 30


def test_a_persian_month_is_not_a_gregorian_one() -> None:
    assert split(date(2026, 11, 23), "persian") == (1405, 9, 2)
    assert split(date(600, 1, 1), "persian") == (600, 1, 1)
    assert [len(month) for month in by_month(NOVEMBER, "persian")] == [21, 9]
    assert [len(month) for month in by_month(NOVEMBER, "gregorian")] == [30]
    azar = [date(2026, 11, 22) + timedelta(days=number) for number in range(30)]
    rows = list(weeks(azar, "persian", 5))
    assert rows[0][1] == date(2026, 11, 22)  # the first of Azar 1405 is a Sunday, and weeks begin on Saturday
    assert all((day.weekday() - 5) % 7 == place for row in rows for place, day in enumerate(row) if day)
