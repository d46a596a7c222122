"""Feeds of conversations: an item is a day with all that was said on it, so that readers get one a day and not hundreds.

They stand where other boards have the feeds of their topics. Which there are is the site's and the board's choice.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import quote

from generator.addresses import FEED_FILES, PARTS, page_address
from generator.api import Artifact, Canvas, Feature, Lookup, PageKind, Presenter, scope
from generator.catalog.rows import BoardRow, EntryRow, TopicRow
from generator.language import format_date
from generator.present.conversing import date_of, day_address, days_of, noon, number_of
from generator.settings import FeedSettings
from generator.syndication import (
    Dress,
    FeedAuthor,
    FeedContext,
    FeedItem,
    atom,
    dress,
    feed_id,
    json_feed,
    rss,
)

feature = Feature("chatfeeds")

SHEETS = ("style.css", "feed.css")
NAMED = 3
"""People that a day names as its authors."""


class Absolute(Presenter):
    """Makes addresses that stand anywhere."""

    absolute = True


class DayFeeds(PageKind[FeedContext]):
    """Feeds of one kind of place; `arg` is the format and a key."""

    templates = ("feed.html",)
    per_board = True
    rank = 14

    @abstractmethod
    def context(self, lookup: Lookup, arg: str) -> FeedContext | None:
        """The latest days."""

    def render(self, context: FeedContext, canvas: Canvas) -> bytes:
        """By the format, in the theme's dress for those who open it in a browser."""
        if context.format == "json":
            return json_feed(context, Dress())
        assets = {one.name: one.address for one in canvas.theme.assets(fingerprint=canvas.presentation.fingerprint)}
        styles = [canvas.presentation.prefix + quote(assets[name]) for name in SHEETS if name in assets]
        write = rss if context.format == "rss" else atom
        return write(context, dress(styles, canvas.page("feed.html", context).decode()))


@feature.page
class BoardDays(DayFeeds):
    """`/chat/feed.xml`: the latest days of all conversations of a board."""

    name = "feed-chat-board"

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One in each format."""
        board = lookup.board(scope)
        if board and board.days:
            for name in _formats(lookup, "boards", board):
                yield Artifact(board.address + FEED_FILES[name], f"{name}:{scope}")

    def context(self, lookup: Lookup, arg: str) -> FeedContext | None:
        """The end of the board's list of days."""
        form, _, key = arg.partition(":")
        board = lookup.board(key)
        if board is None:
            return None
        items = lookup.latest(scope("days", key), lookup.setting("feeds", FeedSettings).length)
        days = (_day_of(lookup, item) for item in items)
        return _feed(lookup, form, board.address, board.title, board.description, board.language, days)


@feature.page
class ConversationDays(DayFeeds):
    """`/chat/general/feed.xml`, where `[feeds] places` has "topics": the latest days of a conversation."""

    name = "feed-chat"

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for each conversation in each format."""
        board = lookup.board(scope)
        if board and board.days:
            for name in _formats(lookup, "topics"):
                for key, address, *_ in lookup.plan(scope):
                    yield Artifact(address + FEED_FILES[name], f"{name}:{key}")

    def context(self, lookup: Lookup, arg: str) -> FeedContext | None:
        """The end of the conversation."""
        form, _, key = arg.partition(":")
        topic = lookup.headline(key)
        if topic is None:
            return None
        days = _latest(lookup, topic, lookup.setting("feeds", FeedSettings).length)
        return _feed(lookup, form, topic.address, topic.title, topic.summary, topic.language, days)


def _formats(lookup: Lookup, place: str, board: BoardRow | None = None) -> tuple[str, ...]:
    if board and board.feeds is not None:
        return board.feeds
    settings = lookup.setting("feeds", FeedSettings)
    return settings.formats if place in settings.places else ()


def _day_of(lookup: Lookup, item: str) -> tuple[TopicRow, int] | None:
    """The conversation and the page of the last message of a day."""
    key, _, entry_id = item.rpartition("#")
    topic, entry = lookup.headline(key), lookup.entry(f"topic/{key}", entry_id)
    return (topic, entry.page) if topic and entry else None


def _latest(lookup: Lookup, topic: TopicRow, length: int) -> Iterator[tuple[TopicRow, int]]:
    """The latest days, each by the last page of it."""
    left = length
    for month, _ in reversed(lookup.months(topic.key)):
        found = zip(days_of(lookup, topic.key, [month]), lookup.days(topic.key, month), strict=True)
        for day, row in list(found)[::-1][:left]:
            yield topic, number_of(day) * PARTS + row.parts
            left -= 1
        if not left:
            return


def _feed(
    lookup: Lookup, form: str, address: str, title: str, description: str, language: str,
    days: Iterable[tuple[TopicRow, int] | None],
) -> FeedContext:  # fmt: skip
    presenter = Absolute(lookup, language)
    url = presenter.href(address)
    found = (_item(presenter, *day, language) for day in days if day)
    return FeedContext(
        format=form,
        id=feed_id("", url),
        title=title,
        description=description,
        url=url,
        self_url=presenter.href(address + FEED_FILES[form]),
        page=presenter.page(address, "feed", language=language),
        site=Presenter(lookup).site(),
        items=tuple(item for item in found if item),
    )


def _item(presenter: Absolute, topic: TopicRow, page: int, language: str) -> FeedItem | None:
    """A day; of one that fills several pages the last of them."""
    rows = [row for row in presenter.lookup.entries(f"topic/{topic.key}", page) if not (row.status or row.event)]
    if not rows:
        return None
    day, site = date_of(page // PARTS), presenter.settings
    own = feed_id(topic.guid, presenter.href(topic.address))
    written = format_date(noon(presenter, day), language or site.language, site.zone, site.calendar, "day")
    return FeedItem(
        id=feed_id("", f"{own}#{day.isoformat()}"),
        url=presenter.href(page_address(day_address(topic, day), page % PARTS)),
        title=f"{topic.title}, {written}",
        author=_authors(presenter, rows),
        html="\n".join(_said(presenter, topic, row) for row in rows),
        summary=presenter.brief(rows[-1]),
        published=rows[0].date,
        updated=max(max(row.updated or 0, row.date) for row in rows),
        tags=topic.tags,
        language=topic.language,
    )


def _authors(presenter: Absolute, rows: Iterable[EntryRow]) -> FeedAuthor:
    names = dict.fromkeys(presenter.person(row.authors, row.name).name for row in rows)
    return FeedAuthor(", ".join([name for name in names if name][:NAMED]))


def _said(presenter: Absolute, topic: TopicRow, row: EntryRow) -> str:
    """A message as feed readers show it: who, when, and what."""
    name = presenter.person(row.authors, row.name).name
    url = presenter.href(page_address(topic.address, row.page))
    hour = format_date(row.date, "en", presenter.settings.zone, "gregorian", "hour")
    text = str(presenter.html(row, topic.board, f"topic/{topic.key}", topic.address)).replace('href="#', f'href="{url}#')
    head = f'<p><a href="{escape(f"{url}#r-{row.id}")}">{hour}</a> <b><bdi>{escape(name)}</bdi></b></p>'
    files = "".join(f"<p>{escape(one.name or one.file)}</p>" for one in row.attachments)
    return f"{head}\n{text}{files}"
