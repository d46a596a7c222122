"""How a feed is written: Atom (RFC 4287) with threading (RFC 4685), RSS 2.0, and JSON Feed 1.1.

A browser shows Atom and RSS as a page, by style sheets and a header that the feed readers pass over.
Which feeds there are and what is in them is the business of the feature `feeds`.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from itertools import zip_longest
from xml.etree import ElementTree as ET

from msgspec import Struct

from generator.views import PageView, SiteView

ATOM = "http://www.w3.org/2005/Atom"
THREADING = "http://purl.org/syndication/thread/1.0"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
MEDIA = "http://search.yahoo.com/mrss/"
CREATOR = "http://purl.org/dc/elements/1.1/"
XHTML = "http://www.w3.org/1999/xhtml"

NOBODY = "—"
"""The name of one without a name, because Atom requires one."""

# https://www.w3.org/TR/xml/#charsets: what an XML document can't hold, not even escaped.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class FeedAuthor(Struct, frozen=True):
    """Who wrote an item; `url` and `avatar` are absolute, or ""."""

    name: str
    url: str = ""
    avatar: str = ""
    """The address of their picture, or empty."""


class Responses(Struct, frozen=True):
    """Where answers to an item are: an address and its media type.

    `count` is how many there are and `updated` when the last was said, 0 where that is not told.
    """

    url: str
    type: str
    count: int
    updated: int


class Enclosure(Struct, frozen=True):
    """A file of sound that belongs to an item: an absolute address, bytes, a media type and seconds; 0 is not known."""

    url: str
    length: int
    """Its size in bytes."""
    type: str
    seconds: int
    """How long it plays."""


class FeedPicture(Struct, frozen=True):
    """A picture of an item: an absolute address, a media type ("" of one elsewhere), pixels, and what it shows."""

    url: str
    type: str
    width: int
    """How many pixels it is wide, 0 where that is not known."""
    height: int
    """How many pixels it is high."""
    text: str


class FeedItem(Struct, frozen=True):
    """An entry of a feed. `answers` is the id and address of what it replies to."""

    id: str
    """A name for it that never changes."""
    url: str
    title: str
    author: FeedAuthor
    html: str
    """What it says, with absolute addresses."""
    summary: str
    published: int
    """When, in seconds since 1970 UTC."""
    updated: int
    tags: tuple[str, ...] = ()
    image: str = ""
    """The address of its picture, or empty."""
    language: str = ""
    answers: tuple[str, str] | None = None
    """The id and the address of what it replies to."""
    responses: Responses | None = None
    """Where the replies to it are, and how many."""
    enclosure: Enclosure | None = None
    """What it says by voice."""
    link: str = ""
    """The address elsewhere that it shares, or empty."""
    pictures: tuple[FeedPicture, ...] = ()
    """The pictures of an album."""


class FeedContext(Struct, frozen=True):
    """A feed in a format ("atom", "rss", "json"); addresses are absolute where the site has a url.

    `page` says the language and direction of its words.
    """

    format: str
    """`atom`, `rss` or `json`."""
    id: str
    """A name for it that never changes."""
    title: str
    description: str
    url: str
    self_url: str
    """The address of the feed itself."""
    page: PageView
    site: SiteView
    items: tuple[FeedItem, ...]
    """Its entries, newest first."""

    @property
    def language(self) -> str:
        """The language of what is in it."""
        return self.page.language

    @property
    def updated(self) -> int:
        """When something in it was last said."""
        return max((item.updated for item in self.items), default=0)


class Dress(Struct, frozen=True):
    """What a browser shows a feed in: addresses of style sheets, and XHTML for the head and for each item."""

    styles: Sequence[str] = ()
    head: ET.Element | None = None
    items: Sequence[ET.Element] = ()


def dress(styles: Sequence[str], page: str) -> Dress:
    """From a theme's page: an element that holds one for the feed's head, then one for each of its items.

    Raises ET.ParseError where it is no XML.
    """
    head, *items = ET.fromstring(legal(page))  # noqa: S314 - the theme's own, with all texts escaped
    return Dress(styles, head, items)


def atom(feed: FeedContext, dress: Dress) -> bytes:
    """An Atom feed with threading."""
    ET.register_namespace("", ATOM)
    ET.register_namespace("thr", THREADING)
    root = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": feed.language})
    child(root, f"{{{ATOM}}}title", feed.title)
    if feed.description:
        child(root, f"{{{ATOM}}}subtitle", feed.description)
    child(root, f"{{{ATOM}}}id", feed.id)
    child(root, f"{{{ATOM}}}updated", _rfc3339(feed.updated))
    ET.SubElement(root, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": feed.url})
    ET.SubElement(root, f"{{{ATOM}}}link", {"rel": "self", "type": "application/atom+xml", "href": feed.self_url})
    child(root, f"{{{ATOM}}}generator", "Anjoman")
    _wear(root, dress.head)
    for item, shown in zip_longest(feed.items, dress.items[: len(feed.items)]):
        _wear(_atom_entry(root, item), shown)
    return written(root, dress)


def _atom_entry(root: ET.Element, item: FeedItem) -> ET.Element:
    entry = ET.SubElement(root, f"{{{ATOM}}}entry")
    child(entry, f"{{{ATOM}}}title", item.title)
    child(entry, f"{{{ATOM}}}id", item.id)
    ET.SubElement(entry, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": item.url})
    if item.link:
        ET.SubElement(entry, f"{{{ATOM}}}link", {"rel": "related", "href": legal(item.link)})
    child(entry, f"{{{ATOM}}}published", _rfc3339(item.published))
    child(entry, f"{{{ATOM}}}updated", _rfc3339(item.updated))
    author = ET.SubElement(entry, f"{{{ATOM}}}author")
    child(author, f"{{{ATOM}}}name", item.author.name or NOBODY)
    if item.author.url:
        child(author, f"{{{ATOM}}}uri", item.author.url)
    for tag in item.tags:
        ET.SubElement(entry, f"{{{ATOM}}}category", {"term": legal(tag)})
    _threading(entry, item)
    if item.enclosure:
        ET.SubElement(entry, f"{{{ATOM}}}link", {"rel": "enclosure", "type": item.enclosure.type, "href": item.enclosure.url})
        entry[-1].set("length", str(item.enclosure.length))
    for picture in item.pictures:
        about = {"type": picture.type, "title": legal(picture.text)}
        found = {name: value for name, value in about.items() if value}
        ET.SubElement(entry, f"{{{ATOM}}}link", {"rel": "enclosure", "href": picture.url, **found})
    if item.summary:
        child(entry, f"{{{ATOM}}}summary", item.summary)
    content = child(entry, f"{{{ATOM}}}content", item.html)
    content.set("type", "html")
    if item.language:
        content.set("{http://www.w3.org/XML/1998/namespace}lang", item.language)
    return entry


def _threading(entry: ET.Element, item: FeedItem) -> None:
    if item.answers:
        reference = {"ref": item.answers[0], "href": item.answers[1], "type": "text/html"}
        ET.SubElement(entry, f"{{{THREADING}}}in-reply-to", reference)
    if item.responses:
        found = item.responses
        link = ET.SubElement(entry, f"{{{ATOM}}}link", {"rel": "replies", "type": found.type, "href": found.url})
        if found.count:
            link.set(f"{{{THREADING}}}count", str(found.count))
            link.set(f"{{{THREADING}}}updated", _rfc3339(found.updated))
            child(entry, f"{{{THREADING}}}total", str(found.count))


def rss(feed: FeedContext, dress: Dress) -> bytes:
    """An RSS 2.0 feed, with the full text in content:encoded."""
    return written(rss_tree(feed, dress), dress)


def rss_tree(feed: FeedContext, dress: Dress) -> ET.Element:
    """The same before it is written: others may have more to say in it."""
    for prefix, namespace in (("atom", ATOM), ("content", CONTENT), ("dc", CREATOR), ("media", MEDIA)):
        ET.register_namespace(prefix, namespace)
    root = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(root, "channel")
    for name, text in (("title", feed.title), ("link", feed.url), ("description", feed.description or feed.title)):
        child(channel, name, text)
    ET.SubElement(channel, f"{{{ATOM}}}link", {"rel": "self", "type": "application/rss+xml", "href": feed.self_url})
    child(channel, "language", feed.language)
    if feed.updated:
        child(channel, "lastBuildDate", _rfc822(feed.updated))
    child(channel, "generator", "Anjoman")
    _wear(channel, dress.head)
    for item, shown in zip_longest(feed.items, dress.items[: len(feed.items)]):
        _wear(_rss_item(channel, item), shown)
    return root


def _rss_item(channel: ET.Element, item: FeedItem) -> ET.Element:
    element = ET.SubElement(channel, "item")
    child(element, "title", item.title)
    child(element, "link", item.url)
    guid = child(element, "guid", item.id)
    guid.set("isPermaLink", "true" if item.id == item.url else "false")
    child(element, "pubDate", _rfc822(item.published))
    child(element, f"{{{CREATOR}}}creator", item.author.name or NOBODY)
    for tag in item.tags:
        child(element, "category", tag)
    if item.enclosure:
        found = {"url": item.enclosure.url, "length": str(item.enclosure.length), "type": item.enclosure.type}
        ET.SubElement(element, "enclosure", found)
    for picture in item.pictures:
        _media(element, picture)
    # Where the summary is missing the full text stands here too, because many readers look at nothing else.
    child(element, "description", escape(item.summary, quote=False) or item.html)
    child(element, f"{{{CONTENT}}}encoded", item.html)
    return element


def _media(element: ET.Element, picture: FeedPicture) -> None:
    """A picture as Media RSS (https://www.rssboard.org/media-rss): RSS itself has room for one file an item."""
    size = {"width": str(picture.width), "height": str(picture.height)} if picture.width else {}
    kind = {"type": picture.type} if picture.type else {}
    media = ET.SubElement(element, f"{{{MEDIA}}}content", {"url": picture.url, "medium": "image", **kind, **size})
    if picture.text:
        child(media, f"{{{MEDIA}}}description", picture.text)


def json_feed(feed: FeedContext, dress: Dress) -> bytes:
    """A JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/); browsers show it in no dress."""
    found = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.url,
        "feed_url": feed.self_url,
        "language": feed.language,
        "items": [_json_item(item) for item in feed.items],
    }
    return json.dumps(_filled(found), ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _json_item(item: FeedItem) -> dict[str, object]:
    author = {"name": item.author.name or NOBODY, "url": item.author.url, "avatar": item.author.avatar}
    found = {
        "id": item.id,
        "url": item.url,
        "external_url": item.link,
        "title": item.title,
        "content_html": item.html or " ",
        "summary": item.summary,
        "image": item.image,
        "date_published": _rfc3339(item.published),
        "date_modified": _rfc3339(item.updated),
        "authors": [_filled(author)],
        "tags": list(item.tags),
        "language": item.language,
        "attachments": [_json_attachment(item.enclosure)] if item.enclosure else [*map(_json_picture, item.pictures)],
    }
    return _filled(found)


def _json_attachment(enclosure: Enclosure) -> dict[str, object]:
    found = {"size_in_bytes": enclosure.length, "duration_in_seconds": enclosure.seconds}
    return {"url": enclosure.url, "mime_type": enclosure.type, **_filled(found)}


def _json_picture(picture: FeedPicture) -> dict[str, object]:
    # The type is required; that of a picture elsewhere is not known.
    return {"url": picture.url, "mime_type": picture.type or "image/*", **_filled({"title": picture.text})}


def _filled(found: Mapping[str, object]) -> dict[str, object]:
    """Without what is empty; a feed without items has them all the same."""
    return {name: value for name, value in found.items() if value or name == "items"}


def _wear(element: ET.Element, shown: ET.Element | None) -> None:
    """Put what browsers show first, so that it stands above what both show."""
    if shown is not None:
        shown.tail = None
        element.insert(0 if element.tag in (f"{{{ATOM}}}entry", "item") else len(element), shown)


def written(root: ET.Element, dress: Dress) -> bytes:
    """The bytes of a feed."""
    ET.register_namespace("xhtml", XHTML)
    text: bytes = ET.tostring(root, encoding="utf-8")
    sheets = "".join(f'<?xml-stylesheet type="text/css" href="{escape(style)}"?>\n' for style in dress.styles)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{sheets}'.encode() + text + b"\n"


def child(parent: ET.Element, name: str, text: str) -> ET.Element:
    """A new element with a text, without what XML can't hold."""
    element = ET.SubElement(parent, name)
    element.text = legal(text)
    return element


def feed_id(given: str, url: str) -> str:
    """An id that is an IRI: the given one, else the address, else one made from them (RFC 4287, 4.2.6)."""
    wanted = given or url
    return wanted if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:\S+$", wanted) else f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, wanted)}"


def legal(text: str) -> str:
    """A text without what an XML document can't hold."""
    return _ILLEGAL.sub("", text)


def _rfc3339(moment: int) -> str:
    return _utc(moment).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


def _rfc822(moment: int) -> str:
    return format_datetime(_utc(moment))


def _utc(moment: int) -> datetime:
    return datetime.fromtimestamp(moment, UTC)
