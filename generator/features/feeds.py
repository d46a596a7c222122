"""Feeds: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1 of the newest topics of the site, a board, a tag or a member,
and of the newest entries of a topic.

Which formats and places there are is the site's and the board's choice (`[feeds]`, `feeds`).
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from generator.addresses import FEED_FILES, entry_address
from generator.api import Artifact, Canvas, Feature, Lookup, PageKind, Presenter, scope
from generator.catalog.rows import EntryRow, TopicRow
from generator.config import FeedSettings

feature = Feature("feeds")

ATOM = "http://www.w3.org/2005/Atom"
THREADING = "http://purl.org/syndication/thread/1.0"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
CREATOR = "http://purl.org/dc/elements/1.1/"

# https://www.w3.org/TR/xml/#charsets: what an XML document can't hold, not even escaped.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An entry of a feed. `answers` is the id and address of what it replies to (RFC 4685)."""

    id: str
    url: str
    title: str
    author: str
    html: str
    summary: str
    published: int
    updated: int
    tags: tuple[str, ...] = ()
    answers: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class FeedContext:
    """A feed in a format ("atom", "rss", "json"); addresses are absolute where the site has a url."""

    format: str
    id: str
    title: str
    description: str
    url: str
    self_url: str
    language: str
    items: tuple[FeedItem, ...]

    @property
    def updated(self) -> int:
        """When something in it was last said."""
        return max((item.updated for item in self.items), default=0)


class Absolute(Presenter):
    """Makes addresses that stand anywhere."""

    absolute = True

    def url(self, address: str) -> str:
        """The same."""
        return self.href(address)


class Feeds(PageKind[FeedContext]):
    """The feeds of one kind of place; `arg` is the format, the list's scope, and the address that it follows."""

    rank = 15
    place = "site"

    def _feeds(self, lookup: Lookup, address: str, key: str, formats: tuple[str, ...] | None = None) -> Iterator[Artifact]:
        settings = lookup.setting("feeds", FeedSettings)
        if formats is None:
            formats = settings.formats if self.place in settings.places else ()
        for name in formats:
            yield Artifact(address + FEED_FILES[name], f"{name}:{key}")

    def _context(
        self, lookup: Lookup, form: str, address: str, title: str, description: str, items: Iterator[FeedItem],
        language: str = "",
    ) -> FeedContext:  # fmt: skip
        presenter = Absolute(lookup)
        url = presenter.href(address)
        return FeedContext(
            format=form,
            id=_id("", url),
            title=title,
            description=description,
            url=url,
            self_url=presenter.href(address + FEED_FILES[form]),
            language=language or presenter.settings.language,
            items=tuple(items),
        )

    def _topics(self, lookup: Lookup, name: str) -> Iterator[FeedItem]:
        presenter = Absolute(lookup)
        length = lookup.setting("feeds", FeedSettings).length
        for key in lookup.latest(name, length):
            topic, opening = lookup.headline(key), lookup.entry(f"topic/{key}", "1")
            if topic and opening and not opening.status:
                yield _item(presenter, topic, opening)

    def render(self, context: FeedContext, canvas: Canvas) -> bytes:
        """By the format."""
        return {"atom": atom, "rss": rss, "json": json_feed}[context.format](context)


@feature.page
class SiteFeeds(Feeds):
    """`/feed.xml`: the newest topics of the site."""

    name = "feed-site"

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One in each format."""
        return self._feeds(lookup, "/", "")

    def context(self, lookup: Lookup, arg: str) -> FeedContext:
        """The end of the list of all topics."""
        settings = Presenter(lookup).settings
        items = self._topics(lookup, scope("site", ""))
        return self._context(lookup, arg[:-1], "/", settings.title, settings.description, items)


@feature.page
class BoardFeeds(Feeds):
    """`/cafe/feed.xml`: the newest topics of a board and of the boards inside it."""

    name = "feed-board"
    place = "boards"
    per_board = True

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One in each format."""
        board = lookup.board(scope)
        return self._feeds(lookup, board.address, scope, board.feeds) if board else iter(())

    def context(self, lookup: Lookup, arg: str) -> FeedContext | None:
        """The end of the board's list."""
        form, _, key = arg.partition(":")
        board = lookup.board(key)
        if board is None:
            return None
        items = self._topics(lookup, scope("tree", key))
        return self._context(lookup, form, board.address, board.title, board.description, items, board.language)


