"""The interface's language: its direction, its numbers and its dates.

Which language a page has is decided elsewhere, and its words are in `words`; what an entry's text says is the
markup's business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial
from itertools import islice
from types import MappingProxyType
from typing import Literal, TypeVar
from unicodedata import bidirectional
from zoneinfo import ZoneInfo

from generator.language.usage import DIGITS, NUMBERING, NUMERIC, OWN_NAMES, PERSIAN_MONTHS, USAGE, Usage

Direction = Literal["ltr", "rtl"]
T = TypeVar("T")

Style = Literal["day", "date", "month", "year", "hour"]

UNDATED = ""
"""What is shown in place of the date of what has none."""

MOMENTS = 8192
"""How many dates are kept as they were written: an entry's stands on several pages, some of them several times."""

_RIGHT_TO_LEFT = frozenset(
    (
        "ar",
        "arc",
        "azb",
        "bal",
        "ckb",
        "dv",
        "fa",
        "glk",
        "he",
        "iw",
        "ks",
        "lrc",
        "mzn",
        "nqo",
        "pnb",
        "ps",
        "sd",
        "syr",
        "ug",
        "ur",
        "yi",
    )
)
_RTL_SCRIPTS = frozenset(("adlm", "arab", "aran", "hebr", "nkoo", "rohg", "syrc", "thaa"))
TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
"""What a language's tag looks like (BCP 47)."""

_ASCII_LETTER = re.compile("[A-Za-z]")
_DECIMALS = MappingProxyType({",": ".", "٬": "٫"})
"""What parts a fraction, by what groups thousands; elsewhere it is a comma."""
_SAMPLE = 64
"""How many strong letters decide a text's direction."""
_REACH = 2000
"""How far into a text they are looked for, so that a long run of signs costs little."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# A little inside what `datetime` and `jdatetime` can hold, so that no time zone leads over the edge.
_FIRST = int((datetime(1, 1, 2, tzinfo=UTC) - _EPOCH).total_seconds())
_LAST = int((datetime(9997, 12, 31, tzinfo=UTC) - _EPOCH).total_seconds())
_HIJRA = date(622, 3, 22)


def primary(language: str) -> str:
    """A language tag's first part in lower case: "fa" of "fa-IR"."""
    return language.partition("-")[0].lower()


