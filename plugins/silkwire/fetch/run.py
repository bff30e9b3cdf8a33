"""The fetch stage: GET the links that are pending, politely, and keep what is an HTML page."""

import asyncio
from collections import Counter
from collections.abc import Sequence

from silkwire.drain import Task, crashed, run_async, visit_hosts
from silkwire.fetch.judgement import is_html, judge_age, judge_exchange, limit_tries
from silkwire.fetch.writer import Fetched, Writer
from silkwire.net.client import Client, open_client
from silkwire.net.robots import Robots
from silkwire.records import Kind, Outcome, Response
from silkwire.warehouse import links
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.links import FetchedLink, PendingLink
from silkwire.warehouse.runs import Tally

_HEADERS = {"Accept": "text/html, application/xhtml+xml, */*;q=0.1"}


def run(task: Task) -> Tally:
    """Fetch the links of one shard that are pending; return the counts of links."""
    with transaction(task.engine) as connection:
        hosts = links.pending_hosts(connection, task.shard, task.clock())
    return run_async(_fetch_hosts(task, hosts)) if hosts else Counter()


async def _fetch_hosts(task: Task, hosts: Sequence[str]) -> Tally:
    async with open_client(task.settings, task.clock) as client, asyncio.TaskGroup() as group:
        writer = Writer(task)
        writing = group.create_task(writer.work())
        robots = Robots(client, task.settings.user_agent)

        async def visit(host: str) -> None:
            committed: asyncio.Future[None] | None = None
            for link in await asyncio.to_thread(_pending_links, task, host):
                if task.is_over:
                    break
                committed = writer.put(await _fetch_link(task, client, robots, link))
            if committed is not None:
                writer.hurry()
                await committed

        await visit_hosts(task, hosts, visit)
        writer.close()
        await writing
    return writer.tally


def _pending_links(task: Task, host: str) -> list[PendingLink]:
    with transaction(task.engine) as connection:
        return links.pending_links(connection, host, task.clock(), task.settings.pages_per_host)


async def _fetch_link(task: Task, client: Client, robots: Robots, link: PendingLink) -> Fetched:
    try:
        outcome, response = await _exchange(task, client, robots, link)
    except Exception as error:  # noqa: BLE001 - a link's fate is recorded here
        outcome, response = crashed(error), None
    now = task.clock()
    outcome = limit_tries(outcome, link.attempts, task.settings.attempts, now)
    return Fetched(FetchedLink(link, outcome, now), response)


async def _exchange(task: Task, client: Client, robots: Robots, link: PendingLink) -> tuple[Outcome, Response | None]:
    refused = judge_age(link, task.settings.max_age_days) or await robots.judge(link.url)
    if refused is not None:
        return refused, None
    exchange = await client.get(link.url, _HEADERS, lambda status, kind: 200 <= status < 300 and is_html(kind))
    outcome = judge_exchange(exchange, task.clock())
    kept = isinstance(exchange, Response) and outcome.kind is Kind.OK
    return outcome, exchange if kept and isinstance(exchange, Response) else None
