"""Standings: which topics and members stood out in a day, a week, a month, a year and in all.

Scores of months, years and all are kept and change by differences; those of the newest day and week are few and summed
anew. "Now" is the newest entry and not the clock, so that what is built stays as it is until somebody writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from generator.catalog import keys
from generator.catalog.rows import Stood, TopRow
from generator.catalog.store import Store

ACCEPTED = 5
"""Points of an accepted answer; an entry, a vote and a reaction have one."""

PERSON = 2
"""Points of each person in a topic but the first."""

Doer = tuple[int, str, bool]
Sums = tuple[int, int, int, int, int]
Counts = tuple[int, int, int, int]
"""Replies or entries, votes, reactions, and people or accepted answers."""

_MEMBER_SCORE = f"entries + votes + reactions + {ACCEPTED} * more"
_TOPIC_SCORE = f"entries + votes + reactions + {PERSON} * max(more - 1, 0)"
_BEST = "score > 0 ORDER BY score DESC, item LIMIT ?"


def periods_of(day: int) -> tuple[str, str, str]:
    """The month and the year of a day, and all time."""
    found = date.fromordinal(day)
    return f"{found.year:04}/{found.month:02}", f"{found.year:04}", ""


class Standings:
    """Keeps scores by period and writes who is first."""

    def __init__(self, store: Store, length: int) -> None:
        self.store = store
        self.length = length
        self.days: set[int] = set()
        self._touched: set[tuple[str, str]] = set()
        self._clean = not store.traced

    def replace(self, topic: str, old: Mapping[Doer, Sums], new: Mapping[Doer, Sums]) -> None:
        """A topic's deeds changed."""
        changed = {doer for doer in old.keys() | new.keys() if old.get(doer) != new.get(doer)}
        days = {day for day, *_ in changed}
        self.days |= days
        periods = {period for day in days for period in periods_of(day)}
        if old:
            gone = [(topic, period) for period in periods]
            self.store.database.executemany("DELETE FROM standing WHERE person = 0 AND item = ? AND period = ?", gone)
        rows = [(topic, period, *counts) for period, counts in _of_topic(new).items() if period in periods]
        self.store.database.executemany(_insert(0, _TOPIC_SCORE), rows)
        if not self._clean:
            self._add({doer: sums for doer, sums in old.items() if doer in changed}, -1)
            self._add({doer: sums for doer, sums in new.items() if doer in changed}, 1)

    def _add(self, deeds: Mapping[Doer, Sums], sign: int) -> None:
        rows = []
        for (day, member, visitor), (_, entries, accepted, votes, reactions) in deeds.items():
            counts = (sign * entries, sign * votes, sign * reactions, sign * accepted)
            rows += [(member, period, *counts) for period in periods_of(day)] if not visitor else []
        self.store.database.executemany(_insert(1, _MEMBER_SCORE) + _SUMMED, rows)
        self._touched |= {(member, period) for member, period, *_ in rows}

    def settle(self) -> None:
        """Write who is first in the periods that changed, and in those of the newest entry."""
        if self._clean:
            self._sum_members()
        query = "DELETE FROM standing WHERE person = 1 AND item = ? AND period = ? AND entries = 0"
        self.store.database.executemany(query, sorted(self._touched))
        if not self.days:
            return
        for period in {period for day in self.days for period in periods_of(day) if period}:
            self._write(period, self._stored(period))
        self._write_newest()
        low, high = keys.top("0"), keys.top(":")  # those of numbers
        query = "SELECT key FROM fact WHERE key >= ? AND key < ? ORDER BY key"
        found = self.store.database.execute(query, [low, high]).fetchall()
        self.store.set_fact(keys.top_periods(), [key.removeprefix(keys.top("")) for (key,) in found])

    def _sum_members(self) -> None:
        """The scores of all members, from all deeds."""
        for period in ("month", "substr(month, 1, 4)", "''"):
            self.store.database.execute(
                "INSERT INTO standing SELECT 1, member, period, "  # noqa: S608 - our own words
                f"{_MEMBER_SCORE}, entries, votes, reactions, more FROM (SELECT member, {period} AS period,"
                " sum(entries) AS entries, sum(votes) AS votes, sum(reactions) AS reactions, sum(accepted) AS more"
                " FROM deed WHERE NOT visitor GROUP BY 1, 2)"
            )

    def _write(self, period: str, row: TopRow) -> None:
        self.store.set_fact(keys.top(period), row if row.topics or row.members else None)

    def _write_newest(self) -> None:
        """The periods that end with the newest entry."""
        newest = self.store.database.execute("SELECT max(day) FROM deed").fetchone()[0]
        if newest is None:
            for period in ("", "year", "month", "week", "day"):
                self._write(period, TopRow())
            return
        month, year, _ = periods_of(newest)
        for name, period in (("", ""), ("year", year), ("month", month)):
            self._write(name, self._stored(period, newest))
        monday = newest - date.fromordinal(newest).weekday()
        self._write("week", self._summed(monday, newest))
        self._write("day", self._summed(newest, newest))

    def _stored(self, period: str, newest: int = 0) -> TopRow:
        query = f"SELECT item, score, entries, votes, reactions, more FROM standing WHERE person = ? AND period = ? AND {_BEST}"  # noqa: S608 - our own words
        topics, members = (
            tuple(self.store.database.execute(query, [person, period, self.length]).fetchall()) for person in (0, 1)
        )
        return TopRow(topics, members, newest, newest)

    def _summed(self, first: int, last: int) -> TopRow:
        """The standing in a few days, from their deeds."""
        sums = "sum(votes) AS votes, sum(reactions) AS reactions"
        people = "count(DISTINCT member || visitor)"
        topics = self._few(f"topic AS item, sum(entries - topics) AS entries, {sums}, {people} AS more", "", _TOPIC_SCORE, first, last)
        members = self._few(f"member AS item, sum(entries) AS entries, {sums}, sum(accepted) AS more", "AND NOT visitor", _MEMBER_SCORE, first, last)
        return TopRow(topics, members, first, last)

    def _few(self, columns: str, which: str, score: str, first: int, last: int) -> tuple[Stood, ...]:
        query = (
            f"SELECT item, score, entries, votes, reactions, more FROM (SELECT *, {score} AS score FROM"  # noqa: S608 - our own words
            f" (SELECT {columns} FROM deed INDEXED BY deed_day WHERE day BETWEEN ? AND ? {which} GROUP BY item)) WHERE {_BEST}"
        )
        return tuple(self.store.database.execute(query, [first, last, self.length]).fetchall())


