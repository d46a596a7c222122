"""What is read of a file that is copied: its digest, what it says of itself, and the sizes of a picture.

A picture's sizes are made here and not when its page is, so that a page names those only that there are, whatever
was wrong with the picture.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator import digest, media
from generator.errors import Problem
from generator.media import Media, exif, pictures, resizing
from generator.media.pictures import Picture
from generator.media.whole import is_whole
from generator.model import Role, Source
from generator.settings import PictureSettings
from generator.site import STATE

SHORTEST = 64
"""Bytes of a picture at least: what is shorter stands in for one that is still to come, and nothing is said of it."""

_PUBLISHED = "It is published as it is"


class Taken(Struct, frozen=True):
    """A file as it was read at one moment: the bytes of a picture, of other files what they say of themselves."""

    digest: bytes
    data: bytes | None
    media: Media


def take(path: Path) -> Taken:
    """Read a file; raises OSError."""
    if not pictures.is_named(path.name) or path.stat().st_size > pictures.LARGEST:
        return Taken(digest.of_file(path), None, media.look(path))
    data = path.read_bytes()
    return Taken(digest.of_bytes(data), data, media.look_at_picture(data))


def about(root: Path, source: Source, found: Taken, settings: PictureSettings) -> tuple[Media, tuple[Problem, ...]]:
    """What a file says of itself, with the sizes that are made of a picture, and what is wrong with it."""
    picture, problems = found.media.picture, list[Problem]()
    if not pictures.is_named(source.path) or source.size < SHORTEST:
        return found.media, ()
    if found.data is None or picture is None:
        return found.media, (_heavy(source.path) if found.data is None else _unknown(source.path),)
    if not _is_named_right(source.path, picture):
        problems.append(_misnamed(source.path, picture))
    said = len(problems)
    picture = _cleaned(source, found.data, picture, settings, problems)
    picture = _sized(root / STATE, source.path, found.digest, found.data, picture, settings, problems)
    if len(problems) == said and not is_whole(picture.format, found.data):
        problems.append(_cut(source.path))
    return Media(picture=picture), tuple(problems)


def _is_named_right(path: str, picture: Picture) -> bool:
    ending = path.rpartition(".")[2].lower()
    return ending == picture.format or (ending == "jpg" and picture.format == "jpeg")


def _cleaned(
    source: Source, data: bytes, picture: Picture, settings: PictureSettings, problems: list[Problem]
) -> Picture:  # fmt: skip
    """Whether something private is to be taken out; static/ is the owner's own, and is copied as it is."""
    if settings.metadata or source.role is Role.STATIC:
        return picture
    try:
        return replace(picture, private=exif.without(picture.format, data) != data)
    except exif.MalformedError:
        message = "the picture's parts don't follow each other, so nothing private could be taken out of it"
        problems.append(Problem(source.path, 0, "", message, f"{_PUBLISHED}: save it anew from a program for pictures.", "warning"))
        return picture


def _sized(
    state: Path, path: str, mark: bytes, data: bytes, picture: Picture, settings: PictureSettings, problems: list[Problem]
) -> Picture:
    """The picture with the sizes that are made of it."""
    if resizing.is_too_large(picture, settings):
        problems.append(_vast(path, picture, settings))
    elif resizing.is_wanted(path, picture, len(data), settings):
        try:
            made = resizing.sizes(state, resizing.Original(path, mark, picture, lambda: data), settings)
            return replace(picture, widths=made.widths, formats=made.formats)
        except resizing.UnfitError as error:
            hint = f"{_PUBLISHED}: save it anew from a program for pictures."
            problems.append(Problem(path, 0, "", f"the picture {error}; no smaller sizes are made of it", hint, "warning"))
    resizing.forget(state, path)
    return picture


def _heavy(path: str) -> Problem:
    message = f"the picture has more than {pictures.LARGEST // 1_000_000} million bytes; it is not looked at"
    return Problem(path, 0, "", message, f"{_PUBLISHED}, with all that its camera wrote into it. Make it smaller.", "warning")


def _unknown(path: str) -> Problem:
    message = "the file is called a picture, and is none that is known"
    return Problem(path, 0, "", message, f"{_PUBLISHED}. Export it as JPEG, PNG, WebP or AVIF.", "warning")


def _misnamed(path: str, picture: Picture) -> Problem:
    ending = "jpg" if picture.format == "jpeg" else picture.format
    message = f"the picture is not what its name says, but {picture.format.upper()}"
    return Problem(path, 0, "", message, f"Let its name end in .{ending}, here and where it is named.", "warning")


def _cut(path: str) -> Problem:
    message = "the picture was cut off: its end is missing"
    return Problem(path, 0, "", message, f"{_PUBLISHED}. Copy the whole of it, or export it again.", "warning")


def _vast(path: str, picture: Picture, settings: PictureSettings) -> Problem:
    size = f"{picture.width} × {picture.height}"
    message = f"the picture has, or claims, {size} pixels; of more than {settings.largest} million no smaller sizes are made"
    hint = f"{_PUBLISHED}. Make it smaller, or raise `largest` under [pictures] in site.toml."
    return Problem(path, 0, "", message, hint, "warning")
