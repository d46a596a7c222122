"""Scan: which files the site has, and what each one is by its place.

It looks at names and dates only; what a file says is read in `read`. Nothing outside the site's
root is ever followed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from stat import S_ISREG

from msgspec import Struct
from msgspec.structs import replace

from generator.errors import Problem
from generator.model import Role, Source
from generator.slugs import REFUSED, UNUSABLE

Made = Callable[..., Source]
"""Makes a source of a file that was found, from its role and place."""

MARKDOWN = (".md", ".markdown")
BOARD_FILES = ("board.md", "_index.md")
WELL_KNOWN = ".well-known"
"""The one hidden folder of static/ that is published (RFC 8615)."""

# What editors and systems leave beside a file; it may hold what its author has just deleted.
_BACKUP = re.compile(r".*~|#.*#|.*___jb_(?:tmp|old)___|Thumbs\.db|desktop\.ini", re.DOTALL)
_BACKUP_ENDS = frozenset("~#_bi")


def is_backup(name: str) -> bool:
    """Whether a file of this name is an editor's or the system's, and no source."""
    return name[-1:] in _BACKUP_ENDS and _BACKUP.fullmatch(name) is not None


def is_hidden(path: str) -> bool:
    """Whether a path below the site's folder, with forward slashes, is passed over for one of its names."""
    names = path.split("/")
    return any(_is_hidden_name(name, "/".join(names[:place])) for place, name in enumerate(names))


def _is_hidden_name(name: str, folder: str) -> bool:
    if name.startswith("."):
        return (folder, name) != ("static", WELL_KNOWN)
    return is_backup(name)


def rescan(root: Path, source: Source) -> Source | None:
    """A known source as it now is; None where it is no plain file any more."""
    try:
        stat = (root / source.path).lstat()
    except (OSError, ValueError):
        return None
    if not S_ISREG(stat.st_mode):
        return None
    return replace(source, size=stat.st_size, mtime_ns=stat.st_mtime_ns, inode=stat.st_ino)


class Place(Struct, frozen=True):
    """Where a folder is: on which board and in which topic's folder."""

    board: str = ""
    topic: str | None = None
    members: bool = False


