"""Plain text as HTML: for mail and chats, and for what no engine could take."""

from __future__ import annotations

import re
from html import escape

from generator.markup.inline import trimmed

_URL = re.compile(r"\bhttps?://(?=[^\W_]|\[)[^\s<>\"`]+", re.IGNORECASE)


def page(text: str, rel: str) -> str:
    """The text, escaped, with its line ends kept by the style of `plain`, and bare links linked."""
    text = text.strip("\n")
    return f'<div class="plain">{linked(text, rel)}</div>'


def linked(text: str, rel: str) -> str:
    """The text, escaped, with bare links linked."""
    parts: list[str] = []
    done = 0
    for found in _URL.finditer(text) if "://" in text else ():
        url = trimmed(found[0])
        parts.append(escape(text[done : found.start()], quote=False))
        parts.append(f'<a href="{escape(url)}" rel="{rel}">{escape(url, quote=False)}</a>')
        done = found.start() + len(url)
    return "".join(parts) + escape(text[done:], quote=False)
