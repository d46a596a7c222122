"""Files that are copied: attachments beside topics, the folder static/, and the theme's assets.

What a browser would run (HTML, SVG, XML, scripts) is copied only where the settings trust its path.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.api import Artifact, Canvas, CopiedFile, Feature, Lookup, PageKind, Presenter, site_file

feature = Feature("files")


class CleanedPicture(Struct, frozen=True):
    """A picture that is published without what its camera wrote into it: its path, digest and format."""

    path: str
    digest: bytes
    format: str


class Beside(PageKind[CopiedFile | CleanedPicture]):
    """Files beside texts, which people of the community put there."""

    rank = 70

    def context(self, lookup: Lookup, arg: str) -> CopiedFile | CleanedPicture | None:
        """The file's path and digest."""
        return _cleaned(lookup, arg)

    def render(self, context: CopiedFile | CleanedPicture, canvas: Canvas) -> bytes:
        """A picture without what is nobody's business; other files are copied."""
        from generator.media import exif  # most builds copy no picture

        data = site_file(canvas.theme.site_root, context.path).read_bytes()
        return exif.without(context.format, data) if isinstance(context, CleanedPicture) else data


@feature.page
class Attachments(Beside):
    """Files beside a board's topics, at the topic's address."""

    name = "attachment"
    per_board = True

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """The files of topics that are built."""
        return _beside(lookup, scope)


@feature.page
class PageFiles(Beside):
    """Files in content/ off boards, at the same path."""

    name = "page-file"

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """The files beside plain pages and members."""
        return _beside(lookup, "")


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


class NoJekyll(Struct, frozen=True):
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


def _cleaned(lookup: Lookup, path: str) -> CopiedFile | CleanedPicture | None:
    asset = lookup.asset(path)
    if asset and asset.picture and asset.picture.private:
        return CleanedPicture(path, asset.digest, asset.picture.format)
    return _copied(lookup, path)


class ThemeAsset(Struct, frozen=True):
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
