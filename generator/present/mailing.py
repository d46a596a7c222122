"""From the rows of a mailing list to what its pages show: months, the ways between mails, and what mail programs get.

A mail's neighbours are looked up one by one, so that a new mail changes the page of the one before it and no others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from generator.addresses import entry_address, host
from generator.catalog.keys import scope
from generator.catalog.lookup import Lookup
from generator.catalog.rows import BoardRow, EntryRow, TopicRow
from generator.present.links import joined
from generator.present.presenter import Presenter
from generator.slugs import fold
from generator.views import Link
from generator.views.entries import EntryView
from generator.views.mails import MailMonth, MailSteps, MailThread

if TYPE_CHECKING:
    from generator.syndication.mbox import Message

TOGETHER = 10
"""How many times as many mails as a page of a thread a page of a month holds, and a file for mail programs."""

ORDERS = ("thread", "date", "author")

_REPLY = re.compile(
    r"\s*(?:\[[^\]\s]{1,40}\]|(?:re|aw|sv|vs|antw|odp|fw|fwd|wg|rv|tr|res|r|ynt|رد|پاسخ|回复|答复|回覆|返信|תגובה|הועבר)\s?(?:\[\d{1,3}\])?[:：])\s*",
    re.IGNORECASE,
)


def bare(subject: str) -> str:
    """A subject by which mails are held against each other: without “Re:” in any language and without the list's tag."""
    while found := _REPLY.match(subject):
        subject = subject[found.end() :]
    return fold(subject)


# Months ------------------------------------------------------------------------


def month_scope(board: str, name: str) -> str:
    """The list of a month's mails; `name` is as "2026-11"."""
    return scope(f"mails/{board}", name)


def month_size(board: BoardRow) -> int:
    """How many mails a page of a month holds."""
    return TOGETHER * board.per_page


def month_address(board: BoardRow, name: str, order: str = "thread", page: int = 1) -> str:
    """Where a month's mails are: `/list/archive/2026/11/date/page/2/`."""
    ordered = f"{order}/" if order != "thread" else ""
    return f"{board.address}archive/{name.replace('-', '/')}/{ordered}" + (f"page/{page}/" if page > 1 else "")


