"""The sitemap (https://www.sitemaps.org/protocol.html) and robots.txt, for a site that has a `url`.

Topics are listed by board, so that a new reply changes one file; `/sitemap.xml` is the index of all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from xml.etree import ElementTree as ET

from generator.api import Artifact, Canvas, Feature, Lookup, PageKind, Presenter

feature = Feature("sitemap")

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
SIZE = 5_000
"""Topics in one file; the protocol allows 50,000 addresses."""


@dataclass(frozen=True, slots=True)
class SitemapContext:
    """Absolute addresses, each with its date ("" for none); `index` where they are sitemaps themselves."""

    urls: tuple[tuple[str, str], ...]
    index: bool


class Sitemaps(PageKind[SitemapContext]):
    """A sitemap of any kind."""

    rank = 15

    def render(self, context: SitemapContext, canvas: Canvas) -> bytes:
        """XML."""
        ET.register_namespace("", NAMESPACE)
        outer, inner = ("sitemapindex", "sitemap") if context.index else ("urlset", "url")
        root = ET.Element(f"{{{NAMESPACE}}}{outer}")
        for url, date in context.urls:
            element = ET.SubElement(root, f"{{{NAMESPACE}}}{inner}")
            ET.SubElement(element, f"{{{NAMESPACE}}}loc").text = url
            if date:
                ET.SubElement(element, f"{{{NAMESPACE}}}lastmod").text = date
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
        own = (board.address, *(one.address for one in board.translations))
        found = [(presenter.url(address), "") for address in own] if number == 1 else []
        planned = islice(lookup.plan(key), (number - 1) * SIZE, number * SIZE)
        for topic in (lookup.topic(one) for one, *_ in planned):
            if topic and not topic.hidden:
                found.append((presenter.url(topic.address), _date(topic.active)))
        return SitemapContext(tuple(found), index=False)


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
        addresses = sorted({"/", *(address for _, address, *_ in lookup.plan(""))})
        return SitemapContext(tuple((presenter.url(address), "") for address in addresses), index=False)


@feature.page
class SitemapIndex(Sitemaps):
    """`/sitemap.xml`: the index of all the others."""

    name = "sitemap"

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One file."""
        if Presenter(lookup).settings.origin:
            yield Artifact("/sitemap.xml")

    def context(self, lookup: Lookup, arg: str) -> SitemapContext:
        """Every board's files."""
        presenter = Presenter(lookup)
        found = [presenter.url("/sitemap-pages.xml")]
        waiting = list(lookup.boards())
        while waiting:
            board = waiting.pop(0)
            waiting += lookup.boards(board.key)
            count = _files(lookup, board.key)
            found += [presenter.url(f"{board.address}sitemap-{number}.xml") for number in range(1, count + 1)]
        return SitemapContext(tuple((url, "") for url in found), index=True)


@dataclass(frozen=True, slots=True)
class RobotsContext:
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


def _files(lookup: Lookup, board: str) -> int:
    return max(1, -(-sum(1 for _ in lookup.plan(board)) // SIZE))


def _date(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d").rjust(10, "0")
