"""Dates of feeds: read rightly, or not at all."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silkwire.poll.feed_dates import parse_feed_date, parse_interval

TEN_THIRTY = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
FIVE_THIRTY = datetime(2026, 11, 24, 5, 30, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Tue, 24 Nov 2026 10:30:00 GMT",
        "Fri, 24 Nov 2026 10:30:00 GMT",  # it was a Tuesday
        "24 Nov 26 10:30 UT",
        "Tue, 24 Nov 2026 10:30 Z",
        "Tuesday, 24 November 2026 10:30:00 +0000",
        "Tue, 24-Nov-2026 10:30:00 UTC",
        "Tue,24 Nov 2026 10:30:00 -0000",
        "Tue, 24 Nov 2026 10:30:00",  # no zone is UTC
        "Tue Nov 24 10:30:00 2026",
        "Tue Nov 24 10:30:00 UTC 2026",
        "November 24, 2026 10:30 AM GMT",
    ],
)
def test_an_rfc_822_date_is_read_as_loosely_as_it_is_written(text: str) -> None:
    assert parse_feed_date(text) == TEN_THIRTY


@pytest.mark.parametrize(
    "zone",
    ["+0500", "+05:00", "+5", "+05", "GMT+5", "UTC+5:00", "GMT+0500 (Kazakhstan Time)", "+0500 (ALMT)", "UZT", "−0500"],
)
def test_a_zone_with_one_meaning_moves_the_clock(zone: str) -> None:
    west = zone.startswith("−")
    expected = TEN_THIRTY + timedelta(hours=5) if west else FIVE_THIRTY
    assert parse_feed_date(f"Tue, 24 Nov 2026 10:30:00 {zone}") == expected


@pytest.mark.parametrize(
    ("zone", "hours"),
    [("EST", -5), ("EDT", -4), ("PDT", -7), ("MST", -7), ("CST", -6), ("MSK", 3), ("CET", 1), ("CEST", 2), ("EEST", 3)],
)
def test_zone_names_of_one_meaning_are_known(zone: str, hours: int) -> None:
    assert parse_feed_date(f"24 Nov 2026 10:30:00 {zone}") == TEN_THIRTY - timedelta(hours=hours)


@pytest.mark.parametrize(
    "zone", ["IST", "BST", "AST", "ALMT", "XYZ", "A", "Asia/Almaty", "Etc/GMT+6", "+2500", "(MSK)"]
)
def test_an_unknown_or_ambiguous_zone_is_no_date(zone: str) -> None:
    for date in ("Tue, 24 Nov 2026 10:30:00", "2026-11-24T10:30:00", "24.11.2026 10:30", "24 ноября 2026 10:30"):
        assert parse_feed_date(f"{date} {zone}") is None


def test_cst_is_chinas_time_in_a_chinese_feed() -> None:
    assert parse_feed_date("Tue, 24 Nov 2026 10:30:00 CST", "zh-cn") == TEN_THIRTY - timedelta(hours=8)
    assert parse_feed_date("Tue, 24 Nov 2026 10:30:00 CST", "en") == TEN_THIRTY + timedelta(hours=6)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-24", MIDNIGHT),
        ("20261124", MIDNIGHT),
        ("2026-11-24T10:30Z", TEN_THIRTY),
        ("2026-11-24T10:30:00Z", TEN_THIRTY),
        ("2026-11-24T10:30:00.000000001+00:00", TEN_THIRTY),
        ("2026-11-24T10:30:00+05:00", FIVE_THIRTY),
        ("2026-11-24T10:30:00+0500", FIVE_THIRTY),
        ("2026-11-24T10:30:00 +0500", FIVE_THIRTY),
        ("20261124T103000Z", TEN_THIRTY),
        ("2026-11-24 10:30:00", TEN_THIRTY),
        ("2026/11/24 10:30", TEN_THIRTY),
        ("2026-11-24T10:30:00+05:00[Asia/Almaty]", FIVE_THIRTY),
        ("2026-11-23T24:00:00Z", MIDNIGHT),
        ("1795516200", TEN_THIRTY),
        ("1795516200000", TEN_THIRTY),
    ],
)
def test_iso_8601_and_epochs_are_read(text: str, moment: datetime) -> None:
    assert parse_feed_date(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "24 ноября 2026 10:30",
        "Вт, 24 ноя 2026 13:30:00 +0300",
        "10:30, 24.11.2026",
        "24 листопада 2026, 10:30",
        "24 қараша 2026 10:30",
        "2026 жылғы 24 қараша, 10:30",
        "24-ноябрь, 2026-жыл 10:30",
        "24 noyabr 2026 10:30",
        "24 ноябр 2026 10:30",
        "24 ноябри 2026 10:30",
        "24 noýabr 2026 10:30",
        "2026 оны 11 сарын 24 10:30",
        "24 Kasım 2026 10:30",
        "24 نوفمبر 2026 10:30",
        "۲۴ نوامبر ۲۰۲۶ ۱۰:۳۰",
        "2026年11月24日 10:30",
        "2026年11月24日 18:30 +0800",
        "mar., 24 nov. 2026 11:30:00 +0100",
        "24 novembre 2026 à 10h30",
    ],
)
def test_months_are_known_in_the_languages_of_the_watch(text: str) -> None:
    assert parse_feed_date(text) == TEN_THIRTY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "24",
        "2026",  # a year is no day, and a month neither
        "2026-11",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
        "30 Feb 2026 10:30:00 GMT",
        "Tue, 24 Nov 2026 25:30:00 GMT",
        "Tue, 24 Nov 2026 10:75:00 GMT",
        "05/11/2026 10:30",  # May or November
        "2026年11月24日 下午3:00",  # an hour that would be read twelve too early
        "24 Nov 2026 and 25 Nov 2026",
        "24.11.2026 25.11.2026",
        "24 Smarch 2026 10:30:00 GMT",
        "1 " * 500_000,
    ],
)
def test_what_can_not_be_a_date_or_can_be_two_is_none(text: str) -> None:
    assert parse_feed_date(text) is None


@given(st.text() | st.from_regex(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{2,4} \d\d:\d\d(:\d\d)? ?.{0,12}"))
def test_no_text_makes_the_reader_of_dates_fail(text: str) -> None:
    moment = parse_feed_date(text)
    assert moment is None or (moment.tzinfo is UTC and 1995 <= moment.year < 2100)


@given(st.integers(820_454_400, 4_070_908_800), st.integers(-14 * 60, 14 * 60))
def test_a_moment_is_the_same_in_every_zone(seconds: int, offset: int) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    there = moment + timedelta(minutes=offset)
    sign, minutes = "-" if offset < 0 else "+", abs(offset)
    zone = f"{sign}{minutes // 60:02}:{minutes % 60:02}"
    assert parse_feed_date(f"{there:%Y-%m-%dT%H:%M:%S}{zone}") == moment
    assert parse_feed_date(f"{there:%a, %d %b %Y %H:%M:%S} {zone.replace(':', '')}") == moment


@pytest.mark.parametrize(
    ("ttl", "period", "frequency", "interval"),
    [
        ("60", "", "", timedelta(hours=1)),
        ("", "hourly", "1", timedelta(hours=1)),
        ("", "daily", " 4 ", timedelta(hours=6)),
        ("", "weekly", "", timedelta(weeks=1)),
        ("5", "hourly", "1", timedelta(hours=1)),
        ("", "", "", None),
        ("-5", "sometimes", "", None),
        ("0", "daily", "-3", None),
        ("9" * 5000, "daily", "0", None),
        ("an hour", "", "", None),
        ("9999999", "", "", None),
        ("٦٠", "", "", None),
    ],
)
def test_how_long_a_feed_asks_to_be_left_alone(
    ttl: str, period: str, frequency: str, interval: timedelta | None
) -> None:
    assert parse_interval(ttl, period, frequency) == interval
