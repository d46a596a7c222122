"""The dates of a site's files: time that passes between edits and builds, and what somebody sees who watches."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISDIR

Snapshot = dict[Path, tuple[int, ...]]
"""What stands at each path below a site's folder: its kind, size, date and inode."""

WATCHED = ("content", "static", "themes", "locale", "site.toml")

_LONG_AGO_NS = 1_300_000_000 * 10**9
_OLD_NS = 1_600_000_000 * 10**9
_STEP_NS = 10**12


class Clock:
    """Gives everything that was just written a date long ago, each time a later one, as if time had passed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._next = _LONG_AGO_NS

    def pass_time(self) -> None:
        """All that was written since the last time becomes old."""
        for path, stat in _everything(self.root):
            if stat.st_mtime_ns > _OLD_NS and not path.is_symlink():
                self._next += _STEP_NS
                os.utime(path, ns=(self._next, self._next))


def snapshot(root: Path) -> Snapshot:
    """The site's files and folders as they now are; of a folder it says only that it is there."""
    return {path: _told(stat) for path, stat in _everything(root)}


def changes(root: Path, before: Snapshot) -> frozenset[Path]:
    """The paths that are not as they were, as who watches the folders sees them."""
    after, real = snapshot(root), root.resolve()
    changed = [path for path in before.keys() | after.keys() if before.get(path) != after.get(path)]
    return frozenset(real / path.relative_to(root) for path in changed)


def _told(stat: os.stat_result) -> tuple[int, ...]:
    which = (stat.st_mode, stat.st_ino)
    return which if S_ISDIR(stat.st_mode) else (*which, stat.st_size, stat.st_mtime_ns)


def _everything(root: Path) -> Iterator[tuple[Path, os.stat_result]]:
    for name in WATCHED:
        top = root / name
        if top.exists():
            yield top, top.lstat()
        for place, folders, files in os.walk(top):
            for path in (Path(place, inner) for inner in (*folders, *files)):
                yield path, path.lstat()
