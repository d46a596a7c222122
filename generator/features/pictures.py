"""The sizes of pictures below `/_/pictures/`: each in a few widths and in formats that take fewer bytes.

They were made when the picture was read (see `resizing`) and are kept; pages name them by the same addresses.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.addresses import size_address
from generator.api import Artifact, Canvas, Feature, Lookup, PageKind, Presenter, site_file
from generator.media import resizing
from generator.media.pictures import Picture
from generator.settings import PictureSettings

feature = Feature("pictures")


class SizeContext(Struct, frozen=True):
    """A size of a picture: whose it is, which one, and by which settings."""

    path: str
    digest: bytes
    picture: Picture
    width: int
    form: str
    settings: PictureSettings


class PictureSizes(PageKind[SizeContext]):
    """All sizes of the pictures in one place."""

    rank = 95

    def context(self, lookup: Lookup, arg: str) -> SizeContext | None:
        """The digest of the picture, and what is made of it."""
        path, width, form = arg.rsplit("\n", 2)
        asset = lookup.asset(path)
        if asset is None or asset.picture is None:
            return None
        return SizeContext(path, asset.digest, asset.picture, int(width), form, lookup.setting("pictures", PictureSettings))

    def render(self, context: SizeContext, canvas: Canvas) -> bytes:
        """The bytes that are kept; made again where they are not."""
        file = site_file(canvas.theme.site_root, context.path)
        original = resizing.Original(context.path, context.digest, context.picture, file.read_bytes)
        made = resizing.sizes(canvas.state, original, context.settings)
        return made.files[resizing.name(context.width, context.form)]


@feature.page
class BoardSizes(PictureSizes):
    """Those of pictures beside a board's topics."""

    name = "picture"
    per_board = True

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for each width in each format."""
        return _sizes(lookup, scope)


@feature.page
class SiteSizes(PictureSizes):
    """Those of pictures off boards and in static/."""

    name = "site-picture"

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for each width in each format."""
        yield from _sizes(lookup, "")
        yield from _sizes(lookup, "static/")


def _sizes(lookup: Lookup, place: str) -> Iterator[Artifact]:
    presenter = Presenter(lookup)
    for asset in lookup.assets(place):
        picture = asset.picture
        address = presenter.asset_address(asset.path) if picture and picture.formats else None
        if picture is None or address is None:
            continue
        for form in picture.formats:
            for width in picture.widths:
                yield Artifact(size_address(address, width, form), f"{asset.path}\n{width}\n{form}", asset.path)
