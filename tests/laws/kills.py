"""Kills builds at random moments: no file is ever torn, and the next build equals a clean one.

`python -m tests.laws.kills --kills 500 --seed 0` runs many. Each kill ends a build and all its workers (or,
sometimes, its main process alone), by one process or by two, after a random edit that stands or is reverted.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from unittest.mock import patch

from generator import build as building
from generator.build import build, open_site
from generator.stages.write import is_unfinished
from tests.laws.world import World, tree

Tree = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Counts:
    """What was seen: kills that met a running build, and files that were neither the old nor the new one."""

    kills: int
    met: int
    torn: int


def make(root: Path, world: World, jobs: int = 1) -> Tree:
    """Build in this process; small batches, so that there is work for many workers."""
    with patch.object(building, "READ_BATCH", 4), patch.object(building, "RENDER_BATCH", 4):
        build(open_site(root, drafts=world.drafts, now=world.now), jobs=jobs, wait=60)
    return finished(root)


def finished(root: Path) -> Tree:
    """The files of the output, without those that were never put in their place."""
    found = tree(root / "output") if (root / "output").is_dir() else {}
    return {name: data for name, data in found.items() if not is_unfinished(name.rpartition("/")[2])}


def check(found: Tree, wanted: Tree) -> None:
    """See to it that a build after a kill is a clean one."""
    differing = sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))
    assert not differing, f"these files are not those of a clean build: {differing}"


def kill_a_build(world: World, jobs: int, after: float, *, alone: bool) -> bool:
    """Kill a build after so many seconds, `alone` without its workers; whether it was still running."""
    process = multiprocessing.get_context("fork").Process(target=_begin, args=(world, jobs))
    process.start()
    with suppress(OSError):
        os.setpgid(process.pid or 0, process.pid or 0)
    process.join(after)
    met = process.is_alive()
    with suppress(ProcessLookupError):
        os.kill(process.pid or 0, signal.SIGKILL) if alone else os.killpg(process.pid or 0, signal.SIGKILL)
    process.join()
    return met


def _begin(world: World, jobs: int) -> None:
    with suppress(OSError):
        os.setpgid(0, 0)
    make(world.root, world, jobs)
    os._exit(0)


class Killer:
    """A site that is edited, and whose builds are killed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = Random(seed)
        self.folder = folder
        self.world = World(folder / "site", self.random)
        self.world.without = frozenset({"change_theme"})
        self.old = make(self.world.root, self.world)

    def once(self) -> tuple[bool, int]:
        """Edit, kill, and build again; whether a build was met, and how many files were torn."""
        world, random = self.world, self.random
        self._copy(world.root, self.folder / "before")
        for _ in range(random.choice((1, 3, 8))):
            world.edit()
        began = time.monotonic()
        wanted = self._clean(world.root)
        after = random.random() * (time.monotonic() - began)
        met = kill_a_build(world, random.choice((1, 2)), after, alone=random.random() < 0.2)
        torn = sum(data not in (self.old.get(name), wanted.get(name)) for name, data in finished(world.root).items())
        if random.random() < 0.4:
            self._copy(world.root, self.folder / "after")
            self._copy(self.folder / "before", world.root)
            found = make(world.root, world)
            check(found, self._clean(world.root))
            self._copy(self.folder / "after", world.root)
        self.old = make(world.root, world)
        check(self.old, wanted)
        assert not any(is_unfinished(path.name) for path in (world.root / "output").rglob("*"))
        return met, torn

    def _clean(self, root: Path) -> Tree:
        shutil.rmtree(self.folder / "clean", ignore_errors=True)
        self._copy(root, self.folder / "clean")
        return make(self.folder / "clean", self.world)

    def _copy(self, source: Path, target: Path) -> None:
        """The sources in another folder, with the dates that they have."""
        target.mkdir(exist_ok=True)
        for name in ("content", "static", "themes", "locale"):
            shutil.rmtree(target / name, ignore_errors=True)
            if (source / name).is_dir():
                shutil.copytree(source / name, target / name, symlinks=True)
        shutil.copy2(source / "site.toml", target / "site.toml")


def run(kills: int, seed: int, folder: Path, *, tell: bool = False) -> Counts:
    """Kill so many builds; raises AssertionError where the next one is not right."""
    killer = Killer(folder, seed)
    met = torn = 0
    for number in range(kills):
        running, files = killer.once()
        met, torn = met + running, torn + files
        if tell and (number + 1) % 10 == 0:
            print(f"{number + 1} kills, {met} of them met a running build, {torn} torn files", flush=True)
    return Counts(kills, met, torn)


def main() -> int:
    """The command line; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        found = run(given.kills, given.seed, Path(folder), tell=True)
    print(f"{found.kills} kills (seed {given.seed}): {found.met} met a running build, {found.torn} torn files; all next builds equal clean ones.")
    return 1 if found.torn else 0


if __name__ == "__main__":
    sys.exit(main())
