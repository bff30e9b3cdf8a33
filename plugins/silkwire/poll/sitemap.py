"""Sitemaps to entries: news sitemaps, plain ones, indexes of them, and lists of addresses in plain text.

The formats are those of sitemaps.org and of Google's news extension. Both are read by the local names of their
elements, since sites get the namespaces wrong.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from io import BytesIO

from lxml import etree

from silkwire.net.decoding import BadEncoding, make_decoder
from silkwire.net.links import clean_link
from silkwire.net.sniffing import Sniffed, sniff
from silkwire.poll.feed_dates import parse_feed_date
from silkwire.poll.plain_text import looks_like_html, plain
from silkwire.reasons import Reason
from silkwire.records import Entry, Outcome

BODY_CAP = 15 * 2**20
_GZIP = b"\x1f\x8b"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ROOTS = frozenset(("urlset", "sitemapindex"))
_EVENTS = ("{*}url", "{*}sitemap")
_AHEAD = timedelta(days=1)
# A lastmod that this many addresses or more share, all of them, is when the file was made.
_GENERATED = 10
_LONGEST_TITLE = 500
_FIELDS = frozenset(("loc", "lastmod", "title", "publication_date", "name", "language"))
# What an index says in the names of its sitemaps: their period (2026, 2026-11, 20261124, yyyy=2026&mm=11&dd=24), news,
# and what holds no articles.
_PERIOD = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:(?:[-_/.]|&(?:amp;)?m+=)?(?P<month>0[1-9]|1[0-2])"
    r"(?:(?:[-_/.]|&(?:amp;)?d+=)?(?P<day>0[1-9]|[12]\d|3[01]))?)?(?!\d)",
    re.IGNORECASE,
)
_NEWS = re.compile(r"news", re.IGNORECASE)
_NO_ARTICLES = re.compile(
    r"(?<![a-z])(?:tags?|categor(?:y|ies)|taxonom(?:y|ies)|authors?|users?|images?|videos?|products?)(?![a-z])",
    re.IGNORECASE,
)
_CLOSED = re.compile(rb"</(?:[\w.-]+:)?(?:urlset|sitemapindex)\s*>", re.IGNORECASE)
_TAIL = 1024
_NUMBER = re.compile(r"\d+")
_SLACK = timedelta(days=1)  # the zones of names and of clocks
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Child:
    """A sitemap that an index names. `lastmod` is when it last changed, None where the index does not say."""

    url: str
    lastmod: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap lists, in document order: articles, or the sitemaps of an index.

    `title` and `language` are those of the publication that a news sitemap names.
    """

    entries: tuple[Entry, ...] = ()
    children: tuple[Child, ...] = ()
    title: str = ""
    language: str | None = None


@dataclass(slots=True)
class _Found:
    """The texts of the <url> and <sitemap> elements by local name, while a document is read."""

    pages: list[dict[str, str]] = field(default_factory=list)
    maps: list[dict[str, str]] = field(default_factory=list)


def parse_sitemap(body: bytes, url: str, now: datetime, cap: int = BODY_CAP) -> tuple[Sitemap | None, Outcome]:
    """Read a sitemap, gzipped or not; `url` is where it was found. Never raises.

    An entry's date is its news:publication_date; `lastmod` stands in where there is none, unless it is more than a day
    after `now` or is one and the same for ten addresses and more, which is when the file was made. A title is only
    what news:title says.

    The outcome is ok (also with no entries), or failed: NOT_A_FEED for what is no sitemap, MALFORMED for one that is
    so broken that nothing can be read of it, TOO_LARGE where more than `cap` bytes come out of a gzip body.
    """
    try:
        if body.startswith(_GZIP):
            body = _unzipped(body, cap)
            if len(body) > cap:
                return None, Outcome.failed(Reason.TOO_LARGE, f"over {cap} bytes after decompression")
        if not body.startswith(_UTF16):
            body = body.removeprefix(b"\xef\xbb\xbf").lstrip(b"\x00 \t\r\n")
        if not body.startswith((b"<", *_UTF16)):
            return _read_text(body, url)
        return _read_xml(body, url, now)
    except BadEncoding as error:
        return None, Outcome.failed(Reason.MALFORMED, f"gzip: {error}"[:200])
    except (etree.LxmlError, ValueError) as error:
        return None, Outcome.failed(Reason.MALFORMED, f"{type(error).__name__}: {error}"[:200])


def _unzipped(body: bytes, cap: int) -> bytes:
    """Return no more than a little over `cap` bytes of a gzip body, however much it holds."""
    decoder = make_decoder("gzip")
    assert decoder is not None  # noqa: S101 - for mypy: only an unknown coding has none
    whole = bytearray()
    for piece in decoder.feed(body):
        whole += piece
        if len(whole) > cap:
            return bytes(whole)
    decoder.finish()
    return bytes(whole)


def _read_text(body: bytes, url: str) -> tuple[Sitemap | None, Outcome]:
    """Read the form of one address a line, which must be absolute."""
    lines = [line for line in body.decode("utf-8", "replace").split("\n") if line.strip()]
    if not lines or not lines[0].strip().lower().startswith(("http://", "https://")):
        return None, Outcome.failed(Reason.NOT_A_FEED, "neither XML nor a list of addresses")
    return Sitemap(tuple(_entry({"loc": line}, url, None) for line in lines)), Outcome.ok()


