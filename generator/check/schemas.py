"""The fields that machines require: of linked data, feeds and web app manifests.

Sources: Google's documentation of structured data; RFC 4287 and RFC 4685; the RSS 2.0 specification; JSON Feed 1.1;
W3C Web Application Manifest. That an address leads somewhere is checked elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree as ET

from generator.check.findings import finding, shown
from generator.errors import Problem

_ATOM = "{http://www.w3.org/2005/Atom}"
_THREADING = "{http://purl.org/syndication/thread/1.0}"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_HINT = "Build the site again, or mend the theme or feature that made it."

_REQUIRED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "DiscussionForumPosting": (("author",), ("datePublished",), ("text", "image", "video", "sharedContent")),
    "Comment": (("author",), ("datePublished",), ("text", "image", "video", "sharedContent")),
    "BlogPosting": (("headline",), ("author",), ("datePublished",)),
    "PodcastEpisode": (("name",), ("url",), ("datePublished",)),
    "CreativeWorkSeries": (("name",), ("url",)),
    "PodcastSeries": (("name",), ("url",)),
    "AudioObject": (("contentUrl",),),
    "VideoObject": (("name",), ("thumbnailUrl",), ("uploadDate",)),
    "ImageGallery": (("name",), ("url",)),
    "ImageObject": (("contentUrl",),),
    "QAPage": (("mainEntity",),),
    "Question": (("name",), ("answerCount",), ("acceptedAnswer", "suggestedAnswer")),
    "Answer": (("text",),),
    "ProfilePage": (("mainEntity",),),
    "BreadcrumbList": (("itemListElement",),),
    "ListItem": (("position",), ("name", "item")),
    "WebSite": (("name",), ("url",)),
    "Person": (("name",),),
    "Organization": (("name",),),
    "InteractionCounter": (("interactionType",), ("userInteractionCount",)),
}
"""What a type must have: of each group at least one."""

_DATES = ("datePublished", "dateModified", "dateCreated")
_ADDRESSES = ("url", "@id", "image", "logo", "item", "mainEntityOfPage", "contentUrl", "webFeed")


def check_linked_data(path: str, line: int, text: str) -> Iterator[Problem]:
    """What is wrong with a block of JSON-LD."""
    try:
        waiting = [json.loads(text)]
    except (ValueError, RecursionError):
        yield finding(path, line, "ld+json", "expected JSON", _HINT)
        return
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            waiting += node.values()
            for message in _of_node(node):
                yield finding(path, line, "ld+json", message, _HINT)


def _of_node(node: Mapping[str, Any]) -> Iterator[str]:
    kind = str(node.get("@type", ""))
    for group in _REQUIRED.get(kind, ()):
        if not any(node.get(name) not in (None, "", [], {}) for name in group):
            yield f"expected {kind} to have {' or '.join(group)}"
    for name in _DATES:
        value = node.get(name)
        if value is not None and not (_MOMENT.fullmatch(str(value)) or _DAY.fullmatch(str(value))):
            yield f"{name} “{shown(str(value))}” is no date of ISO 8601"
    for name in _ADDRESSES:
        value = node.get(name)
        if isinstance(value, str) and not value.startswith(("https://", "http://")):
            yield f"{name} “{shown(value)}” is no whole address"


# Feeds ---------------------------------------------------------------------------


def check_feed(path: str, data: bytes) -> Iterator[Problem]:
    """What is wrong with an Atom or RSS feed; nothing for other XML, and for what is no XML, which is told elsewhere."""
    if b"<!DOCTYPE" in data[:1024]:
        return
    try:
        root = ET.fromstring(data)  # noqa: S314 - without a document type there are no entities
    except ET.ParseError:
        return
    found = _of_atom(root) if root.tag == f"{_ATOM}feed" else _of_rss(root) if root.tag == "rss" else ()
    for message in found:
        yield finding(path, 0, "feed", message, _HINT)


def _of_atom(root: ET.Element) -> Iterator[str]:
    yield from _atom_facts(root, "the feed")
    if not any(link.get("rel") == "self" for link in root.iterfind(f"{_ATOM}link")):
        yield "the feed does not name its own address (rel self)"
    ids: set[str] = set()
    for entry in root.iterfind(f"{_ATOM}entry"):
        own = entry.findtext(f"{_ATOM}id") or ""
        name = f"the entry {shown(own)}"
        yield from _atom_facts(entry, name)
        if own in ids:
            yield f"two entries have the id {shown(own)}"
        ids.add(own)
        if not (entry.findtext(f"{_ATOM}author/{_ATOM}name") or root.findtext(f"{_ATOM}author/{_ATOM}name")):
            yield f"{name} has no author with a name"
        if entry.find(f"{_ATOM}content") is None and entry.find(f"{_ATOM}link[@rel='alternate']") is None:
            yield f"{name} has no content and no address"
        yield from (f"{name} answers nothing: in-reply-to has no ref" for one in entry.iterfind(f"{_THREADING}in-reply-to") if not one.get("ref"))


def _atom_facts(element: ET.Element, name: str) -> Iterator[str]:
    for fact in ("id", "title", "updated"):
        count = len(element.findall(f"{_ATOM}{fact}"))
        if count != 1:
            yield f"{name} has {count} of {fact}, expected one"
    own = (element.findtext(f"{_ATOM}id") or "").strip()
    if own and not _IRI.fullmatch(own):
        yield f"the id “{shown(own)}” is no IRI"
    for fact in ("updated", "published"):
        date = element.findtext(f"{_ATOM}{fact}")
        if date is not None and not _MOMENT.fullmatch(date.strip()):
            yield f"{fact} “{shown(date)}” is no date of RFC 3339"


def _of_rss(root: ET.Element) -> Iterator[str]:
    channel = root.find("channel")
    if root.get("version") != "2.0" or channel is None:
        yield "expected RSS 2.0 with a channel"
        return
    yield from (f"the channel has no {fact}" for fact in ("title", "link", "description") if not channel.findtext(fact))
    guids: set[str] = set()
    for item in channel.iterfind("item"):
        guid = item.findtext("guid") or ""
        if not (item.findtext("title") or item.findtext("description")):
            yield f"the item {shown(guid)} has neither title nor description"
        if guid in guids:
            yield f"two items have the guid {shown(guid)}"
        guids.add(guid)
        date = item.findtext("pubDate")
        if date is not None and not _is_rfc822(date):
            yield f"pubDate “{shown(date)}” is no date of RFC 822"


def _is_rfc822(date: str) -> bool:
    try:
        return parsedate_to_datetime(date) is not None
    except (ValueError, TypeError):
        return False


def check_json(path: str, text: str) -> Iterator[Problem]:
    """What is wrong with a JSON Feed or a web app manifest; what is no JSON is told elsewhere."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return
    if isinstance(found, dict):
        make: Callable[[Mapping[str, Any]], Iterator[str]] = _of_manifest if path.endswith(".webmanifest") else _of_json_feed
        for message in make(found):
            yield finding(path, 0, "feed" if make is _of_json_feed else "manifest", message, _HINT)


def _of_json_feed(feed: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"the feed has no {name}" for name in ("version", "title", "items") if name not in feed)
    items = feed.get("items")
    for item in items if isinstance(items, list) else ():
        name = f"the item {shown(str(item.get('id', '')))}"
        if not isinstance(item.get("id"), str) or not item["id"]:
            yield "an item has no id"
        if not ("content_html" in item or "content_text" in item):
            yield f"{name} has neither content_html nor content_text"
        for date in ("date_published", "date_modified"):
            if date in item and not _MOMENT.fullmatch(str(item[date])):
                yield f"{name}: {date} is no date of RFC 3339"


def _of_manifest(manifest: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"the manifest has no {name}" for name in ("name", "start_url", "icons") if not manifest.get(name))
    start, scope = str(manifest.get("start_url", "")), str(manifest.get("scope", ""))
    if scope and not start.startswith(scope):
        yield f"start_url “{shown(start)}” is not within the scope “{shown(scope)}”"
