"""The lock on a state file: one build at a time, held by the operating system, freed by it after a crash."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import BusyError, OutputError, Problem

_EVERY = 0.05  # Seconds between two looks at a lock that is held.


@contextmanager
def locked(state: Path, wait: float = 0) -> Iterator[None]:
    """Hold the lock beside a state file.

    Raises `BusyError` where another process has it for longer than `wait` seconds, `OutputError` where there
    can be no lock.
    """
    path = state.with_suffix(".lock")
    until = time.monotonic() + wait
    while (handle := _try(path)) is None:
        if time.monotonic() >= until:
            raise BusyError(_busy(state, waited=wait > 0))
        time.sleep(_EVERY)
    try:
        yield
    finally:
        os.close(handle)


def _try(path: Path) -> int | None:
    """The handle of the lock, None where another has it."""
    handle = _open(path)
    try:
        # While we looked, `anjoman clean --all` may have deleted the file: a lock on that keeps nobody out.
        if _acquire(handle) and os.path.samestat(os.fstat(handle), path.stat()):
            return handle
    except FileNotFoundError:
        pass
    except OSError as error:
        os.close(handle)
        message = f"the file {path.name} can't be locked: {error.strerror}"
        raise OutputError(Problem(path.parent.name, 0, "", message, "Put the site on a disk that knows locks.")) from error
    os.close(handle)
    return None


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        message = f"the folder {path.parent.name}/ can't be written: {error.strerror}"
        hint = "It must be a folder that you may write to, on a disk with free space. It holds nothing of yours."
        raise OutputError(Problem(path.parent.name, 0, "", message, hint)) from error


def _busy(state: Path, *, waited: bool) -> Problem:
    message = "another build of this site is running" + (" still" if waited else "")
    return Problem(state.parent.name, 0, "", message, "Wait for it (--wait does), or stop it.")


if sys.platform == "win32":
    import msvcrt

    def _acquire(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _acquire(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
