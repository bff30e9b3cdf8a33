"""What an address lists, whatever its form: a feed, a news sitemap (or an index of them), or a section page."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from silkwire.net.client import Client, Exchange
from silkwire.net.robots import Robots
from silkwire.poll.judgement import judge_exchange, never_given_up
from silkwire.poll.listing import Listing, read_apart
from silkwire.poll.parser import ParserPool
from silkwire.poll.sitemap import Child, choose_children
from silkwire.poll.validators import request_headers
from silkwire.records import Entry, Form, Kind, Outcome, ParsedFeed, Response
from silkwire.warehouse.feeds import DueFeed

ACCEPT = {
    Form.FEED: "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
    Form.SITEMAP: "application/xml, text/xml;q=0.9, */*;q=0.5",
    Form.SECTION: "text/html, application/xhtml+xml, */*;q=0.1",
}
# An index lists years of sitemaps: those that can hold what is new since the last poll, and no more than these.
_CHILDREN = 3
_FIRST_LOOK = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one poll of an address came to. `response` is there where one came, `parsed` where something was read.

    That is so where the outcome is ok, and where an index is tried again for the sake of a part of it.
    """

    outcome: Outcome
    response: Response | None = None
    body_hash: str | None = None
    parsed: ParsedFeed | None = None


class Reader:
    """Reads the addresses of sources: one request each, and a few more for an index of sitemaps.

    `deadline`, a moment of `time.monotonic()`, is when turns at hosts are no longer waited for: `NoTurn` is raised.
    """

    def __init__(self, client: Client, robots: Robots, parsers: ParserPool, deadline: float) -> None:
        """Read through `client`; parse in the processes of `parsers`; ask `robots` before a page made for people."""
        self._client = client
        self._robots = robots
        self._parsers = parsers
        self._deadline = deadline

    async def read(self, feed: DueFeed, now: datetime) -> Reading:
        """Poll one address at `now`; whatever goes wrong is the outcome."""
        if feed.form is Form.SECTION:
            refused = await self._robots.judge(feed.url, self._deadline)
            if refused is not None:
                return Reading(never_given_up(refused))
        versions = request_headers(feed, now)
        exchange = await self._get(feed.url, feed.form, versions)
        response = exchange if isinstance(exchange, Response) else None
        body_hash = hashlib.sha256(response.body).hexdigest() if response and response.status == 200 else None
        outcome = judge_exchange(exchange, body_hash, feed, conditional=bool(versions))
        if response is None or outcome.kind is not Kind.OK:
            return Reading(outcome, response, body_hash)
        listing = await self._parse(feed, response, now)
        if listing.children:
            listing = await self._read_children(feed, listing.children, now)
            body_hash = None  # an index can be the same and its sitemaps not
        return Reading(never_given_up(listing.outcome), response, body_hash, listing.feed)

    async def _get(self, url: str, form: Form, versions: Mapping[str, str]) -> Exchange:
        return await self._client.get(url, {"Accept": ACCEPT[form], **versions}, deadline=self._deadline)

    async def _parse(self, feed: DueFeed, response: Response, now: datetime) -> Listing:
        return await read_apart(self._parsers, feed.form, response, now, feed.pattern)

    async def _read_children(self, feed: DueFeed, children: Sequence[Child], now: datetime) -> Listing:
        """Read the newest sitemaps of an index; one that can't be read has the feed tried again, and costs no other."""
        since = feed.succeeded_at or now - _FIRST_LOOK
        entries: list[Entry] = []
        outcomes = []
        for child in choose_children(children, since, now, _CHILDREN):
            exchange = await self._get(child.url, feed.form, {})
            outcome = judge_exchange(exchange, None, feed, conditional=False)
            if isinstance(exchange, Response) and outcome.kind is Kind.OK:
                listing = await self._parse(feed, exchange, now)
                outcome = listing.outcome
                entries.extend(listing.feed.entries if listing.feed else ())
            outcomes.append(outcome)
        if not outcomes:
            return Listing(None, Outcome.unchanged())
        failed = [outcome for outcome in outcomes if outcome.kind is not Kind.OK]
        feed_or_none = ParsedFeed("", None, tuple(entries)) if len(failed) < len(outcomes) else None
        return Listing(feed_or_none, failed[0] if failed else Outcome.ok())
