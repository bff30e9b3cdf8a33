"""Fetching against a real server: the fate of each link, tries, manners."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from aiohttp import web
from sqlalchemy import Engine

from silkwire.fetch import run as fetch_stage
from silkwire.net.client import Exchange
from silkwire.records import Feed, Link, Outcome, Response, Shard, Source
from silkwire.settings import Settings
from silkwire.stages import run_stage
from silkwire.warehouse import links, sources
from silkwire.warehouse.archive import Archive, RecordAddress
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.hosts import open_host_locks
from tests.conftest import NOW
from tests.flow import rows
from tests.local_server import LocalServer

FATES = "select id, outcome, reason from links order by id"
DAY = timedelta(days=1)


class Site(LocalServer):
    """A site with a page for each way to answer; it notes how many requests it serves at once."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(self._answer)
        self._engine = engine
        self._now = 0
        self.most_at_once = 0
        self.slow = 0.0
        self.failing = True

    def lists(self, *paths: str, host: str = "site.localhost", published_at: datetime | None = None) -> None:
        """Make each path a link to fetch, whose id is the path."""
        found = [
            Link(path, "f", "s", urlsplit(url).netloc, url, None, "", "", (), published_at, NOW)
            for path in paths
            for url in [self.url(path, host)]
        ]
        with transaction(self._engine) as connection:
            links.save_new(connection, found)

    @property
    def asked(self) -> list[str]:
        return [path for path, _ in self.requests if path != "/robots.txt"]

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        try:
            await asyncio.sleep(self.slow)
            return self._page(request)
        finally:
            self._now -= 1

    def _page(self, request: web.BaseRequest) -> web.StreamResponse:
        match request.path.split("-")[0]:
            case "/robots.txt":
                return web.Response(text="User-agent: *\nDisallow: /secret")
            case "/missing":
                return web.Response(status=404)
            case "/busy" if self.failing:
                return web.Response(status=503)
            case "/pdf":
                return web.Response(body=b"%PDF-1.7", content_type="application/pdf")
            case "/odd":
                kind = b"text/html; charset=" if request.path.endswith("html") else b"image/"
                assert request.transport is not None
                request.transport.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\xe9\r\nX-Odd: \xff\r\nContent-Length: 2\r\n\r\nhi"
                )
                request.transport.close()
        return web.Response(text="<p>page</p>", content_type="text/html")


@pytest.fixture
def site(engine: Engine) -> Iterator[Site]:
    with transaction(engine) as connection:
        listed = [Source("s", "Site", "https://site.example/", None, None)]
        sources.import_list(connection, listed, [Feed("f", "s", "https://site.example/rss", None)], NOW)
    with Site(engine) as opened:
        yield opened


def fetch(settings: Settings, run_id: str = "first", now: datetime = NOW) -> dict[tuple[str, str, str], int]:
    return dict(run_stage("fetch", settings, run_id, Shard(), lambda: now))


def test_a_page_is_kept_as_it_came(site: Site, settings: Settings, engine: Engine) -> None:
    site.lists("/page")
    assert fetch(settings) == {("link", "ok", ""): 1}
    ((status, path, offset, length),) = rows(engine, "select status, warc_path, warc_offset, warc_length from pages")
    assert status == 200
    record = RecordAddress(str(path), int(str(offset)), int(str(length)))
    assert Archive(settings.archive).read(record) == b"<p>page</p>"


def test_a_missing_page_is_failed_and_not_asked_for_again(site: Site, settings: Settings, engine: Engine) -> None:
    site.lists("/missing")
    assert fetch(settings) == {("link", "failed", "not_found"): 1}
    assert fetch(settings, "second", NOW + DAY) == {}
    assert site.asked == ["/missing"]
    assert rows(engine, "select count(*) from pages") == [(0,)]


def test_a_busy_server_is_tried_again_until_the_last_try(site: Site, settings: Settings, engine: Engine) -> None:
    patient = settings.model_copy(update={"attempts": 3})
    site.lists("/busy")
    fates = [fetch(patient, str(day), NOW + day * DAY) for day in range(5)]
    waits, gives_up = {("link", "retry", "rate_limited"): 1}, {("link", "failed", "rate_limited"): 1}
    assert fates == [waits, waits, gives_up, {}, {}]
    assert rows(engine, "select attempts, detail from links") == [(3, "503; given up after 3 tries")]


