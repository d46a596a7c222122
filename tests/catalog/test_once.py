"""What many pages share is made once, and every page that shows it depends on what it was made of."""

from __future__ import annotations

import sqlite3

import pytest

from generator.catalog.lookup import Lookup
from generator.catalog.traced import SHARED, Shared
from generator.errors import Problem

PROBLEM = Problem("a.md", 1, "", "wrong")


def make(lookup: Lookup, made: list[str]) -> str:
    made.append("made")
    lookup.saw("board/cafe")
    lookup.problems.append(PROBLEM)
    return "card"


def lookups(count: int, shared: Shared | None) -> list[Lookup]:
    return [Lookup(sqlite3.connect(":memory:"), shared) for _ in range(count)]


def test_it_is_made_once_and_each_page_has_its_keys_and_problems() -> None:
    made: list[str] = []
    for lookup in lookups(3, Shared()):
        lookup.saw("own")
        assert lookup.once("a card", lambda lookup=lookup: make(lookup, made)) == "card"  # type: ignore[misc]
        assert (lookup.keys, lookup.problems) == ({"own", "board/cafe"}, [PROBLEM])
    assert made == ["made"]


def test_what_is_made_of_another_has_its_keys_too() -> None:
    first, second = lookups(2, Shared())
    for lookup in (first, second):
        lookup.once("outer", lambda lookup=lookup: lookup.once("inner", lambda: make(lookup, [])))  # type: ignore[misc]
    assert second.keys == first.keys == {"board/cafe"}


def test_a_lookup_that_shares_nothing_makes_it_each_time() -> None:
    made: list[str] = []
    (lookup,) = lookups(1, None)
    for _ in range(2):
        lookup.once("a card", lambda: make(lookup, made))
    assert made == ["made", "made"]


def test_a_failure_leaves_the_page_as_it_was() -> None:
    (lookup,) = lookups(1, Shared())
    lookup.saw("own")

    def fail() -> None:
        lookup.saw("lost")
        raise LookupError

    with pytest.raises(LookupError):
        lookup.once("a card", fail)
    assert lookup.keys == {"own"}


def test_what_is_shared_has_a_limit() -> None:
    shared = Shared()
    (lookup,) = lookups(1, shared)
    for number in range(SHARED + 10):
        lookup.once(number, lambda: None)
    assert len(shared.made) <= SHARED
