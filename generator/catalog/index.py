"""The index of search: one row an entry, kept in step with the topics.

What can be found, and by which words, is decided in `findable`; into which files the words go, in `leaves`.
Changes wait in a table of their own and are made in the order of their rows, as FTS5 wants it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from generator import digest
from generator.catalog import findable, keys, numbers
from generator.catalog.leaves import Leaves
from generator.catalog.packing import load
from generator.catalog.rows import EntryRow, FoundText, SearchTotals, TopicRow
from generator.catalog.store import Store

FILE = 10_000
"""Bytes that a file of texts holds at most on average, before there are twice as many files."""

ABOUT = 200
"""Bytes that an entry takes besides its text."""

_TABLES = ("search_fact", "search_entry", "search_part", "search_word", "search_branch", "search_leaf")


class Known(Struct, frozen=True):
    """What stands of an entry."""

    row: int
    digest: bytes
    words: int
    size: int


class Index:
    """Writes the index within the store's transaction; `enabled` as the settings say.

    `terms` is a digest that changes when all has to be indexed again, as for other words; `home` is the site's language.
    """

    def __init__(self, store: Store, terms: bytes, home: str, *, enabled: bool) -> None:
        self.store = store
        self.home = home
        self.database = store.database
        self.enabled = enabled
        self.growth = SearchTotals()
        self.afresh = store.set_meta("search", terms if enabled else b"")
        if self.afresh and store.traced:
            self._empty()
        if enabled:
            self.database.execute("DROP TABLE IF EXISTS temp.search_change")
            self.database.execute("CREATE TEMP TABLE search_change (row INTEGER, facts BLOB, terms TEXT)")

    def _empty(self) -> None:
        for table in _TABLES:
            self.database.execute(f"DELETE FROM {table}")  # noqa: S608 - our own words
        # To delete its rows one by one would take longer than to fill it.
        (made,) = self.database.execute("SELECT sql FROM sqlite_master WHERE name = 'search'").fetchone()
        self.database.execute("DROP TABLE search")
        self.database.execute(made)
        for key in (keys.search_totals(), keys.search_bits()):
            self.store.set_fact(key, None)
        self.store.touch(keys.search_leaves())
        query = "SELECT name FROM key WHERE name >= 'search-' AND name < 'search.'"
        for (key,) in self.database.execute(query).fetchall():
            self.store.touch(key)

    # One topic ---------------------------------------------------------------

    def replace(self, topic: TopicRow, entries: Sequence[EntryRow], canonical: Callable[[str], str], before: int = 0) -> None:
        """What of a topic can be found; these are its entries but for so many `before` them, which are as they were."""
        if not self.enabled:
            return
        known = self._known(topic.key, before)
        for entry in findable.found_entries(entries):
            self._put(topic, entry, canonical, known.pop(entry.number, None))
        self._drop(topic.key, known)

    def withdraw(self, owner: str) -> None:
        """Take a topic that is not built out of the index."""
        if self.enabled:
            self._drop(owner, self._known(owner))

    def _known(self, owner: str, before: int = 0) -> dict[int, Known]:
        if self.store.first:
            return {}
        query = "SELECT number, row, digest, words, size FROM search_entry WHERE owner = ? AND number > ?"
        return {number: Known(*rest) for number, *rest in self.database.execute(query, [owner, before])}

    def _put(self, topic: TopicRow, entry: EntryRow, canonical: Callable[[str], str], before: Known | None) -> None:
        title, facets = findable.title_of(topic, entry), findable.facets(topic, entry, canonical, self.home)
        row = numbers.row(topic.key, entry.number, entry.date, entry.votes)
        mark = digest.of_bytes(f"{row} {entry.date} {entry.votes} {facets} {title} ".encode("utf-8", "replace") + entry.html)
        if before and (before.row, before.digest) == (row, mark):
            return
        text = self._text(entry.html)
        facts = numbers.facts(row, entry.date, text.words, entry.votes, facets)
        size = len(text.text[: findable.TEXT].encode("utf-8", "replace")) + ABOUT
        if before:
            self._change(before.row, None, None)
            self._grow(-1, before.words, before.size)
        else:
            self._stand(topic.key, entry.number)
        self._change(row, facts, findable.terms(title, text))
        self._grow(1, text.words, size)
        query = "INSERT OR REPLACE INTO search_entry VALUES (?, ?, ?, ?, ?, ?)"
        self.database.execute(query, [topic.key, entry.number, row, mark, text.words, size])

    def _drop(self, owner: str, known: Mapping[int, Known]) -> None:
        for number, one in known.items():
            self._change(one.row, None, None)
            self._grow(-1, one.words, one.size)
            self.database.execute("DELETE FROM search_entry WHERE owner = ? AND number = ?", [owner, number])
        for part in {numbers.part_of(number) for number in known}:
            self._fall(owner, part)

    def _grow(self, by: int, words: int, size: int) -> None:
        self.growth = SearchTotals(
            self.growth.entries + by, self.growth.words + by * words, self.growth.size + by * size
        )

    def _change(self, row: int, facts: bytes | None, terms: str | None) -> None:
        self.database.execute("INSERT INTO search_change VALUES (?, ?, ?)", [row, facts, terms])

    def _text(self, mark: bytes) -> FoundText:
        found = self.database.execute("SELECT data FROM html WHERE digest = ?", [mark]).fetchone()
        return load(FoundText, found[0]) if found else FoundText()

    def _stand(self, owner: str, number: int) -> None:
        """Note the part that an entry is in."""
        part = numbers.part_of(number)
        query = "INSERT OR IGNORE INTO search_part VALUES (?, ?, ?)"
        one = numbers.part_id(owner, part)
        if self.database.execute(query, [one, owner, part]).rowcount:
            self._touch_texts(one)

    def _fall(self, owner: str, part: int) -> None:
        """Forget a part of which nothing is left."""
        first = part * numbers.PART + 1
        query = "SELECT 1 FROM search_entry WHERE owner = ? AND number BETWEEN ? AND ?"
        if not self.database.execute(query, [owner, first, first + numbers.PART - 1]).fetchone():
            one = numbers.part_id(owner, part)
            self.database.execute("DELETE FROM search_part WHERE id = ? AND owner = ?", [one, owner])
            self._touch_texts(one)

    def _touch_texts(self, part: int) -> None:
        bits = self.store.fact(keys.search_bits(), int)
        if bits is not None:
            self.store.touch(keys.search_texts(bits, part >> (numbers.PART_BITS - bits)))

    # The end of the run --------------------------------------------------------

    def settle(self) -> None:
        """Make the changes that wait, and what follows from them."""
        if not self.enabled:
            return
        leaves = Leaves(self.database)
        if self.afresh:
            self._fill()
            leaves.grow()
        else:
            self._apply(leaves)
        self.database.execute("DROP TABLE search_change")
        if leaves.moved:
            self.store.touch(keys.search_leaves())
        self._total()

    def _total(self) -> None:
        found = self.database.execute("SELECT data FROM fact WHERE key = ?", [keys.search_totals()]).fetchone()
        before, more = load(SearchTotals, found[0]) if found else SearchTotals(), self.growth
        size = before.size + more.size
        totals = SearchTotals(before.entries + more.entries, before.words + more.words, size)
        self.store.set_fact(keys.search_totals(), totals)
        self.store.set_fact(keys.search_bits(), (size // FILE).bit_length())

    def _fill(self) -> None:
        """Fill the empty index at once, in the order of the rows."""
        execute = self.database.execute
        # Of a row's changes the last one counts.
        last = "(SELECT row, facts, terms, max(rowid) FROM search_change GROUP BY row) WHERE terms IS NOT NULL ORDER BY row"
        execute(f"INSERT INTO search_fact SELECT row, facts FROM {last}")  # noqa: S608 - our own words
        execute(f"INSERT INTO search (rowid, terms) SELECT row, terms FROM {last}")  # noqa: S608 - our own words
        execute(
            "INSERT INTO search_word SELECT substr(term, 1, length(term) - 1), sum(doc) FROM search_count"
            " GROUP BY 1 ORDER BY 1"
        )

    def _apply(self, leaves: Leaves) -> None:
        """Change the rows one by one; touch the leaves of all words whose entries or facts are others now."""
        query = "SELECT row, facts, terms, max(rowid) FROM search_change GROUP BY row ORDER BY row"
        growth: Counter[str] = Counter()
        for row, facts, terms, _ in self.database.execute(query):
            old_facts, old_terms = self._row(row)
            if (old_facts, old_terms) == (facts, terms or ""):
                continue
            before, after = set(old_terms.split()), set((terms or "").split())
            touched = before ^ after if old_facts == facts else before | after
            growth.update(dict.fromkeys((term[:-1] for term in touched), 0))
            growth.subtract(term[:-1] for term in before & touched)
            growth.update(term[:-1] for term in after & touched)
            self._write(row, facts, terms, exists=old_facts is not None)
        self._count(growth.items())
        for leaf in leaves.change(growth.items()):
            self.store.touch(keys.search_leaf(leaf))

    def _row(self, row: int) -> tuple[bytes | None, str]:
        facts = self.database.execute("SELECT facts FROM search_fact WHERE row = ?", [row]).fetchone()
        if facts is None:
            return None, ""
        return facts[0], self.database.execute("SELECT terms FROM search WHERE rowid = ?", [row]).fetchone()[0]

    def _write(self, row: int, facts: bytes | None, terms: str | None, *, exists: bool) -> None:
        if exists:
            self.database.execute("DELETE FROM search WHERE rowid = ?", [row])
            self.database.execute("DELETE FROM search_fact WHERE row = ?", [row])
        if terms is not None:
            self.database.execute("INSERT INTO search (rowid, terms) VALUES (?, ?)", [row, terms])
            self.database.execute("INSERT INTO search_fact VALUES (?, ?)", [row, facts])

    def _count(self, growth: Iterable[tuple[str, int]]) -> None:
        query = (
            "INSERT INTO search_word VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET entries = entries + excluded.entries"
        )
        self.database.executemany(query, sorted((word, by) for word, by in growth if by))
        self.database.executemany("DELETE FROM search_word WHERE word = ? AND entries = 0", [(word,) for word, by in growth if by < 0])

