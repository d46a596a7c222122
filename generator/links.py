"""Where things lead: addresses as they are printed, files beside texts, and the marks in entries' HTML.

Everything is read through the page's `Lookup`, so that whatever a page points to is traced.
"""

from __future__ import annotations

import posixpath
from functools import cached_property
from urllib.parse import quote

from markupsafe import Markup, escape

from generator.addresses import entry_address
from generator.catalog.lookup import Lookup
from generator.catalog.rows import EntryRow
from generator.config import SiteSettings
from generator.errors import Problem
from generator.markup.interface import Mark, MarkKind, resolve


class Linker:
    """Resolves the addresses of one page; what leads nowhere is in the lookup's `problems`."""

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup

    @cached_property
    def settings(self) -> SiteSettings:
        """The site's settings."""
        return self.lookup.setting("site", SiteSettings)

    # Addresses -------------------------------------------------------------

    def href(self, address: str) -> str:
        """An address below the site as it is printed: with the sub-path, percent-encoded."""
        path, sharp, fragment = address.partition("#")
        return self.settings.prefix + quote(path, safe="/-._~!$&'()*+,;=:@") + sharp + quote(fragment, safe="-._~")

    def url(self, address: str) -> str:
        """The absolute address, "" where the site has no `url`."""
        return self.settings.origin + self.href(address) if self.settings.origin else ""

    # Files and texts -------------------------------------------------------

    def picture(self, address: str, path: str) -> str:
        """The href of a picture that a field names: beside the file, in the site, or elsewhere."""
        if not address or "://" in address:
            return address if address.startswith(("https://", "http://")) else ""
        if address.startswith("/"):
            return self.href(address)
        asset = self.lookup.asset(joined(path, address))
        where = self.asset_address(asset.path) if asset else None
        return self.href(where) if where else ""

    def own_text(self, owner: str, board: str = "") -> Markup:
        """The text that a board, a member or a page says of itself."""
        rows = self.lookup.entries(owner)
        return self.html(rows[0], board, owner, "") if rows else Markup("")

    def html(self, row: EntryRow, board: str, owner: str, base: str) -> Markup:
        """An entry's HTML with its marks resolved; `base` is the address of the topic's first page."""
        if not row.html:
            return Markup("")
        known = self.lookup.html(row.html)
        return Markup(resolve(known.html, known.marks, lambda mark: self._resolved(mark, row, board, owner, base)))  # noqa: S704 - sanitised

    # What text points to ----------------------------------------------------

    def _resolved(self, mark: Mark, row: EntryRow, board: str, owner: str, base: str) -> str:
        if mark.kind is MarkKind.MENTION:
            return self._mention(mark)
        if mark.kind is MarkKind.WIKI:
            return self._wiki(mark, row, board)
        if mark.kind is MarkKind.QUOTE:
            return self._quote(mark, owner, base)
        return str(escape(self._address(mark, row)))

    def _mention(self, mark: Mark) -> str:
        member = self.lookup.member(mark.target)
        if member is None:
            return str(escape(mark.source))
        link = Markup('<a class="mention" href="{}">@<bdi>{}</bdi></a>')
        return link.format(self.href(member.address), member.name)

    def _wiki(self, mark: Mark, row: EntryRow, board: str) -> str:
        found = self.lookup.titled(mark.target)
        near = [place for place in found if place.board == board] or list(found)
        addresses = {place.address for place in near}
        if len(addresses) == 1:
            text = mark.text or near[0].title
            return Markup('<a class="wiki-link" href="{}">{}</a>').format(self.href(near[0].address), text)
        message = "leads nowhere" if not near else f"is ambiguous: {', '.join(sorted(addresses))}"
        hint = "Write the topic's title, or [[board/slug]]."
        self.report(row, mark.line, "", f"the link [[{mark.target}]] {message}", hint)
        return Markup('<span class="wiki-link broken">{}</span>').format(mark.text or mark.target)

    def _quote(self, mark: Mark, owner: str, base: str) -> str:
        member = self.lookup.member(mark.target)
        name = member.name if member else mark.target
        quoted = self.lookup.entry(owner, mark.entry) if mark.entry and base else None
        if quoted is None:
            return Markup("<bdi>{}</bdi>").format(name)
        href = self.href(entry_address(base, quoted.id, quoted.page))
        return Markup('<a href="{}"><bdi>{}</bdi> #{}</a>').format(href, name, quoted.number)

    def _address(self, mark: Mark, row: EntryRow) -> str:
        """Where a relative address leads: a page, a file beside it, or as it is written."""
        target, sharp, fragment = mark.target.partition("#")
        plain, question, query = target.partition("?")
        if plain.startswith("/"):
            return self.href(plain) + question + query + sharp + fragment
        path = joined(row.path, plain)
        place = self.lookup.at_path(path) if plain.endswith((".md", ".markdown")) else None
        if place:
            return self.href(place.address) + sharp + _inner(fragment)
        asset = self.lookup.asset(path)
        where = self.asset_address(asset.path) if asset else None
        if where:
            return self.href(where) + sharp + fragment
        if plain.endswith((".md", ".markdown")) or "." in posixpath.basename(plain):
            message = f"the address “{mark.target}” leads to no page and no file"
            self.report(row, mark.line, "", message, "Write it relative to this file, or put the file there.")
        return quote(mark.target, safe="/-._~!$&'()*+,;=:@#?%")

    def asset_address(self, path: str) -> str | None:
        """Where a file of content/ is copied to; None where its topic is not built."""
        asset = self.lookup.asset(path)
        if asset is None or not asset.copied:
            return None
        below = path.removeprefix("content/")
        if asset.topic:
            topic = self.lookup.topic(asset.topic)
            return topic.address + below.removeprefix(asset.topic + "/") if topic else None
        if asset.board:
            board = self.lookup.board(asset.board)
            return board.address + below.removeprefix(asset.board + "/") if board else None
        return "/" + below

    def report(self, row: EntryRow, line: int, field: str, message: str, hint: str) -> None:
        """A warning about something that an entry points to; `line` counts within its text."""
        at = row.line + max(line, 1) - 1
        self.lookup.problems.append(Problem(row.path, at, field, message, hint, "warning"))


def joined(path: str, relative: str) -> str:
    """A path relative to a file, as a path below the site's root."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), relative))


def _inner(fragment: str) -> str:
    """The id that a heading of another file's opening has on its page."""
    return fragment if not fragment or fragment.startswith(("r-", "s-")) else f"s-{fragment}"
