"""Footnotes, alike on both engines: `[^label]` in the text, `[^label]: …` at a line's start.

The notes are moved to a list at the end of the source, so that the engine parses their text too.
A label that is used but never defined stays text; a note that nothing points to is kept, at the end.
"""

from __future__ import annotations

import re

from msgspec import Struct

from generator.markup.marks import CLOSE, HELD, OPEN, Held, Holder, Kind

BACK_LINKS = 10
"""Places that a note leads back to; one that is pointed to more often leads to the first of them."""

_NEW_BLOCK = re.compile(r"[ ]{0,3}(?:#|>|```|~~~|[-*+][ ]|\d+[.)][ ])")


class _Note(Struct, frozen=True):
    label: str
    body: list[str]


def gather(text: str, holder: Holder) -> str:
    """The text with its notes moved to a list at its end."""
    if not holder.has(Kind.NOTE):
        return text
    rest, notes = _cut(text.split("\n"), holder)
    ordered = _ordered(notes, holder)
    items = [_item(note, number, holder) for number, note in enumerate(ordered, 1)]
    start, end = holder.hold(Held(Kind.NOTES_OPEN)), holder.hold(Held(Kind.NOTES_CLOSE))
    return "\n\n".join(["\n".join(rest), start, *items, end])


def _cut(lines: list[str], holder: Holder) -> tuple[list[str], dict[str, _Note]]:
    rest: list[str] = []
    notes: dict[str, _Note] = {}
    at = 0
    while at < len(lines):
        held = _head(lines[at], holder)
        if held is None or held.value in notes:
            rest.append(lines[at])
            at += 1
            continue
        end = _end(lines, at + 1)
        first = HELD.sub("", lines[at], count=1)
        notes[held.value] = _Note(held.value, [first, *(_dedented(line) for line in lines[at + 1 : end])])
        at = end
    return rest, notes


def _head(line: str, holder: Holder) -> Held | None:
    found = HELD.match(line)
    held = holder.items[int(found[1])] if found else None
    return held if held and held.kind is Kind.NOTE else None


def _end(lines: list[str], at: int) -> int:
    """The line after a note: it goes on over indented lines, and lazily to the end of its paragraph."""
    end, lazy = at, True
    for number in range(at, len(lines)):
        line = lines[number]
        if not line.strip():
            lazy = False
        elif line.startswith(("    ", "\t")) or (lazy and not HELD.match(line) and not _NEW_BLOCK.match(line)):
            end = number + 1
        else:
            break
    return end


def _dedented(line: str) -> str:
    return line[1:] if line.startswith("\t") else line[4:] if line.startswith("    ") else line.lstrip(" ")


def _ordered(notes: dict[str, _Note], holder: Holder) -> list[_Note]:
    used = dict.fromkeys(held.value for held in holder.items if held.kind is Kind.NOTE_REF)
    return [notes[label] for label in used if label in notes] + [
        note for label, note in notes.items() if label not in used
    ]


def _item(note: _Note, number: int, holder: Holder) -> str:
    start = holder.hold(Held(Kind.NOTE_ITEM, "", note.label, str(number)))
    back = holder.hold(Held(Kind.NOTE_BACK, "", note.label, str(number)))
    body = "\n".join(f"    {line}" if line.strip() else "" for line in note.body).strip("\n")
    return f"1.  {start}\n\n{body}\n\n    {back}"


_SECTION = re.compile(rf"<li>\s*<p>{OPEN}([0-9]+){CLOSE}</p>\n?|(</p>)?\s*<p>{OPEN}([0-9]+){CLOSE}</p>")


class Numbers:
    """The numbers of an entry's notes and how often each was pointed to, while its HTML is finished."""

    def __init__(self, holder: Holder, prefix: str) -> None:
        self.prefix = prefix
        self.of = {held.value: held.extra for held in holder.items if held.kind is Kind.NOTE_ITEM}
        self.uses: dict[str, int] = {}

    def reference(self, label: str) -> str:
        """The element that points to a note; "" if there is no such note."""
        number = self.of.get(label)
        if not number:
            return ""
        use = self.uses[label] = self.uses.get(label, 0) + 1
        place = f' id="{self._reference_id(number, use)}"' if use <= BACK_LINKS else ""
        return f'<sup class="footnote-ref"><a href="#{self.prefix}fn-{number}"{place}>{number}</a></sup>'

    def back(self, held: Held) -> str:
        """The links from a note back to where it was pointed to."""
        return "".join(
            f' <a href="#{self._reference_id(held.extra, use)}" class="footnote-back" aria-label="↩ {held.extra}">↩</a>'
            for use in range(1, min(self.uses.get(held.value, 0), BACK_LINKS) + 1)
        )

    def _reference_id(self, number: str, use: int) -> str:
        return f"{self.prefix}fnref-{number}" + (f"-{use}" if use > 1 else "")


def finish(html: str, holder: Holder, prefix: str) -> str:
    """The safe HTML with the list at its end as a section of notes; back links are still placeholders."""
    if not holder.has(Kind.NOTES_OPEN):
        return html

    def put(found: re.Match[str]) -> str:
        number = found[1] or found[3]
        held = holder.items[int(number)]
        if found[1]:
            return f'<li id="{prefix}fn-{held.extra}">' if held.kind is Kind.NOTE_ITEM else found[0]
        return _boundary(held, found[2] or "", f"{OPEN}{number}{CLOSE}") or found[0]

    return _SECTION.sub(put, html)


def _boundary(held: Held, before: str, placeholder: str) -> str:
    if held.kind is Kind.NOTES_OPEN:
        return f'{before}\n<section class="footnotes" role="doc-endnotes">'
    if held.kind is Kind.NOTES_CLOSE:
        return f"{before}\n</section>"
    if held.kind is Kind.NOTE_BACK:
        return f"{placeholder}</p>" if before else f"\n<p>{placeholder}</p>"
    return ""
