"""Checks that every internal address in a built site leads somewhere, anchors too.

Reads each file once, and once more the pages that anchors lead into. Only names of files, redirects and
the batch in hand are in memory. Other hosts are never asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar
from urllib.parse import unquote

from generator.check.addresses import Addresses, Target
from generator.check.anchors import Want, Wanted
from generator.check.findings import finding, shown
from generator.check.hints import Hints, hint_of_id
from generator.check.lines import Lines
from generator.check.reading import Reading, Reference
from generator.check.redirects import Redirect, check_redirects
from generator.check.references import ids_of_files, is_page, read_files, readable
from generator.check.tree import Found, Standing, Tree, scan
from generator.errors import Problem, Severity

T = TypeVar("T")

_WEAK = (Standing.SLASH, Standing.FORM)
"""These work on some hosts, so they are warnings."""


class Map(Protocol):
    """How a task is run on batches of files: here, or by processes; the results come in any order."""

    def __call__(self, task: Callable[[Sequence[str]], list[T]], items: Iterable[str]) -> Iterator[T]:
        """The results for all items; the task gets several at a time."""
        ...


def serially(task: Callable[[Sequence[str]], list[T]], items: Iterable[str]) -> Iterator[T]:
    """Runs the task on one item after the other, in this process."""
    for item in items:
        yield from task((item,))


def check_links(
    output: Path, *, prefix: str = "", origin: str = "", strictly: frozenset[str] = frozenset()
) -> tuple[Problem, ...]:
    """All that `check_output` finds, by file and line."""
    found = check_output(output, prefix=prefix, origin=origin, strictly=strictly)
    return tuple(sorted(found, key=lambda one: (one.path, one.line, one.field, one.message)))


def check_output(
    output: Path,
    *,
    prefix: str = "",
    origin: str = "",
    strictly: frozenset[str] = frozenset(),
    run: Map = serially,
) -> Iterator[Problem]:
    """The internal addresses in the folder `output` that lead nowhere, as they are found.

    `prefix` is the site's sub-path (`/sub`), `origin` its scheme and host (`https://forum.example`); without
    an origin, whole addresses are all taken for foreign. `strictly` are the formats to look at closely: "html", "feeds". Paths of problems are relative to `output`.
    Raises SiteError where `output` is no folder.
    """
    tree = scan(output)
    yield from tree.problems
    addresses = Addresses.of(prefix, origin)
    with Wanted() as wanted:
        check = _Check(tree, addresses, wanted, Lines(output))
        for reading in run(partial(read_files, output, strictly), sorted(filter(readable, tree.files))):
            yield from reading.problems
            yield from check.reading(reading)
        for target, ids in run(partial(ids_of_files, output), wanted.targets()):
            yield from check.anchors(target, ids)
        yield from check_redirects(check.redirects, addresses, check.lines)


class _Check:
    """What is known of the whole site while its files are gone through."""

    def __init__(self, tree: Tree, addresses: Addresses, wanted: Wanted, lines: Lines) -> None:
        self.redirects: dict[str, Redirect] = {}
        self.lines = lines
        self._tree = tree
        self._addresses = addresses
        self._wanted = wanted
        self._hints = Hints(addresses, tree.files)

    def reading(self, reading: Reading) -> Iterator[Problem]:
        """The problems of one file, but for its anchors in others."""
        for reference in reading.references:
            target = self._addresses.target(reference.value, reading.path, reference.base)
            if target is not None:
                yield from self._one(reading, reference, target)
        if reading.refresh is not None:
            self._redirect(reading, reading.refresh)

    def anchors(self, target: str, ids: frozenset[str]) -> Iterator[Problem]:
        """The problems of the anchors that are wanted of one page."""
        for want in self._wanted.of(target):
            if not _has(ids, want.fragment):
                yield self._no_id(want, target, ids)

    def _one(self, reading: Reading, reference: Reference, target: Target) -> Iterator[Problem]:
        if target.outside:
            yield self._outside(reading.path, reference, target)
            return
        found = self._tree.find(target.path)
        if found.standing is not Standing.THERE:
            yield self._missing(reading.path, reference, target, found)
        if found.standing in (Standing.THERE, *_WEAK) and not reference.bare:
            yield from self._anchor(reading, Want(target.fragment, reading.path, reference), found.file)

    def _anchor(self, reading: Reading, want: Want, file: str) -> Iterator[Problem]:
        if file != reading.path and _is_anchor(file, want.fragment):
            self._wanted.add(file, want)
        elif file == reading.path and not _has(reading.ids, want.fragment):
            yield self._no_id(want, file, reading.ids)

    def _redirect(self, reading: Reading, refresh: Reference) -> None:
        target = self._file(reading.path, refresh)
        canonical = self._file(reading.path, reading.canonical) if reading.canonical else ""
        if target:
            self.redirects[reading.path] = Redirect(refresh, target, canonical)

    def _file(self, path: str, reference: Reference) -> str:
        target = self._addresses.target(reference.value, path, reference.base)
        return "" if target is None or target.outside else self._tree.find(target.path).file

    def _outside(self, path: str, reference: Reference, target: Target) -> Problem:
        message = f"“{shown(reference.value)}” leads off the site, which begins at {self._addresses.prefix}/"
        return self._problem(path, reference, message, self._hints.address(target.path))

    def _missing(self, path: str, reference: Reference, target: Target, found: Found) -> Problem:
        message = f"“{shown(reference.value)}”: {_reason(target.path, found.standing)}"
        if found.file:
            hint = f"Its address is {self._addresses.of_file(found.file)}"
        else:
            hint = self._hints.address(target.path)
        severity = "warning" if found.standing in _WEAK else reference.severity
        return self._problem(path, reference, message, hint, severity)

    def _no_id(self, want: Want, file: str, ids: frozenset[str]) -> Problem:
        fragment = unquote(want.fragment)
        value = want.reference.value
        message = f"“{shown(value)}”: the page exists but has no id “{shown(fragment)}”"
        if file in self.redirects:
            hint = f"That page only leads on to {self._addresses.of_file(self.redirects[file].target)}"
        else:
            hint = hint_of_id(fragment, ids)
        return self._problem(want.source, want.reference, message, hint, want.reference.severity)

    def _problem(
        self, path: str, reference: Reference, message: str, hint: str, severity: Severity = "error"
    ) -> Problem:
        line = reference.line or self.lines.find(path, reference.field, reference.value)
        return finding(path, line, reference.field, message, hint, severity)


def _is_anchor(file: str, fragment: str) -> bool:
    if not fragment or not is_page(file):
        return False
    # A picture's fragment can also be a view or a piece of it (SVG 2 section 16.3, Media Fragments).
    return not (file.lower().endswith(".svg") and ("=" in fragment or "(" in fragment))


def _has(ids: frozenset[str], fragment: str) -> bool:
    """Whether a browser finds the place: HTML section 7.4.6.4, where "" and "top" are the page's beginning."""
    return fragment.lower() in ("", "top") or fragment in ids or unquote(fragment) in ids


def _reason(path: str, standing: Standing) -> str:
    if standing is Standing.SLASH:
        return "works only on hosts that redirect to the folder, because it lacks its last slash"
    if standing is Standing.FORM:
        return "works only on hosts that fold Unicode forms, because it is spelled in another one"
    if standing is Standing.CASE:
        return f"no {_kind(path)}; one exists whose upper and lower case differ"
    if standing is Standing.FOLDER:
        return "no page; a folder exists, but it has no index.html"
    return f"no {_kind(path)}"


def _kind(path: str) -> str:
    name = path.rpartition("/")[2]
    return "file" if "." in name and not is_page(name) else "page"
