"""A feed's bytes to its entries: RSS 0.9x, 1.0 (RDF) and 2.0 and Atom, with JSON Feed in `json_feed`.

What is well-formed is read by `xml_feed`; feedparser reads the rest, slower, and is the judge of what the same means.
"""

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import feedparser

from silkwire.net.links import clean_link
from silkwire.poll.feed_dates import parse_feed_date, parse_interval
from silkwire.poll.json_feed import parse_json_feed
from silkwire.poll.plain_text import SUMMARY_CAP, looks_like_html, paragraphs, plain
from silkwire.poll.xml_category import Category
from silkwire.poll.xml_feed import FoundFeed, read_xml
from silkwire.poll.xml_item import Found
from silkwire.reasons import Reason
from silkwire.records import Entry, Outcome, ParsedFeed
from silkwire.sections import named

_SNIFFED = 4_096

_ROOT = re.compile(rb"<(?:[\w.-]+:)?(rss|feed|rdf|channel|html|urlset|sitemapindex|opml)\b", re.IGNORECASE)
_FEED_ROOTS = frozenset({b"rss", b"feed", b"rdf", b"channel"})
_PROLOGUE = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!doctype[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_MAIL_AND_NAME = re.compile(r"^\S+@\S+\s+\((.+)\)$")
_HAN, _KANA = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[\u3040-\u30ff]")
# Set when feedparser guessed the encoding or disliked the content type; nothing was lost.
_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)


def parse_feed(body: bytes, url: str, content_type: str) -> tuple[ParsedFeed | None, Outcome]:
    """Read a feed. `url` is where it was found, and the base of relative addresses. Raises nothing but MemoryError.

    The outcome is ok (also with no entries: a quiet feed), or failed with NOT_A_FEED for anything that is no feed and
    MALFORMED for one that is broken so that no entry can be read. An entry's `url` is the cleaned address, None where
    the entry has none, or the entry's own text where that is not usable: `clean_link` of it is None (BAD_URL).
    """
    start = body[:_SNIFFED].lstrip(b"\xef\xbb\xbf\x00 \t\r\n")
    if start.startswith((b"{", b"[")):
        return parse_json_feed(body, url)
    if _root(body) is None and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, Outcome.failed(Reason.NOT_A_FEED, "no feed element at the beginning")
    if not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        body = body.lstrip(b"\x00 \t\r\n")
    try:
        quickly = read_xml(body, _headers(content_type))
        if quickly is not None:
            return _feed(quickly, url), Outcome.ok()
        return _judged(*read_anything(body, content_type), url)
    except MemoryError:
        raise  # for the worker, which has a limit, to say
    except Exception as error:  # noqa: BLE001 - the fate of a hostile or broken feed is recorded here
        return None, Outcome.failed(Reason.MALFORMED, f"{type(error).__name__}: {error}"[:200])


def _judged(found: FoundFeed, parsed: Mapping[str, Any], url: str) -> tuple[ParsedFeed | None, Outcome]:
    if found.items:
        return _feed(found, url), Outcome.ok()
    problem = parsed.get("bozo_exception")
    if problem is not None and not isinstance(problem, _HARMLESS):
        return None, Outcome.failed(Reason.MALFORMED, str(problem)[:200])
    if not parsed.get("version"):
        return None, Outcome.failed(Reason.NOT_A_FEED, "of no known version")
    return _feed(found, url), Outcome.ok()


def _root(body: bytes) -> bytes | None:
    """Return the name of the feed's root element, or None where the document's first known element is no feed's."""
    head = _PROLOGUE.sub(b"", body[: _SNIFFED * 4])
    if b"\x00" in head[:64]:
        head = head.replace(b"\x00", b"")  # UTF-16: its ASCII letters are enough
    found = _ROOT.search(head)
    return found[1].lower() if found and found[1].lower() in _FEED_ROOTS else None


def _headers(content_type: str) -> dict[str, str]:
    """Return the charset alone, for feedparser, which reads `text/xml` without one as US-ASCII (RFC 3023)."""
    charset = _CHARSET.search(content_type)
    return {"content-type": f"application/xml; charset={charset[1]}" if charset else "application/xml"}


def read_anything(body: bytes, content_type: str) -> tuple[FoundFeed, Mapping[str, Any]]:
    """Read a feed with feedparser, well-formed or not; return what it says, and feedparser's own answer.

    Sanitising takes half of feedparser's time, and what it guards is thrown away here. It gets no base address, since
    it would turn a plain guid such as `12345` into the address of an article.
    """
    parsed = feedparser.parse(
        BytesIO(body), response_headers=_headers(content_type), sanitize_html=False, resolve_relative_uris=False
    )
    feed = dict(parsed.feed)
    return FoundFeed(
        title=str(feed.get("title") or ""),
        title_type=_type(feed, "title"),
        language=str(feed.get("language") or ""),
        ttl=str(feed.get("ttl") or ""),
        period=str(feed.get("sy_updateperiod") or ""),
        frequency=str(feed.get("sy_updatefrequency") or ""),
        items=[_found(dict(entry)) for entry in parsed.entries],
    ), parsed


