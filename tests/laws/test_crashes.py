"""Law 3: a crash at any boundary of the stages, then a build, equals a clean build, also when the edit was reverted.

A crash is a process that ends without a word (`os._exit`), between two steps of the build.
"""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import pytest

from generator import build as building
from generator.build import Build, build, open_site
from generator.catalog import database
from generator.catalog.ledger import Ledger
from generator.catalog.planned import Plan
from generator.catalog.store import Store
from generator.errors import WorkerError
from generator.stages import render
from generator.stages import write as writing
from generator.stages.sources import Sources
from tests.laws.world import World, tree

NOW = 1_770_000_000
CRASHED = 77
TOPIC = "content/cafe/unlike.md"

# Where the process ends: before or after a step, and how many calls of it went well.
BOUNDARIES = [
    (Build, "_read", "before", 0),
    (Sources, "_keep", "before", 0),
    (Sources, "_keep", "after", 0),
    (Build, "_read", "after", 0),
    (Store, "settle_lists", "before", 0),
    (Store, "flush", "after", 0),
    (Build, "_plan", "before", 0),
    (Plan, "settle", "after", 0),
    (Build, "_plan", "after", 0),
    (Build, "_remove", "before", 0),
    (Build, "_remove", "after", 0),
    (Ledger, "forget_gone", "before", 0),
    (Build, "_claim", "before", 0),
    (Ledger, "claim", "after", 0),
    (Build, "_claim", "after", 0),
    (writing, "_replace", "before", 0),
    (writing, "_replace", "after", 1),
    (render, "write", "after", 0),
    (render, "write", "after", 2),
    (render, "write", "before", 3),
    (Ledger, "record", "before", 0),
    (Ledger, "record", "after", 3),
    (building, "problems", "before", 0),
    (database, "release_shared", "after", 0),
]

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="crashes are injected into a forked process")


def ending(owner: Any, name: str, when: str, calls: int) -> Callable[..., Any]:
    """A step of the build that ends its process before or after its last call."""
    real: Callable[..., Any] = getattr(owner, name)
    count = [0]

    def step(*arguments: Any, **options: Any) -> Any:
        count[0] += 1
        last = count[0] > calls
        if last and when == "before":
            os._exit(CRASHED)
        found = real(*arguments, **options)
        if last:
            os._exit(CRASHED)
        return found

    return step


def crash(owner: Any, name: str, when: str, calls: int, root: Path) -> None:
    """Build in this process until the boundary, and end there."""
    setattr(owner, name, ending(owner, name, when, calls))
    build(open_site(root, now=NOW), jobs=1)


def build_and_crash(boundary: tuple[Any, str, str, int], root: Path) -> int | None:
    process = multiprocessing.get_context("fork").Process(target=crash, args=(*boundary, root))
    process.start()
    process.join()
    return process.exitcode


def built_world(folder: Path) -> World:
    world = World(folder / "site", Random(3))
    build(open_site(world.root, now=NOW), jobs=1)
    return world


def edit(world: World) -> Callable[[], None]:
    """Add a topic and delete a page; gives what takes that back."""
    other = world.root / "content/about.md"
    about = other.read_bytes()
    text = "---\ntitle: Unlike\nauthor: leila\ndate: 2026-01-01\ntags: rss\n---\nText\n"
    (world.root / TOPIC).write_text(text, "utf-8")
    other.unlink()

    def revert() -> None:
        (world.root / TOPIC).unlink()
        other.write_bytes(about)

    return revert


def check(world: World, folder: Path) -> None:
    """Build, and compare with a clean build."""
    build(open_site(world.root, now=NOW), jobs=1)
    clean = folder / "clean"
    clean.mkdir()
    world.copy_to(clean)
    build(open_site(clean, now=NOW), jobs=1)
    assert tree(world.root / "output") == tree(clean / "output")
    assert not (world.root / "output" / writing.UNFINISHED).exists()


