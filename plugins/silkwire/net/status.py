"""What an HTTP status means for an item, said once for feeds and pages."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from silkwire.net.client import Failure
from silkwire.reasons import Reason
from silkwire.records import Outcome, Response

# A server may ask for a pause; one of years has been seen, and one in the past.
_LONGEST_PAUSE = timedelta(days=1)

_PERMANENT_FAULTS = frozenset({Reason.FORBIDDEN_ADDRESS, Reason.TOO_LARGE, Reason.TOO_MANY_REDIRECTS})


def judge_failure(failure: Failure) -> Outcome:
    """Decide what becomes of an item to which no usable answer came."""
    if failure.reason in _PERMANENT_FAULTS:
        return Outcome.failed(failure.reason, failure.detail)
    return Outcome.retry(failure.reason, failure.detail)


def judge_status(response: Response, now: datetime) -> Outcome:
    """Decide what becomes of an item by its response's status alone; ok for 2xx."""
    detail = str(response.status)
    match response.status:
        case 429 | 503:
            return Outcome.retry(Reason.RATE_LIMITED, detail, retry_after(response, now))
        case 401 | 403 | 451:
            return Outcome.failed(Reason.ACCESS_DENIED, detail)
        case 404:
            return Outcome.failed(Reason.NOT_FOUND, detail)
        case 410:
            return Outcome.failed(Reason.GONE, detail)
        case status if 500 <= status < 600:  # 999 and its like are refusals of the server's own making
            return Outcome.retry(Reason.SERVER_ERROR, detail)
        case status if not 200 <= status < 300:
            return Outcome.failed(Reason.HTTP_ERROR, detail)
    return Outcome.ok()


def retry_after(response: Response, now: datetime) -> datetime | None:
    """Read Retry-After in both its forms (RFC 9110, 10.2.3), clamped to a day; None where it says nothing."""
    value = response.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return now + min(timedelta(seconds=int(value[:9])), _LONGEST_PAUSE)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(moment, now), now + _LONGEST_PAUSE)
