"""Conversations: what boards whose pages are days derive of a topic besides what all boards do.

How its entries are cut into days, and which hang together, is told in `catalog.days`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import tzinfo

from msgspec.structs import replace

from generator.catalog import days, keys
from generator.catalog.derive.thread import Thread
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


def places(topic: TopicRow, board: BoardRow, thread: Thread, canonical: Callable[[str], str]) -> Iterator[Listed]:
    """A conversation's places in lists: a day counts once, by its latest message, or a member's first of it.

    So a busy channel leaves room for others where the latest entries are listed, and a new message changes few lists.
    """
    opening = thread.entries[0]
    if topic.listed and days.said(opening):
        yield keys.scope("recent", ""), opening.date, f"{topic.key}#{opening.id}"
        for name in opening.authors:
            yield keys.scope("posts", canonical(name)), opening.date, f"{topic.key}#{opening.id}"
    for rows in days.by_day(thread.entries):
        messages = [row for row in rows if days.said(row)]
        if messages:
            yield from _of_day(topic, board, messages, canonical)
    for root, *others in days.chained(thread.entries):
        yield keys.scope("chains", topic.key), root.date, f"{root.id}:{-(-(len(others) + 1) // board.per_page)}"


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
    found: dict[str, list[list[EntryRow]]] = {}
    for day in days.by_day(rows):
        found.setdefault(days.month_of(days.day_of(day[0])), []).append(day)
    months = tuple((month, one[0][0].number) for month, one in found.items())
    store.set_fact(keys.months(key), months if thread else None)
    rows_of = {keys.days(key, month): tuple(map(days.day_row, one)) for month, one in found.items()}
    store.replace_facts(keys.days(key, ""), rows_of)
    counts = {keys.day_counts(key, month): tuple(map(_count, one)) for month, one in found.items()}
    store.replace_facts(keys.day_counts(key, ""), counts)
    chains = {keys.chain(key, chain[0].id): days.chain_row(chain) for chain in days.chained(rows)}
    store.replace_facts(keys.chain(key, ""), chains)


def _count(rows: list[EntryRow]) -> tuple[int, int]:
    return days.day_of(rows[0]) % 100, sum(map(days.said, rows))
