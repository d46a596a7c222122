"""Shows how long work gets on: a bar on the terminal's error stream, and nothing where there is none."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from generator.cli.printing import color
from generator.report import Report, Silent

DELAY = 0.5
"""Seconds until a bar appears: what is done sooner needs none."""

_LABELS = {"read": "Reading", "render": "Building", "check": "Checking"}


@contextmanager
def progress(*, wanted: bool = True) -> Iterator[Report]:
    """The report for a command: a bar where a terminal shows it, which is gone at the end, come what may."""
    if not wanted or not sys.stderr.isatty():
        yield Silent()
        return
    bar = Bar()
    try:
        yield bar
    finally:
        bar.close()


class Bar:
    """A report as a bar, one for each stage that takes a while."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._name, self._total, self._done, self._began = "", 0, 0, 0.0

    def stage(self, name: str, total: int) -> None:
        """Begin a stage of so many items."""
        self.close()
        self._name, self._total, self._done, self._began = name, total, 0, time.monotonic()

    def advance(self, count: int) -> None:
        """So many more items are done."""
        self._done += count
        if self._bar:
            self._bar.update(count)
        elif self._done < self._total and time.monotonic() - self._began > DELAY:
            self._open()
        if self._done >= self._total:
            self.close()

    def close(self) -> None:
        """Take the bar away."""
        if self._bar:
            self._bar = None
            # “Erase line” (ECMA-48, 8.3.41), and the cursor again, which Click hid.
            click.echo("\r\033[2K\033[?25h", nl=False, err=True, color=True)

    def _open(self) -> None:
        label = _LABELS.get(self._name, self._name.capitalize())
        self._bar = click.progressbar(length=self._total, label=label, file=sys.stderr, color=color())
        self._bar.update(self._done)
