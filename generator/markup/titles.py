"""Finds the title that stands as a heading at the top of a Markdown text."""

from __future__ import annotations

import re

# CommonMark 4.2 and 4.3; a setext heading of one line.
_ATX = re.compile(r" {0,3}#[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*")
_SETEXT = re.compile(r" {0,3}(?![ \t>#\-*+`~|<\[!]|\d{1,9}[.)])(.+?)[ \t]*")
_UNDERLINE = re.compile(r" {0,3}=+[ \t]*")
_LONGEST = 300
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_CODE = re.compile(r"(`{1,3})([^`]+)\1")
_STRONG = re.compile(r"(\*{1,3})(?=\S)([^*]+)(?<=\S)\1")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def leading_title(text: str) -> tuple[str, str]:
    """The level-1 heading that a text begins with, as plain text ("" without one), and the text after it."""
    line, _, rest = text.partition("\n")
    if len(line) > _LONGEST:  # no title is as long, and the patterns take time by its square
        return "", text
    if found := _ATX.fullmatch(line):
        return _plain(found[1]), rest
    underline, _, after = rest.partition("\n")
    if (found := _SETEXT.fullmatch(line)) and _UNDERLINE.fullmatch(underline):
        return _plain(found[1]), after
    return "", text


def _plain(heading: str) -> str:
    for mark, kept in ((_LINK, r"\1"), (_CODE, r"\2"), (_STRONG, r"\2"), (_ESCAPE, r"\1")):
        heading = mark.sub(kept, heading)
    return " ".join(heading.split())
