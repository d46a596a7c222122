"""Answers: what hangs below which answer to a question, in which order answers stand, and on which page.

Pure. A reply that answers no other is an answer, one that does is a comment; a notice is a comment on the question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from generator.catalog.rows import EntryRow
from generator.model import OPENING

LONGEST = 1_000
"""Entries at most of a topic whose pages are cut by answers: a longer one is cut by arrival, so that any of its
entries is found without a look at all the others."""


def roots(rows: Iterable[EntryRow]) -> dict[int, int]:
    """The number of the answer that each entry hangs below, 1 for what hangs below the question.

    Where an entry answers one that is not among the rows, it hangs below itself.
    """
    above = {row.number: 1 if row.event and not row.parent_number else row.parent_number for row in rows}
    found = {1: 1}
    for number in above:
        path, at = [], number
        while at not in found:
            path.append(at)
            if above[at] != 1 and above[at] not in above:
                found[at] = at
            else:
                at = above[at]
        found |= dict.fromkeys(path, found[at])
    return found


def ranked(rows: Iterable[EntryRow], accepted: str) -> list[EntryRow]:
    """Answers as they stand: the accepted one, then by votes, then by arrival; what is not shown is last."""
    return sorted(rows, key=lambda row: (row.id != accepted, bool(row.status), -(row.votes or 0), row.number))


def answers(rows: Sequence[EntryRow], accepted: str) -> list[EntryRow]:
    """The answers among all entries of a topic, as they stand."""
    return ranked((row for row in rows if row.number > 1 and not row.parent_number and not row.event), accepted)


def found_accepted(rows: Sequence[EntryRow], wanted: str) -> str:
    """The id of the accepted answer, "" where no answer that is shown has the id that is wanted."""
    known = {row.id for row in rows if not (row.parent_number or row.status or row.event or row.id == OPENING)}
    return wanted if wanted in known else ""


def paged(rows: Sequence[EntryRow], accepted: str, per_page: int) -> tuple[EntryRow, ...]:
    """The entries of a question with the pages that they are on: so many answers on each, with all below them."""
    places = {row.number: place // per_page + 1 for place, row in enumerate(answers(rows, accepted))}
    pages = {number: places.get(root, 1) for number, root in roots(rows).items()} | {0: 0}
    return tuple(replace(row, page=pages[row.number], parent_page=pages[row.parent_number]) for row in rows)
