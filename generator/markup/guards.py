"""Guards: deterministic limits, so that no text takes long, whoever wrote it and whatever the machine's load.

Each looks at a text and says in words what is too much; what to do then is for `render` to decide.
"""

from __future__ import annotations

import re

FAST_LIMIT = 64 * 1024
"""Characters beyond which only the fast engine is used."""
PLAIN_LIMIT = 512 * 1024
"""Characters beyond which a text is shown as it is."""
DEPTH = 250
"""HTML elements within each other; browsers cut at 512."""
BLOCKS = 60
"""Quotes and lists within each other."""

_COUNTS = {"[": 2000, "<": 1500, "`": 4000, "*": 4000, "_": 4000, "~": 2000, "&": 4000, "\\": 6000, "!": 2000}
_CELLS = 30_000
_HEADINGS = 600
"""Headings and rules; the engine copies the rest of their paragraph at each."""
_SPACES = re.compile(r"[ \t]{300}")
_WORK = 4_000_000
"""Brackets times the characters of their paragraph, in all: each may be looked for to the paragraph's end."""
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
_ITEM = re.compile(r"^[ ]*(?:[-*+]|[0-9]+\.)[ ]", re.MULTILINE)
_HEADING = re.compile(r"^[ ]{0,3}(?:#|[=-]+[ \t]*$|[-*_][ \t]*[-*_][ \t]*[-*_])", re.MULTILINE)
_FENCED = re.compile(r"^(`{3,}|~{3,})[\w+#.-]*[ \t]*\n[\s\S]*?^\1[ \t]*$", re.MULTILINE)
_MARKS = frozenset("-*+>0123456789")
_MARKER = re.compile(r">[ \t]*|(?:[-*+]|[0-9]{1,9}[.)])[ \t]+")


def amplification(size: int) -> int:
    """How much HTML a text of so many characters may become."""
    return 20 * size + 64 * 1024


def too_big(text: str) -> str:
    """What is too big for any engine, or ""."""
    return f"it has {len(text)} characters, more than {PLAIN_LIMIT}" if len(text) > PLAIN_LIMIT else ""


def too_heavy(text: str) -> str:
    """What in a text is too much for the engine `markdown`, or ""."""
    if len(text) > FAST_LIMIT:
        return f"it has {len(text)} characters, more than {FAST_LIMIT}"
    if _block_depth(text) > BLOCKS:
        return f"more than {BLOCKS} quotes or lists lie within each other"
    # Short texts are quick whatever they hold.
    if len(text) < 700:
        return ""
    return _repeated(text)


def _repeated(text: str) -> str:
    if (" " * 40 in text or "\t" in text) and _SPACES.search(text):
        return "it has a run of more than 300 spaces"
    rest = _FENCED.sub("", text) if "```" in text or "~~~" in text else text
    for char, most in _COUNTS.items():
        if rest.count(char) > most:
            return f"it has more than {most} “{char}” outside fenced code"
    if rest.count("\n") >= _HEADINGS and len(_HEADING.findall(rest)) > _HEADINGS:
        return f"it has more than {_HEADINGS} headings and rules"
    if (rest.count("[") + rest.count("<")) * len(rest) > _WORK and _bracket_work(rest) > _WORK:
        return "it has too many “[” or “<” in long paragraphs"
    return _table(rest) or _repeating_references(rest)


def _bracket_work(text: str) -> int:
    blocks = _PARAGRAPHS.split(text)
    # Only a block that begins as a list is parsed item by item.
    parts = (part for block in blocks for part in (_ITEM.split(block) if _ITEM.match(block) else (block,)))
    return sum((part.count("[") + part.count("<") // 2) * len(part) for part in parts)


def _table(text: str) -> str:
    if text.count("|") < 200:
        return ""
    lines = text.split("\n")
    cells = max(line.count("|") for line in lines) * len(lines)
    return f"a table of more than {_CELLS} cells" if cells > _CELLS else ""


_DEFINED = re.compile(r"^[ ]{0,3}\[[^\]\n]*\]:[ \t]*\n?[ \t]*(.+)", re.MULTILINE)


def _repeating_references(text: str) -> str:
    """Whether one definition, used again and again, could swell the output (a 60 KiB address, used 1,000 times)."""
    if "]:" not in text:
        return ""
    longest = max((len(found) for found in _DEFINED.findall(text)), default=0)
    return "a long address is used again and again" if longest * text.count("[") > amplification(len(text)) else ""


def _block_depth(text: str) -> int:
    """How deep quotes and lists may lie in each other, by markers and indentation of the worst line."""
    if len(text) <= BLOCKS:
        return 0
    return max((_line_depth(line) for line in text.split("\n") if line.lstrip(" \t")[:1] in _MARKS), default=0)


def _line_depth(line: str) -> int:
    body = line.lstrip(" \t")
    level, at = 0, 0
    while found := _MARKER.match(body, at):
        level, at = level + 1, found.end()
    # A list within a list is indented by two spaces at least.
    return level + (len(line.expandtabs(4)) - len(body.expandtabs(4))) // 2
