"""The lock on a state file: one build at a time, held by the operating system, freed by it after a crash."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import BusyError, OutputError, Problem


@contextmanager
def locked(state: Path) -> Iterator[None]:
    """Hold the lock beside a state file; raises `BusyError` where another process has it."""
    path = state.with_suffix(".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        message = f"the folder {path.parent.name}/ can't be written: {error.strerror}"
        raise OutputError(Problem(path.parent.name, 0, "", message, "Give it write permission.")) from error
    try:
        _acquire(handle)
    except OSError as error:
        os.close(handle)
        message = "another build of this site is running"
        raise BusyError(Problem(path.parent.name, 0, "", message, "Wait for it, or stop it.")) from error
    try:
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _acquire(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _acquire(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
