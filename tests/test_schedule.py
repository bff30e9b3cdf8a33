"""When a feed is polled again: its own rate, what it asks for, how it failed."""

from datetime import UTC, datetime, timedelta

import pytest

from silkwire.poll.schedule import Pulse, Standing, asked_pause, first_rate, interval, next_poll, next_rate
from silkwire.reasons import Reason
from silkwire.records import Entry, Outcome, Response
from tests.conftest import NOW

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FLOOR = 10 * MINUTE
NOTHING = timedelta(0)


def pulse(
    items_a_day: float | None, entries: int = 0, silence: timedelta = NOTHING, asked: timedelta = NOTHING
) -> Pulse:
    return Pulse(items_a_day, entries, silence, asked)


def answer(**headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response("https://site.example/feed", 200, named, b"", NOW)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (pulse(24), 30 * MINUTE),
        (pulse(1_000), FLOOR),
        (pulse(1), 12 * HOUR),
        (pulse(0.1), DAY),
        (pulse(None), 30 * MINUTE),
    ],
    ids=["24 a day", "1,000 a day", "one a day", "one in ten days", "not known"],
)
def test_the_interval_is_half_the_gap_between_items_from_ten_minutes_to_a_day(
    found: Pulse, expected: timedelta
) -> None:
    assert interval(found, FLOOR) == expected


def test_a_feed_is_polled_four_times_before_its_entries_have_scrolled_away() -> None:
    assert interval(pulse(2, entries=2), FLOOR) == 6 * HOUR


def test_a_feed_that_fell_silent_is_polled_more_slowly() -> None:
    assert interval(pulse(48, silence=10 * DAY), FLOOR) == 12 * HOUR
    assert interval(pulse(48, silence=300 * DAY), FLOOR) == DAY


def test_what_the_publisher_asks_for_bounds_the_interval_from_below() -> None:
    assert interval(pulse(1_000, asked=3 * HOUR), FLOOR) == 3 * HOUR
    assert interval(pulse(1, asked=3 * HOUR), FLOOR) == 12 * HOUR


def test_a_feed_that_lost_items_is_polled_as_often_as_it_takes() -> None:
    assert interval(Pulse(240, 40, NOTHING, 6 * HOUR, lost_items=True), FLOOR) == HOUR


def test_a_floor_of_nothing_polls_every_feed_in_every_run() -> None:
    assert interval(pulse(0.1, asked=3 * HOUR), NOTHING) == NOTHING


@pytest.mark.parametrize(
    ("headers", "in_body", "expected"),
    [
        ({}, None, NOTHING),
        ({}, 90 * MINUTE, 90 * MINUTE),
        ({}, 400 * DAY, 23 * HOUR),
        ({}, -HOUR, NOTHING),
        ({"cache_control": "public, max-age=1800"}, None, 30 * MINUTE),
        ({"cache_control": "max-age=1800", "age": "600"}, None, 20 * MINUTE),
        ({"cache_control": "max-age=504576000"}, None, 6 * HOUR),
        ({"cache_control": "max-age=99999999999999999999"}, None, 6 * HOUR),
        ({"cache_control": "no-cache, max-age=1800"}, None, NOTHING),
        ({"expires": "Tue, 24 Nov 2026 13:00:00 GMT"}, None, HOUR),
        ({"expires": "Tue, 24 Nov 2026 13:00:00 GMT", "date": "Tue, 24 Nov 2026 12:30:00 GMT"}, None, 30 * MINUTE),
        ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, None, NOTHING),
        ({"expires": "0"}, None, NOTHING),
        ({"expires": "Fri, 31 Dec 9999 23:59:59 GMT"}, None, 6 * HOUR),
        ({"retry_after": "7200"}, None, 2 * HOUR),
        ({"cache_control": "max-age=60"}, HOUR, HOUR),
    ],
)
def test_what_is_asked_for_is_clamped_to_sane_values(
    headers: dict[str, str], in_body: timedelta | None, expected: timedelta
) -> None:
    assert asked_pause(answer(**headers), in_body) == expected