def _read_xml(body: bytes, url: str, now: datetime) -> tuple[Sitemap | None, Outcome]:
    found = _Found()
    fault: str | None = None
    try:
        root = _collect(body, found, recover=False)
    except etree.XMLSyntaxError as error:
        fault = str(error)
        if sniff("", body) is Sniffed.HTML:
            return None, Outcome.failed(Reason.NOT_A_FEED, "an HTML page")
        # A bare & or a broken end: read again, as far as it makes sense.
        whole, found = found, _Found()
        root = _collect(body, found, recover=True)
        if not _CLOSED.search(body[-_TAIL:]):
            # An address that breaks off is another address.
            del found.pages[max(len(whole.pages), len(found.pages) - 1) :]
            del found.maps[max(len(whole.maps), len(found.maps) - 1) :]
    if found.pages or found.maps:
        return _sitemap(found, url, now), Outcome.ok()
    if root not in _ROOTS and (root or fault is None):
        return None, Outcome.failed(Reason.NOT_A_FEED, f"the document is <{root[:60]}>, not <urlset> or <sitemapindex>")
    return (Sitemap(), Outcome.ok()) if fault is None else (None, Outcome.failed(Reason.MALFORMED, fault[:200]))


def _collect(body: bytes, found: _Found, *, recover: bool) -> str:
    """Gather the addresses as they stream by; return the local name of the root, empty where there is none."""
    document = etree.iterparse(
        BytesIO(body),
        events=("end",),
        tag=_EVENTS,
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in document:
        root = element.getparent()
        # <url> is also the name of parts of other formats, such as the picture of an RSS channel.
        if root is None or root.getparent() is not None or _local(root) not in _ROOTS:
            continue
        texts: dict[str, str] = {}
        for part in element.iterdescendants(etree.Element):
            name = _local(part)
            # Pictures and videos have titles, too, of their own.
            if name in _FIELDS and part.text and (name != "title" or "news" in str(part.tag)):
                texts.setdefault(name, part.text)
        (found.maps if _local(element) == "sitemap" else found.pages).append(texts)
        root.remove(element)
    top = document.root
    return _local(top) if top is not None else ""


def _local(element: etree._Element) -> str:
    return _local_name(str(element.tag))


@lru_cache(256)
def _local_name(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2].lower()  # a prefix that was never declared stays in the name


def _sitemap(found: _Found, url: str, now: datetime) -> Sitemap:
    changes = {page.get("lastmod") for page in found.pages}
    is_generated = len(changes) == 1 and len(found.pages) >= _GENERATED
    language = next((page["language"].strip() for page in found.pages if "language" in page), "")
    return Sitemap(
        entries=tuple(_entry(page, url, None if is_generated else now) for page in found.pages),
        children=tuple(_children(found.maps, url, now)),
        title=_title(next((page["name"] for page in found.pages if "name" in page), "")),
        language=language if _LANGUAGE.fullmatch(language) else None,
    )


def _entry(page: dict[str, str], base: str, now: datetime | None) -> Entry:
    """Make an entry; its lastmod counts only up to about `now`, and not at all without."""
    location = page.get("loc", "").strip()
    published = parse_feed_date(page["publication_date"]) if "publication_date" in page else None
    if published is None and now is not None:
        published = _lastmod(page, now)
    return Entry(
        guid=None,
        # Sitemaps give absolute addresses; what is not one is kept as it is written, for its outcome.
        url=(_cleaned(location, base) or location) if location else None,
        title=_title(page.get("title", "")),
        summary="",
        published_at=published,
        authors=(),
    )


def _children(maps: list[dict[str, str]], base: str, now: datetime) -> Iterator[Child]:
    for named in maps:
        address = _cleaned(named.get("loc", ""), base)
        if address is not None:
            yield Child(address, _lastmod(named, now))


def _lastmod(texts: dict[str, str], now: datetime) -> datetime | None:
    time = parse_feed_date(texts["lastmod"]) if "lastmod" in texts else None
    return time if time is None or time <= now + _AHEAD else None


def _cleaned(location: str, base: str) -> str | None:
    # An absolute address needs no base, and is read twice as fast without.
    return clean_link(location, None if location[:8].lower().startswith(("http://", "https://")) else base)


def _title(text: str) -> str:
    return plain(text, html=looks_like_html(text), cap=_LONGEST_TITLE) if text else ""


def choose_children(children: Sequence[Child], since: datetime, until: datetime, limit: int) -> list[Child]:
    """Pick the sitemaps of an index that can hold articles of a period, at most `limit`, the best first.

    Out are those whose names tell another period, those last changed before it, and those of tags, authors or
    pictures. News sitemaps come first, then those named by their date, then those that only say when they changed
    (within the period, then soonest after it), each the newest first; last those that say nothing, by the highest
    number in their names.
    """
    ranked = []
    for place, child in enumerate(children):
        name = child.url.partition("://")[2].partition("/")[2]
        period = _period(name)
        is_news = _NEWS.search(name) is not None
        if period is not None and (period[1] < since - _SLACK or period[0] > until + _SLACK):
            continue
        if period is None and child.lastmod is not None and child.lastmod < since - _SLACK:
            continue
        if _NO_ARTICLES.search(name):
            continue
        newest = period[0] if period else child.lastmod
        group = 0 if is_news else 1 if period else 2 if child.lastmod else 3
        late = max(child.lastmod - until, timedelta()) if group == 2 and child.lastmod else timedelta()
        numbers = [int(number[:9]) for number in _NUMBER.findall(name)]
        ranked.append((group, late, -newest.timestamp() if newest else 0.0, [-n for n in numbers[-1:]], place))
    return [children[place] for *_, place in sorted(ranked)[:limit]]


def _period(name: str) -> tuple[datetime, datetime] | None:
    """Return the first and the last moment of the year, month or day in a sitemap's name."""
    found = _PERIOD.search(name)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = datetime(year or 0, month or 1, day or 1, tzinfo=UTC)
    except ValueError:
        return None
    days = 1 if day else 31 if month else 366
    return first, first + timedelta(days=days)
