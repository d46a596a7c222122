"""Putting placeholders back into safe HTML: as elements and marks in text, as their source in code."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

from generator.markup.interface import Mark, MarkKind
from generator.markup.links import Marks
from generator.markup.marks import HELD, OPEN, Held, Holder, Kind
from generator.markup.names import named
from generator.markup.notes import Numbers

_INNER = r"(?:[^>\"]*\"[^\"]*\")*[^>\"]*>)"
_TAGS = re.compile(r"(</?[A-Za-z!]" + _INNER)
_NAME = re.compile(r"</?([A-Za-z0-9]+)")
_VOID = named("area base br col embed hr img input link meta source track wbr")
_VERBATIM = named("code pre kbd samp script style textarea title option")
_CONTEXT = re.compile(rf"(</?(?:a|{'|'.join(sorted(_VERBATIM))})\b" + _INNER, re.IGNORECASE)
_KINDS = {Kind.MENTION: MarkKind.MENTION, Kind.WIKI: MarkKind.WIKI, Kind.QUOTE: MarkKind.QUOTE}


def restore(html: str, holder: Holder, marks: Marks, prefix: str) -> str:
    """The safe HTML without placeholders, but for formulas, which are put in last."""
    if OPEN not in html:
        return html
    walk = _Walk(holder, marks, Numbers(holder, prefix))
    # Only a spoiler has to know of every element; else those count that read a placeholder in their own way.
    return walk.run(html, _TAGS if holder.has(Kind.SPOILER_OPEN) else _CONTEXT)


@dataclass(slots=True)
class _Walk:
    holder: Holder
    marks: Marks
    numbers: Numbers
    out: list[str] = field(default_factory=list)
    path: list[tuple[str, int]] = field(default_factory=list)
    verbatim: int = 0
    links: int = 0
    spoiler: tuple[int, int, Held] | None = None

    def run(self, html: str, tags: re.Pattern[str]) -> str:
        for at, token in enumerate(tags.split(html)):
            if at % 2:
                self._tag(token, at)
            elif OPEN in token:
                self._text(token)
            else:
                self.out.append(token)
        return "".join(self.out)

    def _tag(self, token: str, at: int) -> None:
        self.out.append(token)
        found = _NAME.match(token)
        name = found[1].lower() if found else ""
        if not name or name in _VOID:
            return
        if not token.startswith("</"):
            self.path.append((name, at))
            self._count(name, 1)
        elif self.path and self.path[-1][0] == name:
            self.path.pop()
            self._count(name, -1)

    def _count(self, name: str, step: int) -> None:
        self.verbatim += step * (name in _VERBATIM)
        self.links += step * (name == "a")

    def _text(self, token: str) -> None:
        done = 0
        for found in HELD.finditer(token):
            self.out.append(token[done : found.start()])
            done = found.end()
            self._put(self.holder.items[int(found[1])], found[0])
        self.out.append(token[done:])

    def _put(self, held: Held, placeholder: str) -> None:
        if self.verbatim:
            self.out.append(escape(held.source))
        elif held.kind in (Kind.MATH, Kind.DISPLAY):
            self.out.append(placeholder)
        elif held.kind is Kind.SPOILER_OPEN:
            self._open(held)
        elif held.kind is Kind.SPOILER_CLOSE:
            self._close(held)
        else:
            self.out.append(self._element(held) or escape(held.source))

    def _element(self, held: Held) -> str:
        """What stands for it in text; "" for its source."""
        if held.kind in (Kind.TEXT, Kind.EMOJI):
            return escape(held.value)
        if held.kind is Kind.NOTE_BACK:
            return self.numbers.back(held)
        if self.links:
            return escape(held.extra or held.value) if held.kind is Kind.WIKI else ""
        if held.kind is Kind.LINK:
            return self._link(held)
        if held.kind is Kind.NOTE_REF:
            return self.numbers.reference(held.value)
        return self._mark(held)

    def _link(self, held: Held) -> str:
        return f'<a href="{escape(held.value)}" rel="{self.marks.rel}">{escape(held.source)}</a>'

    def _mark(self, held: Held) -> str:
        kind = _KINDS.get(held.kind)
        if kind is None:
            return ""
        text, entry = _pointed(kind, held.extra)
        return self.marks.add(Mark(kind, held.value, text, entry, held.source, held.line))

    def _open(self, held: Held) -> None:
        # A spoiler that does not end in the element where it began stays text.
        self.spoiler = (len(self.out), self._parent(), held)
        self.out.append(escape(held.source))

    def _close(self, held: Held) -> None:
        opened, self.spoiler = self.spoiler, None
        if opened is None or opened[1] != self._parent():
            self.out.append(escape(held.source))
            return
        self.out[opened[0]] = '<span class="spoiler" tabindex="0">'
        self.out.append("</span>")

    def _parent(self) -> int:
        return self.path[-1][1] if self.path else -1


def _pointed(kind: MarkKind, extra: str) -> tuple[str, str]:
    """The text and the entry of a mark; a quote names an entry of its topic, or after a bracket one elsewhere."""
    if kind is MarkKind.WIKI:
        return extra, ""
    return (extra[1:], "") if extra.startswith("[") else ("", extra)
