"""Reads the addresses in XML: Atom, RSS, sitemaps, OPML and OpenSearch, and the HTML inside feeds.

A document type declaration is refused, because entities are how small XML becomes large (CWE-776).
Sources: RFC 4287, RSS 2.0, sitemaps.org. Other XML is nobody's feed, and is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urljoin
from xml.parsers import expat

from generator.check.findings import finding
from generator.check.pages import in_attributes, read_fragment
from generator.check.reading import Reading, Reference, distinct
from generator.errors import Problem

_ROOTS = frozenset({"feed", "rss", "RDF", "urlset", "sitemapindex", "opml", "OpenSearchDescription"})
_ATTRIBUTES = frozenset({"url", "xmlUrl", "htmlUrl", "uri", "template", "resource"})
_TEXTS = frozenset(
    {
        "link",
        "guid",
        "url",
        "uri",
        "icon",
        "logo",
        "comments",
        "loc",
        "thumbnail_loc",
        "content_loc",
        "player_loc",
        "new-feed-url",
        "Image",
    }
)
_HTML = frozenset({"html", "text/html"})
_HTML_ELEMENTS = frozenset({"description", "encoded"})
_BASE = "http://www.w3.org/XML/1998/namespace base"
_PODCAST_GUID = "https://podcastindex.org/namespace/1.0 guid"
"""No address, as the guid of an item is one."""

_WEB = ("http://", "https://")


class _RefusedError(Exception):
    """Stops the parser: with a problem, or without one where the file is no feed."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


@dataclass(slots=True)
class _Element:
    name: str
    base: str
    line: int
    attributes: Mapping[str, str]
    text: list[str]


def read_xml(path: str, data: bytes) -> Reading:
    """What a feed or sitemap refers to; its ids are those of the HTML that it holds."""
    reader = _Reader()
    problems: tuple[Problem, ...] = ()
    try:
        reader.parser.ParseFile(BytesIO(data))
    except _RefusedError as refusal:
        if refusal.message:
            problems = (_broken(path, reader.parser.CurrentLineNumber, refusal.message),)
    except (expat.ExpatError, ValueError, LookupError) as error:
        problems = (_broken(path, reader.parser.CurrentLineNumber, f"expected XML: {error}"),)
    return Reading(path, distinct(reader.references), frozenset(reader.ids), problems=problems)


def _broken(path: str, line: int, message: str) -> Problem:
    return finding(path, line, "", message, "Build the site again, or mend the file in static/.")


class _Reader:
    """The parser's state: the open elements, and what was found so far."""

    def __init__(self) -> None:
        self.references: list[Reference] = []
        self.ids: set[str] = set()
        self._open: list[_Element] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.CharacterDataHandler = self._text
        self.parser.EndElementHandler = self._end

    def _doctype(self, name: str, *_: object) -> None:
        known = name.rpartition(":")[2] in _ROOTS
        raise _RefusedError("a feed or sitemap with a document type declaration is not read" if known else "")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = "id-of-podcast" if name == _PODCAST_GUID else name.rpartition(" ")[2]
        if not self._open and local not in _ROOTS:
            raise _RefusedError
        base = _joined(self._open[-1].base if self._open else "", attributes.get(_BASE, ""))
        element = _Element(local, base, self.parser.CurrentLineNumber, attributes, [])
        self._open.append(element)
        self._of_attributes(element)

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].text.append(text)

    def _end(self, _: str) -> None:
        element = self._open.pop()
        text = "".join(element.text).strip()
        if text:
            self._of_text(element, text)

    def _of_attributes(self, element: _Element) -> None:
        plain = {name.rpartition(" ")[2]: value for name, value in element.attributes.items()}
        self.references.extend(in_attributes(element.name, plain, element.base, element.line))
        for name in _ATTRIBUTES.intersection(plain):
            self.references.append(Reference(name, plain[name], element.line, element.base))
        if "id" in plain:
            self.ids.add(plain["id"])

    def _of_text(self, element: _Element, text: str) -> None:
        if element.attributes.get("type") in _HTML or element.name in _HTML_ELEMENTS:
            found, ids = read_fragment(text, element.base, element.line)
            self.references.extend(found)
            self.ids.update(ids)
        elif element.name == "id" and text.startswith(_WEB):
            # RFC 4287 section 4.2.6: an id need not lead anywhere, but readers of feeds do follow it.
            self.references.append(Reference("id", text.partition("#")[0], element.line, element.base, "warning"))
        elif element.name in _TEXTS and element.attributes.get("isPermaLink") != "false":
            self.references.append(Reference(element.name, text, element.line, element.base))


def _joined(base: str, inner: str) -> str:
    try:
        return urljoin(base, inner)
    except ValueError:
        return base
