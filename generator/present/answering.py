"""How a page of a question is arranged: comments below the question, answers as they stand, comments below each.

Which reply is an answer is told in `catalog.answers`; here rows become views.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.catalog.answers import ranked, roots
from generator.catalog.rows import EntryRow, TopicRow
from generator.present.presenter import Presenter
from generator.views.entries import EntryView


class Answered(Struct, frozen=True):
    """The comments on the question, and the answers of a page, each with its comments as `children`."""

    comments: tuple[EntryView, ...] = ()
    answers: tuple[EntryView, ...] = ()


def answered(presenter: Presenter, topic: TopicRow, rows: Sequence[EntryRow]) -> Answered:
    """The replies of a page of a question."""
    found = roots(rows)
    below: dict[int, list[EntryRow]] = {}
    for row in rows:
        if found[row.number] != row.number:
            below.setdefault(found[row.number], []).append(row)
    answers = ranked((row for row in rows if found[row.number] == row.number), topic.accepted)
    return Answered(
        comments=_comments(presenter, topic, below.get(1, ()), 1),
        answers=tuple(_answer(presenter, topic, row, below.get(row.number, ())) for row in answers),
    )


def _answer(presenter: Presenter, topic: TopicRow, row: EntryRow, below: Iterable[EntryRow]) -> EntryView:
    # What it answers is named only where that stands on another page, as in a very long topic.
    parent = presenter.parent(row, topic) if row.parent_number > 1 else None
    comments = _comments(presenter, topic, below, row.number)
    view = presenter.entry(row, topic, parent=parent, children=comments)
    return replace(view, accepted=row.id == topic.accepted)


def _comments(presenter: Presenter, topic: TopicRow, rows: Iterable[EntryRow], root: int) -> tuple[EntryView, ...]:
    """One after another; one that answers another comment names it."""
    named = ((row, presenter.parent(row, topic) if row.parent_number not in (0, root) else None) for row in rows)
    return tuple(presenter.entry(row, topic, parent=parent) for row, parent in named)
