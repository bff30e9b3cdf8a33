"""Fetching against a real server: the fate of each link, tries, manners."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from aiohttp import web
from sqlalchemy import Engine
from warcio.archiveiterator import ArchiveIterator

from silkwire.fetch import run as fetch_stage
from silkwire.net.client import Exchange
from silkwire.records import Feed, Link, Outcome, Response, Shard, Source
from silkwire.settings import Settings
from silkwire.stages import publish, run_stage
from silkwire.warehouse import links, sources
from silkwire.warehouse.archive import Archive, RecordAddress
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.hosts import open_host_locks
from tests.conftest import NOW
from tests.flow import rows
from tests.local_server import LocalServer

FATES = "select id, outcome, reason from links order by id"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


# Bodies under right and wrong names.
BODIES = {
    "/pdf": (b"%PDF-1.7", "application/pdf"),
    "/mistyped": (b"<!DOCTYPE html><html><p>page</p>", "application/octet-stream"),
    "/disguised": (b"%PDF-1.7 ...", "text/html"),
}


class Site(LocalServer):
    """A site with a page for each way to answer; it notes how many requests it serves at once."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(self._answer)
        self._engine = engine
        self._now = 0
        self.most_at_once = 0
        self.slow = 0.0
        self.failing = True
        self.asks: dict[str, str] = {}

    def lists(
        self, *paths: str, host: str = "site.localhost", published_at: datetime | None = None, **told: str
    ) -> None:
        """Make each path a link to fetch, whose id is the path; `told` is the feed's title, summary and content."""
        title, summary, content = (told.get(name, "") for name in ("title", "summary", "content"))
        found = [
            Link(path, "f", "s", urlsplit(url).netloc, url, None, title, summary, (), published_at, NOW, content)
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
                return web.Response(status=503, headers=self.asks)
            case "/broken" if self.failing:
                return web.Response(status=500)
            case "/refused":
                return web.Response(status=int(request.path.rpartition("-")[2]), text="<p>Subscribers only.</p>")
            case "/wall":
                return wall(int(request.path.rpartition("-")[2]))
            case kind if kind in BODIES:
                body, content_type = BODIES[kind]
                return web.Response(body=body, content_type=content_type)
            case "/odd":
                send_odd(request)
        return web.Response(text="<p>page</p>", content_type="text/html")


def wall(status: int) -> web.Response:
    """A challenge as Cloudflare sends it."""
    page = "<html><head><title>Just a moment...</title></head><body></body></html>"
    return web.Response(text=page, content_type="text/html", status=status, headers={"cf-mitigated": "challenge"})


def send_odd(request: web.BaseRequest) -> None:
    """Answer with headers that are not Unicode, which no server library would send."""
    kind = b"text/html; charset=" if request.path.endswith("html") else b"image/"
    assert request.transport is not None
    request.transport.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\xe9\r\nX-Odd: \xff\r\nContent-Length: 2\r\n\r\nhi"
    )
    request.transport.close()


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


def test_the_archive_is_a_warc_file_that_other_tools_read(site: Site, settings: Settings) -> None:
    site.lists("/page", "/odd-html")
    fetch(settings)
    (file,) = Path(settings.archive).rglob("*.warc.gz")
    with file.open("rb") as stream:
        records = [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
            for record in ArchiveIterator(stream, check_digests="raise")
        ]
    assert records[0][0] == "warcinfo"
    assert {(kind, url, body) for kind, url, body in records[1:]} == {
        ("response", site.url("/page"), b"<p>page</p>"),
        ("response", site.url("/odd-html"), b"hi"),
    }


def test_a_missing_page_is_failed_and_not_asked_for_again(site: Site, settings: Settings, engine: Engine) -> None:
    site.lists("/missing")
    assert fetch(settings) == {("link", "failed", "not_found"): 1}
    assert fetch(settings, "second", NOW + DAY) == {}
    assert site.asked == ["/missing"]
    assert rows(engine, "select count(*) from pages") == [(0,)]


def test_a_broken_server_is_tried_again_until_the_last_try_but_for_three_days_at_least(
    site: Site, settings: Settings, engine: Engine
) -> None:
    patient = settings.model_copy(update={"attempts": 3})
    site.lists("/broken")
    hours = (0, 1, 3, 30, 60, 90, 120)
    fates = [fetch(patient, str(hour), NOW + hour * HOUR) for hour in hours]
    waits, gives_up = {("link", "retry", "server_error"): 1}, {("link", "failed", "server_error"): 1}
    assert fates == [*[waits] * 5, gives_up, {}]
    assert rows(engine, "select attempts, detail from links") == [(6, "500; given up after 6 tries in 3 days")]


def test_a_broken_server_is_left_alone_for_a_pause_that_doubles(site: Site, settings: Settings, engine: Engine) -> None:
    site.lists("/broken")
    fetch(settings)
    assert rows(engine, "select next_fetch_at from links") == [(NOW + timedelta(minutes=30),)]
    assert fetch(settings, "second", NOW + timedelta(minutes=29)) == {}
    fetch(settings, "third", NOW + timedelta(minutes=30))
    assert rows(engine, "select next_fetch_at from links") == [(NOW + timedelta(minutes=90),)]


def test_a_host_that_asks_for_a_pause_gets_it_and_its_other_links_stay_pending(
    site: Site, settings: Settings, engine: Engine
) -> None:
    site.asks = {"Retry-After": "7200"}
    site.lists("/busy-1", "/busy-2", "/busy-3")
    site.lists("/page", host="other.localhost")
    assert fetch(settings) == {("link", "retry", "rate_limited"): 1, ("link", "ok", ""): 1}
    assert rows(engine, "select paused_until from hosts") == [(NOW + 2 * HOUR,)]
    assert fetch(settings, "second", NOW + HOUR) == {}
    site.failing = False
    assert fetch(settings, "third", NOW + 2 * HOUR) == {("link", "ok", ""): 3}


