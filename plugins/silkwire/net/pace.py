"""Politeness: one request at a time to a host, and a pause between two of them."""

import asyncio
import time
from types import TracebackType

_LONGEST_DELAY = 120.0  # seconds; a Crawl-delay of a month has been seen


class NoTurn(Exception):  # noqa: N818 - it says what happened
    """No request can be made to the host before the deadline: nothing was sent, and nothing is known about the item."""


class Turn:
    """A host's turns, one at a time: `async with` waits for one and holds it. `delay` is in seconds."""

    __slots__ = ("_deadline", "_lock", "delay", "ready_at")

    def __init__(self, delay: float) -> None:
        """Use `Pace.turn` instead."""
        self._lock = asyncio.Lock()
        self.delay = delay
        self.ready_at = 0.0

    async def take(self, deadline: float | None = None) -> None:
        """Wait for a turn; raise `NoTurn` as soon as it is certain that it comes only after `deadline`."""
        if deadline is None:
            await self._lock.acquire()
        else:
            await self._take_by(deadline)
        wait = self.ready_at - time.monotonic()
        if wait <= 0:
            return
        if deadline is not None and self.ready_at > deadline:
            self._lock.release()
            raise NoTurn(f"the host's next turn is {wait:.0f} s away")
        try:
            await asyncio.sleep(wait)
        except BaseException:
            self._lock.release()
            raise

    async def _take_by(self, deadline: float) -> None:
        # A host whose next turn is late already has no place in its queue either.
        now = time.monotonic()
        if max(self.ready_at, now) > deadline:
            raise NoTurn("the host's next turn comes too late")
        if not self._lock.locked():
            await self._lock.acquire()  # at once
            return
        try:
            async with asyncio.timeout(deadline - now):
                await self._lock.acquire()
        except TimeoutError as error:
            raise NoTurn("others are before this one at the host") from error

    def give_back(self) -> None:
        """End the turn; the next one begins `delay` seconds later."""
        self.ready_at = time.monotonic() + self.delay
        self._lock.release()

    async def __aenter__(self) -> None:
        await self.take()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.give_back()


class Pace:
    """Hands out turns at hosts. A host is a name with its port, lower-case."""

    def __init__(self, delay: float) -> None:
        """Keep `delay` seconds between the end of a request and the start of the next to the same host."""
        self._delay = delay
        self._turns: dict[str, Turn] = {}

    def turn(self, host: str) -> Turn:
        """Return the turns of `host`."""
        turn = self._turns.get(host)
        if turn is None:
            turn = self._turns[host] = Turn(self._delay)
        return turn

    def slow_down(self, host: str, seconds: float) -> None:
        """Keep at least `seconds` between two requests to `host`, clamped to two minutes; never less than for others.

        It counts from the last request on, so that the one that told the delay is followed by it.
        """
        turn = self.turn(host)
        raised = min(max(seconds, turn.delay), _LONGEST_DELAY)
        if raised > turn.delay:
            turn.ready_at += raised - turn.delay
            turn.delay = raised
