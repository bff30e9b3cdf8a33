"""A feed's bytes to its entries: RSS 0.9x, 1.0 (RDF) and 2.0 and Atom through feedparser, JSON Feed in `json_feed`."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from time import struct_time
from typing import Any

import feedparser

from silkwire.net.links import clean_link
from silkwire.poll.json_feed import parse_json_feed
from silkwire.poll.plain_text import looks_like_html, plain
from silkwire.reasons import Reason
from silkwire.records import Entry, Outcome, ParsedFeed

SUMMARY_CAP = 2_000
_EARLIEST, _LATEST = 1995, 2100  # years; whether a date lies in the future is for who knows the time to judge
_SNIFFED = 4_096

_ROOT = re.compile(rb"<(?:[\w.-]+:)?(rss|feed|rdf|channel|html|urlset|sitemapindex|opml)\b", re.IGNORECASE)
_FEED_ROOTS = frozenset({b"rss", b"feed", b"rdf", b"channel"})
_PROLOGUE = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!doctype[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_MAIL_AND_NAME = re.compile(r"^\S+@\S+\s+\((.+)\)$")
# Set when feedparser guessed the encoding or disliked the content type; nothing was lost.
_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)


def parse_feed(body: bytes, url: str, content_type: str) -> tuple[ParsedFeed | None, Outcome]:
    """Read a feed. `url` is where it was found, and the base of relative addresses; never raises.

    The outcome is ok (also with no entries: a quiet feed), or failed with NOT_A_FEED for anything that is no feed and
    MALFORMED for one that is broken so that no entry can be read. An entry's `url` is the cleaned address, None where
    the entry has none, or the entry's own text where that is not usable: `clean_link` of it is None (BAD_URL).
    """
    start = body[:_SNIFFED].lstrip(b"\xef\xbb\xbf\x00 \t\r\n")
    if start.startswith((b"{", b"[")):
        return parse_json_feed(body, url)
    kind = _root(body)
    if kind is None and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, Outcome.failed(Reason.NOT_A_FEED, "no feed element at the beginning")
    try:
        parsed = _feedparser(body, content_type)
        entries = tuple(_entry(found, url) for found in parsed.entries)
        feed = ParsedFeed(_text(parsed.feed, "title"), _language(parsed.feed), entries)
    except Exception as error:  # noqa: BLE001 - the fate of a hostile or broken feed is recorded here
        return None, Outcome.failed(Reason.MALFORMED, f"{type(error).__name__}: {error}"[:200])
    return _judged(feed, parsed)


def _judged(feed: ParsedFeed, parsed: Mapping[str, Any]) -> tuple[ParsedFeed | None, Outcome]:
    if feed.entries:
        return feed, Outcome.ok()
    problem = parsed.get("bozo_exception")
    if problem is not None and not isinstance(problem, _HARMLESS):
        return None, Outcome.failed(Reason.MALFORMED, str(problem)[:200])
    if not parsed.get("version"):
        return None, Outcome.failed(Reason.NOT_A_FEED, "of no known version")
    return feed, Outcome.ok()


def _root(body: bytes) -> bytes | None:
    """Return the name of the feed's root element, or None where the document's first known element is no feed's."""
    head = _PROLOGUE.sub(b"", body[: _SNIFFED * 4])
    if b"\x00" in head[:64]:
        head = head.replace(b"\x00", b"")  # UTF-16: its ASCII letters are enough
    found = _ROOT.search(head)
    return found[1].lower() if found and found[1].lower() in _FEED_ROOTS else None


