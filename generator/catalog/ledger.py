"""The ledger: which page read which keys, and in which run it was made.

It finds what must be looked at again, claims it before it is made, and records what came of it.
After a crash, a claimed artifact trusts neither its old context nor its old output. Which artifacts there are
is said by the `Plan`; who read what is kept by the `Traces`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from generator.catalog.keys import Key
from generator.catalog.traces import Traces


class Suspect(Struct, frozen=True):
    """An artifact to be made, with the digests that it may be stopped by (b"" where they can't be trusted)."""

    node: int
    address: str
    kind: str
    arg: str
    context: bytes
    output: bytes


class Made(Struct, frozen=True):
    """What came of a suspect: the digests and the file's state; `size` is -1 where the file was not touched."""

    node: int
    keys: frozenset[Key]
    context: bytes
    output: bytes
    size: int
    mtime_ns: int


class Ledger:
    """Reads and writes what is known of the artifacts within the build's transactions."""

    def __init__(self, database: sqlite3.Connection, run: int) -> None:
        self.database = database
        self.run = run
        self.traces = Traces(database)

    # Artifacts that are wanted no more ----------------------------------------

    def gone(self) -> list[str]:
        """The addresses of artifacts that are wanted no more, until they are forgotten."""
        return [address for (address,) in self.database.execute("SELECT address FROM artifact WHERE kind = ''")]

    def forget_gone(self) -> None:
        """Forget the artifacts that are wanted no more: their files are deleted."""
        for (node,) in self.database.execute("SELECT node FROM artifact WHERE kind = ''").fetchall():
            self.traces.forget(node)
        self.database.execute("DELETE FROM artifact WHERE kind = ''")

    # Suspects --------------------------------------------------------------

    def claim(self, recipes: Mapping[str, bytes], spoilt: Iterable[int]) -> None:
        """Claim all that must be made again: changed keys, changed recipes, spoilt outputs.

        What is claimed already was left by a crash or an error: it trusts nothing that it was.
        """
        execute = self.database.execute
        execute("UPDATE artifact SET context = NULL, output = NULL WHERE claimed = 1")
        self._claim_kinds(recipes)
        # Who read what changed before the last claim was claimed by it. Joined in this order, it costs what changed.
        execute(
            "UPDATE artifact SET claimed = 1 WHERE kind != '' AND node IN (SELECT trace.node FROM key CROSS JOIN trace ON"
            " trace.key = key.id CROSS JOIN artifact AS one ON one.node = trace.node WHERE key.changed > 0"
            " AND key.changed > coalesce((SELECT value FROM meta WHERE name = 'claimed'), 0) AND key.changed > one.run)"
        )
        execute("INSERT OR REPLACE INTO meta VALUES ('claimed', ?)", [self.run])
        self.database.executemany(
            "UPDATE artifact SET claimed = 1, context = NULL, output = NULL WHERE node = ?",
            ((node,) for node in spoilt),
        )

    def _claim_kinds(self, recipes: Mapping[str, bytes]) -> None:
        """Claim all artifacts of the kinds whose recipe changed: all of a kind were made, or claimed, by the last one."""
        known = dict(self.database.execute("SELECT kind, digest FROM recipe"))
        changed = [(kind, recipe) for kind, recipe in recipes.items() if known.get(kind) != recipe]
        if known and changed:
            kinds = ", ".join("?" * len(changed))
            query = f"UPDATE artifact SET claimed = 1, context = NULL WHERE kind IN ({kinds})"  # noqa: S608 - our own words
            self.database.execute(query, [kind for kind, _ in changed])
        self.database.executemany("INSERT OR REPLACE INTO recipe VALUES (?, ?)", changed)
        self.database.executemany("DELETE FROM recipe WHERE kind = ?", ((kind,) for kind in known.keys() - recipes.keys()))

    def output(self, node: int) -> bytes | None:
        """The digest of an artifact's output, None where it can't be trusted."""
        found = self.database.execute("SELECT output FROM artifact WHERE node = ?", [node]).fetchone()
        return found[0] if found else None

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
        written, values = "", [self.run, made.context, made.output]
        if made.size >= 0:
            written = ", size = ?, mtime_ns = ?"
            values += [made.size, made.mtime_ns]
        query = f"UPDATE artifact SET run = ?, claimed = 0, context = ?, output = ?{written} WHERE node = ?"  # noqa: S608
        self.database.execute(query, [*values, made.node])
        self.traces.record(made.node, made.keys)

    def why(self, address: str) -> list[tuple[Key, int]]:
        """The keys that an artifact read, each with the run in which it last changed."""
        found = self.database.execute("SELECT node FROM artifact WHERE address = ?", [address]).fetchone()
        read = self.traces.read_by(found[0]) if found else ()
        return sorted(read, key=lambda one: (-one[1], one[0]))
