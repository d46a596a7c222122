"""Questions and links: what their boards derive of a topic besides what all boards do.

Pure. How answers are ordered is told in `catalog.answers`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from heapq import nsmallest
from typing import TypedDict

from msgspec.structs import replace

from generator.catalog import answers
from generator.catalog.derive.thread import Thread, natural
from generator.catalog.rows import BoardRow, TopicRow
from generator.errors import Problem
from generator.model import Moment, TopicFields

DOUBLED = 86_400
"""Seconds that a link counts as newer each time its votes double."""


class Asked(TypedDict, total=False):
    """The fields of a `TopicRow` that only a question has."""

    answers: int
    accepted: str
    helped: bool
    by_answers: bool


def arranged(thread: Thread, wanted: str, per_page: int) -> Thread:
    """A question's entries on the pages that their answers are on; a very long one stays cut by arrival."""
    if len(thread.entries) > answers.LONGEST:
        return thread
    accepted = answers.found_accepted(thread.entries, wanted)
    return replace(thread, entries=answers.paged(thread.entries, accepted, per_page))


def of(thread: Thread, board: BoardRow | None, wanted: str) -> Asked:
    """What a question's summary says of its answers; of other topics nothing."""
    if board is None or not board.answers:
        return {}
    accepted = answers.found_accepted(thread.entries, wanted)
    shown = [row for row in answers.answers(thread.entries, accepted) if not row.status]
    return {
        "answers": len(shown),
        "accepted": accepted,
        "helped": bool(accepted) or any((row.votes or 0) > 0 for row in shown),
        "by_answers": len(thread.entries) <= answers.LONGEST,
    }


def problems(path: str, head: TopicFields, thread: Thread, accepted: str) -> Iterator[Problem]:
    """An `accepted` that names no answer."""
    if not head.accepted or accepted:
        return
    named = next((row for row in thread.entries if row.id == head.accepted), None)
    what = "is no answer that is shown" if named else "is not in this topic"
    message = f"the reply “{head.accepted}” {what}; no answer is marked as accepted"
    known = [row.id for row in answers.answers(thread.entries, "") if not row.status]
    hint = f"Answers here: {', '.join(nsmallest(12, known, key=natural))}." if known else "Nobody has answered yet: take it out."
    yield Problem(path, head.accepted_line, "accepted", message, hint, "warning")


def scopes(topic: TopicRow, board: BoardRow) -> Iterator[tuple[tuple[str, str], Moment]]:
    """The lists of a board's questions that nobody answered, and of those that no answer has helped yet."""
    if not board.answers or topic.locked or topic.hidden:
        return
    if not topic.answers:
        yield ("unanswered", board.key), topic.created
    if not topic.helped:
        yield ("open", board.key), topic.created


def waits(topic: TopicRow, board: BoardRow) -> bool:
    """Whether a topic waits for its first reply, a question for its first answer."""
    said = topic.answers if board.answers else topic.replies
    return board.answerable and not (said or topic.locked or topic.hidden)


def place(topic: TopicRow, board: BoardRow) -> Moment:
    """What orders a topic on its board's front: its heat, the last that was said, or when it began."""
    if board.links:
        return heat(topic.created, topic.votes or 0)
    return topic.active if board.by_activity else topic.created


def heat(created: Moment, votes: int) -> Moment:
    """When a link would have come without votes to stand where it does: it asks no clock, so the order stays."""
    gain = round(DOUBLED * math.log2(1 + abs(votes)))
    return created + (gain if votes > 0 else -gain)