def _feedparser(body: bytes, content_type: str) -> Any:  # noqa: ANN401 - feedparser has no types
    """Parse with the costly and needless parts off.

    Sanitising takes half of feedparser's time and what it guards is thrown away here. Only the charset of the header is
    passed on, since feedparser reads `text/xml` without one as US-ASCII (RFC 3023); and no base address, since it would
    turn a plain guid such as `12345` into the address of an article.
    """
    charset = _CHARSET.search(content_type)
    headers = {"content-type": f"application/xml; charset={charset[1]}" if charset else "application/xml"}
    body = body.lstrip(b"\x00 \t\r\n") if not body.startswith((b"\xff\xfe", b"\xfe\xff")) else body
    return feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)


def _entry(found: Mapping[str, Any], base: str) -> Entry:
    return Entry(
        guid=_guid(found),
        url=_url(found, base),
        title=_text(found, "title"),
        summary=_text(found, "summary", cap=SUMMARY_CAP) or _content(found),
        published_at=_published(found),
        authors=_authors(found),
    )


def _guid(found: Mapping[str, Any]) -> str | None:
    return plain(str(found.get("id") or ""), html=False) or None


def _url(found: Mapping[str, Any], base: str) -> str | None:
    """Return the article's own address; FeedBurner keeps it apart from the counting one."""
    link = str(found.get("feedburner_origlink") or found.get("link") or "").strip()
    if not link:
        links = (link for link in found.get("links") or () if link.get("rel", "alternate") == "alternate")
        link = next((str(candidate["href"]).strip() for candidate in links if candidate.get("href")), "")
    if not link or (link == found.get("id") and "://" not in link and not link.startswith("/")):
        # RSS takes a guid for an address unless it says isPermaLink="false", and few say so. A bare number is none.
        return None
    return clean_link(link, base) or plain(link, html=False) or None


def _text(found: Mapping[str, Any], field: str, cap: int | None = None) -> str:
    value = str(found.get(field) or "")
    detail = found.get(f"{field}_detail") or {}
    kind = str(detail.get("type") or "")
    # Atom means what it declares (AT&amp;amp;T is a text that shows AT&amp;T); RSS leaves it open, so look.
    return plain(value, html="html" in kind or (kind == "" and looks_like_html(value)), cap=cap)


def _content(found: Mapping[str, Any]) -> str:
    """Return the beginning of the full text, of feeds that have that and no summary."""
    for content in found.get("content") or ():
        value = str(content.get("value") or "")
        if value:
            return plain(value, html="plain" not in str(content.get("type")), cap=SUMMARY_CAP)
    return ""


def _published(found: Mapping[str, Any]) -> datetime | None:
    """When the entry was published; RDF's dc:date and Atom's `updated` stand in where there is nothing better."""
    plainly = dict(found)  # feedparser's own mapping answers `updated` with `published`, and warns about it
    for field in ("published_parsed", "created_parsed", "updated_parsed"):
        moment = _moment(plainly.get(field))
        if moment is not None:
            return moment
    return None


def _moment(parsed: struct_time | None) -> datetime | None:
    if parsed is None or not _EARLIEST <= parsed.tm_year < _LATEST:
        return None
    try:
        return datetime(*parsed[:5], min(parsed.tm_sec, 59), tzinfo=UTC)
    except ValueError:
        return None


def _authors(found: Mapping[str, Any]) -> tuple[str, ...]:
    """Names, each once, in order; bare mail addresses are left out, they name nobody to a reader."""
    named: Iterable[Any] = found.get("authors") or ()
    names = [str(author.get("name") or "") for author in named]
    raw = str(found.get("author") or "")
    # RSS asks for `mail (Name)`; feedparser cuts that wrongly where the top-level domain has more than four letters.
    beside_mail = _MAIL_AND_NAME.match(raw)
    if beside_mail or not any(names):
        names = [beside_mail[1] if beside_mail else raw]
    texts = (plain(name, html=looks_like_html(name)) for name in names)
    return tuple(dict.fromkeys(text for text in texts if text and "@" not in text))


def _language(feed: Mapping[str, Any]) -> str | None:
    language = plain(str(feed.get("language") or ""), html=False).replace("_", "-")
    return language if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", language) else None
