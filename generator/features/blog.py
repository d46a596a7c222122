"""The kind of board that tells: articles with excerpt and cover, newest first, with an archive."""

from __future__ import annotations

from generator.api import BoardKind, Feature

feature = Feature("blog")

feature.board_kind(
    BoardKind(
        name="blog",
        board_template="board-blog.html",
        topic_template="article.html",
        by_activity=False,
        archive=True,
        neighbours=True,
        nested=True,
    )
)
