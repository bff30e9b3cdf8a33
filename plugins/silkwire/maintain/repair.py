"""Repairing a gap: the items that a feed listed while nobody looked, from the sitemaps of its site."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from silkwire.net.client import Client, Failure
from silkwire.net.links import host_of, origin_of
from silkwire.net.robots import Robots
from silkwire.net.status import judge_failure, judge_status
from silkwire.poll.listing import read_apart
from silkwire.poll.parser import ParserPool
from silkwire.poll.reading import ACCEPT
from silkwire.poll.sitemap import choose_children
from silkwire.reasons import Reason
from silkwire.records import Entry, Form, Kind, Outcome
from silkwire.warehouse.gaps import OpenGap
from silkwire.warehouse.pauses import host_key

# Where outlets put a news sitemap that their robots.txt does not name.
_WELL_KNOWN = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/sitemap.xml")
_REQUESTS = 12  # for one gap
_CHILDREN = 4  # of one index
_MARGIN = timedelta(hours=1)  # between the time in a sitemap and that of the feed
_ATTEMPTS = 5
_FIRST_PAUSE = timedelta(hours=2)
_FEW_SECTIONS = 4


@dataclass(frozen=True, slots=True)
class Finding:
    """What a search came to: the entries of the gap's period, the outcome, and the host that asked for a pause."""

    entries: tuple[Entry, ...]
    outcome: Outcome
    paused: str | None = None


@dataclass(slots=True)
class _Search:
    """What the sitemaps of a site told so far: entries, faults on the way, and requests left."""

    entries: list[Entry] = field(default_factory=list)
    faults: list[Outcome] = field(default_factory=list)
    left: int = _REQUESTS
    read: int = 0
    paused: str | None = None


class Repairer:
    """Looks for missing items; what it finds are entries like those of a feed.

    `deadline`, a moment of `time.monotonic()`, is when turns at hosts are no longer waited for: `NoTurn` is raised.
    """

    def __init__(self, client: Client, robots: Robots, parsers: ParserPool, deadline: float) -> None:
        """Search through `client`; sitemaps are named by `robots` and parsed in the processes of `parsers`."""
        self._client = client
        self._robots = robots
        self._parsers = parsers
        self._deadline = deadline

    async def search(self, gap: OpenGap, known_urls: Sequence[str], now: datetime) -> Finding:
        """Look for what is missing.

        `known_urls` are addresses of items of the same feed: they tell the site, and the sections that it covers. The
        outcome is ok where sitemaps that list this feed's items reach over the whole gap, failed OUT_OF_REACH where
        they do not, skipped NO_SITEMAP where there are none, and retry while the site does not answer, or its sitemaps
        are not yet as new as the gap.
        """
        search = _Search()
        for origin in _origins(gap, known_urls):
            named = await self._robots.sitemaps(origin)
            for url in sorted(named, key=_news_first) or [origin + path for path in _WELL_KNOWN]:
                await self._read(url, gap, search)
            if search.entries or search.paused:
                break
        covered = [entry for entry in search.entries if _is_covered(entry, known_urls)]
        missing = tuple(entry for entry in covered if _is_inside(entry, gap))
        return Finding(missing, _judged(search, covered, gap, known_urls, now), search.paused)

    async def _read(self, url: str, gap: OpenGap, search: _Search, depth: int = 0) -> None:
        if search.left <= 0 or search.paused:
            return
        search.left -= 1
        exchange = await self._client.get(url, {"Accept": ACCEPT[Form.SITEMAP]}, deadline=self._deadline)
        judged = (
            judge_failure(exchange) if isinstance(exchange, Failure) else judge_status(exchange, exchange.fetched_at)
        )
        if isinstance(exchange, Failure) or judged.kind is not Kind.OK:
            search.faults.append(judged)
            search.paused = host_key(url) if judged.reason is Reason.RATE_LIMITED else None
            return
        listing = await read_apart(self._parsers, Form.SITEMAP, exchange, exchange.fetched_at)
        if listing.feed is None:
            search.faults.append(listing.outcome)
            return
        search.read += 1
        search.entries.extend(listing.feed.entries)
        chosen = choose_children(listing.children, gap.missing_since, gap.missing_until, _CHILDREN)
        for child in chosen if depth == 0 else ():
            await self._read(child.url, gap, search, depth + 1)


def _origins(gap: OpenGap, known_urls: Sequence[str]) -> list[str]:
    """Return the sites to ask, the articles' own first: a feed often lives elsewhere."""
    urls = [*known_urls[:1], gap.source_url, gap.feed_url]
    return list(dict.fromkeys(origin_of(url) for url in urls if host_of(url)))


def _news_first(url: str) -> tuple[bool, str]:
    return "news" not in url.lower(), url


def _is_inside(entry: Entry, gap: OpenGap) -> bool:
    """Say whether an entry falls into the gap; an undated one can't be placed and is left out."""
    moment = entry.published_at
    return moment is not None and gap.missing_since - _MARGIN <= moment <= gap.missing_until + _MARGIN


def _is_covered(entry: Entry, known_urls: Sequence[str]) -> bool:
    """Say whether the feed would list an entry: one of a few sections of a site lists what is in them alone."""
    sections = {_section(url) for url in known_urls}
    return not sections or len(sections) > _FEW_SECTIONS or (entry.url is not None and _section(entry.url) in sections)


def _section(url: str) -> str:
    """Return host and first folder of an address; a page at the top has no folder."""
    parts = urlsplit(url)
    head, separator, _ = parts.path.strip("/").partition("/")
    return f"{parts.netloc}/{head if separator else ''}"


def _judged(
    search: _Search, covered: Sequence[Entry], gap: OpenGap, known_urls: Sequence[str], now: datetime
) -> Outcome:
    again = next((fault for fault in search.faults if fault.kind is Kind.RETRY), None)
    dated = [entry.published_at for entry in covered if entry.published_at]
    if not dated:
        fault = Outcome.skipped(Reason.NO_SITEMAP, f"{search.read} sitemaps read, {len(search.faults)} failed")
        return _tried(again, fault, gap, now)
    if not {entry.url for entry in covered}.intersection(known_urls):
        return Outcome.failed(Reason.OUT_OF_REACH, "they list none of the feed's items")
    if min(dated) > gap.missing_since + _MARGIN:
        return Outcome.failed(Reason.OUT_OF_REACH, f"they begin at {min(dated):%Y-%m-%d %H:%M}")
    if max(dated) < gap.missing_until - _MARGIN:
        late = Outcome.failed(Reason.OUT_OF_REACH, f"they end at {max(dated):%Y-%m-%d %H:%M}")
        return _tried(late, late, gap, now)
    return Outcome.ok()


def _tried(again: Outcome | None, last: Outcome, gap: OpenGap, now: datetime) -> Outcome:
    """Have a gap tried again for the reason of `again`, in pauses that double; after the last try it ends as `last`."""
    if again is None or gap.attempts + 1 >= _ATTEMPTS:
        return last
    return replace(again, kind=Kind.RETRY, after=now + _FIRST_PAUSE * 2**gap.attempts)
