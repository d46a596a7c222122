"""Reads text that goes with a sound: captions in WebVTT and SRT, and chapters in the JSON of Podcasting 2.0.

Such files are strangers' too: what is read of one is bounded, its marks are taken off, and the rest is plain text.
Sources: W3C WebVTT; SubRip as players read it; podcastindex.org's JSON Chapters 1.2.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from msgspec import Struct

from generator.podcast import Chapter, milliseconds

LARGEST = 4 << 20
"""Bytes of a file at most; captions of a whole day are smaller."""

CUES = 20_000
CHAPTERS = 1000
LETTERS = 2000
"""Letters of a cue or a title at most."""

CAPTIONS = (".vtt", ".srt")

_ARROW = re.compile(r"\s*([\d:.,]{4,16})\s*-->\s*([\d:.,]{4,16})")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,100})>")
_MARK = re.compile(r"</?[A-Za-z0-9][^<>]{0,200}>|\{\\[^{}]{0,50}\}")
_SPEAKER = re.compile(r"(?:-\s*)?([^\W\d_][^:<>\n]{0,39}):\s+(?=\S)")
_SKIPPED = ("NOTE", "STYLE", "REGION", "WEBVTT")


class Cue(Struct, frozen=True, omit_defaults=True):
    """What is said from a time to another, in milliseconds, and by whom ("" where that is not said)."""

    start: int
    end: int
    text: str
    speaker: str = ""


class Timed(Struct, frozen=True, omit_defaults=True):
    """A file of captions or chapters, and what is wrong with it ("" for nothing)."""

    cues: tuple[Cue, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    fault: str = ""


class _FaultError(Exception):
    pass


def look(path: Path) -> Timed | None:
    """What such a file holds; None for other files. Raises OSError."""
    captions = path.name.lower().endswith(CAPTIONS)
    if not captions and not path.name.lower().endswith(".json"):
        return None
    if path.stat().st_size > LARGEST:
        return Timed(fault=f"the file is larger than {LARGEST >> 20} MB") if captions else None
    data = path.read_bytes()
    try:
        return Timed(cues=cues(data)) if captions else _chapters(data)
    except _FaultError as fault:
        return Timed(fault=str(fault))


def cues(data: bytes) -> tuple[Cue, ...]:
    """The cues of a file of captions, by time; raises _FaultError where it holds none."""
    found = []
    for block in _blocks(data.decode("utf-8-sig", "replace")):
        cue = _cue(block)
        if cue:
            found.append(cue)
        if len(found) >= CUES:
            break
    if not found:
        raise _FaultError("no line of it has a time as 00:01.000 --> 00:04.000, with text below")
    return tuple(sorted(found, key=lambda cue: cue.start))


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []


def _cue(block: list[str]) -> Cue | None:
    """A block's cue; its first line may be a name or a number."""
    if block[0].startswith(_SKIPPED) and "-->" not in block[0]:
        return None
    for place, line in enumerate(block[:2]):
        times = _ARROW.match(line)
        if times:
            start, end = milliseconds(times[1]), milliseconds(times[2])
            text, speaker = _said(" ".join(block[place + 1 :])[:LETTERS])
            return None if start is None or end is None or not text else Cue(start, max(start, end), text, speaker)
    return None


def _said(text: str) -> tuple[str, str]:
    """A cue's words, and who says them: `<v Leila>` or `Leila: `."""
    voice = _VOICE.search(text)
    words = " ".join(unescape(_MARK.sub("", text)).split())
    if voice:
        return words, " ".join(unescape(voice[1]).split())
    named = _SPEAKER.match(words)
    if named and not any(word[0].islower() for word in named[1].split()[:4]) and len(named[1].split()) < 4:
        return words[named.end() :], named[1].strip()
    return words, ""


def _chapters(data: bytes) -> Timed | None:
    """The chapters of a JSON file, None for one that has none: it is some other data."""
    try:
        read = json.loads(data)
    except (ValueError, RecursionError):
        return Timed(fault="the file is no JSON")
    every = read.get("chapters") if isinstance(read, dict) else None
    if not isinstance(every, list):
        return None
    found = [chapter for chapter in map(_chapter, every[:CHAPTERS]) if chapter]
    if not found:
        return Timed(fault="none of its chapters has a `startTime` in seconds and a `title`")
    return Timed(chapters=tuple(sorted(found, key=lambda chapter: chapter.start)))


def _chapter(item: object) -> Chapter | None:
    if not isinstance(item, dict) or item.get("toc") is False:
        return None
    start, title = item.get("startTime"), item.get("title")
    if isinstance(start, bool) or not isinstance(start, int | float) or not 0 <= start < 1e7 or not isinstance(title, str):
        return None
    return Chapter(int(start * 1000), " ".join(title.split())[:LETTERS], _web(item.get("url")), _web(item.get("img")))


def _web(value: object) -> str:
    return value if isinstance(value, str) and value.startswith(("https://", "http://")) else ""
