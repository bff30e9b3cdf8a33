"""Locks on hosts, held across processes: no two tasks or runs talk to one host at a time.

They are PostgreSQL advisory locks of a session, so a killed process loses them at once and leaves nothing behind.
(A pooler that shares sessions between clients, such as pgbouncer in transaction mode, would break them.)
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from sqlalchemy import Connection, Engine, text

from silkwire.warehouse.engine import told_as_transient
from silkwire.warehouse.together import Together

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


class HostLocks:
    """The host locks of one process, on one connection of its own."""

    def __init__(self, connection: Connection) -> None:
        """Use `open_host_locks` instead."""
        self._connection = connection
        self._together = Together(self._send)

    async def acquire(self, host: str) -> bool:
        """Try to lock a host; False where another process holds it."""
        return await self._together.ask((host, True))

    async def release(self, host: str) -> None:
        """Give a host back."""
        await self._together.ask((host, False))

    def _send(self, requests: Sequence[tuple[str, bool]]) -> list[bool]:
        hosts, wanted = map(list, zip(*requests, strict=True))
        with told_as_transient():
            rows = self._connection.exec_driver_sql(_ASK, {"space": _SPACE, "hosts": hosts, "wanted": wanted})
            answers = {number: bool(answer) for number, answer in rows}
        return [answers[number + 1] for number in range(len(requests))]


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
