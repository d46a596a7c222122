"""The kind of board that asks: questions with votes, and answers of which one may be accepted."""

from __future__ import annotations

from generator.api import BoardKind, Feature

feature = Feature("questions")

feature.board_kind(
    BoardKind(
        name="questions",
        board_template="board-questions.html",
        topic_template="question.html",
        by_activity=True,
        answerable=True,
        nested=True,
        answers=True,
        views=("unanswered", "open"),
    )
)
