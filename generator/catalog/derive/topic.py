"""A topic: its summary, its address, and what it adds to lists, names and moments.

Pure, like `thread`: what files say goes in, rows and problems come out.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache

from msgspec import Struct

from generator import slugs
from generator.addresses import TAG_TEXTS, entry_address
from generator.catalog import keys
from generator.catalog.derive import asked, conversation
from generator.catalog.derive.context import Terms
from generator.catalog.derive.thread import Thread
from generator.catalog.likeness import telling
from generator.catalog.lists import Listed
from generator.catalog.packing import dump
from generator.catalog.rows import BoardRow, EntryRow, HtmlRow, Place, TopicRow
from generator.catalog.store import Named
from generator.errors import Problem
from generator.language import direction
from generator.markup.text import beginning
from generator.model import Moment, TopicFields

Canonical = Callable[[str], str]
"""Gives the member's key for a name as it is written."""

WORDS_A_MINUTE = 220
UNTOLD = "…"
"""The title of a hidden topic, wherever there is no word for it."""
_folded = lru_cache(maxsize=10_000)(slugs.fold)
_RESERVED_ON_BOARDS = frozenset({"page", "archive"})
_RESERVED_AT_TOP = frozenset({"page", "members", "tags", "search", "recent", "unanswered", "_", "-anjoman"})


class Opened(Struct, frozen=True):
    """A topic's opening: where its file is, and what the head of the file says. `board` is None off boards."""

    key: str
    base: str
    language: str
    path: str
    board: BoardRow | None
    head: TopicFields

    @property
    def tag(self) -> str:
        """The tag whose text it is, "" for a topic or a page."""
        return tag_of(self.base) if self.board is None else ""


def tag_of(base: str) -> str:
    """The tag that a page's file is named for; "" where it lies elsewhere."""
    folder, _, name = base.rpartition("/")
    return name if folder + "/" == TAG_TEXTS else ""


def strays(opened: Opened, paths: Iterable[str]) -> Iterator[Problem]:
    """Texts in the topic's folder that don't say that they are replies, and that it does not name as a transcript."""
    folder = posixpath.dirname(opened.path)
    named = {posixpath.normpath(posixpath.join(folder, name)) for name in opened.head.episode.transcript}
    message = "expected a reply: a text in a topic's folder is one only if it says so"
    for path in sorted({*paths} - named):
        hint = "Give it an `author`, a `name` or `reply: true`, or put it elsewhere."
        yield Problem(path, 1, "", message, hint)


def moments(head: TopicFields) -> tuple[Moment, ...]:
    """When the topic has to be looked at again."""
    return tuple(moment for moment in (head.publish, head.expires) if moment is not None)


def visible(head: TopicFields, terms: Terms) -> bool:
    """Whether the topic is built now; `draft` wins over the others."""
    if head.draft:
        return terms.drafts
    published = head.publish is None or head.publish <= terms.now
    return published and (head.expires is None or head.expires > terms.now)


def address(opened: Opened, created: Moment, terms: Terms) -> str:
    """The topic's address: its `slug`, else its file's name, by the board's pattern."""
    site = terms.settings.site
    head, board = opened.head, opened.board
    prefix = f"/{opened.language}" if opened.language else ""
    if opened.tag:
        return f"{prefix}/{TAG_TEXTS}{slugs.stable(opened.tag)}/"
    if head.slug.startswith("/"):
        # A file's address (Jekyll's /2007/09/01/intro.html) becomes a folder's: the alias keeps the old one.
        path = "/".join(slugs.slug(part, site.language) for part in head.slug.split("/") if part)
        return prefix + ("/" + path + "/" if path else "/")
    own = opened.key.removesuffix(f".{opened.language}") if opened.language else opened.key
    stem = own.rpartition("/")[2]
    language = opened.language or head.language or (board.language if board else site.language)
    name = slugs.slug(head.slug, language) if head.slug else slugs.file_slug(stem, language)[1]
    if board is None:
        folders = "/".join(slugs.slug(part, language) for part in own.split("/")[:-1])
        path = "/".join(part for part in (folders, name if own else "") if part)
        return f"{prefix}/{path}/" if path else f"{prefix}/"
    if not board.pattern:
        return prefix + board.address + name + "/"
    return prefix + _by_pattern(board, name, created, terms)


