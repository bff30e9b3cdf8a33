"""Locks on hosts, held across processes: no two tasks or runs talk to one host at a time.

They are PostgreSQL advisory locks of a session, so a killed process loses them at once and leaves nothing behind.
(A pooler that shares sessions between clients, such as pgbouncer in transaction mode, would break them.)
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text

from silkwire.warehouse.engine import told_as_transient

_SPACE = 0x51_1C  # the first half of the lock's key: these locks are ours

# One statement for all that hosts wait for at the moment, each with its number: a row's place is no promise in SQL.
_ASK = """
    select
        number,
        case
            when wanted then pg_try_advisory_lock(%(space)s, hashtext(host))
            else pg_advisory_unlock(%(space)s, hashtext(host))
        end
    from unnest(%(hosts)s::text[], %(wanted)s::boolean[]) with ordinality as asked (host, wanted, number)
"""


@dataclass(slots=True)
class _Request:
    host: str
    wanted: bool
    answer: bool | None = None


class HostLocks:
    """The host locks of one process, on one connection of its own."""

    def __init__(self, connection: Connection) -> None:
        """Use `open_host_locks` instead."""
        self._connection = connection
        self._turn = asyncio.Lock()
        self._waiting: list[_Request] = []

    async def acquire(self, host: str) -> bool:
        """Try to lock a host; False where another process holds it."""
        return await self._ask(_Request(host, wanted=True))

    async def release(self, host: str) -> None:
        """Give a host back."""
        await self._ask(_Request(host, wanted=False))

    async def _ask(self, request: _Request) -> bool:
        """Have a request answered, by whoever's turn it is: one asks for all that wait by then."""
        self._waiting.append(request)
        async with self._turn:
            if request.answer is None:
                asked = list(self._waiting)
                await asyncio.to_thread(self._send, asked)
                del self._waiting[: len(asked)]
        return bool(request.answer)

    def _send(self, requests: list[_Request]) -> None:
        told = {"space": _SPACE, "hosts": [r.host for r in requests], "wanted": [r.wanted for r in requests]}
        with told_as_transient():
            for number, answer in self._connection.exec_driver_sql(_ASK, told):
                requests[number - 1].answer = answer


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
