"""The build: the six stages in their order, and nothing else.

A clean build is an incremental one with an empty state file. The order of commits is: catalog and plan,
claims, files, traces.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from sqlite3 import Connection
from uuid import uuid4

from generator import digest
from generator import site as sites
from generator.catalog import database, keys
from generator.catalog.derive import boards as derive_boards
from generator.catalog.derive import derive
from generator.catalog.derive.context import Terms
from generator.catalog.ledger import Ledger
from generator.catalog.lock import locked
from generator.catalog.rows import BoardRow
from generator.catalog.store import Store, problems
from generator.model import Moment
from generator.registry import discover
from generator.report import Report, Result, Silent
from generator.site import Site
from generator.stages.plan import plan
from generator.stages.pool import Pool, Processes, pool
from generator.stages.read import Reader
from generator.stages.render import Renderer
from generator.stages.sources import Sources
from generator.stages.write import file_name, file_path, remove

READ_BATCH = 40
RENDER_BATCH = 40


def open_site(
    root: Path, *, output: Path | None = None, drafts: bool = False, fingerprint: bool = True, now: Moment | None = None
) -> Site:
    """The site in a folder with all features; see `site.load`."""
    return sites.load(root, discover(), output=output, drafts=drafts, fingerprint=fingerprint, now=now)


def build(site: Site, report: Report | None = None, *, jobs: int | None = None, verify: bool = False) -> Result:
    """Make the output what the sources say.

    `jobs` is the number of processes; `verify` reads every source and output instead of trusting dates.
    Raises `BusyError` while another build runs, `OutputError` where nothing can be written.
    """
    started = time.monotonic()
    workers = pool(jobs)
    with (
        locked(site.state),
        closing(database.create_or_open(site.state)) as connection,
        workers if isinstance(workers, Processes) else nullcontext(),
    ):
        run = Build(site, connection, workers, report or Silent(), verify=verify)
        try:
            return run.run(started)
        finally:
            database.release_shared(site.state, run.name)


class Build:
    """One run over the stages; its state is in the catalog alone."""

    def __init__(self, site: Site, connection: Connection, workers: Pool, report: Report, *, verify: bool) -> None:
        self.site = site
        self.database = connection
        self.workers = workers
        self.report = report
        self.verify = verify
        self.number = _next_run(connection)
        self.name = uuid4().hex
        self.store = Store(connection, self.number)
        self.ledger = Ledger(connection, self.number)
        self.recipes = {name: site.recipe(kind) for name, kind in site.registry.pages.items()}

    def run(self, started: float) -> Result:
        """The stages, one after another."""
        before = _clock(self.database)
        self.database.execute("BEGIN IMMEDIATE")
        self._remember_settings()
        boards, read, total = self._read()
        derive(self.store, self._terms(), boards, self._changed_boards(boards), before)
        self._plan(boards)
        self.store.set_meta("now", self.site.now)
        self.database.execute("COMMIT")
        removed = self._remove()
        self._claim()
        rendered, written = self._render()
        return Result(
            problems=tuple(problems(self.database)),
            written=tuple(sorted(written)),
            removed=tuple(sorted(removed)),
            sources=total,
            read=read,
            artifacts=self.ledger.count(),
            rendered=rendered,
            seconds=time.monotonic() - started,
        )

    def _terms(self) -> Terms:
        site = self.site
        return Terms(site.settings, site.registry.board_kinds, site.now, site.drafts, site.version)

    def _remember_settings(self) -> None:
        settings = self.site.settings
        for section in ("site", "feeds", "search", "navigation", "people", "boards", "trusted"):
            self.store.set_fact(keys.setting(section), getattr(settings, section))
        assets = self.site.theme.assets(fingerprint=self.site.presentation.fingerprint)
        self.store.set_fact(keys.setting("assets"), [(asset.name, asset.address, asset.digest) for asset in assets])

    # Scan and read ---------------------------------------------------------

    def _read(self) -> tuple[dict[str, BoardRow], int, int]:
        """Scan the site and read what changed: boards first, because the others are read by their rules."""
        sources = Sources(self.store, self.site)
        total = sources.scan()
        reader = Reader(self.site.root, self.site.settings, self.site.version, self.name, self._known_html())
        sources.mark_recipes(derive_boards.known(self.store))
        read = sources.read(reader, self.workers, self.report, READ_BATCH, boards=True, verify=self.verify)
        boards = derive_boards.derive(self.store, self._terms())
        sources.mark_recipes(boards)
        # A board's own text is read by its own rules, which its file has only now told.
        if sources.read(reader, self.workers, self.report, READ_BATCH, boards=True, verify=False):
            boards = derive_boards.derive(self.store, self._terms())
        read += sources.read(reader, self.workers, self.report, READ_BATCH, boards=False, verify=self.verify)
        return boards, read, total

    def _known_html(self) -> Path | None:
        known = self.database.execute("SELECT 1 FROM html LIMIT 1").fetchone()
        return self.site.state if known else None

    def _changed_boards(self, boards: dict[str, BoardRow]) -> set[str]:
        """Boards whose topics have to be settled again: new, changed, closed or gone."""
        query = "SELECT name FROM meta WHERE name LIKE 'board/%'"
        known = {name.removeprefix("board/") for (name,) in self.database.execute(query).fetchall()}
        gone = known - boards.keys()
        for key in gone:
            self.store.forget_meta(f"board/{key}")
        return gone | {key for key, board in boards.items() if self.store.set_meta(f"board/{key}", digest.of(board))}

    # Plan ------------------------------------------------------------------

    def _plan(self, boards: dict[str, BoardRow]) -> None:
        found = plan(self.database, self.ledger, self.site.registry.pages, boards, self.recipes)
        if found is not None:
            self.store.replace_problems("plan", found)

    def _remove(self) -> list[str]:
        """Delete what is wanted no more, before anything new is written in its place."""
        gone = self.ledger.gone()
        removed = [file_name(address) for address in gone if remove(self.site.output, address)]
        if gone:
            self.database.execute("BEGIN IMMEDIATE")
            for address in gone:
                self.store.replace_problems(f"page/{address}", ())
            self.ledger.forget_gone()
            self.database.execute("COMMIT")
        return removed

    # Render and write ------------------------------------------------------

    def _claim(self) -> None:
        self.database.execute("BEGIN IMMEDIATE")
        self.ledger.claim(self.recipes, self._spoilt())
        self.database.execute("COMMIT")

    def _spoilt(self) -> Iterator[int]:
        """Outputs that were deleted or edited by hand."""
        for node, address, size, mtime_ns, known in list(self.ledger.outputs()):
            path = file_path(self.site.output, address)
            try:
                stat = path.stat()
            except OSError:
                yield node
                continue
            if (stat.st_size, stat.st_mtime_ns) == (size, mtime_ns) and not self.verify:
                continue
            if stat.st_size == size and known == digest.of_file(path):
                self.ledger.refresh_mtime(node, stat.st_mtime_ns)
            else:
                yield node

    def _render(self) -> tuple[int, list[str]]:
        """Make the suspects; how many there were, and the files that were written."""
        count = self.ledger.count_suspects()
        self.report.stage("render", count)
        written: list[str] = []
        renderer = Renderer(self.site, self.name)
        for outcomes in self.workers.map(renderer, self.ledger.suspects(), RENDER_BATCH):
            self.database.execute("BEGIN IMMEDIATE")
            for outcome in outcomes:
                self.store.replace_problems(f"page/{outcome.address}", outcome.problems)
                if outcome.made:
                    self.ledger.record(outcome.made)
                if outcome.written:
                    written.append(file_name(outcome.address))
            self.database.execute("COMMIT")
            self.report.advance(len(outcomes))
        return count, written


def _next_run(connection: Connection) -> int:
    run = connection.execute("SELECT value FROM meta WHERE name = 'run'").fetchone()
    number: int = (run[0] if run else 0) + 1
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('run', ?)", [number])
    return number


def _clock(connection: Connection) -> int | None:
    found = connection.execute("SELECT value FROM meta WHERE name = 'now'").fetchone()
    return found[0] if found else None
