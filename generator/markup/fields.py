"""The fields of front matter, declared and documented: topics (and pages), replies, boards, members.

What other generators call them is in `equivalents`; what is made of their values in `document`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from generator.markup.podcasts import AUDIO, CHAPTERS, FUNDING, PEOPLE, mail_address
from generator.markup.values import (
    ATTACHMENTS,
    AUTHORS,
    CHOICES,
    FEEDS,
    LINKS,
    ORIGIN,
    PICTURE,
    POLLS,
    TAGS,
    inner,
    shared_address,
    web_address,
)
from generator.model import Attachment, Moment, Origin, Poll
from generator.podcast import EPISODE_TYPES, SHOW_TYPES, Credit, Funding
from generator.schema import TEXT, TEXTS, WORDS, Kind, MisfitError, between, doc, one_of
from generator.settings import language_tag

_PLACEHOLDER = re.compile(r":(\w+)")


def _count(value: Mapping[str, int]) -> Mapping[str, int]:
    if any(count < 0 for count in value.values()):
        raise MisfitError("expected numbers from 0")
    return value


def _choice(*choices: str) -> Callable[[Any], object]:
    check = one_of(*choices)
    return lambda value: value if value == "" else check(value)


def _language(text: str) -> str:
    return text and language_tag(text)


def _address_pattern(text: str) -> str:
    unknown = set(_PLACEHOLDER.findall(text)) - {"year", "month", "day", "slug"}
    parts = text.strip("/").split("/")
    if text and (unknown or ":" not in text or {"", ".", ".."} & {*parts} or "\\" in text):
        raise MisfitError("expected an address made of :year, :month, :day and :slug")
    return text


FORMAT = _choice("markdown", "html", "text")
DIRECTION = _choice("ltr", "rtl", "auto")


@dataclass(init=False, repr=False, eq=False)
class TopicForm:
    """The fields of a topic's opening, and of a page."""

    title: str = field(default="", metadata=doc("The title; else the first heading, else the file's name."))
    id: str = field(
        default="", metadata=doc("The feeds' guid, kept for ever; else the topic's first address.", TEXT)
    )
    author: tuple[str, ...] = field(default=(), metadata=doc("The member or members who wrote it.", AUTHORS))
    name: str = field(default="", metadata=doc("The visitor who wrote it: printed, without a page."))
    url: str = field(default="", metadata=doc("The visitor's address on the web.", TEXT, web_address))
    date: Moment | None = field(
        default=None, metadata=doc("When it was written; else the date in the file's name.")
    )
    updated: Moment | None = field(default=None, metadata=doc("When it was last changed in earnest."))
    tags: tuple[str, ...] = field(default=(), metadata=doc("What it is about.", TAGS))
    slug: str = field(
        default="", metadata=doc("Its part of the address, or with a `/` before it the whole address.", TEXT)
    )
    aliases: tuple[str, ...] = field(default=(), metadata=doc("Old addresses that redirect here."))
    draft: bool = field(default=False, metadata=doc("Not built yet."))
    publish: Moment | None = field(default=None, metadata=doc("Not built before then."))
    expires: Moment | None = field(default=None, metadata=doc("No longer built from then on."))
    pinned: bool = field(default=False, metadata=doc("Stands first on its board."))
    locked: bool = field(default=False, metadata=doc("Takes no more replies."))
    hidden: bool = field(default=False, metadata=doc("A placeholder without its text."))
    summary: str = field(default="", metadata=doc("What it says in a sentence; else its beginning."))
    cover: str = field(default="", metadata=doc("Its picture in lists and previews.", PICTURE))
    series: str = field(default="", metadata=doc("The series it is part of."))
    language: str = field(
        default="", metadata=doc("Its language, where the board's is another.", check=_language)
    )
    translation_of: str = field(default="", metadata=doc("The topic it translates, as board/slug.", TEXT))
    dir: str = field(default="", metadata=doc("“ltr” or “rtl”; else detected.", check=DIRECTION))
    format: str = field(default="", metadata=doc("“markdown”, “html” (sanitised) or “text”.", check=FORMAT))
    accepted: str = field(default="", metadata=doc("The id of the reply that answers the question."))
    wiki: bool = field(default=False, metadata=doc("Whether it shows who changed its file, where the site is a git repository."))
    recap: str = field(default="", metadata=doc("The id of the reply that sums the topic up, shown at its head."))
    polls: tuple[Poll, ...] = field(default=(), metadata=doc("Questions put to the readers.", POLLS))
    votes: int | None = field(default=None, metadata=doc("Votes for it."))
    reactions: Mapping[str, int] = field(
        default_factory=dict, metadata=doc("How often each emoji was given.", check=_count)
    )
    attachments: tuple[Attachment, ...] = field(
        default=(), metadata=doc("Files beside it, as a path or {file, name}.", ATTACHMENTS)
    )
    link: str = field(
        default="", metadata=doc("The address it shares, on a board of links.", TEXT, shared_address)
    )
    audio: object = field(
        default="",
        metadata=doc("An episode's file beside it, or {url, length, type, duration}.", AUDIO),
    )
    season: int | None = field(default=None, metadata=doc("An episode's season."))
    episode: int | None = field(default=None, metadata=doc("An episode's number."))
    episode_type: str = field(
        default="", metadata=doc("“full”, “trailer” or “bonus”.", check=_choice(*EPISODE_TYPES))
    )
    explicit: bool | None = field(default=None, metadata=doc("Whether an episode is not for children; else as its podcast."))
    people: tuple[Credit, ...] = field(
        default=(), metadata=doc("Who takes part in an episode: {host: [leila], guest: [omid]}, or a list of {name, role, url, image}.", PEOPLE)
    )
    chapters: object = field(
        default="", metadata=doc("An episode's chapters: a file beside it, or a list of {at, title, url, image}.", CHAPTERS)
    )
    transcript: tuple[str, ...] = field(
        default=(), metadata=doc("What is said in an episode: files beside it, .vtt, .srt or .md.", TEXTS)
    )
    source: Origin = field(default=Origin(), metadata=doc("Where it was imported from.", ORIGIN))
    extra: Mapping[str, object] = field(default_factory=dict, metadata=doc("What a theme wants to know."))


