"""Months: what the messages of a conversation add to lists and names, kept by months.

A long conversation has tens of thousands of places: a new message changes those of its month.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.catalog.derive import conversation
from generator.catalog.derive.thread import Thread
from generator.catalog.derive.topic import Canonical, entry_names
from generator.catalog.rows import BoardRow, TopicRow
from generator.catalog.store import Part


def parts(
    topic: TopicRow, board: BoardRow, thread: Thread, canonical: Canonical, aliases: Mapping[str, tuple[str, ...]]
) -> dict[str, Part]:
    """What the messages of each month add."""
    places = conversation.by_month(topic, board, thread, canonical)
    rows = conversation.messages_by_month(thread.entries[1:])
    return {month: (places.get(month, ()), entry_names(topic, found, aliases)) for month, found in rows.items()}
