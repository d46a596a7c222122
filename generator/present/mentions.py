"""Where a topic or a member is mentioned: the views of it, made from the lists that `catalog.derive.mentions` keeps."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.addresses import entry_address
from generator.catalog.keys import LATEST, scope
from generator.model import Moment
from generator.present.presenter import Presenter
from generator.views import Link, Person

MOST = min(20, LATEST)
"""How many are told at most, the newest."""


class Mention(Struct, frozen=True):
    """A topic that points to another, or names a member, with the first of its entries that does."""

    href: str
    """The address of that entry."""
    title: str
    """The topic's title."""
    board: Link | None
    author: Person
    date: Moment
    language: str = ""
    dir: str = ""


def of_topic(presenter: Presenter, key: str) -> tuple[Mention, ...]:
    """The topics that point to a topic, the newest mention first."""
    return tuple(_views(presenter, scope("mentioned", key)))


def of_member(presenter: Presenter, key: str) -> tuple[Mention, ...]:
    """The topics in which others name a member, the newest mention first."""
    return tuple(_views(presenter, scope("called", key)))


def _views(presenter: Presenter, name: str) -> Iterator[Mention]:
    lookup = presenter.lookup
    for item in lookup.latest(name, MOST):
        key, _, entry_id = item.rpartition("#")
        topic, row = lookup.headline(key), lookup.entry(f"topic/{key}", entry_id)
        if topic and row:
            board, language = presenter.board_of(topic.board)
            yield Mention(
                href=presenter.href(entry_address(topic.address, row.id, row.page)),
                title=topic.title,
                board=board,
                author=presenter.person(row.authors, row.name, row.url),
                date=row.date,
                language=topic.language or language,
                dir=topic.dir,
            )
