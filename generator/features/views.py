"""Views of a board: pages with another choice or order of its topics, as `/questions/unanswered/`.

Which ones a board has is said by its kind. Numbered pages go from the oldest topic on, as those of boards do.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.api import LATEST, Artifact, Feature, Lookup, PageKind, Presenter, scope
from generator.catalog.rows import BoardRow
from generator.views import Link, Pages, PageView, SiteView, TopicCard

feature = Feature("views")

LISTS = {"new": "board"}
"""The lists of views that are not called as their list is."""


class ViewContext(Struct, frozen=True):
    """Topics of a board, the newest first. `pages.number` is 0 on the front, and `count` is given there only."""

    page: PageView
    site: SiteView
    key: str
    kind: str
    title: str
    """The board's title."""
    view: str
    """Which of the board's views it is: `unanswered`, `open` or `new`."""
    views: tuple[Link, ...]
    """All views of the board, by name; the first, without one, is its front."""
    topics: tuple[TopicCard, ...]
    pages: Pages
    count: int


@feature.page
class ViewPage(PageKind[ViewContext]):
    """`/questions/unanswered/` and `/questions/unanswered/page/2/`, in all languages of the board."""

    name = "board-view"
    templates = ("board-view.html",)
    per_board = True
    rank = 25

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """A front for each view, and numbered pages if not all fit on it."""
        board = lookup.board(scope)
        if board is None:
            return
        languages = [(board.address, "", board.path), *((one.address, one.language, one.path) for one in board.translations)]
        for view in board.views:
            total = _total(lookup, board, view)
            for address, language, path in languages:
                yield Artifact(f"{address}{view}/", f"{scope}:{view}:0:{language}", path)
                for number in range(1, total + 1):
                    yield Artifact(f"{address}{view}/page/{number}/", f"{scope}:{view}:{number}:{language}", path)

    def context(self, lookup: Lookup, arg: str) -> ViewContext | None:
        """The front (number 0) or a numbered page."""
        key, view, digits, language = arg.rsplit(":", 3)
        board, number = lookup.board(key), int(digits)
        if board is None:
            return None
        presenter = Presenter(lookup, language or board.language)
        named = presenter.board_text(board)
        base = f"{named.address}{view}/"
        return ViewContext(
            page=presenter.page(
                base + (f"page/{number}/" if number else ""),
                "board-view",
                named.title,
                language=named.language,
                crumbs=presenter.trail(board),
                alternates=presenter.board_alternates(board, f"{view}/") if not number else (),
                noindex=True,
            ),
            site=presenter.site(),
            key=key,
            kind=board.kind,
            title=named.title,
            view=view,
            views=presenter.board_views(board, view),
            topics=presenter.cards(_topics(lookup, board, view, number)),
            pages=presenter.pages(number, _total(lookup, board, view), base, newest_first=True),
            count=lookup.count(_list(board, view)) if number == 0 else 0,
        )


def _list(board: BoardRow, view: str) -> str:
    return scope(LISTS.get(view, view), board.key)


def _total(lookup: Lookup, board: BoardRow, view: str) -> int:
    """How many numbered pages there are: none where the front holds everything."""
    pages = lookup.pages(_list(board, view), board.per_page)
    return pages if pages > 1 else 0


def _topics(lookup: Lookup, board: BoardRow, view: str, number: int) -> tuple[str, ...]:
    if number:
        start = (number - 1) * board.per_page
        return tuple(reversed(lookup.window(_list(board, view), start, board.per_page)))
    return lookup.latest(_list(board, view), min(board.per_page, LATEST))
