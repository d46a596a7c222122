"""Since when a file says something else: where its first entries are as they were, they need not be settled again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from msgspec import Raw

from generator.catalog.packing import load
from generator.catalog.rows import Said
from generator.model import Moment

NEVER = 1 << 62
"""A moment after all others."""


def since(before: Sequence[Raw], after: Sequence[bytes], *, opening: bool) -> Moment | None:
    """The moment from which on entries changed, by what is stored of them; None where that can't be told.

    `opening` says that the first of them opens the topic, and has to be as it was.
    """
    same = sum(1 for _ in takewhile(lambda pair: bytes(pair[0]) == pair[1], zip(before, after, strict=False)))
    if opening and not same:
        return None
    rest = [load(Said, bytes(one)) for one in (*before[same:], *after[same:])]
    dates = [one.date for one in rest if one.date is not None and not one.stray]
    return min(dates, default=NEVER) if len(dates) == len(rest) else None
