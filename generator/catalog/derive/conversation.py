"""Conversations: what boards whose pages are days derive of a topic besides what all boards do.

How its entries are cut into days, and which hang together, is told in `catalog.days`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo

from msgspec.structs import replace

from generator.catalog import days, keys
from generator.catalog.derive.thread import Thread
from generator.catalog.keys import Key
from generator.catalog.lists import Listed
from generator.catalog.rows import BoardRow, EntryRow, TopicRow
from generator.catalog.store import Store

LINES = frozenset({"discord", "gitter", "irc", "matrix", "mattermost", "slack", "xmpp", "zulip"})
"""Systems whose channels are read as lines; elsewhere people write in bubbles."""


def arranged(thread: Thread, per_page: int, zone: tzinfo) -> Thread:
    """A conversation's entries on the pages of their days."""
    return replace(thread, entries=days.cut(thread.entries, zone, per_page))


def look(board: BoardRow | None, system: str) -> str:
    """How the messages of a conversation stand, "" on boards of other kinds."""
    if board is None or not board.days:
        return ""
    return board.look or ("lines" if system in LINES else "bubbles")


def places(topic: TopicRow, thread: Thread, canonical: Callable[[str], str]) -> Iterator[Listed]:
    """The places of a conversation's opening in lists; those of its messages stand apart, by months."""
    opening = thread.entries[0]
    if topic.listed and days.said(opening):
        yield keys.scope("recent", ""), opening.date, f"{topic.key}#{opening.id}"
        for name in opening.authors:
            yield keys.scope("posts", canonical(name)), opening.date, f"{topic.key}#{opening.id}"


def by_month(topic: TopicRow, board: BoardRow, thread: Thread, canonical: Callable[[str], str]) -> dict[str, list[Listed]]:
    """The places of messages: a day counts once in a list, by its latest message, or a member's first of it.

    So a busy channel leaves room for others where the latest entries are listed, and a new message changes few lists.
    """
    found: dict[str, list[Listed]] = {}
    for rows in days.by_day(thread.entries):
        messages = [row for row in rows if days.said(row)]
        if messages:
            found.setdefault(_month(rows[0]), []).extend(_of_day(topic, board, messages, canonical))
    for root, *others in begun(thread.entries):
        place = keys.scope("chains", topic.key), root.date, f"{root.id}:{-(-(len(others) + 1) // board.per_page)}"
        found.setdefault(_month(root), []).append(place)
    return found


def messages_by_month(rows: Iterable[EntryRow]) -> dict[str, list[EntryRow]]:
    """Messages by the months of their days."""
    found: dict[str, list[EntryRow]] = {}
    for row in rows:
        found.setdefault(_month(row), []).append(row)
    return found


def begun(rows: Iterable[EntryRow]) -> Iterator[list[EntryRow]]:
    """The chains that begin in a part of a conversation."""
    return (chain for chain in days.chained(rows) if chain[0].id == chain[0].chain)


def _month(row: EntryRow) -> str:
    return days.month_of(days.day_of(row))


def _of_day(topic: TopicRow, board: BoardRow, messages: list[EntryRow], canonical: Callable[[str], str]) -> Iterator[Listed]:
    last = messages[-1]
    item = f"{topic.key}#{last.id}"
    yield keys.scope("recent", ""), last.date, item
    for key in (*board.trail, board.key):
        yield keys.scope("days", key), last.date, item
    firsts: dict[str, EntryRow] = {}
    for row in messages:
        for name in row.authors:
            firsts.setdefault(canonical(name), row)
    for member, row in firsts.items():
        yield keys.scope("posts", member), row.date, f"{topic.key}#{row.id}"


def write(store: Store, key: str, thread: Thread | None) -> None:
    """Write a conversation's months, days and chains, None for a topic that is none, or is not built."""
    if thread is None and (store.first or store.fact(keys.months(key), tuple[object, ...]) is None):
        return
    rows = thread.entries if thread else ()
    found = _days_by_month(rows)
    if any(row.parent_number > row.number for row in rows):
        store.set_meta(_onward(key), 1)
    elif not store.first:
        store.forget_meta(_onward(key))
    store.set_fact(keys.months(key), _months(found) if thread else None)
    store.replace_facts(keys.days(key, ""), _rows_of(key, found))
    store.replace_facts(keys.day_counts(key, ""), _counts_of(key, found))
    store.replace_facts(keys.chain(key, ""), _chains_of(key, rows))


def is_onward(store: Store, key: str) -> bool:
    """Whether an entry of a conversation answers a later one, so that what stands before its end depends on that."""
    return store.meta(_onward(key)) is not None


def _onward(key: str) -> str:
    return f"onward/{key}"


def write_on(store: Store, key: str, before: Sequence[EntryRow], thread: Thread) -> None:
    """Write the last months of a conversation anew, of which `before` are the messages that stand."""
    found, stood = _days_by_month(thread.entries), _days_by_month((thread.entries[0], *before))
    first = min((*found, *stood))
    known = store.fact(keys.months(key), tuple[tuple[str, int], ...]) or ()
    store.set_fact(keys.months(key), (*(one for one in known if one[0] < first), *_months(found)))
    old = {**_rows_of(key, stood), **_counts_of(key, stood), **_chains_of(key, before)}
    new = {**_rows_of(key, found), **_counts_of(key, found), **_chains_of(key, thread.entries)}
    for name in {**old, **new}:
        store.set_fact(name, new.get(name))


Months = Mapping[str, list[list[EntryRow]]]
"""The entries of days, by month."""


def _days_by_month(rows: Sequence[EntryRow]) -> Months:
    found: dict[str, list[list[EntryRow]]] = {}
    for day in days.by_day(rows):
        found.setdefault(_month(day[0]), []).append(day)
    return found


def _months(found: Months) -> tuple[tuple[str, int], ...]:
    return tuple((month, one[0][0].number) for month, one in found.items())


def _rows_of(key: str, found: Months) -> dict[Key, object]:
    return {keys.days(key, month): tuple(map(days.day_row, one)) for month, one in found.items()}


def _counts_of(key: str, found: Months) -> dict[Key, object]:
    return {keys.day_counts(key, month): tuple(map(_count, one)) for month, one in found.items()}


def _chains_of(key: str, rows: Iterable[EntryRow]) -> dict[Key, object]:
    return {keys.chain(key, chain[0].id): days.chain_row(chain) for chain in begun(rows)}


def _count(rows: list[EntryRow]) -> tuple[int, int]:
    return days.day_of(rows[0]) % 100, sum(map(days.said, rows))
