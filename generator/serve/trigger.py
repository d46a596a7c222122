"""When to build, and what to look at: soon after the last of a burst of changes, one build at a time.

A change that comes while a build runs is kept, and makes the next `wait` return.
"""

from __future__ import annotations

import math
import threading
import time
from pathlib import Path

from msgspec import Struct

QUIET = 0.03
"""Seconds without a change after which a build begins while a file may still be written."""

SETTLED = 0.002
"""The same where every file that was written to has been closed: an editor's next step comes at once."""

LONGEST = 0.5
"""Seconds after which a build begins even if changes keep coming."""

MOST = 200
"""Paths that are kept; where more have changed, a look at everything is as quick."""

_TICK = 0.2  # On Windows a thread that waits longer doesn't hear Ctrl-C in time.


class Due(Struct, frozen=True):
    """A build is due. `changed` are all paths that changed since the last one, None where any may have."""

    changed: frozenset[Path] | None


class Trigger:
    """Gathers changes from any thread; one thread waits for the moment to build. Times are in seconds."""

    def __init__(self, quiet: float = QUIET, longest: float = LONGEST, settled: float = SETTLED) -> None:
        self._quiet = quiet
        self._longest = longest
        self._settled = settled
        self._condition = threading.Condition()
        self._first = math.inf
        self._changed = math.inf
        self._timer = math.inf
        self._stopped = False
        self._paths: set[Path] | None = set()
        self._writing: set[Path] = set()

    def change(self, path: Path | None = None, *, writing: bool | None = None) -> None:
        """A path changed, None for any: build when it gets quiet.

        `writing` says that somebody still writes to it (True), or no longer does (False).
        """
        now = time.monotonic()
        with self._condition:
            self._remember(path, writing)
            quiet = self._quiet if writing or self._writing else self._settled
            self._first = min(self._first, now)
            self._changed = min(now + quiet, self._first + self._longest)
            self._condition.notify_all()

    def doubt(self) -> None:
        """The next build, whenever it comes, looks at everything."""
        with self._condition:
            self._paths = None

    def later(self, seconds: float) -> None:
        """Build after so many seconds at the latest, changes or not, and look at everything then."""
        with self._condition:
            self._timer = min(self._timer, time.monotonic() + seconds)
            self._condition.notify_all()

    def stop(self) -> None:
        """Make every `wait` return None, now and from now on."""
        with self._condition:
            self._stopped = True
            self._condition.notify_all()

    def wait(self) -> Due | None:
        """Wait until a build is due; None if there is to be none any more."""
        with self._condition:
            while not self._stopped:
                now = time.monotonic()
                if min(self._changed, self._timer) <= now:
                    return self._take(everything=self._timer <= now)
                self._condition.wait(min(self._changed - now, self._timer - now, _TICK))
            return None

    def _remember(self, path: Path | None, writing: bool | None) -> None:
        if path is None or self._paths is None or len(self._paths) >= MOST:
            self._paths = None
        else:
            self._paths.add(path)
        if path and writing:
            self._writing.add(path)
        elif path and writing is not None:
            self._writing.discard(path)

    def _take(self, *, everything: bool) -> Due:
        paths = None if everything or self._paths is None else frozenset(self._paths)
        self._paths = set()
        self._writing.clear()
        self._first = self._changed = math.inf
        if everything:
            self._timer = math.inf
        return Due(paths)
