"""The first look of a build: if nothing changed that a build looks at, the last one's result still stands.

It knows dates and names only and needs little of Anjoman, so that a build that has nothing to do does not wait
for the rest to be imported. Where little changed, it says what. Whatever it can't be certain of is left to the build.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from generator.catalog.database import open_readonly
from generator.catalog.lock import locked
from generator.catalog.problems import problems
from generator.errors import AnjomanError
from generator.installed import code_signature, has_plugins
from generator.lettering import fonts
from generator.listing import UNSEEN, Changed, Folder, Listing, Seal
from generator.report import Result
from generator.site import OUTPUT, STATE, state_file
from generator.stages.standing import altered

_SOURCES = ("content", "static")
_SURROUNDINGS = ("themes", "locale")

_FEW = 200
"""Folders, or files, that are looked at one by one at most; for more of them a look at everything is as quick."""


class FirstLook(Struct, frozen=True):
    """What was seen: the seal, which a build keeps if it leaves nothing undone, and the last result if it stands.

    `changed` are the sources that changed, None where any may have.
    """

    seal: Seal
    result: Result | None = None
    changed: Changed | None = None


def look(
    root: Path, *, output: Path | None = None, drafts: bool = False, fingerprint: bool = True, now: int | None = None
) -> FirstLook:
    """Look at a site before it is built; takes the arguments of `open_site`."""
    started = time.monotonic()
    root = root.absolute()
    output = (output or root / OUTPUT).absolute()
    state = state_file(root, output)
    seal = _seal(root, f"{drafts} {fingerprint} {output.relative_to(root) if output.is_relative_to(root) else output}")
    if not seal.base or not state.is_file():
        return FirstLook(seal)
    moment = int(time.time()) if now is None else now
    try:
        with locked(state), closing(open_readonly(state)) as database:
            if _is_due(database, moment):
                return FirstLook(seal)
            result = _standing(database, output, seal, started)
            return FirstLook(seal, result, None if result else _changed(database, root, seal))
    except (AnjomanError, OSError, UnicodeError, sqlite3.Error):
        return FirstLook(seal)


def keep(database: sqlite3.Connection, seal: Seal, sources: int) -> None:
    """Keep what was seen by a build that is done, and its seal if the next one would do nothing."""
    rows: list[tuple[str, object]] = [("base", seal.base)]
    if seal.whole and not database.execute(_UNDONE).fetchone()[0]:
        rows += [("seal", seal.whole), ("sources", sources)]
    database.execute("BEGIN IMMEDIATE")
    database.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)
    known = _known(database)
    database.executemany("DELETE FROM folder WHERE name = ?", ([name] for name in known.keys() - seal.folders.keys()))
    database.executemany(
        "INSERT OR REPLACE INTO folder VALUES (?, ?, ?)",
        ((name, one.names, one.dates) for name, one in seal.folders.items() if known.get(name) != one),
    )
    database.execute("COMMIT")


def forget(database: sqlite3.Connection) -> None:
    """Forget the seal: a build begins."""
    database.execute("DELETE FROM meta WHERE name = 'seal'")


# Files that may have changed again without a new date, topics that take their date from the repository's history.
_ASKED_AGAIN = "SELECT path FROM source WHERE young = 1 OR recipe = x''"
# And pages that are not made.
_UNDONE = f"SELECT EXISTS (SELECT 1 FROM artifact WHERE claimed = 1 OR kind = '') OR EXISTS ({_ASKED_AGAIN})"  # noqa: S608


def _seal(root: Path, how: str) -> Seal:
    code = code_signature()
    # What packages bring as features may read whatever it likes.
    if not code or has_plugins(root / STATE):
        return UNSEEN
    listing = Listing()
    listing.add_text(f"{code.hex()} {how}")
    listing.add_file(root / "site.toml", "site.toml")
    listing.add_text(fonts.stamp(root / STATE))
    base = listing.digest(certain=False)
    for name in _SURROUNDINGS:
        listing.add_folder(root / name, name)
    surroundings = set(listing.folders)
    for name in _SOURCES:
        listing.add_folder(root / name, name)
    if not listing.certain:
        return UNSEEN
    return Seal(listing.digest(), base, {name: one for name, one in listing.folders.items() if name not in surroundings})


def _changed(database: sqlite3.Connection, root: Path, seal: Seal) -> Changed | None:
    """The sources that changed, as the names of all files are what they were; None where any may have."""
    if database.execute("SELECT 1 FROM meta WHERE name = 'base' AND value = ?", [seal.base]).fetchone() is None:
        return None
    known = _known(database)
    other = [name for name, one in seal.folders.items() if known.get(name) != one]
    if known.keys() != seal.folders.keys() or len(other) > _FEW:
        return None
    if any(known[name].names != seal.folders[name].names for name in other):
        return None
    found = [path for (path,) in database.execute(f"{_ASKED_AGAIN} LIMIT ?", [_FEW])]
    for folder in other:
        found += _altered_sources(database, root, folder)
    return Changed(frozenset(root / path for path in found), watched=False) if len(found) < _FEW else None


def _altered_sources(database: sqlite3.Connection, root: Path, folder: str) -> Iterator[str]:
    """The files of a folder that are not as they were when they were read, with those that never were."""
    query = "SELECT 1 FROM source WHERE path = ? AND size = ? AND mtime_ns = ? AND inode = ?"
    with os.scandir(root / folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                continue
            path, stat = f"{folder}/{entry.name}", entry.stat(follow_symlinks=False)
            row = (path, stat.st_size, stat.st_mtime_ns, stat.st_ino)
            if database.execute(query, row).fetchone() is None:
                yield path


def _known(database: sqlite3.Connection) -> dict[str, Folder]:
    """The folders as the last build kept them."""
    return {name: Folder(names, dates) for name, names, dates in database.execute("SELECT name, names, dates FROM folder")}


def _standing(database: sqlite3.Connection, output: Path, seal: Seal, started: float) -> Result | None:
    """The last result, None where something changed or the output asks for a build."""
    if not seal.whole or not _is_sealed(database, seal.whole) or any(altered(database, output)):
        return None
    count = database.execute("SELECT count(*) FROM artifact").fetchone()[0]
    return Result(
        tuple(problems(database)), sources=_meta(database, "sources"), artifacts=count, seconds=time.monotonic() - started
    )


def _is_sealed(database: sqlite3.Connection, seal: bytes) -> bool:
    query = "SELECT 1 FROM meta WHERE name = 'seal' AND value = ?"
    return database.execute(query, [seal]).fetchone() is not None


def _is_due(database: sqlite3.Connection, now: int) -> bool:
    """Whether something is published or expires between the last build and now, in either direction."""
    query = "SELECT EXISTS (SELECT 1 FROM moment WHERE at > ? AND at <= ?)"
    due: int = database.execute(query, sorted((_meta(database, "now"), now))).fetchone()[0]
    return bool(due)


def _meta(database: sqlite3.Connection, name: str) -> int:
    """A number that a build kept."""
    found = database.execute("SELECT value FROM meta WHERE name = ?", [name]).fetchone()
    value: int = found[0] if found else 0
    return value
