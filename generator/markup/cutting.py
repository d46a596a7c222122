"""Cuts a file into its entries at the lines that are `--- reply`, and escapes such lines in a text."""

from __future__ import annotations

import re

from msgspec import Struct

SEPARATOR = "--- reply"

# A pattern that begins with its letters is found many times as quick as one that begins with `^`.
_LINE = re.compile(r"--- reply(?<![^\n]--- reply)[ \t]*$", re.MULTILINE)
_TO_ESCAPE = re.compile(r"^(?=\\*--- reply[ \t]*$)", re.MULTILINE)
_ESCAPED = re.compile(r"^\\(?=\\*--- reply[ \t]*$)", re.MULTILINE)
_BLANK_LINES = re.compile(r"(?:[ \t]*\n)+")


class Piece(Struct, frozen=True):
    """One entry of a file with its header; `line` is where it begins (a reply: after its separator)."""

    line: int
    text: str


def cut(text: str) -> tuple[Piece, ...]:
    """The pieces of a text whose lines end with line feeds; the first is what stands before any reply.

    The line separates wherever it stands, inside a code fence too: a stranger's unclosed fence must not
    swallow the replies after it.
    """
    if SEPARATOR not in text:
        return (Piece(1, text),)
    pieces: list[Piece] = []
    line, start = 1, 0
    for found in _LINE.finditer(text):
        pieces.append(Piece(line, text[start : found.start()]))
        line += text.count("\n", start, found.end()) + 1
        start = found.end() + 1
    return (*pieces, Piece(line, text[start:]))


def escape(text: str) -> str:
    """A text as a writer puts it into a file: a line that would separate gets a backslash before it."""
    return _TO_ESCAPE.sub(r"\\", text) if SEPARATOR in text else text


def unescape(text: str) -> str:
    """The text that `escape` was given."""
    return _ESCAPED.sub("", text) if SEPARATOR in text else text


def trimmed(text: str, line: int) -> tuple[str, int]:
    """A text without the empty lines around it, and the line where it now begins."""
    blank = _BLANK_LINES.match(text)
    if blank:
        line += blank[0].count("\n")
        text = text[blank.end() :]
    return text.rstrip(" \t\n"), line
