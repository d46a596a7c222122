"""Mailing lists: where each mail stands in the list of its board, and in that of its month.

Pure. A mail that is not shown stands in neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from generator.catalog import keys
from generator.catalog.derive.thread import Thread
from generator.catalog.lists import Listed
from generator.catalog.rows import BoardRow, TopicRow


def places(topic: TopicRow, board: BoardRow, thread: Thread, zone: tzinfo) -> Iterator[Listed]:
    """Two for each mail: by date on the board, and in its month by the site's clock."""
    every, family = keys.scope("mails", board.key), f"mails/{board.key}"
    for entry in thread.entries:
        if entry.event or entry.status:
            continue
        item = f"{topic.key}#{entry.id}"
        date = datetime.fromtimestamp(entry.date, zone)
        yield every, entry.date, item
        yield keys.scope(family, f"{date.year:04}-{date.month:02}"), entry.date, item
