"""Who changed which file when, what they said of it, and what came and went, as the site's git repository tells.

Git is asked with nothing left to anybody's settings, and read line by line: neither a long history nor a long
line is held in memory whole. Names, messages and lines are anybody's words.
"""

from __future__ import annotations

import subprocess
from ast import literal_eval
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from threading import Event, Timer
from typing import IO

from generator import digest
from generator.model import Edit

SECONDS = 60
"""How long git may take for all files."""

EDITS = 500
"""How many edits of a file are kept, the newest."""

LINES, LINE = 120, 600
"""How many lines of an edit are kept, and how many letters of a line."""

_LONGEST = 200
_CHUNK = 16_384
_COMMIT = "\x1e"
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), " ")

_LOG = (
    "git", "--literal-pathspecs", "--no-pager", "-c", "core.quotePath=true", "-c", "log.follow=false",
    "log", "--format=%x1e%ct%x1f%aN%x1f%s", "--encoding=UTF-8", "--no-merges", "--no-renames", "--relative", "--no-color",
    "--no-show-signature", "--no-notes", "--patch", "--unified=1", "--inter-hunk-context=0", "--diff-algorithm=histogram",
    "--indent-heuristic", "--src-prefix=a/", "--dst-prefix=b/", "--no-ext-diff", "--no-textconv", "--stdin",
)  # fmt: skip


def standing(root: Path) -> bytes:
    """The digest of what a history follows from: the last commit, and the map of names; b"" without a repository."""
    command = ["git", "rev-parse", "HEAD", "--show-toplevel"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, check=True, timeout=SECONDS)  # noqa: S603 - fixed words
    except (OSError, subprocess.SubprocessError):
        return b""
    head, _, top = done.stdout.decode("utf-8", "replace").rstrip("\n").partition("\n")
    try:
        names = digest.of_file(Path(top, ".mailmap"))
    except OSError:
        names = b""
    return digest.of(head, names)


def edits(root: Path, paths: Iterable[str]) -> dict[str, list[Edit]]:
    """The edits of files, the newest first; nothing of a site in no repository. Raises `TimeoutError`."""
    found: dict[str, list[Edit]] = {}
    for path, edit in _told(root, paths):
        known = found.setdefault(path, [])
        if len(known) < EDITS:
            known.append(edit)
    return found


def _told(root: Path, paths: Iterable[str]) -> Iterator[tuple[str, Edit]]:
    try:
        # Errors of git are told to nobody: without a repository there is no history.
        asked = subprocess.Popen(_LOG, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603 - fixed words
    except OSError:
        return
    stopped = Event()

    def stop() -> None:
        stopped.set()
        asked.kill()

    late = Timer(SECONDS, stop)
    late.start()
    try:
        with asked:
            assert asked.stdin and asked.stdout
            _ask(asked.stdin, paths)
            yield from _edits(_lines(asked.stdout))
        if stopped.is_set():
            raise TimeoutError
    finally:
        late.cancel()
        asked.kill()


def _ask(stdin: IO[bytes], paths: Iterable[str]) -> None:
    """Name the files; git may have gone already."""
    try:
        named = (path for path in paths if "\n" not in path)
        stdin.write("\n".join(chain(("HEAD", "--"), named, ("",))).encode("utf-8", "surrogateescape"))
        stdin.close()
    except OSError:
        pass


def _lines(stream: IO[bytes]) -> Iterator[str]:
    """The lines, of a long one the beginning."""
    for line in iter(lambda: stream.readline(_CHUNK), b""):
        rest = line
        while not rest.endswith(b"\n") and rest:
            rest = stream.readline(_CHUNK)
        yield line.decode("utf-8", "ignore").rstrip("\r\n")


# Each of the lines ----------------------------------------------------------


@dataclass(slots=True)
class _Change:
    """What one commit did to one file, as it is read."""

    path: str = ""
    added: int = 0
    removed: int = 0
    lines: list[str] = field(default_factory=list)
    cut: bool = False
    begun: bool = False

    def take(self, line: str) -> None:
        """One more line. The file's name stands above the first `@@`; below it every line has a sign before it."""
        if not self.begun and line.startswith(("--- ", "+++ ")):
            self.path = _path(line[4:].rstrip("\t")) or self.path
        self.begun = self.begun or line.startswith("@@")
        if not self.begun or line.startswith("\\"):
            return
        self.added += line.startswith("+")
        self.removed += line.startswith("-")
        if len(self.lines) >= LINES:
            self.cut = True
        else:
            self.lines.append("@" if line.startswith("@@") else _clean(line)[: LINE + 1])


def _edits(lines: Iterable[str]) -> Iterator[tuple[str, Edit]]:
    commit, change = (0, "", ""), _Change()
    for line in chain(lines, (_COMMIT,)):
        if not line.startswith((_COMMIT, "diff --git ")):
            change.take(line)
            continue
        if change.path:
            yield change.path, Edit(*commit, change.added, change.removed, tuple(change.lines), change.cut)
        change = _Change()
        if line.startswith(_COMMIT):
            commit = _commit(line[1:])


def _path(name: str) -> str:
    """A file's name as it stands in a diff, with quotes around it where it has odd letters; "" for none."""
    if name.startswith('"'):
        try:
            name = literal_eval(f"b{name}").decode("utf-8", "surrogateescape")
        except (ValueError, SyntaxError):
            return ""
    return name[2:] if name.startswith(("a/", "b/")) else ""


def _commit(text: str) -> tuple[int, str, str]:
    """The moment, name and message of a commit."""
    moment, _, rest = text.partition("\x1f")
    name, _, message = rest.partition("\x1f")
    return int(moment) if moment.isdecimal() else 0, _line(name), _line(message)


def _clean(text: str) -> str:
    return text.translate(_CONTROLS)


def _line(text: str) -> str:
    return " ".join(_clean(text).split())[:_LONGEST]
