"""The addresses that exist: the names of all files of the output, and how an address finds one.

Names are compared exactly, also on file systems that ignore case, because most web servers do.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from functools import cached_property
from pathlib import Path
from unicodedata import normalize

from msgspec import Struct

from generator.check.addresses import INDEX
from generator.check.findings import finding
from generator.errors import Problem, SiteError


class Standing(Enum):
    """How well an address names a file."""

    THERE = auto()
    SLASH = auto()
    """A folder's page without the last slash: found only by hosts that redirect."""
    FORM = auto()
    """The same letters in another Unicode form: found only by hosts that fold it."""
    CASE = auto()
    """Found only where upper and lower case are the same."""
    FOLDER = auto()
    """A folder without a page."""
    ABSENT = auto()


class Found(Struct, frozen=True):
    """What is at an address; `file` is relative to the output, "" where nothing is near."""

    standing: Standing
    file: str = ""


class Tree:
    """The files of an output folder by their names, relative and with forward slashes."""

    def __init__(self, files: Iterable[str], problems: tuple[Problem, ...] = ()) -> None:
        self.files = frozenset(files)
        self.problems = problems

    def find(self, path: str) -> Found:
        """What an address from the site's root leads to: `/cafe/`, or "" for the root without its slash."""
        name = path[1:]
        if path.endswith("/"):
            name += INDEX
        if path and name in self.files:
            return Found(Standing.THERE, name)
        inner = f"{path}/{INDEX}"[1:]
        if not path.endswith("/") and inner in self.files:
            return Found(Standing.SLASH, inner)
        return self._almost(name, inner) or self._folder(path)

    def _almost(self, *names: str) -> Found | None:
        for name in names:
            file = self._folded.get(_fold(name))
            if file is not None:
                same = normalize("NFC", file) == normalize("NFC", name)
                return Found(Standing.FORM if same else Standing.CASE, file)
        return None

    def _folder(self, path: str) -> Found:
        known = path.strip("/") in self._folders
        return Found(Standing.FOLDER if known else Standing.ABSENT)

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {_fold(file): file for file in sorted(self.files, reverse=True)}

    @cached_property
    def _folders(self) -> frozenset[str]:
        folders = {""}
        for file in self.files:
            folder = file.rpartition("/")[0]
            while folder not in folders:
                folders.add(folder)
                folder = folder.rpartition("/")[0]
        return frozenset(folders)


def scan(output: Path) -> Tree:
    """The tree of an output folder; links that lead out of it are left out. Raises SiteError if it is none."""
    if not output.is_dir():
        place = output.as_posix()
        raise SiteError(
            Problem(place, 0, "", "expected the folder of a built site", "Run anjoman build first.")
        )
    files: list[str] = []
    problems: list[Problem] = []
    for name in _names(output):
        if _encodable(name):
            files.append(name)
        else:
            problems.append(_unnamed(name))
    return Tree(files, tuple(problems))


def _names(output: Path) -> Iterator[str]:
    root = output.resolve()
    for folder, _, files in os.walk(root):
        here = Path(folder)
        inner = here.relative_to(root).as_posix()
        for file in files:
            path = here / file
            if not path.is_symlink() or path.resolve().is_relative_to(root):
                yield file if inner == "." else f"{inner}/{file}"


def _encodable(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _unnamed(name: str) -> Problem:
    shown = name.encode(errors="replace").decode()
    return finding(
        shown, 0, "name", "the file's name is not UTF-8, so no address leads to it", "Rename it.", "warning"
    )


def _fold(name: str) -> str:
    return normalize("NFC", normalize("NFC", name).casefold())
