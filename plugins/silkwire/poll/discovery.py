"""What a site offers to be polled: its feeds, its sitemaps, or else a page of it, each read once and described."""

import asyncio
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import urljoin

from silkwire.net.client import Client, Failure, NoTurn
from silkwire.net.links import origin_of
from silkwire.net.robots import Robots
from silkwire.net.sniffing import Sniffed, sniff
from silkwire.net.status import judge_failure, judge_status
from silkwire.poll.listing import Listing, read_apart
from silkwire.poll.offer import Offer, describe, rank
from silkwire.poll.page_links import PageLinks, find_links
from silkwire.poll.parser import ParserPool
from silkwire.poll.sitemap import choose_children
from silkwire.reasons import Reason
from silkwire.records import Form, Kind, Outcome, Response

# Where feeds usually are, the commonest first; asked only where the pages name none that is of use.
WELL_KNOWN_FEEDS = (
    *("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feeds", "/?feed=rss2", "/rss/all.xml"),
    *("/feed.json", "/rss/", "/feed/"),
)
WELL_KNOWN_SITEMAPS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml")

REQUESTS = 25
_SECONDS = 240.0  # for all of them, whatever pace a site asks for
_FAULTS = 3  # of the network in a row: the site is down, or does not want us
_LINKED = 10  # of the feeds that a page links: some list one for each topic
_SITEMAPS = 3
_LEAST_ARTICLES = 5  # for a page to be one that lists articles
_RECENT = timedelta(days=2)  # of an index of sitemaps the one is read that can hold as recent articles
_ACCEPT = {"Accept": "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, */*;q=0.8"}
_SITEMAP = re.compile(rb"<(?:[\w.-]+:)?(?:urlset|sitemapindex)[\s>/]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found: the site's page, name and language as it tells them, and its offers, the best first.

    `stopped` says why not all was asked for that could have been; empty where it was.
    """

    site: str
    name: str
    language: str | None
    offers: tuple[Offer, ...]
    stopped: str = ""


async def discover(  # noqa: PLR0913 - who asks, how, and what for
    url: str,
    client: Client,
    robots: Robots,
    parsers: ParserPool,
    *,
    also: Iterable[str] = (),
    section: bool = False,
    pattern: str | None = None,
) -> Discovery:
    """Look for what can be polled at `url`, a site, a page, a feed or a sitemap; never raises for what a site does.

    Asked are, one after the other and at most 25 in all: the address itself; `also`, addresses that somebody named;
    the feeds that the page declares and links, also over one more page that only lists feeds; the sitemaps in
    robots.txt; and where none of these is of use, the usual places. What robots.txt refuses is not asked for. With
    `section` only the page itself is read, as one whose links are the articles (`pattern` as in `parse_section`).
    """
    search = _Search(client, robots, parsers, pattern)
    try:
        await search.run(url, tuple(also), section=section)
    except _Stopped as stopped:
        search.stopped = str(stopped)
    now = client.now()
    offers = sorted(search.offers.values(), key=lambda offer: rank(offer, now))
    return Discovery(search.site or url, search.name, search.language, tuple(offers), search.stopped)


class _Stopped(Exception):  # noqa: N818 - it says what happened
    """Nothing more is asked of the site; the message says why."""


@dataclass(slots=True)
class _Search:
    """One visit to a site."""

    client: Client
    robots: Robots
    parsers: ParserPool
    pattern: str | None
    left: int = REQUESTS - 1  # robots.txt is one
    deadline: float = field(default_factory=lambda: time.monotonic() + _SECONDS)
    faults: int = 0
    asked: set[str] = field(default_factory=set)
    offers: dict[str, Offer] = field(default_factory=dict)
    contents: set[tuple[str | None, ...]] = field(default_factory=set)
    site: str = ""
    name: str = ""
    language: str | None = None
    stopped: str = ""

    async def run(self, url: str, also: tuple[str, ...], *, section: bool) -> None:
        page = await self._page(url, section=section)
        for address in also:
            await self._try(address, told=True)
        if page is None or section:
            return
        links = await self._links(page)
        self.site, self.name, self.language = page.url, links.name, links.language
        for address in (*links.declared, *links.linked[:_LINKED]):
            await self._try(address, told=True, follow=True)
        origin = origin_of(page.url)
        named = sorted(await self.robots.sitemaps(origin), key=lambda address: "news" not in address.lower())
        for address in named[:_SITEMAPS]:
            await self._try(urljoin(origin, address), told=True)
        await self._guess(page.url, origin, sitemaps=not named)
        await self._offer_page(page)

    async def _page(self, url: str, *, section: bool) -> Response | None:
        """Read the address itself; return it where it is a page to look through, having offered it where it is not."""
        exchange = await self._get(url, judged=True)
        if isinstance(exchange, Outcome):
            self.offers[url] = Offer(url, Form.SECTION if section else Form.FEED, exchange)
            return None
        self.site = f"{origin_of(exchange.url)}/"
        self.asked.add(exchange.url)
        if section:
            await self._offer_page(exchange, least=1)
            return exchange
        if sniff(exchange.content_type, exchange.body) is Sniffed.HTML:
            return exchange
        await self._offer(url, exchange, told=True)
        return None

    async def _guess(self, page: str, origin: str, *, sitemaps: bool) -> None:
        """Ask in the usual places, until one is of use."""
        folders = dict.fromkeys((page.partition("?")[0].rstrip("/"), origin))
        below = [folder + path for folder in folders for path in WELL_KNOWN_FEEDS[: 2 if folder != origin else None]]
        for address in (*below, *(origin + path for path in WELL_KNOWN_SITEMAPS if sitemaps)):
            if any(offer.is_usable and not offer.is_comments for offer in self.offers.values()):
                return
            await self._try(address, told=False, follow=True)

    async def _try(self, url: str, *, told: bool, follow: bool = False) -> None:
        """Ask for an address and offer what is there; one that nobody named is passed over where it is of no use."""
        if url in self.asked:
            return
        exchange = await self._get(url, judged=not told)
        if isinstance(exchange, Outcome):
            if told:
                self.offers.setdefault(url, Offer(url, Form.FEED, exchange))
            return
        if exchange.url != url and exchange.url in self.asked:
            return
        self.asked.add(exchange.url)
        is_page = sniff(exchange.content_type, exchange.body) is Sniffed.HTML
        if is_page and follow:  # /rss is often a page that lists the feeds
            feeds = (await self._links(exchange)).linked[:_LINKED]
            for address in feeds:
                await self._try(address, told=True)
            if feeds:
                return
        if told or not is_page:
            await self._offer(url, exchange, told=told)

    async def _get(self, url: str, *, judged: bool) -> Response | Outcome:
        """Ask for an address; return the answer, or the outcome that it has without one of use."""
        self.asked.add(url)
        refused = await self.robots.judge(url) if judged else None
        if refused is not None:
            return refused
        if self.left <= 0:
            raise _Stopped(f"{REQUESTS} requests are enough for one site")
        self.left -= 1
        try:
            exchange = await self.client.get(url, _ACCEPT, deadline=self.deadline)
        except NoTurn as error:
            raise _Stopped(f"the site's pace leaves no time for more: {error}") from error
        if isinstance(exchange, Failure):
            self.faults += 1
            if self.faults >= _FAULTS:
                raise _Stopped(f"{_FAULTS} requests in a row failed: {exchange.reason.words}")
            return judge_failure(exchange)
        self.faults = 0
        outcome = judge_status(exchange, exchange.fetched_at)
        if outcome.reason is Reason.RATE_LIMITED:
            raise _Stopped(Reason.RATE_LIMITED.words)
        return exchange if outcome.kind is Kind.OK else outcome

    async def _links(self, page: Response) -> PageLinks:
        found = await asyncio.to_thread(self.parsers.call, find_links, page.body, page.url, page.content_type)
        return found if isinstance(found, PageLinks) else PageLinks()

    async def _offer(self, url: str, answer: Response, *, told: bool) -> None:
        form = _form_of(answer)
        listing = await self._read(form, answer)
        # A redirect that is not permanent may lead elsewhere tomorrow.
        address = answer.url if answer.permanent else url
        if listing.children:
            listing = await self._child(listing)
        if listing.feed is None:
            if told:
                self.offers.setdefault(address, Offer(address, form, listing.outcome))
            return
        content = tuple(entry.url for entry in listing.feed.entries)
        if not content or content not in self.contents:
            self.contents.add(content)
            self.offers[address] = replace(describe(address, form, listing.feed, self.client.now()), asked=url)

    async def _offer_page(self, page: Response, least: int = _LEAST_ARTICLES) -> None:
        """Offer the page itself, where it links enough that looks like an article."""
        listing = await self._read(Form.SECTION, page)
        if listing.feed is None:
            self.offers[page.url] = Offer(page.url, Form.SECTION, listing.outcome, pattern=self.pattern)
            return
        self.name, self.language = self.name or listing.feed.title, self.language or listing.feed.language
        if len(listing.feed.entries) >= least or least == 1:
            self.offers[page.url] = describe(page.url, Form.SECTION, listing.feed, self.client.now(), self.pattern)

    async def _child(self, index: Listing) -> Listing:
        """Return what the best sitemap of an index lists, in the index's place."""
        now = self.client.now()
        for child in choose_children(index.children, now - _RECENT, now, 1):
            exchange = await self._get(child.url, judged=False)
            if isinstance(exchange, Response):
                return await self._read(Form.SITEMAP, exchange)
            return Listing(None, exchange)
        return Listing(None, Outcome.failed(Reason.NO_SITEMAP, f"none of {len(index.children)} is recent"))

    async def _read(self, form: Form, answer: Response) -> Listing:
        pattern = self.pattern if form is Form.SECTION else None
        return await read_apart(self.parsers, form, answer, self.client.now(), pattern)


def _form_of(answer: Response) -> Form:
    head = answer.body[: 2**14]
    is_text = sniff(answer.content_type, head) is Sniffed.TEXT
    is_sitemap = (
        head.startswith(b"\x1f\x8b") or _SITEMAP.search(head) or (is_text and head.lstrip().startswith(b"http"))
    )
    return Form.SITEMAP if is_sitemap else Form.FEED
