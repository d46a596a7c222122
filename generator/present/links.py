"""Where things lead: addresses as they are printed, files beside texts, and the marks in entries' HTML.

Everything is read through the page's `Lookup`, so that whatever a page points to is traced.
"""

from __future__ import annotations

import mimetypes
import posixpath
import re
from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from typing import Self, TypeVar
from unicodedata import normalize
from urllib.parse import quote

from markupsafe import Markup, escape

from generator.addresses import entry_address, size_address
from generator.catalog.lookup import Lookup
from generator.catalog.rows import AssetRow, EntryRow, HtmlRow, MemberRow, Place
from generator.errors import Problem
from generator.markup.interface import Mark, MarkKind, resolve
from generator.markup.links import external
from generator.media.pictures import Picture as Sized
from generator.settings import SiteSettings
from generator.views.seen import Picture, Source

T = TypeVar("T")

MARKDOWN = (".md", ".markdown")

# An address that is printed as it is: nothing in it has to be encoded.
_PLAIN = re.compile(r"[A-Za-z0-9_.~/-]*(?:#[A-Za-z0-9_.~-]*)?")


class Linker:
    """Resolves the addresses of one page; what leads nowhere is in the lookup's `problems`."""

    absolute = False
    """Whether printed addresses begin with the site's host, where it is known."""

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup

    def anew(self) -> Self:
        """Another one like it, that has read nothing yet."""
        return type(self)(self.lookup)

    def once(self, name: tuple[Hashable, ...], make: Callable[[Self], T]) -> T:
        """What `make` makes by one like this, made once in a build for all that ask by the same name.

        This one may have kept what it read, and who finds the thing made depends on all that it is made of.
        """
        return self.lookup.once((type(self), *name), lambda: make(self.anew()))

    @cached_property
    def settings(self) -> SiteSettings:
        """The site's settings."""
        return self.lookup.setting("site", SiteSettings)

    # Addresses -------------------------------------------------------------

    @cached_property
    def base(self) -> str:
        """What every printed address begins with: the site's sub-path."""
        return (self.settings.origin if self.absolute else "") + self.settings.prefix

    def href(self, address: str) -> str:
        """An address below the site as it is printed: with the sub-path, percent-encoded."""
        if _PLAIN.fullmatch(address):
            return self.base + address
        path, sharp, fragment = address.partition("#")
        return self.file_href(path) + sharp + quote(fragment, safe="-._~")

    def file_href(self, address: str) -> str:
        """The same of a file that is copied: a `#` belongs to its name."""
        return self.base + quote(address, safe="/-._~!$&'()*+,;=:@")

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
        asset = self.asset(joined(path, address))
        where = self.asset_address(asset.path) if asset else None
        return self.file_href(where) if where else ""

    def sized(self, address: str, path: str) -> Picture | None:
        """The same with its size, where it is a file of the site; None of one that is not there."""
        href = self.picture(address, path)
        if not href:
            return None
        name = f"static{address}" if address.startswith("/") else joined(path, address)
        asset = self.asset(name) if "://" not in address else None
        return self.drawn_from(asset, href) if asset else Picture(href)

    def small(self, address: str, path: str, width: int = 0) -> str:
        """The href of a picture that a field names, in the smallest size of a width that any browser shows; see `picture`."""
        name = f"static{address}" if address.startswith("/") else joined(path, address)
        asset = self.asset(name) if address and "://" not in address else None
        return (self.smallest(asset, width) if asset else "") or self.picture(address, path)

    def smallest(self, asset: AssetRow, width: int = 0) -> str:
        """The href of a file's smallest size that is so wide, else of its widest; "" where it has none."""
        found, where = asset.picture, self.asset_address(asset.path)
        if found is None or where is None or "webp" not in found.formats:
            return ""
        fitting = next((one for one in found.widths if one >= width), found.widths[-1])
        return self.file_href(size_address(where, fitting, "webp"))

    def drawn_from(self, asset: AssetRow, href: str) -> Picture:
        """A file of the site as a picture, with the sizes that there are of it."""
        found, where = asset.picture, self.asset_address(asset.path)
        if found is None or where is None:
            return Picture(href)
        sources = tuple(self._source(found, where, form) for form in found.formats)
        return Picture(href, found.width, found.height, media_type(asset.path), sources)

    def _source(self, found: Sized, where: str, form: str) -> Source:
        sizes = (f"{self.file_href(size_address(where, width, form))} {width}w" for width in found.widths)
        return Source(f"image/{form}", ", ".join(sizes))

    def own_text(self, owner: str, board: str = "") -> Markup:
        """The text that a board, a member or a page says of itself."""
        rows = self.lookup.entries(owner)
        return self.html(rows[0], board, owner, "") if rows else Markup("")

    def html(self, row: EntryRow, board: str, owner: str, base: str) -> Markup:
        """An entry's HTML with its marks resolved; `base` is the address of the topic's first page."""
        if not row.html:
            return Markup("")
        return self.rendered(self.lookup.html(row.html), row, board, owner, base)

    def rendered(self, known: HtmlRow, row: EntryRow, board: str, owner: str, base: str) -> Markup:
        """The same of HTML that is known, or of a part of it."""
        html = self._pictured(known, row) if known.images and not self.absolute else known.html
        return Markup(resolve(html, known.marks, lambda mark: self._resolved(mark, row, board, owner, base)))  # noqa: S704 - sanitised

    def _pictured(self, known: HtmlRow, row: EntryRow) -> str:
        """The HTML with the sizes of its pictures; a feed has the pictures alone, as not all readers know more."""
        from generator.present import responsive  # most pages have no picture of the site

        return responsive.pictured(known.html, lambda number: self.shown(known.marks[number], row))

    def shown(self, mark: Mark, row: EntryRow) -> Picture | None:
        """The picture that an address in a text leads to, where it is a file of the site."""
        path = f"static{mark.target}" if mark.target.startswith("/") else joined(row.path, mark.target)
        asset = self.asset(path)
        where = self.asset_address(asset.path) if asset else None
        return self.drawn_from(asset, self.file_href(where)) if asset and where else None

    # What text points to ----------------------------------------------------

    def _resolved(self, mark: Mark, row: EntryRow, board: str, owner: str, base: str) -> str:
        if mark.kind is MarkKind.MENTION:
            return self._mention(mark)
        if mark.kind is MarkKind.WIKI:
            return self._wiki(mark, row, board)
        if mark.kind is MarkKind.QUOTE:
            return self._quoted_elsewhere(mark, row, board) if mark.text else self._quote(mark, owner, base)
        if mark.kind is MarkKind.PLAYER:
            from generator.present.playing import player  # few texts have one

            return player(self, mark, row)
        if mark.kind is MarkKind.EMBED:
            from generator.present.playing import embed

            return embed(self, mark)
        return str(escape(self.leads(mark, row)))

    def _mention(self, mark: Mark) -> str:
        member = self.lookup.member(mark.target)
        if member is None:
            return str(escape(mark.source))
        link = Markup('<a class="mention" href="{}">@<bdi>{}</bdi></a>')
        name, address = self.called(member)
        return link.format(self.href(address), name)

    def called(self, member: MemberRow) -> tuple[str, str]:
        """What a member is called on the page, and where their page is."""
        return member.name, member.address

    def _wiki(self, mark: Mark, row: EntryRow, board: str) -> str:
        near = self._near(mark.target, board)
        addresses = {place.address for place in near}
        if len(addresses) == 1:
            return self._wiki_link(near[0].address, mark.text or near[0].title)
        part = None if near else self._part(mark, row, board)
        if part:
            return part
        message = "leads nowhere" if not near else f"is ambiguous: {', '.join(sorted(addresses))}"
        hint = "Write the topic's title, or [[board/slug]]."
        self.report(row, mark.line, "", f"the link [[{mark.target}]] {message}", hint)
        return Markup('<span class="wiki-link broken">{}</span>').format(mark.text or mark.target)

    def _near(self, target: str, board: str) -> list[Place]:
        """What a title can mean: what is on the same board, else all of it."""
        found = self.lookup.titled(target)
        return [place for place in found if place.board == board] or list(found)

    def _part(self, mark: Mark, row: EntryRow, board: str) -> str:
        """A link to the entry that `Title#id` means, to its topic where that has no such entry; "" where there is no topic."""
        title, _, entry_id = mark.target.rpartition("#")
        near = self._near(title, board) if title else []
        if len({place.address for place in near}) != 1 or not near[0].topic:
            return ""
        entry = self.lookup.entry(f"topic/{near[0].topic}", entry_id.removeprefix("r-"))
        if entry:
            text = mark.text or f"{near[0].title} #{entry.number}"
            return self._wiki_link(entry_address(near[0].address, entry.id, entry.page), text)
        message = f"the link [[{mark.target}]] leads to the topic: there is no entry “{entry_id}” in it"
        self.report(row, mark.line, "", message, "Write the entry's id, as its address has it after #r-.")
        return self._wiki_link(near[0].address, mark.text or near[0].title)

    def _wiki_link(self, address: str, text: str) -> str:
        return Markup('<a class="wiki-link" href="{}">{}</a>').format(self.href(address), text)

    def _quote(self, mark: Mark, owner: str, base: str) -> str:
        member = self.lookup.member(mark.target)
        name = self.called(member)[0] if member else mark.target
        quoted = self.lookup.entry(owner, mark.entry) if mark.entry and base else None
        if quoted is None:
            return Markup("<bdi>{}</bdi>").format(name)
        href = self.href(entry_address(base, quoted.id, quoted.page))
        return Markup('<a href="{}"><bdi>{}</bdi> #{}</a>').format(href, name, quoted.number)

    def _quoted_elsewhere(self, mark: Mark, row: EntryRow, board: str) -> str:
        """The source of a quote from another topic."""
        member = self.lookup.member(mark.target)
        name = self.called(member)[0] if member else mark.target
        link = self._wiki(Mark(MarkKind.WIKI, mark.text, line=mark.line), row, board)
        return Markup("<bdi>{}</bdi>, {}").format(name, Markup(link))  # noqa: S704 - it is escaped

    def leads(self, mark: Mark, row: EntryRow) -> str:
        """Where a relative address leads: a page, a file beside it, or as it is written."""
        if external(mark.target):
            return mark.target
        target, sharp, fragment = mark.target.partition("#")
        plain, question, query = target.partition("?")
        # A name may have a # or ? of its own.
        whole = self._file(mark.target, row) if plain != mark.target else None
        if whole:
            return whole
        if plain.startswith("/"):
            return self.href(plain) + question + query + sharp + fragment
        where = self._file(plain, row)
        if where:
            return where + sharp + (_inner(fragment) if plain.endswith(MARKDOWN) else fragment)
        if plain.endswith(MARKDOWN) or "." in posixpath.basename(plain):
            message = f"the address “{mark.target}” leads to no page and no file"
            self.report(row, mark.line, "", message, "Write it relative to this file, or put the file there.")
        return quote(mark.target, safe="/-._~!$&'()*+,;=:@#?%")

    def _file(self, target: str, row: EntryRow) -> str | None:
        """Where a file's path leads that is relative to the text's own, or with a `/` to static/."""
        path = f"static{target}" if target.startswith("/") else joined(row.path, target)
        places = map(self.lookup.at_path, _forms(path)) if path.endswith(MARKDOWN) else ()
        place = next(filter(None, places), None)
        if place:
            return self.href(place.address)
        asset = self.asset(path)
        where = self.asset_address(asset.path) if asset else None
        return self.file_href(where) if where else None

    def beside(self, target: str, path: str) -> AssetRow | None:
        """The file that a text names: relative to its own, or with a `/` in static/."""
        return self.asset(f"static{target}" if target.startswith("/") else joined(path, target))

    def asset(self, path: str) -> AssetRow | None:
        """The file that is copied from a path, in whichever Unicode form the file system has its name."""
        return next(filter(None, map(self.lookup.asset, _forms(path))), None)

    def asset_address(self, path: str) -> str | None:
        """Where a file of content/ or static/ is copied to; None where its topic is not built."""
        asset = self.lookup.asset(path)
        if asset is None or not asset.copied:
            return None
        if path.startswith("static/"):
            return path.removeprefix("static")
        below = path.removeprefix("content/")
        if asset.topic:
            topic = self.lookup.headline(asset.topic)
            return topic.address + below.removeprefix(asset.topic + "/") if topic else None
        if asset.board:
            board = self.lookup.board(asset.board)
            return board.address + below.removeprefix(asset.board + "/") if board else None
        return "/" + below

    def report(self, row: EntryRow, line: int, field: str, message: str, hint: str) -> None:
        """A warning about something that an entry points to; `line` counts within its text."""
        at = row.line + max(line, 1) - 1
        self.lookup.problems.append(Problem(row.path, at, field, message, hint, "warning"))


def _forms(path: str) -> Iterable[str]:
    """A path as it is written, composed and decomposed."""
    return (path,) if path.isascii() else dict.fromkeys((path, normalize("NFC", path), normalize("NFD", path)))


def joined(path: str, relative: str) -> str:
    """A path relative to a file, as a path below the site's root."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), relative))


def _inner(fragment: str) -> str:
    """The id that a heading of another file's opening has on its page."""
    return fragment if not fragment or fragment.startswith(("r-", "s-")) else f"s-{fragment}"


def media_type(path: str) -> str:
    """The media type of a file by its name."""
    return mimetypes.guess_type(path)[0] or "application/octet-stream"
