"""When a feed is polled again: by its own rate of publishing, by what it asks for, and by how it failed."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from silkwire.keys import stable_key
from silkwire.net.status import retry_after
from silkwire.poll.judgement import weight
from silkwire.records import Entry, Kind, Outcome, Response

_LONGEST = timedelta(hours=24)
_DEAD_LONGEST = timedelta(days=7)
_ALIVE = timedelta(days=30)
_UNKNOWN = timedelta(hours=1)
_FIRST_RETRY = timedelta(minutes=10)
_SLOWEST_RETRY = timedelta(hours=1)
# What a publisher asks for is honoured up to here. A daily run must still find the feed due, a few minutes earlier than
# the day before; and caches are set by administrators who do not think of feeds (a max-age of 16 years has been seen).
_LONGEST_ASKED = timedelta(hours=23)
_LONGEST_CACHED = timedelta(hours=6)
_LOOKED_BACK = timedelta(days=28)
_MEMORY_DAYS = 14.0  # after this many days a rate counts for 1/e
_SHORTEST_SPAN = timedelta(minutes=10)
_JITTER = 0.15

_MAX_AGE = re.compile(r"max-age\s*=\s*\"?(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pulse:
    """How a feed publishes. `items_a_day` of late (None: not known), `entries` in its body, time since a new one.

    `lost_items` says that polls missed something lately; `asked` is the pause that the publisher asks for.
    """

    items_a_day: float | None
    entries: int
    silence: timedelta
    asked: timedelta
    lost_items: bool = False


def interval(pulse: Pulse, floor: timedelta) -> timedelta:
    """Return the time between two polls: half the usual gap between items, and a quarter of the body's reach.

    It lies between `floor` (or what the publisher asks for) and a day. A feed that has fallen silent is polled more
    slowly; one that lost items is polled as often as it takes, whatever it asks for. A `floor` of 0 switches all of
    this off: every run polls every feed.
    """
    if not floor:
        return timedelta(0)
    gap = timedelta(days=1 / pulse.items_a_day) if pulse.items_a_day else _UNKNOWN
    gap = max(gap, pulse.silence / 10)
    wanted = gap / 2
    asked = pulse.asked
    if pulse.items_a_day and pulse.entries:
        reach = timedelta(days=pulse.entries / pulse.items_a_day) / 4
        wanted = min(wanted, reach)
        asked = min(asked, reach) if pulse.lost_items else asked
    return min(max(wanted, floor, asked), _LONGEST)


def next_poll(outcome: Outcome, pause: timedelta, asked: timedelta, feed: "Standing", now: datetime) -> datetime:
    """Return when a feed is due again: after `pause` (its interval), or after a back-off that grows with its failures.

    The back-off doubles with each whole failure, up to 24 hours while the feed was alive in the last 30 days and up to
    7 days after. Both are shortened by 5 to 15%, by the feed's own key, so that feeds don't march in step and a run at
    the same minute of every day finds them due. What the server asked for is never undercut.
    """
    early = 1 - _JITTER * (1 + 2 * _fraction(feed.id, now)) / 3
    if outcome.kind not in (Kind.RETRY, Kind.FAILED):
        return now + max(pause * early, min(asked, pause))
    base = min(max(pause, _FIRST_RETRY), _SLOWEST_RETRY)
    failures = feed.failures + weight(outcome.reason)
    longest = _LONGEST if now - feed.alive_at <= _ALIVE else _DEAD_LONGEST
    backoff = min(base * 2 ** min(failures, 20), longest) * early
    return max(now + backoff, outcome.after or now)


@dataclass(frozen=True, slots=True)
class Standing:
    """What counts for a feed's back-off: its weighted failures so far and when it last worked (or was added)."""

    id: str
    failures: float
    alive_at: datetime


def asked_pause(response: Response, in_body: timedelta | None) -> timedelta:
    """Return the pause that a feed (ttl, sy:updatePeriod) and its server (caching, Retry-After) ask for, clamped."""
    headers = response.headers
    asked = [min(max(in_body or timedelta(0), timedelta(0)), _LONGEST_ASKED)]
    control = headers.get("cache-control", "").lower()
    max_age = _MAX_AGE.search(control)
    if "no-store" in control or "no-cache" in control:
        cached = timedelta(0)
    elif max_age:
        cached = timedelta(seconds=min(int(max_age[1][:12]), 10**8)) - _age(headers.get("age", ""))
    else:
        cached = _until_expired(response)
    asked.append(min(max(cached, timedelta(0)), _LONGEST_CACHED))
    again = retry_after(response, response.fetched_at)
    asked.append(min(again - response.fetched_at, _LONGEST_ASKED) if again else timedelta(0))
    return max(asked)


def first_rate(entries: Sequence[Entry], now: datetime) -> float | None:
    """Estimate items a day from the dates of a body read for the first time; None where too few are dated."""
    dated = [e.published_at for e in entries if e.published_at and now - _LOOKED_BACK <= e.published_at <= now]
    if len(dated) < 2:
        return None
    return len(dated) / max((now - min(dated)) / timedelta(days=1), 1 / 24)


def next_rate(rate: float | None, new_items: int, since: datetime, now: datetime) -> float | None:
    """Return the rate after `new_items` came since the last new ones at `since`; older gaps count less and less."""
    if not new_items:
        return rate
    days = max(now - since, _SHORTEST_SPAN) / timedelta(days=1)
    if rate is None:
        return new_items / days
    kept = math.exp(-days / _MEMORY_DAYS)
    return kept * rate + (1 - kept) * new_items / days


def _age(value: str) -> timedelta:
    return timedelta(seconds=int(value[:9])) if value.isascii() and value.isdigit() else timedelta(0)


def _until_expired(response: Response) -> timedelta:
    try:
        expires = parsedate_to_datetime(response.headers.get("expires", ""))
        date = response.headers.get("date")
        asked_at = parsedate_to_datetime(date) if date else response.fetched_at
        return _aware(expires) - _aware(asked_at)
    except (ValueError, OverflowError):
        return timedelta(0)


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _fraction(feed_id: str, now: datetime) -> float:
    """Return a number in [0, 1) that is the feed's own at this moment: chance that a test can repeat."""
    return int(stable_key(feed_id, now.isoformat()), 16) / 2**64
