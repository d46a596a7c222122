"""Reads the addresses in JSON: web app manifests, and the linked data inside pages.

Other JSON is data of a theme or a feature, whose keys mean what only they know.
Sources: W3C Web Application Manifest; JSON-LD 1.1.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.check.findings import finding
from generator.check.reading import Reading, Reference, distinct
from generator.errors import Problem

_MANIFEST = frozenset({"start_url", "scope", "src", "url", "action"})
_PROSE = frozenset(
    {
        "text",
        "articleBody",
        "headline",
        "name",
        "description",
        "caption",
        "transcript",
        "abstract",
        "alternateName",
    }
)
_WEB = ("http://", "https://")


def read_manifest(path: str, text: str) -> Reading:
    """The addresses of a web app manifest."""
    try:
        pairs = list(strings(json.loads(text)))
    except (ValueError, RecursionError) as error:
        return Reading(path, problems=(broken_json(path, error),))
    return Reading(path, distinct(Reference(key, value) for key, value in pairs if key in _MANIFEST))


def linked_data(text: str) -> Iterator[Reference]:
    """The whole addresses in JSON-LD; nothing where it is not JSON, which no reader of it reports either."""
    try:
        pairs = list(strings(json.loads(text)))
    except (ValueError, RecursionError):
        return
    for key, value in pairs:
        if key not in _PROSE and value.startswith(_WEB) and not any(map(str.isspace, value)):
            # A fragment there tells things apart (`#author`) and names no place in the page.
            yield Reference(key, value, bare=True)


def strings(value: object) -> Iterator[tuple[str, str]]:
    """Every string with the key that it stands under, at any depth."""
    waiting: list[tuple[str, object]] = [("", value)]
    while waiting:
        key, item = waiting.pop()
        if isinstance(item, str):
            yield key, _whole(item)
        elif isinstance(item, dict):
            waiting.extend(reversed(item.items()))
        elif isinstance(item, list):
            waiting.extend((key, each) for each in reversed(item))


def _whole(text: str) -> str:
    # JSON can hold half a surrogate pair, which nothing else can.
    return text.encode("utf-8", "replace").decode("utf-8")


def broken_json(path: str, error: ValueError | RecursionError) -> Problem:
    """The problem of a file that is not JSON."""
    line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
    reason = (
        error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply, or a number too long"
    )
    return finding(
        path, line, "", f"expected JSON: {reason}", "Build the site again, or mend the file in static/."
    )
