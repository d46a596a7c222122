"""Search without a server: the page, and the files that its script reads.

`/search/index.json` says how much there is and which files there are; below `/search/words/` is which entries have the
words from one beginning to the next, and what ranks and sorts each; below `/search/texts/` what a result shows. The
script fetches the few that a query needs. The manual's page on search tells what is in them.
"""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Iterator
from typing import TypeVar

from msgspec import Struct

from generator.addresses import entry_address
from generator.api import Artifact, Canvas, Feature, Lookup, PageKind, Presenter
from generator.catalog.rows import EntryRow, TopicRow
from generator.settings import SearchSettings
from generator.slugs import fold
from generator.views import PageView, SiteView

feature = Feature("search")

FOLDER = "/search/"

C = TypeVar("C")


class SearchContext(Struct, frozen=True):
    """The page's own words are all in its template; `calendar` and `timezone` are for the dates of results."""

    page: PageView
    site: SiteView
    calendar: str
    """The calendar of dates: `gregorian` or `persian`."""
    timezone: str
    """The time zone of dates, as `Asia/Tehran`."""


def _is_on(lookup: Lookup) -> bool:
    return lookup.setting("search", SearchSettings).enabled


@feature.page
class SearchPage(PageKind[SearchContext]):
    """`/search/`, and `/fa/search/` on a site that has Persian besides."""

    name = "search"
    templates = ("search.html",)
    rank = 20

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One page in each language of the site: its results in that language come first."""
        if _is_on(lookup):
            site = Presenter(lookup).settings
            for one in ("", *(other for other in site.languages if other != site.language)):
                yield Artifact(Presenter(lookup, one).place("search"), one)

    def context(self, lookup: Lookup, arg: str) -> SearchContext:
        """Nothing that changes as the community talks."""
        presenter = Presenter(lookup, arg)
        page = presenter.page(
            presenter.place("search"),
            "search",
            language=arg,
            crumbs=presenter.trail(None),
            alternates=presenter.place_alternates("search"),
            noindex=True,
        )
        return SearchContext(
            page=page,
            site=presenter.site(),
            calendar=presenter.settings.calendar,
            timezone=presenter.settings.timezone,
        )


class SearchFile(PageKind[C]):
    """Files that the script reads, where the site has a search."""

    rank = 15

    @abstractmethod
    def files(self, lookup: Lookup) -> Iterator[Artifact]:
        """Those of one kind."""

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """None on a site without search."""
        return self.files(lookup) if _is_on(lookup) else iter(())


class IndexContext(Struct, frozen=True):
    """How many entries can be found, with how many words; the boards; which files there are; in which languages."""

    entries: int
    words: int
    bits: int
    boards: tuple[tuple[str, str, str, str], ...]
    leaves: tuple[str, ...]
    languages: tuple[str, ...]


@feature.page
class SearchIndex(SearchFile[IndexContext]):
    """`/search/index.json`: what the script reads first."""

    name = "search-index"

    def files(self, lookup: Lookup) -> Iterator[Artifact]:
        """One file."""
        yield Artifact(f"{FOLDER}index.json")

    def context(self, lookup: Lookup, arg: str) -> IndexContext:
        """The totals, and key, parent, kind and title of every board."""
        totals = lookup.search_totals()
        site = Presenter(lookup).settings
        languages = {site.language: None, **dict.fromkeys(site.languages)}
        boards, waiting = [], list(lookup.boards())
        while waiting:
            board = waiting.pop(0)
            waiting = [*lookup.boards(board.key), *waiting]
            boards.append((board.key, board.parent, board.kind, board.title))
            languages[board.language] = None
        leaves, bits = lookup.search_leaves(), lookup.search_bits()
        return IndexContext(totals.entries, totals.words, bits, tuple(boards), leaves, tuple(languages))

    def render(self, context: IndexContext, canvas: Canvas) -> bytes:
        """JSON."""
        return _json(
            {
                "entries": context.entries,
                "words": context.words,
                "bits": context.bits,
                "boards": context.boards,
                "languages": context.languages,
                "leaves": ",".join(context.leaves),
            }
        )


class WordsContext(Struct, frozen=True):
    """Words with how many entries have each, and of how many of which class is told; then what is told of them."""

    words: tuple[tuple[str, int, tuple[tuple[int, int], ...]], ...]
    entries: bytes


@feature.page
class SearchWords(SearchFile[WordsContext]):
    """`/search/words/7465.bin`: the words from "te" on."""

    name = "search-words"

    def files(self, lookup: Lookup) -> Iterator[Artifact]:
        """One file for each leaf, named by its letters in UTF-8."""
        for leaf in lookup.search_leaves():
            yield Artifact(f"{FOLDER}words/{leaf.encode().hex() or 'all'}.bin", leaf)

    def context(self, lookup: Lookup, arg: str) -> WordsContext:
        """The words, and what the index says of their entries."""
        words, entries = [], list[bytes]()
        for word, count, found in lookup.search_leaf(arg):
            words.append((word, count, tuple((number, len(facts)) for number, facts in found)))
            entries += (one for _, facts in found for one in facts)
        return WordsContext(tuple(words), b"".join(entries))

    def render(self, context: WordsContext, canvas: Canvas) -> bytes:
        """A line of JSON, then the entries as bytes."""
        return _json(context.words) + b"\n" + context.entries


class FoundEntry(Struct, frozen=True):
    """An entry as a result shows it; `place` is its place in its part."""

    place: int
    href: str
    author: str
    author_key: str
    date: int
    title: str
    text: str


class FoundPart(Struct, frozen=True):
    """A few entries of a topic that stand together."""

    id: int
    title: str
    href: str
    board: str
    tags: tuple[tuple[str, str], ...]
    entries: tuple[FoundEntry, ...]
    language: str
    """Its language, "" for the site's own."""


