"""Finds the features: the built-in ones and those of installed packages, through the same door.

A package adds its own by an entry point of the group `anjoman.features` that names a `Feature`.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from generator import features
from generator.api import Feature, Registry

GROUP = "anjoman.features"


@cache
def discover() -> Registry:
    """All features, by name."""
    found = [import_module(f"{features.__name__}.{module.name}").feature for module in _modules()]
    found += [entry.load() for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name)]
    return combine(found)


def combine(found: list[Feature]) -> Registry:
    """The registry of some features."""
    pages = {kind.name: kind for feature in found for kind in feature.pages}
    kinds = {kind.name: kind for feature in found for kind in feature.board_kinds}
    return Registry(pages, kinds)


def _modules() -> list[pkgutil.ModuleInfo]:
    return sorted(pkgutil.iter_modules(features.__path__), key=lambda module: module.name)
