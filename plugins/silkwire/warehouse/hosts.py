"""Locks on hosts, held across processes: no two tasks or runs talk to one host at a time.

They are PostgreSQL advisory locks of a session, so a killed process loses them at once and leaves nothing behind.
(A pooler that shares sessions between clients, such as pgbouncer in transaction mode, would break them.)
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import Connection, Engine, TextClause, text

from silkwire.warehouse.engine import told_as_transient

_SPACE = 0x51_1C  # the first half of the lock's key: these locks are ours

_LOCK = text("select pg_try_advisory_lock(:space, hashtext(:host))")
_UNLOCK = text("select pg_advisory_unlock(:space, hashtext(:host))")


class HostLocks:
    """The host locks of one process, on one connection of its own."""

    def __init__(self, connection: Connection) -> None:
        """Use `open_host_locks` instead."""
        self._connection = connection
        self._turn = asyncio.Lock()

    async def acquire(self, host: str) -> bool:
        """Try to lock a host; False where another process holds it."""
        return bool(await self._ask(_LOCK, host))

    async def release(self, host: str) -> None:
        """Give a host back."""
        await self._ask(_UNLOCK, host)

    async def _ask(self, statement: TextClause, host: str) -> object:
        async with self._turn:
            with told_as_transient():
                return await asyncio.to_thread(self._connection.scalar, statement, {"space": _SPACE, "host": host})


@asynccontextmanager
async def open_host_locks(engine: Engine) -> AsyncIterator[HostLocks]:
    """Open the locks of this process; all are given back at the end."""
    with told_as_transient(), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        try:
            yield HostLocks(connection)
        finally:
            # The connection goes back to a pool: without this its locks would live on there.
            if not connection.closed and not connection.invalidated:
                connection.execute(text("select pg_advisory_unlock_all()"))
