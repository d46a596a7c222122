"""Which lists a topic shares with others like it: those of its tags, and of the telling words of its title.

The same function says in which lists a topic is put and in which it looks for its like, so that the two can't drift
apart. How they are weighed is decided in `related`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from generator.catalog import keys
from generator.catalog.rows import TopicRow
from generator.slugs import fold

TAGS = 3
TELLING = 2
"""So many of a topic's first tags, and of the longest words of its title, lead to others."""

folded = lru_cache(maxsize=10_000)(fold)
"""A tag as lists know it."""

_WORD = re.compile(r"[^\W\d_]{4,}")
_LONG = 5


@lru_cache(maxsize=10_000)
def words(title: str) -> frozenset[str]:
    """The words of a title that may tell what it is about."""
    return frozenset(_WORD.findall(fold(title)))


def telling(title: str) -> list[str]:
    """Its longest words: they tell more than the short ones, in most languages."""
    long = (word for word in words(title) if len(word) >= _LONG)
    return sorted(long, key=lambda word: (-len(word), word))[:TELLING]


def alike(topic: TopicRow) -> list[str]:
    """The lists in which others like it are, ordered by when topics began."""
    tags = [keys.scope("tag", folded(tag)) for tag in topic.tags[:TAGS]]
    return tags + [keys.scope("word", word) for word in telling(topic.title)]
