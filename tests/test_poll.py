"""Polls against a real server: what becomes of a feed, and when it is asked again."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from aiohttp import web
from sqlalchemy import Engine

from silkwire.poll.judgement import next_poll
from silkwire.reasons import Reason
from silkwire.records import Feed, Outcome, Shard, Source
from silkwire.settings import Settings
from silkwire.stages import run_stage
from silkwire.warehouse import sources
from silkwire.warehouse.engine import transaction
from tests.conftest import NOW
from tests.flow import rows
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

    def says(self, status: int = 200, body: str = "", **headers: str) -> None:
        self.status, self.body = status, body
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        if self.raw:
            assert request.transport is not None
            request.transport.write(self.raw)
            request.transport.close()
        if request.path == "/moved.xml":
            return web.Response(text=self.body, content_type="application/rss+xml")
        return web.Response(status=self.status, text=self.body, headers=self.headers, content_type="text/xml")


@pytest.fixture
def site(engine: Engine) -> Iterator[Site]:
    """A site with one feed, on the warehouse's list."""
    with Site() as opened:
        list_feed(engine, opened)
        yield opened


def list_feed(engine: Engine, site: Site) -> None:
    with transaction(engine) as connection:
        sources.import_list(connection, [SOURCE], [Feed("f", "s", site.url("/feed.xml"), None)], NOW)


def poll(settings: Settings, run_id: str = "first", now: datetime = NOW) -> dict[tuple[str, str, str], int]:
    return dict(run_stage("poll", settings, run_id, Shard(), lambda: now))


def test_a_feed_that_answers_410_is_retired_for_all_to_see(site: Site, settings: Settings, engine: Engine) -> None:
    site.says(410)
    assert poll(settings) == {("feed", "gone", "feed_gone"): 1}
    assert rows(engine, STATE) == [("gone", "feed_gone", False, 1)]
    assert rows(engine, "select outcome, active from marts.source_health") == [("gone", False)]
    assert poll(settings, "second", NOW + 30 * DAY) == {}
    assert len(site.requests) == 1


def test_a_retired_feed_stays_retired_when_its_list_is_read_again(
    site: Site, settings: Settings, engine: Engine
) -> None:
    site.says(410)
    poll(settings)
    list_feed(engine, site)
    assert rows(engine, "select active from feeds") == [(False,)]


@pytest.mark.parametrize(("status", "reason"), [(500, "server_error"), (404, "not_found"), (403, "access_denied")])
def test_a_failing_feed_is_never_given_up_but_asked_less_and_less(
    site: Site, settings: Settings, engine: Engine, status: int, reason: str
) -> None:
    site.says(status)
    now, pauses = NOW, []
    for attempt in range(10):
        poll(settings, str(attempt), now)
        ((due,),) = rows(engine, "select next_poll_at from feeds")
        assert isinstance(due, datetime)
        pauses.append((due - now) / MINUTE)
        now = due
    assert pauses == [10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440]
    assert rows(engine, STATE) == [("retry", reason, True, 10)]


def test_a_feed_that_works_again_is_asked_as_before(site: Site, settings: Settings, engine: Engine) -> None:
    body = site.body
    site.says(500)
    poll(settings)
    site.says(200, body)
    poll(settings, "second", NOW + DAY)
    assert rows(engine, STATE) == [("ok", None, True, 0)]
    assert rows(engine, "select next_poll_at, succeeded_at from feeds") == [(NOW + DAY, NOW + DAY)]


def test_a_feed_is_not_polled_before_it_is_due(site: Site, settings: Settings) -> None:
    site.says(500)
    poll(settings)
    assert poll(settings, "second", NOW + 9 * MINUTE) == {}
    assert len(site.requests) == 1


@pytest.mark.parametrize(
    ("asked", "pause"), [("7200", 120), ("60", 10), ("999999999", 1440), ("Tue, 24 Nov 2026 15:00:00 GMT", 180)]
)
def test_a_server_that_asks_for_a_pause_gets_it(
    site: Site, settings: Settings, engine: Engine, asked: str, pause: int
) -> None:
    site.says(429, Retry_After=asked)
    poll(settings)
    assert rows(engine, STATE) == [("retry", "rate_limited", True, 1)]
    assert rows(engine, "select next_poll_at from feeds") == [(NOW + pause * MINUTE,)]


def test_a_304_is_unchanged_and_validators_are_sent_back(site: Site, settings: Settings, engine: Engine) -> None:
    modified = "Mon, 23 Nov 2026 10:00:00 GMT"
    site.says(200, site.body, ETag='"v1"', Last_Modified=modified)
    poll(settings)
    site.says(304)
    assert poll(settings, "second") == {("feed", "unchanged", ""): 1}
    _, headers = site.requests[-1]
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"v1"', modified)
    assert rows(engine, "select etag, last_modified from feeds") == [('"v1"', modified)]
    assert rows(engine, "select run_id, status, entries, new_links from polls order by run_id") == [
        ("first", 200, 1, 1),
        ("second", 304, 0, 0),
    ]


