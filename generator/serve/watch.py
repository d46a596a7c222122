"""Which changes on disk matter, and hearing of them through watchdog.

What a change is, the build finds out by itself, so any event will do. Which path it is of, is told only where
the system also tells that it lost some (Linux): then a build need not look at all the others.
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
from pathlib import Path, PurePath
from types import TracebackType
from typing import Protocol, Self

from msgspec import Struct
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

from generator.stages.scan import is_backup

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
# Locks and swap files of Emacs and Vim; Vim's probe; GNOME's and the Finder's.
_NOISE = re.compile(r"\.#.*|\..*\.sw[a-z]|4913|\.goutputstream-.*|\.DS_Store")
_NOISY_FOLDER = re.compile(r"\.(?!well-known\Z).+|__pycache__|node_modules")
_LIMITS = frozenset({errno.ENOSPC, errno.EMFILE, errno.ENFILE})
_POLL_SECONDS = 0.5


class _Place(Struct, frozen=True):
    """A folder to watch; a folder of the same name but another inode needs a new watch."""

    path: Path
    recursive: bool
    inode: int


class Listener(Protocol):
    """Hears of a changed path, None where it can be any; `writing` is as in `Trigger.change`."""

    def __call__(self, path: Path | None, *, writing: bool | None) -> None:
        """Take it in; called from any thread."""


class Watcher:
    """Calls `changed` (from another thread) after any change in the followed files and folders.

    Changes below `ignored` don't count. `trouble` is called when changes may have been missed;
    `say` hears it in words when watching has to be done by polling.
    """

    def __init__(
        self,
        changed: Listener,
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
        roots = [path.resolve() for path in paths]
        self._handler.roots = tuple(map(_comparable, roots))
        wanted = _places(roots)
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
        self._handler.names_all = _tells_losses(begun)
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
        if not _tells_losses(self._observer):
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
        self._handler.names_all = False
        self._say(
            "The system watches no more folders, so changes are looked for twice a second instead, which is slower."
            " On Linux a higher limit mends it: sudo sysctl fs.inotify.max_user_watches=524288"
            " fs.inotify.max_user_instances=512"
        )
        return PollingObserver(timeout=_POLL_SECONDS)


class _Handler(FileSystemEventHandler):
    """Tells which events matter. `names_all`: every change is heard of, or it is told that some were lost."""

    def __init__(self, changed: Listener, ignored: Sequence[Path]) -> None:
        self.roots: tuple[str, ...] = ()
        self.names_all = False
        self._changed = changed
        self._ignored = tuple(_comparable(path.resolve()) for path in ignored)

    def on_any_event(self, event: FileSystemEvent) -> None:
        for name, writing in ((event.src_path, _writing(event)), (event.dest_path, False)):
            path = os.fsdecode(name)
            if path and self._matters(os.path.normcase(path)):
                self._tell(path, event, writing)

    def _tell(self, path: str, event: FileSystemEvent, writing: bool | None) -> None:
        if not self.names_all:
            self._changed(None, writing=True)
        elif event.is_directory:
            self._changed(None, writing=None)
        else:
            self._changed(Path(path), writing=writing)

    def _matters(self, path: str) -> bool:
        if any(_is_within(path, folder) for folder in self._ignored):
            return False
        return any(_concerns(path, root) for root in self.roots)


def _writing(event: FileSystemEvent) -> bool | None:
    # What goes may be on its way to be replaced.
    if isinstance(event, FileCreatedEvent | FileModifiedEvent | FileDeletedEvent | FileMovedEvent):
        return True
    return False if isinstance(event, FileClosedEvent) else None


def _concerns(path: str, root: str) -> bool:
    # A change of a folder above moves the root, or brings it into being.
    return _is_within(root, path) or (_is_within(path, root) and not is_noise(PurePath(path[len(root) + 1 :])))


def _is_within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder if folder.endswith(os.sep) else folder + os.sep)


def _comparable(path: Path) -> str:
    return os.path.normcase(path)


def _tells_losses(observer: BaseObserver) -> bool:
    return sys.platform.startswith("linux") and not isinstance(observer, PollingObserver)


def is_noise(path: PurePath) -> bool:
    """Whether a path within a watched folder is an editor's, a tool's or the system's, and no source."""
    return (
        is_backup(path.name)
        or bool(_NOISE.fullmatch(path.name))
        or any(map(_NOISY_FOLDER.fullmatch, path.parent.parts))
    )


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
