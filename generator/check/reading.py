"""The nouns of the check: what one file of the output says, before anything is looked up.

Readers of each format make these; whether an address leads anywhere is for others to find out.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from generator.errors import Problem, Severity


class Reference(Struct, frozen=True):
    """An address as it is written in a file.

    `field` is the attribute, element or key that it stands in; `line` counts from 1, 0 where it has to be
    searched for; `base` is what the address is relative to ("" : the file's own address); `severity` is
    that of the problem, should it lead nowhere. With `bare` its fragment means nothing.
    """

    field: str
    value: str
    line: int = 0
    base: str = ""
    severity: Severity = "error"
    bare: bool = False


class Reading(Struct, frozen=True):
    """All that the check needs of one file.

    `path` is relative to the output with forward slashes; `ids` are what an anchor can name in it;
    `refresh` is the address that a page sends its visitors on to, `canonical` the one that it calls its own;
    `problems` need no other file to be seen.
    """

    path: str
    references: tuple[Reference, ...] = ()
    ids: frozenset[str] = frozenset()
    refresh: Reference | None = None
    canonical: Reference | None = None
    problems: tuple[Problem, ...] = ()


def distinct(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """The references without their repetitions, in their order."""
    return tuple(dict.fromkeys(references))
