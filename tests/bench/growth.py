"""Measures how Anjoman grows: one shape of site at several sizes, each built cold, unchanged and with one reply more."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measure import Figures, measure
from tests.bench.shapes import SHAPES, one_more, write

YOUNG = 3.2
"""Seconds that a file is too young to be known by its date: waiting keeps that out of the figures."""


@dataclass(frozen=True, slots=True)
class Grown:
    """A site of one size: its three builds, and the size of the state and the output in MB, and the files of the latter."""

    shape: str
    size: int
    cold: Figures
    unchanged: Figures
    edit: Figures
    state: float
    output: float
    files: int


def grow(work: Path, shape: str, sizes: Sequence[int], jobs: int | None, *, keep: bool) -> Iterator[Grown]:
    """Build the shape at each size; the sites are written below `work`, and deleted again unless they are kept."""
    for size in sizes:
        site = work / f"{shape}-{size}"
        shutil.rmtree(site, ignore_errors=True)
        edited = write(site, SHAPES[shape], size)
        yield _build(site, edited, shape, size, jobs)
        if not keep:
            shutil.rmtree(site)


def _build(site: Path, edited: Path, shape: str, size: int, jobs: int | None) -> Grown:
    command = [sys.executable, "-m", "generator", "build", *(["--jobs", str(jobs)] if jobs else [])]
    time.sleep(YOUNG)
    cold = measure(command, site)
    unchanged = measure(command, site)
    with edited.open("a", encoding="utf-8", newline="\n") as file:
        file.write(one_more(1))
    time.sleep(YOUNG)
    edit = measure(command, site)
    state, _ = _weigh(site / ".anjoman")
    output, files = _weigh(site / "output")
    return Grown(shape, size, cold, unchanged, edit, state, output, files)


def _weigh(folder: Path) -> tuple[float, int]:
    """The size of all files below a folder in MB, and how many they are."""
    sizes = [Path(parent, name).stat().st_size for parent, _, names in os.walk(folder) for name in names]
    return sum(sizes) / 1e6, len(sizes)
