"""What an entry's text points to on the site itself, as short names that can be kept and compared.

Whom such a name means is known only when all texts are: see `catalog.derive.mentions`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html import unescape
from typing import Protocol
from unicodedata import normalize
from urllib.parse import unquote

from generator.markup.interface import Mark, MarkKind
from generator.slugs import fold

MOST = 50
"""What one entry can point to at most, so that no text costs more than others."""

TITLE, ENTRY, PATH, ADDRESS, MEMBER = "t", "e", "p", "a", "m"
"""What a name begins with: a title or `board/slug`, one before a `#`, a text's file, an address, somebody's name."""

BEFORE = "\x1f"
"""Stands between a title before a `#` and all that is written; no title holds it."""

_HREF = re.compile(r'<a [^>]*?href="([^"]{1,2000})"')
_LATER_PAGE = re.compile(r"page/[0-9]{1,6}/\Z")


class Text(Protocol):
    """An entry's HTML with its marks."""

    @property
    def html(self) -> str:
        """The HTML."""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What points elsewhere."""


def cites(text: Text, path: str, url: str) -> tuple[str, ...]:
    """What the text of the file at `path` points to, each once; `url` is the site's address, or empty."""
    whole = url and url in text.html
    if not text.marks and not whole:
        return ()
    found = dict.fromkeys(name for mark in text.marks for name in _named(mark, path))
    found |= dict.fromkeys(_whole(text.html, url)) if whole else {}
    return tuple(found)[:MOST]


def _named(mark: Mark, path: str) -> Iterator[str]:
    if mark.kind in (MarkKind.MENTION, MarkKind.QUOTE):
        yield MEMBER + fold(mark.target)
    if mark.kind is MarkKind.WIKI or (mark.kind is MarkKind.QUOTE and mark.text):
        yield from _titles(mark.text if mark.kind is MarkKind.QUOTE else mark.target)
    if mark.kind is MarkKind.ADDRESS:
        yield from _addressed(mark.target.partition("#")[0].partition("?")[0], path)


def _titles(target: str) -> Iterator[str]:
    """What a wiki link can mean: a title, or an entry of a topic with a title."""
    whole = fold(target)
    yield TITLE + whole
    title, sharp, _ = target.rpartition("#")
    if sharp and title:
        yield f"{ENTRY}{fold(title)}{BEFORE}{whole}"


def _addressed(target: str, path: str) -> Iterator[str]:
    if target.startswith("/") and (target.endswith("/") or "." not in posixpath.basename(target)):
        yield ADDRESS + _address(target)
    elif target.endswith((".md", ".markdown")) and not target.startswith("/"):
        yield PATH + normalize("NFC", posixpath.normpath(posixpath.join(posixpath.dirname(path), target)))


def _whole(html: str, url: str) -> Iterator[str]:
    """The addresses of the site that are written with its host."""
    for found in _HREF.finditer(html):
        href = unescape(found[1])
        if href.startswith(url):
            yield ADDRESS + _address("/" + unquote(href[len(url) :].partition("#")[0].partition("?")[0]))


def _address(address: str) -> str:
    """The address of a topic's first page, as such addresses are compared."""
    return fold(_LATER_PAGE.sub("", address.rstrip("/") + "/"))
