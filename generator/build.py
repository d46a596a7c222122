"""The build: the six stages in their order, and nothing else.

A clean build is an incremental one with an empty state file. The order of commits is: catalog and plan,
claims, files, traces.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, nullcontext
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from uuid import uuid4

from msgspec.structs import replace

from generator import digest, unchanged
from generator import site as sites
from generator.catalog import database, keys
from generator.catalog.derive import boards as derive_boards
from generator.catalog.derive import derive
from generator.catalog.derive.context import Terms
from generator.catalog.ledger import Ledger
from generator.catalog.lock import locked
from generator.catalog.packing import dump
from generator.catalog.problems import problems
from generator.catalog.rows import BoardRow
from generator.catalog.store import Store
from generator.errors import AnjomanError, Problem
from generator.installed import has_plugins
from generator.lettering import fonts
from generator.listing import UNSEEN, Changed, Seal
from generator.media import kept
from generator.model import Moment
from generator.registry import discover
from generator.report import Report, Result, Silent
from generator.site import Site
from generator.stages import histories
from generator.stages.plan import plan
from generator.stages.pool import Pool, Processes, pool
from generator.stages.read import Reader
from generator.stages.render import Renderer
from generator.stages.sources import Sources
from generator.stages.standing import altered
from generator.stages.write import file_name, file_path, remove, writing

READ_BATCH = 40
RENDER_BATCH = 40


def open_site(
    root: Path,
    *,
    output: Path | None = None,
    drafts: bool = False,
    fingerprint: bool = True,
    now: Moment | None = None,
    seal: Seal = UNSEEN,
) -> Site:
    """The site in a folder with all features; see `site.load`."""
    registry = discover(packages=has_plugins(root.absolute() / sites.STATE))
    return sites.load(root, registry, output=output, drafts=drafts, fingerprint=fingerprint, now=now, seal=seal)


def prepare(site: Site) -> None:
    """Load what a build of a few texts needs, so that the first one after a change need not wait for it."""
    Reader(site.root, site.settings, site.version, "", None).prepare()
    Renderer(site, "").prepare()


def build(
    site: Site,
    report: Report | None = None,
    *,
    jobs: int | None = None,
    verify: bool = False,
    wait: float = 0,
    changed: Changed | None = None,
) -> Result:
    """Make the output what the sources say.

    `jobs` is the number of processes; `verify` reads every source and output instead of trusting dates;
    `wait` is for how many seconds another build is waited for; with `changed` nothing else is looked at. Raises `BusyError` while that runs,
    `OutputError` where nothing can be written, `WorkerError` where processes are ended.
    """
    started = time.monotonic()
    hint = None if verify else changed
    attempt = partial(_build, site, report or Silent(), jobs=jobs, verify=verify, changed=hint, started=started)
    with locked(site.state, wait), database.disk_errors(site.state):
        old = site.state.exists()
        try:
            return attempt()
        except (AnjomanError, OSError, MemoryError):
            raise
        except Exception as error:
            # Damage shows in many ways. As all of the state is derived, it is made from nothing, once.
            if not old or (isinstance(error, sqlite3.Error) and not database.is_damage(error)):
                raise
            problem = _damaged(site, error)
        database.start_afresh(site.state)
        result = attempt()
        return replace(result, problems=(*result.problems, problem))


def _build(
    site: Site, report: Report, *, jobs: int | None, verify: bool, changed: Changed | None, started: float
) -> Result:
    """Build with the state file as it is."""
    workers = pool(jobs)
    with (
        writing(site.output),
        closing(database.create_or_open(site.state, verify=verify)) as connection,
        workers if isinstance(workers, Processes) else nullcontext(),
    ):
        run = Build(site, connection, workers, report, verify=verify, changed=changed)
        try:
            return run.run(started)
        finally:
            database.release_shared(site.state, run.name)


def _damaged(site: Site, error: Exception) -> Problem:
    path = f"{site.state.parent.name}/{site.state.name}"
    message = f"the state file was damaged, so all was built anew ({type(error).__name__}: {error})"
    hint = "Pages of texts that were deleted meanwhile may have stayed: to be certain, empty the output and build again."
    return Problem(path, 0, "", message, hint, "warning")


class Build:
    """One run over the stages; its state is in the catalog alone."""

    def __init__(
        self,
        site: Site,
        connection: Connection,
        workers: Pool,
        report: Report,
        *,
        verify: bool,
        changed: Changed | None,
    ) -> None:
        self.site = site
        self.database = connection
        self.workers = workers
        self.report = report
        self.verify = verify
        self.changed = changed
        self.number = _next_run(connection)
        self.name = uuid4().hex
        self.store = Store(connection, self.number)
        self.sources = Sources(self.store, site)
        self.ledger = Ledger(connection, self.number)
        self.recipes = {name: site.recipe(kind) for name, kind in site.registry.pages.items()}

    def run(self, started: float) -> Result:
        """The stages, one after another."""
        before = _clock(self.database)
        self.database.execute("BEGIN IMMEDIATE")
        unchanged.forget(self.database)
        self._remember_settings()
        boards, read, total = self._read()
        # Workers that were forked within this transaction share SQLite's locks with it: after it has ended
        # they could read what is just being written. They may only read before that.
        self.workers.release()
        self._remember_histories()
        derive(self.store, self._terms(), boards, self._changed_boards(boards), before)
        self._plan(boards)
        self.store.set_meta("now", self.site.now)
        self.database.execute("COMMIT")
        database.share(self.database)
        removed = self._remove()
        self._claim()
        rendered, written = self._render()
        unchanged.keep(self.database, self.site.seal, total)
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
        for section in ("site", "feeds", "search", "cards", "embeds", "pictures", "navigation", "translations", "people", "boards", "trusted", "activity"):
            self.store.set_fact(keys.setting(section), getattr(settings, section))
        self.store.set_fact(keys.setting("badges"), [*settings.badges.items()])
        self.store.set_fact(keys.setting("top"), settings.top.enabled)
        self.store.set_fact(keys.setting("honours"), bool(settings.badges))
        self.store.set_fact(keys.setting("trust"), [(name, one.title or name) for name, one in settings.trust.items()])
        self.store.set_fact(keys.setting("posts"), dict(self.site.theme.options).get("posts") == "true")
        assets = self.site.theme.assets(fingerprint=self.site.presentation.fingerprint)
        self.store.set_fact(keys.setting("assets"), [(asset.name, asset.address, asset.digest) for asset in assets])
        self._remember_fonts()

    def _remember_fonts(self) -> None:
        """The fonts of the machine, for a site that has pictures drawn."""
        cards, folder = self.site.settings.cards, self.site.state.parent
        if not cards.enabled:
            fonts.forget(folder)
        known = fonts.known(self.site.root, folder, cards.fonts) if cards.enabled else ()
        self.store.set_fact(keys.setting("fonts"), known)

    # Scan and read ---------------------------------------------------------

    def _read(self) -> tuple[dict[str, BoardRow], int, int]:
        """Scan the site and read what changed: boards first, because the others are read by their rules."""
        sources = self.sources
        total = sources.scan(self.changed.paths if self.changed else None)
        site, settled = self.site, self._is_watched()
        reader = Reader(
            site.root, site.settings, site.version, self.name, self._known_html(), settled=settled, words=site.theme.words
        )
        sources.mark_recipes(derive_boards.known(self.store))
        read = sources.read(reader, self.workers, self.report, READ_BATCH, boards=True, verify=self.verify)
        boards = derive_boards.derive(self.store, self._terms())
        sources.mark_recipes(boards)
        # A board's own text is read by its own rules, which its file has only now told.
        if sources.read(reader, self.workers, self.report, READ_BATCH, boards=True, verify=False):
            boards = derive_boards.derive(self.store, self._terms())
        read += sources.read(reader, self.workers, self.report, READ_BATCH, boards=False, verify=self.verify)
        return boards, read, total

    def _is_watched(self) -> bool:
        """Whether somebody watched all that this build does not look at."""
        return self.sources.partial and self.changed is not None and self.changed.watched

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
        return gone | {key for key, board in boards.items() if self.store.set_meta(f"board/{key}", digest.of_bytes(dump(board)))}

    def _remember_histories(self) -> None:
        if self.sources.wikis or self.store.meta("history") is not None:
            histories.remember(self.store, self.site.root, self.sources.wikis)

    # Plan ------------------------------------------------------------------

    def _plan(self, boards: dict[str, BoardRow]) -> None:
        found = plan(self.database, self.ledger, self.site.registry.pages, boards, self.recipes)
        if found is not None:
            self.store.replace_problems("plan", found)

    def _remove(self) -> list[str]:
        """Delete what is wanted no more, before anything new is written in its place."""
        gone = self.ledger.gone()
        removed = [file_name(address) for address in gone if remove(self.site.output, address)]
        for address in gone:
            kept.forget(self.site.state.parent, address)
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
        """Outputs that were deleted or edited by hand; looked for where nobody watched them."""
        if self._is_watched():
            return
        for node, address, size, stat in altered(self.database, self.site.output, every=self.verify):
            known = stat and self.ledger.output(node)
            if stat and stat.st_size == size and known == _digest(file_path(self.site.output, address)):
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


def _digest(path: Path) -> bytes:
    """The digest of an output, b"" of what is no file or can't be read."""
    try:
        return digest.of_file(path)
    except OSError:
        return b""


def _next_run(connection: Connection) -> int:
    run = connection.execute("SELECT value FROM meta WHERE name = 'run'").fetchone()
    number: int = (run[0] if run else 0) + 1
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('run', ?)", [number])
    return number


def _clock(connection: Connection) -> int | None:
    found = connection.execute("SELECT value FROM meta WHERE name = 'now'").fetchone()
    return found[0] if found else None
