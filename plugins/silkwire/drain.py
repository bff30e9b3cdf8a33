"""The loops that every stage shares: take what is pending, survive each item, commit with the counts.

`drain` is for stages that compute: a batch is one transaction that locks its items. `visit_hosts` is for stages that
wait for the network: hosts side by side, one at a time each.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from silkwire.reasons import Reason
from silkwire.records import Outcome, Shard
from silkwire.settings import Settings
from silkwire.warehouse import runs
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.hosts import open_host_locks
from silkwire.warehouse.runs import Tally, tally_key

_THREADS = 48

Item = TypeVar("Item")
Result = TypeVar("Result")
Committed = asyncio.Future[None] | None
Visit = Callable[[str], Awaitable[Committed]]


@dataclass(frozen=True, slots=True)
class Task:
    """One task of a stage: which run it belongs to, which shard it does, and until when.

    `clock` tells the time, aware and in UTC; `deadline` is of `time.monotonic()`: past it the rest is left to the
    next run, so that a backlog of any size can't make a task overrun.
    """

    engine: Engine
    settings: Settings
    run_id: str
    shard: Shard
    clock: Callable[[], datetime]
    deadline: float

    @property
    def is_over(self) -> bool:
        """Say whether the task's time is used up."""
        return time.monotonic() >= self.deadline


def drain(  # noqa: PLR0913 - what a stage consists of
    task: Task,
    stage: str,
    take: Callable[[Connection], Sequence[Item]],
    work: Callable[[Item], Result],
    save: Callable[[Connection, Sequence[Result]], Iterable[tuple[str, Outcome]]],
    each: Callable[[Callable[[Item], Result | None], Sequence[Item]], Iterable[Result | None]] = map,
) -> Tally:
    """Do what is pending, batch by batch; return the counts.

    `take` locks and reads a batch, `work` does one item and raises only what ends the task, `save` stores the results
    and names the outcome of each item, which is counted in the same transaction. `each` does the items of a batch,
    in turn where it is not told otherwise. What the task has no time left for stays pending.
    """

    def attempt(item: Item) -> Result | None:
        return None if task.is_over else work(item)

    total: Tally = Counter()
    while not task.is_over:
        with transaction(task.engine) as connection:
            batch = take(connection)
            if not batch:
                break
            results = [result for result in each(attempt, batch) if result is not None]
            tally = Counter(tally_key(item, outcome) for item, outcome in save(connection, results))
            runs.count(connection, task.run_id, stage, tally)
        total += tally
    return total


def crashed(error: Exception) -> Outcome:
    """Turn an unforeseen error of one item into its outcome: the item is given up and the stage goes on."""
    return Outcome.failed(Reason.CRASHED, f"{type(error).__name__}: {error}"[:500])


async def visit_hosts(task: Task, hosts: Sequence[str], visit: Visit) -> None:
    """Visit every host, `settings.connections` at a time, passing over those that another process visits.

    `visit` leaves the host's items committed when it returns, or returns what is done once they are: the host is
    unlocked then, while the next one is visited already.
    """
    waiting = iter(hosts)

    async def give_back(host: str, committed: Committed) -> None:
        try:
            if committed is not None:
                await committed
        finally:
            await locks.release(host)

    async def work() -> None:
        for host in waiting:
            if task.is_over:
                return
            if await locks.acquire(host):
                committed: Committed = None
                try:
                    committed = await visit(host)
                finally:
                    group.create_task(give_back(host, committed))

    async with open_host_locks(task.engine) as locks, asyncio.TaskGroup() as group:
        for _ in range(min(task.settings.connections, len(hosts))):
            group.create_task(work())


def run_async(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a stage's coroutine; raise the first error of a group itself, so that callers can tell its kind."""

    async def with_threads() -> Result:
        # Names are resolved and batches stored in threads. Python's default of a few a core would queue up on slow DNS.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_THREADS))
        return await work

    try:
        return asyncio.run(with_threads())
    except BaseExceptionGroup as group:
        error: BaseException = group
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        raise error from group
