"""HTML in one form, so that only what a browser would see differently differs."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

from generator.markup.names import named

_BLOCKS = named(
    "address article blockquote body dd div dl dt h1 h2 h3 h4 h5 h6 hr html li ol p pre script section style "
    "table tbody td th thead tr ul"
)


def normal(html: str) -> str:
    """Attributes sorted, no space around blocks, single spaces elsewhere, void elements alike; `pre` untouched."""
    parser = _Normal()
    parser.feed(html)
    parser.close()
    return "".join(parser.parts).strip()


class _Normal(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.kept = 0
        self.after_block = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._edge(tag)
        shown = "".join(f' {name}="{escape(value or "")}"' for name, value in sorted(attrs, key=str))
        self.parts.append(f"<{tag}{shown}>")
        self.kept += tag == "pre"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._edge(tag)
        if tag == "code" and self.kept and self.parts[-1].endswith("\n"):
            # The last line end in a block of code is never shown.
            self.parts[-1] = self.parts[-1][:-1]
        self.parts.append(f"</{tag}>")
        self.kept -= tag == "pre"

    def handle_data(self, data: str) -> None:
        if self.kept:
            self.parts.append(escape(data))
            return
        text = re.sub(r"\s+", " ", data)
        self.parts.append(escape(text.lstrip() if self.after_block else text))
        self.after_block = self.after_block and not text.strip()

    def handle_comment(self, data: str) -> None:
        self.parts.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.parts.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.parts.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.parts.append(f"<![{data}]>")

    def _edge(self, tag: str) -> None:
        block = tag in _BLOCKS or tag == "br"
        if block and self.parts and not self.kept:
            self.parts[-1] = self.parts[-1].rstrip(" ")
        self.after_block = block
