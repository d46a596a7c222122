"""Compares whole builds of one site by several generators, in turn: cold, unchanged, and after one edit."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.contenders import Contender
from tests.bench.corpus import Kind, corpus, middle
from tests.bench.measure import Figures, measure
from tests.bench.results import STEPS, Comparison, Step, machine

SECOND = 1.1
"""Seconds to wait before an edit: some generators know a change by the second of its date."""


@dataclass(frozen=True, slots=True)
class Runner:
    """A contender with its site."""

    contender: Contender
    site: Path
    command: Sequence[str | Path]
    edited: Path

    def round(self, number: int) -> Iterator[tuple[Step, Figures]]:
        """A cold build, one with nothing to do, and one after a line was added to the topic in the middle."""
        for folder in self.contender.leaves:
            self._put_aside(folder, number)
        yield "cold", measure(self.command, self.site)
        yield "unchanged", measure(self.command, self.site)
        text = self.edited.read_bytes()
        time.sleep(SECOND)
        try:
            self.edited.write_bytes(text + f"\nEdited, round {number}.\n".encode())
            yield "edit", measure(self.command, self.site)
        finally:
            self.edited.write_bytes(text)

    def _put_aside(self, folder: str, number: int) -> None:
        """Move away what the last round left: ext4 is slow to make files just after as many were deleted."""
        if (self.site / folder).exists():
            aside = self.aside / str(number) / folder
            aside.parent.mkdir(parents=True, exist_ok=True)
            (self.site / folder).rename(aside)

    @property
    def aside(self) -> Path:
        """Where earlier rounds' output waits to be deleted."""
        return self.site.with_name(f"{self.site.name}-aside")


def compare(work: Path, contenders: Sequence[Contender], kind: Kind, size: int, rounds: int) -> Comparison:
    """Build one site with each contender, one after another, so many times over."""
    runners = [_runner(work, contender, kind, size) for contender in contenders]
    figures: dict[str, dict[Step, list[Figures]]] = {
        runner.contender.name: {step: [] for step in STEPS} for runner in runners
    }
    for number in range(rounds):
        for runner in runners:
            for step, found in runner.round(number):
                figures[runner.contender.name][step].append(found)
    for runner in runners:
        shutil.rmtree(runner.aside, ignore_errors=True)
    return Comparison(kind, size, machine(), figures)


def _runner(work: Path, contender: Contender, kind: Kind, size: int) -> Runner:
    name = contender.name.lower().replace(", ", "-").replace(" ", "-")
    site = work / "sites" / f"{name}-{kind}-{size}"
    shutil.rmtree(site, ignore_errors=True)
    contender.write(site, kind, corpus(kind, size))
    edited = next(site.glob(f"content/**/{middle(kind, size)}.md"))
    runner = Runner(contender, site, contender.command(work / "environments"), edited)
    shutil.rmtree(runner.aside, ignore_errors=True)
    return runner
