"""Serve the newsroom: one aiohttp server on loopback, a host name for each outlet.

By hand: `python -m tests.newsroom.server --port 8123 --anchor 2026-11-24`.
"""

import argparse
import asyncio
import socket
import sys
from concurrent.futures import Future
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from threading import Event, Thread
from typing import Any, Self
from xml.etree import ElementTree as ET

from aiohttp import web

from tests.newsroom.answers import Answer, Site
from tests.newsroom.expected import expected_articles, expected_outcomes
from tests.newsroom.outlet import load_outlets

MISSING = Answer(b"<h1>404 Not Found</h1>", 404, {"Content-Type": "text/html"})


class Newsroom:
    """The outlets as they are on `anchor`, served in a background thread while the context is open.

    `slow` is how many seconds the slow page takes. `requests` lists (host, path with query, status) in order.
    """

    def __init__(self, anchor: date, port: int = 0, slow: float = 3.0) -> None:
        self._socket = socket.create_server(("127.0.0.1", port))
        self._slow = slow
        self._started: Future[None] = Future()
        self._thread = Thread(target=lambda: asyncio.run(self._serve()), name="newsroom", daemon=True)
        self.port: int = self._socket.getsockname()[1]
        self.sites = tuple(Site(outlet, anchor, self.port) for outlet in load_outlets())
        self._answers = {site.outlet.host: site.answers() for site in self.sites}
        self.requests: list[tuple[str, str, int]] = []
        self.expected: list[dict[str, Any]] = [row for site in self.sites for row in expected_articles(site)]
        self.expected_outcomes: list[dict[str, Any]] = [row for site in self.sites for row in expected_outcomes(site)]

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.result()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    @property
    def opml(self) -> str:
        """The feeds as an OPML document, one leaf a feed."""
        opml = ET.Element("opml", version="2.0")
        ET.SubElement(ET.SubElement(opml, "head"), "title").text = "The newsroom"
        body = ET.SubElement(opml, "body")
        for site in self.sites:
            outlet = site.outlet
            for feed in outlet.feeds:
                attributes = {
                    "type": "rss",
                    "text": outlet.name,
                    "title": outlet.name,
                    "xmlUrl": site.absolute(feed.path),
                    "htmlUrl": site.home,
                    "language": feed.language or outlet.language,
                    "country": outlet.country,
                    "kind": outlet.kind,
                }
                ET.SubElement(body, "outline", attributes)
        ET.indent(opml)
        return ET.tostring(opml, encoding="unicode", xml_declaration=False) + "\n"

    async def _serve(self) -> None:
        """Serve until told to stop; a failure to start is raised in `__enter__`."""
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        runner = web.ServerRunner(web.Server(self._handle), handle_signals=False, shutdown_timeout=0.1)
        try:
            await runner.setup()
            await web.SockSite(runner, self._socket).start()
        except Exception as error:  # noqa: BLE001 the other thread waits for it
            self._started.set_exception(error)
            return
        self._started.set_result(None)
        await self._stop.wait()
        await runner.cleanup()

    async def _handle(self, request: web.BaseRequest) -> web.Response:
        """Answer by host and path; a query that no page knows (utm_…) is ignored, as servers do."""
        host = request.host.partition(":")[0]
        pages = self._answers.get(host, {})
        answer = pages.get(request.path_qs) or pages.get(request.path) or MISSING
        if answer.slow:
            await asyncio.sleep(self._slow)
        if _unchanged(request, answer):
            answer = Answer(status=HTTPStatus.NOT_MODIFIED, headers=answer.headers)
        self.requests.append((host, request.path_qs, answer.status))
        return web.Response(status=answer.status, headers=answer.headers, body=answer.body)


def _unchanged(request: web.BaseRequest, answer: Answer) -> bool:
    """Say whether a conditional request may be answered 304; the ETag goes before the date (RFC 9110, 13.2.2)."""
    if "ETag" not in answer.headers:
        return False
    if etags := request.headers.get("If-None-Match"):
        return answer.headers["ETag"] in [etag.strip().removeprefix("W/") for etag in etags.split(",")]
    if since := request.if_modified_since:
        return parsedate_to_datetime(answer.headers["Last-Modified"]) <= since
    return False


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="Serve the fictional outlets on loopback.")
    parser.add_argument("--port", type=int, default=8123)
    parser.add_argument("--anchor", type=date.fromisoformat, default=datetime.now(UTC).date(), help="default: today")
    parser.add_argument("--slow", type=float, default=3.0, help="seconds that the slow page takes")
    parser.add_argument("--opml", action="store_true", help="print the feeds as OPML in place of the addresses")
    options = parser.parse_args()
    with Newsroom(options.anchor, options.port, options.slow) as newsroom:
        addresses = "".join(f"{site.home}  {site.outlet.name}\n" for site in newsroom.sites)
        sys.stdout.write(newsroom.opml if options.opml else addresses)
        sys.stdout.flush()
        try:
            Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
