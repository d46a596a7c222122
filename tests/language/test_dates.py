from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.language.dates import parse

TEHRAN = ZoneInfo("Asia/Tehran")


def moment(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp())  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-01", moment(2026, 10, 31, 20, 30)),
        ("2026-11-01 10:00", moment(2026, 11, 1, 6, 30)),
        ("2026-11-01T10:00:00Z", moment(2026, 11, 1, 10)),
        ("2026-11-01T10:00:00+03:30", moment(2026, 11, 1, 6, 30)),
        ("2026-11-01T10:00:00.987+0000", moment(2026, 11, 1, 10)),
        ("2014-11-10 12:00:00 +0330", moment(2014, 11, 10, 8, 30)),
        ("2019-03-19 12:00:00 -300", moment(2019, 3, 19, 15)),
        ("2012/03/01 9:05", moment(2012, 3, 1, 5, 35)),
        ("18 Dec 2014", moment(2014, 12, 17, 20, 30)),
        ("December 18, 2014 10:00 UTC", moment(2014, 12, 18, 10)),
        ("Thu, 18 Dec 2014 10:00:00 GMT", moment(2014, 12, 18, 10)),
        ("2016-12-31 23:59:60Z", moment(2017, 1, 1)),
        ("1966-01-01T00:00Z", moment(1966, 1, 1)),
    ],
)
def test_the_forms_that_authors_write_are_read(text: str, expected: int) -> None:
    assert parse(text, TEHRAN) == expected


@pytest.mark.parametrize("text", ["2024-13-45", "2023-02-29", "2024-01-01 25:00", "2024-01-01 10:00 +99:00"])
def test_a_date_that_does_not_exist_is_named_so(text: str) -> None:
    with pytest.raises(ValueError, match="no such date"):
        parse(text, UTC)


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "2024", "2024-01", "01.02.2024", "2024-01/02", "2024-01-01 x"]
)
def test_what_is_no_date_names_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match="expected a date as 2026-11-01"):
        parse(text, UTC)


@given(st.datetimes(timezones=st.timezones()))
def test_every_iso_date_of_every_zone_comes_back(when: datetime) -> None:
    offset = when.utcoffset()
    assert offset is not None
    if offset.total_seconds() % 60:
        return  # ISO 8601 has no offsets with seconds; old local times do
    assert parse(when.isoformat(), UTC) == (when - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)


@given(st.text(max_size=40))
def test_any_text_gives_a_moment_or_a_value_error(text: str) -> None:
    try:
        assert isinstance(parse(text, TEHRAN), int)
    except ValueError as error:
        assert "expected" in str(error)


@given(st.datetimes(), st.timezones())
def test_the_common_form_is_read_as_the_others(when: datetime, zone: tzinfo) -> None:
    def read(text: str) -> int | str:
        try:
            return parse(text, zone)
        except ValueError as error:
            return str(error)

    assert read(f"{when:%Y-%m-%d %H:%M:%S}".zfill(19)) == read(f"{when:%Y/%m/%d %H:%M:%S}".zfill(19))
