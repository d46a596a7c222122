"""The first look of a build: if nothing changed that a build looks at, the last one's result still stands.

It knows dates and names only and needs little of Anjoman, so that a build that has nothing to do does not wait
for the rest to be imported. Whatever it can't be certain of is left to the build.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from generator.catalog.database import open_readonly
from generator.catalog.lock import locked
from generator.catalog.problems import problems
from generator.errors import AnjomanError
from generator.installed import code_signature, has_plugins
from generator.listing import Listing
from generator.report import Result
from generator.site import OUTPUT, STATE, state_file
from generator.stages.standing import altered

_FOLDERS = ("content", "static", "themes")


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What was seen: the seal, which a build keeps if it leaves nothing undone, and the last result if it stands.

    The seal is b"" where it can't be told whether something changed.
    """

    seal: bytes
    result: Result | None


def look(
    root: Path, *, output: Path | None = None, drafts: bool = False, fingerprint: bool = True, now: int | None = None
) -> FirstLook:
    """Look at a site before it is built; takes the arguments of `open_site`."""
    started = time.monotonic()
    root = root.absolute()
    output = (output or root / OUTPUT).absolute()
    state = state_file(root, output)
    seal = _seal(root, f"{drafts} {fingerprint} {output.relative_to(root) if output.is_relative_to(root) else output}")
    if not seal or not state.is_file():
        return FirstLook(seal, None)
    return FirstLook(seal, _standing(state, output, seal, int(time.time()) if now is None else now, started))


def keep(database: sqlite3.Connection, seal: bytes, sources: int) -> None:
    """Keep the seal of a build that is done, if the next one would do nothing."""
    if seal and not database.execute(_UNDONE).fetchone()[0]:
        rows = (("seal", seal), ("sources", sources))
        database.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)


def forget(database: sqlite3.Connection) -> None:
    """Forget the seal: a build begins."""
    database.execute("DELETE FROM meta WHERE name = 'seal'")


# Pages that are not made, files that may have changed again without a new date, topics that take their date
# from the repository's history.
_UNDONE = (
    "SELECT EXISTS (SELECT 1 FROM artifact WHERE claimed = 1 OR kind = '')"
    " OR EXISTS (SELECT 1 FROM source WHERE young = 1 OR recipe = x'')"
)


def _seal(root: Path, how: str) -> bytes:
    """Changes when anything changed that a build looks at, but for its output and the clock."""
    code = code_signature()
    # What packages bring as features may read whatever it likes.
    if not code or has_plugins(root / STATE):
        return b""
    listing = Listing()
    listing.add_text(f"{code.hex()} {how}")
    listing.add_file(root / "site.toml", "site.toml")
    for name in _FOLDERS:
        listing.add_folder(root / name, name)
    return listing.digest()


def _standing(state: Path, output: Path, seal: bytes, now: int, started: float) -> Result | None:
    """The last result, None where the clock or the output asks for a build, or the state can't be read."""
    try:
        with locked(state), closing(open_readonly(state)) as database:
            if not _is_sealed(database, seal) or _is_due(database, now) or any(altered(database, output)):
                return None
            count = database.execute("SELECT count(*) FROM artifact").fetchone()[0]
            return Result(
                tuple(problems(database)),
                sources=_meta(database, "sources"),
                artifacts=count,
                seconds=time.monotonic() - started,
            )
    except (AnjomanError, OSError, sqlite3.Error):
        return None


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
