"""Reads the addresses in a JSON Feed (version 1.1), and those inside its items' HTML."""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.check.data import broken_json, strings
from generator.check.pages import read_fragment
from generator.check.reading import Reading, Reference, distinct

MARK = b"jsonfeed.org/version/"
"""What the beginning of every JSON Feed holds."""

_KEYS = frozenset(
    {
        "home_page_url",
        "feed_url",
        "next_url",
        "icon",
        "favicon",
        "url",
        "external_url",
        "image",
        "banner_image",
        "avatar",
    }
)
_WEB = ("http://", "https://")


def read_json_feed(path: str, text: str) -> Reading:
    """What a feed refers to; its ids are those of the HTML that it holds."""
    try:
        pairs = list(strings(json.loads(text)))
    except (ValueError, RecursionError) as error:
        return Reading(path, problems=(broken_json(path, error),))
    contents = [read_fragment(value) for key, value in pairs if key == "content_html"]
    ids = frozenset[str]().union(*(ids for _, ids in contents))
    inner = (one for found, _ in contents for one in found)
    return Reading(path, distinct((*_of_keys(pairs), *inner)), ids)


def _of_keys(pairs: list[tuple[str, str]]) -> Iterator[Reference]:
    for key, value in pairs:
        if key in _KEYS:
            yield Reference(key, value)
        elif key == "id" and value.startswith(_WEB):
            # An id need not lead anywhere, but readers of feeds do follow it.
            yield Reference(key, value.partition("#")[0], severity="warning")