@needs_fork
@pytest.mark.parametrize("boundary", BOUNDARIES, ids=lambda one: f"{one[2]}-{one[1]}-{one[3]}")
@pytest.mark.parametrize("reverted", [False, True], ids=["edit-stands", "edit-reverted"])
def test_a_build_after_a_crash_equals_a_clean_one(
    boundary: tuple[Any, str, str, int], reverted: bool, tmp_path: Path
) -> None:
    world = built_world(tmp_path)
    revert = edit(world)
    assert build_and_crash(boundary, world.root) == CRASHED
    if reverted:
        revert()
    check(world, tmp_path)


@needs_fork
@pytest.mark.parametrize("boundary", [(Build, "_claim", "after", 0), (building, "problems", "before", 0)], ids=str)
@pytest.mark.parametrize("part", [0.0, 0.3, 0.7, 1.0])
def test_a_checkpoint_that_was_cut_short_does_no_harm(
    boundary: tuple[Any, str, str, int], part: float, tmp_path: Path
) -> None:
    world = built_world(tmp_path)
    edit(world)
    assert build_and_crash(boundary, world.root) == CRASHED
    state = world.root / ".anjoman" / "state.sqlite"
    journal = state.with_name("state.sqlite-wal")
    before, waiting = state.read_bytes(), journal.read_bytes()
    with closing(sqlite3.connect(state)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    after = state.read_bytes()
    cut = int(len(after) // 4096 * part) * 4096
    state.write_bytes(after[:cut] + before[cut:])
    journal.write_bytes(waiting)
    check(world, tmp_path)


@needs_fork
@pytest.mark.parametrize("part", [0.0, 0.2, 0.5, 0.9])
def test_a_journal_that_was_cut_by_a_power_failure_does_no_harm(part: float, tmp_path: Path) -> None:
    world = built_world(tmp_path)
    edit(world)
    assert build_and_crash((building, "problems", "before", 0), world.root) == CRASHED
    journal = world.root / ".anjoman" / "state.sqlite-wal"
    data = journal.read_bytes()
    journal.write_bytes(data[: int(len(data) * part)])
    check(world, tmp_path)


# Workers ---------------------------------------------------------------------


def ending_once(mark: Path, real: Callable[..., Any]) -> Callable[..., Any]:
    """A step that ends the first worker that comes to it."""

    def step(*arguments: Any, **options: Any) -> Any:
        if multiprocessing.parent_process() and not mark.exists():
            mark.touch()
            os._exit(CRASHED)
        return real(*arguments, **options)

    return step


@needs_fork
@pytest.mark.parametrize("step", [(render, "write"), (writing, "_replace"), (render.Renderer, "_make")], ids=str)
def test_a_worker_that_ends_costs_nothing(step: tuple[Any, str], tmp_path: Path) -> None:
    world = built_world(tmp_path)
    edit(world)
    with patch.object(*step, ending_once(tmp_path / "mark", getattr(*step))), patch.object(building, "RENDER_BATCH", 4):
        process = multiprocessing.get_context("fork").Process(target=build_with_workers, args=(world.root,))
        process.start()
        process.join()
    assert (process.exitcode, (tmp_path / "mark").exists()) == (0, True)
    check(world, tmp_path)


@needs_fork
def test_workers_that_always_end_leave_the_old_site(tmp_path: Path) -> None:
    world = built_world(tmp_path)
    before = tree(world.root / "output")
    revert = edit(world)
    (world.root / "content/about.md").write_text("---\ntitle: About\n---\nOther.\n")
    with patch.object(render, "write", lambda *_: os._exit(CRASHED)), patch.object(building, "RENDER_BATCH", 4):
        process = multiprocessing.get_context("fork").Process(target=build_with_workers, args=(world.root,))
        process.start()
        process.join()
    assert process.exitcode == WorkerError.exit_code
    assert tree(world.root / "output") == before
    revert()
    check(world, tmp_path)


def build_with_workers(root: Path) -> None:
    """Build in this process, which has one thread, so that its workers are forked with its faults."""
    try:
        build(open_site(root, now=NOW), jobs=2)
    except WorkerError as error:
        os._exit(error.exit_code)
