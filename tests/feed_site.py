"""A site whose feed answers what a test last said, and what tests of polling do with it."""

from datetime import datetime, timedelta

from aiohttp import web
from sqlalchemy import Engine

from silkwire.records import Feed, Shard, Source
from silkwire.settings import Settings
from silkwire.stages import run_stage
from silkwire.warehouse import sources
from silkwire.warehouse.engine import transaction
from tests.conftest import NOW
from tests.local_server import LocalServer

SOURCE = Source("s", "Site", "https://site.example/", None, None)
STATE = "select outcome, reason, active, failures from feeds"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def rss(*items: tuple[str, str]) -> str:
    entries = "".join(f"<item><title>{title}</title><link>{link}</link></item>" for link, title in items)
    return f"<rss version='2.0'><channel><title>Site</title>{entries}</channel></rss>"


class Site(LocalServer):
    """A site whose feed answers what a test last said."""

    def __init__(self) -> None:
        super().__init__(self._answer)
        self.status, self.body, self.headers = 200, rss(("https://site.example/1", "One")), dict[str, str]()
        self.raw = b""
        self.answers: dict[str, str] = {}  # by path, whatever else the site says

    def says(self, status: int = 200, body: str = "", **headers: str) -> None:
        self.status, self.body = status, body
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        if self.raw:
            assert request.transport is not None
            request.transport.write(self.raw)
            request.transport.close()
        if request.path in self.answers:
            return web.Response(text=self.answers[request.path], content_type="application/xml")
        if request.path == "/gone.xml":
            return web.Response(status=410)
        if request.path == "/moved.xml":
            return web.Response(text=self.body, content_type="application/rss+xml")
        return web.Response(status=self.status, text=self.body, headers=self.headers, content_type="text/xml")


def list_feed(engine: Engine, site: Site) -> None:
    with transaction(engine) as connection:
        sources.import_list(connection, [SOURCE], [Feed("f", "s", site.url("/feed.xml"), None)], NOW)


def poll(settings: Settings, run_id: str = "first", now: datetime = NOW) -> dict[tuple[str, str, str], int]:
    return dict(run_stage("poll", settings, run_id, Shard(), lambda: now))


def items(*numbers: int) -> str:
    return rss(*((f"https://site.example/{n}", f"Item {n}") for n in numbers))


def dated(*pairs: tuple[str, datetime]) -> str:
    listed = "".join(
        f"<item><title>{url}</title><link>{url}</link><pubDate>{moment:%d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for url, moment in pairs
    )
    return rss().replace("</channel>", f"{listed}</channel>")
