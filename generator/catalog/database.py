"""The state file: opening it, and starting afresh where it can't be used.

Everything in it is derived, so a damaged file or one of another schema is deleted, never mended.
"""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from generator import digest
from generator.errors import OutputError, Problem

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -65536",
)


def schema() -> str:
    """The SQL that makes an empty state file."""
    return files("generator.catalog").joinpath("schema.sql").read_text("utf-8")


def create_or_open(path: Path) -> sqlite3.Connection:
    """A writable connection to the state file, made anew where it can't be used.

    Raises `OutputError` where its folder can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _open_current(path) or _create(path)
    except (OSError, sqlite3.Error) as error:
        raise OutputError(_unwritable(path, error)) from error


def open_readonly(path: Path) -> sqlite3.Connection:
    """A connection that can only read, for a worker process."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


@lru_cache(maxsize=1)
def shared_readonly(path: Path, build: str) -> sqlite3.Connection:
    """The one connection with which a process reads during a build.

    Keyed by the build, so that a process that lives on never reads an earlier state file.
    """
    return open_readonly(path)


def release_shared(path: Path, build: str) -> None:
    """Close this process's reading connection, so that the state file can be replaced."""
    shared_readonly(path, build).close()
    shared_readonly.cache_clear()


def remove(path: Path) -> None:
    """Delete the state file and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _open_current(path: Path) -> sqlite3.Connection | None:
    if not path.exists():
        return None
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        found = connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
        if found == (digest.of_text(schema()),):
            return connection
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "readonly" in str(error):
            connection.close()
            raise
    except sqlite3.DatabaseError:
        pass
    connection.close()
    return None


def _create(path: Path) -> sqlite3.Connection:
    remove(path)
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    connection.executescript(schema())
    connection.execute("INSERT INTO meta VALUES ('schema', ?)", [digest.of_text(schema())])
    return connection


def _unwritable(path: Path, error: Exception) -> Problem:
    return Problem(
        path=path.name,
        line=0,
        field="",
        message=f"the state file in {path.parent.name}/ can't be written: {error}",
        hint="Give the folder write permission and free space, or delete it: it holds nothing of yours.",
    )
