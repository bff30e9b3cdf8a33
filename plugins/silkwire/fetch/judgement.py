"""What becomes of a link: before it is fetched, and after."""

from dataclasses import replace
from datetime import datetime, timedelta

from silkwire.net.bot_walls import is_bot_wall
from silkwire.net.client import Exchange, Failure
from silkwire.net.sniffing import Sniffed, may_be_text, sniff
from silkwire.net.status import judge_failure, judge_status
from silkwire.reasons import NETWORK, Reason
from silkwire.records import Kind, Outcome
from silkwire.warehouse.links import PendingLink

_FIRST_PAUSE = timedelta(minutes=30)
_LONGEST_PAUSE = timedelta(days=1)
_LEAST_WAIT = timedelta(days=3)
_LEAST_NETWORK_WAIT = timedelta(days=10)
_LONGEST_WAIT = timedelta(days=30)
# A refusal leaves the feed's own text to stand in for the page.
_REFUSALS = frozenset({Reason.ACCESS_DENIED, Reason.BOT_WALL})
_REFUSING_STATUSES = frozenset({401, 403, 451, 503})


def judge_age(link: PendingLink, max_age_days: int) -> Outcome | None:
    """Skip what the feed itself dates before the watch; an undated link is fetched."""
    if link.published_at is None or link.discovered_at - link.published_at <= timedelta(days=max_age_days):
        return None
    return Outcome.skipped(Reason.TOO_OLD, f"{link.published_at:%Y-%m-%d}")


def is_wanted(status: int, content_type: str) -> bool:
    """Say whether a body is worth reading: it may be a page, or the wall before it."""
    return (200 <= status < 300 or status in _REFUSING_STATUSES) and may_be_text(content_type)


def judge_exchange(exchange: Exchange, now: datetime) -> Outcome:
    """Decide a link by its exchange; `ok` means that the response is an HTML page worth keeping."""
    if isinstance(exchange, Failure):
        return judge_failure(exchange)
    wall = is_bot_wall(exchange.status, exchange.headers, exchange.body)
    if wall is not None:
        return Outcome.failed(Reason.BOT_WALL, f"{wall}, {exchange.status}")
    outcome = judge_status(exchange, now)
    if outcome.kind is Kind.OK and sniff(exchange.content_type, exchange.body) is not Sniffed.HTML:
        return Outcome.skipped(Reason.NOT_HTML, exchange.content_type[:200])
    return outcome


def is_refusal(outcome: Outcome) -> bool:
    """Say whether the server keeps the page from us, so that the feed's own text stands in for it."""
    return outcome.reason in _REFUSALS


def asks_for_pause(outcome: Outcome) -> bool:
    """Say whether the whole host is to be left alone for a while."""
    return outcome.reason is Reason.RATE_LIMITED


def limit_tries(outcome: Outcome, link: PendingLink, limit: int, now: datetime) -> Outcome:
    """Give a RETRY its next time, in pauses that double up to a day.

    The link is given up after `limit` tries, but not in the first three days (ten where the network failed): a site may
    be down for a weekend. A host that asks for a pause says nothing of the link, which then waits for 30 days.
    """
    if outcome.kind is not Kind.RETRY:
        return outcome
    age = now - link.discovered_at
    # What may be our own connection's fault is waited for longer: it may be away for a week.
    least = _LEAST_NETWORK_WAIT if outcome.reason in NETWORK else _LEAST_WAIT
    is_last = counts_as_try(outcome) and link.attempts + 1 >= limit and age >= least
    if is_last or (age >= _LONGEST_WAIT and link.was_tried):
        detail = f"{outcome.detail}; given up after {link.attempts + 1} tries in {age.days} days"
        return replace(outcome, kind=Kind.FAILED, detail=detail)
    pause = min(_FIRST_PAUSE * 2 ** min(link.attempts, 10), _LONGEST_PAUSE)
    return replace(outcome, after=max(now + pause, outcome.after or now))


def counts_as_try(outcome: Outcome) -> bool:
    """Say whether a try tells something about the link itself."""
    return outcome.reason not in (Reason.RATE_LIMITED, Reason.ROBOTS_UNREACHABLE)
