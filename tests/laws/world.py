"""A small site that changes at random as its owners would change it, for any build with its clock and drafts.

What else can happen to a site (its output edited by hand, an upgrade, plugins) is in `hands` and `packages`.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.laws.content import BOARDS, Content
from tests.laws.folder import FIRST_NOW, Edit, tree
from tests.laws.surroundings import Surroundings
from tests.laws.values import BOARD_FIELDS, MEMBER_FIELDS, TOPIC_FIELDS

__all__ = ["FIRST_NOW", "World", "tree"]


KINDS = {"blog": "blog", "cafe/tea": "podcast", "گپ": "questions", "list": "mail", "chat": "chat"}


class World(Content, Surroundings):
    """The site's files as they should be, kept in one folder; an edit changes the folder at once."""

    without: frozenset[str] = frozenset()
    """Names of edits that don't happen."""

    def __init__(self, root: Path, random: Random) -> None:
        super().__init__(root, random)
        self._begin()

    def edits(self) -> list[tuple[int, Edit]]:
        """All that can happen, each with its weight."""
        return [*self.content_edits(), *self.surrounding_edits()]

    def edit(self) -> str:
        """Change something at random; what was done, in words."""
        possible = [(weight, edit) for weight, edit in self.edits() if edit.__name__ not in self.without]
        weights, edits = zip(*possible, strict=True)
        done: str = self.random.choices(edits, weights)[0]()
        self.forget_gone()
        return done

    def _begin(self) -> None:
        for board in BOARDS:
            self.document(f"content/{board}/board.md", BOARD_FIELDS, {"title": board, "kind": KINDS.get(board, "forum")}, 0)
        self.document("content/members/leila.md", MEMBER_FIELDS, {"name": "Leila"}, 0)
        self.document("content/about.md", TOPIC_FIELDS, {"title": "About"}, 0)
        self.document("content/index.md", TOPIC_FIELDS, {}, 0)
        for _ in range(8):
            self.add_topic()
        self.put("content/cafe/photo.png", b"photo")
        self.save_settings()
