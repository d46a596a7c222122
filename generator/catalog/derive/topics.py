"""Topics in the catalog: each one that changed is settled anew, with those that share its address or language.

Topics are taken in the order of their paths, so that of two with one address the first by path stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from generator.catalog import keys
from generator.catalog.derive import topic as settle
from generator.catalog.derive.context import Terms
from generator.catalog.derive.thread import Said, Thread, thread
from generator.catalog.derive.topic import Opened
from generator.catalog.rows import BoardRow, HtmlRow, TopicRow, load
from generator.catalog.store import Store
from generator.errors import Problem
from generator.model import Entry, TopicFields
from generator.slugs import fold

State = tuple[str, str, str, str, int, int, int, int, int]
"""A row of the table `topic` but for its key: board, base, path, address, visible, standing, listed, pages, replies."""

_STATE = "board, base, path, address, visible, standing, listed, pages, replies"


class Topics:
    """Settles topics one by one and writes what changed."""

    def __init__(self, store: Store, terms: Terms, boards: Mapping[str, BoardRow]) -> None:
        self.store = store
        self.terms = terms
        self.boards = boards
        self.changed_boards: set[str] = set()
        self.canonical = lru_cache(maxsize=10_000)(self._canonical)

    def derive(self, dirty: Iterable[str]) -> None:
        """Settle these topics, and those that their change concerns, until none is left."""
        waiting = set(dirty)
        while waiting:
            batch = sorted(waiting, key=self._path)
            waiting = set()
            for key in batch:
                waiting |= self._derive_one(key)

    def _path(self, key: str) -> str:
        query = "SELECT path FROM source WHERE role IN ('topic', 'page', 'front') AND topic = ? ORDER BY path LIMIT 1"
        found = self.store.database.execute(query, [key]).fetchone()
        return found[0] if found else ""

    def _canonical(self, name: str) -> str:
        folded = fold(name)
        query = "SELECT value FROM named WHERE family = 'alias' AND folded = ? ORDER BY owner LIMIT 1"
        found = self.store.database.execute(query, [folded]).fetchone()
        return found[0] if found else folded

    def _derive_one(self, key: str) -> set[str]:
        """Settle one topic; the keys of others that have to be settled again."""
        problems: list[Problem] = []
        before = self._state(key)
        opened = self._opened(key, problems)
        after = None
        if opened:
            after = self._settle(opened, problems)
        else:
            self._orphaned(key, problems)
        self.store.replace_problems(f"topic/{key}", problems)
        if after is None:
            self._withdraw(key)
            self.store.database.execute("DELETE FROM topic WHERE key = ?", [key])
        return self._concerned(key, before, after)

    def _state(self, key: str) -> State | None:
        query = f"SELECT {_STATE} FROM topic WHERE key = ?"  # noqa: S608 - our own words
        found: State | None = self.store.database.execute(query, [key]).fetchone()
        return found

    def _opened(self, key: str, problems: list[Problem]) -> Opened | None:
        query = (
            "SELECT path, board, language, head FROM source"
            " WHERE role IN ('topic', 'page', 'front') AND topic = ? ORDER BY path"
        )
        found = self.store.database.execute(query, [key]).fetchall()
        for path, *_ in found[1:]:
            message = f"{found[0][0]} opens this topic already; this file is left out"
            problems.append(Problem(path, 1, "", message, "Rename one of the two."))
        if not found or found[0][3] is None:
            return None
        path, board, language, data = found[0]
        if board and board not in self.boards:
            return None
        head = load(TopicFields, data)
        base = head.translation_of or (key.removesuffix(f".{language}") if language else key)
        return Opened(key, base.removesuffix(".md"), language, path, self.boards.get(board), head)

    def _orphaned(self, key: str, problems: list[Problem]) -> None:
        """Report replies whose topic has no opening at all."""
        query = "SELECT path FROM source WHERE role = 'replies' AND topic = ?1 AND NOT EXISTS (SELECT 1 FROM source" \
            " WHERE role = 'topic' AND topic = ?1)"  # fmt: skip
        for (path,) in self.store.database.execute(query, [key]):
            message = f"there is no topic “{key}” that these replies belong to; they are left out"
            problems.append(Problem(path, 1, "", message, f"Write its opening in content/{key}.md."))

    def _settle(self, opened: Opened, problems: list[Problem]) -> State | None:
        owner = f"topic/{opened.key}"
        said = self._said(owner, opened.path)
        if not said or said[0].path != opened.path:
            return None
        board = opened.board
        per_page = board.per_page if board else self.terms.settings.boards.per_page
        discussion = thread(said[0], said[1:], self._lost(opened.key), per_page)
        problems.extend(discussion.problems)
        where = settle.address(opened, said[0].entry.date or 0, self.terms)
        visible = settle.visible(opened.head, self.terms)
        problem = settle.reserved(opened, where, self.terms) or (self._collision(opened, where) if visible else None)
        if problem:
            problems.append(problem)
        standing = visible and not problem
        original = opened.base == opened.key
        listed = original or not self._stands(opened.base)
        if opened.head.translation_of and not original and listed:
            problems.append(_untranslated(opened))
        row = settle.row(opened, discussion, where, self._html(said[0].html), listed=listed)
        aliases = {one.entry.id: one.entry.aliases for one in said if one.entry.aliases}
        state = (
            row.board, row.base, row.path, where, int(visible), int(standing), int(listed),
            row.pages, row.replies,
        )  # fmt: skip
        self._write_state(opened, state)
        self.store.replace_moments(owner, settle.moments(opened.head))
        if standing:
            self._publish(owner, row, board, discussion, aliases)
        else:
            self._withdraw(opened.key)
        return state

    def _said(self, owner: str, path: str) -> list[Said]:
        """The entries of a topic, the opening's own file first."""
        query = (
            "SELECT source, data, html FROM entry JOIN source ON source.path = entry.source"
            " WHERE owner = ?1 AND (source.path = ?2 OR source.role = 'replies') ORDER BY source != ?2, source, place"
        )
        rows = self.store.database.execute(query, [owner, path])
        return [Said(source, load(Entry, data), html) for source, data, html in rows]

    def _lost(self, key: str) -> list[tuple[str, str]]:
        query = "SELECT path, lost FROM source WHERE topic = ? AND role IN ('topic', 'replies') AND lost IS NOT NULL"
        rows = self.store.database.execute(query, [key])
        return [(path, entry_id) for path, lost in rows for entry_id in load(tuple[str, ...], lost)]

    def _html(self, digest: bytes) -> HtmlRow:
        found = self.store.database.execute("SELECT data FROM html WHERE digest = ?", [digest]).fetchone()
        return load(HtmlRow, found[0]) if found else HtmlRow("")

    def _collision(self, opened: Opened, where: str) -> Problem | None:
        query = "SELECT path FROM topic WHERE folded = ? AND visible = 1 AND path < ? AND key != ? ORDER BY path LIMIT 1"
        first = self.store.database.execute(query, [fold(where), opened.path, opened.key]).fetchone()
        if not first:
            return None
        message = f"the address {where} is that of {first[0]} already; this topic is left out"
        return Problem(opened.path, 1, "slug", message, "Give one of the two another slug or file name.")

    def _stands(self, base: str) -> bool:
        # Only an original: of two that translate each other both stay in the lists.
        query = "SELECT 1 FROM topic WHERE key = ? AND base = key AND standing = 1"
        return self.store.database.execute(query, [base]).fetchone() is not None

    def _write_state(self, opened: Opened, state: State) -> None:
        board, base, path, where, visible, standing, listed, pages, replies = state
        self.store.database.execute(
            "INSERT OR REPLACE INTO topic VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [opened.key, board, base, opened.language, path, where, fold(where), visible, standing, listed, pages,
             replies],
        )  # fmt: skip

    def _publish(
        self, owner: str, row: TopicRow, board: BoardRow | None, discussion: Thread, aliases: dict[str, tuple[str, ...]]
    ) -> None:
        if self.store.set_fact(keys.topic(row.key), row):
            self.store.touch(keys.variants(row.base))
        self.store.replace_entries(owner, discussion.entries)
        self.store.replace_listed(owner, settle.places(row, board, discussion, self.canonical, self.terms))
        self.store.replace_named(owner, settle.names(row, board, discussion, aliases))

    def _withdraw(self, key: str) -> None:
        """Take a topic that is not built out of everything that is shown."""
        owner = f"topic/{key}"
        self.store.set_fact(keys.topic(key), None)
        self.store.replace_entries(owner, ())
        self.store.replace_listed(owner, set())
        self.store.replace_named(owner, set())

    def _concerned(self, key: str, before: State | None, after: State | None) -> set[str]:
        """Touch what the change concerns; the keys of topics that have to be settled again."""
        if before == after:
            return set()
        concerned: set[str] = set()
        replan = before is None or after is None or before[:-1] != after[:-1]
        for state in (before, after):
            if state:
                board, base, path, where, visible, *_ = state
                self.changed_boards.add(board)
                if replan:
                    self.store.touch(keys.plan(board))
                    self.store.touch(keys.variants(base))
                if visible:
                    concerned |= self._rivals(where, path)
        if _original(before) != _original(after):
            query = "SELECT key FROM topic WHERE base = ? AND key != ?"
            concerned |= {other for (other,) in self.store.database.execute(query, [key, key])}
        return concerned - {key}

    def _rivals(self, where: str, path: str) -> set[str]:
        query = "SELECT key FROM topic WHERE folded = ? AND path > ?"
        return {key for (key,) in self.store.database.execute(query, [fold(where), path])}


def _original(state: State | None) -> str:
    """What a topic that stands is a translation of; itself for an original."""
    return state[1] if state and state[5] else ""


def _untranslated(opened: Opened) -> Problem:
    message = f"there is no topic “{opened.base}” that this one translates; it stands for itself"
    hint = "Write the original's path below content/, as cafe/which-reader."
    return Problem(opened.path, 1, "translation_of", message, hint, "warning")