def direction(language: str) -> Direction:
    """Which way a language is written, by its script where the tag names one (BCP 47)."""
    subtags = language.lower().split("-")
    scripts = [part for part in subtags[1:] if len(part) == 4 and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RTL_SCRIPTS else "ltr"
    return "rtl" if subtags[0] in _RIGHT_TO_LEFT else "ltr"


def detect(text: str) -> Direction | Literal[""]:
    """Which way a text runs, by the majority of its first strong letters (UAX #9); "" if it has none."""
    text = text[:_REACH]
    if text.isascii():
        return "ltr" if _ASCII_LETTER.search(text) else ""
    letters = list(islice(_strong(text), _SAMPLE))
    if not letters:
        return ""
    return "rtl" if 2 * sum(letters) > len(letters) else "ltr"


def _strong(text: str) -> Iterator[bool]:
    """For every letter that has a direction: whether it is right to left."""
    for character in text:
        kind = bidirectional(character)
        if kind in ("L", "R", "AL"):
            yield kind != "L"


def own_name(language: str) -> str:
    """A language in its own words ("فارسی"); the tag itself where the name is not known."""
    tag = language.lower()
    return OWN_NAMES.get(tag) or OWN_NAMES.get(primary(tag), language)


def numbering(language: str) -> str:
    """Which digits a language writes, by their name in CLDR: "arab", "arabext", or "latn" for 0 to 9."""
    return _of(NUMBERING, language) or "latn"


def _of(table: Mapping[str, T], language: str) -> T | None:
    """What a table has for a language, or for it without its region, script and whatever else its tag names."""
    tag = language.lower()
    while tag and tag not in table:
        tag = tag.rpartition("-")[0]
    return table.get(tag)


def _usage(language: str) -> Usage:
    return _of(USAGE, language) or NUMERIC


def digits(text: str, language: str) -> str:
    """The text with its ASCII digits in the language's own."""
    own = DIGITS.get(numbering(language))
    return text.translate(_table(own)) if own else text


@lru_cache(maxsize=8)
def _table(own: str) -> Mapping[int, str]:
    return MappingProxyType({ord("0") + value: digit for value, digit in enumerate(own)})


def number(value: int, language: str) -> str:
    """A whole number in the language's digits, its thousands grouped: 1,204 or ۱٬۲۰۴."""
    usage = _usage(language)
    return digits(f"{value:,}".replace(",", usage.group), language)


def file_size(size: int, language: str) -> str:
    """A size in bytes as people write it, in steps of 1000 (SI): "840 B", "12 kB", "3.4 MB"."""
    value, unit = float(size), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if value < 1000:
            break
        value, unit = value / 1000, larger
    shown = f"{value:.1f}" if unit != "B" and value < 10 else f"{value:.0f}"
    shown = shown.replace(".", _DECIMALS.get(_usage(language).group, ","))
    return digits(f"{shown}\u00a0{unit}", language)


def clock(seconds: int, language: str) -> str:
    """A length of time, or a place in a sound, as players show it: 1:02:03 or 4:05."""
    minutes, second = divmod(max(0, seconds), 60)
    hours, minute = divmod(minutes, 60)
    return digits(f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}", language)


def period(seconds: int) -> str:
    """A length of time as `<time datetime>` and schema.org have it (ISO 8601): PT245S."""
    return f"PT{max(0, seconds)}S"


def format_date(moment: int, language: str, timezone: ZoneInfo, calendar: str, style: Style) -> str:
    """A moment as people write it.

    `moment` is in seconds since 1970 UTC; `calendar` is "gregorian" or "persian"; `style` is "day"
    (1 Nov 2026), "date" (with hours and minutes), "month" (November 2026), "year" or "hour" (10:30). A language
    without a table of its own gets ISO 8601's order. A moment outside the years 1 to 9997 is moved to their edge.
    """
    local = (_EPOCH + timedelta(seconds=min(max(moment, _FIRST), _LAST))).astimezone(timezone)
    usage = _usage(language)
    if style == "hour":
        return digits(f"{local:%H}{usage.clock}{local:%M}", language)
    day = _format_day(local.date(), language, calendar, style)
    return day + digits(f"{usage.comma}{local:%H}{usage.clock}{local:%M}", language) if style == "date" else day


@lru_cache(maxsize=4096)
def _format_day(day: date, language: str, calendar: str, style: Style) -> str:
    """A day as people write it; most days of a page are those of many others."""
    usage = _usage(language)
    pattern = {"month": usage.month, "year": usage.year}.get(style, usage.day)
    return digits(pattern.format(**_parts(day, usage, language, calendar)), language)


def _parts(day: date, usage: Usage, language: str, calendar: str) -> dict[str, str | int]:
    if calendar == "persian" and day >= _HIJRA:
        return _persian_parts(day, language)
    month = _nth(usage.months, day.month)
    short = _nth(usage.short or usage.months, day.month)
    return {"year": f"{day.year:04}", "month": month, "short": short, "number": day.month, "day": day.day}


def _persian_parts(day: date, language: str) -> dict[str, str | int]:
    import jdatetime  # type: ignore[import-untyped]  # only sites with this calendar need it

    jalali = jdatetime.date.fromgregorian(date=day)
    name = _nth(_of(PERSIAN_MONTHS, language) or PERSIAN_MONTHS[""], jalali.month)
    return {"year": str(jalali.year), "month": name, "short": name, "number": jalali.month, "day": jalali.day}


def _nth(names: str, number_from_one: int) -> str:
    return names.split(" ")[number_from_one - 1] if names else ""


def filters(language: str, timezone: str, calendar: str) -> dict[str, Callable[..., str]]:
    """What templates write dates, numbers and names with, for pages in a language.

    `timezone` is a key of the tz database ("Asia/Tehran"). The moment 0 is that of what has no date.
    """
    zone = ZoneInfo(timezone)

    @lru_cache(maxsize=MOMENTS)
    def shown(moment: int, style: Style, calendar: str = calendar) -> str:
        return format_date(moment, language, zone, calendar, style) if moment else UNDATED

    styles: tuple[Style, ...] = ("day", "date", "month", "year", "hour")
    return {
        **{style: partial(shown, style=style) for style in styles},
        # For what has an address by its month of the Gregorian calendar, whatever the site's own is.
        "civil_month": partial(shown, calendar="gregorian", style="month"),
        "civil_year": partial(shown, calendar="gregorian", style="year"),
        "iso": iso,
        "digits": partial(digits, language=language),
        "number": partial(number, language=language),
        "size": partial(file_size, language=language),
        "clock": partial(clock, language=language),
        "period": period,
        "direction": direction,
        "own_name": own_name,
    }


@lru_cache(maxsize=MOMENTS)
def iso(moment: int) -> str:
    """A moment as `<time datetime>` has it (RFC 3339)."""
    if not moment:
        return UNDATED
    return f"{_EPOCH + timedelta(seconds=min(max(moment, _FIRST), _LAST)):%Y-%m-%dT%H:%M:%SZ}"
