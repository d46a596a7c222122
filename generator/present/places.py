"""Where a page stands: the way to it, the boards around it, and the pages of the same list."""

from __future__ import annotations

from generator.addresses import page_address
from generator.catalog.rows import BoardRow
from generator.present.people import People
from generator.views import Link, Pages


class Places(People):
    """Makes the views of places for one page."""

    def pages(self, number: int, total: int, base: str, *, newest_first: bool = False) -> Pages:
        """Links to numbered pages; `newest_first` where page 1 holds the oldest and is not the first shown."""
        numbers = _shown_numbers(number, total)
        links = tuple(
            None if one is None else Link(self._page_href(base, one, newest_first), str(one), one == number)
            for one in numbers
        )
        before = self._page_link(base, number - 1, total, newest_first)
        after = self._page_link(base, number + 1, total, newest_first)
        if newest_first and number == 0:
            before = self._page_link(base, total, total, newest_first)
            return Pages(number, total, links, newer=None, older=before)
        return Pages(number, total, links, newer=after, older=before)

    def _page_link(self, base: str, number: int, total: int, newest_first: bool) -> Link | None:
        if not 1 <= number <= total:
            return None
        return Link(self._page_href(base, number, newest_first), str(number))

    def _page_href(self, base: str, number: int, newest_first: bool) -> str:
        return self.href(page_address(base, number, numbered_first=newest_first))

    # Boards ----------------------------------------------------------------

    def board_of(self, key: str) -> tuple[Link | None, str]:
        """A link to the board of a key, and its language; nothing of one that is not built."""
        return self.once(("board", key, self.spoken), lambda new: new._board(key))

    def _board(self, key: str) -> tuple[Link | None, str]:
        board = self.lookup.board(key) if key else None
        return (self.board_link(board), board.language) if board else (None, "")

    def trail(self, board: BoardRow | None, *, including: bool = True) -> tuple[Link, ...]:
        """The way from the front page to a board."""
        key = board.key if board else None
        return self.once(("trail", key, including, self.spoken), lambda new: new._trail(board, including=including))

    def _trail(self, board: BoardRow | None, *, including: bool) -> tuple[Link, ...]:
        links = [Link(self.href(self.home), "")]
        if board:
            above = (self.lookup.board(key) for key in board.trail)
            links += [self.board_link(one) for one in above if one]
            links += [self.board_link(board)] if including else []
        return tuple(links)

    def board_views(self, board: BoardRow, current: str = "") -> tuple[Link, ...]:
        """The pages with other choices or orders of a board's topics, by name, its front first; none where it has none."""
        base = self.board_text(board).address
        names = ("", *board.views) if board.views else ()
        return tuple(Link(self.href(f"{base}{name}/" if name else base), name, name == current) for name in names)


def _shown_numbers(number: int, total: int) -> list[int | None]:
    """First, last and those around the current one; None for a gap."""
    wanted = sorted({one for one in (1, total, *range(number - 2, number + 3)) if 1 <= one <= total})
    shown: list[int | None] = []
    for one in wanted:
        if shown and shown[-1] is not None and one - shown[-1] > 1:
            shown.append(None if one - shown[-1] > 2 else one - 1)
        shown.append(one)
    return shown