@dataclass(init=False, repr=False, eq=False)
class ReplyForm:
    """The fields of a reply."""

    id: str = field(
        default="",
        metadata=doc("Its id in the topic: 1 to 64 of A-Z a-z 0-9 . _ -; else the file's name or its place."),
    )
    author: tuple[str, ...] = field(default=(), metadata=doc("The member or members who wrote it.", AUTHORS))
    name: str = field(default="", metadata=doc("The visitor who wrote it: printed, without a page."))
    url: str = field(default="", metadata=doc("The visitor's address on the web.", TEXT, web_address))
    date: Moment | None = field(
        default=None, metadata=doc("When it was written; else that of the entry before it.")
    )
    updated: Moment | None = field(default=None, metadata=doc("When it was last changed in earnest."))
    title: str = field(default="", metadata=doc("A title of its own, as a mail has one."))
    reply_to: str = field(default="", metadata=doc("The id of the entry it answers."))
    votes: int | None = field(default=None, metadata=doc("Votes for it."))
    reactions: Mapping[str, int] = field(
        default_factory=dict, metadata=doc("How often each emoji was given.", check=_count)
    )
    choose: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict, metadata=doc("What its author votes for in the topic's poll: an option, a list, or {id: options}.", CHOICES)
    )
    polls: tuple[Poll, ...] = field(default=(), metadata=doc("Questions put to the readers.", POLLS))
    attachments: tuple[Attachment, ...] = field(
        default=(), metadata=doc("Files beside the topic, as a path or {file, name}.", ATTACHMENTS)
    )
    format: str = field(default="", metadata=doc("“markdown”, “html” (sanitised) or “text”.", check=FORMAT))
    aliases: tuple[str, ...] = field(default=(), metadata=doc("Old addresses that redirect to it."))
    hidden: bool = field(default=False, metadata=doc("A placeholder without its text."))
    deleted: bool = field(default=False, metadata=doc("A tombstone, so that numbers and answers stand."))
    event: str = field(default="", metadata=doc("A one-line notice, not counted as a reply."))
    audio: str = field(default="", metadata=doc("A voice message: a file beside the topic.", TEXT))
    source: Origin = field(default=Origin(), metadata=doc("Where it was imported from.", ORIGIN))
    reply: bool = field(default=False, metadata=doc("Says that a file in a topic's folder is a reply."))


@dataclass(init=False, repr=False, eq=False)
class MarkdownForm:
    """A board's own `markdown`."""

    engine: str = field(
        default="", metadata=doc("“markdown” or “commonmark”.", check=_choice("markdown", "commonmark"))
    )
    breaks: bool | None = field(default=None, metadata=doc("Whether a single newline breaks the line."))


def _markdown(value: object, zone: tzinfo) -> Mapping[str, object]:
    return inner(MarkdownForm, value, zone, "a table of engine and breaks")


