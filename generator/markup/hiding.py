"""Addresses for mail, written so that those who harvest them find none: `leila at example…` for leila@example.org.

Ids of messages have the same form, so they go with them. Which boards hide them is the board's business.
"""

from __future__ import annotations

import re
from typing import TypeVar

from msgspec.structs import replace

from generator import digest
from generator.markup.interface import Rendered
from generator.model import Document, Entry, TopicFields

Said = TypeVar("Said", Entry, TopicFields)

_DOMAIN = re.compile(r"@((?:[0-9A-Za-z\u00a1-\u024f\u0370-\u052f](?:[0-9A-Za-z\u00a1-\u024f\u0370-\u052f-]{0,62}))(?:\.[0-9A-Za-z\u00a1-\u024f\u0370-\u052f-]{1,63})+)")
_LOCAL = "".join(chr(code) for code in range(33, 127) if chr(code) not in "()<>[]:;@\\,\"")
"""What stands before the @ (RFC 5322, 3.2.3, atext and dots), as it is met in texts."""

_BEHIND = re.compile(r"\S+(?:@| at )\S+ \(([^()]+)\)")
"""A name behind an address, as old programs wrote it."""

_MANGLED = re.compile(r"(?<!\S)(\S{1,64}) at ([\w-]{1,63})(?:\.[\w-]{1,63})+(?!\S)")
"""An address as the archives of Mailman write it."""

_MAILTO = re.compile(r"mailto:$", re.IGNORECASE)
_ADDRESS = re.compile(r' href="(?:mailto:[^"]*|https?://[^"/]*@[^"]*)"', re.IGNORECASE)
_ATTRIBUTE = re.compile(r'((?:href|src|cite|srcset|poster|longdesc)=")([^"]*@[^"]*)"')


def hide(text: str) -> str:
    """The text without addresses for mail; `mailto:` before one goes too."""
    if "@" not in text:
        return text
    parts: list[str] = []
    done = 0
    for found in _DOMAIN.finditer(text):
        before = text[done : found.start()]
        # Not a pattern: one that looks for the beginning of a word would take too long for a long one.
        bare = before.rstrip(_LOCAL)
        local = before[len(bare) :].lstrip("'`*_{|")
        if not local:
            continue
        head = before[: len(before) - len(local)]
        parts += [_MAILTO.sub("", head), local, " at ", found[1].partition(".")[0], "…"]
        done = found.end()
    return "".join(parts) + text[done:]


def named(text: str) -> str:
    """Somebody's name without the address that mail programs put behind it."""
    if found := _BEHIND.fullmatch(text):
        text = found[1]
    head, bracket, tail = text.partition("<")
    name = head.strip().strip("\"'").strip()
    shown = name if bracket and "@" in tail and name and "@" not in name else hide(text)
    return _MANGLED.sub(r"\1 at \2…", shown)


def rendered(found: Rendered) -> Rendered:
    """The same for safe HTML: links to addresses lead nowhere, and those that hold one don't show it."""
    if "@" not in found.html and "@" not in found.text:
        return found
    html = _ADDRESS.sub("", found.html)
    html = hide(_ATTRIBUTE.sub(lambda one: f'{one[1]}{covered(one[2])}"', html))
    headings = tuple(replace(heading, text=hide(heading.text)) for heading in found.headings)
    marks = tuple(
        replace(mark, target=hide(mark.target), text=hide(mark.text), source=hide(mark.source)) for mark in found.marks
    )
    return replace(found, html=html, marks=marks, text=hide(found.text), headings=headings)


def covered(url: str) -> str:
    """An address on the web that works as before, and looks like none for mail."""
    return url.replace("@", "%40")


def document(found: Document) -> Document:
    """What a topic's file says, without addresses in names, titles and notices."""
    head = found.head
    if isinstance(head, TopicFields):
        # An id is told by feeds, and mail has an address there.
        mark = digest.of_text(head.id).hex() if "@" in head.id else head.id
        tags = tuple(map(hide, head.tags))
        head = replace(head, id=mark, title=hide(head.title), summary=hide(head.summary), series=hide(head.series), tags=tags)
    return replace(found, head=head, entries=tuple(map(_entry, found.entries)))


def _entry(entry: Entry) -> Entry:
    shown = (*entry.authors, entry.name, entry.title, entry.event, *(one.name for one in entry.attachments))
    if not any("@" in text for text in shown):
        return entry
    return replace(
        entry,
        authors=tuple(map(named, entry.authors)),
        name=named(entry.name),
        title=hide(entry.title),
        event=hide(entry.event),
        attachments=tuple(replace(one, name=hide(one.name)) for one in entry.attachments),
    )
