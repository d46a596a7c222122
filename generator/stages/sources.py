"""Between scan and read: which sources changed since the last build, and what of them the catalog keeps."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator import digest
from generator.catalog import keys
from generator.catalog.rows import AssetRow, BoardRow
from generator.catalog.store import Store
from generator.errors import Problem
from generator.media import kept
from generator.model import Role, Source
from generator.report import Report
from generator.site import Site
from generator.stages import histories
from generator.stages.pool import Pool
from generator.stages.read import GONE, Markup, Reader, Reading, Task, owner
from generator.stages.scan import Scanner, is_hidden, rescan

YOUNG_NS = 3_000_000_000
"""A file younger than this when it was scanned may change again without a new date: its bytes are read next time."""

RUN_BY_BROWSERS = (".html", ".htm", ".xhtml", ".xht", ".svg", ".svgz", ".xml", ".xsl", ".js", ".mjs")

_SEEN = "INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_COLUMNS = "path, role, board, topic, language, size, mtime_ns, inode"


class Sources:
    """Scans the sources into a table of their own and reads those that differ from the catalog's."""

    def __init__(self, store: Store, site: Site) -> None:
        self.store = store
        self.site = site
        self.markups: dict[str, Markup] = {}
        self.recipes: dict[tuple[str, bool], bytes] = {}
        self.partial = False
        self.wikis: dict[str, bool] = {}
        self._recipe_base = digest.of(
            site.version, site.settings.site.timezone, site.settings.site.languages, site.settings.site.url,
            site.settings.markdown, site.theme.words.digest, site.settings.pictures,
        )

    def scan(self, changed: Iterable[Path] | None = None) -> int:
        """Find all sources and forget those that are gone; how many there are.

        `changed` are all paths that changed since the last scan: where they are texts and files that are known,
        only those are looked at, and `partial` is true.
        """
        database = self.store.database
        database.execute("DROP TABLE IF EXISTS temp.seen")
        database.execute(
            "CREATE TEMP TABLE seen (path TEXT PRIMARY KEY, role, board, topic, language, size, mtime_ns, inode, trusted)"
            " WITHOUT ROWID"
        )
        # The words of the interface are in every text that has a box of a kind, as "Note".
        reworded = self.store.set_meta("words", self.site.theme.words.digest)
        known = None if changed is None or reworded else self._known(changed)
        self.partial = known is not None
        if known is None:
            self._scan_all()
        else:
            database.executemany(_SEEN, map(self._columns, known))
        table = "source" if self.partial else "seen"
        total: int = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own words
        return total

    def _scan_all(self) -> None:
        database = self.store.database
        languages = frozenset(self.site.settings.site.languages) - {self.site.settings.site.language}
        scanner = Scanner(self.site.root, languages, self.site.settings.site.language)
        database.executemany(_SEEN, map(self._columns, scanner.sources()))
        self.store.replace_problems("scan", scanner.problems)
        self.store.set_meta("links", int(scanner.links))
        # A board's file that is another's now goes first: boards are settled before the rest is read.
        gone = (
            "SELECT path, role, board FROM source WHERE path NOT IN (SELECT path FROM seen) OR (role = 'board'"
            " AND (SELECT role FROM seen WHERE seen.path = source.path) != 'board')"
        )
        for path, role, board in database.execute(gone).fetchall():
            self._forget(path, role, board)

    def _known(self, changed: Iterable[Path]) -> list[Source] | None:
        """The known sources among the paths, as they are now; None where more than their text may have changed."""
        # A link shows under its own name what changed under another.
        if self.store.meta("now") is None or self.store.meta("links"):
            return None
        found = []
        root = self.site.root.resolve()
        for path in changed:
            name = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
            if name.startswith(("content/", "static/")) and not is_hidden(name):
                source = self._row(name)
                if source is None and (path.is_symlink() or path.exists() or self._has_below(name) or self._was_left_out(name)):
                    return None
                now = rescan(root, source) if source else None
                if source and (now is None or source.role is Role.BOARD):
                    return None
                found += [now] if now else []
            elif not name.startswith(("themes/", "locale/")):
                return None
        return found

    def _row(self, path: str) -> Source | None:
        row = self.store.database.execute(f"SELECT {_COLUMNS} FROM source WHERE path = ?", [path]).fetchone()  # noqa: S608 - our own words
        return _source(row) if row else None

    def _has_below(self, folder: str) -> bool:
        query = "SELECT 1 FROM source WHERE path > ? AND path < ? LIMIT 1"
        return self.store.database.execute(query, [f"{folder}/", f"{folder}0"]).fetchone() is not None

    def _was_left_out(self, path: str) -> bool:
        """Whether the last scan told what is wrong with it, or with anything below it."""
        query = "SELECT 1 FROM problem WHERE scope = 'scan' AND (path = ? OR (path > ? AND path < ?)) LIMIT 1"
        return self.store.database.execute(query, [path, f"{path}/", f"{path}0"]).fetchone() is not None

    def _forget(self, path: str, role: str, board: str) -> None:
        for owned in self._former_owner(path):
            self.store.changes.mark(owned)
        self.store.forget_source(path)
        self._forget_besides(path)
        if role in (Role.ASSET, Role.STATIC):
            self.store.set_fact(keys.asset(path), None)
            self.store.set_fact(keys.timed(path), None)
            self._touch_asset(path, role, board)
            kept.forget(self.site.state.parent, kept.of_picture(path))

    def _forget_besides(self, path: str) -> None:
        """Forget what is kept of a text besides what it says."""
        histories.forget(self.store, path)
        self.store.replace_entries(keys.text_owner(path), ())

    def _former_owner(self, path: str) -> list[str]:
        """Whom a source belonged to, also where none of its entries could be read."""
        source = self._row(path)
        return [owner(source)] if source and source.role not in (Role.ASSET, Role.STATIC) else []

    def _mark_former(self, source: Source) -> None:
        """A source that was another's, or something else, changed that as a whole."""
        former = self._row(source.path)
        if former and former.role not in (Role.ASSET, Role.STATIC) and _place(former) != _place(source):
            self.store.changes.mark(owner(former))

    def mark_recipes(self, boards: Mapping[str, BoardRow]) -> None:
        """How texts on each board are read."""
        self.recipes.clear()
        self.markups = {
            board.key: Markup(board.engine, board.breaks, board.format, board.language, mail=board.mail, hides=board.hides)
            for board in boards.values()
        }

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
        self._write_recipes()
        # Compared by SQLite: of the many that are as they were, none is brought to Python.
        place, date = "role board topic language", "size mtime_ns inode"
        query = (
            f"INSERT INTO stale SELECT seen.path, rules.recipe, CASE WHEN {_same(place)}"  # noqa: S608 - our own words
            " AND source.recipe = rules.recipe THEN source.digest ELSE x'' END"
            " FROM seen JOIN rules USING (board, trusted) LEFT JOIN source ON source.path = seen.path"
            " WHERE (seen.role = 'board') = ? AND (?"
            f" OR source.recipe IS NOT rules.recipe OR source.young OR NOT {_same(f'{place} {date}')})"
        )
        return database.execute(query, [boards, verify or self.partial]).rowcount

    def _write_recipes(self) -> None:
        """Write down how each source must have been read."""
        database = self.store.database
        database.execute("DROP TABLE IF EXISTS temp.rules")
        database.execute("CREATE TEMP TABLE rules (board, trusted, recipe, PRIMARY KEY (board, trusted)) WITHOUT ROWID")
        every = database.execute("SELECT DISTINCT board, trusted FROM seen").fetchall()
        rows = ((board, trusted, self._recipe(board, trusted=bool(trusted))) for board, trusted in every)
        database.executemany("INSERT INTO rules VALUES (?, ?, ?)", rows)

    def _tasks(self) -> Iterator[Task]:
        query = (
            f"SELECT {_COLUMNS}, recipe, known FROM stale JOIN seen USING (path)"  # noqa: S608 - our own words
            " WHERE path > ? ORDER BY path LIMIT 1000"
        )
        last = ""
        while rows := self.store.database.execute(query, [last]).fetchall():
            for *columns, recipe, known in rows:
                source = _source(columns)
                yield Task(source, self._markup(source.board), recipe, known)
            last = rows[-1][0]

    def _markup(self, board: str) -> Markup:
        settings = self.site.settings.markdown
        return self.markups.get(board) or Markup(settings.engine, settings.breaks, "", self.site.settings.site.language)

    def _recipe(self, board: str, *, trusted: bool) -> bytes:
        """Changes when a source must be read again although its bytes are the same."""
        key = (board, trusted)
        if key not in self.recipes:
            self.recipes[key] = digest.of(self._recipe_base, self._markup(board), trusted)
        return self.recipes[key]

    def _columns(self, source: Source) -> tuple[object, ...]:
        return (
            source.path, source.role.value, source.board, source.topic, source.language,
            source.size, source.mtime_ns, source.inode, self.site.settings.is_trusted(source.path),
        )  # fmt: skip

    def _keep(self, reading: Reading) -> None:
        source = reading.source
        if reading.digest == GONE and not reading.document:
            self._forget(source.path, source.role, source.board)
            return
        if reading.document:
            self._mark_former(source)
        # What could not be read is read again: mended permissions leave a file's date as it is.
        young = not reading.digest or self._scanned_ns() - source.mtime_ns < YOUNG_NS
        if source.role in (Role.ASSET, Role.STATIC):
            self._keep_asset(reading)
        recipe = b"" if reading.undated else reading.recipe
        self.store.put_source(source, reading.digest, recipe, young=young)
        if not reading.document:
            return
        self._keep_wiki(reading)
        if source.role is Role.REPLIES:
            self.store.replace_entries(keys.text_owner(source.path), reading.stray)
        elif self.store.traced:
            self.store.replace_entries(keys.text_owner(source.path), ())
        self.store.put_document(source.path, owner(source), reading.head, reading.lost, reading.entries, reading.html)
        self.store.replace_problems(f"source/{source.path}", reading.problems)

    def _keep_wiki(self, reading: Reading) -> None:
        """Note a file that git has to tell the history of, and forget that of one that is no wiki any more."""
        path = reading.source.path
        if reading.wiki:
            self.wikis[path] = reading.shy
        elif self.store.traced:
            histories.forget(self.store, path)

    def _keep_asset(self, reading: Reading) -> None:
        source = reading.source
        copied = source.role is Role.STATIC or self._may_run(source.path)
        media = reading.media
        row = AssetRow(
            source.path, source.board, source.topic, source.size, reading.digest, copied, media.sound, media.picture,
            media.film,
        )
        self.store.set_fact(keys.timed(source.path), media.timed)
        query = "SELECT role, board FROM source WHERE path = ?"
        before = self.store.database.execute(query, [source.path]).fetchone()
        if before and before[0] not in (Role.ASSET, Role.STATIC):
            self.store.forget_document(source.path)
            self._forget_besides(source.path)
            self.store.replace_problems(f"source/{source.path}", ())
        if self.store.set_fact(keys.asset(source.path), row if reading.digest else None):
            self._touch_asset(source.path, source.role, source.board)
            if before:
                self.store.touch(keys.assets(_asset_scope(before[0], before[1])))
        problems = reading.problems if copied else (_refused(source.path),)
        self.store.replace_problems(f"source/{source.path}", problems)

    def _touch_asset(self, path: str, role: str, board: str) -> None:
        for key in (keys.assets(_asset_scope(role, board)), *keys.besides(path)):
            self.store.touch(key)

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


def _place(source: Source) -> tuple[object, ...]:
    return source.role, source.board, source.topic, source.language


def _same(columns: str) -> str:
    """The SQL that compares columns of the tables `seen` and `source`."""
    names = columns.split()
    return f"({', '.join(f'seen.{name}' for name in names)}) IS ({', '.join(f'source.{name}' for name in names)})"


def _source(row: Sequence[Any]) -> Source:
    path, role, *rest = row
    return Source(path, Role(role), *rest)
