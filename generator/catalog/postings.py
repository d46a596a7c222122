"""Reads what the index says of words: which entries have them, the best first."""

from __future__ import annotations

import sqlite3

from generator.catalog import findable
from generator.catalog.leaves import FULL, span

Posting = tuple[int, int, bytes]
"""An entry that has a word: the word's class there, the entry's row, and its facts."""


def postings(database: sqlite3.Connection, first: str) -> dict[str, list[Posting]]:
    """The entries of all words of a leaf, by word; of a single word as many as a leaf holds."""
    last: str = database.execute("SELECT last FROM search_leaf WHERE first = ?", [first]).fetchone()[0]
    if first == last and first.endswith(" "):
        return {first[:-1]: _best(database, first[:-1], FULL)}
    query = (
        "SELECT term, doc, c0 FROM search_term CROSS JOIN search_content ON search_content.id = doc"
        " WHERE term >= ? AND term < ? ORDER BY term, doc"
    )
    found: dict[str, list[Posting]] = {}
    for term, row, facts in database.execute(query, span(first, last)):
        word, number = findable.unmarked(term)
        found.setdefault(word, []).append((number, row, facts))
    return found


def _best(database: sqlite3.Connection, word: str, limit: int) -> list[Posting]:
    found: list[Posting] = []
    query = "SELECT rowid, facts FROM search WHERE search MATCH ? ORDER BY rowid LIMIT ?"
    for number in reversed(range(findable.CLASSES)):
        rows = database.execute(query, [f'"{findable.marked(word, number)}"', limit - len(found)])
        found += [(number, row, facts) for row, facts in rows]
        if len(found) >= limit:
            break
    return found
