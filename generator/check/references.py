"""Chooses the reader for a file of the output by its name, and gives it the file's bytes or text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from generator.check.data import read_manifest
from generator.check.feeds import read_xml
from generator.check.findings import finding
from generator.check.json_feeds import MARK, read_json_feed
from generator.check.markup import check_page
from generator.check.pages import page_ids, read_page
from generator.check.reading import Reading, Reference
from generator.check.schemas import check_feed, check_json
from generator.check.styles import read_style
from generator.errors import Problem

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is still read: more than a full sitemap (50 MiB)."""

_BEGINNING = 1024
_PAGES = (".html", ".htm", ".xhtml", ".svg")
_SITEMAP = re.compile(r"sitemap\s*:\s*(\S+)", re.IGNORECASE)


def references(path: str, data: bytes) -> tuple[Reference, ...]:
    """The addresses in one file of the output; none in a format that holds none."""
    return read(path, data).references


def read(path: str, data: bytes) -> Reading:
    """All that the check needs of one file: `path` in the output tells its format."""
    suffix = PurePosixPath(path).suffix.lower()
    if path == "robots.txt":
        return _read_robots(path, _text(data))
    if suffix in _XML:
        return read_xml(path, data)
    if suffix == ".json":
        reader = _reader_of_json(path, data)
        return reader(path, _text(data)) if reader else Reading(path)
    return _TEXTS[suffix](path, _text(data)) if suffix in _TEXTS else Reading(path)


def readable(path: str) -> bool:
    """Whether a file's name says that it can hold addresses."""
    return path == "robots.txt" or PurePosixPath(path).suffix.lower() in {*_TEXTS, *_XML, ".json"}


def is_page(path: str) -> bool:
    """Whether anchors can lead into a file."""
    return path.lower().endswith(_PAGES)


def read_files(root: Path, strictly: frozenset[str], paths: Iterable[str]) -> list[Reading]:
    """The readings of some files below `root`: a task for a pool of processes.

    `strictly` are the formats to look at closely: "html" and "feeds".
    """
    return [_read_file(root, path, strictly) for path in paths]


def ids_of_files(root: Path, paths: Iterable[str]) -> list[tuple[str, frozenset[str]]]:
    """The ids of some pages below `root`: a task for a pool of processes."""
    return [(path, _ids_of_file(root / path)) for path in paths]


def _ids_of_file(file: Path) -> frozenset[str]:
    try:
        return page_ids(_text(file.read_bytes())) if file.stat().st_size <= LARGEST else frozenset()
    except OSError:
        return frozenset()


def _read_file(root: Path, path: str, strictly: frozenset[str]) -> Reading:
    file = root / path
    try:
        if file.stat().st_size > LARGEST:
            return Reading(path, problems=(_too_large(path),))
        data = file.read_bytes()
        reading = read(path, data)
        more = tuple(_closely(path, data, strictly))
        return replace(reading, problems=(*reading.problems, *more)) if more else reading
    except OSError as error:
        reason = error.strerror or "it can't be read"
        return Reading(
            path, problems=(finding(path, 0, "", f"not checked: {reason}", "Build the site again."),)
        )


def _closely(path: str, data: bytes, strictly: frozenset[str]) -> Iterator[Problem]:
    suffix = PurePosixPath(path).suffix.lower()
    if "html" in strictly and suffix in (".html", ".htm"):
        yield from check_page(path, _text(data))
    if "feeds" in strictly and suffix in _XML:
        yield from check_feed(path, data)
    if "feeds" in strictly and (suffix == ".webmanifest" or MARK in data[:_BEGINNING]):
        yield from check_json(path, _text(data))


def _too_large(path: str) -> Problem:
    message = f"not checked: it is larger than {LARGEST // 1024 // 1024} MiB"
    return finding(path, 0, "", message, "Cut it into smaller files.", "warning")


def _reader_of_json(path: str, data: bytes) -> Callable[[str, str], Reading] | None:
    if MARK in data[:_BEGINNING]:
        return read_json_feed
    return read_manifest if PurePosixPath(path).name == "manifest.json" else None


def _read_robots(path: str, text: str) -> Reading:
    lines = enumerate(text.splitlines(), 1)
    found = ((number, _SITEMAP.match(line.strip())) for number, line in lines)
    return Reading(path, tuple(Reference("Sitemap", match[1], number) for number, match in found if match))


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace")


_XML = frozenset({".xml", ".rss", ".atom", ".opml"})
_TEXTS: Mapping[str, Callable[[str, str], Reading]] = {
    **dict.fromkeys(_PAGES, read_page),
    ".css": read_style,
    ".webmanifest": read_manifest,
}
