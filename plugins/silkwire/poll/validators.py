"""The validators of a feed: what is sent so that a server may answer 304, and when it is better not to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from silkwire.records import Response
from silkwire.warehouse.feeds import DueFeed

# Some servers answer 304 for ever. A body in full every eight days shows whether one of them is ours.
_TRUSTED = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Validators:
    """ETag and Last-Modified of a body, as the server wrote them."""

    etag: str | None = None
    last_modified: str | None = None


def request_headers(feed: DueFeed, now: datetime) -> dict[str, str]:
    """Return the headers of a conditional GET; none where the last body is too old or could not be read."""
    if feed.body_at is None or now - feed.body_at >= _TRUSTED or feed.content_reason is not None:
        return {}
    headers = {}
    if feed.etag:
        headers["If-None-Match"] = feed.etag
    if feed.last_modified:
        headers["If-Modified-Since"] = feed.last_modified
    return headers


def validators_of(response: Response) -> Validators:
    """Return the validators to send next time; none where the server also says that nothing may be kept."""
    headers = response.headers
    # `Expires: 0` or no-store with an ETag: believe the first, the second then answers 304 for ever.
    if "no-store" in headers.get("cache-control", "").lower() or headers.get("expires", "").strip() in ("0", "-1"):
        return Validators()
    return Validators(headers.get("etag") or None, headers.get("last-modified") or None)
