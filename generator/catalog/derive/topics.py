"""Topics in the catalog: each one that changed is settled anew, with those that share its address or language.

Topics are taken in the order of their paths, so that of two with one address the first by path stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.addresses import TAG_TEXTS
from generator.catalog import keys
from generator.catalog.derive import asked, conversation, mentions, months, tally
from generator.catalog.derive import topic as settle
from generator.catalog.derive.context import Terms
from generator.catalog.derive.thread import Thread, thread
from generator.catalog.derive.topic import Opened
from generator.catalog.index import Index
from generator.catalog.packing import load
from generator.catalog.rows import BoardRow, HtmlRow, Said, TopicRow, headline
from generator.catalog.store import Named, Since, Store
from generator.catalog.tallies import Tallies
from generator.errors import Problem
from generator.model import Moment, Role, TopicFields
from generator.slugs import fold

if TYPE_CHECKING:  # loaded only for sites that count them
    from generator.catalog.derive.deeds import Deeds
    from generator.catalog.derive.ending import Ending

State = tuple[str, str, str, str, int, int, int, int, int, int]
"""A row of the table `topic` but for its key: board, base, path, address, visible, standing, listed, covered, pages, replies."""

_STATE = "board, base, path, address, visible, standing, listed, covered, pages, replies"


_OPENINGS = "('topic', 'page', 'front')"
_PARTS = "('topic', 'page', 'front', 'replies')"
_WITHOUT_OPENING = (
    "SELECT topic FROM (SELECT topic FROM source WHERE role = 'replies' UNION SELECT key FROM topic"  # noqa: S608 - our own words
    " UNION SELECT substr(scope, 7) FROM problem WHERE scope LIKE 'topic/%')"  # what could not be read is known by that alone
    f" WHERE topic NOT IN (SELECT topic FROM source WHERE role IN {_OPENINGS})"
)


class File(Struct, frozen=True):
    """A file of a topic, and what it says as it is stored; None where it can't be read."""

    role: str
    path: str
    board: str
    language: str
    head: bytes | None
    lost: bytes | None
    entries: bytes | None


