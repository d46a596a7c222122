"""Between scan and read: which sources changed since the last build, and what of them the catalog keeps."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator import digest
from generator.catalog import keys
from generator.catalog.rows import AssetRow, BoardRow
from generator.catalog.store import Store
from generator.errors import Problem
from generator.language import messages_digest
from generator.model import Role, Source
from generator.report import Report
from generator.site import Site
from generator.stages.pool import Pool
from generator.stages.read import Markup, Reader, Reading, Task, owner
from generator.stages.scan import Scanner

YOUNG_NS = 3_000_000_000
"""A file younger than this when it was scanned may change again without a new date: its bytes are read next time."""

RUN_BY_BROWSERS = (".html", ".htm", ".xhtml", ".xht", ".svg", ".svgz", ".xml", ".xsl", ".js", ".mjs")

_COLUMNS = "path, role, board, topic, language, size, mtime_ns, inode"


class Sources:
    """Scans the sources into a table of their own and reads those that differ from the catalog's."""

    def __init__(self, store: Store, site: Site) -> None:
        self.store = store
        self.site = site
        self.markups: dict[str, Markup] = {}
        self.recipes: dict[tuple[str, bool], bytes] = {}
        self._recipe_base = digest.of(
            site.version, site.settings.site.timezone, site.settings.site.languages, site.settings.markdown, messages_digest()
        )

    def scan(self) -> int:
        """Find all sources and forget those that are gone; how many there are."""
        database = self.store.database
        database.execute("DROP TABLE IF EXISTS temp.seen")
        database.execute(
            "CREATE TEMP TABLE seen (path TEXT PRIMARY KEY, role, board, topic, language, size, mtime_ns, inode) WITHOUT ROWID"
        )
        languages = frozenset(self.site.settings.site.languages) - {self.site.settings.site.language}
        scanner = Scanner(self.site.root, languages)
        database.executemany(
            "INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(_columns, scanner.sources())
        )
        self.store.replace_problems("scan", scanner.problems)
        gone = "SELECT path, role, board FROM source WHERE path NOT IN (SELECT path FROM seen)"
        for path, role, board in database.execute(gone).fetchall():
            self._forget(path, role, board)
        total: int = database.execute("SELECT count(*) FROM seen").fetchone()[0]
        return total

    def _forget(self, path: str, role: str, board: str) -> None:
        for owned in self._former_owner(path):
            self.store.changes.owners.add(owned)
        self.store.forget_source(path)
        if role in (Role.ASSET, Role.STATIC):
            self.store.set_fact(keys.asset(path), None)
            self.store.touch(keys.assets(_asset_scope(role, board)))

    def _former_owner(self, path: str) -> list[str]:
        """Whom a source belonged to, also where none of its entries could be read."""
        row = self.store.database.execute(f"SELECT {_COLUMNS} FROM source WHERE path = ?", [path]).fetchone()  # noqa: S608 - our own words
        return [owner(_source(row))] if row and row[1] not in (Role.ASSET, Role.STATIC) else []

    def mark_recipes(self, boards: Mapping[str, BoardRow]) -> None:
        """How texts on each board are read."""
        self.recipes.clear()
        self.markups = {board.key: Markup(board.engine, board.breaks, board.format, board.language) for board in boards.values()}

    def read(self, reader: Reader, workers: Pool, report: Report, batch: int, *, boards: bool, verify: bool) -> int:
        """Read the boards, or all others, that changed; how many were read."""
        count = self._mark_stale(boards=boards, verify=verify)
        report.stage("read", count)
        for readings in workers.map(reader, self._tasks(), batch):
            for reading in readings:
                self._keep(reading)
            report.advance(len(readings))
        return count

    def _mark_stale(self, *, boards: bool, verify: bool) -> int:
        """Note which sources have to be read; how many they are."""
        database = self.store.database
        database.execute("DROP TABLE IF EXISTS temp.stale")
        database.execute("CREATE TEMP TABLE stale (path TEXT PRIMARY KEY, recipe, known) WITHOUT ROWID")
        query = (
            "SELECT seen.path, seen.role, seen.board, seen.topic, seen.language, seen.size, seen.mtime_ns, seen.inode,"
            " source.recipe, source.digest, (seen.role, seen.board, seen.topic, seen.language) IS"
            " (source.role, source.board, source.topic, source.language),"
            " (seen.size, seen.mtime_ns, seen.inode, 0) IS (source.size, source.mtime_ns, source.inode, source.young)"
            " FROM seen LEFT JOIN source USING (path) WHERE (seen.role = 'board') = ?"
        )
        count = 0
        for *columns, recipe, known, same_place, same_date in database.execute(query, [boards]):
            source = _source(columns)
            wanted = self._recipe(source)
            same = bool(same_place) and recipe == wanted
            if not (same and same_date) or verify:
                row = [source.path, wanted, known if same else b""]
                database.execute("INSERT INTO stale VALUES (?, ?, ?)", row)
                count += 1
        return count

    def _tasks(self) -> Iterator[Task]:
        query = (
            f"SELECT {_COLUMNS}, recipe, known FROM stale JOIN seen USING (path)"  # noqa: S608 - our own words
            " WHERE path > ? ORDER BY path LIMIT 1000"
        )
        last = ""
        while rows := self.store.database.execute(query, [last]).fetchall():
            for *columns, recipe, known in rows:
                source = _source(columns)
                yield Task(source, self._markup(source), recipe, known)
            last = rows[-1][0]

    def _markup(self, source: Source) -> Markup:
        settings = self.site.settings.markdown
        return self.markups.get(source.board) or Markup(settings.engine, settings.breaks, "", self.site.settings.site.language)

    def _recipe(self, source: Source) -> bytes:
        """Changes when a source must be read again although its bytes are the same."""
        trusted = self.site.settings.is_trusted(source.path)
        key = (source.board, trusted)
        if key not in self.recipes:
            self.recipes[key] = digest.of(self._recipe_base, self._markup(source), trusted)
        return self.recipes[key]

    def _keep(self, reading: Reading) -> None:
        source = reading.source
        for owned in self._former_owner(source.path) if reading.document else ():
            self.store.changes.owners.add(owned)
        # What could not be read is read again: mended permissions leave a file's date as it is.
        young = not reading.digest or self._scanned_ns() - source.mtime_ns < YOUNG_NS
        if source.role in (Role.ASSET, Role.STATIC):
            self._keep_asset(reading)
        recipe = b"" if reading.undated else reading.recipe
        self.store.put_source(source, reading.digest, recipe, young=young)
        if not reading.document:
            return
        self.store.put_html(reading.html)
        self.store.put_document(source.path, owner(source), reading.head, reading.lost, reading.entries)
        self.store.replace_problems(f"source/{source.path}", reading.problems)

    def _keep_asset(self, reading: Reading) -> None:
        source = reading.source
        copied = source.role is Role.STATIC or self._may_run(source.path)
        row = AssetRow(source.path, source.board, source.topic, source.size, reading.digest, copied)
        query = "SELECT role, board FROM source WHERE path = ?"
        before = self.store.database.execute(query, [source.path]).fetchone()
        if before and before[0] not in (Role.ASSET, Role.STATIC):
            self.store.forget_entries(source.path)
            self.store.replace_problems(f"source/{source.path}", ())
        if self.store.set_fact(keys.asset(source.path), row if not reading.problems else None):
            self.store.touch(keys.assets(_asset_scope(source.role, source.board)))
            if before:
                self.store.touch(keys.assets(_asset_scope(before[0], before[1])))
        problems = reading.problems if copied else (_refused(source.path),)
        self.store.replace_problems(f"source/{source.path}", problems)

    def _may_run(self, path: str) -> bool:
        """Whether a file is copied: what a browser would run must be the owner's."""
        return not path.lower().endswith(RUN_BY_BROWSERS) or self.site.settings.is_trusted(path)

    def _scanned_ns(self) -> int:
        # The clock of the machine, not the build's: it says how old a file is, and is part of no page.
        return time.time_ns()


def _refused(path: str) -> Problem:
    message = "a file that browsers run is copied for trusted paths only; it is left out"
    return Problem(path, 0, "", message, "Name its path in site.toml: [trusted] paths.", "warning")


def _asset_scope(role: str, board: str) -> str:
    return "static/" if role == Role.STATIC else board


def _columns(source: Source) -> tuple[object, ...]:
    return (
        source.path, source.role.value, source.board, source.topic, source.language,
        source.size, source.mtime_ns, source.inode,
    )  # fmt: skip


def _source(row: Sequence[Any]) -> Source:
    path, role, *rest = row
    return Source(path, Role(role), *rest)
