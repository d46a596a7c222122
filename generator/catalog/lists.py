"""Ordered lists: their items' places, how long each is, and which keys a change to one touches.

Which lists there are is decided in `derive`; how a part of a long one is found, in `stretches`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.catalog import keys, stretches
from generator.catalog.keys import Key
from generator.catalog.stretches import Place

Listed = tuple[str, int, str]
"""A place in a list: its scope, the moment (or number) it is ordered by, and the item."""

WAITING = 50_000
"""Changes that wait to be written together: in order they cost much less."""

SINGLE = 50
"""Changed places of a list that are known one by one; of more only the first and the last are known."""


@dataclass(slots=True)
class Span:
    """The part of a list that changed; `places` are all that did, None where they are not known one by one."""

    first: Place
    last: Place
    growth: int
    places: set[Place] | None

    def add(self, places: list[Place], growth: int) -> None:
        """More places changed, given in their order."""
        self.first = min(self.first, places[0])
        self.last = max(self.last, places[-1])
        self.growth += growth
        if self.places is not None:
            self.places.update(places[: SINGLE + 1])
            if len(self.places) > SINGLE:
                self.places = None


class Lists:
    """Writes the lists within the store's transaction; `traced` says whether anybody ever read one."""

    def __init__(self, database: sqlite3.Connection, *, traced: bool) -> None:
        self.database = database
        self.traced = traced
        self.changed: dict[str, Span] = {}
        self._waiting: dict[str, dict[Place, int]] = {}
        self._count = 0

    def change(self, places: Iterable[Listed], growth: int) -> None:
        """Add places that were not there (`growth` 1), or take out those that were (-1)."""
        waiting = self._waiting
        for scope, at, item in places:
            changes = waiting.get(scope)
            if changes is None:
                changes = waiting[scope] = {}
            if changes.pop((at, item), growth) == growth:
                changes[at, item] = growth
            self._count += 1
        if self._count > WAITING:
            self.write()

    def begin(self) -> None:
        """From now on only places that were not there are added, while nobody reads any."""
        self.database.execute("CREATE TEMP TABLE first_listed (scope, at, item)")

    def append(self, places: Iterable[Listed]) -> None:
        """Add places between `begin` and `finish`."""
        self.database.executemany("INSERT INTO first_listed VALUES (?, ?, ?)", places)

    def finish(self) -> None:
        """Put all places in order that were added since `begin`."""
        execute = self.database.execute
        execute("INSERT INTO listing SELECT * FROM first_listed ORDER BY scope, at, item")
        execute("INSERT INTO list SELECT scope, count(*) FROM listing GROUP BY scope")
        execute("DROP TABLE first_listed")
        for scope, length in execute("SELECT * FROM list WHERE length >= ?", [2 * stretches.SIZE]).fetchall():
            stretches.settle(self.database, scope, length, stretches.BEGIN, stretches.END)

    def write(self) -> None:
        """Write what waits."""
        for scope, changes in sorted(self._waiting.items()):
            places = sorted(changes)
            gone = [(scope, *place) for place in places if changes[place] < 0]
            self.database.executemany("DELETE FROM listing WHERE scope = ? AND at = ? AND item = ?", gone)
            added = [(scope, *place) for place in places if changes[place] > 0]
            self.database.executemany("INSERT INTO listing VALUES (?, ?, ?)", added)
            if places:
                self._note(scope, places, len(added) - len(gone))
        self._waiting.clear()
        self._count = 0

    def _note(self, scope: str, places: list[Place], growth: int) -> None:
        span = self.changed.get(scope)
        if span is None:
            span = self.changed[scope] = Span(places[0], places[-1], 0, set() if self.traced else None)
        span.add(places, growth)
        query = "INSERT INTO list VALUES (?, ?) ON CONFLICT (scope) DO UPDATE SET length = length + excluded.length"
        self.database.execute(query, [scope, growth])

    def length(self, scope: str) -> int:
        """How many items a list has, but for what waits."""
        found = self.database.execute("SELECT length FROM list WHERE scope = ?", [scope]).fetchone()
        return found[0] if found else 0

    # The end of the run ----------------------------------------------------

    def settle(self) -> Iterator[Key]:
        """Make the stretches right again; the keys of all that changed, bucket by bucket."""
        self.write()
        for scope, span in self.changed.items():
            length = self.length(scope)
            stretches.settle(self.database, scope, length, span.first, span.last)
            if self.traced:
                yield from self._touched(scope, span, length)
        self.database.execute("DELETE FROM list WHERE length = 0")

    def _touched(self, scope: str, span: Span, length: int) -> Iterator[Key]:
        first = stretches.rank(self.database, scope, span.first)
        last = max(length, length - span.growth) if span.growth else stretches.rank(self.database, scope, span.last) + 1
        for number in range(first // keys.BUCKET, last // keys.BUCKET + 1):
            yield keys.bucket(scope, number)
        query = "SELECT count(*) FROM (SELECT 1 FROM listing WHERE scope = ? AND (at, item) > (?, ?) LIMIT ?)"
        if self.database.execute(query, [scope, *span.last, keys.LATEST]).fetchone()[0] < keys.LATEST:
            yield keys.latest(scope)
        yield from self._neighbours(scope, span)
        if span.growth:
            yield from self._pages(scope, length - span.growth, length)
            yield keys.count(scope)
            yield keys.scopes(scope.partition(keys.SEPARATOR)[0])

    def _pages(self, scope: str, before: int, after: int) -> Iterator[Key]:
        """The keys of counts of pages that changed, among those that anybody read."""
        prefix = keys.pages(scope, "")
        for name in self._read(prefix):
            size = int(name.removeprefix(prefix))
            if -(-before // size) != -(-after // size):
                yield name

    def _read(self, prefix: str, limit: int = -1) -> list[Key]:
        """The keys of a prefix that anybody ever read."""
        query = "SELECT name FROM key WHERE name >= ? AND name < ? || char(1114111) LIMIT ?"
        return [name for (name,) in self.database.execute(query, [prefix, prefix, limit])]

    def _neighbours(self, scope: str, span: Span) -> Iterator[Key]:
        """The keys of what changed, and of what stands beside it."""
        prefix = keys.around(scope, "")
        if span.places is None:
            yield from self._read(prefix)
        elif self._read(prefix, 1):
            for place in span.places:
                yield keys.around(scope, place[1])
                beside = (item for item in around(self.database, scope, place) if item is not None)
                yield from (keys.around(scope, item) for item in beside)


def around(database: sqlite3.Connection, scope: str, place: Place) -> tuple[str | None, str | None]:
    """The items before and after a place in a list."""
    query = "SELECT item FROM listing WHERE scope = ? AND (at, item) < (?, ?) ORDER BY at DESC, item DESC LIMIT 1"
    before = database.execute(query, [scope, *place]).fetchone()
    query = "SELECT item FROM listing WHERE scope = ? AND (at, item) > (?, ?) ORDER BY at, item LIMIT 1"
    after = database.execute(query, [scope, *place]).fetchone()
    return (before[0] if before else None), (after[0] if after else None)
