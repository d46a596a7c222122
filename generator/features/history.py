"""The history of a wiki: below its topic or page, `/help/glossary/history/` tells who changed what when, by git.

Numbered pages go from the oldest edit on, so that one more changes the front and one page. Where a topic has their
address, they give way. Search engines are not shown what was written once.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.api import Artifact, Feature, Lookup, PageKind, Presenter, scope
from generator.catalog.rows import TopicRow
from generator.model import Edit
from generator.present.edits import HISTORY, PART, EditView, edit
from generator.views import Link, Pages, PageView, SiteView

feature = Feature("history")


class HistoryContext(Struct, frozen=True):
    """The changes of a topic's or page's file, the newest first. `pages.number` is 0 on the front."""

    page: PageView
    site: SiteView
    title: str
    """The title of the topic or page."""
    href: str
    """Its address."""
    people: int
    """How many people changed it."""
    count: int
    """How many changes there are."""
    shy: bool
    """Whether it is not shown what changed, because something in the file is hidden."""
    edits: tuple[EditView, ...]
    """The changes of this page."""
    pages: Pages


@feature.page
class HistoryPage(PageKind[HistoryContext]):
    """`/help/glossary/history/` and `/help/glossary/history/page/1/`."""

    name = "history"
    templates = ("history.html",)
    rank = 45

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """A front for each wiki that git knows, and numbered pages if not all fits on it."""
        for key in lookup.window(_WIKIS, 0, lookup.count(_WIKIS)):
            topic = lookup.headline(key)
            if topic:
                yield from _numbered(lookup, topic)

    def context(self, lookup: Lookup, arg: str) -> HistoryContext | None:
        """The front (number 0) or a numbered page."""
        key, _, digits = arg.rpartition(":")
        topic, number = lookup.headline(key), int(digits)
        return _context(lookup, topic, number) if topic else None


_WIKIS = scope("wiki", "")


def _numbered(lookup: Lookup, topic: TopicRow) -> Iterator[Artifact]:
    pages = _pages(lookup, topic)
    for number in range(pages + 1) if pages > 1 else range(pages):
        address = topic.address + HISTORY + (f"page/{number}/" if number else "")
        yield Artifact(address, f"{topic.key}:{number}", topic.path)


def _pages(lookup: Lookup, topic: TopicRow) -> int:
    return -(-lookup.history(topic.path).count // PART)


def _context(lookup: Lookup, topic: TopicRow, number: int) -> HistoryContext:
    board = lookup.board(topic.board) if topic.board else None
    language = topic.language or (board.language if board else "")
    presenter, known, base = Presenter(lookup, language), lookup.history(topic.path), topic.address + HISTORY
    href, pages = presenter.href(topic.address), _pages(lookup, topic)
    return HistoryContext(
        page=presenter.page(
            base + (f"page/{number}/" if number else ""),
            "history",
            topic.title,
            language=language,
            crumbs=(*presenter.trail(board), Link(href, topic.title)),
            noindex=True,
        ),
        site=presenter.site(),
        title=topic.title,
        href=href,
        people=known.people,
        count=known.count,
        shy=known.shy,
        edits=tuple(edit(presenter, one) for one in _edits(lookup, topic, number, pages)),
        pages=presenter.pages(number, pages if pages > 1 else 0, base, newest_first=True),
    )


def _edits(lookup: Lookup, topic: TopicRow, number: int, pages: int) -> tuple[Edit, ...]:
    """The edits of a page, the newest first; the front has as many as a page holds."""
    if number:
        return lookup.edits(topic.path, number - 1)[::-1]
    newest = [one for part in range(max(0, pages - 2), pages) for one in lookup.edits(topic.path, part)]
    return tuple(reversed(newest[-PART:]))
