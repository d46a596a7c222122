"""Alerts, admonitions, spoilers and quotes with a source: blocks that the engines don't know alike.

In the source each becomes an ordinary quote whose first paragraph is a placeholder; in the safe HTML
that quote becomes the block's element. Heads of footnotes are marked here too; `notes` takes them on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

from generator.markup.fences import Line, quote_depth
from generator.markup.marks import BREAK, CLOSE, OPEN, Held, Holder, Kind
from generator.markup.names import MEMBER

NESTING = 20
"""Admonitions within admonitions; deeper ones stay text."""

ALERTS = ("note", "tip", "important", "warning", "caution")
_ALIASES = {
    "info": "note", "abstract": "note", "summary": "note", "example": "note", "quote": "note", "seealso": "note",
    "hint": "tip", "success": "tip", "check": "tip", "todo": "tip", "question": "important", "faq": "important",
    "attention": "warning", "danger": "caution", "error": "caution", "bug": "caution", "failure": "caution",
}  # fmt: skip

_TRIGGER = re.compile(r"^[ >]*>(?:!|[ ]?\[!|[ ]?@)|^!!!|^[ ]{0,3}\[\^", re.MULTILINE)
_ALERT = re.compile(r"([ >]*)>[ ]?(\[!(\w+)\])[ \t]*")
_SPOILER = re.compile(r"([ >]*)>![ ]?(.*)")
_SOURCE = re.compile(rf"([ >]*)>[ ]?(@{MEMBER}(?:[ ]+#(?P<entry>[A-Za-z0-9._-]{{1,64}})|[ ]+\[\[(?P<topic>[^\[\]|\n]{{1,300}})\]\])?:)[ \t]*")
_ADMONITION = re.compile(r"!!![ ]?([\w-]+)(?:[ ]+\"([^\"]*)\")?[ \t]*")
_NOTE = re.compile(r"[ ]{0,3}(\[\^([^\]\s\[]{1,100})\]:)[ \t]*")


def may_start(text: str) -> bool:
    """Whether such a block may begin in a text without fenced code."""
    return (">" in text or "!!!" in text or "[^" in text) and _TRIGGER.search(text) is not None


def arrange(lines: list[Line], holder: Holder) -> list[Line]:
    """The lines with every such block as a quote with a placeholder; their number stays the same."""
    if not any(_TRIGGER.match(line.text) for line in lines if not line.code):
        return lines
    return _Arranger(lines, holder).arrange()


@dataclass(slots=True)
class _Arranger:
    lines: list[Line]
    holder: Holder
    first: int = 1
    nesting: int = 0
    done: list[Line] = field(default_factory=list)
    special: bool = False
    spoiling: bool = False

    def arrange(self) -> list[Line]:
        while len(self.done) < len(self.lines):
            line = self.lines[len(self.done)]
            if line.code or not self._block(line):
                self.done.append(line)
        return self.done

    def _block(self, line: Line) -> bool:
        text = line.text
        if text.startswith("!!!"):
            return self._admonition(text)
        if text.lstrip(" ").startswith(">"):
            return self._quote(text)
        self.spoiling = False
        return text.lstrip(" ").startswith("[^") and self._note(text)

    def _quote(self, text: str) -> bool:
        if found := _SPOILER.fullmatch(text):
            return self._spoiler(found)
        starts = self._starts(text)
        if not starts:
            return False
        self.spoiling = False
        if (found := _ALERT.fullmatch(text)) and found[3].lower() in ALERTS:
            return self._head(found[1], self._hold(Kind.ALERT, found[2], found[3].lower()))
        if found := _SOURCE.fullmatch(text):
            name = found["name"] or found["quoted"]
            topic = (found["topic"] or "").strip()
            return self._head(found[1], self._hold(Kind.QUOTE, found[2], name, f"[{topic}" if topic else found["entry"] or ""))
        parted = self._parted(text) if self.special else ""
        self.special = False
        return bool(parted) and self._emit(parted + text)

    def _spoiler(self, found: re.Match[str]) -> bool:
        prefix, text = found.groups()
        if self.spoiling and not self._starts(found[0]):
            return self._emit(f"{prefix}> {text}")
        self.spoiling = True
        body = f"{BREAK}{prefix}> {text}" if text else ""
        return self._head(prefix, self._hold(Kind.SPOILER, ">!"), body)

    def _head(self, prefix: str, held: str, body: str = "") -> bool:
        parted = self._parted(prefix + ">")
        self.special = True
        return self._emit(f"{parted}{prefix}> {held}{BREAK}{prefix}>{body}")

    def _admonition(self, text: str) -> bool:
        found = _ADMONITION.fullmatch(text)
        if not found or self.nesting >= NESTING:
            return False
        name = found[1].lower()
        title = found[2] if found[2] is not None else ("" if name in ALERTS else found[1].capitalize())
        kind = name if name in ALERTS else _ALIASES.get(name, "note")
        at = len(self.done)
        body = self._body(at + 1)
        inner = _Arranger(body, self.holder, self.first + at + 1, self.nesting + 1).arrange()
        held = self._hold(Kind.ALERT, text.strip(), kind, title)
        self._emit(f"{self._parted('>')}> {held}{BREAK}>" + ("" if inner else BREAK))
        self.done += [Line(_quoted(line.text), line.code) for line in inner]
        if inner:
            self.done[-1] = Line(self.done[-1].text + BREAK, self.done[-1].code)
        self.special = True
        return True

    def _body(self, start: int) -> list[Line]:
        end = start
        for at in range(start, len(self.lines)):
            text = self.lines[at].text
            if text.startswith(("    ", "\t")):
                end = at + 1
            elif text.strip():
                break
        return [Line(_dedented(line.text), line.code) for line in self.lines[start:end]]

    def _note(self, text: str) -> bool:
        found = _NOTE.match(text)
        if not found:
            return False
        return self._emit(self._hold(Kind.NOTE, found[1], found[2]) + text[found.end() :])

    def _starts(self, text: str) -> bool:
        """Whether a quote of this depth begins here: the line before is not in it."""
        return not self.done or quote_depth(self.lines[len(self.done) - 1].text) < quote_depth(text)

    def _parted(self, text: str) -> str:
        """What keeps two quotes apart, because Python-Markdown joins those with only blank lines between."""
        if quote_depth(text) > 1 or not self.done or self.done[-1].text.strip(BREAK + " "):
            return ""
        before = next((line.text for line in reversed(self.done) if line.text.strip(BREAK + " ")), "")
        if not before.lstrip(" ").startswith(">"):
            return ""
        return self.holder.hold(Held(Kind.SEPARATOR)) + BREAK + BREAK

    def _hold(self, kind: Kind, source: str, value: str = "", extra: str = "") -> str:
        return self.holder.hold(Held(kind, source, value, extra, self.first + len(self.done)))

    def _emit(self, text: str) -> bool:
        self.done.append(Line(text))
        return True


def _dedented(text: str) -> str:
    return text[1:] if text.startswith("\t") else text[4:] if text.startswith("    ") else text.lstrip(" ")


def _quoted(text: str) -> str:
    return "> " + text.replace(BREAK, BREAK + "> ")


_QUOTES = re.compile(
    rf"<blockquote(?:[^>\"]*\"[^\"]*\")*[^>\"]*>(?:\s*<p>{OPEN}([0-9]+){CLOSE}</p>\n?)?|</blockquote>"
)
_ALONE = re.compile(rf"<p>{OPEN}([0-9]+){CLOSE}</p>\n?")
_BLOCKS = (Kind.ALERT, Kind.SPOILER, Kind.QUOTE)


def finish(html: str, holder: Holder, labels: dict[str, str]) -> str:
    """The safe HTML with the marked quotes as the elements that they stand for.

    `labels` gives the shown word for "note" … "caution" and "spoiler", where it is not the English one.
    """
    if not holder.has(*_BLOCKS, Kind.SEPARATOR):
        return html
    closers: list[str] = []

    def put(found: re.Match[str]) -> str:
        if found[0] == "</blockquote>":
            return closers.pop() if closers else found[0]
        held = holder.items[int(found[1])] if found[1] else Held(Kind.TEXT)
        closers.append(_closer(held))
        return _opener(held, found, labels)

    return _separated(_QUOTES.sub(put, html), holder)


def _closer(held: Held) -> str:
    return {Kind.ALERT: "</aside>", Kind.SPOILER: "</details>"}.get(held.kind, "</blockquote>")


def _opener(held: Held, found: re.Match[str], labels: dict[str, str]) -> str:
    if held.kind is Kind.ALERT:
        title = escape(held.extra or labels.get(held.value, held.value.capitalize()))
        return f'<aside class="alert alert-{held.value}"><p class="alert-title">{title}</p>\n'
    if held.kind is Kind.SPOILER:
        return f'<details class="spoiler"><summary>{escape(labels.get("spoiler", "Spoiler"))}</summary>\n'
    if held.kind is Kind.QUOTE:
        mark = f"{OPEN}{found[1]}{CLOSE}"
        return f'<blockquote>\n<p class="quote-source"><cite>{mark}</cite></p>\n'
    return found[0]


def _separated(html: str, holder: Holder) -> str:
    def put(found: re.Match[str]) -> str:
        return "" if holder.items[int(found[1])].kind is Kind.SEPARATOR else found[0]

    return _ALONE.sub(put, html)
