"""Series: articles of one board that belong together, in the order of their dates.

An article tells of its series by `of_topic`; the pages of series themselves are a feature.
"""

from __future__ import annotations

from msgspec import Struct

from generator.catalog.keys import scope
from generator.catalog.lookup import Lookup
from generator.catalog.rows import BoardRow, TopicRow
from generator.present.presenter import Presenter
from generator.slugs import fold, stable
from generator.views import Link

LISTED = 100
"""Of a longer series an article names its neighbours only, and where all are."""


class Series(Struct, frozen=True):
    """The series that an article is part of."""

    title: str
    href: str
    """The address of its page."""
    items: tuple[Link, ...]
    """Its parts in their order; `current` marks this one. None of a very long one."""
    position: int
    """Which part this one is, counted from 1; 0 in a very long one."""
    total: int
    """How many parts it has."""
    older: Link | None
    """The part before this one."""
    newer: Link | None
    """The part after it."""


def family(board: str) -> str:
    """The family of lists that the series of a board are."""
    return f"series/{board}"


def address(board: BoardRow, name: str) -> str:
    """The address of a series by its name, as it is written or folded."""
    return f"{board.address}series/{stable(fold(name))}/"


def of_topic(presenter: Presenter, topic: TopicRow, board: BoardRow) -> Series | None:
    """The series of an article, None of one that is in none, or in no list; discussions follow no others."""
    if not topic.series or not topic.listed or not board.neighbours:
        return None
    lookup, name = presenter.lookup, scope(family(board.key), fold(topic.series))
    total = lookup.count(name)
    keys = lookup.window(name, 0, total or 1) if total <= LISTED else ()
    older, newer = lookup.neighbours(name, topic.created, topic.key)
    return Series(
        title=topic.series,
        href=presenter.href(address(board, topic.series)),
        items=tuple(link for key in keys if (link := part(lookup, presenter, key, topic.key))),
        position=keys.index(topic.key) + 1 if topic.key in keys else 0,
        total=total,
        older=part(lookup, presenter, older) if older else None,
        newer=part(lookup, presenter, newer) if newer else None,
    )


def part(lookup: Lookup, presenter: Presenter, key: str, current: str = "") -> Link | None:
    """A link to a part of a series, None where it is not built."""
    topic = lookup.headline(key)
    return Link(presenter.href(topic.address), topic.title, key == current) if topic else None
