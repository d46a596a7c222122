"""The end of a conversation: where only what was said last changed, only its last months are settled.

All that stands before stays as it is. It is said here when that can't be so, as where an id is taken or an answer leads
nowhere; then the whole is settled, as by `thread` and `conversation`, which say what is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo

from msgspec import Struct
from msgspec.structs import replace

from generator.addresses import PARTS
from generator.catalog import days
from generator.catalog.derive import conversation, thread
from generator.catalog.derive.thread import Placed, Thread
from generator.catalog.packing import find_entry, load, load_sheet
from generator.catalog.rows import BoardRow, EntryRow, Said, TopicRow
from generator.catalog.since import NEVER
from generator.catalog.store import Since, Store
from generator.model import OPENING, Moment


class Ending(Struct, frozen=True):
    """The last months of a conversation: the opening and what is said in them, `before` and now, the topic's summary,
    and what they begin with: a page and a month, after so many entries.
    """

    row: TopicRow
    before: Thread
    thread: Thread
    said: tuple[tuple[str, Said], ...]
    page: int
    number: int

    @property
    def month(self) -> str:
        """The first of the months."""
        return days.month_of(self.page // PARTS)

    @property
    def aliases(self) -> dict[str, tuple[str, ...]]:
        """Old addresses of entries, by id."""
        return {one.id: one.aliases for _, one in self.said if one.aliases}


class WholeError(Exception):
    """The whole conversation has to be settled."""


def settled(store: Store, topic: TopicRow, board: BoardRow, since: Since, zone: tzinfo) -> Ending | None:
    """The end of a conversation in which nothing changed before `since`; None where all of it has to be settled."""
    if since.moment is None or since.moment == NEVER or topic.recap or conversation.is_onward(store, topic.key):
        return None
    if store.database.execute("SELECT 1 FROM problem WHERE scope = ?", [f"topic/{topic.key}"]).fetchone():
        return None
    known = Known(store, f"topic/{topic.key}", zone)
    try:
        return _Settling(known, topic, since.paths).settled(since.moment, board.per_page)
    except WholeError:
        return None


class Known(Struct, frozen=True):
    """What stands of a conversation."""

    store: Store
    owner: str
    zone: tzinfo

    def page_of(self, moment: Moment) -> int:
        """The page that a moment's month begins with."""
        return days.date_of(moment, self.zone) // 100 * 100 * PARTS

    def rows(self, page: int) -> list[EntryRow]:
        """The entries from a page on."""
        query = "SELECT data FROM placed WHERE owner = ? AND page >= ? ORDER BY page"
        return [row for (data,) in self.store.database.execute(query, [self.owner, page]) for row in load_sheet(data)]

    def last(self, page: int) -> EntryRow:
        """The last entry before a page."""
        query = "SELECT data FROM placed WHERE owner = ? AND page < ? ORDER BY page DESC LIMIT 1"
        found = self.store.database.execute(query, [self.owner, page]).fetchone()
        if not found:
            raise WholeError
        return load_sheet(found[0])[-1]

    def entry(self, entry_id: str, page: int) -> EntryRow | None:
        """An entry before a page, but not the opening."""
        query = (
            "SELECT data FROM later JOIN placed USING (owner, page) WHERE owner = ? AND id = ? AND page < ?"
        )
        found = self.store.database.execute(query, [self.owner, entry_id, page]).fetchone()
        return find_entry(found[0], entry_id) if found else None

    def opening(self) -> EntryRow:
        """The opening."""
        query = "SELECT data FROM placed WHERE owner = ? AND page = 1"
        found = self.store.database.execute(query, [self.owner]).fetchone()
        if not found:
            raise WholeError
        return load_sheet(found[0])[0]

    def said(self, paths: Iterable[str]) -> Iterator[tuple[str, Said]]:
        """What files say."""
        for path in paths:
            found = self.store.database.execute("SELECT entries FROM document WHERE source = ?", [path]).fetchone()
            yield from ((path, one) for one in load(list[Said], found[0] if found else b"[]") if not one.stray)