def test_a_host_that_asks_for_pauses_costs_a_link_no_tries(site: Site, settings: Settings, engine: Engine) -> None:
    site.lists("/busy")
    for day in range(20):
        fetch(settings, str(day), NOW + day * DAY)
    assert rows(engine, "select outcome, attempts from links") == [("retry", 0)]
    fetch(settings, "late", NOW + 31 * DAY)
    assert rows(engine, "select outcome, reason from links") == [("failed", "rate_limited")]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        *((f"/refused-{status}", "access_denied") for status in (401, 403, 451)),
        *((f"/wall-{status}", "bot_wall") for status in (200, 403, 503)),
    ],
)
def test_a_refused_page_keeps_the_feeds_own_text_as_its_article_and_is_marked(
    site: Site, settings: Settings, engine: Engine, path: str, reason: str
) -> None:
    site.lists(
        path, title="Water talks", summary="Short.", content="The long text.\nIts second part.", published_at=NOW - HOUR
    )
    assert fetch(settings) == {("link", "failed", reason): 1}
    assert rows(engine, "select text_from, url from pages") == [("feed", site.url(path))]
    run_stage("extract", settings, "first", Shard(), lambda: NOW)
    found = rows(engine, "select title, text, text_from, published_at, published_from from articles")
    assert found == [("Water talks", "The long text.\nIts second part.", "feed", NOW - HOUR, "feed")]
    assert publish(settings, "first", lambda: NOW).failed_checks == ()
    assert fetch(settings, "second", NOW + 30 * DAY) == {}


def test_a_refused_page_of_which_the_feed_tells_nothing_is_a_failure(
    site: Site, settings: Settings, engine: Engine
) -> None:
    site.lists("/refused-403")
    assert fetch(settings) == {("link", "failed", "access_denied"): 1}
    assert rows(engine, "select count(*) from pages") == [(0,)]


def test_types_are_sniffed_and_not_believed(site: Site, settings: Settings, engine: Engine) -> None:
    site.lists("/mistyped", "/disguised")
    fetch(settings)
    assert rows(engine, FATES) == [("/disguised", "skipped", "not_html"), ("/mistyped", "ok", None)]


def test_robots_txt_is_read_once_a_day(site: Site, settings: Settings) -> None:
    for hour in (0, 1, 23, 25):
        site.lists(f"/page-{hour}")
        fetch(settings, str(hour), NOW + hour * HOUR)
    assert [path for path, _ in site.requests].count("/robots.txt") == 2


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


def test_one_page_that_always_asks_for_a_pause_starves_no_other(site: Site, settings: Settings, engine: Engine) -> None:
    site.lists("/page-1", "/page-2", "/busy", "/page-3")
    for day in range(4):
        fetch(settings, str(day), NOW + day * DAY)
    assert rows(engine, "select id, outcome from links order by id") == [
        ("/busy", "retry"),
        ("/page-1", "ok"),
        ("/page-2", "ok"),
        ("/page-3", "ok"),
    ]


def test_a_host_that_answers_again_is_forgiven(site: Site, settings: Settings, engine: Engine) -> None:
    for day in range(6):
        site.failing = day % 2 == 0
        site.lists(f"/busy-{day}")
        fetch(settings, str(day), NOW + day * DAY)
    site.failing = True
    site.lists("/busy-last")
    fetch(settings, "last", NOW + 6 * DAY)
    assert rows(engine, "select pauses, paused_until from hosts") == [(1, NOW + 6 * DAY + timedelta(minutes=5))]


def test_a_proxy_of_many_sources_is_not_paused_for_the_sake_of_one_page(
    site: Site, settings: Settings, engine: Engine
) -> None:
    with transaction(engine) as connection:
        listed = [Source(f"s{n}", f"Site {n}", "", None, None) for n in range(2)]
        routes = [Feed(f"f{n}", f"s{n}", site.url(f"/route-{n}"), None) for n in range(2)]
        sources.import_list(connection, listed, routes, NOW)
    site.lists("/busy", "/page")
    assert fetch(settings) == {("link", "retry", "rate_limited"): 1, ("link", "ok", ""): 1}
    assert rows(engine, "select * from hosts") == []


def test_no_more_than_so_many_pages_are_asked_of_a_host_in_a_run(
    site: Site, settings: Settings, engine: Engine
) -> None:
    few = settings.model_copy(update={"pages_per_host": 2})
    site.lists(*(f"/page-{number}" for number in range(5)))
    assert [sum(fetch(few, str(turn)).values()) for turn in range(3)] == [2, 2, 1]


def test_a_network_that_is_away_for_a_week_costs_no_link(site: Site, settings: Settings, engine: Engine) -> None:
    settings = settings.model_copy(update={"allow_ports": (site.port,)})
    site.lists("/page", host="no.such.host.invalid")
    for day in range(9):
        fetch(settings, str(day), NOW + day * DAY)
    assert rows(engine, FATES) == [("/page", "retry", "dns")]
    fetch(settings, "last", NOW + 11 * DAY)
    assert rows(engine, FATES) == [("/page", "failed", "dns")]


def test_a_link_that_waited_for_a_month_is_tried_all_the_same(site: Site, settings: Settings, engine: Engine) -> None:
    site.lists("/broken")
    fetch(settings, "late", NOW + 31 * DAY)
    assert rows(engine, FATES) == [("/broken", "retry", "server_error")]
