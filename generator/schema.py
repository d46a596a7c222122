"""A small typed schema: reads plain mappings into frozen dataclasses and reports all that doesn't fit.

A field's annotation says how its value is read, `doc` what it means; which mapping it is (settings, front
matter) and what its names stand for is left to the callers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Set
from dataclasses import MISSING, Field, fields
from datetime import UTC, tzinfo
from functools import cache, lru_cache
from typing import Any, ClassVar, Protocol, TypeVar

from msgspec import Struct, field

from generator.errors import Problem, Severity, nearest
from generator.language import dates

YES = frozenset({"true", "yes", "on"})
NO = frozenset({"false", "no", "off"})

_ABSENT = frozenset({"", "~", "null"})
_SHOWN = 60


class Record(Protocol):
    """A dataclass whose fields have a `doc`.

    One that is only a description, and never made, says `init=False, repr=False, eq=False`: that is quicker to load.
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


R = TypeVar("R", bound=Record)


class MisfitError(ValueError):
    """A value that doesn't fit its field: what was expected, and how to mend it."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.hint = hint
        super().__init__(message)


class Kind(Struct, frozen=True):
    """A type of value: its name in the manual, and how it is read (`zone`: of dates without one).

    `read` raises MisfitError.
    """

    name: str
    read: Callable[[object, tzinfo], object]


class FieldDoc(Struct, frozen=True):
    """What the manual says of a field or setting."""

    name: str
    type: str
    default: object
    doc: str


class Place(Struct, frozen=True):
    """Where a mapping stands: its file, the line of each key, the line of what has none, its section."""

    path: str
    lines: Mapping[str, int] = field(default_factory=dict)
    line: int = 0
    section: str = ""

    def name(self, key: str) -> str:
        """The key as the file's author knows it: `feeds.length`."""
        return f"{self.section}.{key}" if self.section else key

    def problem(self, key: str, message: str, hint: str = "", severity: Severity = "error") -> Problem:
        """A problem with the value of `key`."""
        name = self.name(key)
        return Problem(self.path, self.lines.get(name, self.line), name, message, hint, severity)


class _Rule(Struct, frozen=True):
    read: Callable[[object, tzinfo], object]
    check: Callable[[Any], object] | None


def doc(
    text: str, kind: Kind | None = None, check: Callable[[Any], object] | None = None
) -> dict[str, object]:
    """The metadata of a field: what it means, its kind where the annotation is not enough.

    `check` takes the read value and gives the one to keep, or raises MisfitError.
    """
    return {"doc": text, "kind": kind, "check": check}


def describe(cls: type[Record]) -> tuple[FieldDoc, ...]:
    """All fields of a class with their types, defaults and meanings, in their order."""
    return tuple(
        FieldDoc(each.name, _kind(each).name, _default(each), each.metadata["doc"])
        for each in fields(cls)
        if "doc" in each.metadata
    )


def read(
    cls: type[R], values: Mapping[str, object], place: Place, known: Collection[str] = ()
) -> tuple[R, tuple[Problem, ...]]:
    """An object of `cls` with what `values` say, and all that is wrong with them.

    A value that doesn't fit leaves its field at the default. `known` are names that belong here but are read
    elsewhere; any other without a field is an error.
    """
    given, problems = read_values(cls, values, place, known=known)
    return cls(**given), problems


