"""Explains why a page was built, from the traces: file → key → page.

It only reads the state file; finding the site and printing are left to the command line.
"""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct

from generator import digest
from generator.catalog.database import open_readonly, schema
from generator.catalog.keys import SEPARATOR, Key
from generator.catalog.ledger import Ledger
from generator.catalog.lists import around
from generator.catalog.lookup import Lookup
from generator.slugs import fold

SOURCES = 5
"""Files that are named behind one key; a list can have thousands."""

_HOST = re.compile(r"\w+://[^/?#]*")
_PAGE = "index.html"
_AROUND = 50
_OPENINGS = "role IN ('topic', 'page', 'front', 'replies')"


class Reason(Struct, frozen=True):
    """A key that a page read: what it means, the run in which it last changed (0: never since it was first read).

    `sources` are files behind it, at most `SOURCES` of `count`.
    """

    key: Key
    meaning: str
    run: int
    sources: tuple[str, ...] = ()
    count: int = 0


class Why(Struct, frozen=True):
    """Why a page was built: `run` is when it was last looked at, `last_run` the site's last build.

    `mtime_ns` is when its file was written; `unfinished` says that its last making failed. `reasons` are all
    keys that it read, the latest change first, then what is the page's own; `causes` are those that changed in its run.
    """

    address: str
    kind: str
    argument: str
    source: str
    run: int
    last_run: int
    mtime_ns: int
    unfinished: bool
    reasons: tuple[Reason, ...]

    @property
    def causes(self) -> tuple[Reason, ...]:
        """The keys that changed in the run in which the page was looked at."""
        return tuple(reason for reason in self.reasons if reason.run and reason.run == self.run)


def opened(state: Path) -> sqlite3.Connection | None:
    """A read-only connection to a state file; None where there is none that this version can read."""
    if not state.is_file():
        return None
    database = open_readonly(state)
    try:
        found = database.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
    except sqlite3.Error:
        found = None
    if found == (digest.of_text(schema()),):
        return database
    database.close()
    return None


def why(database: sqlite3.Connection, address: str) -> Why | None:
    """Why the page at an address (`/cafe/`) was built; None where there is none."""
    query = "SELECT kind, arg, run, mtime_ns, claimed FROM artifact WHERE address = ? AND kind != ''"
    found = database.execute(query, [address]).fetchone()
    if found is None:
        return None
    kind, argument, run, mtime_ns, claimed = found
    source = database.execute(
        "SELECT source FROM planned WHERE address = ? AND kind = ? AND arg = ?", [address, kind, argument]
    ).fetchone()
    last_run: int = database.execute("SELECT value FROM meta WHERE name = 'run'").fetchone()[0]
    own = argument.rpartition(":")[0] or argument
    read = sorted(Ledger(database, last_run).why(address), key=lambda one: (-one[1], own not in one[0], one[0]))
    reasons = tuple(_reason(database, key, changed) for key, changed in read)
    return Why(
        address, kind, argument, source[0] if source else "", run, last_run, mtime_ns, bool(claimed), reasons
    )


def made_from(database: sqlite3.Connection, path: str) -> tuple[str, ...]:
    """The addresses of the pages of a source, by its path below the site's folder."""
    query = (
        "SELECT DISTINCT artifact.address FROM planned JOIN artifact USING (address, kind, arg) WHERE planned.source"
        " IN (?1, (SELECT opening.path FROM source JOIN source AS opening USING (topic) WHERE source.path = ?1"
        " AND source.role = 'replies' AND opening.role = 'topic')) ORDER BY artifact.address"
    )
    return tuple(address for (address,) in database.execute(query, [path]))


# Addresses -----------------------------------------------------------------


def address_of(text: str, prefix: str, folders: Iterable[tuple[Path, Path]]) -> str:
    """The address that a URL, an address or a file of the output means: `/cafe/` for all of them.

    `prefix` is the site's sub-path; `folders` are the places from which a file's path may be meant, each with
    the output folder that it must lead into.
    """
    if "://" not in text:
        for base, output in folders:
            name = _below(base / text, output)
            if name is not None:
                return _page("/" + name)
    path = unquote(_HOST.sub("", text).partition("#")[0].partition("?")[0])
    if prefix and f"{path}/".startswith(f"{unquote(prefix)}/"):
        path = path[len(unquote(prefix)) :]
    return _page("/" + path.lstrip("/"))


def _below(path: Path, output: Path) -> str | None:
    """The name of a file or folder inside the output folder."""
    try:
        found = path.resolve()
        inside = found != output.resolve() and found.is_relative_to(output.resolve()) and found.exists()
    except (OSError, ValueError):  # too long a name, or one with a NUL
        return None
    if not inside:
        return None
    name = found.relative_to(output.resolve()).as_posix()
    return f"{name}/" if found.is_dir() else name