@dataclass(slots=True)
class Scanner:
    """Walks a site's folder; what can't be scanned is in `problems`, `links` says whether it met symbolic links.

    `languages` are those of translations, `own` is the site's language.
    """

    root: Path
    languages: frozenset[str] = frozenset()
    own: str = ""
    problems: list[Problem] = field(default_factory=list)
    links: bool = False

    def sources(self) -> Iterator[Source]:
        """All sources, folder by folder, by name."""
        for folder, walk in (("content", self._content), ("static", self._static)):
            if (self.root / folder).is_dir() and self._leads_inside(str(self.root / folder), folder):
                yield from walk(str(self.root / folder))

    # Folders ---------------------------------------------------------------

    def _content(self, folder: str) -> Iterator[Source]:
        yield from self._walk(folder, "", Place(), (os.path.realpath(folder),))

    def _walk(self, folder: str, below: str, place: Place, trail: tuple[str, ...]) -> Iterator[Source]:
        """One folder: `below` is its path under content/, `trail` the real folders above it."""
        files, folders = self._entries(folder, _joined("content", below))
        names = {entry.name for entry in files}
        board_file = next((name for name in self._board_files() if name in names), None) if below else None
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
            inner = _joined(below, entry.name)
            yield from self._folder(entry, inner, self._inside(entry.name, inner, place, opens, below), trail)

    def _inside(self, name: str, inner: str, place: Place, opens: set[str], below: str) -> Place:
        if place.topic is not None:
            return place
        if not place.board:
            return Place(members=place.members or (not below and name == "members"))
        return replace(place, topic=inner) if name in opens else place

    def _folder(self, entry: os.DirEntry[str], inner: str, place: Place, trail: tuple[str, ...]) -> Iterator[Source]:
        real = os.path.realpath(entry.path) if entry.is_symlink() else f"{trail[-1]}{os.sep}{entry.name}"
        if entry.is_symlink() and real in trail:
            self._report(f"content/{inner}", "the link leads to a folder that it is inside of", "Remove the link.")
            return
        yield from self._walk(entry.path, inner, place, (*trail, real))

    def _entries(self, folder: str, path: str) -> tuple[list[os.DirEntry[str]], list[os.DirEntry[str]]]:
        """The files and the folders in a folder, whose path below the root is `path`."""
        files: list[os.DirEntry[str]] = []
        folders: list[os.DirEntry[str]] = []
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except FileNotFoundError:  # it went just now
            return [], []
        except OSError as error:
            self._report(path, f"the folder can't be read: {error.strerror}", "Mend its permissions.")
            return [], []
        for entry in entries:
            inner = f"{path}/{entry.name}"
            if not _is_hidden_name(entry.name, path) and self._is_inside(entry, inner):
                (folders if entry.is_dir() else files).append(entry)
        return files, folders

    def _is_inside(self, entry: os.DirEntry[str], path: str) -> bool:
        try:
            if not path.isascii():
                path.encode("utf-8")
        except UnicodeEncodeError:
            self._report(path.encode("utf-8", "replace").decode(), "the file's name is not UTF-8", "Rename the file.")
            return False
        if not entry.is_symlink():
            return True
        self.links = True
        return self._leads_inside(entry.path, path)

    def _leads_inside(self, link: str, path: str) -> bool:
        try:
            real = Path(link).resolve(strict=True)
        except (OSError, RuntimeError):  # RuntimeError: a link to itself, up to Python 3.12
            self._report(path, "the link leads nowhere", "Remove the link, or put the file there.")
            return False
        if real.is_relative_to(self.root.resolve()):
            return True
        self._report(path, "the link leads outside the site's folder; it is not followed", "Copy the file here.")
        return False

    # Files -----------------------------------------------------------------

    def _file(self, entry: os.DirEntry[str], below: str, place: Place, board_file: str | None) -> Source | None:
        path = f"content/{below}/{entry.name}" if below else f"content/{entry.name}"
        made = self._stat(entry, path)
        if made is None:
            return None
        if not entry.name.endswith(MARKDOWN):
            # A topic or board has an address of its own; what is below it is copied as it is called.
            kept = _joined(below, entry.name).removeprefix(f"{place.topic or place.board}/")
            return made(role=Role.ASSET, board=place.board, topic=place.topic or "") if self._is_usable(path, kept) else None
        if entry.name in BOARD_FILES and place.topic is None:
            return self._board(made, path, place, board_file or "") if below else self._top(made, path)
        stem, language = self._stem(entry.name)
        if board_file and place == Place(below) and (told := self._board_language(entry.name)):
            return self._board_in(told, made, path, place, board_file)
        if place.members:
            return made(role=Role.MEMBER, topic=_joined(below, stem).removeprefix("members/"), language=language)
        if not place.board:
            return self._page(made, below, stem, language)
        return self._on_board(made, path, below, stem, language, place)

    def _board(self, made: Made, path: str, place: Place, board_file: str) -> Source | None:
        if not path.endswith(f"/{board_file}"):
            self._report(path, f"the folder has a {board_file} already; this file is left out", "Remove one.")
            return None
        return made(role=Role.BOARD, board=place.board)

    def _board_files(self) -> tuple[str, ...]:
        """What a board's own file may be called; where there is no board.md, it may name the site's language."""
        return (*BOARD_FILES, *(name.replace(".md", f".{self.own}.md") for name in BOARD_FILES if self.own))

    def _board_language(self, name: str) -> str:
        """The language in the name of a board's file, as `fa` in board.fa.md; "" of any other file."""
        stem, _, language = name.removesuffix(".md").partition(".")
        known = language in self.languages or language == self.own
        return language if known and name == f"{stem}.{language}.md" and f"{stem}.md" in BOARD_FILES else ""

    def _board_in(self, language: str, made: Made, path: str, place: Place, board_file: str) -> Source | None:
        """A board's file in a language: the board's own, or a translation."""
        if language == self.own and board_file not in BOARD_FILES:
            return self._board(made, path, place, board_file)
        name = f"{board_file.partition('.')[0]}.{language}.md"
        return self._board(partial(made, language=language), path, place, name)

    def _top(self, made: Made, path: str) -> Source | None:
        """Hugo's _index.md of the whole site is the front page's text; a board has a folder of its own."""
        if path.endswith("/_index.md"):
            return made(role=Role.FRONT)
        self._report(path, "a board has a folder of its own; this file is left out", "Move it into a folder.")
        return None

    def _page(self, made: Made, below: str, stem: str, language: str) -> Source:
        suffix = f".{language}" if language else ""
        key = below if stem == "index" else _joined(below, stem)
        role = Role.FRONT if not key else Role.PAGE
        return made(role=role, topic=key + suffix, language=language)

    def _on_board(
        self, made: Made, path: str, below: str, stem: str, language: str, place: Place
    ) -> Source | None:
        suffix = f".{language}" if language else ""
        if place.topic is None:
            if stem == "index":
                hint = "Put the text into board.md, or give the file another name."
                self._report(path, "a board's text is in its board.md; this file is left out", hint)
                return None
            key = _joined(below, stem) + suffix
            return made(role=Role.TOPIC, board=place.board, topic=key, language=language)
        opens = stem == "index" and below == place.topic
        role = Role.TOPIC if opens else Role.REPLIES
        return made(role=role, board=place.board, topic=place.topic + suffix, language=language)

    def _stat(self, entry: os.DirEntry[str], path: str) -> Made | None:
        try:
            stat = entry.stat()
        except FileNotFoundError:  # it went just now
            return None
        except OSError as error:
            self._report(path, f"the file can't be read: {error.strerror}", "Mend its permissions.")
            return None
        if not S_ISREG(stat.st_mode):
            self._report(path, "expected a file, found a pipe, socket or device", "Remove it.")
            return None
        return partial(Source, path, size=stat.st_size, mtime_ns=stat.st_mtime_ns, inode=stat.st_ino)

    def _is_usable(self, path: str, kept: str) -> bool:
        """Whether a file can be copied under the part of its path that it keeps; told where not all systems take it."""
        if UNUSABLE.search(kept):
            message = "a name with a control character or a backslash can't be an address; the file is left out"
            self._report(path, message, "Rename it.")
            return False
        if any(map(REFUSED.search, kept.split("/"))):
            message = "Windows and some hosts refuse such a name: none of < > : \" | ? *, no dot or space at its end, no con or nul"
            self.problems.append(Problem(path, 0, "", message, "Rename it, if the site is to go there.", "warning"))
        return True

    def _stem(self, name: str) -> tuple[str, str]:
        """A file's stem and the language of a translation."""
        stem = name.rpartition(".")[0]
        if not self.languages:
            return stem, ""
        base, _, suffix = stem.rpartition(".")
        return (base, suffix) if base and suffix in self.languages else (stem, "")

    def _static(self, folder: str, path: str = "static") -> Iterator[Source]:
        files, folders = self._entries(folder, path)
        for entry in files:
            made = self._stat(entry, f"{path}/{entry.name}")
            if made and self._is_usable(f"{path}/{entry.name}", f"{path}/{entry.name}"):
                yield made(role=Role.STATIC)
        for entry in folders:
            if not entry.is_symlink():
                yield from self._static(entry.path, f"{path}/{entry.name}")

    def _report(self, path: str, message: str, hint: str) -> None:
        self.problems.append(Problem(path, 0, "", message, hint))


def _joined(below: str, name: str) -> str:
    return f"{below}/{name}" if below else name
