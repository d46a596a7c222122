"""The sitemap (https://www.sitemaps.org/protocol.html) and robots.txt, for a site that has a `url`.

Each address says when what is there changed, and where it is in other languages, as Google reads it.

Topics are listed by board, so that a new reply changes one file; `/sitemap.xml` is the index of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from msgspec import Struct

from generator.addresses import day_page, page_address
from generator.api import Artifact, Canvas, Feature, Lookup, PageKind, Presenter
from generator.catalog.rows import BoardRow, TopicRow
from generator.present.conversing import days_of, number_of
from generator.views import Alternate

feature = Feature("sitemap")

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
SIZE = 1_000
"""Topics in one file: few, because a reply makes its file anew; the protocol allows 50,000 addresses."""


class Located(Struct, frozen=True):
    """An absolute address, its date ("" for none), and languages with the addresses of translations, its own too."""

    url: str
    date: str = ""
    alternates: tuple[tuple[str, str], ...] = ()


class SitemapContext(Struct, frozen=True):
    """What a sitemap lists; `index` where those are sitemaps themselves."""

    urls: tuple[Located, ...]
    index: bool


class Sitemaps(PageKind[SitemapContext]):
    """A sitemap of any kind."""

    rank = 15

    def render(self, context: SitemapContext, canvas: Canvas) -> bytes:
        """XML."""
        ET.register_namespace("", NAMESPACE)
        ET.register_namespace("xhtml", XHTML)
        outer, inner = ("sitemapindex", "sitemap") if context.index else ("urlset", "url")
        root = ET.Element(f"{{{NAMESPACE}}}{outer}")
        for one in context.urls:
            element = ET.SubElement(root, f"{{{NAMESPACE}}}{inner}")
            ET.SubElement(element, f"{{{NAMESPACE}}}loc").text = one.url
            if one.date:
                ET.SubElement(element, f"{{{NAMESPACE}}}lastmod").text = one.date
            for language, url in one.alternates:
                ET.SubElement(element, f"{{{XHTML}}}link", {"rel": "alternate", "hreflang": language, "href": url})
        text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        return text + b"\n"


@feature.page
class BoardSitemap(Sitemaps):
    """`/cafe/sitemap-1.xml`: the board and its topics."""

    name = "sitemap-board"
    per_board = True

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for so many topics."""
        board = lookup.board(scope)
        if board and Presenter(lookup).settings.origin:
            for number in range(1, _files(lookup, scope) + 1):
                yield Artifact(f"{board.address}sitemap-{number}.xml", f"{scope}:{number}")

    def context(self, lookup: Lookup, arg: str) -> SitemapContext | None:
        """The board's own address in the first file, and the topics that are not hidden."""
        key, _, digits = arg.rpartition(":")
        board, number = lookup.board(key), int(digits)
        if board is None:
            return None
        presenter = Presenter(lookup)
        found = list(_every(presenter, board.address, presenter.board_alternates(board))) if number == 1 else []
        topics = (lookup.topic(one) for one, *_ in lookup.plan(key, (number - 1) * SIZE, SIZE))
        found += (_located(presenter, topic) for topic in topics if topic and not topic.hidden)
        return SitemapContext(tuple(found), index=False)


@feature.page
class DaysSitemap(Sitemaps):
    """`/chat/sitemap-days-2026.xml`: the days of a year of a board's conversations."""

    name = "sitemap-days"
    per_board = True

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for each year."""
        board, presenter = lookup.board(scope), Presenter(lookup)
        if board and presenter.settings.origin:
            for year in _day_years(lookup, board):
                yield Artifact(_days_address(board, year), f"{scope}:{year}")

    def context(self, lookup: Lookup, arg: str) -> SitemapContext | None:
        """The first page of each day."""
        key, _, year = arg.rpartition(":")
        presenter = Presenter(lookup)
        return SitemapContext(tuple(Located(presenter.url(address)) for address in _days(lookup, key, year)), index=False)


@feature.page
class PagesSitemap(Sitemaps):
    """`/sitemap-pages.xml`: the front page and the plain pages."""

    name = "sitemap-pages"

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One file."""
        if Presenter(lookup).settings.origin:
            yield Artifact("/sitemap-pages.xml")

    def context(self, lookup: Lookup, arg: str) -> SitemapContext:
        """Their addresses."""
        presenter = Presenter(lookup)
        topics = [topic for topic in (lookup.topic(key) for key, *_ in lookup.plan("")) if topic]
        found = {topic.address: _located(presenter, topic) for topic in topics}
        found.setdefault("/", Located(presenter.url("/")))
        return SitemapContext(tuple(found[address] for address in sorted(found)), index=False)


