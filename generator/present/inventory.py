"""What is in an entry besides words: its pictures, sounds, films and files, and what is said of a file that hangs on it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from msgspec import Struct

from generator.catalog.rows import AssetRow, EntryRow, HtmlRow
from generator.markup.interface import MARK_CLOSE, MARK_OPEN, MarkKind
from generator.markup.links import external
from generator.media.film import film_type
from generator.media.sound import sound_type
from generator.present.links import Linker, media_type
from generator.views.entries import FileView
from generator.views.seen import Picture

# Compiled where they are needed: most builds make no list of media.
_PICTURE = r"<img\b((?:[^>\"]*\"[^\"]*\")*[^>\"]*)>"
_ATTRIBUTE = r"\b(src|alt)=\"([^\"]*)\""
_MARK = f"{MARK_OPEN}([0-9]{{1,6}}){MARK_CLOSE}"

AT_MOST = 50
"""Items of one entry that a list of media shows."""


class MediaItem(Struct, frozen=True):
    """Something in an entry: `kind` is `picture`, `sound`, `film` or `file`."""

    kind: str
    """`picture`, `sound`, `film` or `file`."""
    href: str
    """The address of the file."""
    title: str
    """Its caption, or its name."""
    picture: Picture | None = None
    """The picture that stands for it, with its sizes."""
    label: str = ""
    """The ending of its name, as `PDF`."""
    seconds: int = 0
    """How long it plays, where that is known."""


def file(linker: Linker, asset: AssetRow, where: str, name: str = "") -> FileView:
    """A file that an entry has attached; `where` is the address that it is copied to."""
    poster = linker.smallest(asset) if asset.picture else ""
    if asset.film:
        from generator.present.playing import still  # few entries have a film attached

        poster = still(linker, asset)
    shown = name or posixpath.basename(asset.path)
    return FileView(
        linker.file_href(where), shown, asset.size, media_type(asset.path), label(asset.path), _seconds(asset), poster
    )


def label(path: str) -> str:
    """What kind of file it is, by the ending of its name."""
    ending = posixpath.splitext(path)[1].lstrip(".")
    return ending.upper() if ending.isascii() and ending.isalnum() and len(ending) <= 5 else ""


def _seconds(asset: AssetRow | None) -> int:
    said = (asset.film or asset.sound) if asset else None
    return round(said.milliseconds / 1000) if said else 0


# All of an entry -----------------------------------------------------------


def items(linker: Linker, row: EntryRow) -> tuple[MediaItem, ...]:
    """What is in an entry, each file once: pictures, players, attachments, in their order."""
    found: dict[str, MediaItem] = {}
    for item in _every(linker, row):
        if len(found) >= AT_MOST:
            break
        found.setdefault(item.href, item)
    return tuple(found.values())


def _every(linker: Linker, row: EntryRow) -> Iterator[MediaItem]:
    if row.html:
        yield from _in_text(linker, row)
    for attachment in row.attachments:
        yield from _beside(linker, row, attachment.file, attachment.name)
    if row.audio:
        yield from _beside(linker, row, row.audio, "")


def _in_text(linker: Linker, row: EntryRow) -> Iterator[MediaItem]:
    known = linker.lookup.html(row.html)
    said = dict(_alternatives(known)) if known.images else {}
    for address in known.images:
        title = said.get(address, "")
        yield from _elsewhere(address, title) if external(address) else _beside(linker, row, address, title)
    for mark in known.marks:
        if mark.kind is MarkKind.PLAYER:
            yield from _elsewhere(mark.target, mark.text) if external(mark.target) else _beside(linker, row, mark.target, mark.text)


def _alternatives(known: HtmlRow) -> Iterator[tuple[str, str]]:
    """The addresses of an entry's pictures, and the words that stand for each."""
    for tag in re.findall(_PICTURE, known.html):
        told = dict(re.findall(_ATTRIBUTE, tag))
        mark = re.fullmatch(_MARK, told.get("src", ""))
        yield known.marks[int(mark[1])].target if mark else unescape(told.get("src", "")), unescape(told.get("alt", ""))


def _elsewhere(address: str, title: str) -> Iterator[MediaItem]:
    """A file that is not the site's: nothing is known of it but its name. Data within an address is left out."""
    if not address.startswith(("https://", "http://")):
        return
    name = unquote(address.partition("?")[0].partition("#")[0].rpartition("/")[2])
    kind = "film" if film_type(name) else "sound" if sound_type(name) else "picture"
    yield MediaItem(kind, address, title or name, Picture(address) if kind == "picture" else None, label(name))


def _beside(linker: Linker, row: EntryRow, target: str, title: str) -> Iterator[MediaItem]:
    path = target.partition("#")[0].partition("?")[0]
    asset = linker.beside(target, row.path) or linker.beside(path, row.path)
    where = linker.asset_address(asset.path) if asset else None
    if asset is None or where is None:
        return
    seen = file(linker, asset, where, title)
    if seen.type.startswith("image/"):
        yield MediaItem("picture", seen.href, seen.name, linker.drawn_from(asset, seen.href), seen.label)
    else:
        kind = "film" if asset.film else "sound" if asset.sound else "file"
        yield MediaItem(kind, seen.href, seen.name, Picture(seen.poster) if seen.poster else None, seen.label, seen.seconds)
