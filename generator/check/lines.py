"""Finds the line of an address in a file, only once there is something to say about it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path

_BEFORE = frozenset("/.%-_")
_AFTER = frozenset("/.%-_#?&=")


def line_of(text: str, field: str, value: str, nth: int = 1) -> int:
    """The line, from 1, of the nth `field` that holds `value`, else of the value's first place; 0 if it has none.

    An address is written in many ways (entities, JSON's escapes); the usual ones are known.
    """
    for form in _forms(value):
        at = _place(text, field, form, nth)
        if at >= 0:
            return text.count("\n", 0, at) + 1
    return 0


def _place(text: str, field: str, form: str, nth: int) -> int:
    """Where the nth such attribute has its value; else the first place as a word of its own, or the first."""
    openings = (f'{field}="', f"{field}='", f"{field}=")
    first = word = -1
    for at in _places(text, form):
        alone = _is_alone(text, at, at + len(form))
        if alone and text[max(0, at - len(openings[0])) : at].lower().endswith(openings):
            nth -= 1
        if nth == 0:
            return at
        first = at if first < 0 else first
        word = at if alone and word < 0 else word
    return word if word >= 0 else first


def _places(text: str, form: str) -> Iterator[int]:
    at = text.find(form)
    while at >= 0:
        yield at
        at = text.find(form, at + len(form))


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether an address ends where it seems to: `/tea/` stands in `/tea/2/` too."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or after.isalnum() or before in _BEFORE or after in _AFTER)


def _forms(value: str) -> Iterator[str]:
    if value:
        yield value
        yield escape(value)
        yield escape(value, quote=False)
        yield json.dumps(value)[1:-1]
        yield json.dumps(value)[1:-1].replace("/", "\\/")


class Lines:
    """Lines in the files of a folder; keeps the text of the last file asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._path = ""
        self._text = ""

    def find(self, path: str, field: str, value: str) -> int:
        """As `line_of`, in the file `path` of the folder."""
        if path != self._path:
            self._path, self._text = path, _text(self._root / path)
        return line_of(self._text, field, value)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