@feature.page
class MembersSitemap(Sitemaps):
    """`/sitemap-members-1.xml`: the members' pages."""

    name = "sitemap-members"

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for so many members."""
        if Presenter(lookup).settings.origin:
            for number in range(1, _member_files(lookup) + 1):
                yield Artifact(f"/sitemap-members-{number}.xml", str(number))

    def context(self, lookup: Lookup, arg: str) -> SitemapContext:
        """Their addresses, in all languages."""
        presenter = Presenter(lookup)
        found: list[Located] = []
        for key, _, address in lookup.members((int(arg) - 1) * SIZE, SIZE):
            member = lookup.member(key) if presenter.settings.languages else None
            found += _every(presenter, address, presenter.member_alternates(member) if member else ())
        return SitemapContext(tuple(found), index=False)


@feature.page
class SitemapIndex(Sitemaps):
    """`/sitemap.xml`: the index of all the others."""

    name = "sitemap"

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One file."""
        if Presenter(lookup).settings.origin:
            yield Artifact("/sitemap.xml")

    def context(self, lookup: Lookup, arg: str) -> SitemapContext:
        """The files of pages, of members and of every board."""
        presenter = Presenter(lookup)
        found = [presenter.url("/sitemap-pages.xml")]
        found += [presenter.url(f"/sitemap-members-{number}.xml") for number in range(1, _member_files(lookup) + 1)]
        waiting = list(lookup.boards())
        while waiting:
            board = waiting.pop(0)
            waiting += lookup.boards(board.key)
            count = _files(lookup, board.key)
            found += [presenter.url(f"{board.address}sitemap-{number}.xml") for number in range(1, count + 1)]
            found += [presenter.url(_days_address(board, year)) for year in _day_years(lookup, board)]
        return SitemapContext(tuple(map(Located, found)), index=True)


class RobotsContext(Struct, frozen=True):
    """The sitemap's address, "" where there is none."""

    sitemap: str


@feature.page
class Robots(PageKind[RobotsContext]):
    """`/robots.txt` (RFC 9309); a file of that name in static/ stands in its place."""

    name = "robots"
    rank = 90

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One file."""
        yield Artifact("/robots.txt")

    def context(self, lookup: Lookup, arg: str) -> RobotsContext:
        """Where the sitemap is."""
        return RobotsContext(Presenter(lookup).url("/sitemap.xml"))

    def render(self, context: RobotsContext, canvas: Canvas) -> bytes:
        """Everything is allowed."""
        sitemap = f"\nSitemap: {context.sitemap}\n" if context.sitemap else ""
        return f"User-agent: *\nDisallow:\n{sitemap}".encode()


def _located(presenter: Presenter, topic: TopicRow) -> Located:
    # Only a site that has translations is asked for them, so that the others remember less.
    alternates = presenter.alternates(topic.base, topic.address) if presenter.settings.languages else ()
    date = max(topic.active, topic.updated or 0)
    return Located(presenter.url(topic.address), _date(date) if date else "", _languages(alternates))


def _every(presenter: Presenter, address: str, alternates: Sequence[Alternate]) -> Iterator[Located]:
    """A page in all its languages, each of which names all others; `address` is the original's."""
    links = _languages(alternates)
    for url in [one.url for one in alternates] or [presenter.url(address)]:
        yield Located(url, "", links)


def _languages(alternates: Sequence[Alternate]) -> tuple[tuple[str, str], ...]:
    links = tuple((one.language, one.url) for one in alternates)
    return links + tuple(("x-default", one.url) for one in alternates if one.original)


def _member_files(lookup: Lookup) -> int:
    return -(-lookup.member_total() // SIZE)


def _files(lookup: Lookup, board: str) -> int:
    return max(1, -(-sum(1 for _ in lookup.plan(board)) // SIZE))


def _days_address(board: BoardRow, year: str) -> str:
    return f"{board.address}sitemap-days-{year}.xml"


def _day_years(lookup: Lookup, board: BoardRow) -> list[str]:
    """The years in which anything was said on a board of conversations."""
    if not board.days:
        return []
    return sorted({month[:4] for key, *_ in lookup.plan(board.key) for month, _ in lookup.months(key)})


def _days(lookup: Lookup, board: str, year: str) -> Iterator[str]:
    """The addresses of a year's days; a hidden conversation is left out."""
    for key, address, *_ in lookup.plan(board):
        topic = lookup.headline(key)
        months = (month for month, _ in lookup.months(key) if month[:4] == year)
        for day in days_of(lookup, key, months) if topic and not topic.hidden else ():
            yield page_address(address, day_page(number_of(day), 1))


def _date(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d").rjust(10, "0")
