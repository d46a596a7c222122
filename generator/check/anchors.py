"""Remembers which anchors are wanted of which pages, in a temporary database beside the memory.

A forum links to its entries by the million, so what is wanted is not held in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from msgspec import Struct

from generator.check.reading import Reference
from generator.errors import Severity

_SCHEMA = """CREATE TABLE wanted (
    target TEXT, fragment TEXT, source TEXT, field TEXT, value TEXT, line INTEGER, severity TEXT
)"""


class Want(Struct, frozen=True):
    """A reference in the file `source` to `fragment` of another page."""

    fragment: str
    source: str
    reference: Reference


class Wanted:
    """The anchors that are wanted, by their page; a context, because the database ends with it."""

    def __init__(self) -> None:
        # SQLite's name for a private database on disk, which it deletes when it is closed.
        self._rows = sqlite3.connect("")
        self._rows.execute(_SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rows.close()

    def add(self, target: str, want: Want) -> None:
        """Remembers that `want` is expected in the page `target`."""
        one = want.reference
        row = (target, want.fragment, want.source, one.field, one.value, one.line, one.severity)
        self._rows.execute("INSERT INTO wanted VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def targets(self) -> Iterator[str]:
        """The pages of which an anchor is wanted, each once; to be asked when all are added."""
        self._rows.execute("CREATE INDEX IF NOT EXISTS by_target ON wanted (target)")
        for (target,) in self._rows.execute("SELECT DISTINCT target FROM wanted ORDER BY target"):
            yield target

    def of(self, target: str) -> Iterator[Want]:
        """What is wanted of one page, in the order of the files that want it."""
        query = "SELECT fragment, source, field, value, line, severity FROM wanted WHERE target = ? ORDER BY source"
        for fragment, source, field, value, line, severity in self._rows.execute(query, (target,)):
            yield Want(fragment, source, Reference(field, value, line, severity=_severity(severity)))


def _severity(text: str) -> Severity:
    return "warning" if text == "warning" else "error"
