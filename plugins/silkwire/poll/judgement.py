"""What becomes of a feed after one HTTP exchange, and when it is polled again."""

from dataclasses import replace
from datetime import datetime, timedelta

from silkwire.net.client import Exchange, Failure
from silkwire.net.status import judge_failure, judge_status
from silkwire.reasons import Reason
from silkwire.records import Kind, Outcome, Response

_LONGEST_WAIT = timedelta(days=1)
_SHORTEST_BACKOFF = timedelta(minutes=10)


def judge_exchange(exchange: Exchange, body_hash: str | None, known_hash: str | None, now: datetime) -> Outcome:
    """Decide a poll by its exchange; `ok` and `moved` mean that the body is worth parsing.

    A feed is never given up: whatever fails may be mended tomorrow. Only 410 retires it.
    """
    if isinstance(exchange, Failure):
        return _never_give_up(judge_failure(exchange))
    if exchange.status == 304:
        return Outcome.unchanged()
    if exchange.status == 410:
        return Outcome.gone(Reason.FEED_GONE, exchange.url)
    outcome = judge_status(exchange, now)
    if outcome.kind is not Kind.OK:
        return _never_give_up(outcome)
    if body_hash is not None and body_hash == known_hash:
        return Outcome.unchanged()
    return outcome


def is_moved(requested: str, response: Response) -> bool:
    """Say whether the server declares another address to be the permanent one."""
    return response.permanent and response.url != requested


def next_poll(outcome: Outcome, failures: int, interval: timedelta, now: datetime) -> datetime:
    """Return when a feed is due again: after the interval, or after a pause that doubles with each failure in a row.

    `failures` counts those before this poll. No pause is longer than a day.
    """
    if outcome.kind not in (Kind.RETRY, Kind.FAILED):
        return now + interval
    backoff: timedelta = max(interval, _SHORTEST_BACKOFF) * 2 ** min(failures, 10)
    return max(now + min(backoff, _LONGEST_WAIT), outcome.after or now)


def _never_give_up(outcome: Outcome) -> Outcome:
    return replace(outcome, kind=Kind.RETRY)