def test_a_failure_does_not_cost_the_validators(site: Site, settings: Settings, engine: Engine) -> None:
    site.says(200, site.body, ETag='"v1"')
    poll(settings)
    site.says(200, "<html>maintenance</html>", ETag='"broken"')
    poll(settings, "second", NOW + DAY)
    assert rows(engine, STATE) == [("retry", "not_a_feed", True, 1)]
    assert rows(engine, "select etag from feeds") == [('"v1"',)]


def test_the_same_body_again_is_unchanged(site: Site, settings: Settings) -> None:
    poll(settings)
    assert poll(settings, "second") == {("feed", "unchanged", ""): 1}


def test_a_permanent_redirect_tells_the_new_address(site: Site, settings: Settings, engine: Engine) -> None:
    body = site.body
    site.says(301, body, Location="/moved.xml")
    assert poll(settings) == {("feed", "moved", "feed_moved"): 1, ("entry", "ok", ""): 1}
    assert rows(engine, "select outcome, detail, failures from feeds") == [("moved", site.url("/moved.xml"), 0)]


def test_a_temporary_redirect_is_nothing_to_tell(site: Site, settings: Settings) -> None:
    site.says(302, site.body, Location="/moved.xml")
    assert poll(settings) == {("feed", "ok", ""): 1, ("entry", "ok", ""): 1}


def test_an_entry_with_an_edited_title_is_the_same_link(site: Site, settings: Settings, engine: Engine) -> None:
    poll(settings)
    site.says(200, rss(("https://site.example/1", "One, corrected"), ("https://site.example/2", "Two")))
    tally = poll(settings, "second")
    assert tally == {("feed", "ok", ""): 1, ("entry", "ok", ""): 1, ("entry", "unchanged", ""): 1}
    assert rows(engine, "select title from links order by url") == [("One",), ("Two",)]


def test_entries_without_a_usable_address_are_counted(site: Site, settings: Settings, engine: Engine) -> None:
    site.says(200, rss(("https://site.example/1", "One"), ("mailto:desk@site.example", "Mail"), ("", "None")))
    tally = poll(settings)
    assert tally[("entry", "failed", "bad_url")] == 1
    assert tally[("entry", "failed", "no_link")] == 1
    assert rows(engine, "select url from links") == [("https://site.example/1",)]


def test_a_retried_task_does_not_poll_a_feed_twice(site: Site, settings: Settings) -> None:
    poll(settings)
    assert poll(settings, "first", NOW + MINUTE) == {}
    assert len(site.requests) == 1
    assert poll(settings, "second", NOW + MINUTE)
    assert len(site.requests) == 2


def test_headers_that_are_not_unicode_do_no_harm(site: Site, settings: Settings, engine: Engine) -> None:
    body = site.body.encode()
    head = f'HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nConnection: close\r\nETag: "'.encode()
    site.raw = head + b'\xe9"\r\nContent-Type: text/xml; charset=\xe9\r\n\r\n' + body
    assert poll(settings)[("feed", "ok", "")] == 1
    assert rows(engine, STATE) == [("ok", None, True, 0)]


@pytest.mark.parametrize(
    ("outcome", "failures", "pause"),
    [
        (Outcome.ok(), 0, 30),
        (Outcome.ok(), 7, 30),
        (Outcome.unchanged(), 0, 30),
        (Outcome.moved("https://new.example/"), 0, 30),
        (Outcome.retry(Reason.TIMEOUT), 0, 30),
        (Outcome.retry(Reason.TIMEOUT), 1, 60),
        (Outcome.retry(Reason.TIMEOUT), 5, 960),
        (Outcome.retry(Reason.TIMEOUT), 6, 1440),
        (Outcome.retry(Reason.TIMEOUT), 10_000, 1440),
        (Outcome.failed(Reason.NOT_FOUND), 1, 60),
        (Outcome.retry(Reason.RATE_LIMITED, after=NOW + 5 * MINUTE), 0, 30),
        (Outcome.retry(Reason.RATE_LIMITED, after=NOW + 50 * MINUTE), 0, 50),
    ],
)
def test_a_poll_is_due_after_the_interval_or_a_doubling_pause(outcome: Outcome, failures: int, pause: int) -> None:
    assert next_poll(outcome, failures, 30 * MINUTE, NOW) == NOW + pause * MINUTE
