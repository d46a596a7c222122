"""Addresses below the site that follow from others: numbered pages, entries on them, feeds; the hosts of those elsewhere."""

from __future__ import annotations

from urllib.parse import urlsplit

FEED_FILES = {"atom": "feed.xml", "rss": "feed.rss", "json": "feed.json"}
FEED_TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}

TAG_TEXTS = "tags/"
"""Where the texts of tags are below content/; in their keys, and in place of a board where pages are counted by board."""


def page_address(base: str, number: int, *, numbered_first: bool = False) -> str:
    """The address of a numbered page; the first is the base itself unless a front stands before it."""
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
