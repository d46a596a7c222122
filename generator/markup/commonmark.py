"""The engine `commonmark`: CommonMark with GFM's tables, strikethrough and task lists, by pyromark."""

from __future__ import annotations

import pyromark

from generator.markup.engines import TooMuchOutputError

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH | pyromark.Options.ENABLE_TASKLISTS
)


class CommonMark:
    """See `Engine`."""

    def __init__(self) -> None:
        self.markdown = pyromark.Markdown(options=_OPTIONS)

    def convert(self, text: str, limit: int) -> str:
        """Raw HTML; conversion stops as soon as there is too much of it."""
        # Only a text of this size can reach the limit by repeating what it defines once.
        if len(text) < 1000:
            return self.markdown.html(text)
        sink = _Sink(limit)
        self.markdown.write_html(text, sink)
        return b"".join(sink.parts).decode()


class _Sink:
    def __init__(self, limit: int) -> None:
        self.left = limit
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.left -= len(data)
        if self.left < 0:
            raise TooMuchOutputError
        self.parts.append(bytes(data))
        return len(data)

