"""robots.txt of hosts, kept between tasks and runs so that it is read once a day and not once a run."""

import asyncio

from sqlalchemy import Engine, select
from sqlalchemy.dialects.postgresql import insert

from silkwire.records import StoredRobots
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.load import clean_text
from silkwire.warehouse.tables import robots


class RobotsTable:
    """The store that `net.robots` reads and writes: one row an origin (scheme://host:port)."""

    def __init__(self, engine: Engine) -> None:
        """Keep the rules in the warehouse behind `engine`."""
        self._engine = engine

    async def load(self, origin: str) -> StoredRobots | None:
        """Return what is stored of an origin, however old it is."""
        return await asyncio.to_thread(self._load, origin)

    async def save(self, origin: str, found: StoredRobots) -> None:
        """Store the answer of an origin in place of an earlier one."""
        await asyncio.to_thread(self._save, origin, found)

    def _load(self, origin: str) -> StoredRobots | None:
        query = select(robots.c.status, robots.c.body, robots.c.fetched_at).where(robots.c.origin == origin)
        with transaction(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        return StoredRobots(row.status, row.body, row.fetched_at) if row else None

    def _save(self, origin: str, found: StoredRobots) -> None:
        values = {"status": found.status, "body": clean_text(found.body), "fetched_at": found.fetched_at}
        statement = insert(robots).values(origin=origin, **values)
        with transaction(self._engine) as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["origin"], set_=values))
