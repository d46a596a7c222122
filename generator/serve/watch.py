"""Which changes on disk matter, and hearing of them through watchdog.

What changed is not told: the build finds that out by itself, so any path event will do.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePath
from types import TracebackType
from typing import Self

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

# Opens and reads are left out in the kernel: a build that reads every source would overflow its queue.
# A folder's own "modified" only repeats what its files say, also for those that are ignored.
_EVENTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileDeletedEvent,
    FileMovedEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
]
_NOISE = re.compile(
    r"""  .*~ | \#.*\#                          # backups; Emacs' autosave
        | \.\#.* | \..*\.sw[a-z] | 4913       # locks and swap files of Emacs and Vim; Vim's probe
        | \.goutputstream-.* | .*___jb_(?:tmp|old)___
        | \.DS_Store | Thumbs\.db | desktop\.ini
    """,
    re.VERBOSE,
)
_NOISY_FOLDER = re.compile(r"\.(?!well-known\Z).+|__pycache__|node_modules")
_LIMITS = frozenset({errno.ENOSPC, errno.EMFILE, errno.ENFILE})
_POLL_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder to watch; a folder of the same name but another inode needs a new watch."""

    path: Path
    recursive: bool
    inode: int


class Watcher:
    """Calls `changed` (from another thread) after any change in the followed files and folders.

    Changes below `ignored` don't count. `trouble` is called when changes may have been missed;
    `say` hears it in words when watching has to be done by polling.
    """

    def __init__(
        self,
        changed: Callable[[], None],
        trouble: Callable[[], None],
        *,
        ignored: Sequence[Path] = (),
        say: Callable[[str], None],
        observer: Callable[[], BaseObserver] = Observer,
    ) -> None:
        self._handler = _Handler(changed, ignored)
        self._complaints = _Complaints(trouble)
        self._quiet = ExitStack()
        self._say = say
        self._watches: dict[_Place, ObservedWatch] = {}
        self._observer = self._begin(observer)

    def __enter__(self) -> Self:
        # A folder that is moved out and back makes watchdog warn of what it then does rightly.
        self._quiet.enter_context(warnings.catch_warnings())
        warnings.filterwarnings("ignore", category=RuntimeWarning, module="watchdog")
        logging.getLogger("watchdog").addHandler(self._complaints)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        logging.getLogger("watchdog").removeHandler(self._complaints)
        self._observer.stop()
        self._observer.join(1)
        self._quiet.close()

    def follow(self, paths: Iterable[Path]) -> bool:
        """Watch these files and folders, which need not exist, and no others.

        True if a watch is new: what happened there before went unheard.
        """
        self._handler.roots = tuple(path.resolve() for path in paths)
        wanted = _places(self._handler.roots)
        for place in self._watches.keys() - wanted:
            self._observer.unschedule(self._watches.pop(place))
        fresh = wanted - self._watches.keys()
        try:
            self._schedule(fresh)
        except OSError:
            self._fall_back(wanted)
        return bool(fresh)

    def _begin(self, observer: Callable[[], BaseObserver]) -> BaseObserver:
        try:
            begun = observer()
        except OSError as error:
            if error.errno not in _LIMITS:
                raise
            begun = self._polling()
        begun.start()
        return begun

    def _schedule(self, places: Iterable[_Place]) -> None:
        """Watch these; raises OSError where the system allows no more watches."""
        for place in places:
            try:
                self._watches[place] = self._watch(place.path, recursive=place.recursive)
            except OSError as error:
                if error.errno in _LIMITS:
                    raise  # any other: it is gone again, or can't be read; its parent tells when that changes
        self._probe()

    def _watch(self, path: Path, *, recursive: bool) -> ObservedWatch:
        return self._observer.schedule(self._handler, str(path), recursive=recursive, event_filter=_EVENTS)

    def _probe(self) -> None:
        """Raise OSError if no folder more can be watched.

        watchdog passes over folders inside a watched one that the system refuses to watch.
        """
        if not sys.platform.startswith("linux") or isinstance(self._observer, PollingObserver):
            return
        with tempfile.TemporaryDirectory() as folder:
            self._observer.unschedule(self._watch(Path(folder), recursive=False))

    def _fall_back(self, places: Iterable[_Place]) -> None:
        self._observer.stop()
        self._watches.clear()
        self._observer = self._polling()
        self._observer.start()
        self._schedule(places)

    def _polling(self) -> BaseObserver:
        self._say(
            "The system watches no more folders, so changes are looked for twice a second instead, which is slower."
            " On Linux a higher limit mends it: sudo sysctl fs.inotify.max_user_watches=524288"
            " fs.inotify.max_user_instances=512"
        )
        return PollingObserver(timeout=_POLL_SECONDS)


class _Handler(FileSystemEventHandler):
    def __init__(self, changed: Callable[[], None], ignored: Sequence[Path]) -> None:
        self.roots: tuple[Path, ...] = ()
        self._changed = changed
        self._ignored = tuple(path.resolve() for path in ignored)

    def on_any_event(self, event: FileSystemEvent) -> None:
        paths = (Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path)
        if any(self._matters(path) for path in paths):
            self._changed()

    def _matters(self, path: Path) -> bool:
        if any(path.is_relative_to(folder) for folder in self._ignored):
            return False
        return any(_concerns(path, root) for root in self.roots)


def _concerns(path: Path, root: Path) -> bool:
    # A change of a folder above moves the root, or brings it into being.
    return root.is_relative_to(path) or (path.is_relative_to(root) and not is_noise(path.relative_to(root)))


def is_noise(path: PurePath) -> bool:
    """Whether a path within a watched folder is an editor's, a tool's or the system's, and no source."""
    return bool(_NOISE.fullmatch(path.name)) or any(map(_NOISY_FOLDER.fullmatch, path.parent.parts))


def _places(paths: Iterable[Path]) -> set[_Place]:
    found: set[_Place] = set()
    for path in paths:
        if path.is_dir():
            found.add(_place(path, recursive=True))
        # The folder above tells when a file is replaced, and when a folder goes or comes back.
        found.add(_place(_nearest_folder(path.parent), recursive=False))
    return found


def _place(path: Path, *, recursive: bool) -> _Place:
    try:
        return _Place(path, recursive, path.stat().st_ino)
    except OSError:
        return _Place(path, recursive, 0)


def _nearest_folder(path: Path) -> Path:
    return next((folder for folder in (path, *path.parents) if folder.is_dir()), path)


class _Complaints(logging.Handler):
    """Hears what watchdog logs: that the kernel's queue overflowed is told in no other way."""

    def __init__(self, trouble: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._trouble = trouble

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info or "overflow" in record.getMessage():
            self._trouble()