def _found(entry: Mapping[str, Any]) -> Found:
    """Translate one of feedparser's entries, as a plain dict: its own mapping answers `updated` with `published`."""
    named = {"original_link": "feedburner_origlink"}
    keys = ("id", "link", "title", "summary", "published", "updated", "created", "author", "original_link")
    links, authors, tags = entry.get("links"), entry.get("authors"), entry.get("tags")
    return Found(
        texts={key: str(entry[named.get(key, key)]) for key in keys if entry.get(named.get(key, key))},
        types={key: _type(entry, key) for key in ("title", "summary")},
        links=[
            str(link["href"])
            for link in (links if isinstance(links, list) else ())
            if link.get("rel", "alternate") == "alternate" and link.get("href")
        ],
        contents=[
            (str(content.get("type")), str(content.get("value") or "")) for content in entry.get("content") or ()
        ],
        authors=[dict(author) for author in (authors if isinstance(authors, list) else ())],
        categories=[
            Category(tag.get("term"), tag.get("label"), tag.get("scheme"))
            for tag in (tags if isinstance(tags, list) else ())
        ],
    )


def _type(holder: Mapping[str, Any], key: str) -> str:
    return str((holder.get(f"{key}_detail") or {}).get("type") or "")


def _feed(found: FoundFeed, url: str) -> ParsedFeed:
    title, language = _text(found.title, found.title_type), _language(found.language)
    tongue = language or ("zh" if _HAN.search(title) and not _KANA.search(title) else None)
    return ParsedFeed(
        title=title,
        language=language,
        entries=tuple(_entry(item, url, tongue) for item in found.items),
        interval=parse_interval(found.ttl, found.period, found.frequency),
    )


def _entry(found: Found, base: str, language: str | None) -> Entry:
    texts = found.texts
    raw = texts.get("summary", "")
    summary = _text(raw, found.types.get("summary", ""), cap=SUMMARY_CAP) or _beginning(found)
    dates = (parse_feed_date(texts[key], language) for key in ("published", "created", "updated") if texts.get(key))
    return Entry(
        guid=plain(texts.get("id", ""), html=False) or None,
        url=_url(found, base),
        title=_text(texts.get("title", ""), found.types.get("title", "")),
        summary=summary,
        # RDF's dc:date and Atom's `updated` stand in where there is nothing better.
        published_at=next((date for date in dates if date is not None), None),
        authors=_authors(found),
        content=_content(found, summary),
        categories=_categories(found),
    )


def _url(found: Found, base: str) -> str | None:
    """Return the article's own address; FeedBurner keeps it apart from the counting one."""
    texts = found.texts
    link = (texts.get("original_link") or texts.get("link") or "").strip()
    if not link:
        link = next((link.strip() for link in found.links if link), "")
    if not link or (link == texts.get("id") and "://" not in link and not link.startswith("/")):
        # RSS takes a guid for an address unless it says isPermaLink="false", and few say so. A bare number is none.
        return None
    # An absolute address needs no base, and is read twice as fast without.
    is_absolute = link[:8].lower().startswith(("http://", "https://"))
    return clean_link(link, None if is_absolute else base) or plain(link, html=False) or None


def _text(value: str, kind: str, cap: int | None = None) -> str:
    # Atom means what it declares (AT&amp;amp;T is a text that shows AT&amp;T); RSS leaves it open, so look.
    return plain(value, html=_is_html(value, kind), cap=cap)


def _is_html(value: str, kind: str) -> bool:
    return "html" in kind or (kind == "" and looks_like_html(value))


def _beginning(found: Found) -> str:
    """Return the beginning of the full text, of feeds that have that and no summary."""
    for kind, value in found.contents:
        if value:
            return plain(value, html="plain" not in kind, cap=SUMMARY_CAP)
    return ""


def _content(found: Found, summary: str) -> str:
    """Return the longest of the texts that an item has, its description too; empty where it adds nothing."""
    raw = found.texts.get("summary", "")
    texts = [(_is_html(raw, found.types.get("summary", "")), raw)]
    texts += [("plain" not in kind, value) for kind, value in found.contents]
    html, longest = max(texts, key=lambda text: len(text[1]))
    if longest == raw and len(summary) < SUMMARY_CAP and not summary.endswith("…"):
        return ""
    content = paragraphs(longest, html=html)
    return "" if len(content) <= len(summary) and content.replace("\n", " ") in summary else content


def _authors(found: Found) -> tuple[str, ...]:
    """Names, each once, in order; bare mail addresses are left out, they name nobody to a reader."""
    raw = found.texts.get("author", "")
    # RSS asks for `mail (Name)`, and `mail` is seen; feedparser cuts them wrongly in a domain such as news.example.
    halves = (
        author for author in found.authors if author.get("email") and author["email"] + author.get("name", "") == raw
    )
    cut = next(halves, None)
    names = [author.get("name") or "" for author in found.authors if author is not cut]
    beside_mail = _MAIL_AND_NAME.match(raw)
    if beside_mail or not any(names):
        names = [beside_mail[1] if beside_mail else raw]
    texts = (plain(name, html=looks_like_html(name)) for name in names)
    return tuple(dict.fromkeys(text for text in texts if text and "@" not in text))


def _categories(found: Found) -> tuple[str, ...]:
    names = (category.name for category in found.categories)
    return named(plain(name, html=looks_like_html(name)) for name in names)


def _language(text: str) -> str | None:
    language = plain(text, html=False).replace("_", "-")
    return language if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", language) else None