def month_files(board: BoardRow, name: str, count: int) -> Iterator[str]:
    """The addresses of a month's files for mail programs."""
    base = f"{board.address}archive/{name.replace('-', '/')}/"
    return (f"{base}{name}{f'-{part}' if part > 1 else ''}.mbox" for part in range(1, -(-count // month_size(board)) + 1))


def month_begins(presenter: Presenter, name: str) -> int:
    """The moment at which a month begins."""
    year, month = map(int, name.split("-"))
    return int(datetime(year, month, 1, tzinfo=presenter.settings.zone).timestamp())


def month_of(presenter: Presenter, date: int) -> str:
    """The name of the month that a mail is in."""
    found = datetime.fromtimestamp(date, presenter.settings.zone)
    return f"{found.year:04}-{found.month:02}"


def day_of(presenter: Presenter, date: int) -> str:
    """The day of a mail."""
    return datetime.fromtimestamp(date, presenter.settings.zone).date().isoformat()


def every_mail(board: str) -> str:
    """The list of all mails of a board."""
    return scope("mails", board)


def months(presenter: Presenter, board: BoardRow) -> tuple[MailMonth, ...]:
    """All months with mails, newest first."""
    return tuple(_month(presenter, board, name, count) for name, count in reversed(presenter.lookup.scopes(f"mails/{board.key}")))


def _month(presenter: Presenter, board: BoardRow, name: str, count: int) -> MailMonth:
    return MailMonth(
        link=Link(presenter.href(month_address(board, name)), name),
        year=int(name[:4]),
        month=month_begins(presenter, name),
        count=count,
        orders=orders(presenter, board, name),
        mbox=tuple(map(presenter.href, month_files(board, name, count))),
    )


def orders(presenter: Presenter, board: BoardRow, name: str, current: str = "") -> tuple[Link, ...]:
    """A month's mails by thread, date and author."""
    return tuple(Link(presenter.href(month_address(board, name, order)), order, order == current) for order in ORDERS)


# Threads -------------------------------------------------------------------------


def parts(pages: int) -> int:
    """In how many files for mail programs a topic of so many pages is."""
    return -(-pages // TOGETHER)


def part_pages(part: int, pages: int) -> range:
    """The pages of a topic that are in one of its files."""
    return range((part - 1) * TOGETHER + 1, min(part * TOGETHER, pages) + 1)


def thread_file(address: str, part: int) -> str:
    """The address of a topic's file for mail programs."""
    return f"{address}thread{f'-{part}' if part > 1 else ''}.mbox"


def thread(
    presenter: Presenter, topic: TopicRow, board: BoardRow, opening: Sequence[EntryRow], rows: Sequence[EntryRow],
    replies: Iterable[EntryView],
) -> MailThread:  # fmt: skip
    """What the page of a thread has besides; `opening` is empty on later pages."""
    shown = {row.id: row for row in (*opening, *rows) if not (row.status or row.event)}
    order = [*(row.id for row in opening if row.id in shown), *(one for one in _walk(replies) if one in shown)]
    month = month_of(presenter, topic.created)
    return MailThread(
        steps=tuple(
            (own, _steps(presenter, topic, board, shown, before, own, after))
            for before, own, after in zip(("", *order), order, (*order[1:], ""), strict=False)
        ),
        mbox=tuple(presenter.href(thread_file(topic.address, part)) for part in range(1, parts(topic.pages) + 1) if not topic.hidden),
        month=Link(presenter.href(month_address(board, month)), month),
        began=month_begins(presenter, month),
    )


def _walk(views: Iterable[EntryView]) -> Iterator[str]:
    """The ids of entries as a thread is read: each one before those that answer it."""
    for view in views:
        yield view.id
        yield from _walk(view.children)


def _steps(
    presenter: Presenter, topic: TopicRow, board: BoardRow, shown: dict[str, EntryRow], before: str, own: str, after: str
) -> MailSteps:
    row = shown[own]
    earlier, later = presenter.lookup.neighbours(every_mail(board.key), row.date, f"{topic.key}#{own}")
    return MailSteps(
        subject=row.title if row.number > 1 and bare(row.title) not in ("", bare(topic.title)) else "",
        thread_before=_href(presenter, topic, shown.get(before)),
        thread_after=_href(presenter, topic, shown.get(after)),
        date_before=_elsewhere(presenter, topic, shown, earlier),
        date_after=_elsewhere(presenter, topic, shown, later),
    )


def _href(presenter: Presenter, topic: TopicRow, row: EntryRow | None) -> str:
    if row is None:
        return ""
    # The opening's address is the page itself, whose beginning is where it stands.
    return presenter.href(entry_address(topic.address, row.id, row.page))


def _elsewhere(presenter: Presenter, topic: TopicRow, shown: dict[str, EntryRow], item: str | None) -> str:
    """The address of a mail of any thread of the list."""
    if item is None:
        return ""
    key, _, entry_id = item.rpartition("#")
    if key == topic.key and entry_id in shown:
        return _href(presenter, topic, shown[entry_id])
    found = found_mail(presenter.lookup, item)
    return _href(presenter, *found) if found else ""


def found_mail(lookup: Lookup, item: str) -> tuple[TopicRow, EntryRow] | None:
    """A mail by its place in a list: the pages of its month in three orders ask for it, their file, and its neighbours."""
    return lookup.once(("mail", item), lambda: _found(lookup, item))


def _found(lookup: Lookup, item: str) -> tuple[TopicRow, EntryRow] | None:
    key, _, entry_id = item.rpartition("#")
    topic, row = lookup.headline(key), lookup.entry(f"topic/{key}", entry_id)
    return (topic, row) if topic and row else None


# What mail programs get ----------------------------------------------------------


def message(presenter: Presenter, topic: TopicRow, row: EntryRow) -> Message:
    """A mail as it goes into a file; `presenter` makes addresses that stand anywhere."""
    from generator.markup.mail import is_mail, text_of
    from generator.syndication.mbox import Message, message_id

    where = host(presenter.settings.origin)
    html = presenter.lookup.html(row.html).html if row.html else ""
    plain = not html or is_mail(html)
    return Message(
        id=message_id(where, topic.key, row.id),
        sender=presenter.person(row.authors, row.name).name,
        date=row.date,
        subject=topic.title if row.number == 1 else row.title or f"Re: {topic.title}",
        text=text_of(html) if plain else str(presenter.html(row, topic.board, f"topic/{topic.key}", topic.address)),
        root=message_id(where, topic.key, "1"),
        parent=message_id(where, topic.key, row.parent) if row.parent else "",
        html=not plain,
        files=tuple(_files(presenter, row)),
        url=presenter.href(entry_address(topic.address, row.id, row.page)) if presenter.settings.origin else "",
    )


def _files(presenter: Presenter, row: EntryRow) -> Iterator[tuple[str, str]]:
    """The names and addresses of what was attached; the mail's page tells what is not there."""
    for attachment in row.attachments:
        asset = presenter.asset(joined(row.path, attachment.file))
        where = presenter.asset_address(asset.path) if asset else None
        if asset and where:
            yield attachment.name or asset.path.rpartition("/")[2], presenter.file_href(where)
