"""A real HTTP server on loopback for tests, in a thread of its own."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable
from threading import Event, Thread
from typing import Self

from aiohttp import web

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


class LocalServer:
    """Serve `handler` while the context is open; `requests` lists (path, headers) in order.

    `connections` counts those that were opened, also without a request.
    """

    def __init__(
        self, handler: Handler, address: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
    ) -> None:
        self._handler = handler
        self._tls = tls
        self._socket = socket.create_server((address, port))
        self._loop = asyncio.new_event_loop()
        self._ready = Event()
        self._thread = Thread(target=self._serve, daemon=True)
        self.port: int = self._socket.getsockname()[1]
        self.connections = 0
        self.requests: list[tuple[str, dict[str, str]]] = []

    def url(self, path: str = "/", host: str = "site.localhost") -> str:
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        runner = self._loop.run_until_complete(self._start())
        self._loop.call_soon(self._ready.set)
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    async def _start(self) -> web.ServerRunner:
        runner = web.ServerRunner(_CountingServer(self), handle_signals=False, shutdown_timeout=0.1)
        await runner.setup()
        await web.SockSite(runner, self._socket, ssl_context=self._tls).start()
        return runner

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        self.requests.append((request.path_qs, {name.lower(): value for name, value in request.headers.items()}))
        return await self._handler(request)


class _CountingServer(web.Server):
    """Counts the connections, in the server's thread."""

    def __init__(self, owner: LocalServer) -> None:
        super().__init__(owner._handle)
        self._owner = owner

    def __call__(self) -> web.RequestHandler:
        self._owner.connections += 1
        return super().__call__()
