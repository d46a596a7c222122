"""What a build tells of itself: its progress while it runs, and its result when it ends."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from generator.errors import Problem


class Report(Protocol):
    """Hears how a build gets on; the command line shows it as a progress bar."""

    def stage(self, name: str, total: int) -> None:
        """A stage begins; `total` counts its items."""

    def advance(self, count: int) -> None:
        """So many more items of the stage are done."""


class Silent:
    """A report that says nothing."""

    def stage(self, name: str, total: int) -> None:
        """Say nothing."""

    def advance(self, count: int) -> None:
        """Say nothing."""


class Result(Struct, frozen=True):
    """What a build did.

    `written` and `removed` are files of the output, relative to it, with forward slashes;
    `problems` are all that stand after this build, not only the new ones.
    """

    problems: tuple[Problem, ...] = ()
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    sources: int = 0
    read: int = 0
    artifacts: int = 0
    rendered: int = 0
    seconds: float = 0.0

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that are errors."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that are warnings."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")
