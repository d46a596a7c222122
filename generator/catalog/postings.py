"""Reads what the index says of words: which entries have them, the best first."""

from __future__ import annotations

import sqlite3
from itertools import groupby
from operator import itemgetter

from generator.catalog import findable
from generator.catalog.leaves import FULL, span

Postings = list[tuple[int, list[bytes]]]
"""The entries that have a word, by the word's class in them: the facts of each."""


def postings(database: sqlite3.Connection, first: str) -> dict[str, Postings]:
    """The entries of all words of a leaf, by word; of a single word as many as a leaf holds."""
    last: str = database.execute("SELECT last FROM search_leaf WHERE first = ?", [first]).fetchone()[0]
    if first == last and first.endswith(" "):
        return {first[:-1]: _best(database, first[:-1], FULL)}
    query = (
        "SELECT term, facts FROM search_term CROSS JOIN search_fact ON search_fact.row = doc"
        " WHERE term >= ? AND term < ? ORDER BY term, doc"
    )
    found: dict[str, Postings] = {}
    for term, rows in groupby(database.execute(query, span(first, last)), itemgetter(0)):
        word, number = findable.unmarked(term)
        found.setdefault(word, []).append((number, [facts for _, facts in rows]))
    return found


def _best(database: sqlite3.Connection, word: str, limit: int) -> Postings:
    found: Postings = []
    query = (
        "SELECT facts FROM (SELECT rowid AS row FROM search WHERE search MATCH ? ORDER BY rowid LIMIT ?)"
        " CROSS JOIN search_fact USING (row)"
    )
    for number in reversed(range(findable.CLASSES)):
        rows = [facts for (facts,) in database.execute(query, [f'"{findable.marked(word, number)}"', limit])]
        found += [(number, rows)] if rows else []
        limit -= len(rows)
        if not limit:
            break
    return found
