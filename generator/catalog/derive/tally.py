"""What a topic adds to the tallies of months: pure, as `topic`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from generator.catalog import keys
from generator.catalog.derive import asked
from generator.catalog.derive.context import Terms
from generator.catalog.derive.thread import Thread
from generator.catalog.derive.topic import Canonical
from generator.catalog.likeness import folded
from generator.catalog.rows import BoardRow, TopicRow
from generator.catalog.tallies import Tally
from generator.model import Moment

_STEP = 900
"""Seconds in which no time zone has two months."""

TOPIC, REPLY = (1, 0), (0, 1)


def of(topic: TopicRow, board: BoardRow | None, discussion: Thread, canonical: Canonical, terms: Terms) -> Tally:
    """How many topics and replies a topic adds to each month of what it concerns; nothing where no charts are shown."""
    places = terms.settings.activity.places
    found: dict[tuple[str, str], tuple[int, int]] = {}
    if not places or board is None or topic.hidden:
        return found
    for scope, at, (topics, replies) in _each(topic, board, discussion, canonical, places):
        if at:
            name = scope, month(at, terms)
            before = found.get(name, (0, 0))
            found[name] = before[0] + topics, before[1] + replies
    return found


def month(at: Moment, terms: Terms) -> str:
    """The month of a moment, as "2026-11"."""
    return _month(at // _STEP, terms.settings.site.timezone)


@lru_cache(maxsize=10_000)
def _month(step: int, timezone: str) -> str:
    date = datetime.fromtimestamp(step * _STEP, ZoneInfo(timezone))
    return f"{date.year:04}-{date.month:02}"


def _each(
    topic: TopicRow, board: BoardRow, discussion: Thread, canonical: Canonical, places: tuple[str, ...]
) -> Iterator[tuple[str, Moment, tuple[int, int]]]:
    """What is counted, when, and as what."""
    boards = [keys.scope("board", key) for key in ("", *board.trail, board.key)]
    people = "site" in places or "members" in places
    for entry in discussion.entries:
        opening = entry.number == 1
        if entry.event or entry.status or (opening and not topic.listed):
            continue
        counted = TOPIC if opening else REPLY
        yield from ((scope, entry.date, counted) for scope in boards)
        if people:
            yield from ((keys.scope("member", canonical(name)), entry.date, counted) for name in entry.authors)
    if topic.listed and "tags" in places:
        yield from ((keys.scope("tag", folded(tag)), topic.created, TOPIC) for tag in topic.tags)
    if topic.listed and "site" in places and board.answerable and not topic.locked:
        yield keys.scope("asked", ""), topic.created, (1, 0 if asked.waits(topic, board) else 1)
