"""The end of a conversation: where only what was said last changed, only its last months are settled.

All that stands before stays as it is. `_stands_alone` tells when that can't be so, as where an id is taken or an answer
leads nowhere; then the whole is settled, as by `thread` and `conversation`, which say what is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo
from functools import cached_property

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


class End(Struct, frozen=True):
    """What is said from a page on, as it stands and as files say it, after the `last` entry before.

    `earlier` has what it answers of what was said before by id, None for what is not there; `taken` says that one before
    has the id of one that is new.
    """

    page: int
    last: EntryRow
    old: list[EntryRow]
    new: list[Placed]
    earlier: Mapping[str, EntryRow | None]
    taken: bool


def settled(store: Store, topic: TopicRow, board: BoardRow, since: Since, zone: tzinfo) -> Ending | None:
    """The end of a conversation in which nothing changed before `since`; None where all of it has to be settled."""
    known = Known(store, topic, zone)
    if since.moment is None or since.moment == NEVER or topic.recap or topic.hidden or known.is_flawed():
        return None
    end = known.end(known.page_of(since.moment), since.paths)
    begun = _begun(known, end, since.moment)
    if begun < end.page:
        end = known.end(begun, since.paths)
    return _ending(known, end, board.per_page) if _stands_alone(end) else None


def _begun(known: Known, end: End, since: Moment) -> int:
    """The page that a month begins with in which the earliest chain began that what changed is part of."""
    above = {row.id: row.parent for row in end.old} | {one.said.id: one.said.reply_to for one in end.new}
    changed = [row.parent for row in end.old if row.date >= since] + [one.said.reply_to for one in end.new if one.date >= since]
    found, seen = end.page, {"", OPENING}
    for at in changed:
        while at not in seen:
            seen.add(at)
            row = None if at in above else known.entry(at, end.page)
            found = min(found, known.page_of(row.date)) if row else found
            at = row.parent if row else above.get(at, "")
    return found


def _stands_alone(end: End) -> bool:
    """Whether the end needs nothing of what stands before but what it answers, and that needs nothing of the end."""
    first = end.last.number + 1
    places = {one.said.id: place for place, one in enumerate(end.new)}
    return (
        # It is the end by number and by date, and who spoke last is in it.
        [row.number for row in end.old] == list(range(first, first + len(end.old)))
        and all(first == 2 or one.date > end.last.date for one in end.new)
        and any(not (one.said.event or one.said.hidden or one.said.deleted) for one in end.new)
        # Each has an id of its own and answers what was said before.
        and len(places) == len(end.new)
        and not end.taken
        and all(row and row.status != "lost" for row in end.earlier.values())
        and all(places.get(one.said.reply_to, -1) < place for place, one in enumerate(end.new))
        # Nothing is lost, and no votes are counted.
        and not any(row.status == "lost" or row.polls or row.chosen for row in end.old)
        and not any(one.said.choose or one.said.polls for one in end.new)
    )


def _ending(known: Known, end: End, per_page: int) -> Ending:
    opening, topic = known.opening, known.topic
    before, now = (Thread((opening, *rows), ()) for rows in (end.old, _rows(known, end, per_page)))
    row = replace(
        topic, active=max(opening.date, now.last.date), replies=topic.replies - before.replies + now.replies,
        last_id=now.last.id, last_number=now.last.number, last_page=now.last.page,
        last_authors=now.last.authors, last_name=now.last.name,
    )  # fmt: skip
    return Ending(row, before, now, tuple((one.path, one.said) for one in end.new), end.page, end.last.number)


def _rows(known: Known, end: End, per_page: int) -> tuple[EntryRow, ...]:
    first = end.last.number + 1
    numbers = {one.said.id: number for number, one in enumerate(end.new, first)}
    earlier = {name: row for name, row in end.earlier.items() if row}
    rows = []
    for number, one in enumerate(end.new, first):
        target = one.said.reply_to
        above = end.new[numbers[target] - first].said if target in numbers else earlier.get(target)
        parent = numbers[target] if target in numbers else earlier[target].number if target else 0
        rows.append(thread.row(one, number, parent, above, per_page))
    # What hangs on what was said before is as it was: what changed was followed to where its chain began.
    own = {row.id for row in end.old}
    chains = {row.id: row.chain for row in end.old if row.chain and row.chain not in own}
    return days.cut_on(rows, known.zone, per_page, {row.number: row.page for row in earlier.values()}, chains)


class Known:
    """What stands of a conversation."""

    def __init__(self, store: Store, topic: TopicRow, zone: tzinfo) -> None:
        self.store = store
        self.topic = topic
        self.owner = f"topic/{topic.key}"
        self.zone = zone

    @cached_property
    def opening(self) -> EntryRow:
        """The opening."""
        return self._before(2)

    def is_flawed(self) -> bool:
        """Whether something is wrong with it, or an entry answers a later one, so that what stands depends on what follows."""
        query = "SELECT 1 FROM problem WHERE scope = ?"
        wrong = self.store.database.execute(query, [self.owner]).fetchone()
        return bool(wrong) or conversation.is_onward(self.store, self.topic.key)

    def end(self, page: int, changed: Iterable[str]) -> End:
        """What is said from a page on; `changed` are files of which nobody knows how far back they go."""
        old = self._rows(page)
        new = list(thread.in_order(self._new(page, {row.path for row in old} | {*changed})))
        own = {row.id for row in old}
        answered = {row.parent for row in old} - own | {one.said.reply_to for one in new} - {one.said.id for one in new}
        earlier = {name: self.entry(name, page) for name in answered - {"", OPENING}}
        taken = any(self.entry(one.said.id, page) for one in new if one.said.id not in own)
        return End(page, self._before(page), old, new, {OPENING: self.opening, **earlier}, taken)

    def _new(self, page: int, paths: set[str]) -> Iterator[Placed]:
        """The entries from a page on as files say them."""
        path = self.topic.path
        own = [path] if path in paths else []
        said = self._said([*own, *sorted(paths - {path})])
        head = (path, Said(OPENING, date=self.opening.date))
        for one in thread.dated([head, *(one for one in said if one[1].id != OPENING)]):
            if one.said.id != OPENING and self.page_of(one.date) >= page:
                yield one

    def page_of(self, moment: Moment) -> int:
        """The page that a moment's month begins with."""
        return days.date_of(moment, self.zone) // 100 * 100 * PARTS

    def entry(self, entry_id: str, page: int) -> EntryRow | None:
        """An entry before a page, but not the opening."""
        query = "SELECT data FROM later JOIN placed USING (owner, page) WHERE owner = ? AND id = ? AND page < ?"
        found = self.store.database.execute(query, [self.owner, entry_id, page]).fetchone()
        return find_entry(found[0], entry_id) if found else None

    def _rows(self, page: int) -> list[EntryRow]:
        """The entries from a page on."""
        query = "SELECT data FROM placed WHERE owner = ? AND page >= ? ORDER BY page"
        return [row for (data,) in self.store.database.execute(query, [self.owner, page]) for row in load_sheet(data)]

    def _before(self, page: int) -> EntryRow:
        """The last entry before a page."""
        query = "SELECT data FROM placed WHERE owner = ? AND page < ? ORDER BY page DESC LIMIT 1"
        return load_sheet(self.store.database.execute(query, [self.owner, page]).fetchone()[0])[-1]

    def _said(self, paths: Iterable[str]) -> Iterator[tuple[str, Said]]:
        """What files say."""
        for path in paths:
            found = self.store.database.execute("SELECT entries FROM document WHERE source = ?", [path]).fetchone()
            yield from ((path, one) for one in load(list[Said], found[0] if found else b"[]") if not one.stray)
