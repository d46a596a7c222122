"""Names the existing address or id that is nearest to one that leads nowhere.

Compares with few candidates only, since a large site has hundreds of thousands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import cached_property, lru_cache

from generator.check.addresses import Addresses, place_of
from generator.errors import nearest

_AROUND = 8
_LONGEST = 300
"""Letters of a word that is still compared: the comparison's time grows with their square."""


class Hints:
    """The hints for a site's addresses; what they need is only made when one is asked for."""

    def __init__(self, addresses: Addresses, files: frozenset[str]) -> None:
        self._addresses = addresses
        self._files = files
        self._of = lru_cache(maxsize=1024)(self._address)

    def address(self, path: str) -> str:
        """“Did you mean …?” for a path from the site's root, or "" where nothing is near."""
        return self._of(path) if len(path) <= _LONGEST else ""

    def _address(self, path: str) -> str:
        names = {*_around(path, self._paths), *self._namesakes.get(_last(path), ())}
        prefix = self._addresses.prefix
        return _closest(prefix + path, (prefix + name for name in names))

    @cached_property
    def _paths(self) -> list[str]:
        return sorted("/" + place_of(file) for file in self._files)

    @cached_property
    def _namesakes(self) -> dict[str, list[str]]:
        namesakes: dict[str, list[str]] = {}
        for path in self._paths:
            same = namesakes.setdefault(_last(path), [])
            if len(same) < _AROUND:
                same.append(path)
        return namesakes


def hint_of_id(fragment: str, ids: frozenset[str]) -> str:
    """“Did you mean …?” for an id that a page lacks, or ""."""
    return _closest(fragment, _around(fragment, sorted(ids))) if len(fragment) <= _LONGEST else ""


def _around(word: str, names: Sequence[str]) -> Sequence[str]:
    at = bisect_left(names, word)
    return names[max(0, at - _AROUND) : at + _AROUND]


def _closest(word: str, names: Iterable[str]) -> str:
    close = get_close_matches(word, [name for name in names if len(name) <= _LONGEST], n=1)
    return nearest(word, close) if close else ""


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2].casefold()
