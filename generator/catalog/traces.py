"""Traces: who read which key, kept both ways; what follows from a change is the ledger's and the plan's business."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Iterator

from generator.catalog.keys import Key

KNOWN = 50_000
"""Keys whose number is kept in memory at most: pages that are made together read much the same."""


class Traces:
    """Writes what a node read: an artifact's is positive, that of a unit of the plan negative."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self._known: dict[Key, int] = {}

    def record(self, node: int, keys: Iterable[Key]) -> None:
        """Replace what a node read."""
        known = self._known
        read = {known.get(key) or self._id(key) for key in keys}
        before = self._read(node)
        if read == before:
            return
        self._unlink(node, before - read)
        self.database.executemany("INSERT INTO trace VALUES (?, ?)", [(key, node) for key in sorted(read - before)])
        packed = struct.pack(f"<{len(read)}I", *sorted(read))
        self.database.execute("INSERT OR REPLACE INTO reading VALUES (?, ?)", [node, packed])

    def forget(self, node: int) -> None:
        """Forget what a node read."""
        self._unlink(node, self._read(node))
        self.database.execute("DELETE FROM reading WHERE node = ?", [node])

    def read_by(self, node: int) -> Iterator[tuple[Key, int]]:
        """The keys that a node read, each with the run in which it last changed."""
        for key in self._read(node):
            yield self.database.execute("SELECT name, changed FROM key WHERE id = ?", [key]).fetchone()

    def _read(self, node: int) -> set[int]:
        found = self.database.execute("SELECT keys FROM reading WHERE node = ?", [node]).fetchone()
        return set(struct.unpack(f"<{len(found[0]) // 4}I", found[0])) if found else set()

    def _unlink(self, node: int, keys: Iterable[int]) -> None:
        self.database.executemany("DELETE FROM trace WHERE key = ? AND node = ?", [(key, node) for key in keys])

    def _id(self, key: Key) -> int:
        if len(self._known) >= KNOWN:
            self._known.clear()
        number = self._known[key] = self._number(key)
        return number

    def _number(self, key: Key) -> int:
        cursor = self.database.execute("INSERT OR IGNORE INTO key (name, changed) VALUES (?, 0)", [key])
        if cursor.rowcount == 1 and cursor.lastrowid:
            return cursor.lastrowid
        found: int = self.database.execute("SELECT id FROM key WHERE name = ?", [key]).fetchone()[0]
        return found
