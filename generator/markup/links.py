"""Addresses in safe HTML: what points into the site becomes a mark, ids get the entry's prefix."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import unquote

from generator.markup.interface import MARK_CLOSE, MARK_OPEN, Mark, MarkKind, Options
from generator.markup.marks import Holder, disarm

_TAG = re.compile(r"<([a-z][a-z0-9]*)((?:[^>\"]*\"[^\"]*\")+[^>\"]*)>|<(img|audio|video)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\s/])([A-Za-z-]+)=\"([^\"]*)\"")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ADDRESSES = frozenset(("href", "src", "poster", "cite"))
_REFERENCES = frozenset(("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns"))
# Browsers drop these from an address before they read it (WHATWG URL, 4.4).
_IGNORED = re.compile(r"[\t\n\r]")


def rel(options: Options) -> str:
    """What a link that leaves the site says of itself."""
    return "noopener" if options.trusted else "ugc nofollow noopener"


@dataclass(slots=True)
class Marks:
    """The marks of an entry, in the order in which its HTML needs them; `rel` is for links that leave the site."""

    rel: str
    found: list[Mark] = field(default_factory=list)

    def add(self, mark: Mark) -> str:
        """Number a mark; returns what stands for it in the HTML."""
        self.found.append(mark)
        return f"{MARK_OPEN}{len(self.found) - 1}{MARK_CLOSE}"

    def shown(self, html: str) -> str:
        """The HTML with its marks as the text that they show."""
        if MARK_OPEN not in html:
            return html
        return _MARK.sub(lambda found: escape(self._text(self.found[int(found[1])])), html)

    def _text(self, mark: Mark) -> str:
        if mark.kind in (MarkKind.WIKI, MarkKind.EMBED):
            return mark.text or mark.target
        if mark.kind is MarkKind.PLAYER:
            return mark.text
        return mark.source


_MARK = re.compile(f"{MARK_OPEN}([0-9]+){MARK_CLOSE}")


@dataclass(slots=True)
class Addresses:
    """The addresses of one entry; `images` gathers its pictures."""

    options: Options
    source: str
    holder: Holder
    marks: Marks
    images: list[str] = field(default_factory=list)

    def finish(self, html: str) -> str:
        """The HTML with addresses, ids and what follows from them as a page needs them."""
        return _TAG.sub(self._tag, html) if '="' in html or "<img" in html else html

    def _tag(self, found: re.Match[str]) -> str:
        tag = (found[1] or found[3]).lower()
        extra = ""

        def attribute(match: re.Match[str]) -> str:
            nonlocal extra
            name = match[2].lower()
            value = self.holder.sources(unescape(match[3]))
            if name in _ADDRESSES:
                extra = self._rel(tag, value)
                value = self._address(tag, name, value)
            elif not self._raw:
                value = self._prefixed(name, value)
            return f'{match[1]}{match[2]}="{escape(value)}"'

        inner = _ATTRIBUTE.sub(attribute, found[2] or "")
        return f"<{found[1] or found[3]}{inner.rstrip(' /')}{extra}{_ADDED.get(tag, '')}>"

    @property
    def _raw(self) -> bool:
        return self.options.trusted and self.options.raw_html

    def _prefixed(self, name: str, value: str) -> str:
        if name == "id":
            return self.options.prefix + value
        if name in _REFERENCES:
            return " ".join(self.options.prefix + part for part in value.split())
        return value

    def _rel(self, tag: str, value: str) -> str:
        if tag != "a" or not external(value):
            return ""
        return f' rel="{self.marks.rel}"'

    def _address(self, tag: str, name: str, value: str) -> str:
        if value.startswith("#"):
            return value if self._raw else f"#{self.options.prefix}{value[1:]}"
        if not value.strip() or external(value):
            self._picture(tag, name, value)
            return value
        # What can't be told apart later is decoded once, here: entities are by now.
        target = disarm(unquote(value))
        # "javascript%3A" is a file's name; decoded it would no longer be.
        target = value if external(target) else target
        self._picture(tag, name, target)
        return self.marks.add(Mark(MarkKind.ADDRESS, target, source=value, line=self._line(value, target)))

    def _picture(self, tag: str, name: str, address: str) -> None:
        if tag == "img" and name == "src" and address:
            self.images.append(address)

    def _line(self, value: str, target: str) -> int:
        for written in (value, target):
            at = self.source.find(written)
            if at >= 0:
                return self.source.count("\n", 0, at) + 1
        return 0


_ADDED = {"img": ' loading="lazy"', "audio": ' controls preload="none"', "video": ' controls preload="none"'}


def external(address: str) -> bool:
    """Whether an address leaves the site: it has a scheme or a host of its own."""
    address = _IGNORED.sub("", address).strip("\x00 \x01\x1f").replace("\\", "/")
    return address.startswith("//") or _SCHEME.match(address) is not None


