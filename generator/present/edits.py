"""The history of a page as its readers see it: who changed it when, what they said of it, and what came and went.

What git tells is read by `history`; here words are compared, so that a line that was mended shows what of it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from generator.catalog.rows import TopicRow
from generator.model import Edit, Moment
from generator.present.people import People
from generator.views import Person

HISTORY = "history/"
"""Where the page of a history is, below its topic's address."""

PART = 20
"""Edits that share one key, and a page of the history."""

TOKENS = 64
"""Words and signs of a line that are compared; of more, all count as changed."""


class HistoryView(Struct, frozen=True):
    """Who changed a page, and how often."""

    people: int
    """How many people changed it."""
    count: int
    """How many changes there are."""
    edits: tuple[tuple[Moment, Person, str, int, int], ...]
    """The newest changes, the newest first: when, who, what they said of it, lines that came and lines that went."""
    href: str
    """The address of the page that shows what changed."""


class WordChange(Struct, frozen=True):
    """Some words of a line."""

    text: str
    sign: str = ""
    """`+` for what came, `-` for what went, or empty."""


class LineChange(Struct, frozen=True):
    """A line of a change."""

    sign: str
    """`+` came, `-` went, `~` was mended, `@` stands for lines that are left out, or empty for one as it was."""
    pieces: tuple[WordChange, ...] = ()
    """Its words; of a mended line those that went and those that came."""


class EditView(Struct, frozen=True):
    """One change."""

    at: Moment
    """When it was made."""
    author: Person
    """Who made it."""
    message: str
    """What they said of it."""
    added: int
    """How many lines came."""
    removed: int
    """How many lines went."""
    lines: tuple[LineChange, ...]
    """What changed, with a line around it."""
    cut: bool
    """Whether more changed than is shown."""


def history(presenter: People, topic: TopicRow) -> HistoryView | None:
    """The history of a topic's or page's file, None where it has none to show."""
    found = presenter.lookup.history(topic.path) if topic.wiki else None
    if found is None or not found.count:
        return None
    shown = ((one.at, presenter.person([one.name]), one.message, one.added, one.removed) for one in found.edits)
    return HistoryView(found.people, found.count, tuple(shown), presenter.href(topic.address + HISTORY))


def edit(presenter: People, one: Edit) -> EditView:
    """One change with what it changed."""
    return EditView(
        one.at, presenter.person([one.name]), one.message, one.added, one.removed, tuple(_lines(one.lines)), one.cut
    )


# What changed ----------------------------------------------------------------


def _lines(diff: Sequence[str]) -> Iterator[LineChange]:
    """The lines of a diff; what went and what came in its place stand together."""
    first = True
    for changed, run in groupby(diff, key=lambda line: line[:1] in ("+", "-")):
        if changed:
            yield from _changed([*run])
            continue
        for line in run:
            if line != "@":
                yield LineChange("", (WordChange(line[1:]),))
            elif not first:
                yield LineChange("@")
            first = False


def _changed(run: list[str]) -> Iterator[LineChange]:
    """Lines that went and came: one may be another, mended; what is left of the longer side only went, or only came."""
    gone, come = ([line[1:] for line in run if line[0] == sign] for sign in "-+")
    both = min(len(gone), len(come))
    for old, new in zip(gone, come, strict=False):
        yield from _mended(old, new)
    yield from (LineChange("-", (WordChange(line, "-"),)) for line in gone[both:])
    yield from (LineChange("+", (WordChange(line, "+"),)) for line in come[both:])


def _mended(old: str, new: str) -> Iterator[LineChange]:
    """One line in place of another, with the words that differ; two lines where they have little in common."""
    pieces = tuple(_pieces(_tokens(old), _tokens(new)))
    same = sum(len(piece.text) for piece in pieces if not piece.sign)
    if same * 3 >= max(len(old), len(new)):
        yield LineChange("~", pieces)
    else:
        yield from (LineChange("-", (WordChange(old, "-"),)), LineChange("+", (WordChange(new, "+"),)))


def _tokens(text: str) -> list[str]:
    return re.findall(r"\s+|[^\W_]+(?:\u200c[^\W_]+)*|.", text)


def _pieces(old: list[str], new: list[str]) -> Iterator[WordChange]:
    start = _common(old, new)
    end = min(_common(old[::-1], new[::-1]), min(len(old), len(new)) - start)
    yield from _piece(old[:start])
    yield from _compared(old[start : len(old) - end], new[start : len(new) - end])
    yield from _piece(old[len(old) - end :])


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    """How many tokens two lines have in common at their beginning."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count


def _compared(old: list[str], new: list[str]) -> Iterator[WordChange]:
    if max(len(old), len(new)) > TOKENS:
        yield from (*_piece(old, "-"), *_piece(new, "+"))
        return
    from difflib import SequenceMatcher  # few pages show a history

    for kind, low, high, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from _piece(old[low:high])
        else:
            yield from (*_piece(old[low:high], "-"), *_piece(new[start:end], "+"))


def _piece(tokens: list[str], sign: str = "") -> Iterator[WordChange]:
    if tokens:
        yield WordChange("".join(tokens), sign)
