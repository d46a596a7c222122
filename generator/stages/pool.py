"""The pool of workers: one interface for one process and for many.

Work is cut into batches; a pool starts its processes only when there is more than one batch to do,
so that a small change costs no start-up.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import chain, islice
from types import TracebackType
from typing import Protocol, Self, TypeVar

A = TypeVar("A")
B = TypeVar("B")


class Pool(Protocol):
    """Maps a task over batches of items; results come as they are done, in any order."""

    def map(self, task: Callable[[Sequence[A]], list[B]], items: Iterable[A], size: int) -> Iterator[list[B]]:
        """Do the task on batches of `size` items."""


def batches(items: Iterable[A], size: int) -> Iterator[list[A]]:
    """The items, so many at a time."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


class Serial:
    """All work in this process."""

    def map(self, task: Callable[[Sequence[A]], list[B]], items: Iterable[A], size: int) -> Iterator[list[B]]:
        """Do the task on one batch after another."""
        return (task(batch) for batch in batches(items, size))


class Processes:
    """Work in several processes, started when the first second batch comes."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._executor:
            self._executor.shutdown(cancel_futures=True)

    def map(self, task: Callable[[Sequence[A]], list[B]], items: Iterable[A], size: int) -> Iterator[list[B]]:
        """Do the task on batches in the processes, at most a few batches ahead of the reader."""
        rest = batches(items, size)
        first = list(islice(rest, 2))
        if len(first) < 2:
            yield from map(task, first)
            return
        waiting: set[Future[list[B]]] = set()
        for batch in chain(first, rest):
            waiting.add(self._start().submit(task, batch))
            if len(waiting) > self.jobs * 2:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)

    def _start(self) -> ProcessPoolExecutor:
        if self._executor is None:
            # A forked worker starts at once; where there are threads or no fork, it is spawned.
            method = "fork" if sys.platform == "linux" and _one_thread() else "spawn"
            self._executor = ProcessPoolExecutor(
                self.jobs, mp_context=multiprocessing.get_context(method), initializer=_leave_interrupts
            )
        return self._executor


def _leave_interrupts() -> None:
    # Ctrl-C reaches every process of the terminal; only the main one answers it, and ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _one_thread() -> bool:
    return threading.active_count() == 1


def pool(jobs: int | None) -> Serial | Processes:
    """A pool of so many processes, as many as there are processors if none is said."""
    count = jobs or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else jobs or os.cpu_count() or 1
    return Serial() if count == 1 else Processes(count)
