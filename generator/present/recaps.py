"""A reply shown a second time on its page: its text without the ids that would then be there twice."""

from __future__ import annotations

import re

from markupsafe import Markup

_TAG = re.compile(r"<[^<>]+>")
_ID = re.compile(r' id="[^"]*"')


def without_ids(html: Markup) -> Markup:
    """Sanitised HTML without the ids of its elements; links within it lead to the reply's own place."""
    return Markup(_TAG.sub(lambda tag: _ID.sub("", tag[0]), html))  # noqa: S704 - sanitised
