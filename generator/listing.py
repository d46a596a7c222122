"""Lists files by name, size, date and inode, which tells whether any may have changed without reading one.

What the files are, and what follows from a change, is left to others.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from stat import S_ISREG

from generator import digest

YOUNG_NS = 3_000_000_000
"""A file younger than this when it was listed may change again without a new date."""

_WELL_KNOWN = ".well-known"


class Listing:
    """All files below some folders. It is `certain` unless a later change might not show in it."""

    def __init__(self) -> None:
        self.certain = True
        self._began = time.time_ns()
        self._newest = 0
        self._state = digest.Running()

    def digest(self) -> bytes:
        """The digest of all that was added, b"" where it is not certain."""
        old = self._began - self._newest >= YOUNG_NS
        return self._state.digest() if self.certain and old else b""

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
        lines, folders = [name], []
        try:
            # The folder's own date tells of what was moved away and back.
            lines.append(self._told(os.stat(folder)))  # noqa: PTH116 - several times as fast as Path's
            with os.scandir(folder) as found:
                entries = sorted(found, key=_name)
            for entry in entries:
                base = entry.name
                if (base[0] == "." and base != _WELL_KNOWN) or base == passed_over:
                    continue
                if entry.is_symlink():
                    lines += [base, self._linked(entry)]
                elif entry.is_dir():
                    folders.append((entry.path, f"{name}/{base}"))
                else:
                    lines += [base, self._told(entry.stat())]
        except (FileNotFoundError, NotADirectoryError):
            lines.append("-")
        except OSError:
            self.certain = False
        self._lines(lines)
        return folders

    def _linked(self, entry: os.DirEntry[str]) -> str:
        stat = entry.stat()
        # What is in a folder elsewhere is not listed, so nothing can be said of it.
        self.certain &= S_ISREG(stat.st_mode)
        return f"{os.path.realpath(entry.path)} {self._told(stat)}"

    def _told(self, stat: os.stat_result) -> str:
        mtime_ns = stat.st_mtime_ns
        if mtime_ns > self._newest:
            self._newest = mtime_ns
        return f"{stat.st_size} {mtime_ns} {stat.st_ino}"

    def _lines(self, lines: list[str]) -> None:
        # A name holds no NUL, and may hold what is no UTF-8.
        self._state.add("\0".join([*lines, "\0"]).encode("utf-8", "surrogatepass"))


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name
