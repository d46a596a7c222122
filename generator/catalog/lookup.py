"""The only door to what is known: it reads the catalog and remembers every key that it was asked for.

Plans and pages read through it, so that the ledger knows what they depend on. It can't write.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from generator.catalog import keys, lists, stretches
from generator.catalog.conversations import Conversations
from generator.catalog.findable import TEXT, found_entries
from generator.catalog.numbers import PART, PART_BITS
from generator.catalog.packing import DamageError, find_entry, load, load_sheet
from generator.catalog.postings import Postings, postings
from generator.catalog.rows import (
    AssetRow,
    BoardCounts,
    BoardRow,
    EntryRow,
    FoundText,
    HonoursRow,
    HtmlRow,
    MemberCounts,
    MemberRow,
    Place,
    SearchTotals,
    TagRow,
    TopicRow,
    TopRow,
    headline,
    page_of,
)
from generator.catalog.traced import Row
from generator.media.timed import Timed
from generator.model import Edit, History, Moment
from generator.settings import BoardSettings
from generator.slugs import fold

if TYPE_CHECKING:  # loaded only for sites that have them
    from generator.settings.honours import BadgeSettings

_number = attrgetter("number")

ENDLESS = 10**12
"""Items of a page that holds any list."""


class Lookup(Conversations):
    """What plans and pages can ask for; see `Traced`."""

    # Boards ----------------------------------------------------------------

    def board(self, key: str) -> BoardRow | None:
        """A board with what it inherits."""
        return self._fact(keys.board(key), BoardRow)

    def boards(self, parent: str = "") -> tuple[BoardRow, ...]:
        """The boards inside a board ("" for the top), in their order."""
        self.saw(keys.boards(parent))
        query = "SELECT key FROM board WHERE parent = ? ORDER BY place"
        rows = self._database.execute(query, [parent]).fetchall()
        found = (self._known(keys.board(key), BoardRow) for (key,) in rows)
        return tuple(board for board in found if board)

    def board_counts(self, key: str) -> BoardCounts:
        """How much a board has, with the boards inside it."""
        return self._fact(keys.board_counts(key), BoardCounts) or BoardCounts()

    # Topics and entries ----------------------------------------------------

    def topic(self, key: str) -> TopicRow | None:
        """A topic or plain page that is built, None where it is not."""
        return self._fact(keys.topic(key), TopicRow)

    def headline(self, key: str) -> TopicRow | None:
        """A topic as `topic` gives it, without what its replies change: for pages that don't show that."""
        self.saw(keys.headline(key))
        found = self._known(keys.topic(key), TopicRow)
        return headline(found) if found else None

    def plan(self, board: str, start: int = 0, most: int = -1) -> Iterator[tuple[str, str, int, str]]:
        """Key, address, count of pages and source of the topics on a board ("" : the plain pages), all of them if `most` is negative."""
        self.saw(keys.plan(board))
        query = "SELECT key, address, pages, path FROM topic WHERE board = ? AND standing = 1 ORDER BY path LIMIT ? OFFSET ?"
        yield from self._database.execute(query, [board, most, start])

    def bare(self, board: str) -> Iterator[tuple[str, str, str]]:
        """Key, address and source of every topic on a board ("" : the plain pages) that has no picture of its own."""
        self.saw(keys.plan(board))
        query = "SELECT key, address, path FROM topic WHERE board = ? AND standing = 1 AND covered = 0 ORDER BY path"
        yield from self._database.execute(query, [board])

    def variants(self, base: str) -> tuple[TopicRow, ...]:
        """A topic in all languages in which it is built, by language."""
        self.saw(keys.variants(base))
        query = "SELECT key FROM topic WHERE base = ? AND standing = 1 ORDER BY language"
        found = (self.topic(key) for (key,) in self._database.execute(query, [base]).fetchall())
        return tuple(topic for topic in found if topic)

    def entries(self, owner: str, page: int = 1) -> tuple[EntryRow, ...]:
        """The entries of one page of an owner ("topic/KEY", "board/KEY", "member/KEY"), by arrival."""
        self.saw(keys.entries(owner, page))
        query = "SELECT data FROM placed WHERE owner = ? AND page = ?"
        found = self._database.execute(query, [owner, page]).fetchone()
        return load_sheet(found[0]) if found else ()

    def entry(self, owner: str, entry_id: str) -> EntryRow | None:
        """One entry, None where it is not there."""
        self.saw(keys.entry(owner, entry_id))
        query = (
            "SELECT data FROM placed WHERE owner = ?1"
            " AND page = coalesce((SELECT page FROM later WHERE owner = ?1 AND id = ?2), 1)"
        )
        found = self._database.execute(query, [owner, entry_id]).fetchone()
        return find_entry(found[0], entry_id) if found else None

    def html(self, digest: bytes) -> HtmlRow:
        """An entry's HTML; its digest is part of the entry, so it needs no key of its own."""
        found = self._database.execute("SELECT data FROM html WHERE digest = ?", [digest]).fetchone()
        return load(HtmlRow, found[0]) if found else HtmlRow("")

    # Lists -----------------------------------------------------------------

    def count(self, scope: str) -> int:
        """How many items a list has."""
        self.saw(keys.count(scope))
        return self._length(scope)

    def _length(self, scope: str) -> int:
        found = self._database.execute("SELECT length FROM list WHERE scope = ?", [scope]).fetchone()
        return found[0] if found else 0

    def pages(self, scope: str, size: int) -> int:
        """How many pages of so many items a list fills; changes less often than their count."""
        self.saw(keys.pages(scope, size))
        return -(-self._length(scope) // size)

    def filled(self, scope: str) -> bool:
        """Whether a list has anything; changes only where its first item comes or its last one goes."""
        return bool(self.pages(scope, ENDLESS))

    def latest(self, scope: str, limit: int) -> tuple[str, ...]:
        """The last items of a list, newest first; at most `keys.LATEST`."""
        self.saw(keys.latest(scope))
        query = "SELECT item FROM listing WHERE scope = ? ORDER BY at DESC, item DESC LIMIT ?"
        return tuple(item for (item,) in self._database.execute(query, [scope, min(limit, keys.LATEST)]))

    def window(self, scope: str, start: int, size: int) -> tuple[str, ...]:
        """So many items of a list from a place on (from 0), oldest first."""
        for number in range(start // keys.BUCKET, (start + size - 1) // keys.BUCKET + 1):
            self.saw(keys.bucket(scope, number))
        return stretches.part(self._database, scope, start, size)

    def neighbours(self, scope: str, at: int, item: str) -> tuple[str | None, str | None]:
        """The items before and after one in a list, None where there is none, or where the list lacks the item."""
        self.saw(keys.around(scope, item))
        query = "SELECT 1 FROM listing WHERE scope = ? AND at = ? AND item = ?"
        if not self._database.execute(query, [scope, at, item]).fetchone():
            return None, None
        return lists.around(self._database, scope, (at, item))

    def scopes(self, family: str) -> tuple[tuple[str, int], ...]:
        """The names of a family of lists, each with its length, by name."""
        self.saw(keys.scopes(family))
        query = "SELECT scope, length FROM list WHERE scope >= ? AND scope < ? ORDER BY scope"
        low, high = keys.scope(family, ""), family + chr(ord(keys.SEPARATOR) + 1)
        return tuple((scope[len(low) :], length) for scope, length in self._database.execute(query, [low, high]))

    # People and tags -------------------------------------------------------

    def member(self, name: str) -> MemberRow | None:
        """Whom a name means, None where nobody of that name is of the community."""
        folded = fold(name)
        self.saw(keys.member(folded))
        query = "SELECT value FROM named WHERE family = 'alias' AND folded = ? ORDER BY owner LIMIT 1"
        found = self._database.execute(query, [folded]).fetchone()
        return self._fact(keys.member(found[0] if found else folded), MemberRow)

    def member_counts(self, key: str) -> MemberCounts:
        """How much a member has written."""
        return self._fact(keys.member_counts(key), MemberCounts) or MemberCounts()

    def member_standing(self, key: str) -> tuple[int, Moment]:
        """About how much a member has written, and since when."""
        self.saw(keys.member_standing(key))
        return (self._known(keys.member_counts(key), MemberCounts) or MemberCounts()).standing()

    def honours(self, key: str) -> HonoursRow:
        """Which badges a member has, and how far they are trusted."""
        return self._fact(keys.honours(key), HonoursRow) or HonoursRow()

    def top(self, period: str) -> TopRow:
        """Who and what stood out in a period."""
        return self._fact(keys.top(period), TopRow) or TopRow()

    def top_periods(self) -> tuple[str, ...]:
        """The months (`2026/11`) and years that somebody wrote in."""
        return self._fact(keys.top_periods(), tuple[str, ...]) or ()

    def members(self, start: int = 0, size: int = -1) -> Iterator[tuple[str, str, str]]:
        """Key, name and address of so many members from a number on (from 0; all: -1), by name."""
        self.saw(keys.members())
        yield from self._addressed("member", start, size)

    def member_total(self) -> int:
        """How many members there are."""
        self.saw(keys.members())
        query = "SELECT count(*) FROM addressed WHERE family = 'member'"
        found: int = self._database.execute(query).fetchone()[0]
        return found

    def anyone(self, family: str) -> bool:
        """Whether there is any "member", or any "tag"."""
        return self._fact(keys.anyone(family), bool) or False

    def tag(self, name: str) -> TagRow | None:
        """A tag by its name."""
        return self._fact(keys.tag(fold(name)), TagRow)

    def tag_text(self, key: str) -> str:
        """The base of the text of a tag and its translations, "" where it has none; see `variants`."""
        self.saw(keys.tag_text(key))
        return min(self._named("text", key), default="")

    def tags(self) -> Iterator[tuple[str, str, str]]:
        """Key, name and address of every tag, by name."""
        self.saw(keys.tags())
        yield from self._addressed("tag", 0, -1)

    def _addressed(self, family: str, start: int, size: int) -> Iterator[tuple[str, str, str]]:
        query = "SELECT key, name, address FROM addressed WHERE family = ? ORDER BY key LIMIT ? OFFSET ?"
        yield from self._database.execute(query, [family, size, start])

    def tally(self, scope: str) -> tuple[tuple[str, int, int], ...]:
        """The months ("2026-11") in which something was written, with how many topics and replies, by date."""
        self.saw(keys.tally(scope))
        query = "SELECT month, topics, replies FROM tally WHERE scope = ? ORDER BY month"
        return tuple(self._database.execute(query, [scope]))

    def tallied(self, family: str) -> dict[str, int]:
        """How many of a family (as "member") have something in each month."""
        self.saw(keys.tallies(family))
        query = "SELECT month, count(*) FROM tally WHERE scope >= ? AND scope < ? GROUP BY month"
        return dict(self._database.execute(query, [keys.scope(family, ""), family + chr(ord(keys.SEPARATOR) + 1)]).fetchall())

    # What links lead to ----------------------------------------------------

    def titled(self, title: str) -> tuple[Place, ...]:
        """What a wiki link can mean: the topics and pages of a title, or of `board/slug`."""
        folded = fold(title)
        self.saw(keys.title(folded))
        return tuple(load(Place, value.encode()) for value in self._named("title", folded))

    def at_path(self, path: str) -> Place | None:
        """Where a Markdown file of the site leads, None where it is not built."""
        self.saw(keys.path(path))
        return next((load(Place, value.encode()) for value in self._named("path", path)), None)

    def _named(self, family: str, folded: str) -> list[str]:
        query = "SELECT value FROM named WHERE family = ? AND folded = ? ORDER BY value"
        return [value for (value,) in self._database.execute(query, [family, folded])]

    def history(self, path: str) -> History:
        """Who changed a file, and how often; nothing of what is no wiki."""
        return self._fact(keys.history(path), History) or History()

    def edits(self, path: str, number: int) -> tuple[Edit, ...]:
        """A part of a file's edits (from 0), the oldest first."""
        return self._fact(keys.edits(path, number), tuple[Edit, ...]) or ()

    def asset(self, path: str) -> AssetRow | None:
        """A file that is copied as it is."""
        return self._fact(keys.asset(path), AssetRow)

    def timed(self, asset: AssetRow) -> Timed | None:
        """The captions or chapters in a file that is copied, None where it holds neither."""
        return self._known(keys.timed(asset.path), Timed)

    def beside(self, stem: str) -> tuple[str, ...]:
        """The paths of all files that are copied and have a name with any ending: those beside `stem` as a path without one."""
        self.saw(keys.beside(stem))
        query = "SELECT path FROM source WHERE path >= ? AND path < ? AND role IN ('asset', 'static') ORDER BY path"
        return tuple(path for (path,) in self._database.execute(query, [stem + ".", stem + "/"]))

    def assets(self, board: str, ending: str = "") -> Iterator[AssetRow]:
        """The files beside a board's topics ("" : those off boards, "static/" : the static ones), all or of an ending."""
        self.saw(keys.assets(board))
        role = "static" if board == "static/" else "asset"
        query = "SELECT path FROM source WHERE board = ? AND role = ? AND path LIKE ? ORDER BY path"
        scope = "" if role == "static" else board
        found = (self.asset(path) for (path,) in self._database.execute(query, [scope, role, f"%{ending}"]).fetchall())
        yield from (asset for asset in found if asset)

    def redirects(self, board: str) -> Iterator[tuple[str, str, str]]:
        """Old address, new one and source of a board's topics ("" : of the boards, members and plain pages)."""
        self.saw(keys.aliases(board))
        query = "SELECT folded, value FROM named WHERE family = ? ORDER BY folded, value"
        for old, value in self._database.execute(query, [f"redirect/{board}"]):
            target, path = json.loads(value)
            yield old, target, path

    # Search ----------------------------------------------------------------

    def search_totals(self) -> SearchTotals:
        """How much can be found."""
        return self._fact(keys.search_totals(), SearchTotals) or SearchTotals()

    def search_bits(self) -> int:
        """The texts of what can be found are in as many files as so many bits can number."""
        return self._fact(keys.search_bits(), int) or 0

    def search_texts(self, bits: int, number: int) -> Iterator[tuple[int, str, int]]:
        """The parts of topics in one of these files: the part's own number, the topic, and which part of it."""
        self.saw(keys.search_texts(bits, number))
        low, size = number << (PART_BITS - bits), 1 << (PART_BITS - bits)
        query = "SELECT id, owner, part FROM search_part WHERE id >= ? AND id < ? ORDER BY id"
        yield from self._database.execute(query, [low, low + size])

    def search_part(self, topic: TopicRow, part: int) -> Iterator[tuple[int, EntryRow]]:
        """The entries of a part of a topic that can be found, each with its place there."""
        first = part * PART + 1
        board = self.board(topic.board)
        size = board.per_page if board else self.setting("boards", BoardSettings).per_page
        pages: Sequence[int] = range(page_of(first, size), min(page_of(first + PART - 1, size), topic.pages) + 1)
        if topic.by_answers:
            pages = range(1, topic.pages + 1)
        elif board and board.days:
            pages = self.day_pages(topic.key, range(first, first + PART), size)
        rows = sorted((row for page in pages for row in self.entries(f"topic/{topic.key}", page)), key=_number)
        for row in found_entries(row for row in rows if first <= row.number < first + PART):
            yield row.number - first, row

    def search_text(self, entry: EntryRow) -> str:
        """The text of an entry that can be found, as much as is told to the browser."""
        found = self._database.execute("SELECT data FROM html WHERE digest = ?", [entry.html]).fetchone()
        return load(FoundText, found[0]).text[:TEXT] if found else ""

    def search_leaves(self) -> tuple[str, ...]:
        """The beginnings of words at which their files begin."""
        self.saw(keys.search_leaves())
        return tuple(first for (first,) in self._database.execute("SELECT first FROM search_leaf ORDER BY first"))

    def search_leaf(self, first: str) -> Iterator[tuple[str, int, Postings]]:
        """The words of one of these files: how many entries have each, and the best of them."""
        self.saw(keys.search_leaf(first))
        query = "SELECT entries FROM search_word WHERE word = ?"
        for word, found in postings(self._database, first).items():
            yield word, self._database.execute(query, [word]).fetchone()[0], found

    def setting(self, section: str, row: type[Row]) -> Row:
        """A section of site.toml; raises `DamageError` where it is not known, because each build keeps all."""
        found = self._fact(keys.setting(section), row)
        if found is None:
            raise DamageError(f"the settings of [{section}] are not there")
        return found

    def badges(self) -> Mapping[str, BadgeSettings]:
        """The badges that the site gives, by name."""
        from generator.settings.honours import BadgeSettings  # few sites have them

        return dict(self.setting("badges", list[tuple[str, BadgeSettings]]))
