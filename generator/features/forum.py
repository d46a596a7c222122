"""The kind of board that discusses: threads with replies, the latest active first."""

from __future__ import annotations

from generator.api import BoardKind, Feature

feature = Feature("forum")

feature.board_kind(
    BoardKind(
        name="forum",
        board_template="board-forum.html",
        topic_template="topic.html",
        by_activity=True,
        answerable=True,
        nested=True,
    )
)
