"""robots.txt of hosts, kept between tasks and runs so that it is read once a day and not once a run."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from sqlalchemy import Engine, func, select

from silkwire.records import StoredRobots
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.load import upsert
from silkwire.warehouse.tables import robots

_BATCH = 50


class RobotsTable:
    """The store that `net.robots` reads and writes, an origin (scheme://host:port) a row.

    What is known of a task's hosts is read at once and new answers are stored in batches: a transaction for each would
    cost more than the request. An answer that a kill loses is only read again.
    """

    def __init__(self, engine: Engine, hosts: Sequence[str]) -> None:
        """Use `open_robots_table` instead."""
        self._engine = engine
        self._hosts = frozenset(hosts)
        self._known: asyncio.Task[dict[str, StoredRobots]] | None = None
        self._new: dict[str, StoredRobots] = {}

    async def load(self, origin: str) -> StoredRobots | None:
        """Return what is stored of an origin, however old it is."""
        if urlsplit(origin).netloc not in self._hosts:
            return (await asyncio.to_thread(self._read, [urlsplit(origin).netloc])).get(origin)
        if self._known is None:
            self._known = asyncio.create_task(asyncio.to_thread(self._read, list(self._hosts)))
        return (await asyncio.shield(self._known)).get(origin)

    async def save(self, origin: str, found: StoredRobots) -> None:
        """Store the answer of an origin in place of an earlier one."""
        self._new[origin] = found
        if len(self._new) >= _BATCH:
            await self.flush()

    async def flush(self) -> None:
        """Store what was not stored yet."""
        batch, self._new = self._new, {}
        if batch:
            await asyncio.to_thread(self._write, batch)

    def _read(self, hosts: Sequence[str]) -> dict[str, StoredRobots]:
        host = func.split_part(robots.c.origin, "://", 2)
        query = select(robots.c.origin, robots.c.status, robots.c.body, robots.c.fetched_at).where(host.in_(hosts))
        with transaction(self._engine) as connection:
            return {origin: StoredRobots(*row) for origin, *row in connection.execute(query)}

    def _write(self, batch: dict[str, StoredRobots]) -> None:
        # In one order everywhere, so that two tasks can't wait for each other.
        rows = [
            {"origin": origin, "status": found.status, "body": found.body, "fetched_at": found.fetched_at}
            for origin, found in sorted(batch.items())
        ]
        with transaction(self._engine) as connection:
            upsert(connection, robots, rows, conflict=["origin"], update=["status", "body", "fetched_at"])


@asynccontextmanager
async def open_robots_table(engine: Engine, hosts: Sequence[str]) -> AsyncIterator[RobotsTable]:
    """Open the store for a task that visits `hosts` (names with ports); what it learns is stored at the end."""
    table = RobotsTable(engine, hosts)
    try:
        yield table
    finally:
        await table.flush()
