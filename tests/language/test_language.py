"""The interface's language: direction, digits, numbers and dates."""

from __future__ import annotations

import string
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import language
from generator.language.usage import PERSIAN_MONTHS, USAGE

UTC = ZoneInfo("UTC")
FIRST_OF_NOVEMBER = 1793527200  # 2026-11-01 10:00 UTC
LANGUAGES = ("en", "fa", "ar", "he", "de", "es", "fr", "tr", "zh", "ja", "ru", "pt-BR")


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "ltr"),
        ("fa", "rtl"),
        ("fa-IR", "rtl"),
        ("AR", "rtl"),
        ("he", "rtl"),
        ("az", "ltr"),
        ("az-Arab", "rtl"),
        ("fa-Latn", "ltr"),
        ("ku-Arab-IQ", "rtl"),
        ("zh-Hant-TW", "ltr"),
        ("", "ltr"),
    ],
)
def test_a_language_has_a_direction(tag: str, expected: str) -> None:
    assert language.direction(tag) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which reader?", "ltr"),
        ("کدام خوراک‌خوان؟", "rtl"),
        ("newsboat را سال‌هاست که به کار می‌برم و راضی‌ام", "rtl"),
        ("I met علی", "ltr"),
        ("12:30 — …", ""),
        ("", ""),
        ("שלום", "rtl"),
        ("日本語", "ltr"),
    ],
)
def test_a_text_runs_the_way_of_most_of_its_letters(text: str, expected: str) -> None:
    assert language.detect(text) == expected


@given(st.text(), st.text(alphabet=string.digits + string.punctuation + " \n", max_size=50))
def test_signs_do_not_change_a_direction(text: str, signs: str) -> None:
    assert language.detect(signs + text) == language.detect(text)


def test_only_the_beginning_of_a_text_is_looked_at() -> None:
    assert language.detect("a" * 64 + "ب" * 10_000) == "ltr"
    assert language.detect("." * 1_000_000) == ""


def test_languages_name_themselves() -> None:
    assert language.own_name("fa") == language.own_name("fa-IR") == "فارسی"
    assert language.own_name("pt-BR") == "português (Brasil)"
    assert language.own_name("tlh") == "tlh"


@pytest.mark.parametrize(
    ("tag", "calendar", "style", "expected"),
    [
        ("en", "gregorian", "day", "1 Nov 2026"),
        ("en", "gregorian", "date", "1 Nov 2026, 10:00"),
        ("en", "gregorian", "month", "November 2026"),
        ("en", "gregorian", "year", "2026"),
        ("en-GB", "persian", "day", "10 Aban 1405"),
        ("fa", "gregorian", "date", "۱ نوامبر ۲۰۲۶، ۱۰:۰۰"),
        ("fa", "persian", "day", "۱۰ آبان ۱۴۰۵"),
        ("fa", "persian", "month", "آبان ۱۴۰۵"),
        ("ar", "gregorian", "day", "١ نوفمبر ٢٠٢٦"),
        ("he", "gregorian", "day", "1 בנוב׳ 2026"),
        ("de", "gregorian", "day", "1. Nov. 2026"),
        ("es", "gregorian", "month", "noviembre de 2026"),
        ("fr", "gregorian", "day", "1 nov. 2026"),
        ("tr", "gregorian", "month", "Kasım 2026"),
        ("zh", "gregorian", "day", "2026年11月1日"),
        ("ja", "gregorian", "month", "2026年11月"),
        ("en-US", "gregorian", "day", "Nov 1, 2026"),
        ("ar-SY", "gregorian", "month", "تشرين\u00a0الثاني ٢٠٢٦"),
        ("ar-MA", "gregorian", "date", "1 نونبر 2026، 10:00"),
        ("ar-AE", "gregorian", "day", "1 نوفمبر 2026"),
        ("he", "persian", "month", "אבאן 1405"),
        ("ps", "persian", "day", "۱۴۰۵ لړم ۱۰"),
        ("pt-BR", "gregorian", "day", "1 de nov. de 2026"),
        ("pl", "gregorian", "month", "listopad 2026"),
        ("ru", "gregorian", "day", "1 нояб. 2026 г."),
        ("ko", "gregorian", "month", "2026년 11월"),
        ("fi", "gregorian", "date", "1.11.2026 klo 10.00"),
        ("cs", "gregorian", "day", "1. 11. 2026"),
        ("hu", "gregorian", "month", "2026. november"),
        ("eo", "gregorian", "date", "2026-11-01 10:00"),
        ("en", "gregorian", "hour", "10:00"),
        ("fi", "gregorian", "hour", "10.00"),
        ("fa", "persian", "hour", "۱۰:۰۰"),
        ("eo", "gregorian", "month", "2026-11"),
    ],
)
def test_dates_are_as_people_write_them(tag: str, calendar: str, style: Any, expected: str) -> None:
    assert language.format_date(FIRST_OF_NOVEMBER, tag, UTC, calendar, style) == expected


