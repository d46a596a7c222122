"""Placeholders: what is found in a text before it is parsed, kept aside until its HTML is safe.

A placeholder is a number between two private-use characters, because no parser has a rule for those.
The characters themselves are taken out of every text first, so that nobody can forge one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct

OPEN = "\ue002"
CLOSE = "\ue003"
BREAK = "\ue006"
"""A line break that is not in the source, so that lines can still be counted."""

HELD = re.compile(f"{OPEN}([0-9]+){CLOSE}")
_ENCODED = re.compile("%EE%80%82([0-9]+)%EE%80%83", re.IGNORECASE)
_RESERVED = re.compile("[\ue000-\ue007]")
_REFERENCES = re.compile(r"&#(?:x0*e00[0-7]|0*5734[4-9]|0*5735[01])(?![0-9a-f]);?", re.IGNORECASE)


class Kind(StrEnum):
    """What a placeholder stands for."""

    MENTION = "mention"
    WIKI = "wiki"
    QUOTE = "quote"
    EMOJI = "emoji"
    LINK = "link"
    TEXT = "text"
    MATH = "math"
    DISPLAY = "display"
    SPOILER_OPEN = "spoiler open"
    SPOILER_CLOSE = "spoiler close"
    ALERT = "alert"
    SPOILER = "spoiler"
    SEPARATOR = "separator"
    NOTE = "note"
    NOTE_REF = "note reference"
    NOTES_OPEN = "notes open"
    NOTES_CLOSE = "notes close"
    NOTE_ITEM = "note item"
    NOTE_BACK = "note back"


class Held(Struct, frozen=True):
    """One thing kept aside: `source` is its own text, `value` and `extra` depend on the kind.

    `line` counts from 1 within the entry's text.
    """

    kind: Kind
    source: str = ""
    value: str = ""
    extra: str = ""
    line: int = 0


class Holder:
    """All that one entry keeps aside, in the order in which it was found."""

    def __init__(self) -> None:
        self.items: list[Held] = []

    def hold(self, held: Held) -> str:
        """Keep it aside; returns the placeholder."""
        self.items.append(held)
        return f"{OPEN}{len(self.items) - 1}{CLOSE}"

    def has(self, *kinds: Kind) -> bool:
        """Whether anything of these kinds was kept aside."""
        return any(held.kind in kinds for held in self.items)

    def replace(self, text: str, put: Callable[[Held], str]) -> str:
        """The text with every placeholder replaced by what `put` gives for it."""
        return HELD.sub(lambda found: put(self.items[int(found[1])]), text) if OPEN in text else text

    def sources(self, text: str) -> str:
        """The text with every placeholder as it stood in the source, percent-encoded ones too."""
        text = self.replace(text, _source)
        return _ENCODED.sub(self._encoded, text) if "%EE%80%82" in text else text

    def _encoded(self, found: re.Match[str]) -> str:
        index = int(found[1])
        return self.items[index].source if index < len(self.items) else found[0]


def _source(held: Held) -> str:
    return held.source


def disarm(text: str) -> str:
    """The text without the reserved characters, also where they are written as references."""
    if "&#" in text:
        text = _REFERENCES.sub("\ufffd", text)
    return text if text.isascii() else _RESERVED.sub("\ufffd", text)


def disarm_references(html: str) -> str:
    """An engine's HTML without references to reserved characters; placeholders stand."""
    return _REFERENCES.sub("\ufffd", html) if "&#" in html else html