class TextsContext(Struct, frozen=True):
    """The parts of one file."""

    parts: tuple[FoundPart, ...]


@feature.page
class SearchTexts(SearchFile[TextsContext]):
    """`/search/texts/1f.json`: what results show."""

    name = "search-texts"

    def files(self, lookup: Lookup) -> Iterator[Artifact]:
        """As many files as the texts need, by a rule that the script knows too."""
        bits = lookup.search_bits()
        for number in range(1 << bits):
            yield Artifact(f"{FOLDER}texts/{number:x}.json", f"{bits}:{number}")

    def context(self, lookup: Lookup, arg: str) -> TextsContext:
        """The parts of topics that are in it."""
        bits, _, number = arg.partition(":")
        found = (_part(lookup, *one) for one in lookup.search_texts(int(bits), int(number)))
        return TextsContext(tuple(part for part in found if part))

    def render(self, context: TextsContext, canvas: Canvas) -> bytes:
        """JSON."""
        return _json({str(part.id): _about(part) for part in context.parts})


def _about(part: FoundPart) -> list[object]:
    entries = {one.place: _fields(one) for one in part.entries}
    return [part.title, part.href, part.board, part.tags, entries, *([part.language] if part.language else [])]


def _fields(one: FoundEntry) -> list[object]:
    return [one.href, one.author, one.author_key, one.date, one.title, one.text]


def _part(lookup: Lookup, number: int, key: str, part: int) -> FoundPart | None:
    topic, presenter = lookup.headline(key), Presenter(lookup)
    if topic is None:
        return None
    tags = (tag for tag in map(lookup.tag, topic.tags) if tag)
    return FoundPart(
        id=number,
        title=topic.title,
        href=presenter.href(topic.address),
        board=topic.board,
        tags=tuple(dict.fromkeys((tag.key, tag.name) for tag in tags)),
        entries=tuple(_found(presenter, topic, *one) for one in lookup.search_part(topic, part)),
        language="" if topic.language == presenter.settings.language else topic.language,
    )


def _found(presenter: Presenter, topic: TopicRow, place: int, row: EntryRow) -> FoundEntry:
    lookup = presenter.lookup
    person = presenter.person(row.authors, row.name)
    member = lookup.member(row.authors[0]) if row.authors else None
    address = topic.address if row.number == 1 else entry_address(topic.address, row.id, row.page)
    return FoundEntry(
        place=place,
        href=presenter.href(address),
        author=person.name,
        author_key=member.key if member else fold(row.authors[0]) if row.authors else f"~{fold(row.name)}",
        date=row.date,
        title=row.title if row.number > 1 else "",
        text=lookup.search_text(row),
    )


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
