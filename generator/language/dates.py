"""Reads the dates that authors write; how dates are shown is left to the pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from generator.model import Moment

EXPECTED = "a date as 2026-11-01 or 2026-11-01 10:00"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# A day from the ends of the calendar, so that a moment has a date in every time zone.
_FIRST = datetime(1, 1, 2, tzinfo=UTC)
_LAST = datetime(9999, 12, 30, tzinfo=UTC)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?[ ]+)?"
_TIME = r"""
    (?:
        (?:T|,?[ \t]+)
        (?P<hour>\d{1,2}):(?P<minute>\d{2})
        (?: :(?P<second>\d{2}) (?:[.,]\d{1,12})? )?
        [ \t]*
        (?P<zone> Z | UTC | GMT | [+-]\d{1,2}(?::?\d{2})? )?
    )?"""
_NUMBERS = re.compile(
    rf"(?P<year>\d{{4}})(?P<mark>[-/])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}}){_TIME}",
    re.VERBOSE | re.IGNORECASE,
)
# What most authors write, of the years whose every moment has a date in every time zone.
_PLAIN = re.compile(r"(?!0|9999)[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2})?")
_WORDS = (
    re.compile(
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})[ -]{_MONTH},?[ -](?P<year>\d{{4}}){_TIME}", re.VERBOSE | re.IGNORECASE
    ),
    re.compile(
        rf"{_WEEKDAY}{_MONTH}[ ]+(?P<day>\d{{1,2}}),?[ ]+(?P<year>\d{{4}}){_TIME}", re.VERBOSE | re.IGNORECASE
    ),
)


def parse(text: str, timezone: tzinfo) -> Moment:
    """The moment that `text` names; `timezone` is that of a text without one.

    Reads ISO 8601 (RFC 3339) and what Jekyll's, Hugo's, Pelican's and WordPress's authors write:
    one-digit months and hours, slashes, a space for the `T` and before the offset, `18 Dec 2014` (RFC 5322)
    and `December 18, 2014`. A date without a time is its midnight, fractions of a second are dropped, and a
    leap second is the next second. Raises ValueError, whose message says what was expected.
    """
    text = text.strip()
    if _PLAIN.fullmatch(text):
        try:
            return int(datetime.fromisoformat(text).replace(tzinfo=timezone).timestamp())
        except ValueError:
            pass  # what is wrong with it is said below
    found = _NUMBERS.fullmatch(text) or _WORDS[0].fullmatch(text) or _WORDS[1].fullmatch(text)
    if found is None:
        raise ValueError(f"expected {EXPECTED}")
    try:
        return _moment(found.groupdict(), timezone)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"there is no such date or time: expected {EXPECTED}") from error


def _moment(parts: dict[str, str | None], local: tzinfo) -> Moment:
    month = parts.get("month") or _MONTHS.index(str(parts["name"]).lower()) + 1
    second = int(parts["second"] or 0)
    if second > 60:  # 60 is a leap second (RFC 3339, 5.6)
        raise ValueError
    year, day = int(parts["year"] or 0), int(parts["day"] or 0)
    hour, minute = int(parts["hour"] or 0), int(parts["minute"] or 0)
    start = datetime(year, int(month), day, hour, minute, tzinfo=_zone(parts["zone"]) or local)
    if not _FIRST <= start <= _LAST:
        raise ValueError
    return (start - _EPOCH) // timedelta(seconds=1) + second


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    if minutes > 59:
        raise ValueError
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)
