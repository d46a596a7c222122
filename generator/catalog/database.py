"""The state file: opening it, and starting afresh where it can't be used.

Everything in it is derived, so a damaged file or one of another schema is deleted, never mended. Only the
addresses of what was made are saved from it, so that pages that are wanted no more are removed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from generator import digest
from generator.errors import OutputError, Problem

_PRAGMAS = (
    "PRAGMA synchronous = NORMAL",
    "PRAGMA temp_store = FILE",  # lists to be sorted grow with the site
    "PRAGMA cache_size = -65536",
    "PRAGMA wal_autocheckpoint = 16384",  # pages: those that many batches change are written and synced once
)


# What the disk, the system or another program refuses, though the file is sound (https://sqlite.org/rescode.html).
_OF_THE_DISK = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOLFS,
}
# Read errors that come of a file that was cut.
_DAMAGE = {sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_CORRUPTFS}


def schema() -> str:
    """The SQL that makes an empty state file."""
    return Path(__file__).with_name("schema.sql").read_text("utf-8")


def create_or_open(path: Path, *, verify: bool = False) -> sqlite3.Connection:
    """A writable connection to the state file, made anew where there is none or it is of another schema.

    Raises `sqlite3.Error` where it is damaged, which `verify` finds out by reading all of it, or where the disk
    refuses it; `OutputError` where a new one can't be made.
    """
    return _open_current(path, verify=verify) or _create(path)


def start_afresh(path: Path) -> None:
    """Replace a state file that is damaged by an empty one; raises as `create_or_open` does."""
    _create(path).close()


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite could not do into an `OutputError` that names the state file; a fault of ours stays one."""
    try:
        yield
    except sqlite3.Error as error:
        if _code(error) == sqlite3.SQLITE_ERROR:
            raise
        raise OutputError(_unwritable(path, error)) from error


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error says that the file's contents are wrong, not that the disk refused something."""
    code = _code(error)
    return code in _DAMAGE or code & 0xFF not in _OF_THE_DISK


def _code(error: sqlite3.Error) -> int:
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code


def made(path: Path) -> list[str]:
    """The addresses of all that was made, as far as a state file that may be damaged still tells them."""
    found: list[str] = []
    if not path.is_file():
        return found
    with suppress(sqlite3.Error, UnicodeError), closing(open_readonly(path)) as connection:
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        for (address,) in connection.execute("SELECT address FROM artifact"):
            if isinstance(address, str):
                found.append(address)
    return found


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


def share(connection: sqlite3.Connection) -> None:
    """Let others read while this connection writes.

    A new state file is not shared before its first commit, as there is nothing to read and all of it would be
    written twice.
    """
    connection.execute("PRAGMA journal_mode = WAL")


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """Read within one transaction, because SQLite locks the file anew for each statement that is outside of one.

    It should be short: what is committed meanwhile can't leave the log.
    """
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


def release_shared(path: Path, build: str) -> None:
    """Close this process's reading connection, so that the state file can be replaced."""
    shared_readonly(path, build).close()
    shared_readonly.cache_clear()


def remove(path: Path) -> None:
    """Delete the state file and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _open_current(path: Path, *, verify: bool) -> sqlite3.Connection | None:
    """The connection to a state file of this schema, None where it is of another; raises `sqlite3.Error`."""
    if not path.exists():
        return None
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        if _is_current(connection):
            share(connection)
            if verify:
                _verify(connection)
            return connection
    except sqlite3.Error:
        connection.close()
        raise
    connection.close()
    return None


def _is_current(connection: sqlite3.Connection) -> bool:
    if connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None:
        return False  # a build was ended when it had just made the file
    found = connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
    return bool(found == (digest.of_text(schema()),))


def _verify(connection: sqlite3.Connection) -> None:
    """Read all of the file; raises `sqlite3.DatabaseError` where something in it does not agree."""
    (told,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if told != "ok":
        raise sqlite3.DatabaseError(told)


def _create(path: Path) -> sqlite3.Connection:
    earlier = made(path)
    try:
        remove(path)
    except OSError as error:
        raise OutputError(_unwritable(path, error)) from error
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        connection.executescript("BEGIN IMMEDIATE;" + schema())
        connection.execute("INSERT INTO meta VALUES ('schema', ?)", [digest.of_text(schema())])
        _adopt(connection, earlier)
        connection.execute("COMMIT")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _adopt(connection: sqlite3.Connection, addresses: list[str]) -> None:
    """Note what an earlier state had made, as wanted no more: the plan takes back what it wants."""
    connection.executemany(
        "INSERT OR IGNORE INTO artifact (address, kind, arg, run, claimed) VALUES (?, '', '', 0, 0)",
        ((address,) for address in addresses),
    )


def _unwritable(path: Path, error: Exception) -> Problem:
    return Problem(
        path=f"{path.parent.name}/{path.name}",
        line=0,
        field="",
        message=f"the state file can't be read or written: {error}",
        hint="Give the folder free space and write permission, or delete it: it holds nothing of yours.",
    )
