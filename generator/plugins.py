"""The features that installed packages bring, and the digest of the code that they bring with them.

It is imported only where there are any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, EntryPoint, PackageNotFoundError, entry_points, version
from importlib.util import find_spec
from pathlib import Path

from generator import digest
from generator.api import Feature
from generator.installed import GROUP

_NAME = re.compile(r"[A-Za-z0-9._-]+")


def load() -> tuple[list[Feature], bytes]:
    """All features of packages, by name, and the digest of their code, b"" where there are none."""
    entries = sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value))
    return [entry.load() for entry in entries], _code(entries)


def _code(entries: Sequence[EntryPoint]) -> bytes:
    """The digest of the packages' files and versions: what they make must be made anew where these change."""
    if not entries:
        return b""
    return digest.of([(entry.name, entry.value, _versions(entry.dist), _files(entry.module)) for entry in entries])


def _versions(package: Distribution | None) -> list[tuple[str, str]]:
    """The versions of a package and of what it requires."""
    if package is None:
        return []
    names = (_NAME.match(requirement) for requirement in package.requires or ())
    required = [(name[0], _version(name[0])) for name in names if name]
    return [(package.name, package.version), *required]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _files(module: str) -> list[tuple[str, bytes]]:
    """All files of the package that a module is in, each with its digest."""
    spec = find_spec(module.partition(".")[0])
    if spec is None:
        return []
    folders = [Path(place) for place in spec.submodule_search_locations or ()]
    if folders:
        return [one for folder in folders for one in _below(folder)]
    return [("", digest.of_file(Path(spec.origin)))] if spec.origin and Path(spec.origin).is_file() else []


def _below(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix(), digest.of_file(path)
