"""Lists files by name, size, date and inode, which tells whether any may have changed without reading one.

What the files are, and what follows from a change, is left to others; a seal and the paths that changed are what
they are told.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from stat import S_ISREG

from msgspec import Struct, field

from generator import digest

YOUNG_NS = 3_000_000_000
"""A file younger than this when it was listed may change again without a new date."""

_WELL_KNOWN = ".well-known"


class Folder(Struct, frozen=True):
    """A folder as it was listed: digests of the names in it, and of the sizes, dates and inodes of its files."""

    names: bytes
    dates: bytes


class Changed(Struct, frozen=True):
    """All paths that changed since the last build of an output, so that nothing else need be looked at.

    `watched` says that somebody watched them, and the output too: no one is writing to them any more.
    """

    paths: frozenset[Path]
    watched: bool = True


class Seal(Struct, frozen=True):
    """What was seen. `whole` changes when anything changed that a build looks at, but for its output and the clock.

    `whole` is b"" where it can't be told whether something changes again. `base` is of what is no source: then the
    sources alone are compared, by `folders`; it is b"" where they can't be.
    """

    whole: bytes = b""
    base: bytes = b""
    folders: Mapping[str, Folder] = field(default_factory=dict)


UNSEEN = Seal()
"""That of a build before which nobody looked."""


class Listing:
    """All files below some folders. It is `certain` unless a later change might not show in it."""

    def __init__(self) -> None:
        self.certain = True
        self.folders: dict[str, Folder] = {}
        self._began = time.time_ns()
        self._newest = 0
        self._state = digest.Running()

    def digest(self, *, certain: bool = True) -> bytes:
        """The digest of all that was added, b"" where that is not `certain` although it has to be."""
        old = self._began - self._newest >= YOUNG_NS
        return self._state.digest() if not certain or (self.certain and old) else b""

    def add_text(self, text: str) -> None:
        """Something that is no file, as a version."""
        self._lines([text])

    def add_file(self, path: str | Path, name: str) -> None:
        """One file, or that it is not there."""
        try:
            self._lines([name, self._told(os.stat(path))])  # noqa: PTH116 - several times as fast as Path's
        except FileNotFoundError:
            self._lines([name, "-"])
        except OSError:
            self.certain = False

    def add_folder(self, folder: str | Path, name: str, *, passed_over: str = "") -> None:
        """All files below a folder, or that it is not there; hidden ones, and folders of one name, are passed over."""
        waiting = [(str(folder), name)]
        while waiting:
            path, name = waiting.pop()
            waiting += self._folder(path, name, passed_over)

    def _folder(self, folder: str, name: str, passed_over: str) -> list[tuple[str, str]]:
        """List one folder; the folders in it."""
        names, dates, folders = [], [], []
        try:
            entries, told = self._entries(folder)
            names += [] if told else ["/"]
            dates.append(told)
            for entry in entries:
                base = entry.name
                if (base[0] == "." and base != _WELL_KNOWN) or base == passed_over:
                    continue
                if entry.is_symlink():
                    names.append(f"{base}/@")
                    dates.append(self._linked(entry))
                elif entry.is_dir():
                    names.append(f"{base}/")
                    folders.append((entry.path, f"{name}/{base}"))
                else:
                    names.append(base)
                    dates.append(self._told(entry.stat()))
        except OSError:
            self.certain = False
        seen = self.folders[name] = Folder(_digest(names), _digest(dates))
        self._lines([name, seen.names.hex(), seen.dates.hex()])
        return folders

    def _entries(self, folder: str) -> tuple[list[os.DirEntry[str]], str]:
        """What is in a folder by name, and the date of its own, which tells of what was moved away and back; "" for none."""
        try:
            told = self._told(os.stat(folder))  # noqa: PTH116 - several times as fast as Path's
            with os.scandir(folder) as found:
                return sorted(found, key=_name), told
        except (FileNotFoundError, NotADirectoryError):
            return [], ""

    def _linked(self, entry: os.DirEntry[str]) -> str:
        try:
            stat = entry.stat()
        except FileNotFoundError:
            return "-"  # it leads nowhere, until something is there
        # What is in a folder elsewhere is not listed, so nothing can be said of it.
        self.certain &= S_ISREG(stat.st_mode)
        return f"{os.path.realpath(entry.path)} {self._told(stat)}"

    def _told(self, stat: os.stat_result) -> str:
        mtime_ns = stat.st_mtime_ns
        if mtime_ns > self._newest:
            self._newest = mtime_ns
        return f"{stat.st_size} {mtime_ns} {stat.st_ino}"

    def _lines(self, lines: list[str]) -> None:
        self._state.add(_digest(lines))


def _digest(lines: list[str]) -> bytes:
    # A name holds no NUL, and may hold what is no UTF-8.
    return digest.of_text("\0".join(lines))


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name
