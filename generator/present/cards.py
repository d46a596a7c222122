"""What is drawn for previews of a topic, a board, a plain page and the front page: the words and the colours.

How it is drawn is the theme's business, in its template `card.svg`; that it is drawn is the feature's.
"""

from __future__ import annotations

from generator.catalog.rows import BoardRow, BoardText, TopicRow
from generator.present.people import hue, shape
from generator.present.presenter import Presenter
from generator.views import Card, Person

OWN = (6, 3)
"""The colour and the pattern of what is on no board."""


def of_topic(presenter: Presenter, topic: TopicRow, board: BoardRow | None = None) -> Card | None:
    """That of a topic, or of a plain page; none where it has a picture of its own, or was hidden."""
    if topic.cover or topic.hidden or not presenter.draws_cards:
        return None
    place = presenter.board_text(board).title if board else ""
    author = presenter.person(topic.authors, topic.name) if board else None
    return _card(presenter, topic.address, topic.title, board.key if board else "", place, author)


def of_board(presenter: Presenter, board: BoardRow, named: BoardText) -> Card | None:
    """That of a board in one of its languages; it is the same on all pages of the board."""
    if not presenter.draws_cards:
        return None
    return _card(presenter, named.address, named.title, board.key)


def of_front(presenter: Presenter, address: str) -> Card | None:
    """That of the front page; none where the site has a picture."""
    if presenter.settings.card or not presenter.draws_cards:
        return None
    return _card(presenter, address, presenter.site().description or presenter.site().title, "")


def _card(
    presenter: Presenter, address: str, title: str, colour: str, place: str = "", author: Person | None = None
) -> Card:
    name = author.name if author else ""
    colours = (hue(colour), shape(colour)) if colour else OWN
    return Card(
        address=address,
        title=title,
        place=place,
        author=name,
        initials=author.initials if author and name else "",
        site=presenter.site().title,
        language=presenter.foreign or presenter.settings.language,
        hue=colours[0],
        shape=colours[1],
        author_hue=author.hue if author else 0,
    )