@feature.page
class TagFeeds(Feeds):
    """`/tags/rss/feed.xml`, where `[feeds] places` has "tags"."""

    name = "feed-tag"
    place = "tags"

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for each tag in each format."""
        if self.place in lookup.setting("feeds", FeedSettings).places:
            for key, _, address in lookup.tags():
                yield from self._feeds(lookup, address, key)

    def context(self, lookup: Lookup, arg: str) -> FeedContext | None:
        """The end of the tag's list."""
        form, _, key = arg.partition(":")
        tag = lookup.tag(key)
        if tag is None:
            return None
        return self._context(lookup, form, tag.address, tag.name, "", self._topics(lookup, scope("tag", key)))


@feature.page
class MemberFeeds(Feeds):
    """`/members/leila/feed.xml`, where `[feeds] places` has "members": what a member wrote."""

    name = "feed-member"
    place = "members"

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for each member in each format."""
        if self.place in lookup.setting("feeds", FeedSettings).places:
            for key, _, address in lookup.members():
                yield from self._feeds(lookup, address, key)

    def context(self, lookup: Lookup, arg: str) -> FeedContext | None:
        """The end of the list of the member's entries."""
        form, _, key = arg.partition(":")
        member = lookup.member(key)
        if member is None:
            return None
        return self._context(lookup, form, member.address, member.name, "", self._entries(lookup, key))

    def _entries(self, lookup: Lookup, key: str) -> Iterator[FeedItem]:
        presenter = Absolute(lookup)
        for item in lookup.latest(scope("posts", key), lookup.setting("feeds", FeedSettings).length):
            name, _, entry_id = item.rpartition("#")
            topic, entry = lookup.headline(name), lookup.entry(f"topic/{name}", entry_id)
            if topic and entry and not entry.status:
                yield _item(presenter, topic, entry)


