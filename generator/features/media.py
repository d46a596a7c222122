"""Pages of all pictures, sounds, films and files: of the site, of a board, and of a topic of several pages.

They are made where `[boards] media` is on, and only for what has any. Numbered pages go from the oldest entry on, as
those of boards do, so that what is added changes the front and one page.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.addresses import entry_address
from generator.api import LATEST, Artifact, Feature, Lookup, PageKind, Presenter, scope
from generator.catalog.rows import BoardRow, EntryRow, TopicRow
from generator.present.inventory import MediaItem, items
from generator.settings import BoardSettings
from generator.views import Link, Pages, PageView, Person, SiteView

feature = Feature("media")

ENTRIES = 24
"""Entries of a page, of which each has one item or more."""

BELOW = "media/"


class MediaEntry(Struct, frozen=True):
    """An entry with what is in it."""

    href: str
    """Its address."""
    topic: str
    """The title of its topic."""
    author: Person
    date: int
    items: tuple[MediaItem, ...]
    """What is in it, each file once."""
    dir: str = ""


class MediaContext(Struct, frozen=True):
    """What is in entries besides words, the newest first. `pages.number` is 0 on the front."""

    page: PageView
    site: SiteView
    title: str
    """The title of the board or topic, or empty."""
    entries: tuple[MediaEntry, ...]
    """The entries of the page."""
    pages: Pages


class MediaPages(PageKind[MediaContext]):
    """Pages of one list; `arg` is the list's scope, the page's number, and the keys of its board and topic."""

    templates = ("media.html",)
    rank = 45

    def context(self, lookup: Lookup, arg: str) -> MediaContext | None:
        """The front (number 0) or a numbered page."""
        name, digits, board_key, topic_key = arg.split("\n")
        board = lookup.board(board_key) if board_key else None
        topic = lookup.headline(topic_key) if topic_key else None
        if (board_key and board is None) or (topic_key and topic is None):
            return None
        presenter = Presenter(lookup, board.language if board else "")
        return _context(presenter, name, int(digits), board, topic)


@feature.page
class SiteMedia(MediaPages):
    """`/media/`."""

    name = "site-media"

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """A front, because all pages lead to it, and numbered pages if not all fits on it."""
        if lookup.setting("boards", BoardSettings).media:
            return _numbered(lookup, "/" + BELOW, _scope("media", ""), "", "", least=1)
        return iter(())


@feature.page
class BoardMedia(MediaPages):
    """`/cafe/media/`, and `/cafe/which-reader/media/` of a topic of several pages."""

    name = "board-media"
    per_board = True

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """The same for a board, and for its long topics."""
        board = lookup.board(scope)
        if board is None:
            return
        yield from _numbered(lookup, board.address + BELOW, _scope("media", scope), scope, "")
        for key, _ in lookup.scopes(f"media/{scope}"):
            topic = lookup.headline(key)
            if topic:
                yield from _numbered(lookup, topic.address + BELOW, _scope(f"media/{scope}", key), scope, key)


_scope = scope


def _numbered(lookup: Lookup, base: str, name: str, board: str, topic: str, least: int = 0) -> Iterator[Artifact]:
    pages = max(least, lookup.pages(name, ENTRIES))
    for number in range(pages + 1) if pages > 1 else range(pages):
        yield Artifact(base + (f"page/{number}/" if number else ""), f"{name}\n{number}\n{board}\n{topic}")


def _context(presenter: Presenter, name: str, number: int, board: BoardRow | None, topic: TopicRow | None) -> MediaContext:
    above = topic.address if topic else board.address if board else "/"
    title = topic.title if topic else presenter.board_text(board).title if board else ""
    base = above + BELOW
    pages = presenter.lookup.pages(name, ENTRIES)
    trail = presenter.trail(board)
    return MediaContext(
        page=presenter.page(
            base + (f"page/{number}/" if number else ""),
            "media",
            title,
            language=board.language if board else "",
            crumbs=(*trail, Link(presenter.href(above), title)) if topic else trail,
            noindex=True,
        ),
        site=presenter.site(),
        title=title,
        entries=tuple(_entries(presenter, _window(presenter.lookup, name, number))),
        pages=presenter.pages(number, pages if pages > 1 else 0, base, newest_first=True),
    )


def _window(lookup: Lookup, name: str, number: int) -> tuple[str, ...]:
    if number:
        return tuple(reversed(lookup.window(name, (number - 1) * ENTRIES, ENTRIES)))
    return lookup.latest(name, min(ENTRIES, LATEST))


def _entries(presenter: Presenter, found: tuple[str, ...]) -> Iterator[MediaEntry]:
    """The entries that have anything: a picture that is not there is none."""
    for item in found:
        key, _, entry_id = item.rpartition("#")
        topic, row = presenter.lookup.headline(key), presenter.lookup.entry(f"topic/{key}", entry_id)
        if topic and row and not row.status:
            yield from _entry(presenter, topic, row)


def _entry(presenter: Presenter, topic: TopicRow, row: EntryRow) -> Iterator[MediaEntry]:
    inside = items(presenter, row)
    if inside:
        href = presenter.href(entry_address(topic.address, row.id, row.page))
        yield MediaEntry(href, topic.title, presenter.person(row.authors, row.name, row.url), row.date, inside, topic.dir)
