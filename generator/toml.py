"""Reads TOML with the line of every key; what the keys mean is left to the callers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from generator.errors import Problem

DEPTH = 32
"""How deep tables and lists may nest, so that nothing that walks them can run out of stack."""

_TABLE = re.compile(r"[ \t]*\[\[?([^\[\]]+)\]\]?")
_KEY = re.compile(r"""[ \t]*((?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:[ \t]*\.[ \t]*[\w-]+)*)[ \t]*=""")
_MULTI_LINE = re.compile("\"\"\"|'''")
# tomllib takes time by the square of a key's parts (16 s for 30,000).
_LONG_KEY = re.compile(rf"""(?<![\w-])(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){{{DEPTH}}}""")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")


class Toml(Struct, frozen=True):
    """A TOML text, read: its values, the line of each key (`title`, `feeds.length`), or what is wrong."""

    values: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def load(text: str, path: str, first_line: int = 1, *, floats_as_text: bool = False) -> Toml:
    """Reads a text whose lines end with a line feed, and which begins on `first_line` of the file `path`.

    `floats_as_text` keeps `1.10` as it is written. See https://toml.io/en/v1.0.0.
    """
    if found := _LONG_KEY.search(text):
        line = first_line + text.count("\n", 0, found.start())
        return Toml(problems=(Problem(path, line, "", f"expected names of fewer than {DEPTH} parts"),))
    try:
        values = tomllib.loads(text, parse_float=str if floats_as_text else float)
    except (ValueError, RecursionError) as error:
        return Toml(problems=(_problem(error, text, path, first_line),))
    if _is_deep(values):
        return Toml(problems=(_problem(RecursionError(), text, path, first_line),))
    return Toml(values, dict(_located(text, first_line)))


def _problem(error: Exception, text: str, path: str, first_line: int) -> Problem:
    if isinstance(error, RecursionError):
        return Problem(path, first_line, "", f"expected tables and lists at most {DEPTH} deep")
    message = str(error)
    place = _PLACE.search(message)
    line = int(place[1] or 0) if place else 1
    last = text.rstrip("\n").count("\n") + 1
    reason = _PLACE.sub("", message)
    hint = 'Write texts in quotes: title = "My site"; see https://toml.io.'
    return Problem(path, first_line + (min(line, last) or last) - 1, "", f"expected TOML: {reason}", hint)


def _is_deep(values: Mapping[str, object]) -> bool:
    level: list[object] = [values]
    for _ in range(DEPTH):
        level = [inner for outer in level for inner in _inside(outer)]
    return bool(level)


def _inside(value: object) -> list[object]:
    if isinstance(value, Mapping):
        return list(value.values())
    return value if isinstance(value, list) else []


def _located(text: str, first_line: int) -> Iterator[tuple[str, int]]:
    section = ""
    inside_text = False
    for number, line in enumerate(text.split("\n"), first_line):
        if not inside_text:
            if table := _TABLE.match(line):
                section = _plain(table[1]) + "."
                yield section[:-1], number
            elif key := _KEY.match(line):
                yield section + _plain(key[1]), number
        inside_text ^= len(_MULTI_LINE.findall(line)) % 2 == 1


def _plain(key: str) -> str:
    return ".".join(part.strip(" \t\"'") for part in key.split("."))
