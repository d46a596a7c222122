"""Splits a text into its header and its body, the header's values all read as text.

YAML between `---` lines, TOML between `+++` lines (Hugo), and `Title: x` lines (Pelican) are known. What
the fields mean, and where one entry of a file ends, is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time

from msgspec import Struct

from generator import toml
from generator.errors import Problem
from generator.markup.header import LIMIT, UNPRINTABLE, Header, HeaderError, Value, printable
from generator.schema import clipped

# Lines that need no parser: what they say is the same in every YAML, and they can hold no surprise.
_FLAT = re.compile(r"([A-Za-z_][A-Za-z0-9_-]{0,99}):(?: +(.*))?")
# The most common of them, whose value is what it looks like.
_PLAIN = re.compile(r"([A-Za-z_][A-Za-z0-9_-]{0,99}): ([A-Za-z0-9](?:[A-Za-z0-9_.,/ -]|:(?=[0-9]))*(?<! ))")
_FLAT_QUOTED = re.compile(r""""((?:[^"\\]|\\["\\])*)"|'([^']*)'""")
_FLAT_LIST = re.compile(r"\[([^\[\]{}:?\\]*)\]")
_FLAT_START = re.compile(r"[^\W_]|[/.(+_$~=]")
_FLAT_ITEM = re.compile(r"""((?:[^\W_]|[/.(+_$]).*)|"([^"]*)"|'([^']*)'""")
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

class FrontMatter(Struct, frozen=True):
    """A header and what follows it.

    `values` are texts, lists and tables of them; `lines` where each name stands; `body_line` where the body
    begins (both from 1). Where the header can't be read, `problems` say why, and `values` are empty.
    """

    values: Mapping[str, object]
    lines: Mapping[str, int]
    body_line: int
    body: str
    problems: tuple[Problem, ...] = ()


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
    except HeaderError as error:
        problem = Problem(path, line + error.line, error.name, error.message, error.hint)
        return FrontMatter({}, {}, body_line, body, (problem,))
    return FrontMatter(read.values, {name: line + offset for name, offset in read.lines.items()}, body_line, body)


def _cut(text: str, line: int, delimiter: str) -> tuple[str, str | None, int]:
    end = _END[delimiter].search(text)
    if end is None:
        return "", None, line
    return text[: end.start()], text[end.end() + 1 :], line + text.count("\n", 0, end.start()) + 1


def read_yaml(header: str) -> Header:
    """The values of a YAML header; raises HeaderError."""
    if found := read_flat(header):
        return found
    # Most headers need no parser, and a program that builds one page does not load it.
    from generator.markup.yamlheader import parse_yaml

    return parse_yaml(header)


def read_flat(header: str) -> Header | None:
    """The values of a header of simple `key: value` lines; None where it takes a parser to be sure."""
    if len(header) > LIMIT or "\t" in header or UNPRINTABLE.search(header):
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


def _read_toml(header: str) -> Header:
    if len(header) > LIMIT:
        raise HeaderError(0, f"expected a header of at most {LIMIT} characters")
    loaded = toml.load(header, "", 0, floats_as_text=True)
    for problem in loaded.problems:
        raise HeaderError(problem.line, problem.message, problem.hint)
    try:
        values = {key: _as_text(value, loaded.lines.get(key, 0)) for key, value in loaded.values.items()}
    except ValueError as error:
        raise HeaderError(0, "expected no number of thousands of digits") from error
    return Header(values, {name: loaded.lines.get(name, 0) for name in values})


def _as_text(value: object, line: int) -> Value:
    if isinstance(value, dict):
        return {key: _as_text(inner, line) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner, line) for inner in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return printable(value.isoformat() if isinstance(value, date | time) else str(value), line)


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
