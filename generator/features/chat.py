"""The kind of board that chats: each topic is a conversation, and its messages stand on pages of days.

A conversation has a front with the calendar of its latest year, a page for each other year and for each day. So a new
message changes its day, the front and lists, however long they talk. Its threads are another feature's.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.addresses import PARTS, day_page, page_address
from generator.api import Artifact, BoardKind, Feature, Lookup, PageKind, Presenter, scope
from generator.catalog.rows import TopicRow
from generator.language.calendars import week_begins
from generator.present.conversing import (
    Conversation,
    DayView,
    MessagesContext,
    MonthView,
    calendar_of,
    conversations,
    date_of,
    day_address,
    day_link,
    days_of,
    noon,
    page_of,
    years,
)
from generator.views import Link, PageView, SiteView
from generator.views.entries import EntryView

feature = Feature("chat")

LATEST = 8
"""Messages that the front of a conversation shows."""

feature.board_kind(
    BoardKind(
        name="chat",
        board_template="board-chat.html",
        topic_template="conversation.html",
        by_activity=True,
        nested=False,
        breaks=True,
        days=True,
        per_page=100,
    )
)


class ConversationContext(Struct, frozen=True):
    """The front of a conversation, or the page of one of its years; only the front has what new messages change."""

    page: PageView
    site: SiteView
    key: str
    board: Link
    title: str
    hidden: bool
    look: str
    """How messages stand: in `bubbles` or in `lines`."""
    opening: EntryView
    """What the conversation is about."""
    front: bool
    """Whether it is the front."""
    count: int
    """How many messages there are, on the front."""
    created: int
    active: int
    """When something was last said, on the front."""
    years: tuple[Link, ...]
    """Its years; `current` marks the one that is shown."""
    months: tuple[MonthView, ...]
    """The months of that year, the latest first."""
    week: int
    """On which day weeks begin; 0 is Monday."""
    first: DayView | None
    """Its first day."""
    last: DayView | None
    """Its latest day."""
    latest: tuple[DayView, ...]
    """The latest messages."""
    threads: Link | None
    """Its threads, where it has some; the text is how many."""
    media: str
    """The address of the page of its pictures, sounds, films and files, on the front."""
    tags: tuple[Link, ...]


@feature.page
class ConversationPage(PageKind[ConversationContext]):
    """`/chat/general/`, and `/chat/general/2025/` for a year that is not the latest."""

    name = "conversation"
    per_board = True
    rank = 30
    templates = ("conversation.html",)

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """A front, and a page for each year but the latest."""
        for key, address, path in conversations(lookup, scope):
            yield Artifact(address, f"{key}:0", path)
            for year in list(years(Presenter(lookup), key))[:-1]:
                yield Artifact(f"{address}{year}/", f"{key}:{year}", path)

    def context(self, lookup: Lookup, arg: str) -> ConversationContext | None:
        """The front (year 0) or a year."""
        key, _, digits = arg.rpartition(":")
        front = digits == "0"
        # What new messages change stands on the front only, so that the others need not be looked at again.
        topic = lookup.topic(key) if front else lookup.headline(key)
        board = lookup.board(topic.board) if topic else None
        opening = lookup.entry(f"topic/{key}", "1")
        if topic is None or board is None or opening is None:
            return None
        presenter = Presenter(lookup, topic.language or board.language)
        found = years(presenter, key)
        year = max(found, default=0) if front else int(digits)
        first, last = _ends(presenter, topic) if front else (None, None)
        language = topic.language or board.language
        return ConversationContext(
            page=page_of(presenter, topic, board, "conversation", topic.address if front else f"{topic.address}{year}/"),
            site=presenter.site(),
            key=key,
            board=presenter.board_link(board),
            title=topic.title,
            hidden=topic.hidden,
            look=topic.look,
            opening=presenter.entry(opening, topic, text=front),
            front=front,
            count=topic.replies if front else 0,
            created=topic.created,
            active=topic.active if front else 0,
            years=_years(presenter, topic, list(found), year),
            months=calendar_of(presenter, topic, year, found.get(year, ()), week_begins(language)),
            week=week_begins(language),
            first=first,
            last=last,
            latest=_latest(presenter, topic) if front else (),
            threads=_threads(presenter, topic) if front else None,
            media=presenter.media(topic.address, scope(f"media/{board.key}", key)) if front else "",
            tags=presenter.tag_links(topic.tags) if front else (),
        )


@feature.page
class DayPage(PageKind[MessagesContext]):
    """`/chat/general/2026-11-01/`, and `/chat/general/2026-11-01/page/2/` where much was said."""

    name = "chat-day"
    per_board = True
    rank = 30
    templates = ("conversation-messages.html",)

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """The pages of all days."""
        for key, address, path in conversations(lookup, scope):
            for month, _ in lookup.months(key):
                first = int(month.replace("-", "")) * 100
                for day in lookup.days(key, month):
                    for part in range(1, day.parts + 1):
                        number = day_page(first + day.day, part)
                        yield Artifact(page_address(address, number), f"{key}:{number}", path)

    def context(self, lookup: Lookup, arg: str) -> MessagesContext | None:
        """One page of a day."""
        key, _, digits = arg.rpartition(":")
        number = int(digits)
        day, part = divmod(number, PARTS)
        topic = lookup.headline(key)
        board = lookup.board(topic.board) if topic else None
        rows = lookup.entries(f"topic/{key}", number)
        if topic is None or board is None or not rows:
            return None
        presenter = Presenter(lookup, topic.language or board.language)
        older, newer, parts = _beside(presenter, topic, day)
        address = day_address(topic, date_of(day))
        when = noon(presenter, date_of(day))
        return MessagesContext(
            page=page_of(presenter, topic, board, "chat-day", page_address(address, part)),
            site=presenter.site(),
            key=key,
            board=presenter.board_link(board),
            title=topic.title,
            href=presenter.href(topic.address),
            hidden=topic.hidden,
            look=topic.look,
            date=when,
            thread=False,
            count=0,
            days=Conversation(presenter, topic).days(rows),
            newer=newer,
            older=older,
            pages=presenter.pages(part, parts, address),
        )


def _years(presenter: Presenter, topic: TopicRow, found: list[int], shown: int) -> tuple[Link, ...]:
    """The years of a conversation, the latest first, which is on the front."""
    latest = max(found, default=0)
    return tuple(
        Link(presenter.href(topic.address if year == latest else f"{topic.address}{year}/"), str(year), year == shown)
        for year in reversed(found)
    )


def _ends(presenter: Presenter, topic: TopicRow) -> tuple[DayView | None, DayView | None]:
    """The first day of a conversation and its latest."""
    lookup = presenter.lookup
    months = [month for month, _ in lookup.months(topic.key)]
    found = [*days_of(lookup, topic.key, months[:1]), *days_of(lookup, topic.key, months[-1:])]
    return (day_link(presenter, topic, found[0]), day_link(presenter, topic, found[-1])) if found else (None, None)


def _latest(presenter: Presenter, topic: TopicRow) -> tuple[DayView, ...]:
    """The latest messages, as many as the page of the last one has."""
    rows = [row for row in presenter.lookup.entries(f"topic/{topic.key}", topic.last_page) if row.number > 1]
    return Conversation(presenter, topic).days(rows[-LATEST:])


def _beside(presenter: Presenter, topic: TopicRow, day: int) -> tuple[DayView | None, DayView | None, int]:
    """The days before and after one, and how many pages it fills."""
    lookup, month = presenter.lookup, f"{day // 10_000:04}-{day // 100 % 100:02}"
    months = [name for name, _ in lookup.months(topic.key)]
    place = months.index(month)
    dates = list(days_of(lookup, topic.key, months[place : place + 1]))
    at = dates.index(date_of(day))
    before = dates[at - 1] if at else next(reversed(list(days_of(lookup, topic.key, months[max(0, place - 1) : place]))), None)
    after = dates[at + 1] if at + 1 < len(dates) else next(days_of(lookup, topic.key, months[place + 1 : place + 2]), None)
    older, newer = (day_link(presenter, topic, one) if one else None for one in (before, after))
    return older, newer, lookup.days(topic.key, month)[at].parts


def _threads(presenter: Presenter, topic: TopicRow) -> Link | None:
    count = presenter.lookup.count(scope("chains", topic.key))
    return Link(presenter.href(f"{topic.address}threads/"), str(count)) if count else None
