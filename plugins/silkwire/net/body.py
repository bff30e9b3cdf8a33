"""A body read as it streams: decoded, capped, and given up where it comes too slowly."""

import asyncio

import aiohttp

from silkwire.net.decoding import make_decoder

_LOOK_IN = 0.25  # seconds


class BodyFault(Exception):  # noqa: N818 - its subclasses say what happened
    """The body can't be had; the subclass says why."""


class TooLarge(BodyFault):
    """The body is over the cap."""


class Broken(BodyFault):
    """The body is not framed as HTTP frames bodies."""


class TooSlow(BodyFault):
    """The body comes more slowly than the floor on speed."""


class BodyReader:
    """Reads bodies under one set of bounds."""

    def __init__(self, cap: int, speed_floor: int, patience: float) -> None:
        """Take at most `cap` bytes, decoded or not; after `patience` seconds want `speed_floor` bytes a second."""
        self._cap = cap
        self._speed_floor = speed_floor
        self._patience = patience

    async def read(self, answer: aiohttp.ClientResponse, cut: int | None = None) -> bytes:
        """Return the decoded body; with `cut` no more than its first bytes, the rest unread.

        Raises a `BodyFault`, `BadEncoding` (of `decoding`), and what aiohttp raises.
        """
        if cut is None and answer.content_length is not None and answer.content_length > self._cap:
            raise TooLarge(f"{answer.content_length} bytes, over {self._cap}")
        if answer.content.is_eof():  # it came together with the head: most pages do on a quick line
            if cut is None and "Content-Encoding" not in answer.headers:
                return self._whole(answer.content.read_nowait())
            return await self._collect(answer, cut, None)
        watch = _Watch(answer, self._speed_floor, self._patience)
        try:
            return await self._collect(answer, cut, watch)
        except aiohttp.ClientError as error:
            raise watch.fault or error from error
        finally:
            watch.stop()

    def _whole(self, body: bytes) -> bytes:
        if len(body) > self._cap:
            raise TooLarge(f"over {self._cap} bytes")
        return body

    async def _collect(self, answer: aiohttp.ClientResponse, cut: int | None, watch: "_Watch | None") -> bytes:
        content = answer.content
        coding = answer.headers.get("Content-Encoding")
        decoder = make_decoder(coding) if coding else None
        limit = self._cap if cut is None else cut
        received = 0
        body = bytearray()
        while chunk := await content.readany():
            received += len(chunk)
            if watch is not None:
                watch.received = received
            for piece in decoder.feed(chunk) if decoder else (chunk,):
                body += piece
                if len(body) > limit:
                    return self._cut(answer, body, cut)
            if received > self._cap:
                raise TooLarge(f"over {self._cap} bytes before decoding")
        if decoder:
            decoder.finish()
        return bytes(body)

    def _cut(self, answer: aiohttp.ClientResponse, body: bytearray, cut: int | None) -> bytes:
        if cut is None:
            raise TooLarge(f"over {self._cap} bytes")
        answer.close()
        return bytes(body[:cut])


class _Watch:
    """Looks in on a body four times a second, and closes an answer that is too slow on average, or broken."""

    def __init__(self, answer: aiohttp.ClientResponse, floor: int, patience: float) -> None:
        self._answer = answer
        # aiohttp keeps a fault in the middle of a body to itself: who waits for more would wait for ever.
        self._protocol = answer.connection.protocol if answer.connection else None
        self._floor = floor
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()
        self._patience = patience
        self._timer = self._loop.call_later(_LOOK_IN, self._check)
        self.received = 0
        self.fault: BodyFault | None = None

    def _check(self) -> None:
        passed = self._loop.time() - self._began
        error = None if self._protocol is None else self._protocol.exception()
        if error is not None:
            self.fault = Broken(f"{type(error).__name__}: {error}"[:300])
        elif passed >= self._patience and self.received < self._floor * passed:
            self.fault = TooSlow(f"{self.received} bytes in {passed:.1f} s, under {self._floor} a second")
        if self.fault is None:
            self._timer = self._loop.call_later(_LOOK_IN, self._check)
        else:
            self._answer.close()

    def stop(self) -> None:
        self._timer.cancel()
