"""Leaves: after any changes they are those of leaves made anew, none is too full, and each word is in one."""

from __future__ import annotations

import sqlite3
from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.catalog import leaves
from generator.catalog.database import schema
from generator.catalog.leaves import Leaves, span

FULL = 6
WORDS = st.text(alphabet="aab東", min_size=1, max_size=4)
CHANGES = st.lists(st.dictionaries(WORDS, st.sampled_from((-9, -9, -2, 0, 1, 4, 5, 9)), min_size=1, max_size=8), max_size=6)


@pytest.fixture(autouse=True)
def short_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaves, "FULL", FULL)


def database() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(schema())
    Leaves(connection).grow()
    return connection


def count(connection: sqlite3.Connection, words: Counter[str]) -> None:
    connection.execute("DELETE FROM search_word")
    connection.executemany("INSERT INTO search_word VALUES (?, ?)", [one for one in words.items() if one[1]])


def rows(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()


def apply(connection: sqlite3.Connection, words: Counter[str], change: dict[str, int]) -> tuple[Leaves, set[str]]:
    growth = {word: max(by, -words[word]) for word, by in change.items()}
    words.update(growth)
    count(connection, words)
    made = Leaves(connection)
    return made, made.change(growth.items())


@settings(max_examples=300, deadline=None)
@example([{"aaa": 4, "aab": 4}, {"aaa": -4}])
@given(CHANGES)
def test_changed_leaves_are_those_made_anew(changes: list[dict[str, int]]) -> None:
    connection, words = database(), Counter[str]()
    for change in changes:
        before = dict(connection.execute("SELECT first, last FROM search_leaf"))
        made, touched = apply(connection, words, change)
        found = rows(connection, "search_leaf"), rows(connection, "search_branch")
        after = dict(connection.execute("SELECT first, last FROM search_leaf"))
        assert {first for first in before.keys() & after.keys() if before[first] != after[first]} <= touched
        assert made.moved or before.keys() == after.keys()
        Leaves(connection).grow()
        assert found == (rows(connection, "search_leaf"), rows(connection, "search_branch"))


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(WORDS, st.integers(1, 9), max_size=30))
def test_each_word_is_in_one_leaf_and_no_leaf_is_too_full(words: dict[str, int]) -> None:
    connection = database()
    count(connection, Counter(words))
    Leaves(connection).grow()
    every = [span(first, last) for first, last in connection.execute("SELECT first, last FROM search_leaf")]
    for low, high in every:
        inside = [words[word] for word in words if low <= word < high]
        assert sum(inside) <= FULL or len(inside) == 1
    assert all(sum(low <= word < high for low, high in every) == 1 for word in words)


def test_a_change_tells_the_leaf_of_its_word() -> None:
    connection, words = database(), Counter[str]()
    apply(connection, words, {"a": 2, "ab": 2, "b": 2})
    _, touched = apply(connection, words, {"ab": 0})
    assert touched == {first for (first,) in connection.execute("SELECT first FROM search_leaf")}
