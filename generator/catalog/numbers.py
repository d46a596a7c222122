"""The numbers by which search knows entries: they follow from what a site says, never from the order of edits.

An entry's row in the index is a number of 63 bits: how bad it is (so that the best come first), the topic's part
that it is in, and its place there. The last two name it to the browser.
"""

from __future__ import annotations

import math
from functools import lru_cache

from generator import digest
from generator.model import Moment

PART = 8
"""Entries of a topic that stand together in one file of texts."""

PART_BITS = 48
_PLACE_BITS = 3
_NAME = (1 << (PART_BITS + _PLACE_BITS)) - 1
_WORST = (1 << 12) - 1
_DAY = 86_400
_DAYS = 16
"""Days that make an entry one step better than an older one."""


def part_of(number: int) -> int:
    """The part of its topic that an entry is in, by its number in the topic."""
    return (number - 1) // PART


@lru_cache(maxsize=1_000)
def part_id(owner: str, part: int) -> int:
    """The number of a topic's part."""
    return int.from_bytes(digest.of_text(f"{owner}#{part}")[: PART_BITS // 8], "big")


def row(owner: str, number: int, date: Moment, votes: int | None) -> int:
    """The number of an entry's row: newer ones and those with votes come first."""
    better = max(0, date) // _DAY // _DAYS + round(6 * math.log2(1 + max(0, votes or 0)))
    name = part_id(owner, part_of(number)) << _PLACE_BITS | (number - 1) % PART
    return max(0, _WORST - better) << (PART_BITS + _PLACE_BITS) | name


# Facts -----------------------------------------------------------------------

FACETS = 60
"""How many facets of an entry are told at most."""


def facet(text: str) -> int:
    """A number of three bytes for what entries are sorted by, as `board:cafe` (FNV-1a, folded)."""
    found = 0x811C9DC5
    for letter in text:
        found = (found ^ ord(letter)) * 0x01000193 & 0xFFFFFFFF
    return (found >> 24) ^ (found & 0xFFFFFF)


def length_code(words: int) -> int:
    """A length in words as one byte, by its logarithm."""
    return min(255, round(8 * math.log2(1 + words)))


def facts(row: int, date: Moment, words: int, votes: int | None, facets: list[int]) -> bytes:
    """What the browser is told of an entry: its place in its part and the part; its day, length, votes and facets."""
    name = (row & (PART - 1)).to_bytes(1, "big") + ((row & _NAME) >> _PLACE_BITS).to_bytes(6, "big")
    day = min(0xFFFF, max(0, date // _DAY))
    liked = round(8 * math.log2(1 + abs(votes or 0)))
    code = 128 + max(-128, min(127, liked if (votes or 0) > 0 else -liked))
    kept = facets[:FACETS]
    head = bytes((day >> 8, day & 255, length_code(words), code, len(kept)))
    return name + head + b"".join([one.to_bytes(3, "big") for one in kept])
