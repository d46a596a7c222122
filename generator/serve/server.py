"""The dev server as a whole: take a port, build, serve, watch, build again, tell the pages.

Builds run in the thread that calls `run`, one at a time, so that Ctrl-C ends them too;
HTTP is served by another.
"""

from __future__ import annotations

import threading
import traceback
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import socket

import uvicorn

from generator.errors import AnjomanError, BusyError, Problem
from generator.report import Result
from generator.serve.app import Application, normal_prefix
from generator.serve.guard import Guard, authority_name
from generator.serve.port import listen
from generator.serve.reload import Hub
from generator.serve.trigger import Trigger
from generator.serve.watch import Watcher

EVERY = 60.0
"""Seconds between builds without a change: publish dates come due, and a missed change is caught up with."""

_AFTER_TROUBLE = 2.0
_WHILE_BUSY = 1.0
_NOWHERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - what to open, not to bind


Builder = Callable[[frozenset[Path] | None], Result]
"""Builds the site; it is given all paths that changed since its last build, None where any may have."""


def run(
    builder: Builder,
    *,
    output: Path,
    watched: Callable[[], Sequence[Path]],
    prefix: str,
    host: str = "127.0.0.1",
    port: int = 8000,
    open_browser: bool = False,
    say: Callable[[str], None],
    every: float = EVERY,
) -> None:
    """Serve `output` under the sub-path `prefix` until Ctrl-C, and build again after each change.

    `builder` is given the paths that changed since its last build, or None where it must look at everything.
    `watched` names the files and folders to watch and is asked again after each build; `say` hears a line
    of text at a time; port 0 takes a free one. Raises BusyError if the port is taken, SiteError if the
    host or the port can't be used at all. An AnjomanError of the builder is shown in the browser.
    """
    with suppress(KeyboardInterrupt):
        server = DevServer(builder, output=output, watched=watched, prefix=prefix, host=host, port=port, say=say)
        server.run(open_browser=open_browser, every=every)


class DevServer:
    """One dev server; the port is taken when it is made, `address` is where the site then is."""

    def __init__(
        self,
        builder: Builder,
        *,
        output: Path,
        watched: Callable[[], Sequence[Path]],
        prefix: str,
        host: str = "127.0.0.1",
        port: int = 8000,
        say: Callable[[str], None],
    ) -> None:
        self._builder = builder
        self._output = output
        self._watched = watched
        self._say = say
        self._hub = Hub()
        self._trigger = Trigger()
        self._socket = listen(host, port)
        actual: int = self._socket.getsockname()[1]
        self._application = Application(output, prefix, Guard(host, actual), self._hub)
        self.address = f"http://{authority_name(_NOWHERE.get(host, host))}:{actual}{normal_prefix(prefix)}/"

    def run(self, *, open_browser: bool = False, every: float = EVERY) -> None:
        """Build and serve until `stop` or KeyboardInterrupt; all threads and the port are given back."""
        with self._socket, self._watcher() as watcher:
            self._follow(watcher)
            self._build(watcher, None)
            with self._http():
                self._say(f"Serving at {self.address} (Ctrl-C ends it)")
                if open_browser:
                    threading.Thread(target=webbrowser.open, args=[self.address], daemon=True).start()
                self._keep_building(watcher, every)

    def _watcher(self) -> Watcher:
        return Watcher(self._trigger.change, self._trouble, ignored=[self._output], say=self._say)

    def stop(self) -> None:
        """Make `run` return; may be called from any thread."""
        self._trigger.stop()

    def _keep_building(self, watcher: Watcher, every: float) -> None:
        self._trigger.later(every)
        while due := self._trigger.wait():
            self._build(watcher, due.changed)
            self._trigger.later(every)

    def _build(self, watcher: Watcher, changed: frozenset[Path] | None) -> None:
        result = self._result(changed)
        if self._hub.publish(result):
            self._tell(result)
        if self._follow(watcher):
            self._trigger.change()

    def _result(self, changed: frozenset[Path] | None) -> Result:
        try:
            return self._builder(changed)
        except BusyError as error:
            self._trigger.later(_WHILE_BUSY)
            return self._failed(error.problems)
        except AnjomanError as error:
            return self._failed(error.problems)
        except Exception as error:  # a bug, in a theme's or plugin's code perhaps: the server outlives it
            self._say(traceback.format_exc())
            hint = "This is a fault in the program, not in your site. The terminal shows where."
            return self._failed((Problem("", 0, "", f"{type(error).__name__}: {error}", hint),))

    def _failed(self, problems: tuple[Problem, ...]) -> Result:
        # What had changed was not taken in, so the next build can't do with what changes from now on.
        self._trigger.doubt()
        return Result(problems=problems)

    def _follow(self, watcher: Watcher) -> bool:
        try:
            return watcher.follow(self._watched())
        except AnjomanError:  # the build reports it; what was watched stays so, for it to be mended
            return False

    def _trouble(self) -> None:
        # Once now, and once more after the watches were surely repaired.
        self._trigger.change()
        self._trigger.later(_AFTER_TROUBLE)

    def _tell(self, result: Result) -> None:
        counts = f"{len(result.written)} files written, {len(result.removed)} removed"
        findings = f"{len(result.errors)} errors, {len(result.warnings)} warnings"
        self._say(f"Built in {result.seconds:.2f} s: {counts}; {findings}")
        for problem in result.errors:
            self._say(str(problem))

    @contextmanager
    def _http(self) -> Iterator[None]:
        server = uvicorn.Server(_config(self._application))
        sockets: list[socket] = [self._socket]
        thread = threading.Thread(target=server.run, args=[sockets], name="http", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._hub.close()
            server.should_exit = True
            thread.join(2)


def _config(application: Application) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        http="h11",
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=0,
    )
