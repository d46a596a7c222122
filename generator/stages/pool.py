"""The pool of workers: one interface for one process and for many.

Work is cut into batches; a pool starts its processes only when there is more than one batch to do,
so that a small change costs no start-up.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from types import TracebackType
from typing import TYPE_CHECKING, Generic, Protocol, Self, TypeVar, runtime_checkable

from msgspec import Struct

from generator.errors import Problem, WorkerError

if TYPE_CHECKING:
    # What processes need is imported when one starts: most builds start none.
    from concurrent.futures import Future, ProcessPoolExecutor

A = TypeVar("A")
B = TypeVar("B")


class Pool(Protocol):
    """Maps a task over batches of items; results come as they are done, in any order."""

    def map(self, task: Callable[[Sequence[A]], list[B]], items: Iterable[A], size: int) -> Iterator[list[B]]:
        """Do the task on batches of `size` items."""

    def release(self) -> None:
        """End the processes, if there are any; the next work starts new ones."""


@runtime_checkable
class Prepared(Protocol):
    """A task that has something to do before its first batch, which forked workers need not do each."""

    def prepare(self) -> None:
        """Do it."""


def batches(items: Iterable[A], size: int) -> Iterator[list[A]]:
    """The items, so many at a time; one with a `weight` counts for so many."""
    batch: list[A] = []
    room = size
    for item in items:
        batch.append(item)
        room -= getattr(item, "weight", 1)
        if room <= 0:
            yield batch
            batch, room = [], size
    if batch:
        yield batch


class Serial:
    """All work in this process."""

    def map(self, task: Callable[[Sequence[A]], list[B]], items: Iterable[A], size: int) -> Iterator[list[B]]:
        """Do the task on one batch after another."""
        return (task(batch) for batch in batches(items, size))

    def release(self) -> None:
        """There are none."""


class Sent(Struct, Generic[A], frozen=True):
    """A batch that was given to an executor."""

    batch: list[A]
    executor: ProcessPoolExecutor


class Processes:
    """Work in several processes, started when the first second batch comes.

    Where the system ends one of them, as when memory runs out, what was lost is done again by a single
    new one. If that is ended too, `map` raises `WorkerError`.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._executor: ProcessPoolExecutor | None = None
        self._shrunk = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()

    def release(self) -> None:
        """End the processes; the next work starts new ones."""
        if self._executor:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None

    def map(self, task: Callable[[Sequence[A]], list[B]], items: Iterable[A], size: int) -> Iterator[list[B]]:
        """Do the task on batches in the processes, at most a few batches ahead of the reader."""
        rest = batches(items, size)
        first = list(islice(rest, 2))
        if len(first) < 2:
            yield from map(task, first)
            return
        sent: dict[Future[list[B]], Sent[A]] = {}
        for batch in chain(first, rest):
            self._send(task, batch, sent)
            if len(sent) > self.jobs * 2:
                yield from self._done(task, sent)
        while sent:
            yield from self._done(task, sent)

    def _send(
        self, task: Callable[[Sequence[A]], list[B]], batch: list[A], sent: dict[Future[list[B]], Sent[A]]
    ) -> None:
        from concurrent.futures.process import BrokenProcessPool

        while True:
            executor = self._start(task)
            try:
                sent[executor.submit(task, batch)] = Sent(batch, executor)
            except (BrokenProcessPool, OSError) as error:  # OSError: the system has no process left to give
                self._shrink(executor, error)
            else:
                return

    def _done(
        self, task: Callable[[Sequence[A]], list[B]], sent: dict[Future[list[B]], Sent[A]]
    ) -> Iterator[list[B]]:
        """What is done of what was sent, at least one batch; what was lost is sent again."""
        from concurrent.futures import FIRST_COMPLETED, CancelledError, wait
        from concurrent.futures.process import BrokenProcessPool

        for future in wait(sent, return_when=FIRST_COMPLETED).done:
            lost = sent.pop(future)
            try:
                found = future.result()
            except (BrokenProcessPool, CancelledError) as error:
                self._shrink(lost.executor, error)
                self._send(task, lost.batch, sent)
            else:
                yield found

    def _shrink(self, broken: ProcessPoolExecutor, error: BaseException) -> None:
        """Go on with a single process; once only."""
        if broken is not self._executor:
            return
        if self._shrunk:
            raise WorkerError(_ended()) from error
        self._shrunk, self.jobs, self._executor = True, 1, None
        broken.shutdown(cancel_futures=True)

    def _start(self, task: object) -> ProcessPoolExecutor:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        if self._executor is None:
            # A forked worker starts at once; where there are threads or no fork, it is spawned.
            method = "fork" if sys.platform == "linux" and _one_thread() else "spawn"
            if method == "fork" and isinstance(task, Prepared):
                task.prepare()
            self._executor = ProcessPoolExecutor(
                self.jobs, mp_context=multiprocessing.get_context(method), initializer=_begin
            )
        return self._executor


def _ended() -> Problem:
    message = "the system ended a process that did the work, twice; most often that is because memory ran out"
    return Problem("", 0, "", message, "Free some memory, or build with `--jobs 1`, which needs less of it.")


def _begin() -> None:
    """Begin a worker."""
    # Ctrl-C reaches every process of the terminal; only the main one answers it, and ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the main one was killed: it must not write into the next build's output."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _one_thread() -> bool:
    return threading.active_count() == 1


def pool(jobs: int | None) -> Serial | Processes:
    """A pool of so many processes, as many as there are processors if none is said."""
    count = jobs or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else jobs or os.cpu_count() or 1
    return Serial() if count == 1 else Processes(count)
