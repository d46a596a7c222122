"""What open pages are told: the history of builds, and the stream of server-sent events.

A page says which build it shows; it gets what changed since then as one message, now and after every build.
So nothing is missed between loading a page and listening, or while a tab sleeps.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import threading
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress
from itertools import chain

from msgspec import Struct
from msgspec.structs import asdict

from generator.errors import Problem
from generator.report import Result

_BUILDS_KEPT = 200
_MOST_FILES = 2000
_MOST_PROBLEMS = 50
_HEARTBEAT = 15.0
_RETRY = b"retry: 500\n\n"


class Message(Struct, frozen=True):
    """What changed since the build that a page shows, and what is wrong now.

    `all` stands for any file: the page's build is unknown here (the server began anew), or too much changed
    to list. `problems` are the first errors; `errors` and `warnings` count them all.
    """

    build: str
    all: bool
    written: list[str]
    removed: list[str]
    problems: list[dict[str, str | int]]
    errors: int
    warnings: int

    def encode(self) -> bytes:
        """The message as a server-sent event (HTML Living Standard, 9.2.6)."""
        return f"id: {self.build}\nevent: built\ndata: {json.dumps(asdict(self))}\n\n".encode()


class _Listener(Struct, frozen=True):
    loop: asyncio.AbstractEventLoop
    news: asyncio.Event

    def wake(self) -> None:
        with suppress(RuntimeError):  # its loop has ended
            self.loop.call_soon_threadsafe(self.news.set)


class Hub:
    """Joins the thread that builds to the pages that listen; every method may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._run = secrets.token_hex(4)
        self._number = 0
        self._builds: deque[Result] = deque(maxlen=_BUILDS_KEPT)
        self._problems: tuple[Problem, ...] = ()
        self._listeners: set[_Listener] = set()
        self._closed = False

    @property
    def build(self) -> str:
        """The id of the last build that changed anything."""
        return f"{self._run}-{self._number}"

    def publish(self, result: Result) -> bool:
        """Tell the pages of a build; False if it changed nothing that they need to know."""
        with self._lock:
            if not (result.written or result.removed) and result.problems == self._problems:
                return False
            self._number += 1
            self._builds.append(result)
            self._problems = result.problems
            self._wake()
            return True

    def close(self) -> None:
        """End all streams."""
        with self._lock:
            self._closed = True
            self._wake()

    def since(self, seen: str) -> Message:
        """What a page that shows the build `seen` has to know."""
        with self._lock:
            missed = self._missed(seen)
            written = sorted(set(chain.from_iterable(result.written for result in missed or ())))
            removed = sorted(set(chain.from_iterable(result.removed for result in missed or ())))
            too_much = missed is None or len(written) + len(removed) > _MOST_FILES
            return self._message([] if too_much else written, [] if too_much else removed, too_much)

    async def stream(self, seen: str) -> AsyncIterator[bytes]:
        """The events for a page that shows the build `seen`: what it missed at once, then each build."""
        listener = _Listener(asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._listeners.add(listener)
        try:
            yield _RETRY
            async for message in self._messages(listener, seen):
                yield message
        finally:
            with self._lock:
                self._listeners.discard(listener)

    async def _messages(self, listener: _Listener, seen: str) -> AsyncIterator[bytes]:
        first = True
        while not self._closed:
            listener.news.clear()
            if first or seen != self.build:
                message = self.since(seen)
                seen, first = message.build, False
                yield message.encode()
            try:
                await asyncio.wait_for(listener.news.wait(), _HEARTBEAT)
            except TimeoutError:
                yield b":\n\n"

    def _wake(self) -> None:
        for listener in self._listeners:
            listener.wake()

    def _missed(self, seen: str) -> list[Result] | None:
        run, _, number = seen.rpartition("-")
        if run != self._run or not (number.isascii() and number.isdigit() and len(number) < 10):
            return None
        count = self._number - int(number)
        if not 0 <= count <= len(self._builds):
            return None
        return list(self._builds)[len(self._builds) - count :]

    def _message(self, written: list[str], removed: list[str], everything: bool) -> Message:
        errors = [problem for problem in self._problems if problem.severity == "error"]
        return Message(
            build=self.build,
            all=everything,
            written=written,
            removed=removed,
            problems=[_shown(problem) for problem in errors[:_MOST_PROBLEMS]],
            errors=len(errors),
            warnings=len(self._problems) - len(errors),
        )


def _shown(problem: Problem) -> dict[str, str | int]:
    return {
        "path": problem.path,
        "line": problem.line,
        "field": problem.field,
        "message": problem.message,
        "hint": problem.hint,
    }