class Topics:
    """Settles topics one by one and writes what changed."""

    def __init__(
        self, store: Store, terms: Terms, boards: Mapping[str, BoardRow], index: Index, deeds: Deeds | None = None
    ) -> None:
        self.store = store
        self.index = index
        self.deeds = deeds
        self.terms = terms
        self.boards = boards
        self.changed_boards: set[str] = set()
        self.tallies = Tallies(store)
        self.settled: set[str] = set()
        self.moved: set[str] = set()
        self.canonical = lru_cache(maxsize=10_000)(self._canonical)

    def derive(self, dirty: Iterable[str], since: Mapping[str, Since] | None = None) -> None:
        """Settle these topics, given by path, and those that their change concerns, until none is left.

        Of those in `since` nothing changed but what was said from a moment on.
        """
        waiting: set[str] = set()
        with self.store.first_time():
            for key in dirty:
                going_on = since.get(key) if since else None
                if not (going_on and self._go_on(key, going_on)):
                    waiting |= self._derive_one(key)
        self.tallies.finish()
        while waiting:
            batch, waiting = self.by_path(waiting), set()
            for key in batch:
                waiting |= self._derive_one(key)
        self.tallies.settle()

    def all(self) -> Iterator[str]:
        """The keys of all topics that there are or were: first those without an opening, the others by path."""
        yield from (key for (key,) in self.store.database.execute(_WITHOUT_OPENING).fetchall())
        query = f"SELECT topic FROM source WHERE role IN {_OPENINGS} GROUP BY topic ORDER BY min(path)"  # noqa: S608 - our own words
        yield from (key for (key,) in self.store.database.execute(query))

    def by_path(self, dirty: Iterable[str]) -> list[str]:
        """The keys in the order of their openings' paths."""
        return sorted(dirty, key=self._path)

    def _path(self, key: str) -> str:
        query = f"SELECT path FROM source WHERE role IN {_OPENINGS} AND topic = ? ORDER BY path LIMIT 1"  # noqa: S608 - our own words
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
        if not self.store.first:
            self.settled.add(key)
        before = None if self.store.first else self._state(key)
        files = self._files(key)
        opened = self._opened(key, files, problems)
        after = None
        if opened:
            after = self._settle(opened, files, problems)
        else:
            self._orphaned(key, files, problems)
        self.store.replace_problems(f"topic/{key}", problems)
        if after is None and before:
            self._withdraw(key)
            self.store.replace_moments(f"topic/{key}", ())
            self.store.database.execute("DELETE FROM topic WHERE key = ?", [key])
        return self._concerned(key, before, after)

    def _go_on(self, key: str, since: Since) -> bool:
        """Settle the last months of a conversation in which nothing changed before; whether that can be done."""
        row, state = self.store.fact(keys.topic(key), TopicRow), self._state(key)
        board = self.boards.get(row.board) if row else None
        if row is None or board is None or state is None or not board.days or self.deeds:
            return False
        from generator.catalog.derive import ending

        found = ending.settled(self.store, row, board, since, self.terms.settings.site.zone)
        if found is None:
            return False
        now = found.row
        if asked.waits(row, board) != asked.waits(now, board):
            return False
        self.settled.add(key)
        after: State = (*state[:-2], now.pages, now.replies)
        self.store.database.execute("UPDATE topic SET replies = ? WHERE key = ?", [now.replies, key])
        self._write_end(found, row, board)
        self._concerned(key, state, after)
        return True

    def _write_end(self, found: Ending, before: TopicRow, board: BoardRow) -> None:
        owner, row = f"topic/{found.row.key}", found.row
        self._write_row(row)
        self.store.replace_entries(owner, found.thread.entries[1:], found.page)
        conversation.write_on(self.store, row.key, found.before.entries[1:], found.thread)
        places = settle.places(row, board, found.thread, self.canonical, self.terms)
        cites = mentions.cited_on(self.store.names_of(owner), row, found) if self.terms.settings.mentions.enabled else ()
        self.store.replace_made(owner, places, {*settle.names(row, row.title, board, found.thread, {}), *cites})
        parts = months.parts(row, board, found.thread, self.canonical, found.aliases)
        self.store.replace_parts(owner, parts, found.month)
        old = tally.of(before, board, found.before, self.canonical, self.terms)
        self.tallies.change(row.key, old, tally.of(row, board, found.thread, self.canonical, self.terms))
        self.index.replace(row, found.thread.entries[1:], self.canonical, found.number)

    def _state(self, key: str) -> State | None:
        query = f"SELECT {_STATE} FROM topic WHERE key = ?"  # noqa: S608 - our own words
        found: State | None = self.store.database.execute(query, [key]).fetchone()
        return found

    def _files(self, key: str) -> list[File]:
        """What a topic is made of: its openings by path (the first counts), then the files of its replies."""
        query = (
            "SELECT role, path, board, language, head, lost, entries FROM source LEFT JOIN document"  # noqa: S608 - our own words
            f" ON document.source = path WHERE role IN {_PARTS} AND topic = ? ORDER BY role = 'replies', path"
        )
        return [File(*row) for row in self.store.database.execute(query, [key])]

    def _opened(self, key: str, files: Sequence[File], problems: list[Problem]) -> Opened | None:
        found = [file for file in files if file.role != Role.REPLIES]
        for file in found[1:]:
            message = f"{found[0].path} opens this topic already; this file is left out"
            problems.append(Problem(file.path, 1, "", message, "Rename one of the two."))
        if not found or found[0].head is None:
            return None
        first = found[0]
        if first.board and first.board not in self.boards:
            return None
        head = load(TopicFields, first.head or b"")
        base = head.translation_of or (key.removesuffix(f".{first.language}") if first.language else key)
        return Opened(key, base.removesuffix(".md"), first.language, first.path, self.boards.get(first.board), head)

    def _orphaned(self, key: str, files: Sequence[File], problems: list[Problem]) -> None:
        """Report replies whose topic has no opening at all."""
        if any(file.role == Role.TOPIC for file in files):
            return
        for file in files:
            if file.role == Role.REPLIES:
                message = f"there is no topic “{key}” that these replies belong to; they are left out"
                problems.append(Problem(file.path, 1, "", message, f"Write its opening in content/{key}.md."))

    def _settle(self, opened: Opened, files: Sequence[File], problems: list[Problem]) -> State | None:
        owner = f"topic/{opened.key}"
        parts = _said(files, opened.path)
        said = [part for part in parts if not part[1].stray]
        problems.extend(settle.strays(opened, {path for path, one in parts if one.stray}))
        if not said or said[0][0] != opened.path:
            return None
        board = opened.board
        per_page = board.per_page if board else self.terms.settings.boards.per_page
        discussion = thread(said, _lost(files), per_page)
        ends: tuple[Moment, ...] = ()
        if any(one.choose or one.polls for _, one in said):
            discussion, ends = self._voted(discussion, said)
        if board and board.answers:
            discussion = asked.arranged(discussion, opened.head.accepted, per_page)
        elif board and board.days:
            discussion = conversation.arranged(discussion, per_page, self.terms.settings.site.zone)
        problems.extend(discussion.problems)
        opening = said[0][1]
        where = settle.address(opened, opening.date or 0, self.terms)
        visible = settle.visible(opened.head, self.terms)
        problem = settle.reserved(opened, where, self.terms) or (self._collision(opened, where) if visible else None)
        if problem:
            problems.append(problem)
        standing = visible and not problem
        original = opened.base == opened.key
        listed = original or not self._stands(opened.base)
        if opened.head.translation_of and not original and listed:
            problems.append(_untranslated(opened))
        row = settle.row(opened, discussion, where, self._html(opening.html), listed=listed)
        if board and board.answers:
            problems.extend(asked.problems(opened.path, opened.head, discussion, row.accepted))
        if board and opened.head.recap and not row.recap:
            problems.append(settle.unsummed(opened.path, opened.head))
        state = (
            TAG_TEXTS if opened.tag else row.board, row.base, row.path, where, int(visible), int(standing), int(listed),
            int(bool(row.cover) or row.hidden), row.pages, row.replies,
        )  # fmt: skip
        self._write_state(opened, state)
        self.store.replace_moments(owner, (*settle.moments(opened.head), *ends))
        if standing:
            aliases = {one.id: one.aliases for _, one in said if one.aliases}
            cites = mentions.cited(row, discussion, said) if self.terms.settings.mentions.enabled else ()
            self._publish(owner, row, opened, discussion, aliases, cites)
        else:
            self._withdraw(opened.key)
        return state

    def _voted(self, discussion: Thread, said: Sequence[tuple[str, Said]]) -> tuple[Thread, tuple[Moment, ...]]:
        """The thread with what came of its polls, and the moments at which voting ends."""
        from generator.catalog.derive import voting  # few topics have a poll

        counted = voting.counted(discussion, said, self.canonical)
        return voting.ended(counted, self.terms.now), voting.ends(counted)

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
        board, base, path, where, visible, standing, listed, covered, pages, replies = state
        self.store.database.execute(
            "INSERT OR REPLACE INTO topic VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [opened.key, board, base, opened.language, path, where, fold(where), visible, standing, listed, covered,
             pages, replies],
        )  # fmt: skip

    def _publish(
        self, owner: str, row: TopicRow, opened: settle.Opened, discussion: Thread,
        aliases: dict[str, tuple[str, ...]], cites: Iterable[Named],
    ) -> None:  # fmt: skip
        board = opened.board
        self._write_row(row)
        self.store.replace_entries(owner, discussion.by_page)
        conversation.write(self.store, row.key, discussion if board and board.days else None)
        places = settle.places(row, board, discussion, self.canonical, self.terms)
        self.store.replace_made(owner, places, {*settle.names(row, opened.head.title, board, discussion, aliases), *cites})
        parts = months.parts(row, board, discussion, self.canonical, aliases) if board and board.days else {}
        self.store.replace_parts(owner, parts)
        self.tallies.replace(row.key, tally.of(row, board, discussion, self.canonical, self.terms))
        self.index.replace(row, discussion.entries, self.canonical)
        if self.deeds:
            self.deeds.replace(row, discussion, self.canonical)

    def _write_row(self, row: TopicRow) -> None:
        before = self.store.fact(keys.topic(row.key), TopicRow)
        if self.store.set_fact(keys.topic(row.key), row):
            self.store.touch(keys.variants(row.base))
            if before is None or headline(before) != headline(row):
                self.store.touch(keys.headline(row.key))

    def _withdraw(self, key: str) -> None:
        """Take a topic that is not built out of everything that is shown."""
        owner = f"topic/{key}"
        if self.store.set_fact(keys.topic(key), None):
            self.store.touch(keys.headline(key))
        self.store.replace_entries(owner, ())
        conversation.write(self.store, key, None)
        self.store.replace_made(owner, (), ())
        self.store.replace_parts(owner, {})
        self.tallies.replace(key, {})
        self.index.withdraw(key)
        if self.deeds:
            self.deeds.withdraw(key)

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
                self.moved.add(fold(where))
                if replan:
                    self.store.touch(keys.plan(board))
                    self.store.touch(keys.variants(base))
                if visible and not self.store.first:  # those that come later by path are not there yet
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


def _said(files: Iterable[File], opening: str) -> list[tuple[str, Said]]:
    """The entries of a topic with the paths of their files, the opening's own file first."""
    parts = (file for file in files if file.path == opening or file.role == Role.REPLIES)
    return [(file.path, one) for file in parts for one in load(list[Said], file.entries or b"[]")]


def _lost(files: Iterable[File]) -> list[tuple[str, str]]:
    parts = (file for file in files if file.role in (Role.TOPIC, Role.REPLIES) and file.lost)
    return [(file.path, entry_id) for file in parts for entry_id in load(tuple[str, ...], file.lost or b"[]")]