@dataclass(init=False, repr=False, eq=False)
class BoardForm:
    """The fields of a board; they hold for the boards inside it."""

    title: str = field(default="", metadata=doc("The board's name; else its folder's."))
    kind: str = field(
        default="", metadata=doc("How its topics are shown: forum, blog, questions, links, podcast, gallery, mail, chat, or a kind that a package brings.")
    )
    description: str = field(default="", metadata=doc("What it is for, in a sentence."))
    order: int | None = field(default=None, metadata=doc("Its place among its neighbours."))
    language: str = field(default="", metadata=doc("The language of its texts.", check=_language))
    access: str = field(default="", metadata=doc("Who may read it."))
    address: str = field(
        default="", metadata=doc("Its topics' addresses, as :year/:month/:slug.", TEXT, _address_pattern)
    )
    replies: str = field(default="", metadata=doc("“nested” or “flat”.", check=_choice("nested", "flat")))
    per_page: int | None = field(
        default=None, metadata=doc("How many topics or replies a page holds.", check=between(1, 1000))
    )
    feeds: tuple[str, ...] | None = field(
        default=None,
        metadata=doc("Its feeds: atom, rss, json; or no.", FEEDS, one_of("atom", "rss", "json")),
    )
    format: str = field(
        default="", metadata=doc("Its texts' format: “markdown”, “html” or “text”.", check=FORMAT)
    )
    markdown: Mapping[str, object] = field(
        default_factory=dict,
        metadata=doc("Its Markdown: {engine, breaks}.", Kind("table of engine and breaks", _markdown)),
    )
    moderators: tuple[str, ...] | None = field(
        default=None, metadata=doc("The members who look after it.", WORDS)
    )
    participate: str = field(default="", metadata=doc("How readers can take part."))
    aliases: tuple[str, ...] = field(default=(), metadata=doc("Old addresses that redirect here."))
    addresses: str = field(
        default="",
        metadata=doc("Whether addresses for mail in a list's texts are “hidden” or “shown”.", check=_choice("hidden", "shown")),
    )
    look: str = field(
        default="", metadata=doc("How a chat's messages stand: in “bubbles” or in “lines”; else by where it comes from.", check=_choice("bubbles", "lines"))
    )
    cover: str = field(default="", metadata=doc("A podcast's picture.", PICTURE))
    author: tuple[str, ...] = field(default=(), metadata=doc("Who makes a podcast.", AUTHORS))
    category: str = field(default="", metadata=doc("A podcast's category in directories."))
    explicit: bool | None = field(default=None, metadata=doc("Whether a podcast is not for children."))
    guid: str = field(default="", metadata=doc("A podcast's id, kept for ever.", TEXT))
    episodes: str = field(
        default="",
        metadata=doc("“episodic” (the newest first) or “serial” (to be heard from the first on).", check=_choice(*SHOW_TYPES)),
    )
    owner: str = field(default="", metadata=doc("The address for mail by which directories know whose a podcast is.", TEXT, mail_address))
    locked: bool | None = field(default=None, metadata=doc("Whether other hosts may not take a podcast over."))
    funding: tuple[Funding, ...] = field(
        default=(), metadata=doc("Where a podcast can be supported: an address, or a list of {url, text}.", FUNDING)
    )
    people: tuple[Credit, ...] = field(
        default=(), metadata=doc("Who makes a podcast: {host: [leila]}, or a list of {name, role, url, image}.", PEOPLE)
    )
    extra: Mapping[str, object] = field(default_factory=dict, metadata=doc("What a theme wants to know."))


@dataclass(init=False, repr=False, eq=False)
class MemberForm:
    """The fields of a member."""

    name: str = field(default="", metadata=doc("The name shown; else the file's name."))
    avatar: str = field(default="", metadata=doc("The member's picture.", PICTURE))
    url: str = field(default="", metadata=doc("The member's own site.", TEXT, web_address))
    links: Mapping[str, str] = field(default_factory=dict, metadata=doc("More addresses, by label.", LINKS))
    joined: Moment | None = field(default=None, metadata=doc("Since when they are a member."))
    role: str = field(default="", metadata=doc("What they do here, as “moderator”."))
    title: str = field(default="", metadata=doc("A line below the name."))
    bot: bool = field(default=False, metadata=doc("Whether it is a program."))
    also: tuple[str, ...] = field(default=(), metadata=doc("Other names that are the same person."))
    aliases: tuple[str, ...] = field(default=(), metadata=doc("Old addresses that redirect here."))
    extra: Mapping[str, object] = field(default_factory=dict, metadata=doc("What a theme wants to know."))
