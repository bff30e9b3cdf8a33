"""JSON Feed 1.0 and 1.1 (jsonfeed.org), the fourth format of feeds, to the same records as the XML ones."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from silkwire.net.links import clean_link
from silkwire.poll.feed_dates import parse_feed_date
from silkwire.poll.plain_text import SUMMARY_CAP, looks_like_html, paragraphs, plain
from silkwire.reasons import Reason
from silkwire.records import Entry, Outcome, ParsedFeed
from silkwire.sections import named

_VERSION = "jsonfeed.org/version/1"


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
    text, markup = item.get("content_text"), item.get("content_html")
    summary = (
        _string(item, "summary", cap=SUMMARY_CAP)
        or _string(item, "content_text", cap=SUMMARY_CAP)
        or _string(item, "content_html", html=True, cap=SUMMARY_CAP)
    )
    content = paragraphs(text, html=False) if isinstance(text, str) else ""
    if not content and isinstance(markup, str):
        content = paragraphs(markup, html=True)
    return Entry(
        guid=_string(item, "id") or None,
        url=(clean_link(link, base) or link) if link else None,
        title=_string(item, "title"),
        summary=summary,
        published_at=_date(item, "date_published", feed) or _date(item, "date_modified", feed),
        authors=_authors(item) or _authors(feed),
        content="" if content.replace("\n", " ") in summary else content,
        categories=_tags(item),
    )


def _date(item: Mapping[str, Any], name: str, feed: Mapping[str, Any]) -> datetime | None:
    return parse_feed_date(item.get(name), _string(feed, "language"))


def _string(holder: Mapping[str, Any], name: str, *, html: bool = False, cap: int | None = None) -> str:
    """Return a member as plain text. Ids may be numbers, though the specification asks for strings."""
    value = holder.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return plain(str(value), html=html, cap=cap)


def _authors(holder: Mapping[str, Any]) -> tuple[str, ...]:
    """Names from `authors` (1.1) or `author` (1.0)."""
    listed = holder.get("authors") or [holder.get("author")]
    people = listed if isinstance(listed, list) else [listed]
    names = (_string(person, "name") for person in people if isinstance(person, dict))
    return tuple(dict.fromkeys(name for name in names if name))


def _tags(item: Mapping[str, Any]) -> tuple[str, ...]:
    tags = item.get("tags")
    listed = tags if isinstance(tags, list) else ()
    return named(plain(tag, html=looks_like_html(tag)) for tag in listed if isinstance(tag, str))
