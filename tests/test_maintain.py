"""Gaps are repaired from the sitemaps of the outlet, or closed with the reason why not."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from aiohttp import web
from sqlalchemy import Engine

from silkwire.records import Feed, Shard, Source
from silkwire.settings import Settings
from silkwire.stages import run_job, run_stage
from silkwire.warehouse import sources
from silkwire.warehouse.engine import transaction
from tests.conftest import NOW
from tests.flow import rows
from tests.local_server import LocalServer

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GAP = "select outcome, reason, found_links, closed_at from gaps"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


class Outlet(LocalServer):
    """An outlet that published an item an hour for a week; its feed lists the three newest at `now`."""

    def __init__(self) -> None:
        super().__init__(self._answer)
        self.now = NOW
        self.robots = "Sitemap: {origin}/sitemap-index.xml"
        self.reach = 2 * DAY
        self.status = 200
        self.folder = "/news"

    def item(self, hour: int) -> str:
        return f"{self.url()[:-1]}{self.folder}/{hour}"

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        origin = self.url()[:-1]
        hours = int((self.now - NOW) / HOUR)
        match request.path:
            case "/feed.xml":
                items = "".join(
                    f"<item><title>Item {n}</title><link>{self.item(n)}</link></item>"
                    for n in range(hours - 2, hours + 1)
                )
                return web.Response(
                    text=f"<rss version='2.0'><channel>{items}</channel></rss>", content_type="text/xml"
                )
            case "/robots.txt":
                return web.Response(text=self.robots.format(origin=origin))
            case "/sitemap-index.xml":
                return self._xml(
                    f"<sitemapindex><sitemap><loc>{origin}/archive-2019.xml</loc><lastmod>2019-12-31</lastmod></sitemap>"
                    f"<sitemap><loc>{origin}/news.xml</loc></sitemap></sitemapindex>"
                )
            case "/news.xml":
                first = max(-200, int((self.now - self.reach - NOW) / HOUR))
                listed = "".join(self._url(n) for n in range(first, hours + 1))
                return self._xml(f"<urlset xmlns:news='{NEWS}'>{listed}</urlset>")
        return web.Response(status=404)

    def _url(self, hour: int) -> str:
        other = f"<url><loc>{self.url()[:-1]}/sport/{hour}</loc>{self._told(hour)}</url>"
        return f"<url><loc>{self.item(hour)}</loc>{self._told(hour)}</url>{other}"

    def _told(self, hour: int) -> str:
        moment = (NOW + hour * HOUR).isoformat()
        title = f"<news:title>Item {hour}</news:title>"
        return f"<news:news>{title}<news:publication_date>{moment}</news:publication_date></news:news>"

    def _xml(self, body: str) -> web.Response:
        return web.Response(text=body, content_type="application/xml", status=self.status)


@pytest.fixture
def outlet(engine: Engine) -> Iterator[Outlet]:
    with Outlet() as opened:
        with transaction(engine) as connection:
            listed = [Source("s", "Outlet", opened.url(), None, None)]
            sources.import_list(connection, listed, [Feed("f", "s", opened.url("/feed.xml"), None)], NOW)
        yield opened


def poll(outlet: Outlet, settings: Settings, now: datetime) -> None:
    outlet.now = now
    run_stage("poll", settings, f"poll {now}", Shard(), lambda: now)


def maintain(settings: Settings, now: datetime) -> dict[tuple[str, str, str], int]:
    return dict(run_job("maintain", settings, f"maintain {now}", lambda: now))


def open_gap(outlet: Outlet, settings: Settings) -> datetime:
    """Poll, miss ten hours of items, poll again; return the time."""
    poll(outlet, settings, NOW)
    poll(outlet, settings, NOW + 10 * HOUR)
    return NOW + 10 * HOUR


def test_a_gap_is_repaired_from_the_news_sitemap_that_robots_txt_names(
    outlet: Outlet, settings: Settings, engine: Engine
) -> None:
    now = open_gap(outlet, settings)
    assert rows(engine, "select missing_since, missing_until from gaps") == [(NOW, now)]
    tally = maintain(settings, now + HOUR)
    assert rows(engine, GAP) == [("ok", None, 7, now + HOUR)]
    assert tally[("gap", "ok", "")] == 1
    assert tally[("entry", "ok", "")] == 7
    urls = {url for (url,) in rows(engine, "select url from links")}
    assert urls == {outlet.item(hour) for hour in range(-2, 11)}, "the feed's section alone, each item once"
    assert rows(engine, "select state, found_links from marts.coverage_gaps") == [("repaired", 7)]
    assert maintain(settings, now + 2 * HOUR) == {}
    assert "/archive-2019.xml" not in [path for path, _ in outlet.requests]


def test_a_site_without_sitemaps_closes_the_gap_with_the_reason(
    outlet: Outlet, settings: Settings, engine: Engine
) -> None:
    outlet.robots = "User-agent: *"
    now = open_gap(outlet, settings)
    maintain(settings, now)
    assert rows(engine, GAP) == [("skipped", "no_sitemap", 0, now)]


def test_a_sitemap_that_begins_too_late_is_said_so_and_what_it_has_is_kept(
    outlet: Outlet, settings: Settings, engine: Engine
) -> None:
    outlet.reach = 5 * HOUR
    now = open_gap(outlet, settings)
    maintain(settings, now)
    assert rows(engine, GAP) == [("failed", "out_of_reach", 3, now)]


def test_a_site_that_does_not_answer_is_tried_again_and_given_up_in_the_end(
    outlet: Outlet, settings: Settings, engine: Engine
) -> None:
    now = open_gap(outlet, settings)
    outlet.status = 500
    maintain(settings, now)
    assert rows(engine, "select outcome, attempts, next_try_at, closed_at from gaps") == [
        ("retry", 1, now + 2 * HOUR, None)
    ]
    assert maintain(settings, now + HOUR) == {}
    outlet.status = 200
    maintain(settings, now + 3 * HOUR)
    assert rows(engine, GAP) == [("ok", None, 7, now + 3 * HOUR)]


def test_what_the_repair_found_is_fetched_like_any_other_link(
    outlet: Outlet, settings: Settings, engine: Engine
) -> None:
    now = open_gap(outlet, settings)
    maintain(settings, now)
    tally = run_stage("fetch", settings, "fetch", Shard(), lambda: now)
    assert sum(tally.values()) == 13


def test_a_job_leaves_a_finished_run_without_a_report(outlet: Outlet, settings: Settings, engine: Engine) -> None:
    now = open_gap(outlet, settings)
    maintain(settings, now)
    assert rows(engine, "select state, report from runs where id like 'maintain%'") == [("success", None)]


def test_a_sitemap_of_other_pages_proves_nothing(outlet: Outlet, settings: Settings, engine: Engine) -> None:
    outlet.folder = "/news"
    now = open_gap(outlet, settings)
    outlet.folder = "/elsewhere"
    maintain(settings, now)
    ((outcome, reason, found, _),) = rows(engine, GAP)
    assert (outcome, reason, found) == ("skipped", "no_sitemap", 0)


def test_a_sitemap_that_is_older_than_the_gap_is_asked_again_later(
    outlet: Outlet, settings: Settings, engine: Engine
) -> None:
    now = open_gap(outlet, settings)
    outlet.now = NOW + 2 * HOUR  # made at night, say
    maintain(settings, now)
    assert rows(engine, "select outcome, reason, closed_at from gaps") == [("retry", "out_of_reach", None)]
    outlet.now = now
    maintain(settings, now + 3 * HOUR)
    assert rows(engine, "select outcome, found_links from gaps") == [("ok", 7)]


def test_a_host_that_asks_for_a_pause_is_not_asked_for_more_sitemaps(
    outlet: Outlet, settings: Settings, engine: Engine
) -> None:
    now = open_gap(outlet, settings)
    outlet.robots = "".join(f"Sitemap: {{origin}}/news.xml?{n}\n" for n in range(9))
    outlet.status = 429
    outlet.requests.clear()
    maintain(settings, now)
    assert len(outlet.requests) == 2, "robots.txt and one sitemap"
    assert rows(engine, f"select count(*) from hosts where paused_until > '{now.isoformat()}'") != [(0,)]
    assert maintain(settings, now + HOUR) == {}
    assert len(outlet.requests) == 2


def test_a_feed_that_always_loses_items_has_one_gap_repaired_a_run(
    outlet: Outlet, settings: Settings, engine: Engine
) -> None:
    poll(outlet, settings, NOW)
    for turn in range(1, 5):
        poll(outlet, settings, NOW + turn * 10 * HOUR)
    assert maintain(settings, outlet.now)[("gap", "ok", "")] == 1
    assert rows(engine, "select count(*) from gaps where closed_at is null") == [(3,)]


def test_a_job_whose_time_is_over_leaves_the_gap_open(outlet: Outlet, settings: Settings, engine: Engine) -> None:
    now = open_gap(outlet, settings)
    hurried = settings.model_copy(update={"stage_budget": 1, "host_delay": 5})
    assert maintain(hurried, now) == {}
    assert rows(engine, "select outcome, closed_at from gaps") == [(None, None)]
