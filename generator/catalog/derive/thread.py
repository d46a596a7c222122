"""A thread: a topic's entries in the order of their arrival, cut into pages, each knowing what it answers.

Pure: it takes what the files say and gives rows and problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import groupby
from operator import attrgetter

from msgspec import Struct

from generator.addresses import BY_DAY
from generator.catalog.rows import EntryRow, Said, page_of
from generator.errors import Problem
from generator.model import OPENING, Moment

_date = attrgetter("date")
_DIGITS = re.compile(r"(\d+)")


@dataclass(slots=True)
class Placed:
    """An entry on its way to its place: the file that says it, and its moment."""

    path: str
    said: Said
    date: Moment


class Thread(Struct, frozen=True):
    """A topic's entries in their places, the opening first."""

    entries: tuple[EntryRow, ...]
    problems: tuple[Problem, ...]

    @property
    def replies(self) -> int:
        """How many replies count: not events, nor tombstones."""
        return sum(1 for entry in self.entries[1:] if not entry.event and entry.status in ("", "hidden"))

    @property
    def pages(self) -> int:
        """How many pages the entries fill, but for those of days."""
        return max(entry.page for entry in self.entries if entry.page < BY_DAY)

    @property
    def by_page(self) -> list[EntryRow]:
        """The entries page by page."""
        return sorted(self.entries, key=lambda entry: entry.page)

    @property
    def last(self) -> EntryRow:
        """The entry that was said last."""
        return next((entry for entry in reversed(self.entries) if not entry.event and not entry.status), self.entries[0])


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key by which 2 comes before 10."""
    if text.isdecimal():
        return ((0, int(text), ""),)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _DIGITS.split(text) if part)


def thread(said: Iterable[tuple[str, Said]], lost: Iterable[tuple[str, str]], per_page: int) -> Thread:
    """Put a topic's entries in their places.

    `said` holds entries with the paths of their files, the opening first. `lost` holds the path and id of entries
    that can't be read; they get a tombstone where others answer them. Replies are ordered by date, then id; a page
    holds `per_page` of them, the first the opening besides.
    """
    problems: list[Problem] = []
    known = _unique(dated(said), problems)
    opening = next(iter(known.values()))
    gone = set()
    wanted = {one.said.reply_to for one in known.values()}
    for path, entry_id in lost:
        if entry_id in wanted and entry_id not in known:
            known[entry_id] = Placed(path, Said(entry_id), opening.date)
            gone.add(entry_id)
    ordered = [opening, *in_order(one for one in known.values() if one is not opening)]
    numbers = {one.said.id: number for number, one in enumerate(ordered, 1)}
    parents = _parents(ordered, numbers, problems)
    rows = []
    for number, (one, parent) in enumerate(zip(ordered, parents, strict=True), 1):
        above = ordered[parent - 1].said if parent else None
        rows.append(row(one, number, parent, above, per_page, lost=one.said.id in gone))
    return Thread(tuple(rows), tuple(problems))


def in_order(placed: Iterable[Placed]) -> Iterator[Placed]:
    """By date; the ids are looked at only where several have one date."""
    for _, found in groupby(sorted(placed, key=_date), key=_date):
        same = list(found)
        yield from same if len(same) == 1 else sorted(same, key=lambda one: natural(one.said.id))


def dated(said: Iterable[tuple[str, Said]]) -> Iterator[Placed]:
    """Each with a date: an entry without one takes that of the one before it in its file."""
    path, opened, date = "", 0, 0
    for where, one in said:
        if not path:
            path, opened = where, one.date or 0
            date = opened
        elif where != path:
            path, date = where, opened
        date = one.date if one.date is not None else date
        yield Placed(where, one, date)


def _unique(placed: Iterable[Placed], problems: list[Problem]) -> dict[str, Placed]:
    known: dict[str, Placed] = {}
    for one in placed:
        first = known.setdefault(one.said.id, one)
        if first is not one:
            message = f"the id “{one.said.id}” is taken by {first.path}:{first.said.line}; this reply is left out"
            problems.append(Problem(one.path, one.said.line, "id", message, "Give the reply an id of its own."))
    return known


def row(one: Placed, number: int, parent: int, above: Said | EntryRow | None, per_page: int, *, lost: bool = False) -> EntryRow:
    """The row of an entry by its number; `above` is what it answers, and `parent` the number of that, 0 for nothing."""
    said = one.said
    status = "lost" if lost else "deleted" if said.deleted else "hidden" if said.hidden else ""
    shown, told = not status, status != "deleted"
    return EntryRow(
        id=said.id,
        number=number,
        page=page_of(number, per_page),
        path=one.path,
        line=said.text_line,
        authors=said.authors if told else (),
        name=said.name if told else "",
        url=said.url if shown else "",
        date=one.date,
        updated=said.updated,
        title=said.title if shown else "",
        status=status,
        event=said.event,
        parent=above.id if above else "",
        parent_number=parent,
        parent_page=page_of(parent, per_page) if above else 0,
        parent_name=_name(above) if above else "",
        votes=said.votes,
        reactions=said.reactions if shown else {},
        polls=said.polls if shown else (),
        attachments=said.attachments if shown else (),
        audio=said.audio if shown else "",
        language=said.language,
        dir=said.dir,
        html=said.html if shown else b"",
        media=said.media and shown,
    )


def _name(said: Said | EntryRow) -> str:
    deleted = said.deleted if isinstance(said, Said) else said.status == "deleted"
    return "" if deleted else ", ".join(said.authors) or said.name


# What answers what ---------------------------------------------------------


def _parents(ordered: Sequence[Placed], numbers: Mapping[str, int], problems: list[Problem]) -> list[int]:
    """The number of what each entry answers, 0 for nothing; no circles."""
    wanted = ["" if one.said.id == OPENING else one.said.reply_to for one in ordered]
    parents = [numbers.get(target, 0) for target in wanted]
    astray = [one for one, target, parent in zip(ordered, wanted, parents, strict=True) if target and not parent]
    if astray:
        examples = ", ".join(nsmallest(12, numbers, key=natural))
        problems.extend(_astray(one, examples) for one in astray)
    if any(parent >= number for number, parent in enumerate(parents, 1)):  # only a later one can close a circle
        _break_circles(ordered, parents, problems)
    return parents


def _astray(one: Placed, examples: str) -> Problem:
    message = f"there is no entry “{one.said.reply_to}” in this topic; the reply stands at the top level"
    return Problem(one.path, one.said.line, "reply_to", message, f"Ids here: {examples}.", "warning")


def _break_circles(ordered: Sequence[Placed], parents: list[int], problems: list[Problem]) -> None:
    """Lift one reply of every circle of answers to the top level."""
    settled: set[int] = set()
    for start in range(1, len(ordered) + 1):
        seen: set[int] = set()
        current = start
        while current and current not in settled and current not in seen:
            seen.add(current)
            current = parents[current - 1]
        if current in seen:
            parents[current - 1] = 0
            one = ordered[current - 1]
            message = "the reply answers itself, in a circle; it stands at the top level"
            hint = "Let reply_to name an earlier entry."
            problems.append(Problem(one.path, one.said.line, "reply_to", message, hint, "warning"))
        settled |= seen
