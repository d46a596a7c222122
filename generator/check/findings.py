"""Makes the problems of the check from text that strangers wrote: short, and without what a terminal obeys."""

from __future__ import annotations

from generator.errors import Problem, Severity

_LONGEST = 200


def finding(
    path: str, line: int, field: str, message: str, hint: str = "", severity: Severity = "error"
) -> Problem:
    """A problem whose message and hint are safe to print."""
    return Problem(path, line, _printable(field), _printable(message), _printable(hint), severity)


def shown(text: str) -> str:
    """A stranger's text, cut so that the sentence around it can still be read."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