class _Settling:
    """One conversation on its way."""

    def __init__(self, known: Known, topic: TopicRow, changed: Iterable[str]) -> None:
        self.known = known
        self.topic = topic
        self.changed = set(changed)
        self.opening = known.opening()

    def settled(self, since: Moment, per_page: int) -> Ending:
        page = self.known.page_of(since)
        old, new = self._ends(page)
        reached = self._reached(since, page, old, new)
        if reached < page:
            page = reached
            old, new = self._ends(page)
        last = self.known.last(page)
        _check(last, old, new)
        rows = self._cut(self._rows(last.number, page, new, per_page), old, page, per_page)
        before, now = (Thread((self.opening, *one), ()) for one in (old, rows))
        said = tuple((one.path, one.said) for one in new)
        return Ending(_summary(self.topic, before, now), before, now, said, page, last.number)

    def _ends(self, page: int) -> tuple[list[EntryRow], list[Placed]]:
        """The entries from a page on, as they stand and as files say them."""
        old = self.known.rows(page)
        paths = {row.path for row in old} | self.changed
        head = (self.topic.path, Said(OPENING, date=self.opening.date))
        own = [self.topic.path] if self.topic.path in paths else []
        said = self.known.said([*own, *sorted(paths - {self.topic.path})])
        placed = thread.dated([head, *(one for one in said if one[1].id != OPENING)])
        found = [one for one in placed if one.said.id != OPENING and self.known.page_of(one.date) >= page]
        return old, list(thread.in_order(found))

    def _reached(self, since: Moment, page: int, old: Sequence[EntryRow], new: Sequence[Placed]) -> int:
        """The page that a month begins with in which the earliest chain began that what changed is part of."""
        above = {row.id: row.parent for row in old} | {one.said.id: one.said.reply_to for one in new}
        touched = [row.parent for row in old if row.date >= since and row.parent]
        touched += [one.said.reply_to for one in new if one.date >= since and one.said.reply_to]
        found, seen = page, set()
        for target in touched:
            at = target
            while at and at != OPENING and at not in seen:
                seen.add(at)
                if at in above:
                    at = above[at]
                    continue
                row = self.known.entry(at, page)
                if row is None or row.status == "lost":
                    raise WholeError
                found, at = min(found, self.known.page_of(row.date)), row.parent
        return found

    def _rows(self, before: int, page: int, new: Sequence[Placed], per_page: int) -> list[EntryRow]:
        numbers = {one.said.id: number for number, one in enumerate(new, before + 1)}
        rows = []
        for number, one in enumerate(new, before + 1):
            parent, above = self._above(one.said.reply_to, numbers, new, before, page)
            if parent >= number:
                raise WholeError
            rows.append(thread.row(one, number, parent, above, per_page))
        return rows

    def _above(
        self, target: str, numbers: Mapping[str, int], new: Sequence[Placed], before: int, page: int
    ) -> tuple[int, Said | EntryRow | None]:
        """The number of what an entry answers, and that itself."""
        if not target:
            return 0, None
        if target in numbers:
            return numbers[target], new[numbers[target] - before - 1].said
        found = self.opening if target == OPENING else self.known.entry(target, page)
        if found is None or found.status == "lost":
            raise WholeError
        return found.number, found

    def _cut(self, rows: Sequence[EntryRow], old: Sequence[EntryRow], page: int, per_page: int) -> tuple[EntryRow, ...]:
        ids = {row.id for row in old}
        if any(row.id not in ids and (row.id == OPENING or self.known.entry(row.id, page)) for row in rows):
            raise WholeError  # it is taken
        answered = {row.parent for row in rows if row.parent} - {row.id for row in rows} - {OPENING}
        found = [one for one in (self.known.entry(target, page) for target in answered) if one]
        # What hangs on what was said before is as it was: what changed was followed to where its chain began.
        chains = {row.id: row.chain for row in old if row.chain and row.chain not in ids}
        return days.cut_on(rows, self.known.zone, per_page, {row.number: row.page for row in found}, chains)


def _check(last: EntryRow, old: Sequence[EntryRow], new: Sequence[Placed]) -> None:
    """Whether the end stands alone: what stands before is older, and nothing of it is counted, chosen or lost."""
    first = last.number + 1
    if not new or [row.number for row in old] != list(range(first, first + len(old))):
        raise WholeError
    if last.number > 1 and last.date >= min(one.date for one in new):
        raise WholeError
    if len({one.said.id for one in new}) < len(new) or any(one.said.choose or one.said.polls for one in new):
        raise WholeError
    if any(row.status == "lost" or row.polls or row.chosen for row in old):
        raise WholeError


def _summary(topic: TopicRow, before: Thread, now: Thread) -> TopicRow:
    last = now.last
    if last is now.entries[0]:
        raise WholeError  # who spoke last stands before
    return replace(
        topic, active=max(now.entries[0].date, last.date), replies=topic.replies - before.replies + now.replies,
        last_id=last.id, last_number=last.number, last_page=last.page, last_authors=last.authors, last_name=last.name,
    )  # fmt: skip
