"""Feeds of the newest topics of the site, a board, a tag or a member, and of the newest entries of a topic.

Which formats and places there are is the site's and the board's choice (`[feeds]`, `feeds`); how a feed is written
is the business of `syndication`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from urllib.parse import quote

from generator.addresses import FEED_FILES, FEED_TYPES, entry_address
from generator.api import Artifact, Canvas, Feature, Lookup, PageKind, Presenter, scope
from generator.catalog.rows import EntryRow, TopicRow
from generator.present import series
from generator.present.episodes import sound
from generator.settings import FeedSettings
from generator.syndication import (
    Dress,
    Enclosure,
    FeedAuthor,
    FeedContext,
    FeedItem,
    FeedPicture,
    Responses,
    atom,
    dress,
    feed_id,
    json_feed,
    rss,
)
from generator.views.seen import GALLERY

feature = Feature("feeds")

SHEETS = ("style.css", "feed.css")
"""The theme's assets that a browser shows a feed by, where it has them."""

_FORMATS: Mapping[str, Callable[[FeedContext, Dress], bytes]] = {"atom": atom, "rss": rss, "json": json_feed}


class Absolute(Presenter):
    """Makes addresses that stand anywhere."""

    absolute = True

    def url(self, address: str) -> str:
        """The same."""
        return self.href(address)


class Feeds(PageKind[FeedContext]):
    """The feeds of one kind of place; `arg` is the format, the list's scope, and the address that it follows."""

    templates = ("feed.html",)
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
            id=feed_id("", url),
            title=title,
            description=description,
            url=url,
            self_url=presenter.href(address + FEED_FILES[form]),
            page=presenter.page(address, "feed", language=language),
            site=Presenter(lookup).site(),
            items=tuple(items),
        )

    def _topics(self, lookup: Lookup, name: str) -> Iterator[FeedItem]:
        presenter = Absolute(lookup)
        length = lookup.setting("feeds", FeedSettings).length
        # Without what replies change, so that each of them leaves these feeds as they are.
        for key in lookup.latest(name, length):
            topic, opening = lookup.headline(key), lookup.entry(f"topic/{key}", "1")
            if topic and opening and not opening.status:
                yield _item(presenter, topic, opening)

    def render(self, context: FeedContext, canvas: Canvas) -> bytes:
        """By the format."""
        return _FORMATS[context.format](context, _dress(context, canvas))


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
class SeriesFeeds(Feeds):
    """`/blog/series/travels/feed.xml`, where `[feeds] places` has "series"."""

    name = "feed-series"
    place = "series"
    per_board = True

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for each series in each format, of boards whose topics follow one another."""
        board = lookup.board(scope)
        if board and board.neighbours and self.place in lookup.setting("feeds", FeedSettings).places:
            for name, _ in lookup.scopes(series.family(scope)):
                yield from self._feeds(lookup, series.address(board, name), f"{scope}:{name}")

    def context(self, lookup: Lookup, arg: str) -> FeedContext | None:
        """The end of the series' list."""
        form, key, name = arg.split(":", 2)
        board, where = lookup.board(key), scope(series.family(key), name)
        last = next((topic for one in lookup.latest(where, 1) if (topic := lookup.headline(one))), None)
        if board is None or last is None:
            return None
        items = self._topics(lookup, where)
        return self._context(lookup, form, series.address(board, name), last.series, "", items, board.language)


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
        items = self._topics(lookup, scope("tag", key))
        return self._context(lookup, form, tag.address, tag.name, "", items)


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
        """The last entries; the opening says how many answers there are, which Atom has words for."""
        form, _, key = arg.partition(":")
        topic = lookup.topic(key) if form == "atom" else lookup.headline(key)
        if topic is None:
            return None
        if topic.hidden:
            return self._context(lookup, form, topic.address, Presenter(lookup).settings.title, "", iter(()), topic.language)
        items = self._entries(lookup, topic)
        return self._context(lookup, form, topic.address, topic.title, topic.summary, items, topic.language)

    def _entries(self, lookup: Lookup, topic: TopicRow) -> Iterator[FeedItem]:
        presenter = Absolute(lookup)
        length = lookup.setting("feeds", FeedSettings).length
        page, rows = topic.pages, list[EntryRow]()
        # Where pages are cut by answers the newest entries may be on any of them.
        while page and (topic.by_answers or len(rows) < length):
            rows += [row for row in reversed(lookup.entries(f"topic/{topic.key}", page)) if not (row.status or row.event)]
            page -= 1
        rows.sort(key=lambda row: -row.number)
        return (_item(presenter, topic, row) for row in rows[:length])


