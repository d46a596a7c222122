"""What of a topic can be found by search: its entries, the words of each, and the facts that rank and sort it.

Pure. How the words are kept is the index's business.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from generator.catalog import numbers
from generator.catalog.rows import EntryRow, FoundText, TopicRow
from generator.language.folding import findable
from generator.slugs import fold

_facet = lru_cache(maxsize=10_000)(numbers.facet)
_folded = lru_cache(maxsize=10_000)(fold)

TEXT = 10_000
"""Letters of an entry's text that are told to the browser at most, which looks there for phrases."""

CLASSES = 8
"""How much an entry is about a word: four degrees, and the same for words of its title."""

_FIRST = 0xE000
# The best first, as the index has them: in the title, then by how often the word is there.
_LETTERS = tuple(chr(_FIRST + CLASSES - 1 - number) for number in range(CLASSES))


def marked(word: str, number: int) -> str:
    """A word with the letter of its class, as it stands in the index."""
    return word + _LETTERS[number]


def unmarked(term: str) -> tuple[str, int]:
    """The word of a term, and its class."""
    return term[:-1], _FIRST + CLASSES - 1 - ord(term[-1])


def found_entries(entries: Iterable[EntryRow]) -> Iterator[EntryRow]:
    """The entries of a topic that can be found: what is shown, and is no notice."""
    return (entry for entry in entries if not (entry.status or entry.event))


def title_of(topic: TopicRow, entry: EntryRow) -> str:
    """The title that an entry is found by: an opening has the topic's, and its tags."""
    return " ".join((topic.title, *topic.tags)) if entry.number == 1 else entry.title


def facets(topic: TopicRow, entry: EntryRow, canonical: Callable[[str], str], home: str) -> list[int]:
    """What an entry is sorted by: its board, its language where it is not that of the site (`home`), who wrote it, its topic's tags."""
    language = topic.language
    writers = [canonical(name) for name in entry.authors] or ([f"~{_folded(entry.name)}"] if entry.name else [])
    about = [f"board:{topic.board}", *([f"language:{language}"] if language not in ("", home) else [])]
    names = (*about, *(f"author:{one}" for one in writers), *(f"tag:{_folded(tag)}" for tag in topic.tags))
    return [_facet(name) for name in names]


def terms(title: str, text: FoundText) -> str:
    """The words by which an entry is found, each once, with its class."""
    counts = Counter(findable(text.text))
    titled = dict.fromkeys(findable(title), 1)  # no set: the order of the words would be another in each process
    counts.update(titled)
    once = _LETTERS[0]
    return " ".join(
        [
            word + once if count == 1 and word not in titled else marked(word, _degree(count) + 4 * (word in titled))
            for word, count in counts.items()
        ]
    )


def _degree(count: int) -> int:
    return 0 if count == 1 else 1 if count == 2 else 2 if count < 5 else 3