def _by_pattern(board: BoardRow, name: str, created: Moment, terms: Terms) -> str:
    date = datetime.fromtimestamp(created, terms.settings.site.zone)
    path = board.pattern
    for word, value in (
        (":year", f"{date.year:04}"),
        (":month", f"{date.month:02}"),
        (":day", f"{date.day:02}"),
        (":slug", name),
        (":title", name),
    ):
        path = path.replace(word, value)
    base = "" if path.startswith("/") else board.address
    return base + path.strip("/").join(("" if base else "/", "/"))


def needed(address: str, terms: Terms, *, on_board: bool, language: str = "") -> bool:
    """Whether the site itself needs an address; `language` is a translation's, which stands below it."""
    first, last = address.strip("/").partition("/")[0], address.strip("/").rpartition("/")[2]
    site = terms.settings.site
    languages = set() if language else {*site.languages} - {site.language}
    if terms.settings.boards.media and address.strip("/") == first == "media":
        return True
    on_boards = _RESERVED_ON_BOARDS | {"media"} if terms.settings.boards.media else _RESERVED_ON_BOARDS
    return bool(last) and ((on_board and last in on_boards) or first in _RESERVED_AT_TOP | languages)


def reserved(opened: Opened, address: str, terms: Terms) -> Problem | None:
    """The problem of an address that the site itself needs."""
    if opened.tag or not needed(address, terms, on_board=opened.board is not None, language=opened.language):
        return None
    message = f"the address {address} is used by the site itself; the topic is left out"
    return Problem(opened.path, 1, "slug", message, "Give it another slug or file name.")


def row(opened: Opened, thread: Thread, where: str, html: HtmlRow, *, listed: bool) -> TopicRow:
    """The topic's summary."""
    head, board, opening, last = opened.head, opened.board, thread.entries[0], thread.last
    language = opened.language or head.language or (board.language if board else "")
    hidden = opening.status == "hidden"
    return TopicRow(
        key=opened.key,
        base=opened.base,
        path=opened.path,
        board=board.key if board else "",
        kind=board.kind if board else "page",
        address=where,
        title=UNTOLD if hidden else head.title,
        guid=head.id,
        authors=opening.authors,
        name=opening.name,
        url=opening.url,
        created=opening.date,
        updated=opening.updated,
        active=max(opening.date, last.date),
        replies=thread.replies,
        pages=thread.pages,
        last_id=last.id,
        last_number=last.number,
        last_page=last.page,
        last_authors=last.authors,
        last_name=last.name,
        pinned=head.pinned,
        locked=head.locked,
        hidden=hidden,
        summary="" if opening.status else head.summary or beginning(html.html, html.text),
        cover="" if hidden else head.cover,
        tags=head.tags,
        series=head.series,
        language=language,
        dir=head.dir or opening.dir or (direction(language) if language else ""),
        minutes=max(1, round(html.words / WORDS_A_MINUTE)),
        link=head.link if board and board.links and not hidden else "",
        aliases=head.aliases,
        listed=listed,
        extra=head.extra,
        episode=head.episode,
        votes=opening.votes,
        look=conversation.look(board, head.system),
        wiki=head.wiki,
        recap=summed_up(thread, head.recap) if board and head.recap else "",
        **asked.of(thread, board, head.accepted),
    )


def summed_up(thread: Thread, wanted: str) -> str:
    """The id of the reply that sums the topic up, "" where it is not there to be shown."""
    shown = (entry.id for entry in thread.entries[1:] if not (entry.status or entry.event))
    return wanted if wanted in shown else ""


def unsummed(path: str, head: TopicFields) -> Problem:
    """A `recap` that names no reply."""
    message = f"there is no reply “{head.recap}” here that is shown; nothing sums the topic up"
    return Problem(path, head.recap_line, "recap", message, "Write the id of a reply, or take it out.", "warning")


def places(
    topic: TopicRow, board: BoardRow | None, thread: Thread, canonical: Canonical, terms: Terms
) -> Iterator[Listed]:
    """The topic's and its entries' places in the lists."""
    if topic.wiki and not topic.hidden:
        yield keys.scope("wiki", ""), topic.created, topic.key
    if board is None:
        return
    for scope, at in _topic_scopes(topic, board, canonical, terms):
        yield keys.scope(*scope), at, topic.key
    if board.mail and topic.listed and not topic.hidden:
        from generator.catalog.derive import mailed

        yield from mailed.places(topic, board, thread, terms.settings.site.zone)
    if topic.listed and terms.settings.boards.media:
        yield from _media(topic, board, thread)
    if board.days:
        yield from conversation.places(topic, thread, canonical)
        return
    recent = keys.scope("recent", "")
    for entry in thread.entries:
        if entry.event or entry.status or (entry.number == 1 and not topic.listed):
            continue
        item = f"{topic.key}#{entry.id}"
        yield recent, entry.date, item
        for name in entry.authors:
            yield keys.scope("posts", canonical(name)), entry.date, item


