"""The only writer of the catalog: it replaces what sources said and what follows from it.

Every write compares with what stands, and touches a key only where its fact really changed.
What follows from what is decided in `derive`; who read a key is the ledger's business.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from generator.catalog import keys
from generator.catalog.keys import Key
from generator.catalog.rows import EntryRow, dump
from generator.errors import Problem, Severity
from generator.model import Source

Listed = tuple[str, int, str]
"""A place in a list: its scope, the moment (or number) it is ordered by, and the item."""

Named = tuple[str, str, str]
"""Something findable: its family, the folded name, and the value."""


@dataclass(slots=True)
class Span:
    """The part of a list that changed."""

    first: tuple[int, str]
    last: tuple[int, str]
    growth: int = 0

    def add(self, at: int, item: str, growth: int) -> None:
        """One more place changed."""
        self.first = min(self.first, (at, item))
        self.last = max(self.last, (at, item))
        self.growth += growth


@dataclass(slots=True)
class Changes:
    """What changed in this run, kept until what follows from it is derived."""

    keys: set[Key] = field(default_factory=set)
    spans: dict[str, Span] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)
    owners: set[str] = field(default_factory=set)
    html: set[bytes] = field(default_factory=set)


class Store:
    """Writes to the catalog within one transaction."""

    def __init__(self, database: sqlite3.Connection, run: int) -> None:
        self.database = database
        self.run = run
        self.changes = Changes()
        # Nothing was read before: on a clean build there is nobody to tell.
        self.traced = database.execute("SELECT 1 FROM key LIMIT 1").fetchone() is not None

    # Keys and facts --------------------------------------------------------

    def touch(self, key: Key) -> None:
        """The fact under a key changed."""
        if self.traced:
            self.changes.keys.add(key)

    def set_fact(self, key: Key, row: object | None) -> bool:
        """Replace a fact, None to remove it; whether it changed."""
        data = None if row is None else dump(row)
        old = self.database.execute("SELECT data FROM fact WHERE key = ?", [key]).fetchone()
        if (old[0] if old else None) == data:
            return False
        if data is None:
            self.database.execute("DELETE FROM fact WHERE key = ?", [key])
        else:
            self.database.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", [key, data])
        self.touch(key)
        return True

    def meta(self, name: str) -> bytes | None:
        """A remembered digest of what has no source: settings, recipes."""
        found = self.database.execute("SELECT value FROM meta WHERE name = ?", [name]).fetchone()
        return found[0] if found else None

    def set_meta(self, name: str, value: bytes | int) -> bool:
        """Remember a value; whether it changed."""
        if self.meta(name) == value:
            return False
        self.database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [name, value])
        return True

    def forget_meta(self, name: str) -> None:
        """Forget a remembered value."""
        self.database.execute("DELETE FROM meta WHERE name = ?", [name])

    # Sources ---------------------------------------------------------------

    def put_source(self, source: Source, digest: bytes, recipe: bytes, *, young: bool) -> None:
        """Remember a source as it was scanned."""
        self.database.execute(
            "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL) ON CONFLICT (path) DO UPDATE SET"
            " role = excluded.role, board = excluded.board, topic = excluded.topic, language = excluded.language,"
            " size = excluded.size, mtime_ns = excluded.mtime_ns, inode = excluded.inode, digest = excluded.digest,"
            " recipe = excluded.recipe, young = excluded.young",
            [source.path, source.role, source.board, source.topic, source.language, source.size, source.mtime_ns,
             source.inode, digest, recipe, young],
        )  # fmt: skip

    def put_document(
        self, path: str, owner: str, head: bytes | None, lost: bytes, entries: Iterable[tuple[bytes, bytes]]
    ) -> None:
        """Replace what a source says: its head and its entries (data and the digest of the HTML)."""
        self.database.execute("UPDATE source SET head = ?, lost = ? WHERE path = ?", [head, lost, path])
        self.forget_entries(path)
        self.database.executemany(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?)",
            ((path, place, owner, data, html) for place, (data, html) in enumerate(entries)),
        )
        self.changes.owners.add(owner)

    def put_html(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep entries' HTML under the digest of all that it depends on."""
        self.database.executemany("INSERT OR IGNORE INTO html VALUES (?, ?)", rows)

    def forget_entries(self, path: str) -> None:
        """Forget the entries of a source, and note whose they were."""
        for owner, html in self.database.execute("SELECT owner, html FROM entry WHERE source = ?", [path]):
            self.changes.owners.add(owner)
            self.changes.html.add(html)
        self.database.execute("DELETE FROM entry WHERE source = ?", [path])

    def forget_source(self, path: str) -> None:
        """Forget a source that is no longer there."""
        self.forget_entries(path)
        self.database.execute("DELETE FROM source WHERE path = ?", [path])
        self.replace_problems(f"source/{path}", ())

    def sweep_html(self) -> None:
        """Delete HTML that no entry shows any more."""
        self.database.executemany(
            "DELETE FROM html WHERE digest = ?1 AND NOT EXISTS (SELECT 1 FROM entry WHERE html = ?1)",
            ([html] for html in self.changes.html),
        )

    # Problems --------------------------------------------------------------

    def replace_problems(self, scope: str, problems: Iterable[Problem]) -> None:
        """Replace all that is wrong with one source, topic or page."""
        self.database.execute("DELETE FROM problem WHERE scope = ?", [scope])
        self.database.executemany(
            "INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((scope, p.path, p.line, p.field, p.message, p.hint, p.severity) for p in problems),
        )

    # What an owner makes ---------------------------------------------------

    def replace_entries(self, owner: str, entries: Iterable[EntryRow]) -> None:
        """Replace an owner's entries in their places."""
        old = {
            row[0]: (row[1], row[2])
            for row in self.database.execute("SELECT id, page, data FROM placed WHERE owner = ?", [owner])
        }
        changed = []
        for entry in entries:
            data = dump(entry)
            before = old.pop(entry.id, None)
            if before != (entry.page, data):
                changed.append((owner, entry.id, entry.number, entry.page, data))
                self._touch_entry(owner, entry, before)
        for entry_id, (page, _) in old.items():
            self.database.execute("DELETE FROM placed WHERE owner = ? AND id = ?", [owner, entry_id])
            self.touch(keys.entries(owner, page))
            self.touch(keys.entry(owner, entry_id))
        self.database.executemany("INSERT OR REPLACE INTO placed VALUES (?, ?, ?, ?, ?)", changed)

    def _touch_entry(self, owner: str, entry: EntryRow, before: tuple[int, bytes] | None) -> None:
        if not self.traced:
            return
        self.touch(keys.entries(owner, entry.page))
        self.touch(keys.entry(owner, entry.id))
        if before and before[0] != entry.page:
            self.touch(keys.entries(owner, before[0]))

    def replace_listed(self, owner: str, places: set[Listed]) -> None:
        """Replace an owner's places in the lists."""
        query = "SELECT scope, at, item FROM listed WHERE owner = ?"
        old: set[Listed] = set(self.database.execute(query, [owner]))
        for gone in old - places:
            self.database.execute("DELETE FROM listing WHERE scope = ? AND at = ? AND item = ?", gone)
            self.database.execute(
                "DELETE FROM listed WHERE owner = ? AND scope = ? AND at = ? AND item = ?", [owner, *gone]
            )
            self._stretch(gone, -1)
        added = places - old
        self.database.executemany("INSERT INTO listing VALUES (?, ?, ?)", added)
        self.database.executemany("INSERT INTO listed VALUES (?, ?, ?, ?)", ((owner, *place) for place in added))
        for place in added:
            self._stretch(place, 1)

    def _stretch(self, place: Listed, growth: int) -> None:
        scope, at, item = place
        span = self.changes.spans.setdefault(scope, Span((at, item), (at, item)))
        span.add(at, item, growth)

    def replace_named(self, owner: str, names: set[Named]) -> None:
        """Replace what an owner makes findable."""
        query = "SELECT family, folded, value FROM named WHERE owner = ?"
        old: set[Named] = set(self.database.execute(query, [owner]))
        delete = "DELETE FROM named WHERE owner = ? AND family = ? AND folded = ? AND value = ?"
        self.database.executemany(delete, ((owner, *name) for name in old - names))
        self.database.executemany("INSERT INTO named VALUES (?, ?, ?, ?)", ((owner, *name) for name in names - old))
        for family, folded, _ in old ^ names:
            self.changes.names.setdefault(family, set()).add(folded)

    def replace_moments(self, owner: str, moments: Iterable[int]) -> None:
        """Replace the moments at which an owner has to be looked at again."""
        self.database.execute("DELETE FROM moment WHERE owner = ?", [owner])
        self.database.executemany("INSERT OR IGNORE INTO moment VALUES (?, ?)", ((owner, at) for at in moments))

    # The end of the run ----------------------------------------------------

    def settle_lists(self) -> None:
        """Touch the keys of all lists that changed, bucket by bucket."""
        if not self.traced:
            return
        for scope, span in self.changes.spans.items():
            length = self._count("scope = ?", scope)
            before = self._count("scope = ? AND (at, item) < (?, ?)", scope, *span.first)
            for number in range(before // keys.BUCKET, max(length, length - span.growth) // keys.BUCKET + 1):
                self.touch(keys.bucket(scope, number))
            if self._count("scope = ? AND (at, item) > (?, ?)", scope, *span.last) < keys.LATEST:
                self.touch(keys.latest(scope))
            if span.growth:
                self.touch(keys.count(scope))
                self.touch(keys.scopes(scope.partition(keys.SEPARATOR)[0]))

    def _count(self, where: str, *values: object) -> int:
        query = f"SELECT count(*) FROM listing WHERE {where}"  # noqa: S608 - our own words
        found: int = self.database.execute(query, values).fetchone()[0]
        return found

    def settle_names(self) -> None:
        """Touch the keys of all titles, files and old addresses that lead elsewhere now."""
        for family, key in (("title", keys.title), ("path", keys.path)):
            for folded in self.changes.names.get(family, ()):
                self.touch(key(folded))
        for family in self.changes.names:
            if family.startswith("redirect/"):
                self.touch(keys.aliases(family.removeprefix("redirect/")))

    def flush(self) -> None:
        """Write the touched keys, so that the ledger finds who read them."""
        self.database.executemany(
            "UPDATE key SET changed = ? WHERE name = ?", ((self.run, key) for key in self.changes.keys)
        )
        self.changes.keys.clear()


def problems(database: sqlite3.Connection) -> Iterator[Problem]:
    """All that is wrong with the site, by path and line."""
    query = "SELECT DISTINCT path, line, field, message, hint, severity FROM problem ORDER BY path, line, field, message"
    for path, line, name, message, hint, severity in database.execute(query):
        level: Severity = "error" if severity == "error" else "warning"
        yield Problem(path, line, name, message, hint, level)
