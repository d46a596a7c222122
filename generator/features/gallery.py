"""The kind of board that shows: albums as pictures, the newest first, each with what people say of it."""

from __future__ import annotations

from generator.api import BoardKind, Feature
from generator.views.seen import GALLERY

feature = Feature("gallery")

feature.board_kind(
    BoardKind(
        name=GALLERY,
        board_template="board-gallery.html",
        topic_template="album.html",
        by_activity=False,
        archive=True,
        neighbours=True,
    )
)
