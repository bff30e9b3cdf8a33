"""What becomes of a link: before it is fetched, and after."""

from dataclasses import replace
from datetime import datetime, timedelta

from silkwire.net.client import Exchange, Failure
from silkwire.net.status import judge_failure, judge_status
from silkwire.reasons import Reason
from silkwire.records import Kind, Outcome
from silkwire.warehouse.links import PendingLink

_FIRST_PAUSE = timedelta(minutes=30)
_LONGEST_PAUSE = timedelta(days=1)
_HTML = ("text/html", "application/xhtml+xml", "application/xhtml")


def judge_age(link: PendingLink, max_age_days: int) -> Outcome | None:
    """Skip what the feed itself dates before the watch; an undated link is fetched."""
    if link.published_at is None or link.discovered_at - link.published_at <= timedelta(days=max_age_days):
        return None
    return Outcome.skipped(Reason.TOO_OLD, f"{link.published_at:%Y-%m-%d}")


def is_html(content_type: str) -> bool:
    """Say whether a Content-Type may be an HTML page; servers that send none usually mean one."""
    media_type = content_type.partition(";")[0].strip().lower()
    return not media_type or media_type in _HTML


def judge_exchange(exchange: Exchange, now: datetime) -> Outcome:
    """Decide a link by its exchange; `ok` means that the response is an HTML page worth keeping."""
    if isinstance(exchange, Failure):
        return judge_failure(exchange)
    outcome = judge_status(exchange, now)
    if outcome.kind is Kind.OK and not is_html(exchange.content_type):
        return Outcome.skipped(Reason.NOT_HTML, exchange.content_type[:200])
    return outcome


def limit_tries(outcome: Outcome, attempts: int, limit: int, now: datetime) -> Outcome:
    """Give a RETRY its next time, in pauses that double up to a day; after `limit` tries the link is given up.

    `attempts` counts the tries before this one.
    """
    if outcome.kind is not Kind.RETRY:
        return outcome
    if attempts + 1 >= limit:
        return replace(outcome, kind=Kind.FAILED, detail=f"{outcome.detail}; given up after {attempts + 1} tries")
    pause = min(_FIRST_PAUSE * 2**attempts, _LONGEST_PAUSE)
    return replace(outcome, after=max(now + pause, outcome.after or now))
