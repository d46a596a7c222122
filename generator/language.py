"""The interface's language: its direction, its numbers and its dates.

Which language a page has is decided elsewhere, and its words are in `words`; what an entry's text says is the
markup's business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial
from itertools import islice
from types import MappingProxyType
from typing import Literal
from unicodedata import bidirectional
from zoneinfo import ZoneInfo

Direction = Literal["ltr", "rtl"]
Style = Literal["day", "date", "month", "year"]

UNDATED = ""
"""What is shown in place of the date of what has none."""

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
_DIGITS = MappingProxyType(
    {
        "ar": "٠١٢٣٤٥٦٧٨٩",
        "ckb": "٠١٢٣٤٥٦٧٨٩",
        "fa": "۰۱۲۳۴۵۶۷۸۹",
        "ps": "۰۱۲۳۴۵۶۷۸۹",
    }
)
_SAMPLE = 64
"""How many strong letters decide a text's direction."""
_REACH = 2000
"""How far into a text they are looked for, so that a long run of signs costs little."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# A little inside what `datetime` and `jdatetime` can hold, so that no time zone leads over the edge.
_FIRST = int((datetime(1, 1, 2, tzinfo=UTC) - _EPOCH).total_seconds())
_LAST = int((datetime(9997, 12, 31, tzinfo=UTC) - _EPOCH).total_seconds())
_HIJRA = date(622, 3, 22)

_OWN_NAMES = MappingProxyType(
    {
        "ar": "العربية",
        "az": "azərbaycanca",
        "bg": "български",
        "bn": "বাংলা",
        "ca": "català",
        "ckb": "کوردیی ناوەندی",
        "cs": "čeština",
        "da": "dansk",
        "de": "Deutsch",
        "el": "Ελληνικά",
        "en": "English",
        "eo": "Esperanto",
        "es": "español",
        "et": "eesti",
        "eu": "euskara",
        "fa": "فارسی",
        "fi": "suomi",
        "fr": "français",
        "gl": "galego",
        "he": "עברית",
        "hi": "हिन्दी",
        "hr": "hrvatski",
        "hu": "magyar",
        "hy": "հայերեն",
        "id": "Bahasa Indonesia",
        "it": "italiano",
        "ja": "日本語",
        "ka": "ქართული",
        "ko": "한국어",
        "ku": "kurdî",
        "lt": "lietuvių",
        "lv": "latviešu",
        "nb": "norsk bokmål",
        "nl": "Nederlands",
        "pl": "polski",
        "ps": "پښتو",
        "pt": "português",
        "pt-br": "português (Brasil)",
        "ro": "română",
        "ru": "русский",
        "sk": "slovenčina",
        "sl": "slovenščina",
        "sr": "српски",
        "sv": "svenska",
        "ta": "தமிழ்",
        "tg": "тоҷикӣ",
        "th": "ไทย",
        "tr": "Türkçe",
        "ug": "ئۇيغۇرچە",
        "uk": "українська",
        "ur": "اردو",
        "vi": "Tiếng Việt",
        "zh": "中文",
        "zh-hans": "简体中文",
        "zh-hant": "繁體中文",
    }
)


@dataclass(frozen=True, slots=True)
class _Usage:
    """How a language writes dates and large numbers (after Unicode CLDR 46)."""

    months: str
    short: str = ""
    day: str = "{day} {short} {year}"
    month: str = "{month} {year}"
    year: str = "{year}"
    comma: str = ", "
    group: str = ","


_NUMERIC = _Usage(
    "", day="{year}-{number:02}-{day:02}", month="{year}-{number:02}", comma=" ", group="\u202f"
)
_EAST_ASIA = _Usage(
    "", day="{year}年{number}月{day}日", month="{year}年{number}月", year="{year}年", comma=" "
)
_USAGE = MappingProxyType(
    {
        "en": _Usage(
            "January February March April May June July August September October November December",
            "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        ),
        "fa": _Usage(
            "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر", comma="، ", group="٬"
        ),
        "ar": _Usage(
            "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
            comma="، ",
            group="٬",
        ),
        "he": _Usage(
            "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
            "בינו׳ בפבר׳ במרץ באפר׳ במאי ביוני ביולי באוג׳ בספט׳ באוק׳ בנוב׳ בדצמ׳",
        ),
        "de": _Usage(
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
            day="{day}. {short} {year}",
            group=".",
        ),
        "es": _Usage(
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            "ene feb mar abr may jun jul ago sept oct nov dic",
            month="{month} de {year}",
            group=".",
        ),
        "fr": _Usage(
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
            group="\u202f",
        ),
        "tr": _Usage(
            "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
            "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
            group=".",
        ),
        "zh": _EAST_ASIA,
        "ja": _EAST_ASIA,
    }
)


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
    return _OWN_NAMES.get(tag) or _OWN_NAMES.get(primary(tag), language)


def digits(text: str, language: str) -> str:
    """The text with its ASCII digits in the language's own."""
    own = _DIGITS.get(primary(language))
    return text.translate(_table(own)) if own else text


