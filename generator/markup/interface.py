"""What the markup stage takes and gives: the seam between reading and everything else.

An entry's HTML must not depend on any other document. What points elsewhere (a mention, a wiki link,
a relative file, a quote's source) stays in the HTML as a numbered mark, and is resolved when the page
that shows the entry is put together.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct

from generator.errors import Problem

MARK_OPEN = "\ue000"
MARK_CLOSE = "\ue001"
_MARK = re.compile(f"{MARK_OPEN}([0-9]{{1,6}}){MARK_CLOSE}")


class Options(Struct, frozen=True):
    """All that an entry's HTML depends on besides its text.

    `engine` is "markdown" or "commonmark"; `format` "markdown", "html" or "text"; `prefix` stands before
    every id in the HTML (as "r-2-"); `raw_html` lets the owner's trusted text keep its HTML unsanitised.
    `mail` takes plain text for a mail, with quotes and
    signature; `hides` leaves no address for mail. `labels` translates the words that the HTML brings along: "note", "tip", "important", "warning", "caution"
    and "spoiler", as pairs.
    """

    engine: str = "markdown"
    format: str = "markdown"
    breaks: bool = False
    prefix: str = ""
    trusted: bool = False
    raw_html: bool = False
    labels: tuple[tuple[str, str], ...] = ()
    mail: bool = False
    hides: bool = False


class MarkKind(StrEnum):
    """What a mark stands for; an address becomes an attribute's value, all others become elements."""

    MENTION = "mention"
    WIKI = "wiki"
    QUOTE = "quote"
    ADDRESS = "address"
    PLAYER = "player"
    EMBED = "embed"


class Mark(Struct, frozen=True):
    """Something in an entry that points to another document.

    MENTION: target is the name. WIKI: target is a title or `board/slug`, text what is shown ("" : the title).
    QUOTE: target is the name, `entry` the quoted entry's id (may be ""), or text names an entry elsewhere as a wiki link
    does. ADDRESS: target is a relative address as written, decoded (`../tea.md#x`, `photo.jpg`). PLAYER: target is the
    address of a sound or film, text its caption, `entry` the address of a picture of it. EMBED: target is the address of
    a page that may be shown in a frame, text what it is called, `source` the HTML where it isn't. Else `source` is the
    mark's own text in the source.
    `line` counts from 1 within the entry's text.
    """

    kind: MarkKind
    target: str
    text: str = ""
    entry: str = ""
    source: str = ""
    line: int = 0


class Heading(Struct, frozen=True):
    """A heading of an entry: level 1 to 6, its id with the prefix, its plain text."""

    level: int
    id: str
    text: str


class Rendered(Struct, frozen=True):
    """An entry's safe HTML with its marks, and the facts that were found on the way.

    `text` is the plain text with single spaces; `images` the addresses of the pictures in their order
    (relative ones as written); `words` counts words (for scripts without spaces two letters are a word);
    `problems` have no path and a line within the text: the reader adds both.
    """

    html: str
    marks: tuple[Mark, ...] = ()
    text: str = ""
    headings: tuple[Heading, ...] = ()
    images: tuple[str, ...] = ()
    words: int = 0
    problems: tuple[Problem, ...] = ()


def resolve(rendered_html: str, marks: tuple[Mark, ...], resolver: Callable[[Mark], str]) -> str:
    """The HTML with every mark replaced by what `resolver` gives for it.

    The resolver returns safe HTML for a mark that is an element, and an escaped address for ADDRESS.
    """
    if MARK_OPEN not in rendered_html:
        return rendered_html
    return _MARK.sub(lambda found: resolver(marks[int(found[1])]), rendered_html)
