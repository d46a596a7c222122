"""Makes players of the marks in entries: of a sound or film with its size, its picture and its captions, and of frames.

A file's captions and its picture are those that have its name: `talk.vtt`, `talk.fa.srt` and `talk.jpg` belong to
`talk.mp4`. Nothing is fetched before somebody plays it, and no frame is there before a script is told to put it in.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.catalog.rows import AssetRow, EntryRow
from generator.language import own_name
from generator.markup.interface import Mark
from generator.markup.links import external
from generator.media.film import film_type
from generator.media.sound import sound_type
from generator.media.timed import CAPTIONS
from generator.present.inventory import file
from generator.settings import EmbedSettings, is_language
from generator.views.entries import FileView

if TYPE_CHECKING:
    from generator.embeds import Frame
    from generator.present.links import Linker

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".avif")
"""Endings of pictures that stand for a film, the first that is there."""

POSTER = 800
"""How many pixels the picture of a film is wide at least: a film is as wide as the text, and screens are fine."""

_TRACK = Markup('<track kind="captions" src="{}" srclang="{}" label="{}">')
_BROKEN = "Export the file again, or put a whole copy of it there."


class Track(Struct, frozen=True):
    """Captions of a sound or film, in a language, at an address."""

    href: str
    language: str


# Sounds and films ----------------------------------------------------------


def player(linker: Linker, mark: Mark, row: EntryRow) -> str:
    """The figure of a sound or film; tells what is wrong with its file."""
    name, asset = _meant(linker, mark, row)
    if asset:
        _look(linker, asset, mark, row)
    kind = "video" if film_type(name) else "audio"
    poster = _poster(linker, mark, row, asset)
    inner = Markup("").join(_track(one) for one in tracks(linker, asset, row, mark)) if asset else Markup("")
    source = linker.leads(mark, row)
    return Markup('<figure class="media is-{}"><{} controls preload="none" src="{}" aria-label="{}"{}>{}{}</{}>{}</figure>').format(
        _shape(asset) if kind == "video" else "sound", kind, source, mark.text or name, _looks(asset, poster) if kind == "video" else "",
        inner, Markup('<a href="{}">{}</a>').format(source, name), kind,
        Markup("<figcaption>{}</figcaption>").format(mark.text) if mark.text else "",
    )  # fmt: skip


def played(linker: Linker, marks: Iterable[Mark], row: EntryRow) -> Iterator[FileView]:
    """The sounds and films of players as files; of what is elsewhere nothing is known but its name. What is not there is left out."""
    for mark in marks:
        name, asset = _meant(linker, mark, row)
        where = linker.asset_address(asset.path) if asset else None
        poster = _poster(linker, mark, row, asset)
        if asset and where:
            yield replace(file(linker, asset, where, mark.text), poster=poster)
        elif external(mark.target):
            yield FileView(mark.target, mark.text or name, 0, film_type(name) or sound_type(name), poster=poster)


def _meant(linker: Linker, mark: Mark, row: EntryRow) -> tuple[str, AssetRow | None]:
    """The name of a sound or film, and its file where it is one of the site."""
    path = mark.target.partition("#")[0].partition("?")[0]
    asset = None if external(mark.target) else linker.beside(mark.target, row.path) or linker.beside(path, row.path)
    return posixpath.basename(unquote(path)), asset


def _poster(linker: Linker, mark: Mark, row: EntryRow, asset: AssetRow | None) -> str:
    """The address of the picture that the text names for a film, else of the one beside it."""
    if mark.entry:
        return linker.small(mark.entry, row.path, POSTER)
    return still(linker, asset) if asset else ""


def _look(linker: Linker, asset: AssetRow, mark: Mark, row: EntryRow) -> None:
    said = asset.film or asset.sound
    if said and said.fault:
        linker.report(row, mark.line, "", f"“{mark.target}” can't be played to its end: {said.fault}", _BROKEN)


def _shape(asset: AssetRow | None) -> str:
    film = asset.film if asset else None
    return "film is-tall" if film and film.height > film.width else "film"


def _looks(asset: AssetRow | None, poster: str) -> Markup:
    """The attributes of a film by which a page keeps its place free."""
    film = asset.film if asset else None
    size = Markup(' width="{}" height="{}"').format(film.width, film.height) if film and film.width and film.height else Markup("")
    return size + (Markup(' poster="{}"').format(poster) if poster else Markup(""))


def still(linker: Linker, asset: AssetRow) -> str:
    """The address of the picture that stands for a film: one of its name beside it, "" where there is none."""
    stem = posixpath.splitext(asset.path)[0]
    there = {path.lower(): path for path in linker.lookup.beside(stem)}
    found = (there.get((stem + ending).lower()) for ending in PICTURES)
    picture = next((linker.lookup.asset(path) for path in found if path), None)
    where = linker.asset_address(picture.path) if picture else None
    return (linker.smallest(picture, POSTER) or linker.file_href(where)) if picture and where else ""


# Captions ------------------------------------------------------------------


def tracks(linker: Linker, asset: AssetRow, row: EntryRow, mark: Mark) -> Iterator[Track]:
    """The captions of a sound or film, one a language; tells what is wrong with them."""
    stem = posixpath.splitext(asset.path)[0]
    seen: set[str] = set()
    unnamed = _language(linker, asset)
    # WebVTT goes before SRT, of which it would be made.
    for path in sorted(linker.lookup.beside(stem), key=lambda name: (not name.lower().endswith(".vtt"), name)):
        own, ending = posixpath.splitext(path)
        language = own.removeprefix(stem).removeprefix(".") or unnamed
        found = linker.lookup.asset(path) if ending.lower() in CAPTIONS and language not in seen else None
        if found is None or not is_language(language):
            continue
        where = linker.asset_address(path)
        said = linker.lookup.timed(found)
        if said and said.fault:
            message = f"the captions “{posixpath.basename(path)}” can't be read: {said.fault}"
            linker.report(row, mark.line, "", message, "Write WebVTT (.vtt) or SRT (.srt).")
        elif where:
            seen.add(language)
            shown = where[: -len(ending)] + ".vtt" if ending.lower() == ".srt" else where
            yield Track(linker.file_href(shown), language)


def _language(linker: Linker, asset: AssetRow) -> str:
    """The language of the topic or board that a file lies with, else of the site."""
    topic = linker.lookup.headline(asset.topic) if asset.topic else None
    board = linker.lookup.board(asset.board) if asset.board else None
    return (topic.language if topic else "") or (board.language if board else "") or linker.settings.language


def _track(track: Track) -> Markup:
    return _TRACK.format(track.href, track.language, own_name(track.language))


# Frames --------------------------------------------------------------------


def embed(linker: Linker, mark: Mark) -> str:
    """A figure that a script can turn into a frame, where the site wants frames of that service; else the link as it was."""
    from generator.embeds import frame

    found = frame(mark.target)
    wanted = linker.lookup.setting("embeds", EmbedSettings)
    if found is None or not _wants(wanted, found):
        return mark.source
    link = mark.source.removeprefix("<p>").removesuffix("</p>")
    return Markup('<figure class="media is-embed is-{}" data-frame="{}" data-host="{}"><figcaption><b>{}</b> {}</figcaption></figure>').format(
        found.shape, found.url, found.host, found.name, Markup(link),  # noqa: S704 - sanitised
    )  # fmt: skip


def _wants(wanted: EmbedSettings, found: Frame) -> bool:
    hosts = {"peertube": wanted.peertube, "mastodon": wanted.mastodon}.get(found.service)
    return found.service in wanted.services if hosts is None else found.host in hosts
