"""The Markdown engines behind one interface: a text goes in, raw HTML comes out.

An engine's HTML is not safe; sanitising and all extras come after, the same for every engine.
"""

from __future__ import annotations

from functools import cache
from typing import Protocol

from generator.errors import Problem, SiteError

FAST = "commonmark"
"""The engine that no input slows down; what the other one can't take is given to it."""


class TooMuchOutputError(Exception):
    """An engine made more HTML than it was allowed to."""


class Engine(Protocol):
    """One Markdown converter, kept for the life of a process."""

    def convert(self, text: str, limit: int) -> str:
        """Raw HTML of at most about `limit` characters; raises `TooMuchOutputError` beyond."""


@cache
def engine(name: str) -> Engine:
    """The engine of a name, "markdown" or "commonmark"; made at its first use.

    Raises `SiteError` where a package that it needs can't be loaded.
    """
    try:
        return _made(name)
    except ImportError as error:
        message = f"the engine “{name}” can't be loaded: {error}"
        raise SiteError(Problem("", 0, "markdown.engine", message, "Install Anjoman again, with all that it needs.")) from error


def _made(name: str) -> Engine:
    if name == "markdown":
        from generator.markup.python_markdown import PythonMarkdown

        return PythonMarkdown()
    from generator.markup.commonmark import CommonMark

    return CommonMark()
