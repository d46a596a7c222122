"""Finds the features: the built-in ones and those of installed packages, through the same door.

A package adds its own by an entry point of the group `anjoman.features` that names a `Feature`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from generator import features
from generator.api import Feature, Registry


@cache
def discover(*, packages: bool = True) -> Registry:
    """All features, by name; `packages` says whether to look for those of packages, which takes time."""
    found = [import_module(f"{features.__name__}.{name}").feature for name in _modules()]
    if not packages:
        return combine(found)
    from generator import plugins

    added, code = plugins.load()
    return combine([*found, *added], code)


def combine(found: list[Feature], code: bytes = b"") -> Registry:
    """The registry of some features; `code` is the digest of what packages bring."""
    pages = {kind.name: kind for feature in found for kind in feature.pages}
    kinds = {kind.name: kind for feature in found for kind in feature.board_kinds}
    return Registry(pages, kinds, code)


def _modules() -> list[str]:
    every = (path.stem for place in features.__path__ for path in Path(place).glob("*.py"))
    return sorted(name for name in every if name != "__init__")