def test_dates_are_those_of_the_time_zone() -> None:
    evening = FIRST_OF_NOVEMBER + 12 * 3600
    assert (
        language.format_date(evening, "en", ZoneInfo("Asia/Tehran"), "gregorian", "date")
        == "2 Nov 2026, 01:30"
    )


def test_the_persian_year_begins_in_spring() -> None:
    nowruz = 1774051200  # 2026-03-21
    shown = [language.format_date(day, "en", UTC, "persian", "day") for day in (nowruz - 86400, nowruz)]
    assert shown == ["29 Esfand 1404", "1 Farvardin 1405"]


@given(
    st.integers(-(10**18), 10**18),
    st.sampled_from(LANGUAGES),
    st.sampled_from(["UTC", "Asia/Tehran", "America/New_York", "Pacific/Kiritimati"]),
    st.sampled_from(["gregorian", "persian"]),
)
def test_every_moment_can_be_shown(moment: int, tag: str, zone: str, calendar: str) -> None:
    shown = language.filters(tag, zone, calendar)
    styles = ("day", "date", "month", "year", "civil_month", "iso")
    assert {bool(shown[style](moment)) for style in styles} == {moment != 0}


def test_what_has_no_date_shows_none() -> None:
    shown = language.filters("fa", "UTC", "persian")
    assert [shown[style](0) for style in ("day", "date", "month", "year", "civil_month", "iso")] == [""] * 6


@given(st.integers(), st.sampled_from(LANGUAGES))
def test_numbers_keep_their_value(value: int, tag: str) -> None:
    shown = language.number(value, tag)
    assert int("".join(character for character in shown if character.isdigit() or character == "-")) == value


def test_numbers_are_grouped_and_in_the_languages_digits() -> None:
    assert language.number(1204, "en") == "1,204"
    assert language.number(1204, "fa") == "۱٬۲۰۴"
    assert language.number(1204, "ar-EG") == "١٬٢٠٤"
    assert language.number(1204, "de") == "1.204"
    assert language.number(1204, "fr") == "1\u202f204"
    assert language.number(1204, "ar-AE") == "1,204"
    assert language.number(1204, "ar-MA") == "1.204"
    assert language.digits("صفحهٔ 12", "fa") == "صفحهٔ ۱۲"


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (12_345, "12 kB"),
        (3_400_000, "3.4 MB"),
        (5 * 10**15, "5000 TB"),
    ],
)
def test_sizes_are_short(size: int, expected: str) -> None:
    assert language.file_size(size, "en").replace("\u00a0", " ") == expected


def test_every_table_has_twelve_months() -> None:
    named = [names for usage in USAGE.values() for names in (usage.months, usage.short) if names]
    assert {len(names.split(" ")) for names in (*named, *PERSIAN_MONTHS.values())} == {12}


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("fa-IR", "arabext"), ("ar", "arab"), ("ar-EG", "arab"), ("AR-ma", "latn"), ("de", "latn"), ("", "latn")],
)
def test_the_digits_of_a_language_have_a_name_that_browsers_know(tag: str, expected: str) -> None:
    assert language.numbering(tag) == expected


@pytest.mark.parametrize(("tag", "expected"), [("en", "3.4 MB"), ("de", "3,4 MB"), ("fr", "3,4 MB"), ("fa", "۳٫۴ MB"), ("ja", "3.4 MB")])
def test_fractions_are_parted_as_the_language_does(tag: str, expected: str) -> None:
    assert language.file_size(3_400_000, tag) == expected.replace(" ", "\u00a0")
