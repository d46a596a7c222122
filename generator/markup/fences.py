"""Fenced code in a source: which lines are code, so that no extra is looked for in them.

Both engines take more than one word after a fence in their own way; it is brought to one plain word here.
"""

from __future__ import annotations

import re

from msgspec import Struct

from generator.markup.marks import BREAK

_PREFIX = " \t>-*+0123456789.)"
_WORD = re.compile(r"[\w+#.-]+")


class Line(Struct, frozen=True):
    """A line of a source without its end; `code` is true in fenced code, its fences included."""

    text: str
    code: bool = False


class _Fence(Struct, frozen=True):
    char: str
    length: int
    depth: int
    prefix: str

    def closed_by(self, line: str) -> bool:
        body = line.strip(" \t>")
        return len(body) >= self.length and not body.strip(self.char)

    def closer(self, line: str) -> str:
        """The closing line with as many characters as the opening one; Python-Markdown asks for that."""
        return line[: len(line) - len(line.lstrip(" \t>"))] + self.char * self.length

    def left_by(self, line: str) -> bool:
        return self.depth > 0 and quote_depth(line) < self.depth


def quote_depth(line: str) -> int:
    """How many `>` a line begins with, spaces between them aside."""
    body = line.lstrip(" >")
    return line[: len(line) - len(body)].count(">")


def has_fence(text: str) -> bool:
    """Whether a text may hold fenced code."""
    return "```" in text or "~~~" in text


def lines(text: str) -> list[Line]:
    """The lines of a source, those of fenced code told apart."""
    plain = text.split("\n")
    if not has_fence(text):
        return [Line(line) for line in plain]
    return _fenced(plain)


def _fenced(plain: list[str]) -> list[Line]:
    found: list[Line] = []
    fence: _Fence | None = None
    for line in plain:
        if fence and fence.left_by(line):
            fence = None
        if fence:
            closed = fence.char in line and fence.closed_by(line)
            found.append(Line(fence.closer(line) if closed else line, code=True))
            fence = None if closed else fence
            continue
        opened = _opening(line) if has_fence(line) else None
        found.append(_parted(opened[1] if opened else Line(line), found))
        fence = opened[0] if opened else None
    if fence and not fence.prefix:
        found[-1] = Line(found[-1].text + BREAK + fence.closer(""), code=True)
    return found


def _parted(line: Line, found: list[Line]) -> Line:
    """The line with a blank one before it where text and code touch; Python-Markdown would join them."""
    before = found[-1] if found else None
    if before is None or before.code == line.code or not line.text.strip() or not before.text.strip():
        return line
    plain = line.text if line.code else before.text
    return Line(BREAK + line.text, line.code) if plain.startswith(("```", "~~~")) else line


def _opening(line: str) -> tuple[_Fence, Line] | None:
    body = line.lstrip(_PREFIX)
    if not body.startswith(("```", "~~~")):
        return None
    prefix = line[: len(line) - len(body)]
    info = body.lstrip(body[0])
    if prefix[-1:] not in ("", " ", "\t", ">") or (body[0] == "`" and "`" in info):
        return None
    fence = _Fence(body[0], len(body) - len(info), quote_depth(line), prefix)
    return fence, Line(prefix + body[: fence.length] + _language(info), code=True)


def _language(info: str) -> str:
    word = _WORD.search(info.strip().lstrip("{"))
    return word[0].lstrip(".")[:40] if word else ""
