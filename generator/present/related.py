"""Which topics one may read after another: those that share its tags and the words of its title.

Only what stands near in time in a shared list is looked at, never a whole list: so the cost is the same in a large
site as in a small one, and a new topic changes the pages of its few neighbours and no others.
"""

from __future__ import annotations

from msgspec import Struct

from generator.catalog.likeness import alike, folded, words
from generator.catalog.lookup import Lookup
from generator.catalog.rows import TopicRow
from generator.present.presenter import Presenter
from generator.views import RelatedTopic

MOST = 5
REACH = 2
"""How many steps away from the topic a list is read, to both sides."""


def related(presenter: Presenter, topic: TopicRow) -> tuple[RelatedTopic, ...]:
    """At most `MOST` topics, the most alike first; of a topic in no list, none."""
    if not topic.listed or topic.hidden:
        return ()
    found = [other for other in _near(presenter.lookup, topic) if not other.hidden and not _in_series(other, topic)]
    order = sorted(found, key=lambda other: (-_likeness(other, topic), abs(other.created - topic.created), other.key))
    return tuple(_view(presenter, other) for other in order[:MOST])


def _near(lookup: Lookup, topic: TopicRow) -> list[TopicRow]:
    """What stands near the topic in the lists that it shares; a further step only where the last gave too little."""
    ends = [End(scope, side, key) for scope in alike(topic) for side, key in enumerate(_beside(lookup, scope, topic))]
    found: dict[str, TopicRow] = {}
    for step in range(1, REACH + 1):
        reached = [(end, other) for end in ends if end.key is not None and (other := lookup.headline(end.key))]
        found |= {other.key: other for _, other in reached}
        if step == REACH or len(found) >= MOST:
            break
        ends = [End(end.scope, end.side, _beside(lookup, end.scope, other)[end.side]) for end, other in reached]
    return list(found.values())


class End(Struct, frozen=True):
    """How far a list was read to one side, before the topic (`side` 0) or after it (1): the item there, if any."""

    scope: str
    side: int
    key: str | None


def _beside(lookup: Lookup, scope: str, topic: TopicRow) -> tuple[str | None, str | None]:
    return lookup.neighbours(scope, topic.created, topic.key)


def _likeness(one: TopicRow, other: TopicRow) -> int:
    shared = {*map(folded, one.tags)} & {*map(folded, other.tags)}
    return 2 * len(shared) + len(words(one.title) & words(other.title))


def _in_series(one: TopicRow, other: TopicRow) -> bool:
    """Whether both are of one series, which the page lists anyway."""
    return bool(one.series) and one.board == other.board and folded(one.series) == folded(other.series)


def _view(presenter: Presenter, topic: TopicRow) -> RelatedTopic:
    board, language = presenter.board_of(topic.board)
    href = presenter.href(topic.address)
    return RelatedTopic(href, topic.title, board, topic.created, topic.language or language, topic.dir)
