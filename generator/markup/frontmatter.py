"""Splits a text into its header and its body, the header's values all read as text.

YAML between `---` lines, TOML between `+++` lines (Hugo), and `Title: x` lines (Pelican) are known. What
the fields mean, and where one entry of a file ends, is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import NoReturn, TypeAlias, cast

import yaml

from generator import toml
from generator.errors import Problem
from generator.schema import clipped

LIMIT = 64 * 1024
"""Characters of a header that are read."""

DEPTH = 32
"""How deep a header's lists and tables may nest."""

Value: TypeAlias = "str | list[Value] | dict[str, Value]"

# Lines that need no parser: what they say is the same in every YAML, and they can hold no surprise.
_FLAT = re.compile(r"([A-Za-z_][A-Za-z0-9_-]{0,99}):(?: +(.*))?")
# The most common of them, whose value is what it looks like.
_PLAIN = re.compile(r"([A-Za-z_][A-Za-z0-9_-]{0,99}): ([A-Za-z0-9](?:[A-Za-z0-9_.,/ -]|:(?=[0-9]))*(?<! ))")
_FLAT_QUOTED = re.compile(r""""((?:[^"\\]|\\["\\])*)"|'([^']*)'""")
_FLAT_LIST = re.compile(r"\[([^\[\]{}:?\\]*)\]")
_FLAT_START = re.compile(r"[^\W_]|[/.(+_$~=]")
_FLAT_ITEM = re.compile(r"""((?:[^\W_]|[/.(+_$]).*)|"([^"]*)"|'([^']*)'""")
# YAML 1.1, 5.1: what no stream may hold; and what it reads as a line's end, where editors see none.
_UNPRINTABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
# A pattern that begins with its letters is found many times as quick as one that begins with `^`.
_END = {
    "---": re.compile(r"---(?<![^\n]---)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"\+\+\+(?<![^\n]\+{3})[ \t]*$", re.MULTILINE),
}
_PELICAN = re.compile(r"([A-Za-z][A-Za-z0-9_-]{0,39}):[ \t]*(.*)")
_PELICAN_FIRST = frozenset(
    [
        "title",
        "date",
        "modified",
        "tags",
        "keywords",
        "category",
        "slug",
        "author",
        "authors",
        "summary",
        "lang",
        "status",
        "template",
        "save_as",
    ]
)

_LOADER = cast("type[yaml.SafeLoader]", getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A header and what follows it.

    `values` are texts, lists and tables of them; `lines` where each name stands; `body_line` where the body
    begins (both from 1). Where the header can't be read, `problems` say why, and `values` are empty.
    """

    values: Mapping[str, object]
    lines: Mapping[str, int]
    body_line: int
    body: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """The values of a header, and the line of each name (from 0 within the header)."""

    values: dict[str, Value] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


class _HeaderError(Exception):
    """Why a header can't be read; its line counts from 0 within the header."""

    def __init__(self, line: int, message: str, hint: str = "", name: str = "") -> None:
        self.line, self.message, self.hint, self.name = line, message, hint, name
        super().__init__(message)


def newlines(text: str) -> str:
    """The text with every line ended by a line feed, as CommonMark (2.1) counts lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def split(text: str, path: str = "") -> FrontMatter:
    """The header at the top of a file's text, if there is one, and its body; `path` is for problems."""
    text = newlines(text)
    first, _, rest = text.partition("\n")
    if (mark := first.rstrip(" \t")) in _END:
        return split_header(rest, path, 2, mark)
    if _is_pelican(text):
        return _split_pelican(text, path)
    return FrontMatter({}, {}, 1, text)


def split_header(text: str, path: str, line: int, delimiter: str = "---") -> FrontMatter:
    """The header that begins at once on `line` and ends with a line that is `delimiter`."""
    header, body, body_line = _cut(text, line, delimiter)
    if body is None:
        hint = f"Write a line `{delimiter}` between the fields and the text."
        problem = Problem(path, line - 1, "", f"expected a line `{delimiter}` that ends the header", hint)
        return FrontMatter({}, {}, line, text, (problem,))
    try:
        read = _read_toml(header) if delimiter == "+++" else read_yaml(header)
    except _HeaderError as error:
        problem = Problem(path, line + error.line, error.name, error.message, error.hint)
        return FrontMatter({}, {}, body_line, body, (problem,))
    return FrontMatter(read.values, {name: line + offset for name, offset in read.lines.items()}, body_line, body)


def _cut(text: str, line: int, delimiter: str) -> tuple[str, str | None, int]:
    end = _END[delimiter].search(text)
    if end is None:
        return "", None, line
    return text[: end.start()], text[end.end() + 1 :], line + text.count("\n", 0, end.start()) + 1


def read_yaml(header: str) -> Header:
    """The values of a YAML header; raises _HeaderError."""
    return read_flat(header) or parse_yaml(header)


def read_flat(header: str) -> Header | None:
    """The values of a header of simple `key: value` lines; None where it takes a parser to be sure."""
    if len(header) > LIMIT or "\t" in header or _UNPRINTABLE.search(header):
        return None
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    for number, line in enumerate(header.split("\n")):
        if not line or line[0] == "#":
            continue
        name, value = _flat_line(line)
        if value is None or name in values:
            return None
        values[name], lines[name] = value, number
    return Header(values, lines)


def _flat_line(line: str) -> tuple[str, Value | None]:
    """A line's name and value; the value is None where it takes a parser."""
    if found := _PLAIN.fullmatch(line):
        return found[1], found[2]
    if found := _FLAT.fullmatch(line):
        return found[1], _flat_value((found[2] or "").strip(" "))
    return "", None


def _flat_value(text: str) -> Value | None:
    if not text:
        return ""
    if text[0] in "\"'":
        found = _FLAT_QUOTED.fullmatch(text)
        if found is None:
            return None
        return re.sub(r"\\(.)", r"\1", found[1]) if found[1] else found[2] or ""
    if ": " in text or " #" in text or text[-1] == ":":
        return None
    if text[0] == "[":
        return _flat_list(text)
    return text if _FLAT_START.match(text) else None


def _flat_list(text: str) -> Value | None:
    found = _FLAT_LIST.fullmatch(text)
    if found is None:
        return None
    parts = [part.strip(" ") for part in found[1].split(",")]
    if parts == [""]:
        return []
    items = [_FLAT_ITEM.fullmatch(part) for part in parts]
    return [item[item.lastindex or 0] for item in items if item] if all(items) else None


def parse_yaml(header: str) -> Header:
    """The values of any YAML header, its event stream guarded; raises _HeaderError."""
    if len(header) > LIMIT:
        raise _HeaderError(0, f"expected a header of at most {LIMIT} characters")
    if odd := _UNPRINTABLE.search(header):
        _printable(odd[0], header.count("\n", 0, odd.start()))
    try:
        return _Builder(yaml.parse(header, Loader=_LOADER)).header()
    except yaml.MarkedYAMLError as error:
        _raise_syntax(error, header)
    except (yaml.YAMLError, ValueError) as error:  # PyYAML's own scanner meets chr() with large escapes
        raise _HeaderError(0, "expected `key: value` lines (YAML)") from error


def _printable(text: str, line: int) -> str:
    """The text, if it holds no control character and no lone surrogate, which an escape can write."""
    if odd := _UNPRINTABLE.search(text):
        message = f"expected text, not the control character U+{ord(odd[0]):04X}"
        raise _HeaderError(line, message, "Delete it; many editors don't show it.")
    return text


def _raise_syntax(error: yaml.MarkedYAMLError, header: str) -> NoReturn:
    mark = error.problem_mark or error.context_mark
    lines = header.rstrip("\n").split("\n")
    line = min(mark.line, len(lines) - 1) if mark else 0
    hint = "Put a text that holds `: `, ` #` or begins with a sign in quotes."
    if "\t" in lines[line]:
        hint = "Indent with spaces; YAML takes no tabs."
    raise _HeaderError(line, f"expected YAML: {error.problem or error.context}", hint) from error


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
            raise _HeaderError(_line(start), "expected `key: value` lines")
        self._fill(read, start, 1)
        next(self._events)  # the document's end
        if not isinstance(rest := next(self._events), yaml.StreamEndEvent):
            raise _HeaderError(_line(rest), "expected one header, not several documents")
        return read

    def _fill(self, read: Header, start: yaml.Event, depth: int) -> None:
        self._check(start, depth)
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            name = self._name(key)
            if name in read.values:
                raise _HeaderError(
                    _line(key), f"the name “{clipped(name)}” is given twice", "Keep one.", name
                )
            read.lines[name] = _line(key)
            read.values[name] = self._value(next(self._events), depth)

    def _name(self, event: yaml.Event) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise _HeaderError(_line(event), "expected a name before the `:`")
        self._check(event, 0)
        return _printable(event.value, _line(event))

    def _value(self, event: yaml.Event, depth: int) -> Value:
        self._check(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            return _printable(event.value, _line(event))
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
            raise _HeaderError(_line(event), "expected no anchors (`&a`) and aliases (`*a`)", hint)
        if depth > DEPTH:
            raise _HeaderError(_line(event), f"expected lists and tables at most {DEPTH} deep")


def _line(event: yaml.Event) -> int:
    return int(event.start_mark.line) if event.start_mark else 0


def _read_toml(header: str) -> Header:
    if len(header) > LIMIT:
        raise _HeaderError(0, f"expected a header of at most {LIMIT} characters")
    loaded = toml.load(header, "", 0, floats_as_text=True)
    for problem in loaded.problems:
        raise _HeaderError(problem.line, problem.message, problem.hint)
    try:
        values = {key: _as_text(value, loaded.lines.get(key, 0)) for key, value in loaded.values.items()}
    except ValueError as error:
        raise _HeaderError(0, "expected no number of thousands of digits") from error
    return Header(values, {name: loaded.lines.get(name, 0) for name in values})


def _as_text(value: object, line: int) -> Value:
    if isinstance(value, dict):
        return {key: _as_text(inner, line) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner, line) for inner in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return _printable(value.isoformat() if isinstance(value, date | time) else str(value), line)


def _is_pelican(text: str) -> bool:
    found = _PELICAN.match(text)
    return found is not None and found[1].lower() in _PELICAN_FIRST


def _split_pelican(text: str, path: str) -> FrontMatter:
    """Reads `Title: x` lines up to an empty line; where other text comes first, they are text themselves.

    A value goes on in lines that are indented by four spaces, as in Python-Markdown's meta-data.
    """
    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    name = ""
    rows = text.split("\n")
    for number, row in enumerate([*rows, ""], 1):
        found = _PELICAN.fullmatch(row)
        if not row.strip():
            return FrontMatter(values, lines, number + 1, "\n".join(rows[number:]))
        if found:
            name = found[1].lower()
            if name in values:
                problem = Problem(
                    path, number, name, f"the name “{clipped(name)}” is given twice", "Keep one."
                )
                return FrontMatter({}, {}, 1, text, (problem,))
            values[name], lines[name] = found[2].strip(), number
        elif row.startswith("    "):
            values[name] = f"{values[name]}\n{row.strip()}"
        else:
            break
    return FrontMatter({}, {}, 1, text)
