"""The only writer of the catalog: it replaces what sources said and what follows from it.

Every write compares with what stands, and touches a key only where its fact really changed.
What follows from what is decided in `derive`; who read a key is the ledger's business.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from msgspec import Raw

from generator.catalog import keys
from generator.catalog.keys import Key
from generator.catalog.lists import Listed, Lists
from generator.catalog.packing import dump, dump_sheet, load, raw_entries
from generator.catalog.rows import EntryRow, Row, Said
from generator.catalog.since import NEVER, since
from generator.errors import Problem
from generator.model import Moment, Source

Named = tuple[str, str, str]
"""Something findable: its family, the folded name, and the value."""

Part = tuple[Iterable[Listed], Iterable[Named]]
"""A part of what an owner adds to lists, and makes findable."""

TOUCHED = 50_000
"""Touched keys that are kept in memory at most."""


@dataclass(slots=True)
class Since:
    """From which moment on what an owner says changed, None for all of it, and in which files."""

    moment: Moment | None = NEVER
    paths: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Changes:
    """What changed in this run, kept until what follows from it is derived."""

    keys: set[Key] = field(default_factory=set)
    names: dict[str, set[str]] = field(default_factory=dict)
    owners: dict[str, Since] = field(default_factory=dict)

    def mark(self, owner: str, path: str = "", moment: Moment | None = None) -> None:
        """What an owner says changed: in a file all that was said from a moment on, None for anything."""
        known = self.owners.setdefault(owner, Since())
        known.moment = None if moment is None or known.moment is None else min(known.moment, moment)
        known.paths.add(path)


class Store:
    """Writes to the catalog within one transaction."""

    def __init__(self, database: sqlite3.Connection, run: int) -> None:
        self.database = database
        self.run = run
        self.changes = Changes()
        # Nothing was read before: on a clean build there is nobody to tell.
        self.traced = self._any("key")
        self.lists = Lists(database, traced=self.traced)
        self.first = False
        self._flawed = self._any("problem")

    def _any(self, table: str) -> bool:
        return self.database.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None  # noqa: S608 - our own words

    @contextmanager
    def first_time(self) -> Iterator[None]:
        """While topics are settled for the first time, each of them once: nothing of theirs stands yet.

        On a clean build their places and names wait in plain tables and are put in order together, which costs a
        fraction of finding the place of each, and does not grow with the site.
        """
        self.first = not self.traced
        if self.first:
            self.database.execute("CREATE TEMP TABLE first_named (family, folded, value, owner)")
            self.lists.begin()
        yield
        if self.first:
            self.first = False
            self.lists.finish()
            self.database.execute("INSERT INTO named SELECT * FROM first_named ORDER BY family, folded, value, owner")
            self.database.execute("DROP TABLE first_named")

    # Keys and facts --------------------------------------------------------

    def touch(self, key: Key) -> None:
        """The fact under a key changed."""
        if self.traced:
            self.changes.keys.add(key)
            if len(self.changes.keys) > TOUCHED:
                self.flush()

    def set_fact(self, key: Key, row: object | None) -> bool:
        """Replace a fact, None to remove it; whether it changed."""
        data = None if row is None else dump(row)
        if self._old("SELECT data FROM fact WHERE key = ?", key, (None,))[0] == data:
            return False
        if data is None:
            self.database.execute("DELETE FROM fact WHERE key = ?", [key])
        else:
            self.database.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", [key, data])
        self.touch(key)
        return True

    def replace_facts(self, prefix: str, facts: Mapping[Key, object]) -> None:
        """Replace all facts under keys that begin so."""
        for key, row in facts.items():
            self.set_fact(key, row)
        query = "SELECT key FROM fact WHERE key >= ? AND key < ? || char(1114111)"
        for (key,) in self.database.execute(query, [prefix, prefix]).fetchall() if self.traced else ():
            if key not in facts:
                self.set_fact(key, None)

    def _old(self, query: str, name: str, none: tuple[Any, ...]) -> tuple[Any, ...]:
        """The row that stands under a name."""
        return none if self.first else self.database.execute(query, [name]).fetchone() or none

    def fact(self, key: Key, row: type[Row]) -> Row | None:
        """The fact that stands under a key; None on a clean build, where nobody asks what was before."""
        if not self.traced:
            return None
        found = self.database.execute("SELECT data FROM fact WHERE key = ?", [key]).fetchone()
        return load(row, found[0]) if found else None

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
            "INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [source.path, source.role, source.board, source.topic, source.language, source.size, source.mtime_ns,
             source.inode, digest, recipe, young],
        )  # fmt: skip

    def put_document(
        self,
        path: str,
        owner: str,
        head: bytes | None,
        lost: bytes,
        entries: Sequence[tuple[bytes, bytes]],
        html: Iterable[tuple[bytes, bytes]] = (),
    ) -> None:
        """Replace what a source says: its head, its entries (data and the digest of the HTML), and new HTML."""
        query = "SELECT head, lost, entries FROM document WHERE source = ?"
        found = self.database.execute(query, [path]).fetchone() if self.traced else None
        before = self._shown(path)
        after = {digest for _, digest in entries}
        self._keep_html(html, before, after)
        data = b"[" + b",".join(data for data, _ in entries) + b"]"
        self.database.execute("INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?)", [path, head, lost, data])
        if self.traced:  # else all is derived anyway
            same = (head, lost) == (found[:2] if found else (None, b"[]"))
            old = load(list[Raw], found[2]) if same and found else []
            moment = since(old, [one for one, _ in entries], opening=head is not None) if same else None
            self.changes.mark(owner, path, moment)

    def _shown(self, path: str) -> set[bytes]:
        """The digests of the HTML that a source shows."""
        found = self.database.execute("SELECT entries FROM document WHERE source = ?", [path]).fetchone()
        return {said.html for said in load(list[Said], found[0])} if found else set()

    def _keep_html(self, new: Iterable[tuple[bytes, bytes]], before: set[bytes], after: set[bytes]) -> None:
        """Keep HTML under the digest of all that it depends on, as long as a source shows it."""
        known = after - before
        for digest, data in new:
            if digest in known:
                known.remove(digest)
                query = "INSERT INTO html VALUES (?, 1, ?) ON CONFLICT (digest) DO UPDATE SET uses = uses + 1"
                self.database.execute(query, [digest, data])
        query = "UPDATE html SET uses = uses + ? WHERE digest = ?"
        self.database.executemany(query, [(1, digest) for digest in known])
        self.database.executemany(query, [(-1, digest) for digest in before - after])

    def forget_document(self, path: str) -> None:
        """Forget what a source says."""
        self._keep_html((), self._shown(path), set())
        self.database.execute("DELETE FROM document WHERE source = ?", [path])

    def forget_source(self, path: str) -> None:
        """Forget a source that is no longer there."""
        self.forget_document(path)
        self.database.execute("DELETE FROM source WHERE path = ?", [path])
        self.replace_problems(f"source/{path}", ())

    def sweep_html(self) -> None:
        """Delete HTML that no entry shows any more."""
        self.database.execute("DELETE FROM html WHERE uses <= 0")

    # Problems --------------------------------------------------------------

    def replace_problems(self, scope: str, problems: Sequence[Problem]) -> None:
        """Replace all that is wrong with one source, topic or page."""
        if self._flawed:
            self.database.execute("DELETE FROM problem WHERE scope = ?", [scope])
        if problems:
            self._flawed = True
            rows = ((scope, p.path, p.line, p.field, p.message, p.hint, p.severity) for p in problems)
            self.database.executemany("INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    # What an owner makes ---------------------------------------------------

    def replace_entries(self, owner: str, entries: Iterable[EntryRow], first: int = 0) -> None:
        """Replace an owner's entries from a page on, given page by page, in their places."""
        query = "SELECT page, data FROM placed WHERE owner = ? AND page >= ?"
        old: dict[int, bytes] = {} if self.first else dict(self.database.execute(query, [owner, first]).fetchall())
        for page, rows in groupby(entries, key=lambda entry: entry.page):
            sheet = list(rows)
            data, before = dump_sheet(sheet), old.pop(page, None)
            if data != before:
                self.database.execute("INSERT OR REPLACE INTO placed VALUES (?, ?, ?)", [owner, page, data])
                self._turn(owner, page, before, data)
        for page, before in old.items():
            self.database.execute("DELETE FROM placed WHERE owner = ? AND page = ?", [owner, page])
            self._turn(owner, page, before, None)

    def _turn(self, owner: str, page: int, before: bytes | None, after: bytes | None) -> None:
        """A page of entries is another one: note where its entries are, and touch those that changed."""
        if page == 1 and not self.traced:
            return
        old = raw_entries(before) if before else {}
        new = raw_entries(after) if after else {}
        self.touch(keys.entries(owner, page))
        for entry_id in old.keys() | new.keys():
            if old.get(entry_id) != new.get(entry_id):
                self.touch(keys.entry(owner, entry_id))
        if page > 1:
            gone = ((owner, entry_id, page) for entry_id in old.keys() - new.keys())
            self.database.executemany("DELETE FROM later WHERE owner = ? AND id = ? AND page = ?", gone)
            come = ((owner, entry_id, page) for entry_id in new.keys() - old.keys())
            self.database.executemany("INSERT OR REPLACE INTO later VALUES (?, ?, ?)", come)

    def replace_made(self, owner: str, places: Iterable[Listed], names: Iterable[Named]) -> None:
        """Replace an owner's places in the lists, and what it makes findable."""
        listed, named = dict.fromkeys(places), sorted(set(names))
        data = zlib.compress(dump((tuple(listed), named)), 1) if listed or named else b""
        old = self._old("SELECT data FROM made WHERE owner = ?", owner, (b"",))[0]
        if old == data:
            return
        if data:
            self.database.execute("INSERT OR REPLACE INTO made VALUES (?, ?)", [owner, data])
        else:
            self.database.execute("DELETE FROM made WHERE owner = ?", [owner])
        if self.first:
            self.lists.append(listed)
            self.database.executemany("INSERT INTO first_named VALUES (?, ?, ?, ?)", [(*name, owner) for name in named])
            return
        listed_before, named_before = load(tuple[list[Listed], list[Named]], zlib.decompress(old)) if old else ((), ())
        self.lists.change(set(listed_before) - listed.keys(), -1)
        self.lists.change(listed.keys() - set(listed_before), 1)
        self._name(owner, set(named_before), set(named))

    def replace_parts(self, owner: str, parts: Mapping[str, Part], first: str = "") -> None:
        """Replace the parts that an owner's places and names are kept in, those from the name `first` on."""
        for name, (places, names) in parts.items():
            self.replace_made(f"{owner}{keys.SEPARATOR}{name}", places, names)
        query = "SELECT owner FROM made WHERE owner >= ? AND owner < ?"
        start = f"{owner}{keys.SEPARATOR}"
        span = (start + first, start + chr(0x10FFFF))
        for (found,) in self.database.execute(query, span).fetchall() if not self.first else ():
            if found.removeprefix(start) not in parts:
                self.replace_made(found, (), ())

    def names_of(self, owner: str) -> list[Named]:
        """What an owner makes findable."""
        found = self.database.execute("SELECT data FROM made WHERE owner = ?", [owner]).fetchone()
        return load(tuple[list[Listed], list[Named]], zlib.decompress(found[0]))[1] if found else []

    def _name(self, owner: str, old: set[Named], new: set[Named]) -> None:
        delete = "DELETE FROM named WHERE family = ? AND folded = ? AND value = ? AND owner = ?"
        self.database.executemany(delete, [(*name, owner) for name in old - new])
        self.database.executemany("INSERT INTO named VALUES (?, ?, ?, ?)", [(*name, owner) for name in sorted(new - old)])
        for family, folded, _ in old ^ new:
            self.changes.names.setdefault(family, set()).add(folded)

    def replace_moments(self, owner: str, moments: Iterable[int]) -> None:
        """Replace the moments at which an owner has to be looked at again."""
        if not self.first:
            self.database.execute("DELETE FROM moment WHERE owner = ?", [owner])
        for at in moments:
            self.database.execute("INSERT OR IGNORE INTO moment VALUES (?, ?)", [owner, at])

    # The end of the run ----------------------------------------------------

    def settle_lists(self) -> None:
        """Touch the keys of all lists that changed."""
        for key in self.lists.settle():
            self.touch(key)

    def settle_names(self) -> None:
        """Touch the keys of all titles, files, texts of tags and old addresses that lead elsewhere now."""
        for family, key in (("title", keys.title), ("path", keys.path), ("text", keys.tag_text)):
            for folded in self.changes.names.get(family, ()):
                self.touch(key(folded))
        for family in self.changes.names:
            if family.startswith("redirect/"):
                self.touch(keys.aliases(family.removeprefix("redirect/")))

    def flush(self) -> None:
        """Write the touched keys, so that the ledger finds who read them."""
        self.database.executemany(
            "UPDATE key SET changed = ? WHERE name = ?", ((self.run, key) for key in sorted(self.changes.keys))
        )
        self.changes.keys.clear()

