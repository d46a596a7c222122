"""Which files of the output still stand as a build left them, told by size and date; what follows is left to others."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.stages.write import file_name

_MANY = 5_000

Output = tuple[int, str, int, int]
"""A file of the output: its node, address, size in bytes and mtime in ns."""


def outputs(database: sqlite3.Connection) -> Iterator[Output]:
    """All files of the output as they were left; rows may be written while they are read."""
    query = (
        "SELECT node, address, size, mtime_ns FROM artifact WHERE size >= 0 AND kind != '' AND node > ?"
        " ORDER BY node LIMIT ?"
    )
    last = -1
    while rows := database.execute(query, [last, _MANY]).fetchall():
        yield from rows
        last = rows[-1][0]


def altered(
    database: sqlite3.Connection, output: Path, *, every: bool = False
) -> Iterator[tuple[int, str, int, os.stat_result | None]]:
    """The files that do not, or all: node, address, the size they had, and how they are now, None if they are no more."""
    with _opened(output) as (folder, near):
        for node, address, size, mtime_ns in outputs(database):
            try:
                stat = os.stat(folder + file_name(address), dir_fd=near)
            except (OSError, ValueError):
                yield node, address, size, None
                continue
            if every or stat.st_size != size or stat.st_mtime_ns != mtime_ns:
                yield node, address, size, stat


@contextmanager
def _opened(output: Path) -> Iterator[tuple[str, int | None]]:
    """What a file's name is looked up below: the open folder where the system can, which spares it the way there."""
    if os.stat not in os.supports_dir_fd or not output.is_dir():
        yield f"{output}/", None
        return
    near = os.open(output, os.O_RDONLY)
    try:
        yield "", near
    finally:
        os.close(near)
