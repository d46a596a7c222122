"""What a podcast's feed says besides: Apple's requirements and Podcasting 2.0, in an RSS feed of `syndication`.

Sources: "A Podcaster's Guide to RSS" and the list of categories by Apple; the namespace of podcastindex.org. Which
episodes a feed has, and what is wrong with them, is the business of the feature `podcast`.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from msgspec import Struct

from generator.markup.text import plain
from generator.podcast import Chapter
from generator.syndication import Dress, FeedContext, FeedItem, child, legal, rss_tree, written

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"

GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of podcasts' ids."""

CHAPTERS_TYPE = "application/json+chapters"
_BLOCK_ENDS = re.compile(r"</(?:p|h[1-6]|li|blockquote|dd|dt)>|<br ?/?>")

LONGEST = 128
"""Letters of a name or a link's text at most."""


class FeedPerson(Struct, frozen=True):
    """Somebody who takes part; addresses are absolute, or ""."""

    name: str
    role: str
    """As what they take part, as `host`."""
    href: str
    image: str
    """The address of their picture, or empty."""


class FeedFile(Struct, frozen=True):
    """A file that goes with an episode: an absolute address and a media type."""

    url: str
    type: str


class EpisodeItem(FeedItem, frozen=True):
    """An episode in a feed."""

    season: int | None = None
    """The season that it is of."""
    episode: int | None = None
    """Its number in the season."""
    kind: str = "full"
    explicit: bool = False
    """Whether it is not for children."""
    chapters: str = ""
    """The address of the file of its chapters, or empty."""
    transcripts: tuple[FeedFile, ...] = ()
    """The files in which its words are."""
    people: tuple[FeedPerson, ...] = ()
    """Who takes part, where others do than in the podcast."""


class PodcastContext(FeedContext, frozen=True):
    """A podcast's feed; `category` is one of Apple's, and what it is part of."""

    items: tuple[EpisodeItem, ...]
    """Its episodes, newest first."""
    cover: str = ""
    authors: tuple[str, ...] = ()
    """The names of those who make it."""
    category: tuple[str, ...] = ()
    """Its category, after the one that it is part of."""
    explicit: bool = False
    """Whether it is not for children."""
    guid: str = ""
    """Its name in directories, which never changes."""
    show_type: str = "episodic"
    """`episodic` or `serial`."""
    locked: bool | None = None
    """Whether other hosts may not take it over."""
    owner: str = ""
    """The address for mail of its owner, or empty."""
    funding: tuple[tuple[str, str], ...] = ()
    """Addresses at which it can be supported, and their texts."""
    people: tuple[FeedPerson, ...] = ()
    """Who takes part in all episodes."""


def podcast_guid(feed_url: str) -> str:
    """The id of a podcast that gives none, from its feed's address without scheme and slashes at its end."""
    return str(uuid.uuid5(GUIDS, feed_url.partition("://")[2].rstrip("/")))


def podcast(feed: PodcastContext, dress: Dress) -> bytes:
    """The feed as bytes."""
    ET.register_namespace("itunes", ITUNES)
    ET.register_namespace("podcast", PODCAST)
    root = rss_tree(feed, dress)
    channel = root[0]
    # What is said of the podcast stands before its episodes: some readers stop at the first.
    first = next((place for place, each in enumerate(channel) if each.tag == "item"), len(channel))
    for place, element in enumerate(_of_show(feed)):
        channel.insert(first + place, element)
    for element, item in zip(channel.iterfind("item"), feed.items, strict=True):
        element.extend(_of_episode(item))
    return written(root, dress)


def _of_show(feed: PodcastContext) -> Iterator[ET.Element]:
    yield _itunes("author", ", ".join(feed.authors) or feed.site.title)
    yield _itunes("explicit", _flag(feed.explicit))
    yield _itunes("type", feed.show_type)
    if feed.cover:
        yield _itunes("image", href=feed.cover)
    if feed.category:
        yield _category(feed.category)
    if feed.owner:
        owner = _itunes("owner")
        child(owner, f"{{{ITUNES}}}name", ", ".join(feed.authors) or feed.site.title)
        child(owner, f"{{{ITUNES}}}email", feed.owner)
        yield owner
    yield _podcast("guid", feed.guid)
    yield _podcast("medium", "podcast")
    if feed.locked is not None:
        yield _podcast("locked", "yes" if feed.locked else "no", **({"owner": feed.owner} if feed.owner else {}))
    for url, text in feed.funding:
        yield _podcast("funding", text[:LONGEST] or url[:LONGEST], url=url)
    yield from _people(feed.people)


def _category(names: tuple[str, ...]) -> ET.Element:
    outer = _itunes("category", text=names[0])
    for name in names[1:]:
        ET.SubElement(outer, f"{{{ITUNES}}}category", {"text": name})
    return outer


def _of_episode(item: EpisodeItem) -> Iterator[ET.Element]:
    if item.enclosure and item.enclosure.seconds:
        yield _itunes("duration", str(item.enclosure.seconds))
    yield _itunes("episodeType", item.kind)
    yield _itunes("explicit", _flag(item.explicit))
    if item.image:
        yield _itunes("image", href=item.image)
    if item.season is not None and item.season > 0:
        yield _itunes("season", str(item.season))
        yield _podcast("season", str(item.season))
    if item.episode is not None and item.episode > 0:
        yield _itunes("episode", str(item.episode))
        yield _podcast("episode", str(item.episode))
    if item.chapters:
        yield _podcast("chapters", url=item.chapters, type=CHAPTERS_TYPE)
    for file in item.transcripts:
        captions = {"rel": "captions"} if file.type in ("text/vtt", "application/x-subrip") else {}
        yield _podcast("transcript", url=file.url, type=file.type, **captions)
    yield from _people(item.people)


def _people(people: Iterable[FeedPerson]) -> Iterator[ET.Element]:
    for person in people:
        about = {"role": person.role, "href": person.href, "img": person.image}
        yield _podcast("person", person.name[:LONGEST], **{name: value for name, value in about.items() if value})


def _itunes(name: str, value: str = "", **attributes: str) -> ET.Element:
    return _element(ITUNES, name, value, attributes)


def _podcast(name: str, value: str = "", **attributes: str) -> ET.Element:
    return _element(PODCAST, name, value, attributes)


def _element(namespace: str, name: str, value: str, attributes: dict[str, str]) -> ET.Element:
    holder = ET.Element("holder")
    element = child(holder, f"{{{namespace}}}{name}", value)
    for key, text in attributes.items():
        element.set(key, legal(text))
    return element


def _flag(value: bool) -> str:
    return "true" if value else "false"


def chapters_json(chapters: Iterable[Chapter], title: str) -> bytes:
    """The chapters of an episode as a file (JSON Chapters 1.2)."""
    listed = [_chapter(chapter) for chapter in chapters]
    text = json.dumps({"version": "1.2.0", "title": title, "chapters": listed}, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "replace")


def _chapter(chapter: Chapter) -> dict[str, object]:
    start = chapter.start / 1000
    found = {"title": chapter.title, "url": chapter.url, "img": chapter.image}
    return {"startTime": int(start) if start == int(start) else start, **{name: text for name, text in found.items() if text}}


def transcript_text(html: str) -> bytes:
    """A transcript's HTML as text: a paragraph each for what stands on a line of its own."""
    return "".join(f"{line}\n\n" for line in map(plain, _BLOCK_ENDS.split(html)) if line).encode("utf-8", "replace")
