"""Reading a file that somebody may be writing at this moment, so that half a text is no text."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from generator.model import Source

QUIET_NS = 20_000_000
"""A file that was written to less than this ago may not be finished: writers pause between two pieces."""

LONGEST = 1.0
"""Seconds after which a file that is always being written to (a log) is taken as it is."""

_PAUSE = 0.005

T = TypeVar("T")


def steadily(path: Path, source: Source, take: Callable[[Path], T], *, settled: bool = False) -> T:
    """What `take` reads of a file, once the file stayed as it was meanwhile; raises OSError.

    `source` is the file as it was scanned; `settled` says that nobody was writing to it by then.
    """
    end = time.monotonic() + LONGEST
    known = source.size, source.mtime_ns
    while True:
        taken = take(path)
        stat = path.stat()
        found = stat.st_size, stat.st_mtime_ns
        if (found == known and (settled or not _is_young(stat.st_mtime_ns))) or time.monotonic() > end:
            return taken
        known, settled = found, False
        time.sleep(_PAUSE)


def _is_young(mtime_ns: int) -> bool:
    return 0 <= time.time_ns() - mtime_ns < QUIET_NS
