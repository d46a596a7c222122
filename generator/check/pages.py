"""Reads HTML pages and SVG pictures: every attribute that holds an address, and the ids that anchors name.

By the HTML Living Standard's index of attributes. Addresses of services (a form that posts, an endpoint for
webmentions) are no files of the output, and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.check.data import linked_data
from generator.check.findings import finding, shown
from generator.check.lines import line_of
from generator.check.reading import Reading, Reference, distinct
from generator.check.styles import urls
from generator.errors import Problem

Attributes = Mapping[str, str | None]

_SPACE = " \t\n\f\r"
_CANDIDATE = re.compile(rf"[{_SPACE},]*+([^{_SPACE}]+)")
_REFRESH = re.compile(r"[\d.]+[\s;,]+(?:url\s*=\s*)?(.*)", re.IGNORECASE | re.DOTALL)
_SERVICES = frozenset({"dns-prefetch", "preconnect", "webmention", "pingback"})
_META = re.compile(
    r"(?:og|twitter|article|music|video)(?::\w+)*:(?:url|secure_url|image|audio|video|src)"
    r"|msapplication-\w*(?:logo|image)|image|url"
)


def candidates(srcset: str) -> Iterator[str]:
    """The addresses of a `srcset` (HTML section 4.8.4.2.1)."""
    at = 0
    while found := _CANDIDATE.match(srcset, at):
        address = found[1].rstrip(",")
        yield address
        at = found.end() if address != found[1] else srcset.find(",", found.end())
        if at < 0:
            return


def _one(value: str) -> Iterable[str]:
    return (value,)


_READERS: Mapping[str, Callable[[str], Iterable[str]]] = {
    **dict.fromkeys(
        ("href", "xlink:href", "src", "poster", "cite", "longdesc", "background", "manifest"), _one
    ),
    **dict.fromkeys(("data", "action", "formaction"), _one),
    **dict.fromkeys(("srcset", "imagesrcset"), candidates),
    "ping": str.split,
    **dict.fromkeys(("style", "fill", "stroke", "filter", "mask", "clip-path"), urls),
    **dict.fromkeys(("marker-start", "marker-mid", "marker-end"), urls),
}


def read_page(path: str, text: str) -> Reading:
    """What a page says; its repeated ids and its pictures without `alt` are problems of their own."""
    parser = LexborHTMLParser(text)
    nodes = parser.css("*")
    elements = _elements(nodes)
    base = _base(elements)
    found = distinct(_references((*nodes, *_in_templates(parser)), base))
    return Reading(
        path,
        found,
        frozenset(_ids(elements)),
        next((one for one in found if one.field == "refresh"), None),
        _canonical(elements, base),
        (*_repeated(path, text, elements), *_without_alt(path, text, elements)),
    )


def page_ids(text: str) -> frozenset[str]:
    """What an anchor can name in a page: ids, and the names of old anchors."""
    return frozenset(_ids(_elements(LexborHTMLParser(text).css("[id], a[name]"))))


def read_fragment(text: str, base: str = "", line: int = 0) -> tuple[tuple[Reference, ...], frozenset[str]]:
    """The references and ids of a piece of HTML in a feed that begins at `line`, relative to `base`."""
    nodes = LexborHTMLParser(text).css("*")
    found = _references(nodes, base)
    return tuple(replace(one, line=line) for one in found), frozenset(_ids(_elements(nodes)))


def in_attributes(tag: str, attributes: Attributes, base: str = "", line: int = 0) -> Iterator[Reference]:
    """The references in one element's attributes."""
    if tag == "base" or (tag == "link" and _SERVICES.intersection(_words(attributes, "rel"))):
        return
    for name, value in attributes.items():
        if value and name in _READERS and _counts(tag, name, attributes):
            for address in _READERS[name](value):
                yield Reference(name.removeprefix("xlink:"), address, line, base)


def _counts(tag: str, name: str, attributes: Attributes) -> bool:
    if name == "data":
        return tag == "object"
    if name in ("action", "formaction"):
        method = attributes.get("method" if name == "action" else "formmethod") or "get"
        return method.lower() != "post"
    return True


def _elements(nodes: Iterable[LexborNode]) -> list[tuple[str, Attributes]]:
    return [(node.tag or "", node.attributes) for node in nodes]


def _in_templates(parser: LexborHTMLParser) -> Iterator[LexborNode]:
    # A template's content is no part of the tree, but a script may put it there; its ids are nobody's yet.
    for fragment in parser.root.template_fragments() if parser.root else ():
        yield from fragment.css("*")


def _references(nodes: Iterable[LexborNode], base: str) -> Iterator[Reference]:
    for node in nodes:
        tag, attributes = node.tag, node.attributes
        yield from in_attributes(tag or "", attributes, base)
        if tag == "meta":
            yield from _in_meta(attributes, base)
        elif tag == "style":
            yield from (Reference("style", url, base=base) for url in urls(node.text()))
        elif tag == "script" and attributes.get("type") == "application/ld+json":
            yield from linked_data(node.text())


def _in_meta(attributes: Attributes, base: str) -> Iterator[Reference]:
    content = (attributes.get("content") or "").strip()
    if (attributes.get("http-equiv") or "").lower() == "refresh":
        refresh = _REFRESH.match(content)
        if refresh and refresh[1]:
            yield Reference("refresh", _unquoted(refresh[1]), base=base)
        return
    for kind in ("property", "name", "itemprop"):
        name = (attributes.get(kind) or "").lower()
        if content and _META.fullmatch(name):
            yield Reference(name, content, base=base)


def _unquoted(address: str) -> str:
    quote = address[0]
    return address[1:].partition(quote)[0] if quote in "\"'" else address.strip()


def _base(elements: Iterable[tuple[str, Attributes]]) -> str:
    return next(
        (href for tag, attributes in elements if tag == "base" and (href := attributes.get("href"))), ""
    )


def _canonical(elements: Iterable[tuple[str, Attributes]], base: str) -> Reference | None:
    for tag, attributes in elements:
        if tag == "link" and "canonical" in _words(attributes, "rel"):
            return Reference("href", attributes.get("href") or "", base=base)
    return None


def _words(attributes: Attributes, name: str) -> list[str]:
    return (attributes.get(name) or "").lower().split()


def _ids(elements: Iterable[tuple[str, Attributes]]) -> Iterator[str]:
    for tag, attributes in elements:
        if identity := attributes.get("id"):
            yield identity
        if tag == "a" and (name := attributes.get("name")):
            yield name


def _repeated(path: str, text: str, elements: Iterable[tuple[str, Attributes]]) -> Iterator[Problem]:
    seen: set[str] = set()
    told: set[str] = set()
    for _, attributes in elements:
        identity = attributes.get("id")
        if identity and identity in seen and identity not in told:
            told.add(identity)
            yield _repetition(path, text, identity)
        seen.add(identity or "")


def _repetition(path: str, text: str, identity: str) -> Problem:
    message = f"the id “{shown(identity)}” stands on several elements; a link to it finds the first only"
    line = line_of(text, "id", identity, nth=2)
    return finding(path, line, "id", message, "Give each element an id of its own.", "warning")


def _without_alt(path: str, text: str, elements: Iterable[tuple[str, Attributes]]) -> Iterator[Problem]:
    told: set[str] = set()
    for tag, attributes in elements:
        source = attributes.get("src") or ""
        if tag == "img" and "alt" not in attributes and source not in told:
            told.add(source)
            message = f"the picture “{shown(source)}” has no text for those who can't see it"
            line = line_of(text, "src", source)
            yield finding(path, line, "alt", message, 'Describe it; alt="" if it is decoration.', "warning")
