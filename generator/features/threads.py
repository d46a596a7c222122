"""Threads of conversations: a message with the answers to it and to these, on whichever days they were written.

They are found by `reply_to` alone; how, is told in `catalog.days`.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.addresses import page_address
from generator.api import Artifact, Feature, Lookup, PageKind, Presenter, scope
from generator.present.conversing import (
    Conversation,
    MessagesContext,
    ThreadView,
    conversations,
    page_of,
    thread_address,
)
from generator.views import Link, Pages, PageView, SiteView

feature = Feature("threads")

LISTED = 30
"""Threads on a page of them."""


@feature.page
class ThreadPage(PageKind[MessagesContext]):
    """`/chat/general/threads/42/`: a message and the answers to it, on whichever days."""

    name = "chat-thread"
    per_board = True
    rank = 30
    templates = ("conversation-messages.html",)

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """The pages of all threads."""
        for key, address, path in conversations(lookup, scope):
            for item in _chains(lookup, key):
                root, _, pages = item.rpartition(":")
                for number in range(1, int(pages) + 1):
                    yield Artifact(page_address(thread_address(address, root), number), f"{key}:{root}:{number}", path)

    def context(self, lookup: Lookup, arg: str) -> MessagesContext | None:
        """One page of a thread."""
        key, root, digits = arg.rsplit(":", 2)
        topic, chain = lookup.headline(key), lookup.chain(key, root)
        board = lookup.board(topic.board) if topic else None
        if topic is None or board is None or chain is None:
            return None
        presenter, number, size = Presenter(lookup, topic.language or board.language), int(digits), board.per_page
        found = (lookup.entry(f"topic/{key}", one) for one in chain.entries[(number - 1) * size : number * size])
        rows = [row for row in found if row]
        began = lookup.entry(f"topic/{key}", root)
        address = thread_address(topic.address, root)
        return MessagesContext(
            page=page_of(presenter, topic, board, "chat-thread", page_address(address, number), noindex=True),
            site=presenter.site(),
            key=key,
            board=presenter.board_link(board),
            title=topic.title,
            href=presenter.href(topic.address),
            hidden=topic.hidden,
            look=topic.look,
            date=began.date if began else 0,
            thread=True,
            count=len(chain.entries) - 1,
            days=Conversation(presenter, topic).days(rows, threads=False),
            newer=None,
            older=None,
            pages=presenter.pages(number, -(-len(chain.entries) // size), address),
        )


class ThreadsContext(Struct, frozen=True):
    """The threads of a conversation, the newest first. `pages.number` is 0 on the front."""

    page: PageView
    site: SiteView
    key: str
    board: Link
    title: str
    href: str
    """The address of the conversation."""
    count: int
    """How many threads there are, on the front."""
    threads: tuple[ThreadView, ...]
    """The threads of the page."""
    pages: Pages


@feature.page
class ThreadsPage(PageKind[ThreadsContext]):
    """`/chat/general/threads/`, and numbered pages from the oldest thread on, which stay as they are."""

    name = "chat-threads"
    per_board = True
    rank = 30
    templates = ("conversation-threads.html",)

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """A front for a conversation with threads, and numbered pages if not all fit on it."""
        for key, address, path in conversations(lookup, scope):
            total = _thread_pages(lookup, key)
            for number in range(total + 1 if total > 1 else total):
                yield Artifact(page_address(f"{address}threads/", number, numbered_first=True), f"{key}:{number}", path)

    def context(self, lookup: Lookup, arg: str) -> ThreadsContext | None:
        """The front (number 0) or a numbered page."""
        key, _, digits = arg.rpartition(":")
        topic, number = lookup.headline(key), int(digits)
        board = lookup.board(topic.board) if topic else None
        if topic is None or board is None:
            return None
        presenter, name = Presenter(lookup, topic.language or board.language), scope("chains", key)
        items = lookup.window(name, (number - 1) * LISTED, LISTED)[::-1] if number else lookup.latest(name, LISTED)
        conversation, base = Conversation(presenter, topic), f"{topic.address}threads/"
        found = (conversation.thread(item.rpartition(":")[0]) for item in items)
        total = _thread_pages(lookup, key)
        address = page_address(base, number, numbered_first=True)
        return ThreadsContext(
            page=page_of(presenter, topic, board, "chat-threads", address, noindex=True),
            site=presenter.site(),
            key=key,
            board=presenter.board_link(board),
            title=topic.title,
            href=presenter.href(topic.address),
            count=0 if number else lookup.count(name),
            threads=tuple(thread for thread in found if thread),
            pages=presenter.pages(number, total if total > 1 else 0, base, newest_first=True),
        )


def _chains(lookup: Lookup, key: str) -> tuple[str, ...]:
    name = scope("chains", key)
    return lookup.window(name, 0, lookup.count(name) or 1)


def _thread_pages(lookup: Lookup, key: str) -> int:
    return lookup.pages(scope("chains", key), LISTED)
