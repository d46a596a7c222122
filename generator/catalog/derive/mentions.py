"""Mentions: which entries point to a topic or name a member.

What a text points to is known when it is read (`markup.citing`); whom that means follows from all texts together, as
titles, files and addresses come and go. So a topic's citations are settled when all names are, again each time that
the topic changed, or the meaning of a name that it cites.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from generator.catalog import keys
from generator.catalog.derive.thread import Thread
from generator.catalog.lists import Listed
from generator.catalog.packing import dump, load
from generator.catalog.rows import Place, Said, TopicRow
from generator.catalog.store import Named, Store
from generator.markup.citing import ADDRESS, BEFORE, ENTRY, MEMBER, PATH, TITLE
from generator.model import OPENING, Moment
from generator.slugs import fold

if TYPE_CHECKING:
    from generator.catalog.derive.ending import Ending

FAMILY = "cites"
"""The family of names that say what a topic points to."""

_MEANINGS = (("title", TITLE), ("title", ENTRY), ("path", PATH), ("alias", MEMBER))
"""The families of names by which something is meant, and what citations of such names begin with."""


class Cite(NamedTuple):
    """The first entry of a topic that cites a name; `whole` is all that is written where it may be an entry's."""

    date: Moment
    id: str
    author: str
    whole: str


def cited(topic: TopicRow, discussion: Thread, said: Iterable[tuple[str, Said]]) -> Iterator[Named]:
    """What a topic points to, each name once, by the first entry that does; nothing of what is not shown.

    Names of members once for each who names them, because one's own name is no mention.
    """
    known = {(path, one.id, one.html): one.cites for path, one in said if one.cites}
    if not known or not topic.listed or topic.hidden or not topic.board:
        return
    found: set[tuple[str, str]] = set()
    for row in discussion.entries:
        for name in known.get((row.path, row.id, row.html), ()) if not (row.status or row.event) else ():
            author = row.authors[0] if row.authors and name[0] == MEMBER else ""
            if (name, author) not in found:
                found.add((name, author))
                folded, _, whole = name.partition(BEFORE)
                yield FAMILY, folded, dump(Cite(row.date, row.id, author, whole)).decode()


def cited_on(before: Iterable[Named], topic: TopicRow, end: Ending) -> Iterator[Named]:
    """What a topic points to of which only the end changed; `before` is what it made findable."""
    first = end.thread.entries[1].date
    known = {}
    for name in before:
        cite = load(Cite, name[2].encode()) if name[0] == FAMILY else None
        if cite and (cite.id == OPENING or cite.date < first):
            known[name[1], cite.whole, cite.author] = name
    yield from known.values()
    for name in cited(topic, replace(end.thread, entries=end.thread.entries[1:]), end.said):
        cite = load(Cite, name[2].encode())
        if (name[1], cite.whole, cite.author) not in known:
            yield name


class Mentions(Struct, frozen=True):
    """Settles whom topics mention: those that changed, and those that cite a name whose meaning changed."""

    store: Store

    def derive(self, changed: Iterable[str], moved: Iterable[str], *, everything: bool) -> None:
        """Settle the citations of `changed` topics; `moved` are addresses that lead elsewhere now."""
        if everything:
            self._all()
            return
        names = {start + folded for family, start in _MEANINGS for folded in self.store.changes.names.get(family, ())}
        names |= {ADDRESS + address for address in moved}
        for topic in sorted({*changed, *self._citing(names)}):
            self._settle(topic, self._cites(topic))

    def _all(self) -> None:
        """Settle all, those that cite nothing any more too."""
        database = self.store.database
        rows = database.execute("SELECT owner, folded, value FROM named WHERE family = ? ORDER BY owner", [FAMILY])
        citing = set()
        for owner, found in groupby(rows, itemgetter(0)):
            topic = owner.removeprefix("topic/")
            citing.add(topic)
            self._settle(topic, [(folded, value) for _, folded, value in found])
        for (owner,) in database.execute("SELECT owner FROM made WHERE owner >= 'cites/' AND owner < 'cites0'").fetchall():
            if owner.removeprefix("cites/") not in citing:
                self.store.replace_made(owner, (), ())

    def _citing(self, names: Iterable[str]) -> Iterator[str]:
        query = "SELECT owner FROM named WHERE family = ? AND folded = ?"
        for name in names:
            yield from (owner.removeprefix("topic/") for (owner,) in self.store.database.execute(query, [FAMILY, name]))

    def _cites(self, topic: str) -> list[tuple[str, str]]:
        return [(folded, value) for family, folded, value in self.store.names_of(f"topic/{topic}") if family == FAMILY]

    def _settle(self, topic: str, cites: Sequence[tuple[str, str]]) -> None:
        """Put the topic into the list of each topic and member that it mentions, by the first entry that does."""
        firsts: dict[str, tuple[Moment, str]] = {}
        board = self._board(topic) if cites else ""
        for folded, value in cites:
            cite = load(Cite, value.encode())
            scope = self._scope(folded, cite, topic, board)
            if scope:
                first = (cite.date, cite.id)
                firsts[scope] = min(firsts.get(scope, first), first)
        places: list[Listed] = [(scope, at, f"{topic}#{entry_id}") for scope, (at, entry_id) in sorted(firsts.items())]
        self.store.replace_made(f"cites/{topic}", places, ())

    def _board(self, topic: str) -> str:
        found = self.store.database.execute("SELECT board FROM topic WHERE key = ?", [topic]).fetchone()
        return found[0] if found else ""

    def _scope(self, folded: str, cite: Cite, topic: str, board: str) -> str:
        """The list of what a name means; "" where it means nothing, or the citing topic or author itself."""
        start, name = folded[0], folded[1:]
        if start == MEMBER:
            member = self._member(name)
            return keys.scope("called", member) if not cite.author or member != self._member(fold(cite.author)) else ""
        if start == ADDRESS:
            found = self._at(name)
        elif start == PATH:
            found = next((place.topic for form in ("NFC", "NFD") for place in self._places("path", normalize(form, name))), "")
        elif start == ENTRY and self._places("title", cite.whole):
            found = ""
        else:
            found = _meant(self._places("title", name), board)
        return keys.scope("mentioned", found) if found and found != topic else ""

    def _member(self, folded: str) -> str:
        query = "SELECT value FROM named WHERE family = 'alias' AND folded = ? ORDER BY owner LIMIT 1"
        found = self.store.database.execute(query, [folded]).fetchone()
        return found[0] if found else folded

    def _at(self, address: str) -> str:
        query = "SELECT key FROM topic WHERE folded = ? AND standing = 1"
        found = self.store.database.execute(query, [address]).fetchone()
        return found[0] if found else ""

    def _places(self, family: str, folded: str) -> list[Place]:
        query = "SELECT value FROM named WHERE family = ? AND folded = ? ORDER BY value"
        return [load(Place, value.encode()) for (value,) in self.store.database.execute(query, [family, folded])]


def _meant(places: Sequence[Place], board: str) -> str:
    """The topic that a wiki link leads to: one on the same board first, none where there are several."""
    near = [place for place in places if place.board == board] or places
    return near[0].topic if len({place.address for place in near}) == 1 else ""
