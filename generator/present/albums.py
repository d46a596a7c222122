"""Makes the views of albums: the pictures in a topic's text, in their order, each with its words.

Everything is read through the page's `Lookup`. A picture that has no words for those who can't see it is told of
here once, for the page that shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from msgspec import Struct, structs
from msgspec.structs import replace

from generator.catalog.rows import EntryRow, HtmlRow, TopicRow
from generator.markup.interface import MARK_CLOSE, MARK_OPEN
from generator.markup.text import plain
from generator.present.links import Linker
from generator.views import NOTHING
from generator.views.seen import AlbumCard, AlbumPicture, AlbumView, Picture

_ATTRIBUTES = r'(?:[^>"]*"[^"]*")*[^>"]*'
_IMG = rf"<img {_ATTRIBUTES}>"
# Of each the beginning decides, so that no text makes them slow; what has no picture in it is left.
_ALONE = re.compile(rf"<p>(?:\s|<br ?/?>|<a {_ATTRIBUTES}>|</a>|{_IMG})+</p>")
_FIGURE = re.compile(rf"<figure\b{_ATTRIBUTES}>(?:(?!<figure\b|</figure>).)*</figure>", re.DOTALL)
_SHOWN = re.compile(rf"(?P<figure>{_FIGURE.pattern})|{_IMG}", re.DOTALL)
_EACH = re.compile(_IMG)
_ATTRIBUTE = re.compile(r'\b(alt|src|title)="([^"]*)"')
_CAPTION = re.compile(r"<figcaption\b[^>]*>(.*?)</figcaption>", re.DOTALL)
_MARK = re.compile(f"{MARK_OPEN}([0-9]{{1,6}}){MARK_CLOSE}")


class Found(Struct, frozen=True):
    """A picture as a text has it: where it leads is a mark's number, or an address elsewhere."""

    mark: int | None
    address: str
    alt: str
    caption: str


def album(linker: Linker, topic: TopicRow, opening: EntryRow) -> AlbumView:
    """The album that a topic's text is, and what is wrong with it."""
    known = linker.lookup.html(opening.html)
    pictures = tuple(pictures_of(linker, known, opening))
    for one in _found(known):
        if not one.alt and one.mark is not None:
            mark = known.marks[one.mark]
            message = f"the picture “{mark.target}” has no words for those who can't see it"
            linker.report(opening, mark.line, "", message, f"Write what it shows: ![A hill at dawn]({mark.source}).")
    rest = structs.replace(known, html=_ALONE.sub(_emptied, _FIGURE.sub(_emptied, known.html)).strip())
    text = linker.rendered(rest, opening, topic.board, f"topic/{topic.key}", topic.address) if rest.html else NOTHING
    return AlbumView(pictures, text)


def _emptied(found: re.Match[str]) -> str:
    """Nothing, where there is a picture in it."""
    return "" if "<img " in found[0] else found[0]


def pictures_of(linker: Linker, known: HtmlRow, row: EntryRow) -> Iterator[AlbumPicture]:
    """The pictures in an entry's text."""
    number = 0
    for one in _found(known):
        picture = linker.shown(known.marks[one.mark], row) if one.mark is not None else Picture(one.address)
        if picture:
            number += 1
            yield AlbumPicture(number, picture, one.alt, one.caption or one.alt)


def card(linker: Linker, topic: TopicRow) -> AlbumCard | None:
    """What an album is in a list: its cover, else its first picture, and how many it has."""
    opening = linker.lookup.entry(f"topic/{topic.key}", "1") if not topic.hidden else None
    if opening is None or opening.status or not opening.html:
        return None
    pictures = tuple(pictures_of(linker, linker.lookup.html(opening.html), opening))
    cover = linker.sized(topic.cover, topic.path) if topic.cover else None
    first = pictures[0].picture if pictures else None
    return AlbumCard(cover or first, len(pictures))


def _found(known: HtmlRow) -> Iterator[Found]:
    """The pictures in HTML, in their order."""
    if not known.images:
        return
    for each in _SHOWN.finditer(known.html):
        caption = _CAPTION.search(each["figure"] or "")
        for img in _EACH.finditer(each[0]):
            found = _read(img[0], known)
            if found:
                yield replace(found, caption=plain(caption[1])) if caption else found


def _read(tag: str, known: HtmlRow) -> Found | None:
    attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag)}
    source, alt = attributes.get("src", ""), attributes.get("alt", "").strip()
    mark = _MARK.fullmatch(source)
    if mark is None:
        return Found(None, source, alt, attributes.get("title", "")) if source.startswith(("https://", "http://")) else None
    number = int(mark[1])
    # A bare link that became a picture has its file's name for words.
    name = unquote(known.marks[number].target.rpartition("/")[2])
    return Found(number, "", "" if alt == name else alt, attributes.get("title", ""))
