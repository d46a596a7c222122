"""The law of keys for ordered lists: whatever a page read of a list is touched if a change makes it another."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalog import keys, lists, stretches
from generator.catalog.database import schema
from generator.catalog.lists import Listed
from generator.catalog.lookup import Lookup
from generator.catalog.store import Store

SCOPES = [keys.scope("tag", "a"), keys.scope("tag", "b"), keys.scope("board", "cafe")]
PLACES: st.SearchStrategy[set[Listed]] = st.sets(
    st.tuples(st.sampled_from(SCOPES), st.integers(0, 30), st.sampled_from([f"t{number}" for number in range(12)])), max_size=60
)
READS: list[Callable[[Lookup], object]] = [
    *[lambda lookup, scope=scope: lookup.count(scope) for scope in SCOPES],
    *[lambda lookup, scope=scope: lookup.pages(scope, 7) for scope in SCOPES],
    *[lambda lookup, scope=scope: lookup.latest(scope, 5) for scope in SCOPES],
    *[lambda lookup, start=start: lookup.window(SCOPES[0], start, 7) for start in range(0, 40, 7)],
    *[lambda lookup, at=at: lookup.neighbours(SCOPES[0], at, "t5") for at in range(0, 30, 5)],
    lambda lookup: lookup.scopes("tag"),
]


@pytest.fixture(params=["known one by one", "known as a span"], autouse=True)
def _small(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretches of three items, so that small lists have several; few or many changes at once."""
    monkeypatch.setattr(stretches, "SIZE", 3)
    monkeypatch.setattr(lists, "SINGLE", 50 if request.param == "known one by one" else 2)


def opened() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.executescript(schema())
        database.execute("INSERT INTO key VALUES (1, 'x', 0)")
        yield database


@settings(max_examples=100, deadline=None)
@given(st.lists(PLACES, min_size=2, max_size=5))
def test_what_was_read_of_a_list_is_touched_when_it_changes(steps: list[set[Listed]]) -> None:
    for database in opened():
        before: list[tuple[object, frozenset[str]]] = []
        for number, places in enumerate(steps, 1):
            store = Store(database, number)
            store.replace_made("owner", places, ())
            store.settle_lists()
            after = [_read(database, read) for read in READS]
            for (old, known), (new, _) in zip(before, after, strict=False):
                assert old == new or known & store.changes.keys
            before = after


def _read(database: sqlite3.Connection, read: Callable[[Lookup], object]) -> tuple[object, frozenset[str]]:
    lookup = Lookup(database)
    value = read(lookup)
    database.executemany("INSERT OR IGNORE INTO key (name, changed) VALUES (?, 0)", [(key,) for key in lookup.keys])
    return value, frozenset(lookup.keys)


@settings(max_examples=100, deadline=None)
@given(st.lists(PLACES, min_size=1, max_size=6))
def test_any_part_of_a_list_is_what_stands_there_in_order(steps: list[set[Listed]]) -> None:
    for database in opened():
        for number, places in enumerate(steps, 1):
            store = Store(database, number)
            store.replace_made("owner", places, ())
            store.settle_lists()
            lookup = Lookup(database)
            for scope in SCOPES:
                items = [item for _, item in sorted((at, item) for found, at, item in places if found == scope)]
                assert lookup.count(scope) == len(items)
                for start in range(0, len(items) + 2, 3):
                    assert lookup.window(scope, start, 4) == tuple(items[start : start + 4])
                assert _stretches(database, scope) == (len(items) if len(items) >= 6 else _stretches(database, scope))


def _stretches(database: sqlite3.Connection, scope: str) -> int:
    found: int = database.execute("SELECT coalesce(sum(size), 0) FROM stretch WHERE scope = ?", [scope]).fetchone()[0]
    return found


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 50), min_size=1, max_size=80))
def test_stretches_stay_few_however_a_list_grows(moments: list[int]) -> None:
    for database in opened():
        for number, at in enumerate(moments, 1):
            store = Store(database, number)
            store.replace_made(f"owner{number}", [(SCOPES[0], at, f"t{number}")], ())
            store.settle_lists()
        sizes = [size for (size,) in database.execute("SELECT size FROM stretch")]
        assert sum(sizes) in (0, len(moments))
        assert all(size < 2 * stretches.SIZE for size in sizes)
        assert len(sizes) <= max(1, len(moments) // 2)


def test_what_stays_touches_nothing() -> None:
    for database in opened():
        places = [(SCOPES[0], 1, "t1"), (SCOPES[0], 2, "t2")]
        Store(database, 1).replace_made("owner", places, ())
        store = Store(database, 2)
        store.replace_made("owner", reversed(places), ())
        store.settle_lists()
        assert store.changes.keys == set()
