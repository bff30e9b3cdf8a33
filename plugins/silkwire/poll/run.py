"""The poll stage: GET the feeds that are due, parse what changed, store new links."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from silkwire.drain import Task, crashed, run_async, visit_hosts
from silkwire.keys import stable_key
from silkwire.net.client import Client, Exchange, open_client
from silkwire.net.links import clean_link
from silkwire.poll.feed_parser import parse_feed
from silkwire.poll.judgement import is_moved, judge_exchange, next_poll
from silkwire.reasons import Reason
from silkwire.records import Entry, Kind, Link, Outcome, ParsedFeed, Response
from silkwire.warehouse import feeds, links, runs
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.feeds import DueFeed, Polled
from silkwire.warehouse.runs import Tally, tally_key

STAGE = "poll"
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"


def run(task: Task) -> Tally:
    """Poll the feeds of one shard that are due; return the counts of feeds and entries."""
    with transaction(task.engine) as connection:
        hosts = feeds.due_hosts(connection, task.shard, task.run_id, task.clock())
    return run_async(_poll_hosts(task, hosts)) if hosts else Counter()


async def _poll_hosts(task: Task, hosts: Sequence[str]) -> Tally:
    total: Tally = Counter()
    async with open_client(task.settings, task.clock) as client:

        async def visit(host: str) -> None:
            for feed in await asyncio.to_thread(_due_feeds, task, host):
                total.update(await _poll_feed(task, client, feed))

        await visit_hosts(task, hosts, visit)
    return total


def _due_feeds(task: Task, host: str) -> list[DueFeed]:
    with transaction(task.engine) as connection:
        return feeds.due_feeds(connection, host, task.run_id, task.clock())


async def _poll_feed(task: Task, client: Client, feed: DueFeed) -> Tally:
    headers = {"Accept": _ACCEPT}
    if feed.etag:
        headers["If-None-Match"] = feed.etag
    if feed.last_modified:
        headers["If-Modified-Since"] = feed.last_modified
    exchange = await client.get(feed.url, headers)
    # Parsing and storing block; a thread keeps the other hosts going meanwhile.
    return await asyncio.to_thread(_finish_poll, task, feed, exchange)


def _finish_poll(task: Task, feed: DueFeed, exchange: Exchange) -> Tally:
    """Judge an exchange, parse its body where it is new, and store all of it in one transaction."""
    now = task.clock()
    response = exchange if isinstance(exchange, Response) else None
    body_hash = hashlib.sha256(response.body).hexdigest() if response and response.status == 200 else None
    outcome = judge_exchange(exchange, body_hash, feed.body_hash, now)
    parsed = None
    if response and outcome.kind is Kind.OK:
        outcome, parsed = _parse(response)
        if outcome.kind is Kind.OK and is_moved(feed.url, response):
            outcome = Outcome.moved(response.url)
    polled = Polled(
        feed=feed,
        outcome=outcome,
        polled_at=now,
        next_poll_at=next_poll(outcome, feed.failures, timedelta(minutes=task.settings.poll_interval), now),
        status=response.status if response else None,
        # A 304 may leave out what it confirms; a new body without validators has none.
        etag=response.headers.get("etag") if response and body_hash else feed.etag,
        last_modified=response.headers.get("last-modified") if response and body_hash else feed.last_modified,
        body_hash=body_hash or feed.body_hash,
        entries=len(parsed.entries) if parsed else 0,
    )
    return _save(task, polled, parsed)


def _parse(response: Response) -> tuple[Outcome, ParsedFeed | None]:
    try:
        parsed, outcome = parse_feed(response.body, response.url, response.content_type)
    except Exception as error:  # noqa: BLE001 - a feed's fate is recorded here
        return replace(crashed(error), kind=Kind.RETRY), None
    return (outcome if outcome.kind is Kind.OK else replace(outcome, kind=Kind.RETRY)), parsed


def _save(task: Task, polled: Polled, parsed: ParsedFeed | None) -> Tally:
    found: dict[str, Link] = {}
    tally: Tally = Counter({tally_key("feed", polled.outcome): 1})
    for entry in parsed.entries if parsed else ():
        link = _link(entry, polled)
        if isinstance(link, Outcome):
            tally[tally_key("entry", link)] += 1
        elif link.id in found:
            tally[tally_key("entry", Outcome.unchanged())] += 1
        else:
            found[link.id] = link
    with transaction(task.engine) as connection:
        new = links.save_new(connection, list(found.values()))
        feeds.save_poll(connection, polled, task.run_id, len(new))
        tally[tally_key("entry", Outcome.ok())] += len(new)
        tally[tally_key("entry", Outcome.unchanged())] += len(found) - len(new)
        tally = +tally
        runs.count(connection, task.run_id, STAGE, tally)
    return tally


def _link(entry: Entry, polled: Polled) -> Link | Outcome:
    """Make a link of an entry, or tell why it can't be one."""
    if not entry.url:
        return Outcome.failed(Reason.NO_LINK)
    url = clean_link(entry.url, None)
    if url is None:
        return Outcome.failed(Reason.BAD_URL)
    return Link(
        id=stable_key(url),
        feed_id=polled.feed.id,
        source_id=polled.feed.source_id,
        host=urlsplit(url).netloc,
        url=url,
        guid=entry.guid,
        title=entry.title,
        summary=entry.summary,
        authors=entry.authors,
        published_at=entry.published_at,
        discovered_at=polled.polled_at,
    )
