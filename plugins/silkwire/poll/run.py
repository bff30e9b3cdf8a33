"""The poll stage: ask the feeds that are due, and store the links that are new."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from silkwire.drain import Task, crashed, run_async, visit_hosts
from silkwire.errors import Transient
from silkwire.net.client import NoTurn, open_client
from silkwire.net.robots import Robots
from silkwire.poll.account import Overlap, find_hole, settle
from silkwire.poll.items import Items, read_items
from silkwire.poll.judgement import never_given_up
from silkwire.poll.parser import ParserPool
from silkwire.poll.reading import Reader, Reading
from silkwire.reasons import Reason
from silkwire.warehouse import feeds, gaps, links, pauses, runs
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.feeds import DueFeed
from silkwire.warehouse.robots import open_robots_table
from silkwire.warehouse.runs import Tally, tally_key

STAGE = "poll"
# What a feed's last new items are: found when they came, or not long before by another feed of the outlet.
_LATELY = timedelta(hours=6)


def run(task: Task) -> Tally:
    """Poll the feeds of one shard that are due; return the counts of feeds and entries."""
    with transaction(task.engine) as connection:
        hosts = feeds.due_hosts(connection, task.shard, task.run_id, task.clock())
    return run_async(_poll_hosts(task, hosts)) if hosts else Counter()


async def _poll_hosts(task: Task, hosts: Sequence[str]) -> Tally:
    total: Tally = Counter()
    with ParserPool(task.settings.parse_seconds) as parsers:
        async with open_client(task.settings, task.clock) as client, open_robots_table(task.engine, hosts) as table:
            reader = Reader(client, Robots(client, task.settings, table), parsers, task.deadline)

            async def visit(host: str) -> None:
                for feed in await asyncio.to_thread(_due_feeds, task, host):
                    reading = await _read(task, reader, feed)
                    if reading is None:
                        break
                    tally, paused = await asyncio.to_thread(_settle, task, feed, reading)
                    total.update(tally)
                    if paused == host:
                        break  # the rest of its feeds stay due

            await visit_hosts(task, hosts, visit)
    return total


def _due_feeds(task: Task, host: str) -> list[DueFeed]:
    with transaction(task.engine) as connection:
        return feeds.due_feeds(connection, host, task.run_id, task.clock())


async def _read(task: Task, reader: Reader, feed: DueFeed) -> Reading | None:
    """Read a feed; None where the task's time is over, so that it stays due."""
    if task.is_over:
        return None
    try:
        return await reader.read(feed, task.clock())
    except NoTurn:
        return None
    except Exception as error:  # noqa: BLE001 - a feed's fate is recorded here
        return Reading(never_given_up(crashed(error)))


def _settle(task: Task, feed: DueFeed, reading: Reading) -> tuple[Tally, str | None]:
    """Store what a poll came to; where that can't be stored, store that: one feed must never stop the others."""
    try:
        return _finish(task, feed, reading)
    except Transient:
        raise
    except Exception as error:  # noqa: BLE001 - a feed's fate is recorded here
        return _finish(task, feed, Reading(never_given_up(crashed(error))))


def _finish(task: Task, feed: DueFeed, reading: Reading) -> tuple[Tally, str | None]:
    """Store all that a poll came to in one transaction; return the counts and the host that asked for a pause."""
    now = task.clock()
    items = read_items(reading.parsed.entries, feed.id, feed.source_id, now) if reading.parsed else Items((), ())
    with transaction(task.engine) as connection:
        lately = feed.new_link_at - _LATELY if feed.new_link_at else None
        seen = links.count_seen(connection, items.links, feed.succeeded_at, lately)
        new = links.save_new(connection, items.links)
        overlap = Overlap(len(items.links), len(new), seen.before, seen.lately)
        hole = find_hole(feed, items, overlap, now)
        floor = timedelta(minutes=task.settings.poll_interval)
        polled = settle(feed, reading, overlap, now, floor, lost_items=hole is not None)
        feeds.save_poll(connection, polled, task.run_id)
        if hole is not None:
            gaps.open_gap(connection, feed.id, feed.source_id, hole.since, hole.until, now)
        paused = _judge_host(connection, reading, now)
        tally = items.tally(len(new)) + Counter([tally_key("feed", polled.outcome)])
        runs.count(connection, task.run_id, STAGE, tally)
    return tally, paused


def _judge_host(connection: Connection, reading: Reading, now: datetime) -> str | None:
    """Leave a host alone that asks for a pause, but not a proxy of many sources for the sake of one feed."""
    if reading.response is None:
        return None
    host = pauses.host_key(reading.response.url)
    if reading.outcome.reason is not Reason.RATE_LIMITED:
        pauses.forgive(connection, [host], now)
        return None
    if feeds.is_shared(connection, host):
        return None
    pauses.pause(connection, host, reading.outcome.after, now)
    return host
