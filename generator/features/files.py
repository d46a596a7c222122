"""Files that are copied: attachments beside topics, the folder static/, and the theme's assets.

What a browser would run (HTML, SVG, XML, scripts) is copied only where the settings trust its path.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.api import Artifact, Canvas, CopiedFile, Feature, Lookup, PageKind, Presenter

feature = Feature("files")


@feature.page
class Attachments(PageKind[CopiedFile]):
    """Files beside a board's topics, at the topic's address."""

    name = "attachment"
    per_board = True
    rank = 70

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """The files of topics that are built."""
        return _beside(lookup, scope)

    def context(self, lookup: Lookup, arg: str) -> CopiedFile | None:
        """The file's path and digest."""
        return _copied(lookup, arg)


@feature.page
class PageFiles(PageKind[CopiedFile]):
    """Files in content/ off boards, at the same path."""

    name = "page-file"
    rank = 70

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """The files beside plain pages and members."""
        return _beside(lookup, "")

    def context(self, lookup: Lookup, arg: str) -> CopiedFile | None:
        """The file's path and digest."""
        return _copied(lookup, arg)


@feature.page
class StaticFiles(PageKind[CopiedFile]):
    """The folder static/, as it is."""

    name = "static"
    rank = 80

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """Every file of static/."""
        for asset in lookup.assets("static/"):
            yield Artifact("/" + asset.path.removeprefix("static/"), asset.path, asset.path)

    def context(self, lookup: Lookup, arg: str) -> CopiedFile | None:
        """The file's path and digest."""
        return _copied(lookup, arg)


@dataclass(frozen=True, slots=True)
class NoJekyll:
    """An empty file."""


@feature.page
class NoJekyllFile(PageKind[NoJekyll]):
    """`/.nojekyll`: without it, GitHub Pages leaves the folder `_` out of a branch that it publishes."""

    name = "no-jekyll"
    rank = 90

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One file."""
        yield Artifact("/.nojekyll")

    def context(self, lookup: Lookup, arg: str) -> NoJekyll:
        """Nothing."""
        return NoJekyll()

    def render(self, context: NoJekyll, canvas: Canvas) -> bytes:
        """Nothing."""
        return b""


def _beside(lookup: Lookup, board: str) -> Iterator[Artifact]:
    presenter = Presenter(lookup)
    for asset in lookup.assets(board):
        address = presenter.asset_address(asset.path)
        if address:
            yield Artifact(address, asset.path, asset.path)


def _copied(lookup: Lookup, path: str) -> CopiedFile | None:
    asset = lookup.asset(path)
    return CopiedFile(path, asset.digest) if asset else None


@dataclass(frozen=True, slots=True)
class ThemeAsset:
    """A file of the theme by its name and digest."""

    name: str
    digest: bytes


@feature.page
class ThemeAssets(PageKind[ThemeAsset]):
    """The theme's styles, scripts and pictures below `/_/`."""

    name = "theme-asset"
    rank = 10

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """Every asset that pages may ask for."""
        for name, address, _ in lookup.setting("assets", list[tuple[str, str, bytes]]):
            yield Artifact(address, name)

    def context(self, lookup: Lookup, arg: str) -> ThemeAsset | None:
        """The asset's digest."""
        assets = lookup.setting("assets", list[tuple[str, str, bytes]])
        return next((ThemeAsset(name, digest) for name, _, digest in assets if name == arg), None)

    def render(self, context: ThemeAsset, canvas: Canvas) -> bytes:
        """The asset's bytes."""
        assets = canvas.theme.assets(fingerprint=canvas.presentation.fingerprint)
        return next(asset.read() for asset in assets if asset.name == context.name)
