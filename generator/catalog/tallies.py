"""How much was written in each month: on a board, by a member, about a tag. Kept by what each topic adds to it.

Which of them are kept is decided in `derive.tally`. Nothing is kept of a site that shows none.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.catalog import keys
from generator.catalog.packing import dump, load
from generator.catalog.store import Store

Count = tuple[int, int]
"""How many topics began, and how many replies were written."""

Tally = Mapping[tuple[str, str], Count]
"""What is counted by what it is of (a scope) and by month ("2026-11")."""

Packed = list[tuple[str, str, int, int]]

_ADD = (
    "INSERT INTO tally VALUES (?, ?, ?, ?) ON CONFLICT (scope, month)"
    " DO UPDATE SET topics = topics + excluded.topics, replies = replies + excluded.replies"
)


class Tallies:
    """Writes the tallies within the store's transaction."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.began = False

    def replace(self, owner: str, tally: Tally) -> None:
        """Replace what an owner adds."""
        packed = [(*name, *count) for name, count in sorted(tally.items())]
        data, mine = dump(packed) if packed else b"", f"tally/{owner}"
        found = None if self.store.first else self._known(mine)
        if (found or b"") == data:
            return
        if data:
            self.store.database.execute("INSERT OR REPLACE INTO made VALUES (?, ?)", [mine, data])
        else:
            self.store.database.execute("DELETE FROM made WHERE owner = ?", [mine])
        if self.store.first:
            self._append(packed)
        else:
            self._change(load(Packed, found) if found else [], packed)

    def change(self, owner: str, before: Tally, after: Tally) -> None:
        """Replace a part of what an owner adds."""
        found = self._known(f"tally/{owner}")
        total = {(scope, month): (topics, replies) for scope, month, topics, replies in load(Packed, found)} if found else {}
        for sign, tally in ((-1, before), (1, after)):
            for name, (topics, replies) in tally.items():
                known = total.get(name, (0, 0))
                total[name] = known[0] + sign * topics, known[1] + sign * replies
        self.replace(owner, {name: count for name, count in total.items() if count != (0, 0)})

    def _known(self, owner: str) -> bytes | None:
        found = self.store.database.execute("SELECT data FROM made WHERE owner = ?", [owner]).fetchone()
        return found[0] if found else None

    def _append(self, packed: Packed) -> None:
        """On a clean build all are added up at once."""
        if not self.began:
            self.began = True
            self.store.database.execute("CREATE TEMP TABLE first_tally (scope, month, topics, replies)")
        self.store.database.executemany("INSERT INTO first_tally VALUES (?, ?, ?, ?)", packed)

    def _change(self, before: Packed, after: Packed) -> None:
        gone = [(scope, month, -topics, -replies) for scope, month, topics, replies in set(before) - set(after)]
        come = set(after) - set(before)
        self.store.database.executemany(_ADD, sorted([*gone, *come]))
        for scope in {row[0] for row in (*gone, *come)}:
            self.store.touch(keys.tally(scope))
            self.store.touch(keys.tallies(scope.partition(keys.SEPARATOR)[0]))

    def finish(self) -> None:
        """Add up what a clean build counted."""
        if self.began:
            self.began = False
            query = "INSERT INTO tally SELECT scope, month, sum(topics), sum(replies) FROM first_tally GROUP BY scope, month"
            self.store.database.execute(query)
            self.store.database.execute("DROP TABLE first_tally")

    def settle(self) -> None:
        """Forget the months in which there is nothing any more."""
        self.store.database.execute("DELETE FROM tally WHERE topics = 0 AND replies = 0")
