"""The leaves: into which files words go, so that each file is short and follows from the words alone.

Words are parted by their letters as by the thumb cuts of a dictionary. A branch is a beginning of words; where its
words are in more than `FULL` entries, the next letter parts it. What is beside each other on a branch then shares a
leaf, as far as it goes into one. So an edit moves no more than the leaves beside it. A word has a space at its end
here, so that one which is the beginning of others has a branch of its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

FULL = 1_000
"""How many entries the words of a leaf point to at most; a single word of more keeps its best."""

_LAST = chr(0x10FFFF)


def span(first: str, last: str) -> tuple[str, str]:
    """Between which words those of a leaf are, that goes from one branch to another."""
    return first.removesuffix(" "), last if last.endswith(" ") else last + _LAST


class Leaves:
    """Writes branches and leaves within the catalog's transaction, after the words were counted."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self.moved = False
        self._nodes: set[str] = set()

    def grow(self) -> None:
        """Make all of them anew."""
        self.database.execute("DELETE FROM search_branch")
        self.database.execute("DELETE FROM search_leaf")
        total = self.database.execute("SELECT coalesce(sum(entries), 0) FROM search_word").fetchone()[0]
        self.database.execute("INSERT INTO search_branch VALUES ('', '/', ?)", [total])
        self._part("", total)
        self._gather()

    def change(self, changes: Iterable[tuple[str, int]]) -> set[str]:
        """Make them right after words are used more or less often; the leaves that are others now, or whose words are."""
        words = dict(changes)
        branches: set[str] = set()
        for word, growth in sorted(words.items()):
            if growth:
                branches.update(self._weigh(word + " ", growth))
        for branch in sorted(branches, key=len):
            self._right(branch)
        touched = self._gather()
        return touched | {leaf for leaf in map(self._leaf, words) if leaf is not None}

    # Branches ----------------------------------------------------------------

    def _weigh(self, path: str, growth: int) -> list[str]:
        """Change the weight of all branches that a word is on; the last letter may be a new one."""
        beginnings = [path[:end] for end in range(len(path) + 1)]
        marks = ", ".join("?" * len(beginnings))
        query = f"SELECT branch FROM search_branch WHERE branch IN ({marks}) ORDER BY length(branch)"  # noqa: S608
        found = [branch for (branch,) in self.database.execute(query, beginnings)]
        deepest = found[-1]
        if self._is_parted(deepest):
            found.append(path[: len(deepest) + 1])
            self.database.execute("INSERT INTO search_branch VALUES (?, ?, 0)", [found[-1], deepest])
        query = "UPDATE search_branch SET weight = weight + ? WHERE branch = ?"
        self.database.executemany(query, [(growth, branch) for branch in found])
        return found

    def _is_parted(self, branch: str) -> bool:
        query = "SELECT 1 FROM search_branch WHERE above = ? LIMIT 1"
        return self.database.execute(query, [branch]).fetchone() is not None

    def _right(self, branch: str) -> None:
        """Part a branch that is too full, join one that no longer is, take an empty one away."""
        found = self.database.execute("SELECT weight, above FROM search_branch WHERE branch = ?", [branch]).fetchone()
        if found is None:
            return  # what it was on was joined
        weight, above = found
        self._nodes.add(above)
        if weight > FULL:
            if not self._is_parted(branch):
                self._part(branch, weight)
        elif self._is_parted(branch):
            query = "SELECT DISTINCT above FROM search_branch WHERE branch > ? AND branch < ?"
            self._nodes |= {node for (node,) in self.database.execute(query, [branch, branch + _LAST])}
            query = "DELETE FROM search_branch WHERE branch > ? AND branch < ?"
            self.database.execute(query, [branch, branch + _LAST])
        if not weight and branch:
            self.database.execute("DELETE FROM search_branch WHERE branch = ?", [branch])

    def _part(self, branch: str, weight: int) -> None:
        """Part a branch and what is on it, as long as it is too full."""
        waiting = [(branch, weight)]
        self._nodes.add("/")
        while waiting:
            above, weight = waiting.pop()
            if weight <= FULL or above.endswith(" "):
                continue
            query = (
                "SELECT substr(word || ' ', 1, ?) AS part, sum(entries) FROM search_word"
                " WHERE word >= ? AND word < ? GROUP BY part"
            )
            parts = self.database.execute(query, [len(above) + 1, *span(above, above)]).fetchall()
            self.database.executemany("INSERT INTO search_branch VALUES (?, ?, ?)", [(part, above, size) for part, size in parts])
            self._nodes.add(above)
            waiting += parts

    # Leaves ------------------------------------------------------------------

    def _gather(self) -> set[str]:
        """Make the leaves of all branches that changed; those that go elsewhere now."""
        touched: set[str] = set()
        for node in sorted(self._nodes):
            query = "SELECT first, last FROM search_leaf WHERE node = ?"
            before = dict(self.database.execute(query, [node]).fetchall())
            after = dict(self._together(node))
            if before.keys() != after.keys():
                self.moved = True
            self.database.executemany("DELETE FROM search_leaf WHERE first = ? AND node = ?", [(first, node) for first in before])
            self.database.executemany(
                "INSERT OR REPLACE INTO search_leaf VALUES (?, ?, ?)", [(first, last, node) for first, last in after.items()]
            )
            touched |= {first for first in before.keys() | after.keys() if before.get(first) != after.get(first)}
        self._nodes.clear()
        return touched

    def _together(self, node: str) -> Iterator[tuple[str, str]]:
        """The leaves of a branch: from which part of it to which each one goes."""
        query = "SELECT branch, weight FROM search_branch WHERE above = ? ORDER BY branch"
        first, last, total = None, "", 0
        for part, weight in self.database.execute(query, [node]).fetchall():
            alone = weight > FULL
            if first is not None and (alone or total + weight > FULL):
                yield first, last
                first = None
            if alone and not part.endswith(" "):
                continue  # it has leaves of its own
            first, last, total = (part, part, weight) if first is None else (first, part, total + weight)
        if first is not None:
            yield first, last

    def _leaf(self, word: str) -> str | None:
        """The leaf that a word is in, or would be in."""
        query = "SELECT first FROM search_leaf WHERE first <= ? ORDER BY first DESC LIMIT 1"
        found = self.database.execute(query, [word + " "]).fetchone()
        return found[0] if found else None
