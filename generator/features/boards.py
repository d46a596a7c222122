"""Boards: a front with what is alive, and numbered pages by creation that stay as they are.

The front of a board of discussions holds its pinned and its latest active topics, that of a blog its newest
articles. Numbered pages go from the oldest topic on, so that a new reply changes the front and one page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup
from msgspec import Struct

from generator.api import (
    Artifact,
    BoardKind,
    Canvas,
    Feature,
    Lookup,
    PageKind,
    Presenter,
    board_owner,
    scope,
)
from generator.catalog.rows import BoardRow, BoardText
from generator.podcast import NO_SHOW
from generator.present import cards
from generator.present.activity import shown
from generator.present.episodes import ShowView, show
from generator.present.series import family
from generator.views import BoardCard, Link, Pages, PageView, Person, SiteView, TopicCard
from generator.views.mails import MailMonth

feature = Feature("boards")


class BoardContext(Struct, frozen=True):
    """`pages.number` is 0 on the front; `count` and `pinned` are given there only."""

    page: PageView
    site: SiteView
    template: str
    """The template of the board's kind."""
    key: str
    kind: str
    title: str
    description: str
    text: Markup
    children: tuple[BoardCard, ...]
    """The boards inside it."""
    pinned: tuple[TopicCard, ...]
    topics: tuple[TopicCard, ...]
    pages: Pages
    count: int
    archive: str
    """The address of its archive, or empty."""
    series: str
    """The address of the page of its series, on the front of a board that has some, or empty."""
    activity: str
    """The address of the page of its activity, on the front of a site that has such, or empty."""
    moderators: tuple[Person, ...]
    """Who looks after it."""
    show: ShowView | None
    """What it says of its podcast, on the front."""
    views: tuple[Link, ...] = ()
    """The pages with other choices or orders of its topics, by name; the first, without one, is its front."""
    media: str = ""
    """The address of the page of its pictures, sounds, films and files, or empty."""
    months: tuple[MailMonth, ...] = ()
    """The months of a mailing list, newest first, on the front."""


@feature.page
class BoardPage(PageKind[BoardContext]):
    """`/cafe/` and `/cafe/page/3/`, and `/fa/cafe/` where there is a `board.fa.md`."""

    name = "board"
    per_board = True
    rank = 20

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """The front, and the numbered pages if not all topics fit on it, in all languages of the board."""
        board = lookup.board(scope)
        if board is None:
            return
        for address, language, path in _languages(board):
            yield Artifact(address, f"{scope}:0{language}", path)
            for number in range(1, _total(lookup, board) + 1):
                yield Artifact(f"{address}page/{number}/", f"{scope}:{number}{language}", path)

    def context(self, lookup: Lookup, arg: str) -> BoardContext | None:
        """The front (number 0) or a numbered page."""
        key, _, digits = arg.rpartition(":")
        digits, _, language = digits.partition("@")
        board, number = lookup.board(key), int(digits)
        if board is None:
            return None
        presenter = Presenter(lookup, language or board.language)
        named = presenter.board_text(board)
        front = number == 0
        children = lookup.boards(key) if front else ()
        return BoardContext(
            page=self._page(presenter, board, named, number),
            site=presenter.site(),
            template=board.board_template,
            key=key,
            kind=board.kind,
            title=named.title,
            description=named.description,
            text=presenter.own_text(board_owner(key, language), key) if front else Markup(""),
            children=tuple(presenter.board_card(child) for child in children),
            pinned=presenter.cards(reversed(self._pinned(lookup, key))) if front else (),
            topics=presenter.cards(_topics(lookup, board, number)),
            pages=presenter.pages(number, _total(lookup, board), named.address, newest_first=True),
            count=lookup.count(scope("board", key)) if front else 0,
            archive=presenter.href(f"{board.address}archive/") if board.archive or board.mail else "",
            series=_series(lookup, presenter, board) if front else "",
            activity=presenter.href(f"{board.address}activity/") if front and shown(lookup, "boards") else "",
            moderators=tuple(presenter.person([name]) for name in board.moderators) if front else (),
            show=show(presenter, board) if front and board.show != NO_SHOW else None,
            views=presenter.board_views(board),
            media=presenter.media(board.address, scope("media", key)) if front else "",
            months=_months(presenter, board) if front and board.mail else (),
        )

    def _page(self, presenter: Presenter, board: BoardRow, named: BoardText, number: int) -> PageView:
        below = f"page/{number}/" if number else ""
        return presenter.page(
            named.address + below,
            "board",
            named.title,
            description=named.description,
            language=named.language,
            alternates=presenter.board_alternates(board, below),
            crumbs=presenter.trail(board, including=bool(number)),
            card=cards.of_board(presenter, board, named),
            feeds=presenter.feeds(board.address, board.title, "boards", board.feeds),
        )

    def _pinned(self, lookup: Lookup, key: str) -> tuple[str, ...]:
        return tuple(reversed(lookup.latest(scope("pinned", key), 50)))

    def uses(self, board_kinds: Iterable[BoardKind]) -> tuple[str, ...]:
        """A template for each kind of board."""
        return tuple(kind.board_template for kind in board_kinds)

    def render(self, context: BoardContext, canvas: Canvas) -> bytes:
        """By the template of the board's kind."""
        return canvas.page(context.template, context)


def _series(lookup: Lookup, presenter: Presenter, board: BoardRow) -> str:
    """The page of the board's series, "" where it has none."""
    return presenter.href(f"{board.address}series/") if board.neighbours and lookup.scopes(family(board.key)) else ""


def _months(presenter: Presenter, board: BoardRow) -> tuple[MailMonth, ...]:
    from generator.present.mailing import months  # most sites have no lists

    return months(presenter, board)


def _languages(board: BoardRow) -> Iterator[tuple[str, str, str]]:
    """A board's address in each of its languages, the mark of the language in arguments, and the file that it comes from."""
    yield board.address, "", board.path
    for one in board.translations:
        yield one.address, f"@{one.language}", one.path


def _total(lookup: Lookup, board: BoardRow) -> int:
    """How many numbered pages there are: none where the front holds everything."""
    pages = lookup.pages(scope("board", board.key), board.per_page)
    return pages if pages > 1 else 0


def _topics(lookup: Lookup, board: BoardRow, number: int) -> tuple[str, ...]:
    if number:
        window = lookup.window(scope("board", board.key), (number - 1) * board.per_page, board.per_page)
        return tuple(reversed(window))
    return lookup.latest(scope("front", board.key), board.per_page)
