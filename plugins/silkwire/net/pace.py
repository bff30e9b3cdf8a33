"""Politeness: one request at a time to a host, and a pause between two of them."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Turn:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    ready_at: float = 0.0


class Pace:
    """Hands out turns at hosts. A host is a name with its port, lower-case."""

    def __init__(self, delay: float) -> None:
        """Keep `delay` seconds between the end of a request and the start of the next to the same host."""
        self._delay = delay
        self._turns: dict[str, _Turn] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn at `host` and hold it for the duration of the block."""
        turn = self._turns.setdefault(host, _Turn())
        async with turn.lock:
            wait = turn.ready_at - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            try:
                yield
            finally:
                turn.ready_at = time.monotonic() + self._delay
