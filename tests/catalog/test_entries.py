"""The law of keys for a topic's entries, which are kept page by page."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalog.database import schema
from generator.catalog.lookup import Lookup
from generator.catalog.rows import EntryRow
from generator.catalog.store import Store

OWNER = "topic/tea"
IDS = [str(number) for number in range(1, 8)]
TOPICS = st.tuples(
    st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(["", "a", "b"])), unique_by=lambda one: one[0], max_size=7),
    st.integers(1, 4),
)


def rows(said: list[tuple[str, str]], size: int) -> list[EntryRow]:
    return [
        EntryRow(own, number + 1, number // size + 1, "tea.md", 1, title=title) for number, (own, title) in enumerate(said)
    ]


@settings(max_examples=100, deadline=None)
@given(st.lists(TOPICS, min_size=2, max_size=5))
def test_entries_are_where_they_stand_and_touched_where_they_change(steps: list[tuple[list[tuple[str, str]], int]]) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.executescript(schema())
        database.execute("INSERT INTO key VALUES (1, 'x', 0)")
        before: dict[object, tuple[object, set[str]]] = {}
        for run, (said, size) in enumerate(steps, 1):
            store, entries = Store(database, run), rows(said, size)
            store.replace_entries(OWNER, entries)
            after: dict[object, tuple[object, set[str]]] = {}
            for page in range(1, 8):
                lookup = Lookup(database)
                assert lookup.entries(OWNER, page) == tuple(entry for entry in entries if entry.page == page)
                after[page] = lookup.entries(OWNER, page), lookup.keys
            for own in IDS:
                lookup = Lookup(database)
                assert lookup.entry(OWNER, own) == next((entry for entry in entries if entry.id == own), None)
                after[own] = lookup.entry(OWNER, own), lookup.keys
            for name, (value, known) in before.items():
                assert after[name][0] == value or known & store.changes.keys
            before = after
