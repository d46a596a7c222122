"""Which topics one may read after another: those that share its tags and the words of its title.

Only what stands near in time in a shared list is looked at, never a whole list: so the cost is the same in a large
site as in a small one, and a new topic changes the pages of its few neighbours and no others.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.likeness import alike, words
from generator.catalog.lookup import Lookup
from generator.catalog.rows import TopicRow
from generator.present import Presenter
from generator.slugs import fold
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
    found: dict[str, TopicRow] = {}
    walks = [_walk(lookup, scope, topic, side) for scope in alike(topic) for side in (0, 1)]
    for _ in range(REACH):
        for other in (next(walk, None) for walk in walks):
            if other:
                found[other.key] = other
        if len(found) >= MOST:
            break
    return list(found.values())


def _walk(lookup: Lookup, scope: str, topic: TopicRow, side: int) -> Iterator[TopicRow]:
    """The topics of a list before (`side` 0) or after (1) one, the nearest first."""
    here: TopicRow | None = topic
    while here:
        key = lookup.neighbours(scope, here.created, here.key)[side]
        here = lookup.headline(key) if key is not None else None
        if here:
            yield here


def _likeness(one: TopicRow, other: TopicRow) -> int:
    shared = {*map(fold, one.tags)} & {*map(fold, other.tags)}
    return 2 * len(shared) + len(words(one.title) & words(other.title))


def _in_series(one: TopicRow, other: TopicRow) -> bool:
    """Whether both are of one series, which the page lists anyway."""
    return bool(one.series) and one.board == other.board and fold(one.series) == fold(other.series)


def _view(presenter: Presenter, topic: TopicRow) -> RelatedTopic:
    board, language = presenter.board_of(topic.board)
    href = presenter.href(topic.address)
    return RelatedTopic(href, topic.title, board, topic.created, topic.language or language, topic.dir)
