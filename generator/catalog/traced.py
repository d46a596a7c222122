"""Reading that remembers what it asked for, and what many pages make once.

What can be asked for is in `lookup`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from msgspec import Struct

from generator.catalog.keys import Key
from generator.catalog.packing import load
from generator.errors import Problem

Row = TypeVar("Row")
T = TypeVar("T")

SHARED = 10_000
"""How many facts, and how many things made of them, are kept at most, so that memory does not grow with the site."""


class Made(Struct, frozen=True):
    """What was made once for many pages: its value, what it read, and the problems on the way."""

    value: Any
    keys: frozenset[Key]
    problems: tuple[Problem, ...]


class Shared:
    """What the lookups of one build share in a process: nothing of it changes while pages are made."""

    def __init__(self) -> None:
        self.facts: dict[Key, Any] = {}
        self.made: dict[Hashable, Made] = {}


class Traced:
    """Reads facts for one plan or page. `keys` is what was seen, or found absent; `problems` what was found on the way."""

    def __init__(self, database: sqlite3.Connection, shared: Shared | None = None) -> None:
        """`shared` is what many lookups of one build know together; None keeps nothing."""
        self._database = database
        self._shared = shared
        self.keys: set[Key] = set()
        self.problems: list[Problem] = []

    def saw(self, key: Key) -> None:
        """Remember that what is read depends on this key."""
        self.keys.add(key)

    def once(self, name: Hashable, make: Callable[[], T]) -> T:
        """What `make` makes by this lookup, made once in a build for all that ask by the same name."""
        if self._shared is None:
            return make()
        made = self._shared.made.get(name) or self._make(self._shared, name, make)
        self.keys |= made.keys
        if made.problems:
            self.problems += made.problems
        value: T = made.value
        return value

    def _make(self, shared: Shared, name: Hashable, make: Callable[[], object]) -> Made:
        """Make it as if nothing had been read yet, so that what it reads is known."""
        keys, problems = self.keys, self.problems
        self.keys, self.problems = set(), []
        try:
            made = Made(make(), frozenset(self.keys), tuple(self.problems))
        finally:
            self.keys, self.problems = keys, problems
        if len(shared.made) >= SHARED:
            shared.made.clear()
        shared.made[name] = made
        return made

    def _fact(self, key: Key, row: type[Row]) -> Row | None:
        self.saw(key)
        return self._known(key, row)

    def _known(self, key: Key, row: type[Row]) -> Row | None:
        if self._shared is None:
            return self._stored(key, row)
        facts = self._shared.facts
        if key not in facts:
            if len(facts) >= SHARED:
                facts.clear()
            facts[key] = self._stored(key, row)
        found: Row | None = facts[key]
        return found

    def _stored(self, key: Key, row: type[Row]) -> Row | None:
        found = self._database.execute("SELECT data FROM fact WHERE key = ?", [key]).fetchone()
        return load(row, found[0]) if found else None
