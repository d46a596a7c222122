"""Deeds: who wrote how much in which topic on which day, and what others gave for it, with the sums by member.

A topic's deeds are replaced as a whole; sums change by the difference, so that a reply costs the same on any site.
What follows from the sums is decided in `honours`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from generator.catalog.derive.thread import Thread
from generator.catalog.rows import EntryRow, TopicRow
from generator.catalog.store import Store
from generator.model import Moment

if TYPE_CHECKING:  # loaded only for sites that have top lists
    from generator.catalog.derive.standings import Standings

Doer = tuple[int, str, bool]
"""A day, counted from the year 1, and who wrote on it: a member's key, or a visitor's name and True."""

Sums = tuple[int, int, int, int, int]
"""How many topics, entries, accepted answers, votes and reactions."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOTHING: Sums = (0, 0, 0, 0, 0)


def day_of(moment: Moment, zone: tzinfo) -> int:
    """The day of a moment in a time zone, counted from the year 1."""
    return (_EPOCH + timedelta(seconds=moment)).astimezone(zone).toordinal()


def month_of(day: int) -> str:
    """The month of a day, as 2026/11."""
    return datetime.fromordinal(day).strftime("%Y/%m")


class Deeds:
    """Keeps the deeds of topics; `members` are those whose sums changed."""

    def __init__(self, store: Store, zone: tzinfo, standings: Standings | None = None) -> None:
        self.store = store
        self.zone = zone
        self.standings = standings
        self.members: set[str] = set()
        self._clean = not store.traced

    def replace(self, topic: TopicRow, thread: Thread, canonical: Callable[[str], str]) -> None:
        """What was done in a topic; what is hidden earns nothing."""
        done = {} if topic.hidden else _done(topic, thread, canonical, self.zone)
        before = {} if self.store.first else self._stored(topic.key)
        after = {doer: (topic.board, sums) for doer, sums in done.items()}
        changed = {doer for doer in before.keys() | after.keys() if before.get(doer) != after.get(doer)}
        if not changed:
            return
        self._delete(topic.key, changed & before.keys())
        self._insert(topic, {doer: sums for doer, sums in done.items() if doer in changed})
        if self.standings:
            self.standings.replace(topic.key, {doer: sums for doer, (_, sums) in before.items()}, done)
        self._add((doer, *before[doer], -1) for doer in changed & before.keys())
        self._add((doer, *after[doer], 1) for doer in changed & after.keys())

    def _delete(self, topic: str, doers: Iterable[Doer]) -> None:
        query = "DELETE FROM deed WHERE topic = ? AND day = ? AND member = ? AND visitor = ?"
        self.store.database.executemany(query, [(topic, *doer) for doer in doers])

    def withdraw(self, key: str) -> None:
        """A topic is not built any more."""
        before = self._stored(key)
        self.store.database.execute("DELETE FROM deed WHERE topic = ?", [key])
        if self.standings and before:
            self.standings.replace(key, {doer: sums for doer, (_, sums) in before.items()}, {})
        self._add((doer, board, sums, -1) for doer, (board, sums) in before.items())

    def _stored(self, key: str) -> dict[Doer, tuple[str, Sums]]:
        query = "SELECT day, member, visitor, board, topics, entries, accepted, votes, reactions FROM deed WHERE topic = ?"
        rows = self.store.database.execute(query, [key])
        return {(day, member, bool(visitor)): (board, tuple(sums)) for day, member, visitor, board, *sums in rows}

    def _insert(self, topic: TopicRow, done: Mapping[Doer, Sums]) -> None:
        rows = (
            (topic.key, day, member, visitor, topic.board, month_of(day), *sums)
            for (day, member, visitor), sums in done.items()
        )
        self.store.database.executemany("INSERT OR REPLACE INTO deed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def _add(self, changes: Iterable[tuple[Doer, str, Sums, int]]) -> None:
        """Change the sums; on a clean build they are made together in the end."""
        if self._clean:
            return
        by_member: dict[str, Sums] = {}
        by_board: dict[tuple[str, str], int] = {}
        for (_, member, visitor), board, sums, sign in changes:
            if not visitor:
                by_member[member] = _plus(by_member.get(member, _NOTHING), sums, sign)
                by_board[member, board] = by_board.get((member, board), 0) + sign * sums[1]
        self._write(by_member, by_board)

    def _write(self, by_member: Mapping[str, Sums], by_board: Mapping[tuple[str, str], int]) -> None:
        query = (
            "INSERT INTO merit VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (member) DO UPDATE SET topics = topics + excluded.topics,"
            " entries = entries + excluded.entries, accepted = accepted + excluded.accepted, votes = votes + excluded.votes,"
            " reactions = reactions + excluded.reactions"
        )
        self.store.database.executemany(query, [(member, *sums) for member, sums in by_member.items()])
        query = "INSERT INTO merit_board VALUES (?, ?, ?) ON CONFLICT (member, board) DO UPDATE SET entries = entries + excluded.entries"
        self.store.database.executemany(query, [(*where, count) for where, count in by_board.items()])
        self.members |= by_member.keys()

    def settle(self) -> None:
        """Make the sums of a clean build; forget those of nothing."""
        database = self.store.database
        if self._clean:
            for table in ("merit", "merit_board"):
                database.execute(f"DELETE FROM {table}")  # noqa: S608 - our own words
            sums = "sum(topics), sum(entries), sum(accepted), sum(votes), sum(reactions)"
            database.execute(f"INSERT INTO merit SELECT member, {sums} FROM deed WHERE NOT visitor GROUP BY member")  # noqa: S608 - our own words
            database.execute(
                "INSERT INTO merit_board SELECT member, board, sum(entries) FROM deed WHERE NOT visitor GROUP BY member, board"
            )
        for member in self.members:
            database.execute("DELETE FROM merit WHERE member = ? AND entries = 0", [member])
            database.execute("DELETE FROM merit_board WHERE member = ? AND entries = 0", [member])
        if self.standings:
            self.standings.settle()


def _done(topic: TopicRow, thread: Thread, canonical: Callable[[str], str], zone: tzinfo) -> dict[Doer, Sums]:
    found: dict[Doer, Sums] = {}
    for row in _counted(topic, thread.entries):
        day = day_of(row.date, zone)
        own = (int(row.number == 1), 1, int(row.id == topic.accepted), row.votes or 0, sum(row.reactions.values()))
        doers = [(day, canonical(name), False) for name in row.authors] or [(day, row.name, True)]
        for doer in dict.fromkeys(doers):
            found[doer] = _plus(found.get(doer, _NOTHING), own, 1)
    return found


def _counted(topic: TopicRow, entries: Sequence[EntryRow]) -> Iterator[EntryRow]:
    """As the lists of members' entries have them."""
    return (row for row in entries if not (row.event or row.status or (row.number == 1 and not topic.listed)))


def _plus(sums: Sums, more: Sums, sign: int) -> Sums:
    first, second, third, fourth, fifth = (one + sign * other for one, other in zip(sums, more, strict=True))
    return first, second, third, fourth, fifth
