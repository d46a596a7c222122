"""The leaves: words with one beginning share a file, as many as go into one.

A beginning whose words are in more than `FULL` entries is parted by the next letter; so the leaves follow from how
often the words are used, never from the order of edits. A word has a space at its end, so that a word which is the
beginning of others gets a leaf of its own: "te " is that of the word "te" alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

FULL = 1_000
"""How many entries the words of a leaf point to at most; a single word of more keeps its best."""

_LAST = chr(0x10FFFF)
_BELOW = "prefix >= ? AND prefix < ?"


def span(prefix: str) -> tuple[str, str]:
    """Between which words those of a leaf are."""
    if prefix.endswith(" "):
        return prefix[:-1], prefix
    return prefix, prefix + _LAST


class Leaves:
    """Writes the leaves within the catalog's transaction."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self.moved = False

    def grow(self) -> None:
        """Make all leaves anew."""
        self.database.execute("DELETE FROM search_leaf")
        self._settle("")
        self.moved = True

    def change(self, changes: Iterable[tuple[str, int]]) -> set[str]:
        """Make the leaves right after words are used more or less often; the leaves of these words."""
        touched = set()
        for word, growth in sorted(changes):
            leaf = self._leaf(word)
            if growth:
                query = "UPDATE search_leaf SET weight = weight + ? WHERE prefix = ?"
                self.database.execute(query, [growth, leaf])
            touched.add(leaf)
        return {now for leaf in sorted(touched) for now in self._right(leaf)}

    def _leaf(self, word: str) -> str:
        """The leaf of a word, made where there is none."""
        path = word + " "
        beginnings = [path[:end] for end in range(len(path) + 1)]
        marks = ", ".join("?" * len(beginnings))
        found = self.database.execute(f"SELECT prefix FROM search_leaf WHERE prefix IN ({marks})", beginnings).fetchone()  # noqa: S608
        if found:
            leaf: str = found[0]
            return leaf
        # Where a beginning is parted there are leaves below it.
        parted = [one for one in beginnings if self._weight(one) is not None]
        leaf = path[: len(parted[-1]) + 1] if parted else ""
        self.database.execute("INSERT INTO search_leaf VALUES (?, 0)", [leaf])
        self.moved = True
        return leaf

    def _right(self, leaf: str) -> set[str]:
        """Part a leaf that is too full, put one together with those beside it, or take it away if it is empty."""
        weight = self._weight(leaf)
        if weight is None:
            return set()  # another word's change did it
        if weight > FULL and not leaf.endswith(" "):
            return self._settle(leaf)
        top = leaf
        while top and (self._weight(top[:-1]) or 0) <= FULL:
            top = top[:-1]
        if top != leaf:
            return self._settle(top)
        if not weight and leaf:
            self.database.execute("DELETE FROM search_leaf WHERE prefix = ?", [leaf])
            self.moved = True
            return set()
        return {leaf}

    def _weight(self, prefix: str) -> int | None:
        """How many entries the words of a beginning point to, None where there is no leaf of it."""
        query = f"SELECT sum(weight) FROM search_leaf WHERE {_BELOW}"  # noqa: S608 - our own words
        found: int | None = self.database.execute(query, [prefix, prefix + _LAST]).fetchone()[0]
        return found

    def _settle(self, prefix: str) -> set[str]:
        """Make the leaves below a beginning anew."""
        self.database.execute(f"DELETE FROM search_leaf WHERE {_BELOW}", [prefix, prefix + _LAST])  # noqa: S608
        self.moved = True
        made: dict[str, int] = {}
        low, high = span(prefix)
        query = "SELECT sum(entries) FROM search_word WHERE word >= ? AND word < ?"
        waiting: list[tuple[str, int]] = [(prefix, self.database.execute(query, [low, high]).fetchone()[0] or 0)]
        while waiting:
            leaf, weight = waiting.pop()
            if weight <= FULL or leaf.endswith(" "):
                made[leaf] = weight
            else:
                waiting += self._parts(leaf)
        self.database.executemany("INSERT INTO search_leaf VALUES (?, ?)", sorted(made.items()))
        return set(made)

    def _parts(self, prefix: str) -> list[tuple[str, int]]:
        query = (
            "SELECT substr(word || ' ', 1, ?) AS part, sum(entries) FROM search_word"
            " WHERE word >= ? AND word < ? GROUP BY part"
        )
        return self.database.execute(query, [len(prefix) + 1, *span(prefix)]).fetchall()
