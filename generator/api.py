"""The only module that a feature or a plugin imports: what it may read, give and say.

A feature is a `Feature` with page kinds and kinds of boards. Nothing here lets one feature change what
is another's, so all of it can be kept, and made in parallel.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from msgspec import Struct

from generator.catalog.keys import LATEST, board_owner, member_owner, scope
from generator.catalog.lookup import Lookup
from generator.errors import Problem
from generator.model import BoardKind
from generator.present.presenter import Presenter
from generator.theming.theme import Presentation, Theme
from generator.views import SiteView

__all__ = [
    "LATEST",
    "Artifact",
    "BoardKind",
    "Canvas",
    "CopiedFile",
    "Feature",
    "Lookup",
    "PageKind",
    "Presenter",
    "Problem",
    "Registry",
    "Theme",
    "board_owner",
    "member_owner",
    "scope",
    "site_file",
]

C = TypeVar("C")
K = TypeVar("K", bound="type[PageKind[Any]]")


class Artifact(Struct, frozen=True):
    """A file of the output that a page kind wants: its address, what it is about, and the source it comes from."""

    address: str
    arg: str = ""
    source: str = ""


class CopiedFile(Struct, frozen=True):
    """The context of a file that is copied as it is: the path below the site's root, and the digest."""

    path: str
    digest: bytes


class Canvas(Struct, frozen=True):
    """What pages are drawn on: the theme, how the site wants its pages shown, and the folder of the state."""

    theme: Theme
    presentation: Presentation
    state: Path

    def page(self, template: str, context: object) -> bytes:
        """A template's bytes for a context that has a `site`."""
        site: SiteView = context.site  # type: ignore[attr-defined]
        return self.theme.render(template, context, site, self.presentation).encode("utf-8", "replace")


class PageKind(ABC, Generic[C]):
    """A kind of page: which of them there are, what each one shows, and how that becomes bytes.

    `templates` are its own, the first is rendered; `per_board` asks it board by board; of two artifacts
    that want one address, that of the lower `rank` has it.
    """

    name: str
    templates: tuple[str, ...] = ()
    per_board: bool = False
    rank: int = 50

    @abstractmethod
    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """The pages that there are, of one board or of the site (scope "")."""

    @abstractmethod
    def context(self, lookup: Lookup, arg: str) -> C | None:
        """All that the page shows, as frozen data; None where it turns out that there is nothing to show."""

    def uses(self, board_kinds: Iterable[BoardKind]) -> tuple[str, ...]:
        """All templates that it may render, those of the kinds of boards included."""
        return self.templates

    def render(self, context: C, canvas: Canvas) -> bytes:
        """The page's bytes."""
        return canvas.page(self.templates[0], context)


@dataclass(slots=True)
class Feature:
    """What a feature adds: kinds of pages and kinds of boards."""

    name: str
    pages: list[PageKind[Any]] = field(default_factory=list)
    board_kinds: list[BoardKind] = field(default_factory=list)

    def page(self, kind: K) -> K:
        """Add a page kind; a class decorator."""
        self.pages.append(kind())
        return kind

    def board_kind(self, kind: BoardKind) -> None:
        """Add a kind of board."""
        self.board_kinds.append(kind)


class Registry(Struct, frozen=True):
    """All features together: page kinds and kinds of boards by name.

    `code` is the digest of the code that packages bring, b"" where there are none.
    """

    pages: dict[str, PageKind[Any]]
    board_kinds: dict[str, BoardKind]
    code: bytes = b""


def site_file(root: Path, path: str) -> Path:
    """A file of the site by its path below the root."""
    return root.joinpath(*path.split("/"))
