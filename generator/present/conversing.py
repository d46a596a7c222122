"""How conversations are shown: messages of one author joined, each with what it answers; threads; the days of a year.

Which entries are on which day, and which answer each other, is told in `catalog.days`; here rows become views.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time

from msgspec import Struct
from msgspec.structs import replace

from generator import digest
from generator.addresses import PARTS, entry_address, page_address
from generator.catalog.lookup import Lookup
from generator.catalog.rows import BoardRow, EntryRow, TopicRow
from generator.language.calendars import by_month, split, weeks
from generator.markup.text import excerpt
from generator.model import Moment
from generator.present import cards
from generator.present.links import joined
from generator.present.presenter import Presenter
from generator.slugs import slug
from generator.views import Link, Pages, PageView, Person, SiteView
from generator.views.entries import EntryView, FileView
from generator.views.seen import Picture

JOINED = 300
"""Seconds at most between two messages of one author that stand together."""

QUOTED = 120
"""Letters of a message that are shown above one that answers it."""

STEPS = 4
"""How many degrees of activity a calendar tells apart."""


class Quote(Struct, frozen=True):
    """What a message answers, in a few words."""

    href: str
    name: str
    """Who wrote it, or empty."""
    text: str
    """How it begins, or empty where it has no text."""
    gone: str = ""
    """`deleted`, `hidden` or `lost`, or empty."""
    dir: str = ""


class MessageView(Struct, frozen=True):
    """A message, a notice, or what is left of a message that is gone."""

    entry: EntryView
    """What it says."""
    quote: Quote | None = None
    """What it answers."""
    thread: str = ""
    """The address of the thread that it is part of, or empty."""
    pictures: tuple[tuple[Picture, str], ...] = ()
    """The pictures among its files, each with its name."""


class Turn(Struct, frozen=True):
    """Messages that one author wrote one after another, or a notice, or what is gone."""

    author: Person
    own: bool
    """Whether who began the conversation wrote them."""
    messages: tuple[MessageView, ...]
    """The messages, or the one notice."""
    notice: bool
    """Whether it is a notice."""
    gone: bool
    """Whether it is a message that is gone."""
    date: Moment
    """When the first of them was written."""


class DayView(Struct, frozen=True):
    """A day, and what was said on it where that is shown."""

    date: Moment
    href: str
    turns: tuple[Turn, ...] = ()
    """Its messages, as they stand together."""


class ThreadView(Struct, frozen=True):
    """A chain of answers in a list."""

    href: str
    author: Person
    """Who began it."""
    opening: Quote
    """The message that began it, in a few words."""
    date: Moment
    """When it began."""
    count: int
    """How many answers it has."""
    people: tuple[Person, ...]
    """Who takes part."""
    active: Moment
    """When something was last said in it."""


class MonthView(Struct, frozen=True):
    """A month of a calendar."""

    month: Moment
    count: int
    """How many messages it has."""
    weeks: tuple[tuple[tuple[int, str, int, int] | None, ...], ...]
    """Seven places each: the number of the day, its address, how many messages it has, and how many that is, from 0 to 4."""


class MessagesContext(Struct, frozen=True):
    """A day of a conversation, or a thread of it."""

    page: PageView
    site: SiteView
    key: str
    board: Link
    title: str
    """The title of the conversation."""
    href: str
    """The address of the conversation."""
    hidden: bool
    look: str
    """How messages stand: in `bubbles` or in `lines`."""
    date: int
    """A moment of the day, or when the thread began."""
    thread: bool
    """Whether it is a thread."""
    count: int
    """How many answers the thread has."""
    days: tuple[DayView, ...]
    """The messages, by days."""
    newer: DayView | None
    """The next day on which something was said."""
    older: DayView | None
    """The day before."""
    pages: Pages


# Pages ---------------------------------------------------------------------


def conversations(lookup: Lookup, board: str) -> Iterator[tuple[str, str, str]]:
    """Key, address and source of the conversations on a board; none where it is of another kind."""
    found = lookup.board(board)
    for key, address, _, path in lookup.plan(board) if found and found.days else ():
        yield key, address, path


def page_of(
    presenter: Presenter, topic: TopicRow, board: BoardRow, kind: str, address: str, *, noindex: bool = False
) -> PageView:
    """What a page of a conversation says of itself."""
    front = address == topic.address
    own = () if front or topic.hidden else (Link(presenter.href(topic.address), topic.title),)
    return presenter.page(
        address,
        kind,
        "" if topic.hidden else topic.title,
        description=topic.summary,
        language=topic.language or board.language,
        crumbs=(*presenter.trail(board), *own),
        feeds=() if topic.hidden else presenter.feeds(topic.address, topic.title, "topics"),
        alternates=presenter.alternates(topic.base, topic.address) if front else (),
        image=presenter.sized(topic.cover, topic.path),
        card=cards.of_topic(presenter, topic, board),
        noindex=topic.hidden or noindex,
    )


# Days ----------------------------------------------------------------------


def noon(presenter: Presenter, day: date) -> Moment:
    """A moment of a day that dates can be written by."""
    return int(datetime.combine(day, time(12), presenter.settings.zone).timestamp())


def date_of(day: int) -> date:
    """The date of a day as pages are numbered by it: 20261101."""
    return date(day // 10_000, day // 100 % 100, day % 100)


def number_of(day: date) -> int:
    """The other way round."""
    return day.year * 10_000 + day.month * 100 + day.day


def day_address(topic: TopicRow, day: date) -> str:
    """Where a day of a conversation is."""
    return page_address(topic.address, number_of(day) * PARTS + 1)


def day_link(presenter: Presenter, topic: TopicRow, day: date) -> DayView:
    """A day that is only led to."""
    return DayView(noon(presenter, day), presenter.href(day_address(topic, day)))


def thread_address(base: str, root: str) -> str:
    """Where the thread is that a message of the conversation at an address began."""
    name = slug(root)
    return f"{base}threads/{name if name == root else f'{name}-{digest.of_text(root).hex()[:6]}'}/"


def days_of(lookup: Lookup, key: str, months: Iterable[str]) -> Iterator[date]:
    """The days of some months of a conversation."""
    for month in months:
        year, number = int(month[:-3]), int(month[-2:])
        for one in lookup.days(key, month):
            yield date(year, number, one.day)


def years(presenter: Presenter, key: str) -> dict[int, list[str]]:
    """The years of a conversation by the site's calendar, each with the months ("2026-11") that have days of it."""
    found: dict[int, list[str]] = {}
    calendar = presenter.settings.calendar
    for month, _ in presenter.lookup.months(key):
        first = date(int(month[:-3]), int(month[-2:]), 1)
        within = {split(first, calendar)[0], split(first.replace(day=28), calendar)[0]}
        if len(within) > 1:
            within = {split(day, calendar)[0] for day in days_of(presenter.lookup, key, [month])}
        for year in within:
            found.setdefault(year, []).append(month)
    return dict(sorted(found.items()))


