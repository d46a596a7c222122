"""Stretches: a long list in pieces of known size, so that any part of it is found without counting from its beginning.

A stretch begins at a place and goes to where the next begins. A short list has none.
"""

from __future__ import annotations

import sqlite3

Place = tuple[int, str]
"""Where an item stands in a list: the moment (or number) that the list is ordered by, and the item."""

SIZE = 500
"""Items of a stretch, less than twice as many at most."""

BEGIN: Place = (-(2**63), "")
"""Before all places."""

END: Place = (2**63 - 1, "\U0010ffff")
"""After all places."""

_INSIDE = "scope = ? AND (at, item) >= (?, ?) AND (at, item) < (?, ?)"


def settle(database: sqlite3.Connection, scope: str, length: int, first: Place, last: Place) -> None:
    """Make the stretches of a list right again where it changed, from `first` to `last`."""
    query = "SELECT 1 FROM stretch WHERE scope = ? LIMIT 1"
    if length >= 2 * SIZE or database.execute(query, [scope]).fetchone():
        _cut(database, scope, first, last)


def _cut(database: sqlite3.Connection, scope: str, first: Place, last: Place) -> None:
    low = _bound(database, scope, first)
    query = "SELECT at, item FROM stretch WHERE scope = ? AND (at, item) > (?, ?) ORDER BY at, item LIMIT 1"
    high: Place = database.execute(query, [scope, *last]).fetchone() or END
    within = [scope, *low, *high]
    size: int = database.execute(f"SELECT count(*) FROM listing WHERE {_INSIDE}", within).fetchone()[0]  # noqa: S608 - our own words
    database.execute(f"DELETE FROM stretch WHERE {_INSIDE}", within)  # noqa: S608 - our own words
    if not size or (size < 2 * SIZE and (low, high) == (BEGIN, END)):
        return
    each = -(-size // max(1, size // SIZE))
    query = (
        "SELECT at, item FROM (SELECT at, item, row_number() OVER (ORDER BY at, item) AS number FROM listing"  # noqa: S608 - our own words
        f" WHERE {_INSIDE}) WHERE (number - 1) % ? = 0"
    )
    bounds = [low, *database.execute(query, [*within, each]).fetchall()[1:]]
    rows = ((scope, *bound, min(each, size - each * place)) for place, bound in enumerate(bounds))
    database.executemany("INSERT INTO stretch VALUES (?, ?, ?, ?)", rows)


def rank(database: sqlite3.Connection, scope: str, place: Place) -> int:
    """How many items of a list stand before a place."""
    low = _bound(database, scope, place)
    query = "SELECT coalesce(sum(size), 0) FROM stretch WHERE scope = ? AND (at, item) < (?, ?)"
    before: int = database.execute(query, [scope, *low]).fetchone()[0]
    query = f"SELECT count(*) FROM listing WHERE {_INSIDE}"  # noqa: S608 - our own words
    inside: int = database.execute(query, [scope, *low, *place]).fetchone()[0]
    return before + inside


def part(database: sqlite3.Connection, scope: str, start: int, size: int) -> tuple[str, ...]:
    """So many items of a list from a number on (from 0), in its order."""
    low, before = BEGIN, 0
    if start >= SIZE:
        query = (
            "SELECT at, item, before FROM (SELECT at, item, sum(size) OVER (ORDER BY at, item) - size AS before"
            " FROM stretch WHERE scope = ?) WHERE before <= ? ORDER BY before DESC LIMIT 1"
        )
        at, item, before = database.execute(query, [scope, start]).fetchone() or (*BEGIN, 0)
        low = (at, item)
    query = "SELECT item FROM listing WHERE scope = ? AND (at, item) >= (?, ?) ORDER BY at, item LIMIT ? OFFSET ?"
    return tuple(item for (item,) in database.execute(query, [scope, *low, size, start - before]))


def _bound(database: sqlite3.Connection, scope: str, place: Place) -> Place:
    """Where the stretch of a place begins."""
    query = "SELECT at, item FROM stretch WHERE scope = ? AND (at, item) <= (?, ?) ORDER BY at DESC, item DESC LIMIT 1"
    found: Place = database.execute(query, [scope, *place]).fetchone() or BEGIN
    return found
