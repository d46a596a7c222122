"""Captions in SRT, which no browser reads, once more as WebVTT, for the players of sounds and films."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.api import Artifact, Canvas, Feature, Lookup, PageKind, Presenter
from generator.media.timed import Cue

feature = Feature("captions")

ENDING = ".srt"


class CaptionsContext(Struct, frozen=True):
    """What is said, and when."""

    cues: tuple[Cue, ...]


class Captions(PageKind[CaptionsContext]):
    """A file of captions; `arg` is the path of the SRT that it is made of."""

    rank = 75

    def context(self, lookup: Lookup, arg: str) -> CaptionsContext | None:
        """The cues of the file."""
        asset = lookup.asset(arg)
        timed = lookup.timed(asset) if asset else None
        return CaptionsContext(timed.cues) if timed and timed.cues else None

    def render(self, context: CaptionsContext, canvas: Canvas) -> bytes:
        """WebVTT."""
        return webvtt(context.cues).encode()


@feature.page
class BesideTopics(Captions):
    """`/cafe/talk/talk.fa.vtt`, of `talk.fa.srt` beside the topic."""

    name = "captions"
    per_board = True

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for each file of a board's topics."""
        return _made(lookup, scope)


@feature.page
class OffBoards(Captions):
    """The same of files beside pages and in static/."""

    name = "page-captions"

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for each file."""
        yield from _made(lookup, "")
        yield from _made(lookup, "static/")


def _made(lookup: Lookup, board: str) -> Iterator[Artifact]:
    presenter = Presenter(lookup)
    for asset in lookup.assets(board, ENDING):
        where, timed = presenter.asset_address(asset.path), lookup.timed(asset)
        if where and timed and timed.cues:
            yield Artifact(where[: -len(ENDING)] + ".vtt", asset.path)


def webvtt(cues: tuple[Cue, ...]) -> str:
    """Cues as W3C WebVTT 1.0 writes them; their texts are plain."""
    return "WEBVTT\n" + "".join(f"\n{_clock(cue.start)} --> {_clock(cue.end)}\n{_voice(cue.speaker)}{_plain(cue.text)}\n" for cue in cues)


def _clock(milliseconds: int) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{thousandths:03}"


def _voice(speaker: str) -> str:
    return f"<v {_plain(speaker)}>" if speaker else ""


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
