"""Prints problems and counts for people, and the same for machines."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import click
from msgspec.structs import asdict, replace

from generator.errors import AnjomanError, Problem

SHOWN = 20
"""Warnings that are printed unless all are asked for."""

# What a terminal obeys, or what reorders a line (Unicode TR 36, 3.2): texts are strangers'.
_OBEYED = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_COLORS = {"error": "red", "warning": "yellow"}


def color() -> bool | None:
    """For `click.echo`: no colours where NO_COLOR is set (https://no-color.org), else those of the terminal."""
    return False if os.environ.get("NO_COLOR") else None


def printable(text: str) -> str:
    """The text without what a terminal would obey."""
    return _OBEYED.sub("\ufffd", text)


def counted(count: int, noun: str) -> str:
    """A number and its noun: “1 page”, “1,204 pages”."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def print_problems(problems: Iterable[Problem], *, all_warnings: bool = False) -> None:
    """Print problems to the error stream: some of the warnings, or all, then the errors."""
    found = sorted(problems, key=lambda problem: (problem.severity == "error", problem.path, problem.line))
    warnings = [problem for problem in found if problem.severity == "warning"]
    shown = warnings if all_warnings else warnings[:SHOWN]
    for problem in shown:
        _print(problem)
    if left := len(warnings) - len(shown):
        more = f"… and {counted(left, 'more warning')}; --all-warnings shows them."
        click.echo(click.style(more, dim=True), err=True, color=color())
    for problem in found[len(warnings) :]:
        _print(problem)


def _print(problem: Problem) -> None:
    place = f"{click.style(printable(problem.place), bold=True)}: " if problem.path else ""
    level = click.style(problem.severity, fg=_COLORS[problem.severity])
    field = f" ({printable(problem.field)})" if problem.field else ""
    click.echo(f"{place}{level}{field}: {printable(problem.message)}", err=True, color=color())
    for line in problem.hint.split("\n") if problem.hint else ():
        click.echo(f"    {printable(line)}", err=True, color=color())


def as_errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems, their warnings made errors (`--strict`)."""
    return tuple(replace(problem, severity="error") for problem in problems)


def findings(problems: Sequence[Problem]) -> str:
    """How many errors and warnings there are, as “2 errors, 1 warning”."""
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = counted(len(problems) - errors, "warning")
    return f"{counted(errors, 'error')}, {warnings}" if errors else warnings


def print_json(values: Mapping[str, object], problems: Iterable[Problem] = ()) -> None:
    """Print one JSON object with the problems as a list of objects; ASCII, so that any pipe takes it."""
    click.echo(json.dumps({**values, "problems": [asdict(problem) for problem in problems]}, indent=2))


@contextmanager
def errors_as_json(wanted: bool) -> Iterator[None]:
    """Where JSON is wanted, an error that ends the command is printed as JSON too."""
    try:
        yield
    except AnjomanError as error:
        if not wanted:
            raise
        print_json({"ok": False}, error.problems)
        raise click.exceptions.Exit(error.exit_code) from error
