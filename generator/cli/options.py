"""Options that several commands share, and how their help is laid out."""

from __future__ import annotations

from math import inf
from pathlib import Path

import click

output = click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the built site. Default: output/ in the site's folder.",
)
strict = click.option("--strict", is_flag=True, help="Take warnings as errors.")
jobs = click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="How many processes work. Default: one a processor."
)
wait = click.option(
    "--wait",
    is_flag=False,
    flag_value=inf,
    default=0.0,
    type=click.FloatRange(min=0),
    metavar="[SECONDS]",
    help="Wait until another build of this site is done, at most so many seconds. Default: don't wait.",
)
all_warnings = click.option("-v", "--all-warnings", is_flag=True, help="Print all warnings, not only the first 20.")


def block(title: str, *lines: str) -> str:
    """A part of a command's help whose lines are kept as they are (Click's mark for that is a backspace)."""
    return f"\b\n{title}:\n" + "".join(f"  {line}\n" for line in lines) + "\n"