def test_a_busy_server_is_left_alone_for_a_pause_that_doubles(site: Site, settings: Settings, engine: Engine) -> None:
    site.lists("/busy")
    fetch(settings)
    assert rows(engine, "select next_fetch_at from links") == [(NOW + timedelta(minutes=30),)]
    assert fetch(settings, "second", NOW + timedelta(minutes=29)) == {}
    fetch(settings, "third", NOW + timedelta(minutes=30))
    assert rows(engine, "select next_fetch_at from links") == [(NOW + timedelta(minutes=90),)]


def test_a_server_that_recovers_gives_its_page(site: Site, settings: Settings) -> None:
    site.lists("/busy")
    fetch(settings)
    site.failing = False
    assert fetch(settings, "second", NOW + DAY) == {("link", "ok", ""): 1}


def test_what_robots_txt_disallows_is_not_asked_for(site: Site, settings: Settings, engine: Engine) -> None:
    site.lists("/page", "/secret")
    fetch(settings)
    assert rows(engine, FATES) == [("/page", "ok", None), ("/secret", "skipped", "robots")]
    assert site.asked == ["/page"]


def test_what_is_no_html_is_skipped(site: Site, settings: Settings, engine: Engine) -> None:
    site.lists("/pdf")
    fetch(settings)
    assert rows(engine, "select outcome, reason, detail from links") == [("skipped", "not_html", "application/pdf")]
    assert rows(engine, "select count(*) from pages") == [(0,)]


def test_what_is_too_old_is_skipped_without_a_request(site: Site, settings: Settings, engine: Engine) -> None:
    site.lists("/old", published_at=NOW - 31 * DAY)
    fetch(settings)
    assert site.requests == []
    site.lists("/recent", published_at=NOW - 30 * DAY)
    fetch(settings, "second")
    assert rows(engine, FATES) == [("/old", "skipped", "too_old"), ("/recent", "ok", None)]


def test_a_crash_over_one_link_does_not_lose_the_others(
    site: Site, settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = fetch_stage.judge_exchange

    def crash(exchange: Exchange, now: datetime) -> Outcome:
        if isinstance(exchange, Response) and exchange.url.endswith("/page-2"):
            raise RuntimeError("unforeseen \x00\udce9")
        return real(exchange, now)

    monkeypatch.setattr(fetch_stage, "judge_exchange", crash)
    site.lists("/page-1", "/page-2", "/page-3")
    fetch(settings)
    assert rows(engine, FATES) == [("/page-1", "ok", None), ("/page-2", "failed", "crashed"), ("/page-3", "ok", None)]


def test_headers_that_are_not_unicode_do_no_harm(site: Site, settings: Settings, engine: Engine) -> None:
    site.lists("/odd-html", "/odd-image", "/page")
    fetch(settings)
    assert rows(engine, FATES) == [
        ("/odd-html", "ok", None),
        ("/odd-image", "skipped", "not_html"),
        ("/page", "ok", None),
    ]


def test_a_host_that_another_task_holds_is_passed_over(site: Site, settings: Settings, engine: Engine) -> None:
    site.lists("/page")
    site.lists("/other", host="other.localhost")

    async def fetch_beside_a_lock() -> None:
        async with open_host_locks(engine) as locks:
            assert await locks.acquire(f"site.localhost:{site.port}")
            await asyncio.to_thread(fetch, settings)

    asyncio.run(fetch_beside_a_lock())
    assert rows(engine, FATES) == [("/other", "ok", None), ("/page", None, None)]
    fetch(settings, "second")
    assert rows(engine, FATES) == [("/other", "ok", None), ("/page", "ok", None)]


def test_two_tasks_at_once_ask_a_host_one_thing_at_a_time(site: Site, settings: Settings, engine: Engine) -> None:
    site.slow = 0.1
    site.lists(*(f"/page-{number}" for number in range(5)))
    with ThreadPoolExecutor(2) as pool:
        tallies = list(pool.map(lambda run_id: Counter(fetch(settings, run_id)), ("first", "second")))
    assert tallies[0] + tallies[1] == {("link", "ok", ""): 5}
    assert sorted(site.asked) == [f"/page-{number}" for number in range(5)]
    assert site.most_at_once == 1
