"""The maintain job: repair the gaps of the ledger while the sites' sitemaps still remember."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from silkwire.drain import Task, crashed, run_async, visit_hosts
from silkwire.maintain.repair import Finding, Repairer
from silkwire.net.client import NoTurn, open_client
from silkwire.net.robots import Robots
from silkwire.poll.items import read_items
from silkwire.poll.parser import ParserPool
from silkwire.warehouse import gaps, links, pauses, runs
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.gaps import OpenGap
from silkwire.warehouse.pauses import host_key
from silkwire.warehouse.robots import open_robots_table
from silkwire.warehouse.runs import Tally, tally_key

STAGE = "maintain"
_GAPS = 500  # a run
_KNOWN = 200  # links of the feed that tell its sections


def run(task: Task) -> Tally:
    """Try to repair the gaps that are open; return the counts of gaps and of the entries found."""
    by_host = _pending(task)
    return run_async(_repair(task, by_host)) if by_host else Counter()


@dataclass(frozen=True, slots=True)
class _Job:
    """A gap, with the newest addresses of its feed's items; `host` is the site that is asked."""

    gap: OpenGap
    known_urls: tuple[str, ...]

    @property
    def host(self) -> str:
        return host_key(self.known_urls[0] if self.known_urls else self.gap.source_url or self.gap.feed_url)


def _pending(task: Task) -> dict[str, list[_Job]]:
    """Read the gaps to repair, by the host that is asked."""
    now = task.clock()
    by_host: dict[str, list[_Job]] = {}
    with transaction(task.engine) as connection:
        for gap in gaps.pending_gaps(connection, now, _GAPS):
            job = _Job(gap, tuple(links.urls_of_feed(connection, gap.feed_id, _KNOWN)))
            if not pauses.is_paused(connection, job.host, now):
                by_host.setdefault(job.host, []).append(job)
    return by_host


async def _repair(task: Task, by_host: Mapping[str, Sequence[_Job]]) -> Tally:
    total: Tally = Counter()
    hosts = list(by_host)
    with ParserPool(task.settings.parse_seconds) as parsers:
        async with open_client(task.settings, task.clock) as client, open_robots_table(task.engine, hosts) as table:
            repairer = Repairer(client, Robots(client, task.settings, table), parsers, task.deadline)

            async def visit(host: str) -> None:
                for job in by_host[host]:
                    finding = await _search(task, repairer, job)
                    if finding is None:
                        break
                    total.update(await asyncio.to_thread(_save, task, job.gap, finding))
                    if finding.paused == host:
                        break

            await visit_hosts(task, hosts, visit)
    return total


async def _search(task: Task, repairer: Repairer, job: _Job) -> Finding | None:
    """Search for one gap; None where the task's time is over, so that it stays open."""
    if task.is_over:
        return None
    try:
        return await repairer.search(job.gap, job.known_urls, task.clock())
    except NoTurn:
        return None
    except Exception as error:  # noqa: BLE001 - a gap's fate is recorded here
        return Finding((), crashed(error))


def _save(task: Task, gap: OpenGap, finding: Finding) -> Tally:
    now = task.clock()
    items = read_items(finding.entries, gap.feed_id, gap.source_id, now)
    with transaction(task.engine) as connection:
        new = links.save_new(connection, items.links)
        gaps.save_try(connection, gap, finding.outcome, len(new), now)
        if finding.paused is not None:
            pauses.pause(connection, finding.paused, finding.outcome.after, now)
        tally = items.tally(len(new)) + Counter([tally_key("gap", finding.outcome)])
        runs.count(connection, task.run_id, STAGE, tally)
    return tally
