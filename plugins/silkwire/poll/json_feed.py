"""JSON Feed 1.0 and 1.1 (jsonfeed.org), the fourth format of feeds, to the same records as the XML ones."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from silkwire.net.links import clean_link
from silkwire.poll.plain_text import plain
from silkwire.reasons import Reason
from silkwire.records import Entry, Outcome, ParsedFeed

_VERSION = "jsonfeed.org/version/1"
_SUMMARY_CAP = 2_000
_EARLIEST, _LATEST = 1995, 2100


def parse_json_feed(body: bytes, url: str) -> tuple[ParsedFeed | None, Outcome]:
    """Read a JSON Feed found at `url`; the outcome is as `parse_feed` says. Items that are no objects are left out."""
    named = _VERSION.encode() in body[:4096].replace(b"\\/", b"/")
    try:
        document = json.loads(body.decode("utf-8-sig", "replace"), strict=False)
    except (ValueError, RecursionError) as error:
        reason = Reason.MALFORMED if named else Reason.NOT_A_FEED
        return None, Outcome.failed(reason, f"no valid JSON: {error}"[:200])
    if not isinstance(document, dict) or _VERSION not in str(document.get("version")):
        return None, Outcome.failed(Reason.NOT_A_FEED, "JSON, but not JSON Feed")
    items = document.get("items", [])
    if not isinstance(items, list):
        return None, Outcome.failed(Reason.MALFORMED, "`items` is not a list")
    entries = tuple(_entry(item, document, url) for item in items if isinstance(item, dict))
    if items and not entries:
        return None, Outcome.failed(Reason.MALFORMED, "no item is an object")
    return ParsedFeed(_string(document, "title"), _string(document, "language") or None, entries), Outcome.ok()


def _entry(item: Mapping[str, Any], feed: Mapping[str, Any], base: str) -> Entry:
    link = _string(item, "url") or _string(item, "external_url")
    summary = _string(item, "summary", cap=_SUMMARY_CAP) or _string(item, "content_text", cap=_SUMMARY_CAP)
    return Entry(
        guid=_string(item, "id") or None,
        url=(clean_link(link, base) or link) if link else None,
        title=_string(item, "title"),
        summary=summary or _string(item, "content_html", html=True, cap=_SUMMARY_CAP),
        published_at=_moment(item.get("date_published")) or _moment(item.get("date_modified")),
        authors=_authors(item) or _authors(feed),
    )


def _string(holder: Mapping[str, Any], name: str, *, html: bool = False, cap: int | None = None) -> str:
    """Return a member as plain text. Ids may be numbers, though the specification asks for strings."""
    value = holder.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return plain(str(value), html=html, cap=cap)


def _moment(value: object) -> datetime | None:
    """Read an RFC 3339 date in UTC. Without a zone it is no moment, and taken as UTC."""
    try:
        moment = datetime.fromisoformat(str(value).strip())
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if _EARLIEST <= moment.year < _LATEST else None


def _authors(holder: Mapping[str, Any]) -> tuple[str, ...]:
    """Names from `authors` (1.1) or `author` (1.0)."""
    listed = holder.get("authors") or [holder.get("author")]
    people = listed if isinstance(listed, list) else [listed]
    names = (_string(person, "name") for person in people if isinstance(person, dict))
    return tuple(dict.fromkeys(name for name in names if name))