def read_values(
    cls: type[Record],
    values: Mapping[str, object],
    place: Place,
    *,
    zone: tzinfo = UTC,
    unknown: Severity = "error",
    known: Collection[str] = (),
    otherwise: str = "",
    guesses: int = 50,
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """As `read`, but only the values that are given and fit; `zone` is that of dates without one.

    `unknown` is how grave an unknown name is, `otherwise` the hint where no known name is close to it;
    `guesses` is for how many of them one is looked for, since thousands would take long.
    """
    rules = _rules(cls)
    problems: list[Problem] = []
    given: dict[str, Any] = {}
    for key, value in values.items():
        rule = rules.get(key)
        if rule is None:
            if key not in known:
                may_guess = len(problems) < guesses
                hint = _nearest(clipped(key), (*rules, *known), otherwise) if may_guess else otherwise
                problems.append(place.problem(key, f"unknown name “{clipped(key)}”", hint, unknown))
            continue
        try:
            result = rule.read(value, zone)
            given[key] = rule.check(result) if rule.check else result
        except MisfitError as error:
            problems.append(place.problem(key, f"{error}, not {shown(value)}", error.hint))
    return given, tuple(problems)


def names(cls: type[Record]) -> Set[str]:
    """The names of the fields that `cls` declares."""
    return _rules(cls).keys()


@lru_cache(maxsize=256)  # an archive names the same unknown field in thousands of files
def _nearest(word: str, known: tuple[str, ...], otherwise: str) -> str:
    from difflib import get_close_matches

    if otherwise and not get_close_matches(word, known, n=1):
        return otherwise
    return nearest(word, known)


def shown(value: object) -> str:
    """A value as a message names it: short, and on one line."""
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    return f"“{clipped(str(value))}”"


def clipped(text: str) -> str:
    """A text's first line, cut where a message would grow too long."""
    line = text[: _SHOWN + 1].split("\n", 1)[0]
    return line if len(line) <= _SHOWN and len(line) == len(text) else line[:_SHOWN] + "…"


def one_of(*choices: str) -> Callable[[Any], object]:
    """A check: the text, or every text of the list, is one of these."""

    def check(value: object) -> object:
        for each in value if isinstance(value, tuple) else (value,):
            if each not in choices:
                expected = " or ".join(f"“{choice}”" for choice in choices)
                raise MisfitError(f"expected {expected}", nearest(clipped(str(each)), choices))
        return value

    return check


def between(least: int, most: int) -> Callable[[Any], object]:
    """A check: the number lies between these."""

    def check(value: object) -> object:
        if isinstance(value, int) and not least <= value <= most:
            raise MisfitError(f"expected a number from {least} to {most}")
        return value

    return check


def read_line(value: object, zone: tzinfo = UTC) -> str:
    """A text on one line, with single spaces; raises MisfitError."""
    return " ".join(read_text(value).split())


def read_text(value: object, zone: tzinfo = UTC) -> str:
    """A text as it is, as a path needs it; raises MisfitError."""
    if isinstance(value, str):
        return value.strip()
    raise MisfitError("expected a text")


def read_texts(value: object, zone: tzinfo = UTC) -> tuple[str, ...]:
    """A list of texts, or a single one; empty ones and repetitions are left out; raises MisfitError."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise MisfitError("expected a list of texts, as [a, b]")
    return tuple(dict.fromkeys(each.strip() for each in value if each.strip()))


def read_words(value: object, zone: tzinfo = UTC) -> tuple[str, ...]:
    """A list of texts, which may be one text with commas; raises MisfitError."""
    return read_texts(value.split(",") if isinstance(value, str) else value)


def read_flag(value: object, zone: tzinfo = UTC) -> bool:
    """Yes or no; raises MisfitError."""
    if isinstance(value, bool):
        return value
    word = value.lower() if isinstance(value, str) else None
    if word in YES:
        return True
    if word in NO or word in _ABSENT:
        return False
    raise MisfitError("expected true or false")


def read_number(value: object, zone: tzinfo = UTC) -> int:
    """A whole number; raises MisfitError."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    # The limit keeps int() linear, and the number within SQLite's 64 bits.
    if isinstance(value, str) and re.fullmatch(r"[+-]?\d{1,18}", value):
        return int(value)
    raise MisfitError("expected a whole number")


def read_moment(value: object, zone: tzinfo = UTC) -> int:
    """A date as seconds since 1970; raises MisfitError."""
    if not isinstance(value, str):
        raise MisfitError(f"expected {dates.EXPECTED}")
    try:
        return dates.parse(value, zone)
    except ValueError as error:
        raise MisfitError(str(error)) from error


def read_table(value: object, zone: tzinfo = UTC) -> Mapping[str, object]:
    """A table as it is; raises MisfitError."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, str) and value in _ABSENT:
        return {}
    raise MisfitError("expected a table, as `key: value` lines below it")


def read_text_table(value: object, zone: tzinfo = UTC) -> Mapping[str, str]:
    """A table of texts; raises MisfitError."""
    return {key: read_text(each) for key, each in read_table(value).items()}


def read_number_table(value: object, zone: tzinfo = UTC) -> Mapping[str, int]:
    """A table of whole numbers; raises MisfitError."""
    return {key: read_number(each) for key, each in read_table(value).items()}


def _or_none(read: Callable[[object, tzinfo], object]) -> Callable[[object, tzinfo], object]:
    return lambda value, zone: None if isinstance(value, str) and value in _ABSENT else read(value, zone)


TEXT = Kind("text", read_text)
TEXTS = Kind("list of texts", read_texts)
WORDS = Kind("list of texts, or one with commas", read_words)

_KINDS: Mapping[str, Kind] = {
    "str": Kind("text", read_line),
    "bool": Kind("true or false", read_flag),
    "bool | None": Kind("true or false", _or_none(read_flag)),
    "int": Kind("number", read_number),
    "int | None": Kind("number", _or_none(read_number)),
    "Moment | None": Kind("date", _or_none(read_moment)),
    "tuple[str, ...]": TEXTS,
    "Mapping[str, str]": Kind("table of texts", read_text_table),
    "Mapping[str, int]": Kind("table of numbers", read_number_table),
    "Mapping[str, object]": Kind("table", read_table),
}


@cache
def _rules(cls: type[Record]) -> Mapping[str, _Rule]:
    return {
        each.name: _Rule(_kind(each).read, each.metadata["check"])
        for each in fields(cls)
        if "doc" in each.metadata
    }


def _kind(each: Field[Any]) -> Kind:
    # Annotations are texts here (PEP 563), which tells `Moment` from `int` where the types can't.
    kind: Kind | None = each.metadata["kind"]
    return kind or _KINDS[str(each.type)]


def _default(each: Field[Any]) -> object:
    if each.default_factory is not MISSING:
        return each.default_factory()
    return each.default

