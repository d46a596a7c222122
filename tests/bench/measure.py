"""Measures one command with all its processes: CPU, wall time and peak memory.

CPU is told by the system when the command ends, with the children that it waited for. Memory is sampled from
Linux's /proc; elsewhere it is the peak of the largest process alone.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.2
"""Seconds between two samples of memory."""

_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


class CommandError(Exception):
    """A command failed; the message holds the end of what it said."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds of CPU (user and system) and of wall time; peak memory in MB of all processes together, and of the largest."""

    cpu: float
    wall: float
    memory: float
    largest: float


@dataclass(slots=True)
class Peak:
    """The most memory seen so far, in MB."""

    together: float = 0.0
    largest: float = 0.0

    def sample(self, session: int) -> None:
        """Look at all processes of a session."""
        sizes = list(memory(session))
        self.together = max(self.together, sum(sizes))
        self.largest = max(self.largest, *sizes, 0.0)


def measure(command: Sequence[str | Path], folder: Path) -> Figures:
    """Run a command in a folder; raises `CommandError` if it fails."""
    with tempfile.TemporaryFile() as said:
        started = time.monotonic()
        process = subprocess.Popen(  # a session of its own, so that its processes are known
            command, cwd=folder, env=_surroundings(), stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True
        )
        peak, ended = Peak(), threading.Event()
        watcher = threading.Thread(target=_watch, args=(process.pid, peak, ended))
        watcher.start()
        try:
            cpu, largest = _wait(process)
            wall = time.monotonic() - started
        finally:
            ended.set()
            watcher.join()
        if process.returncode:
            said.seek(0)
            raise CommandError(f"{command[0]} failed: {said.read().decode(errors='replace')[-2000:]}")
    return Figures(cpu, wall, peak.together or largest, peak.largest or largest)


def _surroundings() -> dict[str, str]:
    # Programs run with their byte code kept, as after an ordinary installation, whatever is set here.
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def memory(session: int) -> Iterator[float]:
    """The memory (PSS) in MB of each process of a session; pages that processes share are split among them."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int(folder.joinpath("stat").read_text().rpartition(")")[2].split()[3]) == session:
                found = _PSS.search(folder.joinpath("smaps_rollup").read_text())
                yield int(found[1]) / 1024 if found else 0.0
        except (OSError, ValueError, IndexError):
            continue  # it ended while we looked


def _watch(session: int, peak: Peak, ended: threading.Event) -> None:
    while not ended.wait(INTERVAL):
        peak.sample(session)


def _wait(process: subprocess.Popen[bytes]) -> tuple[float, float]:
    """Wait for the end: seconds of CPU, and MB of the largest process."""
    if not hasattr(os, "wait4"):
        process.wait()
        return float("nan"), float("nan")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