def standing(failures: float = 0, alive_at: datetime = NOW) -> Standing:
    return Standing("f", failures, alive_at)


@pytest.mark.parametrize(
    ("reason", "pauses"),
    [
        (Reason.MALFORMED, [2, 4, 8, 16]),
        (Reason.SERVER_ERROR, [1.414, 2, 2.828, 4]),
        (Reason.NOT_FOUND, [1.414, 2, 2.828, 4]),
        (Reason.DNS, [1.189, 1.414, 1.682, 2]),
        (Reason.TIMEOUT, [1.189, 1.414, 1.682, 2]),
    ],
)
def test_a_back_off_doubles_with_each_whole_failure(reason: Reason, pauses: list[float]) -> None:
    weights = {Reason.MALFORMED: 1.0, Reason.SERVER_ERROR: 0.5, Reason.NOT_FOUND: 0.5}
    for number, pause in enumerate(pauses):
        failures = number * weights.get(reason, 0.25)
        due = next_poll(Outcome.retry(reason), FLOOR, NOTHING, standing(failures), NOW)
        assert 0.85 * pause * FLOOR - MINUTE <= due - NOW <= pause * FLOOR + MINUTE


def test_a_feed_that_was_alive_this_month_waits_a_day_at_most_and_one_that_was_not_a_week() -> None:
    for days, longest in ((29, DAY), (31, 7 * DAY), (400, 7 * DAY)):
        due = next_poll(Outcome.retry(Reason.NOT_A_FEED), HOUR, NOTHING, standing(500, NOW - days * DAY), NOW)
        assert 0.85 * longest <= due - NOW <= longest


def test_a_slow_feed_is_tried_again_within_hours_and_not_after_its_whole_interval() -> None:
    assert next_poll(Outcome.retry(Reason.DNS), DAY, NOTHING, standing(), NOW) - NOW < 2 * HOUR


def test_a_pause_that_the_server_names_is_never_undercut() -> None:
    after = NOW + 5 * HOUR
    assert next_poll(Outcome.retry(Reason.RATE_LIMITED, after=after), FLOOR, NOTHING, standing(), NOW) == after


def test_jitter_spreads_feeds_makes_none_late_and_never_undercuts_what_is_asked() -> None:
    dues = {next_poll(Outcome.ok(), DAY, NOTHING, Standing(str(n), 0, NOW), NOW) for n in range(50)}
    assert len(dues) == 50
    assert all(0.85 * DAY <= due - NOW <= DAY for due in dues)
    asked = next_poll(Outcome.ok(), 3 * HOUR, 3 * HOUR, standing(), NOW)
    assert asked - NOW == 3 * HOUR


def test_a_run_at_the_same_minute_of_every_day_finds_a_slow_feed_due_every_day() -> None:
    polled = NOW
    for day in range(1, 30):
        due = next_poll(Outcome.ok(), interval(pulse(0.2), FLOOR), NOTHING, standing(), polled)
        assert due <= NOW + day * DAY
        polled = NOW + day * DAY + 7 * MINUTE  # runs take a while to reach the feed


def entry(published_at: datetime | None) -> Entry:
    return Entry(None, "https://site.example/1", "One", "", published_at, ())


def test_the_first_rate_comes_from_the_dates_of_the_first_body() -> None:
    assert first_rate([entry(NOW - n * HOUR) for n in range(1, 25)], NOW) == pytest.approx(24)
    assert first_rate([entry(None)] * 20, NOW) is None
    assert first_rate([entry(datetime(2019, 1, 1, tzinfo=UTC)), entry(NOW + DAY)], NOW) is None


def test_the_rate_follows_what_comes_and_forgets_slowly() -> None:
    assert next_rate(None, 5, NOW - DAY, NOW) == 5
    assert next_rate(5.0, 0, NOW - DAY, NOW) == 5.0
    rate: float | None = 5.0
    for _ in range(60):
        rate = next_rate(rate, 1, NOW - DAY, NOW)
    assert rate == pytest.approx(1, abs=0.1)
