"""The history of a page as its readers see it: who changed it when, and what they said of it."""

from __future__ import annotations

from msgspec import Struct

from generator.catalog.rows import TopicRow
from generator.model import Moment
from generator.present.people import People
from generator.views import Person


class HistoryView(Struct, frozen=True):
    """Who changed a page, and how often."""

    people: int
    """How many people changed it."""
    count: int
    """How many changes there are."""
    edits: tuple[tuple[Moment, Person, str, int, int], ...]
    """The newest changes, the newest first: when, who, what they said of it, lines that came and lines that went."""


def history(presenter: People, topic: TopicRow) -> HistoryView | None:
    """The history of a topic's or page's file, None where it has none to show."""
    people, count, edits = topic.history
    if not count:
        return None
    shown = ((at, presenter.person([name]), message, added, removed) for at, name, message, added, removed in edits)
    return HistoryView(people, count, tuple(shown))
