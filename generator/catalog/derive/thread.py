"""A thread: a topic's entries in the order of their arrival, cut into pages, each knowing what it answers.

Pure: it takes what the files say and gives rows and problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generator.catalog.rows import EntryRow
from generator.errors import Problem
from generator.model import OPENING, Entry, Moment

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Said:
    """An entry as a file says it, with the digest of its HTML."""

    path: str
    entry: Entry
    html: bytes


@dataclass(frozen=True, slots=True)
class Thread:
    """A topic's entries in their places, the opening first."""

    entries: tuple[EntryRow, ...]
    problems: tuple[Problem, ...]

    @property
    def replies(self) -> int:
        """How many replies count: not events, nor tombstones."""
        return sum(1 for entry in self.entries[1:] if not entry.event and entry.status in ("", "hidden"))

    @property
    def pages(self) -> int:
        """How many pages the entries fill."""
        return self.entries[-1].page

    @property
    def last(self) -> EntryRow:
        """The entry that was said last."""
        return next((entry for entry in reversed(self.entries) if not entry.event and not entry.status), self.entries[0])


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key by which 2 comes before 10."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _DIGITS.split(text) if part)


def thread(opening: Said, replies: Iterable[Said], lost: Iterable[tuple[str, str]], per_page: int) -> Thread:
    """Put a topic's entries in their places.

    `lost` holds the path and id of entries that can't be read; they get a tombstone where others answer them.
    Replies are ordered by date, then id; a page holds `per_page` of them, the first the opening besides.
    """
    problems: list[Problem] = []
    dated = _dated(opening, replies)
    known = _unique(dated, problems)
    wanted = {said.entry.reply_to for said in known.values()}
    for path, entry_id in lost:
        if entry_id in wanted and entry_id not in known:
            tombstone = Said(path, Entry(entry_id, date=opening.entry.date), b"")
            known[entry_id] = tombstone
    gone = {entry_id for _, entry_id in lost}
    ordered = [opening, *sorted((said for said in known.values() if said is not opening), key=_order)]
    rows = [_row(said, index, per_page, gone) for index, said in enumerate(ordered)]
    return Thread(tuple(_answering(ordered, rows, problems)), tuple(problems))


def _order(said: Said) -> tuple[Moment, object]:
    return said.entry.date or 0, natural(said.entry.id)


def _dated(opening: Said, replies: Iterable[Said]) -> list[Said]:
    """Each with a date: an entry without one takes that of the one before it in its file."""
    dated = [opening]
    path, date = opening.path, opening.entry.date
    for said in replies:
        if said.path != path:
            path, date = said.path, opening.entry.date
        date = said.entry.date if said.entry.date is not None else date
        dated.append(replace(said, entry=replace(said.entry, date=date)))
    return dated


def _unique(said: Sequence[Said], problems: list[Problem]) -> dict[str, Said]:
    known: dict[str, Said] = {}
    for one in said:
        first = known.setdefault(one.entry.id, one)
        if first is not one:
            message = f"the id “{one.entry.id}” is taken by {first.path}:{first.entry.line}; this reply is left out"
            problems.append(Problem(one.path, one.entry.line, "id", message, "Give the reply an id of its own."))
    return known


def _row(said: Said, index: int, per_page: int, gone: set[str]) -> EntryRow:
    entry = said.entry
    status = "deleted" if entry.deleted else "hidden" if entry.hidden else ""
    if entry.id in gone and not said.html:
        status = "lost"
    shown = not status
    return EntryRow(
        id=entry.id,
        number=index + 1,
        page=max(0, index - 1) // per_page + 1,
        path=said.path,
        line=entry.text_line,
        authors=entry.authors if status != "deleted" else (),
        name=entry.name if status != "deleted" else "",
        url=entry.url if shown else "",
        date=entry.date or 0,
        updated=entry.updated,
        title=entry.title if shown else "",
        status=status,
        event=entry.event,
        votes=entry.votes,
        reactions=entry.reactions if shown else {},
        polls=entry.polls if shown else (),
        attachments=entry.attachments if shown else (),
        language=entry.language,
        dir=entry.dir,
        html=said.html if shown else b"",
    )


def _answering(ordered: Sequence[Said], rows: Sequence[EntryRow], problems: list[Problem]) -> Iterable[EntryRow]:
    """The rows, each with the place of what it answers."""
    by_id = {row.id: row for row in rows}
    parents = {said.entry.id: _parent(said, by_id, problems) for said in ordered}
    _break_circles(ordered, parents, problems)
    for row in rows:
        parent = by_id.get(parents[row.id])
        if parent is None:
            yield row
        else:
            name = ", ".join(parent.authors) or parent.name
            yield replace(
                row, parent=parent.id, parent_number=parent.number, parent_page=parent.page, parent_name=name
            )


def _parent(said: Said, by_id: dict[str, EntryRow], problems: list[Problem]) -> str:
    target = said.entry.reply_to
    if not target or said.entry.id == OPENING:
        return ""
    if target in by_id:
        return target
    message = f"there is no entry “{target}” in this topic; the reply stands at the top level"
    hint = f"Ids here: {', '.join(sorted(by_id, key=natural)[:12])}."
    problems.append(Problem(said.path, said.entry.line, "reply_to", message, hint, "warning"))
    return ""


def _break_circles(ordered: Sequence[Said], parents: dict[str, str], problems: list[Problem]) -> None:
    """Lift one reply of every circle of answers to the top level."""
    said_by_id = {said.entry.id: said for said in ordered}
    settled: set[str] = set()
    for start in parents:
        seen: set[str] = set()
        current = start
        while current and current not in settled and current not in seen:
            seen.add(current)
            current = parents[current]
        if current in seen:
            parents[current] = ""
            said = said_by_id[current]
            message = "the reply answers itself, in a circle; it stands at the top level"
            hint = "Let reply_to name an earlier entry."
            problems.append(Problem(said.path, said.entry.line, "reply_to", message, hint, "warning"))
        settled |= seen
