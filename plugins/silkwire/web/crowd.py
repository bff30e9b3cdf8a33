"""How many requests are worked on at once, so that Airflow's own pages never wait for ours.

Pages are drawn on threads that the whole server shares (40 of them). A few that wait for a slow warehouse would hold
them all: no page of Airflow, and no task's report to it, would be answered.
"""

import asyncio

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from silkwire.web.reader import POOL

DOWNLOADS = 3  # at once, beside the pages: a slow one holds a connection for long
_PATIENCE = 15.0  # seconds in which a request waits for its turn; no thread is held
_BUSY = "The dashboards are busy with other requests. Try again in a minute, or ask for fewer days."


class CrowdMiddleware:
    """Lets a few requests in; the others wait for a while, and are told to come again."""

    def __init__(
        self, app: ASGIApp, *, pages: int = POOL, downloads: int = DOWNLOADS, patience: float = _PATIENCE
    ) -> None:
        """Wrap an app; `patience` is in seconds."""
        self._app = app
        self._pages, self._downloads = asyncio.Semaphore(pages), asyncio.Semaphore(downloads)
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request when it is its turn."""
        path = str(scope.get("path", "")).removeprefix(str(scope.get("root_path", "")))
        if scope["type"] != "http" or path.startswith("/static/"):
            await self._app(scope, receive, send)
            return
        room = self._downloads if path.startswith("/tables/") else self._pages
        try:
            async with asyncio.timeout(self._patience):
                await room.acquire()
        except TimeoutError:
            await PlainTextResponse(_BUSY, 503, headers={"retry-after": "60"})(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            room.release()