def _item(presenter: Absolute, topic: TopicRow, entry: EntryRow) -> FeedItem:
    opening = entry.number == 1
    url = presenter.href(entry_address(topic.address, entry.id, entry.page))
    text = str(presenter.html(entry, topic.board, f"topic/{topic.key}", topic.address))
    return FeedItem(
        id=_entry_id(presenter, topic, entry.id),
        url=url,
        title=topic.title if opening else f"Re: {topic.title}",
        author=_author(presenter, entry, opening=opening),
        html=_shared(topic.link if opening else "") + text.replace('href="#', f'href="{url.partition("#")[0]}#'),
        summary=topic.summary if opening else presenter.brief(entry),
        published=entry.date,
        updated=max(entry.updated or 0, entry.date),
        tags=topic.tags if opening else (),
        image=presenter.picture(topic.cover, topic.path) if opening else "",
        language=entry.language or topic.language,
        answers=None if opening else _answers(presenter, topic, entry),
        responses=_responses(presenter, topic) if opening else None,
        enclosure=_enclosure(presenter, topic, entry),
        link=topic.link if opening else "",
        pictures=_pictures(presenter, entry) if opening and topic.kind == GALLERY and entry.html else (),
    )


def _pictures(presenter: Absolute, entry: EntryRow) -> tuple[FeedPicture, ...]:
    from generator.present.albums import pictures_of  # most sites have none

    found = pictures_of(presenter, presenter.lookup.html(entry.html), entry)
    return tuple(FeedPicture(one.picture.href, one.picture.type, one.picture.width, one.picture.height, one.caption) for one in found)


def _enclosure(presenter: Absolute, topic: TopicRow, entry: EntryRow) -> Enclosure | None:
    """What is said by voice; the page tells what is wrong with it."""
    remote = topic.episode.remote if entry.number == 1 else None
    found = sound(presenter, entry.path, entry.audio, remote) if entry.audio else None
    return Enclosure(found.href, found.size, found.type, found.seconds) if found else None


def _shared(link: str) -> str:
    """The link that a topic shares, for readers that show nothing but the text."""
    return f'<p><a href="{escape(link)}">{escape(link)}</a></p>\n' if link else ""


def _author(presenter: Absolute, entry: EntryRow, *, opening: bool) -> FeedAuthor:
    person = presenter.person(entry.authors, entry.name)
    # A blog of one need not say who wrote: the site speaks for itself.
    name = person.name or (presenter.settings.title if opening else "")
    return FeedAuthor(name, person.href, person.avatar)


def _answers(presenter: Absolute, topic: TopicRow, entry: EntryRow) -> tuple[str, str]:
    """The id and address of what a reply answers: another one, or the opening."""
    parent = entry.parent or "1"
    return _entry_id(presenter, topic, parent), presenter.href(entry_address(topic.address, parent, entry.parent_page))


def _responses(presenter: Absolute, topic: TopicRow) -> Responses:
    """Where the replies are: in the topic's feed, else on its page."""
    settings = presenter.lookup.setting("feeds", FeedSettings)
    followed = "topics" in settings.places and "atom" in settings.formats
    url = presenter.href(topic.address + (FEED_FILES["atom"] if followed else ""))
    return Responses(url, FEED_TYPES["atom"] if followed else "text/html", topic.replies, topic.active)


def _entry_id(presenter: Absolute, topic: TopicRow, entry_id: str) -> str:
    """An id that stays: the topic's, and in it the entry's."""
    own = feed_id(topic.guid, presenter.href(topic.address))
    return own if entry_id == "1" else feed_id("", f"{own}#r-{entry_id}")


def _dress(context: FeedContext, canvas: Canvas) -> Dress:
    """What a browser shows the feed in; the theme has it, and JSON is shown as it is."""
    if context.format == "json":
        return Dress()
    assets = {asset.name: asset.address for asset in canvas.theme.assets(fingerprint=canvas.presentation.fingerprint)}
    styles = [canvas.presentation.prefix + quote(assets[name]) for name in SHEETS if name in assets]
    return dress(styles, canvas.page("feed.html", context).decode())
