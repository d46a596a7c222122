"""Addresses below the site that follow from others: numbered pages, entries on them, feeds; the hosts of those elsewhere."""

from __future__ import annotations

from urllib.parse import urlsplit

FEED_FILES = {"atom": "feed.xml", "rss": "feed.rss", "json": "feed.json"}
FEED_TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}

TAG_TEXTS = "tags/"
"""Where the texts of tags are below content/; in their keys, and in place of a board where pages are counted by board."""


PARTS = 10_000
"""Pages of a day at most: that of a conversation's day has the number `day * PARTS + part`, its day as 20261101."""

BY_DAY = 10_000 * PARTS
"""From which number on pages are those of days: no topic has as many of others."""


def day_page(day: int, part: int) -> int:
    """The number of a page of a conversation's day (20261101): its first, or a later one."""
    return day * PARTS + min(part, PARTS - 1)


def page_address(base: str, number: int, *, numbered_first: bool = False) -> str:
    """The address of a numbered page; the first is the base itself unless a front stands before it."""
    if number >= BY_DAY:
        day, part = divmod(number, PARTS)
        return page_address(f"{base}{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}/", part)
    return base if number <= (0 if numbered_first else 1) else f"{base}page/{number}/"


def entry_address(base: str, entry_id: str, page: int) -> str:
    """The address of an entry on the page where it stands; the opening's is its topic's."""
    return base if entry_id == "1" else f"{page_address(base, page)}#r-{entry_id}"


def host(address: str) -> str:
    """Whose an address on the web is, without the "www." that says nothing; "" where it has no host."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def card_address(address: str) -> str:
    """The address of the picture that is drawn for previews of a page."""
    return f"/_/cards{address.rstrip('/')}.png"


def size_address(address: str, width: int, form: str) -> str:
    """The address of a size of the picture at an address."""
    return f"/_/pictures{address}.{width}.{form}"
