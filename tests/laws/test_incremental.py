"""Law 1: an incremental build equals a clean one, byte for byte, after any edits."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from generator.build import build, open_site
from generator.catalog.database import remove
from generator.report import Result
from tests.laws.world import World, tree

EDITS = 10


def build_world(world: World, root: Path) -> Result:
    return build(open_site(root, drafts=world.drafts, now=world.now), jobs=1)


def differences(incremental: Path, clean: Path) -> list[str]:
    left, right = tree(incremental), tree(clean)
    return sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))


def run_script(seed: int, folder: Path, edits: int = EDITS) -> None:
    """Edit a site at random; after each edit, build it and compare with a clean build of a copy."""
    random = Random(seed)
    world = World(folder / "site", random)
    clean = folder / "clean"
    clean.mkdir(exist_ok=True)
    build_world(world, world.root)
    done: list[str] = []
    for _ in range(edits):
        done += [world.edit() for _ in range(random.choice((1, 1, 1, 3)))]
        result = build_world(world, world.root)
        shutil.rmtree(clean / "output", ignore_errors=True)
        remove(clean / ".anjoman" / "state.sqlite")
        world.copy_to(clean)
        fresh = build_world(world, clean)
        script = "\n".join(done)
        assert differences(world.root / "output", clean / "output") == [], f"seed {seed}, after:\n{script}"
        assert set(result.problems) == set(fresh.problems), f"seed {seed}, after:\n{script}"


@pytest.mark.parametrize("seed", range(24))
def test_an_incremental_build_equals_a_clean_one_after_random_edits(seed: int, tmp_path: Path) -> None:
    run_script(seed, tmp_path)
