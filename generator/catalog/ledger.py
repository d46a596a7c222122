"""The ledger: which plan or page read which keys, and in which run it was made.

It finds what must be looked at again, claims it before it is made, and records what came of it.
After a crash, a claimed artifact trusts neither its old context nor its old output.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.catalog.keys import Key
from generator.slugs import fold


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the plan: a page kind asked about one board, or about the site (scope "")."""

    kind: str
    scope: str
    recipe: bytes


@dataclass(frozen=True, slots=True)
class Planned:
    """An artifact that a unit wants: `source` and `rank` decide where two want one address."""

    address: str
    arg: str
    source: str
    rank: int


@dataclass(frozen=True, slots=True)
class Suspect:
    """An artifact to be made, with the digests that it may be stopped by (b"" where they can't be trusted)."""

    node: int
    address: str
    kind: str
    arg: str
    context: bytes
    output: bytes


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a suspect: the digests and the file's state; `size` is -1 where the file was not touched."""

    node: int
    keys: frozenset[Key]
    context: bytes
    output: bytes
    size: int
    mtime_ns: int


class Ledger:
    """Reads and writes the traces within the build's transactions."""

    def __init__(self, database: sqlite3.Connection, run: int) -> None:
        self.database = database
        self.run = run

    # The plan --------------------------------------------------------------

    def stale_units(self, units: Iterable[Unit]) -> Iterator[Unit]:
        """The units that must be asked again; those that are no more are forgotten."""
        known = {
            (kind, scope): (node, recipe, run)
            for node, kind, scope, recipe, run in self.database.execute(
                "SELECT node, kind, scope, recipe, run FROM unit"
            )
        }
        for unit in units:
            found = known.pop((unit.kind, unit.scope), None)
            if found is None or found[1] != unit.recipe or self._changed(found[0], found[2]):
                yield unit
        for (kind, scope), (node, _, _) in known.items():
            self.database.execute("DELETE FROM planned WHERE kind = ? AND scope = ?", [kind, scope])
            self.database.execute("DELETE FROM unit WHERE node = ?", [node])
            self._forget(node)

    def _changed(self, node: int, run: int) -> bool:
        query = "SELECT 1 FROM trace JOIN key ON key.id = trace.key WHERE trace.node = ? AND key.changed > ? LIMIT 1"
        return self.database.execute(query, [node, run]).fetchone() is not None

    def record_unit(self, unit: Unit, planned: Iterable[Planned], keys: Iterable[Key]) -> None:
        """Replace what a unit wants, and what it read to know that."""
        self.database.execute("DELETE FROM planned WHERE kind = ? AND scope = ?", [unit.kind, unit.scope])
        self.database.executemany(
            "INSERT OR IGNORE INTO planned VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((_file(one.address), unit.kind, unit.scope, one.address, one.arg, one.source, one.rank) for one in planned),
        )
        query = "SELECT node FROM unit WHERE kind = ? AND scope = ?"
        found = self.database.execute(query, [unit.kind, unit.scope]).fetchone()
        node = found[0] if found else self._new_node()
        self.database.execute(
            "INSERT OR REPLACE INTO unit VALUES (?, ?, ?, ?, ?)", [node, unit.kind, unit.scope, unit.recipe, self.run]
        )
        self._trace(node, keys)

    def collisions(self) -> Iterator[tuple[str, str, str]]:
        """Addresses that two sources want: the address, whose it is, and who lost it."""
        query = (
            "SELECT first.address, first.source, second.source FROM planned AS second JOIN planned AS first"
            " ON first.folded = second.folded AND (first.rank, first.source, first.kind, first.scope, first.address, first.arg)"
            " < (second.rank, second.source, second.kind, second.scope, second.address, second.arg)"
            " WHERE second.folded IN (SELECT folded FROM planned GROUP BY folded HAVING count(*) > 1)"
            " ORDER BY second.folded"
        )
        yield from self.database.execute(query)

    def settle_artifacts(self, recipes: Mapping[str, bytes]) -> None:
        """Make the table of artifacts what the plan says; what it lacks is marked as gone."""
        self.database.execute("DROP TABLE IF EXISTS temp.wanted")
        self.database.execute(
            "CREATE TEMP TABLE wanted AS SELECT address, kind, arg FROM planned AS one WHERE NOT EXISTS (SELECT 1"
            " FROM planned AS other WHERE other.folded = one.folded AND (other.rank, other.source, other.kind, other.scope,"
            " other.address, other.arg) < (one.rank, one.source, one.kind, one.scope, one.address, one.arg))"
        )
        self.database.execute("CREATE UNIQUE INDEX temp.wanted_address ON wanted (address)")
        self.database.execute(
            "UPDATE artifact SET kind = '', claimed = 0 WHERE address NOT IN (SELECT address FROM wanted)"
        )
        self.database.execute(
            "UPDATE artifact SET kind = wanted.kind, arg = wanted.arg, context = NULL, claimed = 1 FROM wanted"
            " WHERE wanted.address = artifact.address AND (wanted.kind, wanted.arg) != (artifact.kind, artifact.arg)"
        )
        new = self.database.execute(
            "SELECT address, kind, arg FROM wanted WHERE address NOT IN (SELECT address FROM artifact)"
        ).fetchall()
        node = self._new_node()
        rows = ((node + place, *row, recipes[row[1]]) for place, row in enumerate(new))
        self.database.executemany(
            "INSERT INTO artifact (node, address, kind, arg, recipe, run, claimed) VALUES (?, ?, ?, ?, ?, 0, 1)", rows
        )

    def gone(self) -> list[str]:
        """The addresses of artifacts that are wanted no more, until they are forgotten."""
        return [address for (address,) in self.database.execute("SELECT address FROM artifact WHERE kind = ''")]

    def forget_gone(self) -> None:
        """Forget the artifacts that are wanted no more: their files are deleted."""
        nodes = "SELECT node FROM artifact WHERE kind = ''"
        self.database.execute(f"DELETE FROM trace WHERE node IN ({nodes})")  # noqa: S608 - our own words
        self.database.execute("DELETE FROM artifact WHERE kind = ''")

    # Suspects --------------------------------------------------------------

    def claim(self, recipes: Mapping[str, bytes], spoilt: Iterable[int]) -> None:
        """Claim all that must be made again: changed keys, changed recipes, spoilt outputs.

        What is claimed already was left by a crash or an error: it trusts nothing that it was.
        """
        execute = self.database.execute
        execute("UPDATE artifact SET context = NULL, output = NULL WHERE claimed = 1")
        for kind, recipe in recipes.items():
            execute(
                "UPDATE artifact SET claimed = 1, recipe = ?1, context = NULL WHERE kind = ?2 AND recipe != ?1",
                [recipe, kind],
            )
        execute(
            "UPDATE artifact SET claimed = 1 WHERE kind != '' AND node IN (SELECT trace.node FROM key JOIN trace ON"
            " trace.key = key.id JOIN artifact AS one ON one.node = trace.node WHERE key.changed > one.run)"
        )
        self.database.executemany(
            "UPDATE artifact SET claimed = 1, context = NULL, output = NULL WHERE node = ?",
            ((node,) for node in spoilt),
        )

    def outputs(self) -> Iterator[tuple[int, str, int, int, bytes | None]]:
        """Node, address, size in bytes, mtime in ns and digest of every output that was made."""
        query = "SELECT node, address, size, mtime_ns, output FROM artifact WHERE size >= 0 AND kind != ''"
        yield from self.database.execute(query)

    def refresh_mtime(self, node: int, mtime_ns: int) -> None:
        """The output is as it was left, only its date is new."""
        self.database.execute("UPDATE artifact SET mtime_ns = ? WHERE node = ?", [mtime_ns, node])

    def count_suspects(self) -> int:
        """How many artifacts are claimed."""
        found: int = self.database.execute("SELECT count(*) FROM artifact WHERE claimed = 1").fetchone()[0]
        return found

    def count(self) -> int:
        """How many artifacts there are."""
        found: int = self.database.execute("SELECT count(*) FROM artifact").fetchone()[0]
        return found

    def suspects(self) -> Iterator[Suspect]:
        """The claimed artifacts, kind by kind."""
        query = (
            "SELECT node, address, kind, arg, context, output FROM artifact"
            " WHERE claimed = 1 AND (kind, node) > (?, ?) ORDER BY kind, node LIMIT 1000"
        )
        kind, node = "", 0
        while rows := self.database.execute(query, [kind, node]).fetchall():
            for node, address, kind, arg, context, output in rows:
                yield Suspect(node, address, kind, arg, context or b"", output or b"")

    def record(self, made: Made) -> None:
        """What was made, and what it read."""
        self.database.execute(
            "UPDATE artifact SET run = ?, claimed = 0, context = ?, output = ? WHERE node = ?",
            [self.run, made.context, made.output, made.node],
        )
        if made.size >= 0:
            query = "UPDATE artifact SET size = ?, mtime_ns = ? WHERE node = ?"
            self.database.execute(query, [made.size, made.mtime_ns, made.node])
        self._trace(made.node, made.keys)

    # Traces ----------------------------------------------------------------

    def _new_node(self) -> int:
        query = "SELECT max((SELECT coalesce(max(node), 0) FROM artifact), (SELECT coalesce(max(node), 0) FROM unit)) + 1"
        found: int = self.database.execute(query).fetchone()[0]
        return found

    def _trace(self, node: int, keys: Iterable[Key]) -> None:
        names = [(key,) for key in keys]
        self.database.execute("DELETE FROM trace WHERE node = ?", [node])
        self.database.executemany("INSERT OR IGNORE INTO key (name, changed) VALUES (?, 0)", names)
        self.database.executemany(
            "INSERT OR IGNORE INTO trace SELECT ?, id FROM key WHERE name = ?", ((node, *name) for name in names)
        )

    def _forget(self, node: int) -> None:
        self.database.execute("DELETE FROM trace WHERE node = ?", [node])

    def why(self, address: str) -> list[tuple[Key, int]]:
        """The keys that an artifact read, each with the run in which it last changed."""
        query = (
            "SELECT key.name, key.changed FROM artifact JOIN trace USING (node) JOIN key ON key.id = trace.key"
            " WHERE artifact.address = ? ORDER BY key.changed DESC, key.name"
        )
        return list(self.database.execute(query, [address]))


def _file(address: str) -> str:
    """An address as the file system sees it: `/cafe/` and `/cafe/INDEX.html` are one file."""
    return fold(address + "index.html" if address.endswith("/") else address)
