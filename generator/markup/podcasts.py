"""The values that podcasts have in front matter: sounds, chapters, people, funding, and what they make of a header.

Which field has which kind is said in `fields`; what the values mean in `generator.podcast`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from generator.markup.values import inner, web_address
from generator.podcast import Chapter, Credit, EpisodeFields, Funding, RemoteSound, ShowFields, milliseconds
from generator.schema import TEXT, Kind, MisfitError, between, doc, read_line, read_text, read_texts, shown

MOST = 1000
"""Chapters at most."""

_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_LINE = re.compile(r"([\d:.,]+)\s+(\S.*)")


def mail_address(text: str) -> str:
    """An address for mail, or none; raises MisfitError."""
    if text and not _MAIL.fullmatch(text):
        raise MisfitError("expected an address as leila@example.org")
    return text


def _time(value: object, zone: tzinfo) -> int:
    found = milliseconds(read_text(value))
    if found is None:
        raise MisfitError("expected a time as 1:02:03, 12:30 or 75.5")
    return found


TIME = Kind("time as 12:30", _time)


@dataclass(init=False, repr=False, eq=False)
class SoundForm:
    """A remote `audio`."""

    url: str = field(default="", metadata=doc("Where the file is.", TEXT, web_address))
    length: int = field(default=0, metadata=doc("Its size in bytes.", check=between(1, 10**13)))
    type: str = field(default="", metadata=doc("Its media type, as audio/mpeg; else by its name.", TEXT))
    duration: int = field(default=0, metadata=doc("How long it plays, as 1:02:03 or in seconds.", TIME))


def _audio(value: object, zone: tzinfo) -> object:
    """A file beside the topic, or a remote one's table."""
    if isinstance(value, str):
        return read_text(value)
    expected = "a file beside the topic, or {url, length, type, duration}"
    given = inner(SoundForm, value, zone, expected)
    if not given.get("url"):
        raise MisfitError(f"expected {expected}")
    duration = given.pop("duration", 0)
    return RemoteSound(**given, milliseconds=duration)


@dataclass(init=False, repr=False, eq=False)
class ChapterForm:
    """One of `chapters`."""

    at: int = field(default=0, metadata=doc("When it begins, as 12:30.", TIME))
    title: str = field(default="", metadata=doc("What it is called."))
    url: str = field(default="", metadata=doc("A page about it.", TEXT, web_address))
    image: str = field(default="", metadata=doc("A picture's address on the web.", TEXT, web_address))


def _chapters(value: object, zone: tzinfo) -> object:
    """A file beside the topic, or the chapters themselves, in the order of their times."""
    if not isinstance(value, list):
        return read_text(value)
    found = [_chapter(each, zone) for each in value[:MOST]]
    return tuple(sorted(found, key=lambda chapter: chapter.start))


def _chapter(value: object, zone: tzinfo) -> Chapter:
    expected = "chapters as {at: 12:30, title: Tea}, or as “12:30 Tea”"
    if isinstance(value, str):
        line = _LINE.fullmatch(read_line(value))
        value = {"at": line[1], "title": line[2]} if line else {}
    given = inner(ChapterForm, value, zone, expected)
    if "at" not in given or not given.get("title"):
        raise MisfitError(f"expected {expected}")
    return Chapter(given.pop("at"), **given)


@dataclass(init=False, repr=False, eq=False)
class CreditForm:
    """One of `people`."""

    name: str = field(default="", metadata=doc("The member, or another person's name."))
    role: str = field(default="host", metadata=doc("As what: host, guest, producer …"))
    url: str = field(default="", metadata=doc("Their page on the web.", TEXT, web_address))
    image: str = field(default="", metadata=doc("Their picture's address on the web.", TEXT, web_address))


def _people(value: object, zone: tzinfo) -> tuple[Credit, ...]:
    if isinstance(value, Mapping) and "name" not in value:
        pairs = [(role, name) for role, names in value.items() for name in read_texts(names)]
        return tuple(Credit(name, read_line(role).lower() or "host") for role, name in pairs)
    items = value if isinstance(value, list) else [value]
    return tuple(_credit(each, zone) for each in items if each)


def _credit(value: object, zone: tzinfo) -> Credit:
    expected = "people as {host: [leila]}, or as {name, role, url, image}"
    given = {"name": read_line(value)} if isinstance(value, str) else inner(CreditForm, value, zone, expected)
    if not given.get("name"):
        raise MisfitError(f"expected {expected}; {shown(value)} has no name")
    return Credit(**{**given, "role": given.get("role", "").lower() or "host"})


@dataclass(init=False, repr=False, eq=False)
class FundingForm:
    """One of `funding`."""

    url: str = field(default="", metadata=doc("Where it can be supported.", TEXT, web_address))
    text: str = field(default="", metadata=doc("What the link says."))


def _funding(value: object, zone: tzinfo) -> tuple[Funding, ...]:
    items = value if isinstance(value, list) else [value] if value else []
    return tuple(_one_funding(each, zone) for each in items)


def _one_funding(value: object, zone: tzinfo) -> Funding:
    expected = "an address as https://example.org/give, or {url, text}"
    given = inner(FundingForm, {"url": value} if isinstance(value, str) else value, zone, expected)
    if not given.get("url"):
        raise MisfitError(f"expected {expected}")
    return Funding(**given)


AUDIO = Kind("path or table", _audio)
CHAPTERS = Kind("path or list", _chapters)
PEOPLE = Kind("table of roles and names, or list", _people)
FUNDING = Kind("address, or list of addresses", _funding)


# What a header says, together ----------------------------------------------


def episode(given: Mapping[str, Any]) -> EpisodeFields:
    """What the values of a topic's header say of its episode."""
    chapters, audio = given.get("chapters", ""), given.get("audio")
    remote = audio if isinstance(audio, RemoteSound) else None
    return EpisodeFields(
        audio=remote.url if remote else audio or "",
        season=given.get("season"),
        number=given.get("episode"),
        type=given.get("episode_type", ""),
        explicit=given.get("explicit"),
        chapters=chapters if isinstance(chapters, tuple) else (),
        chapters_file=chapters if isinstance(chapters, str) else "",
        transcript=given.get("transcript", ()),
        remote=remote,
        people=given.get("people", ()),
    )


def show(given: Mapping[str, Any]) -> ShowFields:
    """What the values of a board's header say of its podcast."""
    return ShowFields(
        cover=given.get("cover", ""),
        authors=given.get("author", ()),
        category=given.get("category", ""),
        explicit=given.get("explicit"),
        guid=given.get("guid", ""),
        type=given.get("episodes", ""),
        locked=given.get("locked"),
        owner=given.get("owner", ""),
        funding=given.get("funding", ()),
        people=given.get("people", ()),
    )
