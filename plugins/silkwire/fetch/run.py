"""The fetch stage: GET the links that are pending, politely, and keep what is an HTML page."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from silkwire.drain import Committed, Task, crashed, run_async, visit_hosts
from silkwire.fetch.judgement import (
    asks_for_pause,
    counts_as_try,
    is_refusal,
    is_wanted,
    judge_age,
    judge_exchange,
    limit_tries,
)
from silkwire.fetch.writer import Fetched, Writer
from silkwire.net.client import Client, NoTurn, open_client
from silkwire.net.robots import Robots
from silkwire.records import Kind, Outcome, Response, TextFrom
from silkwire.warehouse import feeds, links, pauses
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.links import FetchedLink, PendingLink
from silkwire.warehouse.robots import open_robots_table
from silkwire.warehouse.runs import Tally
from silkwire.warehouse.together import Together

_HEADERS = {"Accept": "text/html, application/xhtml+xml, */*;q=0.1"}


def run(task: Task) -> Tally:
    """Fetch the links of one shard that are pending; return the counts of links."""
    with transaction(task.engine) as connection:
        hosts = links.pending_hosts(connection, task.shard, task.clock())
    return run_async(_fetch_hosts(task, hosts)) if hosts else Counter()


async def _fetch_hosts(task: Task, hosts: Sequence[str]) -> Tally:
    async with (
        open_client(task.settings, task.clock) as client,
        open_robots_table(task.engine, hosts) as table,
        asyncio.TaskGroup() as group,
    ):
        writer = Writer(task)
        writing = group.create_task(writer.work())
        robots = Robots(client, task.settings, table)
        pending = Together(partial(_pending_links, task))

        async def visit(host: str) -> Committed:
            committed: Committed = None
            for link in await pending.ask(host):
                fetched = await _fetch_link(task, client, robots, link)
                if fetched is None:
                    break
                committed = writer.put(fetched)
                if fetched.pauses_host:
                    break  # the rest of its links stay pending
            if committed is not None:
                writer.hurry()
            return committed

        await visit_hosts(task, hosts, visit)
        writer.close()
        await writing
    return writer.tally


def _pending_links(task: Task, hosts: Sequence[str]) -> list[list[PendingLink]]:
    with transaction(task.engine) as connection:
        found = links.pending_links(connection, hosts, task.clock(), task.settings.pages_per_host)
    return [found[host] for host in hosts]


def _pause(task: Task, response: Response, asked_until: datetime | None) -> bool:
    """Leave the host alone that answered; say so, unless it is a proxy of many sources, which goes on."""
    host = pauses.host_key(response.url)
    with transaction(task.engine) as connection:
        if feeds.is_shared(connection, host):
            return False
        pauses.pause(connection, host, asked_until, task.clock())
    return True


async def _fetch_link(task: Task, client: Client, robots: Robots, link: PendingLink) -> Fetched | None:
    """Fetch a link; None where the task's time is over, so that it stays pending."""
    if task.is_over:
        return None
    try:
        outcome, response = await _exchange(task, client, robots, link)
    except NoTurn:
        return None
    except Exception as error:  # noqa: BLE001 - a link's fate is recorded here
        outcome, response = crashed(error), None
    text_from = TextFrom.PAGE
    if is_refusal(outcome) and response is not None and await asyncio.to_thread(_has_feed_text, task, link):
        text_from = TextFrom.FEED
    pauses_host = (
        asks_for_pause(outcome)
        and response is not None
        and await asyncio.to_thread(_pause, task, response, outcome.after)
    )
    kept = response if outcome.kind is Kind.OK or text_from is TextFrom.FEED else None
    now = task.clock()
    outcome = limit_tries(outcome, link, task.settings.attempts, now)
    fate = FetchedLink(link, outcome, now, link.attempts + counts_as_try(outcome))
    return Fetched(fate, kept, text_from, pauses_host=pauses_host)


def _has_feed_text(task: Task, link: PendingLink) -> bool:
    with transaction(task.engine) as connection:
        return links.has_feed_text(connection, link.id)


async def _exchange(task: Task, client: Client, robots: Robots, link: PendingLink) -> tuple[Outcome, Response | None]:
    refused = judge_age(link, task.settings.max_age_days) or await robots.judge(link.url, task.deadline)
    if refused is not None:
        return refused, None
    exchange = await client.get(link.url, _HEADERS, is_wanted, deadline=task.deadline)
    return judge_exchange(exchange, task.clock()), exchange if isinstance(exchange, Response) else None
