"""Law 3: a crash at any stage boundary, then a build, equals a clean build, also when the edit was reverted.

A crash is a process that ends without a word (`os._exit`), between two steps of the build.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from generator import build as building
from generator.build import Build, build, open_site
from generator.catalog.ledger import Ledger
from generator.stages import render
from tests.laws.world import World, tree

NOW = 1_770_000_000
CRASHED = 77

# Where the process ends: before or after a step, and how many calls of it went well.
BOUNDARIES = [
    (Build, "_read", "after", 0),
    (Build, "_plan", "after", 0),
    (Build, "_remove", "before", 0),
    (Build, "_remove", "after", 0),
    (Ledger, "forget_gone", "before", 0),
    (Build, "_claim", "before", 0),
    (Build, "_claim", "after", 0),
    (render, "write", "after", 0),
    (render, "write", "after", 2),
    (render, "write", "before", 3),
    (Ledger, "record", "before", 0),
    (Ledger, "record", "after", 3),
    (building, "problems", "before", 0),
]


def crash(owner: Any, name: str, when: str, calls: int, root: Path) -> None:
    """Build in this process until the boundary, and end there."""
    real: Callable[..., Any] = getattr(owner, name)
    count = [0]

    def ending(*arguments: Any, **options: Any) -> Any:
        count[0] += 1
        last = count[0] > calls
        if last and when == "before":
            os._exit(CRASHED)
        found = real(*arguments, **options)
        if last:
            os._exit(CRASHED)
        return found

    setattr(owner, name, ending)
    build(open_site(root, now=NOW), jobs=1)


def build_and_crash(boundary: tuple[Any, str, str, int], root: Path) -> int | None:
    process = multiprocessing.get_context("fork").Process(target=crash, args=(*boundary, root))
    process.start()
    process.join()
    return process.exitcode


@pytest.mark.skipif(not hasattr(os, "fork"), reason="crashes are injected into a forked process")
@pytest.mark.parametrize("boundary", BOUNDARIES, ids=lambda one: f"{one[2]}-{one[1]}-{one[3]}")
@pytest.mark.parametrize("reverted", [False, True], ids=["edit-stands", "edit-reverted"])
def test_a_build_after_a_crash_equals_a_clean_one(
    boundary: tuple[Any, str, str, int], reverted: bool, tmp_path: Path
) -> None:
    world = World(tmp_path / "site", Random(3))
    output = world.root / "output"
    build(open_site(world.root, now=NOW), jobs=1)
    topic = world.root / "content/cafe/unlike.md"
    other = world.root / "content/about.md"
    about = other.read_bytes()

    topic.write_text("---\ntitle: Unlike\nauthor: leila\ndate: 2026-01-01\ntags: rss\n---\nText\n", "utf-8")
    other.unlink()
    crashed = build_and_crash(boundary, world.root)
    assert crashed in (CRASHED, 0)
    if reverted:
        topic.unlink()
        other.write_bytes(about)
    build(open_site(world.root, now=NOW), jobs=1)

    clean = tmp_path / "clean"
    clean.mkdir()
    world.copy_to(clean)
    build(open_site(clean, now=NOW), jobs=1)
    assert tree(output) == tree(clean / "output")
