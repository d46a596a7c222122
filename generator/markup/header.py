"""What a header says, as texts, lists and tables of them, and why one can't be read.

How it is read is left to `frontmatter` and `yamlheader`.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from msgspec import Struct, field

LIMIT = 64 * 1024
"""Characters of a header that are read."""

DEPTH = 32
"""How deep a header's lists and tables may nest."""

Value: TypeAlias = "str | list[Value] | dict[str, Value]"

# YAML 1.1, 5.1: what no stream may hold; and what it reads as a line's end, where editors see none.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


class Header(Struct, frozen=True):
    """The values of a header, and the line of each name (from 0 within the header)."""

    values: dict[str, Value] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


class HeaderError(Exception):
    """Why a header can't be read; its line counts from 0 within the header."""

    def __init__(self, line: int, message: str, hint: str = "", name: str = "") -> None:
        self.line, self.message, self.hint, self.name = line, message, hint, name
        super().__init__(message)


def printable(text: str, line: int) -> str:
    """The text, if it holds no control character and no lone surrogate, which an escape can write."""
    if odd := UNPRINTABLE.search(text):
        message = f"expected text, not the control character U+{ord(odd[0]):04X}"
        raise HeaderError(line, message, "Delete it; many editors don't show it.")
    return text
