"""Reads any YAML header by its events, all values as text, and guards against what YAML can do besides.

Headers of plain lines are read in `frontmatter`, which needs no parser for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn, cast

import yaml

from generator.markup.header import DEPTH, LIMIT, UNPRINTABLE, Header, HeaderError, Value, printable
from generator.schema import clipped

_LOADER = cast("type[yaml.SafeLoader]", getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def parse_yaml(header: str) -> Header:
    """The values of any YAML header, its event stream guarded; raises HeaderError."""
    if len(header) > LIMIT:
        raise HeaderError(0, f"expected a header of at most {LIMIT} characters")
    if odd := UNPRINTABLE.search(header):
        printable(odd[0], header.count("\n", 0, odd.start()))
    try:
        return _Builder(yaml.parse(header, Loader=_LOADER)).header()
    except yaml.MarkedYAMLError as error:
        _raise_syntax(error, header)
    except (yaml.YAMLError, ValueError) as error:  # PyYAML's own scanner meets chr() with large escapes
        raise HeaderError(0, "expected `key: value` lines (YAML)") from error


def _raise_syntax(error: yaml.MarkedYAMLError, header: str) -> NoReturn:
    mark = error.problem_mark or error.context_mark
    lines = header.rstrip("\n").split("\n")
    line = min(mark.line, len(lines) - 1) if mark else 0
    hint = "Put a text that holds `: `, ` #` or begins with a sign in quotes."
    if "\t" in lines[line]:
        hint = "Indent with spaces; YAML takes no tabs."
    raise HeaderError(line, f"expected YAML: {error.problem or error.context}", hint) from error


class _Builder:
    """Builds texts, lists and tables from YAML's events, and stops where they nest too deep or refer."""

    def __init__(self, events: Iterator[yaml.Event]) -> None:
        self._events = events

    def header(self) -> Header:
        read = Header()
        next(self._events)  # the stream's start
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return read
        start = next(self._events)
        if not isinstance(start, yaml.MappingStartEvent):
            raise HeaderError(_line(start), "expected `key: value` lines")
        self._fill(read, start, 1)
        next(self._events)  # the document's end
        if not isinstance(rest := next(self._events), yaml.StreamEndEvent):
            raise HeaderError(_line(rest), "expected one header, not several documents")
        return read

    def _fill(self, read: Header, start: yaml.Event, depth: int) -> None:
        self._check(start, depth)
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            name = self._name(key)
            if name in read.values:
                raise HeaderError(
                    _line(key), f"the name “{clipped(name)}” is given twice", "Keep one.", name
                )
            read.lines[name] = _line(key)
            read.values[name] = self._value(next(self._events), depth)

    def _name(self, event: yaml.Event) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise HeaderError(_line(event), "expected a name before the `:`")
        self._check(event, 0)
        return printable(event.value, _line(event))

    def _value(self, event: yaml.Event, depth: int) -> Value:
        self._check(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            return printable(event.value, _line(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(depth + 1)
        table = Header()
        self._fill(table, event, depth + 1)
        return table.values

    def _list(self, depth: int) -> list[Value]:
        items: list[Value] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, depth))
        return items

    def _check(self, event: yaml.Event, depth: int) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            hint = "Write the value out, in quotes if it begins with `&` or `*`."
            raise HeaderError(_line(event), "expected no anchors (`&a`) and aliases (`*a`)", hint)
        if depth > DEPTH:
            raise HeaderError(_line(event), f"expected lists and tables at most {DEPTH} deep")


def _line(event: yaml.Event) -> int:
    return int(event.start_mark.line) if event.start_mark else 0
