"""The kind of board that is a mailing list: threads by month, the mails of a month by thread, date and author, and files
for mail programs.

A month's mails are cut by their arrival into pages, and each page can be read in three orders; a new mail changes the pages
of its own month alone. How the page of a thread looks is the business of its template.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.addresses import entry_address
from generator.api import Artifact, BoardKind, Canvas, Feature, Lookup, PageKind, Presenter
from generator.catalog.rows import BoardRow, EntryRow, TopicRow
from generator.model import Moment
from generator.present import mailing
from generator.slugs import fold
from generator.views import Link, Pages, PageView, Person, SiteView
from generator.views.mails import MailMonth

if TYPE_CHECKING:
    from generator.syndication.mbox import Message

feature = Feature("mail")

DEEPEST = 6
"""How deep the mails of a thread are shown below each other."""

Found = tuple[TopicRow, EntryRow]

feature.board_kind(
    BoardKind(
        name="mail",
        board_template="board-mail.html",
        topic_template="mail.html",
        by_activity=True,
        nested=True,
        mail=True,
    )
)


class MailLine(Struct, frozen=True):
    """A mail in a list."""

    href: str
    subject: str
    """Its subject; in the order of threads empty where it is that of the thread."""
    author: Person
    date: Moment
    dir: str
    below: tuple[MailLine, ...] = ()
    """The mails of the page that answer it, in the order of threads."""


class MailGroup(Struct, frozen=True):
    """Mails of a thread, of a day, or of one sender. Of `link`, `day` and `author` one is given."""

    mails: tuple[MailLine, ...]
    """Its mails; in the order of threads each with those that answer it."""
    count: int
    link: Link | None = None
    """The thread."""
    day: Moment = 0
    """A moment of the day."""
    author: Person | None = None


class MailArchiveContext(Struct, frozen=True):
    """The months of a list (`month` 0), or the mails of a month in one of three orders."""

    page: PageView
    site: SiteView
    board: Link
    archive: str
    """The address of the list's months."""
    months: tuple[MailMonth, ...]
    """All months with mails, newest first, where no month is shown."""
    month: Moment
    """When the month begins that is shown, or 0."""
    count: int
    """How many mails it has, on its first page."""
    order: str
    """`thread`, `date` or `author`."""
    orders: tuple[Link, ...]
    """The same mails in all three orders, by these names."""
    groups: tuple[MailGroup, ...]
    """The mails."""
    pages: Pages
    mbox: str
    """The address of the page's mails as a file for mail programs."""
    newer: Link | None
    """The next month with mails, by its name as 2026-11."""
    older: Link | None
    """The month with mails before it."""


