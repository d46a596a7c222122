"""What two state files say of one site: all but what tells of the machine and of the order of builds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

HISTORY = {
    "meta": None,
    "folder": None,
    "key": None,
    "trace": None,
    "reading": None,
    "search_data": None,
    "search_idx": None,
    "search_config": None,
    "source": {"mtime_ns", "inode", "young"},
    "unit": {"node", "run"},
    "artifact": {"node", "run", "mtime_ns"},
}
"""Tables (None), or columns of tables, that tell when and where a site was built."""


def strangers(here: Path, clean: Path) -> Iterator[str]:
    """What the one state says and the other doesn't, table by table."""
    left, right = _rows(here), _rows(clean)
    for table in sorted(left.keys() | right.keys()):
        for one, where in ((left[table] - right[table], "kept"), (right[table] - left[table], "missed")):
            if one:
                yield f"the state's table {table} has {len(one)} rows {where}, as {min(one)[:400]}"


def _rows(state: Path) -> dict[str, set[str]]:
    with closing(sqlite3.connect(state)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: set(_table(connection, table)) for table in tables if HISTORY.get(table, set()) is not None}


def _table(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    history = HISTORY.get(table) or set()
    columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})") if name not in history]
    for row in connection.execute(f"SELECT {', '.join(columns)} FROM {table}"):
        yield str(dict(zip(columns, row, strict=True)))
