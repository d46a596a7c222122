"""Scan: which files the site has, and what each one is by its place.

It looks at names and dates only; what a file says is read in `read`. Nothing outside the site's
root is ever followed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from generator.errors import Problem
from generator.model import Role, Source

MARKDOWN = (".md", ".markdown")
BOARD_FILES = ("board.md", "_index.md")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a folder is: on which board and in which topic's folder."""

    board: str = ""
    topic: str | None = None
    members: bool = False


@dataclass(slots=True)
class Scanner:
    """Walks a site's folder; what can't be scanned is in `problems`."""

    root: Path
    languages: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)

    def sources(self) -> Iterator[Source]:
        """All sources, folder by folder, by name."""
        for folder, walk in (("content", self._content), ("static", self._static)):
            if (self.root / folder).is_dir() and self._leads_inside(self.root / folder, folder):
                yield from walk(self.root / folder)

    # Folders ---------------------------------------------------------------

    def _content(self, folder: Path) -> Iterator[Source]:
        yield from self._walk(folder, "", Place(), (folder.resolve(),))

    def _walk(self, folder: Path, below: str, place: Place, trail: tuple[Path, ...]) -> Iterator[Source]:
        """One folder: `below` is its path under content/, `trail` the real folders above it."""
        files, folders = self._entries(folder)
        names = {entry.name for entry in files}
        board_file = next((name for name in BOARD_FILES if name in names), None) if below else None
        if board_file and place.topic is None:
            place = Place(board=below)
        opens = {self._stem(name)[0] for name in names if name.endswith(MARKDOWN)}
        if place.board and place.topic is None and "index" in opens and below != place.board:
            place = replace(place, topic=below)
        for entry in files:
            source = self._file(entry, below, place, board_file)
            if source:
                yield source
        for entry in folders:
            inner = f"{below}/{entry.name}".lstrip("/")
            yield from self._folder(entry, inner, self._inside(entry.name, inner, place, opens, below), trail)

    def _inside(self, name: str, inner: str, place: Place, opens: set[str], below: str) -> Place:
        if place.topic is not None:
            return place
        if not place.board:
            return Place(members=place.members or (not below and name == "members"))
        return replace(place, topic=inner) if name in opens else place

    def _folder(self, entry: os.DirEntry[str], inner: str, place: Place, trail: tuple[Path, ...]) -> Iterator[Source]:
        real = Path(entry.path).resolve()
        if entry.is_symlink() and real in trail:
            self._report(f"content/{inner}", "the link leads to a folder that it is inside of", "Remove the link.")
            return
        yield from self._walk(Path(entry.path), inner, place, (*trail, real))

    def _entries(self, folder: Path) -> tuple[list[os.DirEntry[str]], list[os.DirEntry[str]]]:
        files: list[os.DirEntry[str]] = []
        folders: list[os.DirEntry[str]] = []
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            self._report(self._below_root(folder), f"the folder can't be read: {error.strerror}", "Mend its permissions.")
            return [], []
        for entry in entries:
            if entry.name.startswith(".") or not self._is_inside(entry):
                continue
            (folders if entry.is_dir() else files).append(entry)
        return files, folders

    def _is_inside(self, entry: os.DirEntry[str]) -> bool:
        path = self._below_root(Path(entry.path))
        try:
            entry.name.encode("utf-8")
        except UnicodeEncodeError:
            self._report(path.encode("utf-8", "replace").decode(), "the file's name is not UTF-8", "Rename the file.")
            return False
        return not entry.is_symlink() or self._leads_inside(Path(entry.path), path)

    def _leads_inside(self, link: Path, path: str) -> bool:
        try:
            real = link.resolve(strict=True)
        except (OSError, RuntimeError):  # RuntimeError: a link to itself, up to Python 3.12
            self._report(path, "the link leads nowhere", "Remove the link, or put the file there.")
            return False
        if real.is_relative_to(self.root.resolve()):
            return True
        self._report(path, "the link leads outside the site's folder; it is not followed", "Copy the file here.")
        return False

    # Files -----------------------------------------------------------------

    def _file(self, entry: os.DirEntry[str], below: str, place: Place, board_file: str | None) -> Source | None:
        path = PurePosixPath("content", below, entry.name).as_posix()
        source = self._stat(entry, path)
        if source is None:
            return None
        if not entry.name.endswith(MARKDOWN):
            return replace(source, role=Role.ASSET, board=place.board, topic=place.topic or "")
        if entry.name in BOARD_FILES and place.topic is None:
            return self._board(source, entry.name, place, board_file) if below else self._top(source, entry.name)
        stem, language = self._stem(entry.name)
        if place.members:
            return replace(source, role=Role.MEMBER, topic=_joined(below, stem).removeprefix("members/"))
        if not place.board:
            return self._page(source, below, stem, language)
        return self._on_board(source, below, stem, language, place)

    def _board(self, source: Source, name: str, place: Place, board_file: str | None) -> Source | None:
        if name != board_file:
            self._report(source.path, f"the folder has a {board_file} already; this file is left out", "Remove one.")
            return None
        return replace(source, role=Role.BOARD, board=place.board)

    def _top(self, source: Source, name: str) -> Source | None:
        """Hugo's _index.md of the whole site is the front page's text; a board has a folder of its own."""
        if name == "_index.md":
            return replace(source, role=Role.FRONT)
        self._report(source.path, "a board has a folder of its own; this file is left out", "Move it into a folder.")
        return None

    def _page(self, source: Source, below: str, stem: str, language: str) -> Source:
        suffix = f".{language}" if language else ""
        key = below if stem == "index" else _joined(below, stem)
        role = Role.FRONT if not key else Role.PAGE
        return replace(source, role=role, topic=key + suffix, language=language)

    def _on_board(self, source: Source, below: str, stem: str, language: str, place: Place) -> Source | None:
        suffix = f".{language}" if language else ""
        if place.topic is None:
            if stem == "index":
                hint = "Put the text into board.md, or give the file another name."
                self._report(source.path, "a board's text is in its board.md; this file is left out", hint)
                return None
            key = _joined(below, stem) + suffix
            return replace(source, role=Role.TOPIC, board=place.board, topic=key, language=language)
        opens = stem == "index" and below == place.topic
        role = Role.TOPIC if opens else Role.REPLIES
        return replace(source, role=role, board=place.board, topic=place.topic + suffix, language=language)

    def _stat(self, entry: os.DirEntry[str], path: str) -> Source | None:
        try:
            stat = entry.stat()
        except OSError as error:
            self._report(path, f"the file can't be read: {error.strerror}", "Mend its permissions.")
            return None
        if not S_ISREG(stat.st_mode):
            self._report(path, "expected a file, found a pipe, socket or device", "Remove it.")
            return None
        return Source(path, Role.ASSET, size=stat.st_size, mtime_ns=stat.st_mtime_ns, inode=stat.st_ino)

    def _stem(self, name: str) -> tuple[str, str]:
        """A file's stem and the language of a translation."""
        stem = name.rpartition(".")[0]
        base, _, suffix = stem.rpartition(".")
        return (base, suffix) if base and suffix in self.languages else (stem, "")

    def _static(self, folder: Path) -> Iterator[Source]:
        files, folders = self._entries(folder)
        for entry in files:
            source = self._stat(entry, self._below_root(Path(entry.path)))
            if source:
                yield replace(source, role=Role.STATIC)
        for entry in folders:
            if not entry.is_symlink():
                yield from self._static(Path(entry.path))

    def _below_root(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _report(self, path: str, message: str, hint: str) -> None:
        self.problems.append(Problem(path, 0, "", message, hint))


def _joined(below: str, name: str) -> str:
    return f"{below}/{name}" if below else name
