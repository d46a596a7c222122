"""The kind of board that shares links, the hottest first: by their votes and by when they came."""

from __future__ import annotations

from generator.api import BoardKind, Feature

feature = Feature("links")

feature.board_kind(
    BoardKind(
        name="links",
        board_template="board-links.html",
        topic_template="link.html",
        by_activity=True,
        nested=True,
        links=True,
        views=("new",),
    )
)
