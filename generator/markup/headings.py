"""Headings: an id for each, made of its text, so that it can be linked; below the page's own title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from generator.markup.interface import Heading
from generator.markup.text import plain

_HEADING = re.compile(r"<h([1-6])((?:[^>\"]*\"[^\"]*\")*[^>\"]*)>(.*?)</h\1>", re.DOTALL)
_ID = re.compile(r"\sid=\"([^\"]*)\"")


def anchor(html: str, prefix: str, shown: Callable[[str], str]) -> tuple[str, tuple[Heading, ...]]:
    """The HTML with an id on every heading, and the headings; `shown` gives a piece of HTML as readers see it.

    A page has one heading of the first level, its title: an entry that has some too is set one level deeper.
    """
    if "<h" not in html:
        return html, ()
    deeper = 1 if "<h1" in html else 0
    headings: list[Heading] = []
    used = set(_ID.findall(html))
    counts: dict[str, int] = {}

    def put(found: re.Match[str]) -> str:
        text = plain(shown(found[3]))
        given = _ID.search(found[2])
        name = given[1] if given else _unused(prefix + slug(text), used, counts)
        level = min(int(found[1]) + deeper, 6)
        headings.append(Heading(level, name, text))
        attributes = found[2] if given else f'{found[2]} id="{name}"'
        return f"<h{level}{attributes}>{found[3]}</h{level}>"

    return _HEADING.sub(put, html), tuple(headings)


def slug(text: str) -> str:
    """A heading's text as an id: lower case, letters, marks, digits and hyphens; "section" if nothing is left."""
    lower = text.lower()
    if lower.isascii():
        kept = lower.translate(_ASCII)
    else:
        kept = "".join(map(_kept, unicodedata.normalize("NFC", lower)))
    return re.sub("-+", "-", kept).strip("-")[:80] or "section"


def _kept(char: str) -> str:
    if char.isalnum() or char == "_" or unicodedata.category(char).startswith("M"):
        return char
    return "-" if char in " -\u200c\u00a0" else ""


_ASCII = {code: _kept(chr(code)) for code in range(128)}


def _unused(name: str, used: set[str], counts: dict[str, int]) -> str:
    number = counts.get(name, 0)
    candidate = f"{name}-{number}" if number else name
    while candidate in used:
        number += 1
        candidate = f"{name}-{number}"
    counts[name] = number + 1
    used.add(candidate)
    return candidate