def _page(address: str) -> str:
    return address.removesuffix(_PAGE) if address.endswith(f"/{_PAGE}") else address


def known_address(database: sqlite3.Connection, address: str) -> str | None:
    """The address as the site has it, its last slash added where that was left out; None where it has none."""
    for candidate in (address, f"{address}/"):
        query = "SELECT address FROM artifact WHERE address = ? AND kind != ''"
        if database.execute(query, [candidate]).fetchone():
            return candidate
    return None


def nearest_addresses(database: sqlite3.Connection, address: str) -> tuple[str, ...]:
    """Known addresses that look like one that is not known, the nearest first."""
    known = [found for (found,) in database.execute("SELECT address FROM artifact WHERE kind != '' ORDER BY address")]
    at, last = bisect_left(known, address), _last(address)
    # Compared with neighbours and namesakes only: the comparison is too slow for 100,000 pages.
    near = known[max(0, at - _AROUND) : at + _AROUND]
    near += [one for one in known if _last(one) == last][:_AROUND]
    return tuple(get_close_matches(address[:300], dict.fromkeys(near), n=3))


def _last(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


# Keys ----------------------------------------------------------------------


def _reason(database: sqlite3.Connection, key: Key, run: int) -> Reason:
    kind, _, name = key.partition("/")
    meaning, find = _KINDS.get(kind, (key, _nothing))
    paths = list(dict.fromkeys(find(database, name)))
    return Reason(key, meaning.format(name=_shown(kind, name)), run, tuple(paths[:SOURCES]), len(paths))


def _shown(kind: str, name: str) -> str:
    """A key's name as people know it."""
    if kind == "bucket":
        name = name.partition("/")[2]
    if kind == "entries":
        owner, _, page = name.rpartition("/")
        return f"{owner.partition('/')[2]}, page {page}"
    if kind == "entry":
        return name.partition("/")[2]
    family, mark, rest = name.partition(SEPARATOR)
    return f"{family} {rest.replace(SEPARATOR, ' ')}".strip() if mark else name or "the site"


Find = Callable[[sqlite3.Connection, str], Iterable[str]]


def _nothing(database: sqlite3.Connection, name: str) -> Iterable[str]:
    return ()


def _rows(database: sqlite3.Connection, query: str, *values: object) -> Iterator[str]:
    return (path for (path,) in database.execute(query, values))


def _setting(database: sqlite3.Connection, name: str) -> Iterable[str]:
    return () if name == "assets" else ("site.toml",)


def _board(database: sqlite3.Connection, name: str) -> Iterable[str]:
    return _rows(database, "SELECT path FROM source WHERE role = 'board' AND board = ?", name)


def _inner_boards(database: sqlite3.Connection, name: str) -> Iterable[str]:
    query = "SELECT path FROM source JOIN board ON board.key = source.board WHERE role = 'board' AND parent = ? ORDER BY path"
    return _rows(database, query, name)


def _topic(database: sqlite3.Connection, name: str) -> Iterable[str]:
    query = f"SELECT path FROM source WHERE {_OPENINGS} AND topic = ? ORDER BY role DESC, path"  # noqa: S608 - our own words
    return _rows(database, query, name)


def _of_topic(database: sqlite3.Connection, name: str) -> Iterable[str]:
    return _topic(database, name.partition(SEPARATOR)[0])


def _variants(database: sqlite3.Connection, name: str) -> Iterable[str]:
    return _rows(database, "SELECT path FROM topic WHERE base = ? ORDER BY language", name)


def _entries(database: sqlite3.Connection, name: str) -> Iterable[str]:
    owner, _, page = name.rpartition("/")
    rows = Lookup(database).entries(owner, int(page) if page.isdecimal() else 0)
    return (row.path for row in reversed(rows))


def _entry(database: sqlite3.Connection, name: str) -> Iterable[str]:
    owner, _, entry = name.rpartition("#")
    row = Lookup(database).entry(owner, entry)
    return (row.path,) if row else ()


def _member(database: sqlite3.Connection, name: str) -> Iterable[str]:
    stems = database.execute("SELECT topic, path FROM source WHERE role = 'member' ORDER BY path")
    return [path for stem, path in stems if fold(stem) == name]


def _members(database: sqlite3.Connection, name: str) -> Iterable[str]:
    return _rows(database, "SELECT path FROM source WHERE role = 'member' ORDER BY path")


def _named(family: str) -> Find:
    """The topics that have a title or a tag."""

    def find(database: sqlite3.Connection, name: str) -> Iterable[str]:
        query = (
            "SELECT topic.path FROM named JOIN topic ON 'topic/' || topic.key = named.owner"
            " WHERE named.family = ? AND named.folded = ? ORDER BY topic.path"
        )
        return _rows(database, query, family, name)

    return find


def _file(database: sqlite3.Connection, name: str) -> Iterable[str]:
    return (name,)


def _of_file(database: sqlite3.Connection, name: str) -> Iterable[str]:
    return (name.partition(SEPARATOR)[0],)


def _plan(database: sqlite3.Connection, name: str) -> Iterable[str]:
    return _rows(database, "SELECT path FROM topic WHERE board = ? ORDER BY path", name)


def _assets(database: sqlite3.Connection, name: str) -> Iterable[str]:
    role, board = ("static", "") if name == "static/" else ("asset", name)
    return _rows(database, "SELECT path FROM source WHERE role = ? AND board = ? ORDER BY path", role, board)


def _list(database: sqlite3.Connection, name: str) -> Iterable[str]:
    """The files of a list's items, the latest first; an item is a topic, an entry of one, or a member."""
    query = (
        "SELECT topic.path FROM listing JOIN topic ON topic.key = CASE instr(item, '#') WHEN 0 THEN item"
        " ELSE substr(item, 1, instr(item, '#') - 1) END WHERE scope = ? ORDER BY at DESC LIMIT 200"
    )
    return _rows(database, query, name)


def _around(database: sqlite3.Connection, name: str) -> Iterable[str]:
    scope, _, item = name.rpartition(SEPARATOR)
    query = "SELECT path FROM topic WHERE key = ?"
    places = database.execute("SELECT at FROM listing WHERE scope = ? AND item = ?", [scope, item]).fetchall()
    beside = (other for (at,) in places for other in around(database, scope, (at, item)) if other is not None)
    return [path for other in beside for path in _rows(database, query, other)]


def _bucket(database: sqlite3.Connection, name: str) -> Iterable[str]:
    return _list(database, name.partition("/")[2])


_KINDS: dict[str, tuple[str, Find]] = {
    "setting": ("the settings: {name}", _setting),
    "board": ("the board {name}", _board),
    "boards": ("which boards are inside {name}", _inner_boards),
    "board-counts": ("how much there is on {name}", _nothing),
    "topic": ("the summary of {name}", _topic),
    "headline": ("the title and address of {name}", _topic),
    "plan": ("which topics there are on {name}", _plan),
    "variants": ("the languages of {name}", _variants),
    "entries": ("the texts of {name}", _entries),
    "entry": ("where {name} stands", _entry),
    "months": ("the months of {name}", _topic),
    "days": ("the days of {name}", _of_topic),
    "day-counts": ("how much is said on the days of {name}", _of_topic),
    "chain": ("the answers to {name}", _of_topic),
    "count": ("the length of the list {name}", _nothing),
    "latest": ("the latest of the list {name}", _list),
    "bucket": ("a part of the list {name}", _bucket),
    "around": ("what stands beside {name}", _around),
    "scopes": ("which lists of {name} there are", _nothing),
    "member": ("the member {name}", _member),
    "member-counts": ("how much {name} has written", _nothing),
    "member-standing": ("whether {name} has written much", _nothing),
    "members": ("which members there are", _members),
    "any": ("whether there is any {name}", _nothing),
    "tag": ("the tag {name}", _named("tag")),
    "tags": ("which tags there are", _nothing),
    "tally": ("how much was written in each month: {name}", _nothing),
    "tag-text": ("the text of the tag {name}", _nothing),
    "honours": ("the badges and trust of {name}", _nothing),
    "top": ("who and what stood out: {name}", _nothing),
    "top-periods": ("in which months somebody wrote", _nothing),
    "beside": ("the files beside {name}", _nothing),
    "tallies": ("how many of {name} wrote in each month", _nothing),
    "title": ("what “{name}” leads to", _named("title")),
    "history": ("who changed {name}, as git tells", _file),
    "edits": ("what changed in {name}, as git tells", _of_file),
    "path": ("where {name} leads to", _file),
    "asset": ("the file {name}", _file),
    "assets": ("the files beside the topics of {name}", _assets),
    "aliases": ("old addresses on {name}", _plan),
    "search-totals": ("how much search can find", _nothing),
    "search-bits": ("into how many files the texts of search are parted", _nothing),
    "search-texts": ("the part {name} of the texts of search", _nothing),
    "search-leaves": ("into which files the words of search are parted", _nothing),
    "search-leaf": ("the words of search from “{name}” on", _nothing),
}
