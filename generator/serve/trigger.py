"""When to build: soon after the last of a burst of changes, one build at a time.

A change that comes while a build runs is kept, and makes the next `wait` return.
"""

from __future__ import annotations

import math
import threading
import time

QUIET = 0.015
"""Seconds without a change after which a build begins; editors save in several steps."""

LONGEST = 0.5
"""Seconds after which a build begins even if changes keep coming."""

_TICK = 0.2  # On Windows a thread that waits longer doesn't hear Ctrl-C in time.


class Trigger:
    """Gathers changes from any thread; one thread waits for the moment to build. Times are in seconds."""

    def __init__(self, quiet: float = QUIET, longest: float = LONGEST) -> None:
        self._quiet = quiet
        self._longest = longest
        self._condition = threading.Condition()
        self._first = math.inf
        self._changed = math.inf
        self._timer = math.inf
        self._stopped = False

    def change(self) -> None:
        """Something changed: build when it gets quiet."""
        now = time.monotonic()
        with self._condition:
            self._first = min(self._first, now)
            self._changed = min(now + self._quiet, self._first + self._longest)
            self._condition.notify_all()

    def later(self, seconds: float) -> None:
        """Build after so many seconds at the latest, changes or not."""
        with self._condition:
            self._timer = min(self._timer, time.monotonic() + seconds)
            self._condition.notify_all()

    def stop(self) -> None:
        """Make every `wait` return False, now and from now on."""
        with self._condition:
            self._stopped = True
            self._condition.notify_all()

    def wait(self) -> bool:
        """Wait until a build is due; False if there is to be none any more."""
        with self._condition:
            while not self._stopped:
                left = min(self._changed, self._timer) - time.monotonic()
                if left <= 0:
                    self._first = self._changed = self._timer = math.inf
                    return True
                self._condition.wait(min(left, _TICK))
            return False