@lru_cache(maxsize=8)
def _table(own: str) -> Mapping[int, str]:
    return MappingProxyType({ord("0") + value: digit for value, digit in enumerate(own)})


def number(value: int, language: str) -> str:
    """A whole number in the language's digits, its thousands grouped: 1,204 or ۱٬۲۰۴."""
    usage = _USAGE.get(primary(language), _NUMERIC)
    return digits(f"{value:,}".replace(",", usage.group), language)


def file_size(size: int, language: str) -> str:
    """A size in bytes as people write it, in steps of 1000 (SI): "840 B", "12 kB", "3.4 MB"."""
    value, unit = float(size), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if value < 1000:
            break
        value, unit = value / 1000, larger
    shown = f"{value:.1f}" if unit != "B" and value < 10 else f"{value:.0f}"
    return digits(f"{shown}\u00a0{unit}", language)


def format_date(moment: int, language: str, timezone: ZoneInfo, calendar: str, style: Style) -> str:
    """A moment as people write it.

    `moment` is in seconds since 1970 UTC; `calendar` is "gregorian" or "persian"; `style` is "day"
    (1 Nov 2026), "date" (with hours and minutes), "month" (November 2026) or "year". A language
    without a table of its own gets ISO 8601's order. A moment outside the years 1 to 9997 is moved to their edge.
    """
    local = (_EPOCH + timedelta(seconds=min(max(moment, _FIRST), _LAST))).astimezone(timezone)
    day = _format_day(local.date(), language, calendar, style)
    if style != "date":
        return day
    return day + digits(f"{_USAGE.get(primary(language), _NUMERIC).comma}{local:%H:%M}", language)


@lru_cache(maxsize=4096)
def _format_day(day: date, language: str, calendar: str, style: Style) -> str:
    """A day as people write it; most days of a page are those of many others."""
    usage = _USAGE.get(primary(language), _NUMERIC)
    pattern = {"month": usage.month, "year": usage.year}.get(style, usage.day)
    return digits(pattern.format(**_parts(day, usage, language, calendar)), language)


def _parts(day: date, usage: _Usage, language: str, calendar: str) -> dict[str, str | int]:
    if calendar == "persian" and day >= _HIJRA:
        return _persian_parts(day, language)
    month = _nth(usage.months, day.month)
    short = _nth(usage.short or usage.months, day.month)
    return {"year": f"{day.year:04}", "month": month, "short": short, "number": day.month, "day": day.day}


def _persian_parts(day: date, language: str) -> dict[str, str | int]:
    import jdatetime  # type: ignore[import-untyped]  # only sites with this calendar need it

    jalali = jdatetime.date.fromgregorian(date=day)
    script_is_arabic = direction(language) == "rtl" and primary(language) not in ("he", "yi")
    names = jdatetime.date.j_months_fa if script_is_arabic else jdatetime.date.j_months_en
    name = str(names[jalali.month - 1])
    return {"year": str(jalali.year), "month": name, "short": name, "number": jalali.month, "day": jalali.day}


def _nth(names: str, number_from_one: int) -> str:
    return names.split()[number_from_one - 1] if names else ""


def filters(language: str, timezone: str, calendar: str) -> dict[str, Callable[..., str]]:
    """What templates write dates, numbers and names with, for pages in a language.

    `timezone` is a key of the tz database ("Asia/Tehran"). The moment 0 is that of what has no date.
    """
    zone = ZoneInfo(timezone)

    def shown(moment: int, style: Style, calendar: str = calendar) -> str:
        return format_date(moment, language, zone, calendar, style) if moment else UNDATED

    styles: tuple[Style, ...] = ("day", "date", "month", "year")
    return {
        **{style: partial(shown, style=style) for style in styles},
        # For what has an address by its month of the Gregorian calendar, whatever the site's own is.
        "civil_month": partial(shown, calendar="gregorian", style="month"),
        "iso": _iso,
        "digits": partial(digits, language=language),
        "number": partial(number, language=language),
        "size": partial(file_size, language=language),
        "direction": direction,
        "own_name": own_name,
    }


def _iso(moment: int) -> str:
    """A moment as `<time datetime>` has it (RFC 3339)."""
    if not moment:
        return UNDATED
    return f"{_EPOCH + timedelta(seconds=min(max(moment, _FIRST), _LAST)):%Y-%m-%dT%H:%M:%SZ}"
