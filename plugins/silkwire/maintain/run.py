"""The maintain job: repair the gaps of the ledger while the sites' sitemaps still remember."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from silkwire.drain import Task, crashed, run_async, visit_hosts
from silkwire.maintain.repair import Repairer
from silkwire.net.client import open_client
from silkwire.net.robots import Robots
from silkwire.poll.items import read_items
from silkwire.poll.parser import ParserPool
from silkwire.records import Entry, Outcome
from silkwire.warehouse import gaps, links, runs
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.gaps import OpenGap
from silkwire.warehouse.robots import open_robots_table
from silkwire.warehouse.runs import Tally, tally_key

STAGE = "maintain"
_GAPS = 500  # a run
_KNOWN = 200  # links of the feed that tell its sections


def run(task: Task) -> Tally:
    """Try to repair the gaps that are open; return the counts of gaps and of the entries found."""
    with transaction(task.engine) as connection:
        pending = gaps.pending_gaps(connection, task.clock(), _GAPS)
    return run_async(_repair(task, pending)) if pending else Counter()


async def _repair(task: Task, pending: Sequence[OpenGap]) -> Tally:
    total: Tally = Counter()
    by_host: dict[str, list[OpenGap]] = {}
    for gap in pending:
        by_host.setdefault(urlsplit(gap.source_url or gap.feed_url).netloc.lower(), []).append(gap)
    with ParserPool(task.settings.parse_seconds) as parsers:
        hosts = list(by_host)
        async with open_client(task.settings, task.clock) as client, open_robots_table(task.engine, hosts) as table:
            repairer = Repairer(client, Robots(client, task.settings, table), parsers)

            async def visit(host: str) -> None:
                for gap in by_host[host]:
                    if task.is_over:
                        break
                    total.update(await _repair_one(task, repairer, gap))

            await visit_hosts(task, hosts, visit)
    return total


async def _repair_one(task: Task, repairer: Repairer, gap: OpenGap) -> Tally:
    known = await asyncio.to_thread(_known_urls, task, gap)
    try:
        entries, outcome = await repairer.search(gap, known, task.clock())
    except Exception as error:  # noqa: BLE001 - a gap's fate is recorded here
        entries, outcome = [], crashed(error)
    return await asyncio.to_thread(_save, task, gap, entries, outcome)


def _known_urls(task: Task, gap: OpenGap) -> list[str]:
    with transaction(task.engine) as connection:
        return links.urls_of_feed(connection, gap.feed_id, _KNOWN)


def _save(task: Task, gap: OpenGap, entries: Sequence[Entry], outcome: Outcome) -> Tally:
    now = task.clock()
    items = read_items(entries, gap.feed_id, gap.source_id, now)
    with transaction(task.engine) as connection:
        new = links.save_new(connection, items.links)
        gaps.save_try(connection, gap, outcome, len(new), now)
        tally = Counter(tally_key("entry", other) for other in items.others)
        tally[tally_key("gap", outcome)] += 1
        tally[tally_key("entry", Outcome.ok())] += len(new)
        tally[tally_key("entry", Outcome.unchanged())] += len(items.links) - len(new)
        tally = +tally
        runs.count(connection, task.run_id, STAGE, tally)
    return tally
