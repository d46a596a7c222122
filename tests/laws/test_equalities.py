"""Laws 2 and 4: one worker equals many, a moved site equals the first, and no change writes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

from generator.build import build, open_site
from tests.laws.world import World, tree


def make(root: Path, jobs: int = 1) -> None:
    build(open_site(root, now=1_770_000_000), jobs=jobs)


def large_world(root: Path) -> World:
    world = World(root, Random(7))
    for _ in range(60):
        world.add_topic()
        world.add_reply_file()
    return world


def test_one_worker_equals_many(tmp_path: Path) -> None:
    world = large_world(tmp_path / "one")
    shutil.copytree(world.root, tmp_path / "many")
    make(world.root, jobs=1)
    make(tmp_path / "many", jobs=3)
    assert tree(world.root / "output") == tree(tmp_path / "many" / "output")


def test_a_moved_site_equals_the_first(tmp_path: Path) -> None:
    world = large_world(tmp_path / "here")
    make(world.root)
    before = tree(world.root / "output")
    world.root.rename(tmp_path / "there")
    make(tmp_path / "there")
    assert tree(tmp_path / "there" / "output") == before


def test_a_moved_site_writes_nothing(tmp_path: Path) -> None:
    world = large_world(tmp_path / "here")
    make(world.root)
    world.root.rename(tmp_path / "there")
    result = build(open_site(tmp_path / "there", now=1_770_000_000), jobs=1)
    assert result.written == ()


def test_no_change_writes_nothing_and_moves_no_date(tmp_path: Path) -> None:
    world = large_world(tmp_path)
    make(world.root)
    output = world.root / "output"
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    result = build(open_site(world.root, now=1_770_000_000), jobs=1)
    assert (result.written, result.removed, result.rendered) == ((), (), 0)
    assert {path: path.stat().st_mtime_ns for path in output.rglob("*")} == before


def test_another_moment_with_nothing_due_writes_nothing(tmp_path: Path) -> None:
    world = large_world(tmp_path)
    build(open_site(world.root, now=1_800_000_000), jobs=1)
    result = build(open_site(world.root, now=1_800_000_060), jobs=1)
    assert (result.written, result.removed, result.rendered) == ((), (), 0)
