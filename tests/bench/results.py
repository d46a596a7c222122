"""The figures of the bench as they are kept: JSON files that tables and charts are made from."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Literal, Protocol, TypeVar

import msgspec

from generator import __version__
from tests.bench.corpus import Kind
from tests.bench.growth import Grown
from tests.bench.measure import Figures

Step = Literal["cold", "unchanged", "edit"]

STEPS: tuple[Step, ...] = ("cold", "unchanged", "edit")


class Placed(Protocol):
    """A result; later ones of the same place replace it."""

    @property
    def place(self) -> tuple[str, int]:
        """Which site at which size."""


T = TypeVar("T")
P = TypeVar("P", bound=Placed)


@dataclass(frozen=True, slots=True)
class Machine:
    """Where and when figures were taken."""

    processor: str
    cores: int
    system: str
    python: str
    anjoman: str
    date: str

    def __str__(self) -> str:
        cores = "1 core" if self.cores == 1 else f"{self.cores} cores"
        return f"{self.processor}, {cores}, {self.system}, Python {self.python}, Anjoman {self.anjoman}, {self.date}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One site built by several contenders in turn, several times: every figure by contender and step."""

    kind: Kind
    size: int
    machine: Machine
    figures: dict[str, dict[Step, list[Figures]]]

    @property
    def place(self) -> tuple[str, int]:
        """The kind and size of the site."""
        return self.kind, self.size

    def median(self, contender: str, step: Step, figure: str) -> float:
        """The median of a figure over all rounds; `figure` is a field of `Figures`."""
        return median(float(getattr(one, figure)) for one in self.figures[contender][step])

    def ratio(self, contender: str, other: str, step: Step, figure: str) -> float:
        """The median of the ratios of each round: rounds are taken in turn, so a busy moment weighs on both."""
        pairs = zip(self.figures[contender][step], self.figures[other][step], strict=True)
        return median(float(getattr(one, figure)) / float(getattr(another, figure)) for one, another in pairs)


@dataclass(frozen=True, slots=True)
class Growth:
    """One site measured at one size."""

    grown: Grown
    machine: Machine

    @property
    def place(self) -> tuple[str, int]:
        """The shape and size of the site."""
        return self.grown.shape, self.grown.size


def merged(old: Sequence[P], new: Sequence[P]) -> list[P]:
    """Old and new results by place; the new ones stand."""
    found = {one.place: one for one in [*old, *new]}
    return [found[place] for place in sorted(found)]


def load(path: Path, kind: type[T]) -> list[T]:
    """The results of a file, none where there is no file."""
    return msgspec.json.decode(path.read_bytes(), type=list[kind]) if path.exists() else []  # type: ignore[valid-type]


def save(path: Path, results: Sequence[object]) -> None:
    """Write results, readable in a diff."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=1) + b"\n")


def machine() -> Machine:
    """This machine, now."""
    return Machine(
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        system=f"{platform.system()} {platform.release().partition('-')[0]}",
        python=platform.python_version(),
        anjoman=__version__,
        date=datetime.now(UTC).strftime("%Y-%m-%d"),
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
