"""Makes the views of sounds and episodes: what a file says of itself together with what its author says.

Everything is read through the page's `Lookup`. What is wrong with a sound, its chapters or its transcript is told
here once, for all pages and feeds that show it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.addresses import FEED_FILES
from generator.catalog.keys import text_owner
from generator.catalog.rows import AssetRow, BoardRow, EntryRow, TopicRow
from generator.errors import Problem, Severity
from generator.media.sound import sound_type
from generator.media.timed import Cue, Timed
from generator.podcast import Chapter, Credit, RemoteSound
from generator.present.links import MARKDOWN, Linker, joined
from generator.present.people import People, visitor
from generator.views import NOTHING, Link, Person
from generator.views.entries import FileView
from generator.views.heard import ChapterView, CueView, EpisodeCard, SoundView, Speech

PARAGRAPH = 500
"""Letters after which a speech goes on in a new paragraph, at the end of a sentence."""

PAUSE = 4000
"""Milliseconds of silence that part two speeches."""

TEXT_TYPES = {".vtt": "text/vtt", ".srt": "application/x-subrip"}

ERROR: Severity = "error"
WARNING: Severity = "warning"

_ENDS = (".", "!", "?", "…", "؟", "。", "！", "？", "”", "»")


# What templates see --------------------------------------------------------


class CreditView(Struct, frozen=True):
    """Somebody who takes part in a podcast, and as what."""

    person: Person
    role: str
    """`host`, `guest`, or another word that its author chose."""


class TranscriptView(Struct, frozen=True):
    """What is said in an episode: with times, or as a text in `html`."""

    speeches: tuple[Speech, ...] = ()
    """What is said, by whom and when; empty where the transcript has no times."""
    html: Markup = NOTHING
    """The same as a text, safe to show."""
    files: tuple[FileView, ...] = ()
    """The files that it is in."""


class ShowView(Struct, frozen=True):
    """What a board says of its podcast."""

    cover: str
    authors: tuple[Person, ...]
    """Who makes it."""
    category: str
    """Its category in directories."""
    explicit: bool
    """Whether it is not for children."""
    funding: tuple[Link, ...]
    """Where it can be supported; a text may be empty."""
    people: tuple[CreditView, ...]
    """Who takes part in all of its episodes."""
    feed: str
    """The address of its feed, or empty."""
    art: str
    """The address of its cover in a small size, or empty."""


class EpisodeView(Struct, frozen=True):
    """An episode of a podcast on its page. A number that is not given is None."""

    sound: SoundView | None
    """Its sound, where the file is there."""
    season: int | None
    """The season that it is of."""
    episode: int | None
    """Its number in the season."""
    kind: str
    """`full`, `trailer` or `bonus`."""
    explicit: bool
    """Whether it is not for children."""
    chapters: tuple[ChapterView, ...]
    """Its chapters, in their order."""
    transcript: TranscriptView | None
    """What is said in it."""
    people: tuple[CreditView, ...]
    """Who takes part."""
    show: ShowView
    """The podcast that it is of."""


# Sounds --------------------------------------------------------------------


def sound(linker: Linker, path: str, audio: str, remote: RemoteSound | None = None) -> SoundView | None:
    """The sound that a file names, None where it is not there."""
    if "://" in audio:
        return _remote(remote or RemoteSound(audio)) if audio.startswith(("https://", "http://")) else None
    asset = beside(linker, path, audio)
    where = linker.asset_address(asset.path) if asset else None
    if asset is None or where is None:
        return None
    kind = asset.sound.type if asset.sound else "application/octet-stream"
    seconds = round(asset.sound.milliseconds / 1000) if asset.sound else 0
    return SoundView(linker.file_href(where), posixpath.basename(asset.path), kind, asset.size, seconds)


def _remote(remote: RemoteSound) -> SoundView:
    name = remote.url.partition("?")[0].rpartition("/")[2]
    return SoundView(remote.url, name, remote.type or sound_type(name), remote.length, round(remote.milliseconds / 1000))


def beside(linker: Linker, path: str, file: str) -> AssetRow | None:
    """The file that a text names beside it, or with a `/` in static/."""
    return linker.beside(file, path) if file else None


def sound_fault(linker: Linker, path: str, audio: str) -> tuple[str, str] | None:
    """What is wrong with the sound that a file names, and how to mend it."""
    if "://" in audio:
        return None
    asset = beside(linker, path, audio)
    if asset is None or linker.asset_address(asset.path) is None:
        return f"the sound “{audio}” is not there", "Put the file beside the text, or write its name as it is."
    if asset.sound is None:
        return f"“{audio}” is not called as a file of sound", "Name an MP3 or M4A file (also Ogg, WAV and FLAC)."
    if asset.sound.fault:
        return f"“{audio}” can't be played to its end: {asset.sound.fault}", "Export the file again, as MP3 or M4A."
    return None


def voice(linker: Linker, row: EntryRow) -> SoundView | None:
    """What an entry says by voice; tells what is wrong with it."""
    if not row.audio:
        return None
    wrong = sound_fault(linker, row.path, row.audio)
    if wrong:
        # An opening's is told as a podcast's feed tells it, so that it is told once.
        place, severity = (1, ERROR) if row.number == 1 else (row.line, WARNING)
        linker.lookup.problems.append(Problem(row.path, place, "audio", *wrong, severity))
    return sound(linker, row.path, row.audio)


# Episodes ------------------------------------------------------------------


def card(linker: Linker, topic: TopicRow) -> EpisodeCard | None:
    """What a list says of an episode, None of a topic without a sound."""
    said = topic.episode
    if not said.audio or topic.hidden:
        return None
    found = sound(linker, topic.path, said.audio, said.remote)
    seconds = found.seconds if found else 0
    return EpisodeCard(said.season, said.number, said.type or "full", bool(said.explicit), seconds)


def episode(presenter: People, topic: TopicRow, board: BoardRow) -> EpisodeView:
    """An episode on its page."""
    said = topic.episode
    found = sound(presenter, topic.path, said.audio, said.remote)
    href = found.href if found else ""
    shown = show(presenter, board)
    return EpisodeView(
        sound=found,
        season=said.season,
        episode=said.number,
        kind=said.type or "full",
        explicit=shown.explicit if said.explicit is None else said.explicit,
        chapters=tuple(_chapter(presenter, one, href) for one in chapters(presenter, topic)),
        transcript=transcript(presenter, topic, href),
        people=taking_part(presenter, said.people),
        show=shown,
    )


def show(presenter: People, board: BoardRow) -> ShowView:
    """What a board says of its podcast."""
    said = board.show
    return ShowView(
        cover=presenter.picture(said.cover, board.path),
        authors=tuple(presenter.person([name]) for name in said.authors),
        category=said.category,
        explicit=bool(said.explicit),
        funding=tuple(Link(one.url, one.text) for one in said.funding),
        people=taking_part(presenter, said.people),
        feed=presenter.href(board.address + FEED_FILES["rss"]) if "rss" in (board.feeds or ()) else "",
        art=presenter.small(said.cover, board.path),
    )


def taking_part(presenter: People, people: Iterable[Credit]) -> tuple[CreditView, ...]:
    """Those who take part: members with their pages, others as they are named."""
    return tuple(CreditView(_person(presenter, one), one.role) for one in people)


def _person(presenter: People, credit: Credit) -> Person:
    member = presenter.lookup.member(credit.name)
    return presenter.member(member) if member else visitor(credit.name, credit.url)


def chapters(linker: Linker, topic: TopicRow) -> tuple[Chapter, ...]:
    """The chapters that a topic gives, or the file that it names."""
    said = topic.episode
    if not said.chapters_file:
        return said.chapters
    found = timed(linker, topic, said.chapters_file)
    if found is None:
        return ()
    return found.chapters or tuple(Chapter(cue.start, cue.text) for cue in found.cues)


def timed(linker: Linker, topic: TopicRow, file: str) -> Timed | None:
    """The captions or chapters of a file that a topic names."""
    asset = beside(linker, topic.path, file)
    return linker.lookup.timed(asset) if asset and linker.asset_address(asset.path) else None


def _chapter(linker: Linker, chapter: Chapter, sound_href: str) -> ChapterView:
    seconds = chapter.start // 1000
    return ChapterView(seconds, _into(sound_href, seconds), chapter.title, chapter.url, chapter.image)


def _into(sound_href: str, seconds: int) -> str:
    """The address of a place in a sound (W3C Media Fragments); "" without one."""
    return f"{sound_href}#t={seconds}" if sound_href else ""


# Transcripts ---------------------------------------------------------------


def transcript(linker: Linker, topic: TopicRow, sound_href: str = "") -> TranscriptView | None:
    """The first readable one of the files that a topic names, with all that can be fetched."""
    files = tuple(transcript_files(linker, topic))
    for name in topic.episode.transcript:
        if name.endswith(MARKDOWN):
            row = text(linker, topic, name)
            if row:
                owner = text_owner(row.path)
                return TranscriptView(html=linker.html(row, topic.board, owner, topic.address), files=files)
        found = timed(linker, topic, name)
        if found and found.cues:
            return TranscriptView(tuple(_speeches(found.cues, sound_href)), files=files)
    return None


def transcript_files(linker: Linker, topic: TopicRow) -> Iterator[FileView]:
    """The captions that a topic names, as files to fetch."""
    for name in topic.episode.transcript:
        asset = beside(linker, topic.path, name)
        where = linker.asset_address(asset.path) if asset else None
        kind = TEXT_TYPES.get(posixpath.splitext(name)[1].lower())
        if asset and where and kind:
            yield FileView(linker.file_href(where), posixpath.basename(asset.path), asset.size, kind)


def text(linker: Linker, topic: TopicRow, name: str) -> EntryRow | None:
    """A transcript in Markdown, as an entry in its place."""
    return next(iter(linker.lookup.entries(text_owner(joined(topic.path, name)))), None)


def _speeches(cues: Sequence[Cue], sound_href: str) -> Iterator[Speech]:
    """Cues in paragraphs: each is what one person says, and not too long."""
    held: list[Cue] = []
    for cue in cues:
        if held and _breaks(held, cue):
            yield _speech(held, sound_href)
            held = []
        held.append(cue)
    if held:
        yield _speech(held, sound_href)


def _breaks(held: Sequence[Cue], cue: Cue) -> bool:
    last = held[-1]
    # Captions name a speaker where another one begins; a cue without a name goes on.
    if cue.speaker and cue.speaker != held[0].speaker:
        return True
    long = sum(len(one.text) for one in held) > PARAGRAPH and last.text.endswith(_ENDS)
    return long or cue.start - last.end > PAUSE


def _speech(cues: Sequence[Cue], sound_href: str) -> Speech:
    seconds = cues[0].start // 1000
    shown = tuple(CueView(_seconds(cue.start), _seconds(cue.end), cue.text) for cue in cues)
    return Speech(seconds, _into(sound_href, seconds), cues[0].speaker, shown)


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1000:g}" if milliseconds < 10**8 else str(milliseconds // 1000)


# What is wrong -------------------------------------------------------------


def faults(linker: Linker, topic: TopicRow) -> Iterator[Problem]:
    """What is wrong with an episode: its sound, its chapters, its transcripts."""
    said = topic.episode
    wrong = sound_fault(linker, topic.path, said.audio) if said.audio else _SILENT
    if wrong:
        yield Problem(topic.path, 1, "audio", *wrong)
    if said.chapters_file and (wrong := _timed_fault(linker, topic, said.chapters_file, chapters=True)):
        yield Problem(topic.path, 1, "chapters", *wrong)
    for name in said.transcript:
        if name.endswith(MARKDOWN):
            wrong = None if text(linker, topic, name) else _missing(name)
        else:
            wrong = _timed_fault(linker, topic, name, chapters=False)
        if wrong:
            yield Problem(topic.path, 1, "transcript", *wrong)


_SILENT = ("an episode without a sound is left out of the podcast's feed", "Write `audio:` and the name of a file beside this one.")


def _missing(name: str) -> tuple[str, str]:
    return f"the file “{name}” is not there", "Put it into the topic's folder, or write its name as it is."


def _timed_fault(linker: Linker, topic: TopicRow, name: str, *, chapters: bool) -> tuple[str, str] | None:
    asset = beside(linker, topic.path, name)
    if asset is None or linker.asset_address(asset.path) is None:
        return _missing(name)
    found = linker.lookup.timed(asset)
    hint = "Write JSON chapters (Podcasting 2.0), WebVTT, or a list in the header." if chapters else "Write WebVTT (.vtt), SRT (.srt) or Markdown (.md)."
    if found and found.fault:
        return f"“{name}” can't be read: {found.fault}", hint
    if not found or not (found.cues or (chapters and found.chapters)):
        return f"“{name}” holds no {'chapters' if chapters else 'transcript'}", hint
    return None