@feature.page
class TopicFeeds(Feeds):
    """`/cafe/which-reader/feed.xml`, where `[feeds] places` has "topics": the newest entries of a topic."""

    name = "feed-topic"
    place = "topics"
    per_board = True

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for each topic in each format."""
        if self.place in lookup.setting("feeds", FeedSettings).places:
            for key, address, *_ in lookup.plan(scope):
                yield from self._feeds(lookup, address, key)

    def context(self, lookup: Lookup, arg: str) -> FeedContext | None:
        """The last entries."""
        form, _, key = arg.partition(":")
        topic = lookup.headline(key)
        if topic is None:
            return None
        items = self._entries(lookup, topic)
        return self._context(lookup, form, topic.address, topic.title, topic.summary, items, topic.language)

    def _entries(self, lookup: Lookup, topic: TopicRow) -> Iterator[FeedItem]:
        presenter = Absolute(lookup)
        length = lookup.setting("feeds", FeedSettings).length
        page, rows = topic.pages, list[EntryRow]()
        while page and len(rows) < length:
            rows += [row for row in reversed(lookup.entries(f"topic/{topic.key}", page)) if not (row.status or row.event)]
            page -= 1
        return (_item(presenter, topic, row) for row in rows[:length])


def _item(presenter: Absolute, topic: TopicRow, entry: EntryRow) -> FeedItem:
    opening = entry.number == 1
    url = presenter.href(entry_address(topic.address, entry.id, entry.page))
    text = str(presenter.html(entry, topic.board, f"topic/{topic.key}", topic.address))
    topic_url = presenter.href(topic.address)
    return FeedItem(
        id=_id(topic.guid if opening else "", topic_url if opening else f"{topic_url}#r-{entry.id}"),
        url=url,
        title=topic.title if opening else f"Re: {topic.title}",
        author=presenter.person(entry.authors, entry.name).name,
        html=text.replace('href="#', f'href="{url.partition("#")[0]}#'),
        summary=topic.summary if opening else "",
        published=entry.date,
        updated=max(entry.updated or 0, entry.date),
        tags=topic.tags if opening else (),
        answers=None if opening else (_id(topic.guid, topic_url), topic_url),
    )


def _id(given: str, url: str) -> str:
    """An id that is an IRI: the given one, else the address, else one made from them (RFC 4287, 4.2.6)."""
    wanted = given or url
    return wanted if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:\S+$", wanted) else f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, wanted)}"


# Formats ---------------------------------------------------------------------


def atom(feed: FeedContext) -> bytes:
    """An Atom feed (RFC 4287) with threading (RFC 4685)."""
    ET.register_namespace("", ATOM)
    ET.register_namespace("thr", THREADING)
    root = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": feed.language})
    _child(root, f"{{{ATOM}}}title", feed.title)
    if feed.description:
        _child(root, f"{{{ATOM}}}subtitle", feed.description)
    _child(root, f"{{{ATOM}}}id", feed.id)
    _child(root, f"{{{ATOM}}}updated", _rfc3339(feed.updated))
    ET.SubElement(root, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": feed.url})
    ET.SubElement(root, f"{{{ATOM}}}link", {"rel": "self", "type": "application/atom+xml", "href": feed.self_url})
    _child(root, f"{{{ATOM}}}generator", "Anjoman")
    for item in feed.items:
        _atom_entry(root, item)
    return _bytes(root)


def _atom_entry(root: ET.Element, item: FeedItem) -> None:
    entry = ET.SubElement(root, f"{{{ATOM}}}entry")
    _child(entry, f"{{{ATOM}}}title", item.title)
    _child(entry, f"{{{ATOM}}}id", item.id)
    ET.SubElement(entry, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": item.url})
    _child(entry, f"{{{ATOM}}}published", _rfc3339(item.published))
    _child(entry, f"{{{ATOM}}}updated", _rfc3339(item.updated))
    author = ET.SubElement(entry, f"{{{ATOM}}}author")
    _child(author, f"{{{ATOM}}}name", item.author or "—")
    for tag in item.tags:
        ET.SubElement(entry, f"{{{ATOM}}}category", {"term": _legal(tag)})
    if item.answers:
        reference = {"ref": item.answers[0], "href": item.answers[1], "type": "text/html"}
        ET.SubElement(entry, f"{{{THREADING}}}in-reply-to", reference)
    if item.summary:
        _child(entry, f"{{{ATOM}}}summary", item.summary)
    content = _child(entry, f"{{{ATOM}}}content", item.html)
    content.set("type", "html")


def rss(feed: FeedContext) -> bytes:
    """An RSS 2.0 feed, with the full text in content:encoded."""
    for prefix, namespace in (("atom", ATOM), ("content", CONTENT), ("dc", CREATOR)):
        ET.register_namespace(prefix, namespace)
    root = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(root, "channel")
    for name, text in (("title", feed.title), ("link", feed.url), ("description", feed.description or feed.title)):
        _child(channel, name, text)
    ET.SubElement(channel, f"{{{ATOM}}}link", {"rel": "self", "type": "application/rss+xml", "href": feed.self_url})
    _child(channel, "language", feed.language)
    _child(channel, "lastBuildDate", _rfc822(feed.updated))
    _child(channel, "generator", "Anjoman")
    for item in feed.items:
        _rss_item(channel, item)
    return _bytes(root)


def _rss_item(channel: ET.Element, item: FeedItem) -> None:
    element = ET.SubElement(channel, "item")
    _child(element, "title", item.title)
    _child(element, "link", item.url)
    guid = _child(element, "guid", item.id)
    guid.set("isPermaLink", "true" if item.id == item.url else "false")
    _child(element, "pubDate", _rfc822(item.published))
    _child(element, f"{{{CREATOR}}}creator", item.author or "—")
    for tag in item.tags:
        _child(element, "category", tag)
    _child(element, "description", item.summary or item.html)
    _child(element, f"{{{CONTENT}}}encoded", item.html)


def json_feed(feed: FeedContext) -> bytes:
    """A JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    items = [
        {
            "id": item.id,
            "url": item.url,
            "title": item.title,
            "content_html": item.html,
            "summary": item.summary,
            "date_published": _rfc3339(item.published),
            "date_modified": _rfc3339(item.updated),
            "authors": [{"name": item.author or "—"}],
            "tags": list(item.tags),
        }
        for item in feed.items
    ]
    found = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.url,
        "feed_url": feed.self_url,
        "language": feed.language,
        "items": items,
    }
    return json.dumps(found, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _child(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = _legal(text)
    return element


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)


def _bytes(root: ET.Element) -> bytes:
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _rfc3339(moment: int) -> str:
    return _utc(moment).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


def _rfc822(moment: int) -> str:
    return format_datetime(_utc(moment))


def _utc(moment: int) -> datetime:
    return datetime.fromtimestamp(moment, UTC)
