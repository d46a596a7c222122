"""The error family: everything that a user can cause and mend.

A `Problem` is one finding with its place, what was expected and how to mend it.
Exceptions carry problems to the command line, which prints them; where they are
gathered and stored is the catalog's business.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning"]


class Problem(Struct, frozen=True):
    """One finding in a source.

    `path` is relative to the site's root with forward slashes; `line` counts from 1,
    0 where no line can be named; `message` says what is wrong and what was expected,
    `hint` how to mend it.
    """

    path: str
    line: int
    field: str
    message: str
    hint: str = ""
    severity: Severity = "error"

    @property
    def place(self) -> str:
        """Where it is, as `path:line`."""
        return f"{self.path}:{self.line}" if self.line else self.path

    def __str__(self) -> str:
        field = f" ({self.field})" if self.field else ""
        hint = f"\n    {self.hint}" if self.hint else ""
        return f"{self.place}: {self.severity}{field}: {self.message}{hint}"


class AnjomanError(Exception):
    """The base of every error that a user can cause; never shown as a traceback."""

    exit_code = 1

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__(self.problems)  # so that it can be sent from a worker as it is

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class SiteError(AnjomanError):
    """The site can't be built at all: its settings, theme or folder are wrong."""

    exit_code = 2


class BusyError(AnjomanError):
    """Another process holds what is needed: the state's lock or the port."""

    exit_code = 3


class OutputError(AnjomanError):
    """The output or the state can't be written."""

    exit_code = 4


class PageError(AnjomanError):
    """One file of the output can't be written; the others may be."""

    exit_code = OutputError.exit_code


class WorkerError(AnjomanError):
    """The system ended processes that did the work, or gave them no memory."""

    exit_code = 5


def nearest(word: str, known: Iterable[str]) -> str:
    """The hint that names the known word closest to `word`, or lists the known ones."""
    from difflib import get_close_matches  # needed only where something is wrong

    names = sorted(known)
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    return f"Did you mean “{close[0]}”?" if close else f"Known: {', '.join(names)}."