@feature.page
class MailArchive(PageKind[MailArchiveContext]):
    """`/list/archive/`, `/list/archive/2026/11/`, `/list/archive/2026/11/date/` and its further pages."""

    name = "mail-archive"
    templates = ("mail-archive.html",)
    per_board = True
    rank = 20

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for the list, and for each page of a month one in each order."""
        board = lookup.board(scope)
        if board is None or not board.mail:
            return
        yield Artifact(f"{board.address}archive/", f"{scope}:::1", board.path)
        for name, count in lookup.scopes(f"mails/{scope}"):
            for order in mailing.ORDERS:
                for number in range(1, -(-count // mailing.month_size(board)) + 1):
                    yield Artifact(mailing.month_address(board, name, order, number), f"{scope}:{name}:{order}:{number}", board.path)

    def context(self, lookup: Lookup, arg: str) -> MailArchiveContext | None:
        """The months, or the mails of a page of one."""
        key, name, order, digits = arg.rsplit(":", 3)
        board, number = lookup.board(key), int(digits)
        if board is None:
            return None
        presenter = Presenter(lookup, board.language)
        where = mailing.month_scope(key, name)
        address = mailing.month_address(board, name, order, number) if name else f"{board.address}archive/"
        mails = _mails(lookup, board, name, number) if name else ()
        older, newer = _neighbours(presenter, board, where) if name else (None, None)
        return MailArchiveContext(
            page=presenter.page(
                address,
                "mail-archive",
                board.title,
                language=board.language,
                crumbs=presenter.trail(board),
                feeds=presenter.feeds(board.address, board.title, "boards", board.feeds),
                noindex=order in mailing.ORDERS[1:],
            ),
            site=presenter.site(),
            board=presenter.board_link(board),
            archive=presenter.href(f"{board.address}archive/"),
            months=() if name else mailing.months(presenter, board),
            month=mailing.month_begins(presenter, name) if name else 0,
            count=lookup.count(where) if name and number == 1 else 0,
            order=order,
            orders=mailing.orders(presenter, board, name, order) if name else (),
            groups=_GROUPS[order](presenter, mails) if name else (),
            pages=_pages(presenter, board, name, order, number),
            mbox=presenter.href(_file(board, name, number)) if name else "",
            newer=newer,
            older=older,
        )


def _mails(lookup: Lookup, board: BoardRow, name: str, number: int) -> tuple[Found, ...]:
    """The mails of a page, oldest first."""
    size = mailing.month_size(board)
    items = lookup.window(mailing.month_scope(board.key, name), (number - 1) * size, size)
    found = (mailing.found_mail(lookup, item) for item in items)
    return tuple(one for one in found if one)


def _file(board: BoardRow, name: str, number: int) -> str:
    return list(mailing.month_files(board, name, number * mailing.month_size(board)))[-1]


def _pages(presenter: Presenter, board: BoardRow, name: str, order: str, number: int) -> Pages:
    if not name:
        return Pages(1, 1)
    total = presenter.lookup.pages(mailing.month_scope(board.key, name), mailing.month_size(board))
    return presenter.pages(number, total, mailing.month_address(board, name, order))


def _neighbours(presenter: Presenter, board: BoardRow, where: str) -> tuple[Link | None, Link | None]:
    """The months before and after one: those of the mails that stand beside its first and its last."""
    lookup = presenter.lookup
    first, last = lookup.window(where, 0, 1), lookup.latest(where, 1)
    return _beside(presenter, board, first, 0), _beside(presenter, board, last, 1)


def _beside(presenter: Presenter, board: BoardRow, items: Sequence[str], side: int) -> Link | None:
    found = mailing.found_mail(presenter.lookup, items[0]) if items else None
    if found is None:
        return None
    item = presenter.lookup.neighbours(mailing.every_mail(board.key), found[1].date, items[0])[side]
    other = mailing.found_mail(presenter.lookup, item) if item else None
    if other is None:
        return None
    name = mailing.month_of(presenter, other[1].date)
    return Link(presenter.href(mailing.month_address(board, name)), name)


# Three orders ------------------------------------------------------------------


def _by_thread(presenter: Presenter, mails: Sequence[Found]) -> tuple[MailGroup, ...]:
    """Threads by their first mail of the page; in each of them what answers a mail stands below it."""
    threads: dict[str, list[Found]] = {}
    for topic, row in mails:
        threads.setdefault(topic.key, []).append((topic, row))
    return tuple(_thread(presenter, found) for found in threads.values())


def _thread(presenter: Presenter, found: Sequence[Found]) -> MailGroup:
    topic = found[0][0]
    here = {row.id for _, row in found}
    below: dict[str, list[EntryRow]] = {}
    for _, row in sorted(found, key=lambda one: one[1].number):
        # What answers no other answers the opening.
        above = row.parent or ("1" if row.number > 1 else "")
        below.setdefault(above if above in here else "", []).append(row)
    link = Link(presenter.href(topic.address), topic.title)
    return MailGroup(_branch(presenter, topic, below, "", 1), len(found), link=link)


def _branch(
    presenter: Presenter, topic: TopicRow, below: dict[str, list[EntryRow]], parent: str, depth: int
) -> tuple[MailLine, ...]:
    lines: list[MailLine] = []
    for row in below.get(parent, ()):
        deeper = _branch(presenter, topic, below, row.id, depth + 1) if depth < DEEPEST else ()
        lines.append(_line(presenter, topic, row, deeper, within=True))
        if depth == DEEPEST:
            lines += _flat(presenter, topic, below, row.id)
    return tuple(lines)


def _flat(presenter: Presenter, topic: TopicRow, below: dict[str, list[EntryRow]], parent: str) -> Iterator[MailLine]:
    waiting = list(reversed(below.get(parent, ())))
    while waiting:
        row = waiting.pop()
        yield _line(presenter, topic, row, within=True)
        waiting += reversed(below.get(row.id, ()))


def _by_date(presenter: Presenter, mails: Sequence[Found]) -> tuple[MailGroup, ...]:
    """Days with their mails, in the order of time."""
    groups = ([*group] for _, group in groupby(mails, key=lambda one: mailing.day_of(presenter, one[1].date)))
    return tuple(MailGroup(_lines(presenter, group), len(group), day=group[0][1].date) for group in groups)


def _by_author(presenter: Presenter, mails: Sequence[Found]) -> tuple[MailGroup, ...]:
    """People with their mails, by name."""
    people: dict[Person, list[Found]] = {}
    for topic, row in mails:
        people.setdefault(presenter.person(row.authors, row.name), []).append((topic, row))
    ordered = sorted(people.items(), key=lambda one: (fold(one[0].name), one[0].href))
    return tuple(MailGroup(_lines(presenter, found), len(found), author=person) for person, found in ordered)


def _lines(presenter: Presenter, mails: Iterable[Found]) -> tuple[MailLine, ...]:
    return tuple(_line(presenter, topic, row) for topic, row in mails)


def _line(
    presenter: Presenter, topic: TopicRow, row: EntryRow, below: tuple[MailLine, ...] = (), *, within: bool = False
) -> MailLine:
    other = row.number > 1 and mailing.bare(row.title) not in ("", mailing.bare(topic.title))
    subject = row.title if other else "" if within else topic.title
    href = presenter.href(entry_address(topic.address, row.id, row.page))
    return MailLine(href, subject, presenter.person(row.authors, row.name), row.date, "" if other else topic.dir, below)


_GROUPS = {"thread": _by_thread, "date": _by_date, "author": _by_author}


# Files for mail programs -------------------------------------------------------


class MboxContext(Struct, frozen=True):
    """The mails of a thread or of a month."""

    name: str
    messages: tuple[Message, ...]


class Absolute(Presenter):
    """Makes addresses that stand anywhere."""

    absolute = True


class _Mbox(PageKind[MboxContext]):
    """What both kinds of files have in common."""

    per_board = True
    rank = 20

    def render(self, context: MboxContext, canvas: Canvas) -> bytes:
        """One mail after another."""
        from generator.syndication.mbox import mbox

        return b"".join(mbox(context.messages, context.name))


@feature.page
class ThreadMbox(_Mbox):
    """`/list/which-tea/thread.mbox`, and `thread-2.mbox` where it is very long."""

    name = "mail-thread-mbox"

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for each topic of a list."""
        board = lookup.board(scope)
        if board is None or not board.mail:
            return
        for key, address, pages, path in lookup.plan(scope):
            for part in range(1, mailing.parts(pages) + 1):
                yield Artifact(mailing.thread_file(address, part), f"{key}:{part}", path)

    def context(self, lookup: Lookup, arg: str) -> MboxContext | None:
        """All mails of some pages of a topic."""
        key, _, part = arg.rpartition(":")
        topic = lookup.headline(key)
        board = lookup.board(topic.board) if topic else None
        if topic is None or board is None:
            return None
        # To plan none for a hidden one, each topic would have to be asked.
        pages = () if topic.hidden else mailing.part_pages(int(part), topic.pages)
        rows = (row for page in pages for row in lookup.entries(f"topic/{key}", page))
        return _messages(lookup, board, ((topic, row) for row in rows))


@feature.page
class MonthMbox(_Mbox):
    """`/list/archive/2026/11/2026-11.mbox`, and `2026-11-2.mbox` where there are very many."""

    name = "mail-month-mbox"

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for each page of a month."""
        board = lookup.board(scope)
        if board is None or not board.mail:
            return
        for name, count in lookup.scopes(f"mails/{scope}"):
            for number, address in enumerate(mailing.month_files(board, name, count), 1):
                yield Artifact(address, f"{scope}:{name}:{number}", board.path)

    def context(self, lookup: Lookup, arg: str) -> MboxContext | None:
        """The mails of a page of a month."""
        key, name, number = arg.rsplit(":", 2)
        board = lookup.board(key)
        return _messages(lookup, board, _mails(lookup, board, name, int(number))) if board else None


def _messages(lookup: Lookup, board: BoardRow, mails: Iterable[Found]) -> MboxContext:
    presenter = Absolute(lookup, board.language)
    shown = ((topic, row) for topic, row in mails if not (row.status or row.event))
    return MboxContext(board.title, tuple(mailing.message(presenter, topic, row) for topic, row in shown))