def calendar_of(presenter: Presenter, topic: TopicRow, year: int, months: Sequence[str], begins: int) -> tuple[MonthView, ...]:
    """The months of a year in which anything was said, the latest first."""
    settings, lookup = presenter.settings, presenter.lookup
    counts = {
        date(int(month[:-3]), int(month[-2:]), day): count
        for month in months
        for day, count in lookup.day_counts(topic.key, month)
    }
    days = [day for day in counts if split(day, settings.calendar)[0] == year]
    most = max((counts[day] for day in days), default=0)
    found = []
    for one in by_month(days, settings.calendar):
        rows = weeks(one, settings.calendar, begins)
        cells = (tuple(_cell(presenter, topic, day, counts, most) if day else None for day in row) for row in rows)
        found.append(MonthView(noon(presenter, one[0]), sum(counts[day] for day in one), tuple(cells)))
    return tuple(reversed(found))


def _cell(presenter: Presenter, topic: TopicRow, day: date, counts: dict[date, int], most: int) -> tuple[int, str, int, int]:
    number = split(day, presenter.settings.calendar)[2]
    return number, presenter.href(day_address(topic, day)), counts[day], -(-counts[day] * STEPS // most) if most else 0


# Messages ------------------------------------------------------------------


class Conversation:
    """Makes the views of a conversation's messages for one page."""

    def __init__(self, presenter: Presenter, topic: TopicRow) -> None:
        self.presenter = presenter
        self.topic = topic
        self.owner = f"topic/{topic.key}"
        self._known: dict[str, EntryRow] = {}

    def row(self, entry_id: str) -> EntryRow | None:
        """A message, wherever it stands."""
        return self._known.get(entry_id) or self.presenter.lookup.entry(self.owner, entry_id)

    def days(self, rows: Sequence[EntryRow], *, threads: bool = True) -> tuple[DayView, ...]:
        """Messages by their days; `threads` says whether each leads to its thread."""
        self._known.update((row.id, row) for row in rows)
        found: dict[int, list[EntryRow]] = {}
        for row in rows:
            found.setdefault(row.page // PARTS, []).append(row)
        return tuple(self._day(day, inside, threads=threads) for day, inside in found.items())

    def _day(self, day: int, rows: Sequence[EntryRow], *, threads: bool) -> DayView:
        # The opening stands on no day.
        when = noon(self.presenter, date_of(day)) if day else 0
        href = self.presenter.href(page_address(self.topic.address, rows[0].page))
        return DayView(when, href, tuple(self._turn(turn, threads=threads) for turn in _turns(rows)))

    def _turn(self, rows: Sequence[EntryRow], *, threads: bool) -> Turn:
        messages = tuple(self.message(row, threads=threads) for row in rows)
        first = messages[0].entry
        return Turn(first.author, first.by_starter, messages, bool(first.event), bool(rows[0].status), first.date)

    def message(self, row: EntryRow, *, threads: bool = True) -> MessageView:
        """A message; its number is not shown, and so not part of it."""
        entry = self.presenter.entry(row, self.topic)
        shown, pictures = self._pictures(row, entry)
        thread = self.presenter.href(thread_address(self.topic.address, row.chain)) if row.chain and threads else ""
        return MessageView(replace(entry, number=0, attachments=shown), self._quote(row), thread, pictures)

    def _pictures(self, row: EntryRow, entry: EntryView) -> tuple[tuple[FileView, ...], tuple[tuple[Picture, str], ...]]:
        """The files of a message that are none, and the pictures whose sizes are known."""
        pictures = {}
        for attachment in row.attachments if entry.attachments else ():
            asset = self.presenter.asset(joined(row.path, attachment.file))
            where = self.presenter.asset_address(asset.path) if asset and asset.picture else None
            if asset and asset.picture and where:
                href = self.presenter.file_href(where)
                pictures[href] = Picture(href, asset.picture.width, asset.picture.height)
        rest = tuple(file for file in entry.attachments if file.href not in pictures)
        named = tuple((pictures[file.href], file.name) for file in entry.attachments if file.href in pictures)
        return rest, named

    def _quote(self, row: EntryRow) -> Quote | None:
        """What a message answers; what answers the opening stands below it anyway."""
        said = self.row(row.parent) if row.parent_number > 1 else None
        return self._brief(said) if said else None

    def _brief(self, said: EntryRow) -> Quote:
        presenter = self.presenter
        text = said.event or excerpt(presenter.lookup.html(said.html).text, QUOTED) if said.html or said.event else ""
        name = presenter.person(said.authors, said.name).name
        href = presenter.href(entry_address(self.topic.address, said.id, said.page))
        return Quote(href, name, text or next((one.name or one.file for one in said.attachments), ""), said.status, said.dir)

    # Threads -----------------------------------------------------------------

    def thread(self, root: str) -> ThreadView | None:
        """A chain of answers in a list."""
        chain, row = self.presenter.lookup.chain(self.topic.key, root), self.row(root)
        if chain is None or row is None:
            return None
        presenter = self.presenter
        people = tuple(presenter.person(authors, name) for authors, name in chain.people)
        href = presenter.href(thread_address(self.topic.address, root))
        author = presenter.person(row.authors, row.name)
        return ThreadView(href, author, self._brief(row), row.date, len(chain.entries) - 1, people, chain.last)


def _turns(rows: Iterable[EntryRow]) -> Iterator[list[EntryRow]]:
    """Messages that stand together."""
    turn: list[EntryRow] = []
    for row in rows:
        if turn and not _go_on(turn[-1], row):
            yield turn
            turn = []
        turn.append(row)
    if turn:
        yield turn


def _go_on(before: EntryRow, row: EntryRow) -> bool:
    if before.event or row.event or before.status or row.status:
        return False
    return (before.authors, before.name) == (row.authors, row.name) and row.date - before.date <= JOINED