def _media(topic: TopicRow, board: BoardRow, thread: Thread) -> Iterator[Listed]:
    """The places of entries with pictures, sounds, films or files; a topic of one page shows all of its own anyway."""
    scopes = [keys.scope("media", ""), keys.scope("media", board.key)]
    if topic.pages > 1 or board.days:
        scopes.append(keys.scope(f"media/{board.key}", topic.key))
    for entry in thread.entries:
        if entry.media and not (entry.event or entry.status):
            yield from ((scope, entry.date, f"{topic.key}#{entry.id}") for scope in scopes)


def _topic_scopes(
    topic: TopicRow, board: BoardRow, canonical: Canonical, terms: Terms
) -> Iterator[tuple[tuple[str, str], Moment]]:
    if not topic.listed:
        return
    yield from _board_scopes(topic, board)
    created = topic.created
    for tag in topic.tags:
        yield ("tag", _folded(tag)), created
    for word in telling(topic.title):
        yield ("word", word), created
    for name in topic.authors:
        yield ("author", canonical(name)), created
    if topic.series:
        yield (f"series/{board.key}", slugs.fold(topic.series)), created
    date = datetime.fromtimestamp(created, terms.settings.site.zone)
    month = f"{date.year:04}-{date.month:02}"
    if asked.waits(topic, board):
        yield ("unanswered", ""), created
        yield ("waiting", month), created
    if board.archive:
        yield (f"month/{board.key}", month), created


def _board_scopes(topic: TopicRow, board: BoardRow) -> Iterator[tuple[tuple[str, str], Moment]]:
    """The lists of the site, the board, and the boards that it is inside of."""
    created, active = topic.created, topic.active
    yield ("site", ""), created
    yield ("board", board.key), created
    if topic.pinned:
        yield ("pinned", board.key), active
    else:
        yield ("front", board.key), asked.place(topic, board)
    yield from asked.scopes(topic, board)
    for key in ("", *board.trail, board.key):
        yield ("tree", key), created
        yield ("lively", key), active
        yield (("talk", key), active) if board.by_activity else (("article", key), created)


def names(
    topic: TopicRow, title: str, board: BoardRow | None, thread: Thread, aliases: Mapping[str, tuple[str, ...]]
) -> set[Named]:
    """What the topic makes findable: its people, tags, titles, files and old addresses; a conversation's messages by months.

    `title` is the one in its file, which leads to the topic even where nobody is told of it.
    """
    place = _place(topic)
    tag = tag_of(topic.base) if board is None else ""
    found: set[Named] = {("tag", _folded(tag), tag), ("text", _folded(tag), topic.base)} if tag else set()
    found |= {("title", folded, place) for folded in (_titles(title, topic, board) if not tag else ())}
    found |= {("tag", _folded(tag), tag) for tag in topic.tags}
    found |= {(f"redirect/{topic.board}", alias, json.dumps([topic.address, topic.path])) for alias in topic.aliases}
    return found | entry_names(topic, thread.entries[:1] if board and board.days else thread.entries, aliases)


def entry_names(topic: TopicRow, entries: Iterable[EntryRow], aliases: Mapping[str, tuple[str, ...]]) -> set[Named]:
    """What entries of a topic make findable: who wrote them, their files and old addresses."""
    place, redirects = _place(topic), f"redirect/{topic.board}"
    rows = tuple(entries)
    found: set[Named] = {("path", path, place) for path in {entry.path for entry in rows}}
    writers = {name for entry in rows if entry.status != "deleted" for name in entry.authors}
    found |= {("member", _folded(name), name) for name in writers}
    for entry in rows if aliases else ():
        if entry.number > 1:
            target = json.dumps([entry_address(topic.address, entry.id, entry.page), entry.path])
            found |= {(redirects, alias, target) for alias in aliases.get(entry.id, ())}
    return found


def _place(topic: TopicRow) -> str:
    return dump(Place(topic.address, topic.title, topic.board, topic.key)).decode()


def _titles(title: str, topic: TopicRow, board: BoardRow | None) -> set[str]:
    stem = topic.address.strip("/").rpartition("/")[2]
    folded = {slugs.fold(title), slugs.fold(topic.key), slugs.fold(stem)}
    if board:
        folded.add(slugs.fold(f"{board.key}/{stem}"))
        folded.add(slugs.fold(f"{board.address.strip('/')}/{stem}"))
    return folded