def _insert(person: int, score: str) -> str:
    formula = score.replace("entries", "?3").replace("votes", "?4").replace("reactions", "?5").replace("more", "?6")
    return f"INSERT INTO standing VALUES ({person}, ?1, ?2, {formula}, ?3, ?4, ?5, ?6)"  # noqa: S608 - our own words


_SUMMED = (
    " ON CONFLICT (person, item, period) DO UPDATE SET score = score + excluded.score, entries = entries + excluded.entries,"
    " votes = votes + excluded.votes, reactions = reactions + excluded.reactions, more = more + excluded.more"
)


def _of_topic(deeds: Mapping[Doer, Sums]) -> dict[str, Counts]:
    """What was done in a topic by period."""
    by_period: dict[str, list[tuple[Doer, Sums]]] = {}
    for doer, sums in deeds.items():
        for period in periods_of(doer[0]):
            by_period.setdefault(period, []).append((doer, sums))
    return {period: _counts(done) for period, done in by_period.items()}


def _counts(done: Iterable[tuple[Doer, Sums]]) -> Counts:
    every = [*done]
    replies = sum(entries - topics for _, (topics, entries, *_) in every)
    people = {(name, visitor) for (_, name, visitor), _ in every}
    return replies, sum(sums[3] for _, sums in every), sum(sums[4] for _, sums in every), len(people)


def forget(store: Store) -> None:
    """Take all standings back: they begin anew, or are not wanted any more."""
    found = store.database.execute("SELECT key FROM fact WHERE key >= ? AND key < 'top0'", [keys.top("")]).fetchall()
    for (key,) in found:
        store.set_fact(key, None)
    store.set_fact(keys.top_periods(), None)
