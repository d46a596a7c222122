"""The plan as it is kept: what each unit wants, and which artifacts follow from all of them.

Only what a unit wants otherwise than before is settled again. What the artifacts then come to is the ledger's business.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from generator.catalog.keys import Key
from generator.catalog.traces import Traces
from generator.slugs import file_key


class Unit(Struct, frozen=True):
    """A part of the plan: a page kind asked about one board, or about the site (scope "")."""

    kind: str
    scope: str
    recipe: bytes


class Planned(Struct, frozen=True):
    """An artifact that a unit wants: `source` and `rank` decide where two want one address."""

    address: str
    arg: str
    source: str
    rank: int


_MANY = 2_000
"""Addresses that moved: of more, all are looked at together, which costs less."""

_TABLES = """
DROP TABLE IF EXISTS temp.asked;
CREATE TEMP TABLE asked (
    folded, kind, scope, address, arg, source, rank, PRIMARY KEY (folded, rank, source, kind, scope, address, arg)
) WITHOUT ROWID;
DROP TABLE IF EXISTS temp.moved;
CREATE TEMP TABLE moved (folded, address, PRIMARY KEY (folded, address)) WITHOUT ROWID;
"""
_COLUMNS = "folded, kind, scope, address, arg, source, rank"
_SAME = (
    "one.folded = other.folded AND one.rank = other.rank AND one.source = other.source AND one.kind = other.kind"
    " AND one.scope = other.scope AND one.address = other.address AND one.arg = other.arg"
)
_CHOSEN = (
    "SELECT address, kind, arg, folded, rank, source FROM planned AS one WHERE NOT EXISTS (SELECT 1 FROM planned AS other"
    " WHERE other.folded = one.folded AND (other.rank, other.source, other.kind, other.scope, other.address, other.arg)"
    " < (one.rank, one.source, one.kind, one.scope, one.address, one.arg))"
)


class Clash(Struct, frozen=True):
    """Two addresses of which one needs a file and the other a folder in its place; the second lost.

    The sources are "" for what the site makes by itself.
    """

    address: str
    source: str
    lost: str
    loser: str


class Plan:
    """Writes the plan within the catalog's transaction."""

    def __init__(self, database: sqlite3.Connection, traces: Traces, run: int) -> None:
        self.database = database
        self.traces = traces
        self.run = run
        self._fresh = database.execute("SELECT 1 FROM planned LIMIT 1").fetchone() is None
        for statement in _TABLES.split(";"):
            database.execute(statement)

    def stale(self, units: Iterable[Unit]) -> list[Unit]:
        """The units that must be asked again; those that are no more are forgotten."""
        query = "SELECT node, kind, scope, recipe FROM unit"
        known = {(kind, scope): (node, recipe) for node, kind, scope, recipe in self.database.execute(query)}
        changed = self._changed()
        found = []
        for unit in units:
            node, recipe = known.pop((unit.kind, unit.scope), (0, b""))
            if not node or recipe != unit.recipe or node in changed:
                found.append(unit)
        for (kind, scope), (node, _) in known.items():
            self._replace(kind, scope)
            self.database.execute("DELETE FROM unit WHERE node = ?", [node])
            self.traces.forget(node)
        return found

    def _changed(self) -> set[int]:
        """The units that read what changed in this run: earlier ones were asked then, in one transaction with the change."""
        query = (
            "SELECT DISTINCT trace.node FROM key CROSS JOIN trace ON trace.key = key.id AND trace.node < 0"
            " WHERE key.changed > 0 AND key.changed = ?"
        )
        return {node for (node,) in self.database.execute(query, [self.run])}

    def put(self, unit: Unit, planned: Iterable[Planned]) -> None:
        """Replace what a unit wants."""
        rows = (
            (_file(one.address), unit.kind, unit.scope, one.address, one.arg, one.source, one.rank) for one in planned
        )
        table = "planned" if self._fresh else "asked"
        query = f"INSERT OR IGNORE INTO {table} ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - our own words
        self.database.executemany(query, rows)
        if not self._fresh:
            self._replace(unit.kind, unit.scope)

    def _replace(self, kind: str, scope: str) -> None:
        """Let what was asked of a unit stand, and note what that moves."""
        gone = f"kind = ? AND scope = ? AND NOT EXISTS (SELECT 1 FROM asked AS other WHERE {_SAME})"  # noqa: S608 - our own words
        come = f"NOT EXISTS (SELECT 1 FROM planned AS other WHERE {_SAME})"  # noqa: S608 - our own words
        execute, which = self.database.execute, [kind, scope]
        execute(f"INSERT OR IGNORE INTO moved SELECT folded, address FROM planned AS one WHERE {gone}", which)  # noqa: S608
        execute(f"INSERT OR IGNORE INTO moved SELECT folded, address FROM asked AS one WHERE {come}")  # noqa: S608
        execute(f"DELETE FROM planned AS one WHERE {gone}", which)  # noqa: S608 - our own words, as above
        execute(f"INSERT OR IGNORE INTO planned ({_COLUMNS}) SELECT {_COLUMNS} FROM asked")  # noqa: S608
        execute("DELETE FROM asked")

    def trace(self, unit: Unit, keys: Iterable[Key]) -> None:
        """Remember what a unit read to know what it wants."""
        found = self.database.execute("SELECT node FROM unit WHERE kind = ? AND scope = ?", [unit.kind, unit.scope])
        node: int = (found.fetchone() or self._new_node())[0]
        self.database.execute("INSERT OR REPLACE INTO unit VALUES (?, ?, ?, ?)", [node, unit.kind, unit.scope, unit.recipe])
        self.traces.record(node, keys)

    def _new_node(self) -> tuple[int]:
        found: tuple[int] = self.database.execute("SELECT coalesce(min(node), 0) - 1 FROM unit").fetchone()
        return found

    # The artifacts ---------------------------------------------------------

    def settle(self) -> list[Clash] | None:
        """Make the table of artifacts what the plan says; what clashes in it, None where the plan is as it was."""
        if not self._fresh and not self._moved("1"):
            return None
        everything = self._fresh or self._may_clash()
        self._choose(everything=everything)
        clashes = self._part_files_from_folders() if everything else []
        self.database.execute("INSERT OR REPLACE INTO meta VALUES ('clashes', ?)", [len(clashes)])
        self._apply(everything=everything)
        return clashes

    def _moved(self, what: str, limit: int = 1) -> list[tuple[Any, ...]]:
        return self.database.execute(f"SELECT {what} FROM moved LIMIT {limit}").fetchall()  # noqa: S608 - our own words

    def _may_clash(self) -> bool:
        """Whether a file may stand in the way of a folder: then all have to be looked at together."""
        rows = self._moved("folded", _MANY)
        known = self.database.execute("SELECT value FROM meta WHERE name = 'clashes'").fetchone()
        return len(rows) == _MANY or known != (0,) or any(self._is_beside(folded) for (folded,) in rows)

    def _is_beside(self, folded: str) -> bool:
        """Whether an address is a file where another is a folder, or the other way about."""
        parts = folded.split("/")
        above = ["/".join(parts[:end]) for end in range(2, len(parts))]
        query = f"SELECT 1 FROM planned WHERE folded IN ({', '.join('?' * len(above))})"  # noqa: S608 - our own words
        if above and self.database.execute(query, above).fetchone():
            return True
        query = "SELECT 1 FROM planned WHERE folded > ? AND folded < ? LIMIT 1"
        return self.database.execute(query, [f"{folded}/", f"{folded}0"]).fetchone() is not None

    def _choose(self, *, everything: bool) -> None:
        """Choose one artifact for each address, or for each that moved."""
        execute = self.database.execute
        execute("DROP TABLE IF EXISTS temp.wanted")
        execute(
            "CREATE TEMP TABLE wanted (address PRIMARY KEY, kind, arg, folded, rank, source) WITHOUT ROWID"
        )
        if everything:
            execute(f"INSERT INTO wanted {_CHOSEN}")
            return
        execute("INSERT OR IGNORE INTO moved SELECT folded, address FROM planned WHERE folded IN (SELECT folded FROM moved)")
        execute(f"INSERT INTO wanted {_CHOSEN} AND folded IN (SELECT folded FROM moved)")  # noqa: S608 - our own words

    def _part_files_from_folders(self) -> list[Clash]:
        """Leave out what needs a file where another needs a folder of that name, or the other way about."""
        self.database.execute("CREATE INDEX temp.wanted_folded ON wanted (folded)")
        query = (
            "SELECT file.rank, file.source, file.address, below.rank, below.source, below.address FROM wanted AS file"
            " JOIN wanted AS below ON below.folded > file.folded || '/' AND below.folded < file.folded || '0'"
        )
        pairs = [sorted(((*row[:3],), (*row[3:],))) for row in self.database.execute(query)]
        lost: dict[str, Clash] = {}
        for (_, source, address), (_, loser, lost_address) in sorted(pairs):
            known = lost.get(lost_address)
            # Of several that stand in its way, one that somebody wrote is named.
            if address not in lost and (known is None or (source and not known.source)):
                lost[lost_address] = Clash(address, source, lost_address, loser)
        self.database.executemany("DELETE FROM wanted WHERE address = ?", ([one] for one in lost))
        return list(lost.values())

    def _apply(self, *, everything: bool) -> None:
        """Make the artifacts what was chosen; what is wanted no more is marked as gone."""
        execute = self.database.execute
        concerned = "" if everything else " AND address IN (SELECT address FROM moved)"
        execute(
            "UPDATE artifact SET kind = '', claimed = 0"  # noqa: S608 - our own words
            f" WHERE address NOT IN (SELECT address FROM wanted){concerned}"
        )
        execute(
            "UPDATE artifact SET kind = wanted.kind, arg = wanted.arg, context = NULL, claimed = 1 FROM wanted"
            " WHERE wanted.address = artifact.address AND (wanted.kind, wanted.arg) != (artifact.kind, artifact.arg)"
        )
        execute(
            "INSERT INTO artifact (address, kind, arg, run, claimed) SELECT address, kind, arg, 0, 1 FROM wanted"
            " WHERE address NOT IN (SELECT address FROM artifact)"
        )
        execute("DROP TABLE wanted")

    def collisions(self) -> Iterator[tuple[str, str, str]]:
        """Addresses that two sources want: the address, whose it is, and who lost it."""
        first = "OVER (PARTITION BY folded ORDER BY rank, source, kind, scope, address, arg)"
        query = (
            f"SELECT first_value(address) {first}, first_value(source) {first}, source FROM planned"  # noqa: S608 - our own words
            " WHERE folded IN (SELECT folded FROM planned GROUP BY folded HAVING count(*) > 1) ORDER BY folded"
        )
        yield from self.database.execute(query)


def _file(address: str) -> str:
    """An address as the file system sees it: `/cafe/` and `/cafe/INDEX.html` are one file."""
    return file_key(address + "index.html" if address.endswith("/") else address)
