from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from generator.addresses import PARTS, entry_address, page_address
from generator.catalog import days
from generator.catalog.rows import EntryRow

DAY = 86_400
FIRST = 1_767_225_600
"""2026-01-01 00:00 UTC."""


def rows(*said: tuple[int, int], per_page: int = 2, zone: str = "UTC") -> tuple[EntryRow, ...]:
    """Entries by date and the number of what each answers, after an opening."""
    found = [EntryRow("1", 1, 1, "a.md", 1, date=0)]
    for number, (date, parent) in enumerate(said, 2):
        found.append(EntryRow(f"x{number}", number, 1, "a.md", 1, date=date, parent=f"x{parent}" if parent else "", parent_number=parent))
    return days.cut(found, ZoneInfo(zone), per_page)


def addresses(found: tuple[EntryRow, ...]) -> list[str]:
    return [page_address("/c/", row.page) for row in found]


def test_entries_stand_on_their_days_and_long_days_have_several_pages() -> None:
    found = rows((FIRST, 0), (FIRST + 60, 0), (FIRST + 90, 2), (FIRST + DAY, 4))
    assert addresses(found) == ["/c/", "/c/2026-01-01/", "/c/2026-01-01/", "/c/2026-01-01/page/2/", "/c/2026-01-02/"]
    assert page_address("/c/", found[4].parent_page) == "/c/2026-01-01/page/2/"
    assert entry_address("/c/", "x5", found[4].page) == "/c/2026-01-02/#r-x5"


def test_a_day_is_that_of_the_sites_time_zone() -> None:
    assert addresses(rows((FIRST - 60, 0), zone="Asia/Tehran"))[1:] == ["/c/2026-01-01/"]
    assert addresses(rows((FIRST - 60, 0)))[1:] == ["/c/2025-12-31/"]
    assert addresses(rows((0, 0)))[1:] == ["/c/1970-01-01/"]


def test_a_chain_needs_two_answers_and_the_opening_begins_none() -> None:
    found = rows((FIRST, 1), (FIRST, 1), (FIRST, 2), (FIRST, 4), (FIRST, 3))
    assert [[row.id for row in chain] for chain in days.chained(found)] == [["x2", "x4", "x5"]]
    assert [row.chain for row in found] == ["", "x2", "", "x2", "x2", ""]


def test_a_chain_begins_with_its_first_message_even_if_that_came_later() -> None:
    found = rows((FIRST, 4), (FIRST + 1, 4), (FIRST + 2, 0))
    assert [[row.id for row in chain] for chain in days.chained(found)] == [["x4", "x2", "x3"]]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60), st.integers(1, 4))
def test_the_pages_of_any_entries_are_found_by_their_numbers(hours: list[int], per_page: int) -> None:
    found = rows(*((FIRST + hour * 10_000, 0) for hour in sorted(hours)), per_page=per_page)
    every = [days.day_row(one) for one in days.by_day(found)]
    for row in found[1:]:
        assert list(days.pages_of([row.number], "2026-01", every, per_page)) == [row.page]
    assert max(row.page % PARTS for row in found[1:]) == max(one.parts for one in every)
    assert not list(days.pages_of([len(found) + per_page], "2026-01", every, per_page))


def test_time_zones_know_utc() -> None:
    assert days.cut(rows((FIRST, 0)), UTC, 2) == rows((FIRST, 0))
