"""The law of keys for ordered lists: whatever a page read of a list is touched if a change makes it another."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalog import keys
from generator.catalog.database import schema
from generator.catalog.lookup import Lookup
from generator.catalog.store import Listed, Store

SCOPES = [keys.scope("tag", "a"), keys.scope("tag", "b"), keys.scope("board", "cafe")]
PLACES: st.SearchStrategy[set[Listed]] = st.sets(
    st.tuples(st.sampled_from(SCOPES), st.integers(0, 30), st.sampled_from([f"t{number}" for number in range(12)])), max_size=60
)
READS: list[Callable[[Lookup], object]] = [
    *[lambda lookup, scope=scope: lookup.count(scope) for scope in SCOPES],
    *[lambda lookup, scope=scope: lookup.latest(scope, 5) for scope in SCOPES],
    *[lambda lookup, start=start: lookup.window(SCOPES[0], start, 7) for start in range(0, 40, 7)],
    *[lambda lookup, at=at: lookup.neighbours(SCOPES[0], at, "t5") for at in range(0, 30, 5)],
    lambda lookup: lookup.scopes("tag"),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(PLACES, min_size=2, max_size=5))
def test_what_was_read_of_a_list_is_touched_when_it_changes(steps: list[set[Listed]]) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.executescript(schema())
        database.execute("INSERT INTO key VALUES (1, 'x', 0)")
        before: list[tuple[object, frozenset[str]]] = []
        for number, places in enumerate(steps, 1):
            store = Store(database, number)
            store.replace_listed("owner", places)
            store.settle_lists()
            after = [_read(database, read) for read in READS]
            for (old, known), (new, _) in zip(before, after, strict=False):
                assert old == new or known & store.changes.keys
            before = after


def _read(database: sqlite3.Connection, read: Callable[[Lookup], object]) -> tuple[object, frozenset[str]]:
    lookup = Lookup(database)
    value = read(lookup)
    return value, frozenset(lookup.keys)


def test_what_stays_touches_nothing() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.executescript(schema())
        database.execute("INSERT INTO key VALUES (1, 'x', 0)")
        places = {(SCOPES[0], 1, "t1"), (SCOPES[0], 2, "t2")}
        Store(database, 1).replace_listed("owner", places)
        store = Store(database, 2)
        store.replace_listed("owner", places)
        store.settle_lists()
        assert store.changes.keys == set()
