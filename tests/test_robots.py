"""robots.txt: obeyed for our name, asked once a day, waited for where it can't be read."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from aiohttp import web

from silkwire.net.client import Client, open_client
from silkwire.net.robots import MemoryStore, Robots, parse_rules
from silkwire.reasons import Reason
from silkwire.records import Kind, Outcome, StoredRobots
from silkwire.settings import load_settings
from tests.conftest import NOW
from tests.local_server import LocalServer

Work = Callable[[Client, Robots], Awaitable[object]]


def serve(text: str | bytes = "", status: int = 200, **answer: object) -> LocalServer:
    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        body = text.encode() if isinstance(text, str) else text
        return web.Response(body=body, status=status, **answer) if request.path == "/robots.txt" else web.Response()

    return LocalServer(handle)


def run(work: Work, store: MemoryStore | None = None, now: datetime = NOW, **changes: object) -> object:
    settings = load_settings(**{"allow_hosts": ("*.localhost",), "host_delay": 0, "total_timeout": 2} | changes)

    async def inside() -> object:
        async with open_client(settings, lambda: now) as client:
            return await work(client, Robots(client, settings, store))

    return asyncio.run(inside())


def judge(
    server: LocalServer, path: str, store: MemoryStore | None = None, now: datetime = NOW, **changes: object
) -> Outcome | None:
    found = run(lambda _, robots: robots.judge(server.url(path)), store, now, **changes)
    assert found is None or isinstance(found, Outcome)
    return found


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: silkwire\nDisallow: /private\n\nUser-agent: *\nDisallow: /", "/news", True),
        ("User-agent: silkwire\nDisallow: /private\n\nUser-agent: *\nDisallow: /", "/private/x", False),
        ("User-agent: SILKWIRE/2.0\nDisallow: /", "/news", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /\nAllow: /news", "/news/1", True),
        ("User-agent: silk\nDisallow: /", "/news", True),
        ("User-agent: silkwire-images\nDisallow: /", "/news", True),
        ("User-agent: otherbot\nDisallow: /", "/news", True),
        ("\ufeffUser-agent: *\nDisallow: /", "/news", False),
        ("User-agent: otherbot\nUser-agent: silkwire\nDisallow: /", "/news", False),
        ("User-agent: *\r\nDisallow: /новости", "/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/1", False),
        ("<!doctype html><html>User-agent: *\nDisallow: /</html>", "/news", True),
        ("User-agent: *\nDisallow: /\n\0\1\2", "/news", True),
        ("", "/news", True),
    ],
)
def test_a_path_is_judged_by_the_group_that_names_us(text: str, path: str, *, allowed: bool) -> None:
    with serve(text) as server:
        outcome = judge(server, path)
    assert (outcome is None) is allowed
    if outcome is not None:
        assert (outcome.kind, outcome.reason) == (Kind.SKIPPED, Reason.ROBOTS)


def test_plain_text_under_the_name_of_html_is_obeyed() -> None:
    with serve("User-agent: *\nDisallow: /", content_type="text/html") as server:
        assert judge(server, "/news") is not None


def test_utf16_is_read() -> None:
    with serve("User-agent: *\nDisallow: /".encode("utf-16")) as server:
        assert judge(server, "/news") is not None


def test_our_name_is_the_product_token_of_the_user_agent_that_is_set() -> None:
    with serve("User-agent: deskbot\nDisallow: /") as server:
        assert judge(server, "/news", user_agent="DeskBot/3 (test)") is not None
        assert judge(server, "/news") is None


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_4xx_allows_everything(status: int) -> None:
    with serve("User-agent: *\nDisallow: /", status) as server:
        assert judge(server, "/news") is None


@pytest.mark.parametrize("status", [429, 500, 503, 599])
def test_a_server_that_fails_to_tell_its_rules_is_waited_for_an_hour(status: int) -> None:
    with serve("", status) as server:
        outcome = judge(server, "/news")
    assert outcome is not None
    assert (outcome.kind, outcome.reason) == (Kind.RETRY, Reason.ROBOTS_UNREACHABLE)
    assert outcome.after == NOW + timedelta(hours=1)


def test_a_fault_of_the_network_is_waited_for_under_its_own_reason() -> None:
    with serve() as server:
        url = server.url("/news")
    outcome = run(lambda _, robots: robots.judge(url))
    assert isinstance(outcome, Outcome)
    assert (outcome.kind, outcome.reason) == (Kind.RETRY, Reason.CONNECTION)


def test_redirects_are_followed_and_a_loop_of_them_says_nothing() -> None:
    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        hops = int(request.query.get("n", "0"))
        if request.host.startswith("loop") or hops < 6:
            return web.Response(status=302, headers={"Location": f"/robots.txt?n={hops + 1}"})
        return web.Response(text="User-agent: *\nDisallow: /")

    with LocalServer(handle) as server:
        assert judge(server, "/news") is not None
        assert run(lambda _, robots: robots.judge(server.url("/news", host="loop.localhost"))) is None


@pytest.mark.parametrize(
    ("hours", "status", "asked"), [(23, 200, 1), (25, 200, 2), (0.9, 503, 1), (1.1, 503, 2), (23, 404, 1)]
)
def test_an_answer_is_kept_for_a_day_and_a_fault_for_an_hour(hours: float, status: int, asked: int) -> None:
    store = MemoryStore()
    with serve("", status) as server:
        judge(server, "/a", store)
        judge(server, "/b", store, NOW + timedelta(hours=hours))
        assert len(server.requests) == asked


def test_a_kept_answer_judges_as_a_fresh_one_does() -> None:
    store = MemoryStore()
    with serve("User-agent: *\nDisallow: /private\nCrawl-delay: 0.4") as server:
        first = judge(server, "/private", store)
        assert judge(server, "/private", store) == first != judge(server, "/open", store)
        assert len(server.requests) == 1


def test_many_who_ask_at_once_cause_one_request() -> None:
    async def work(_: Client, robots: Robots) -> None:
        await asyncio.gather(*(robots.judge(server.url(f"/{number}")) for number in range(20)))

    with serve() as server:
        run(work)
        assert len(server.requests) == 1


def test_one_who_gives_up_does_not_take_the_rules_from_the_others() -> None:
    async def work(_: Client, robots: Robots) -> Outcome | None:
        first = asyncio.create_task(robots.judge(server.url("/a")))
        second = asyncio.create_task(robots.judge(server.url("/b")))
        await asyncio.sleep(0)
        first.cancel()
        return await second

    with serve("User-agent: *\nDisallow: /") as server:
        assert isinstance(run(work), Outcome)


def test_a_crawl_delay_is_kept_from_the_next_request_on() -> None:
    async def work(client: Client, robots: Robots) -> float:
        await robots.judge(server.url("/a"))
        started = asyncio.get_running_loop().time()
        await client.get(server.url("/a"))
        await client.get(server.url("/b"))
        return asyncio.get_running_loop().time() - started

    with serve("User-agent: *\nCrawl-delay: 0.3") as server:
        seconds = run(work)
        assert isinstance(seconds, float)
        assert 0.55 < seconds < 2


def test_a_crawl_delay_of_another_crawler_is_none_of_ours() -> None:
    rules = parse_rules(StoredRobots(200, "User-agent: otherbot\nCrawl-delay: 60", NOW), "silkwire")
    assert rules.delay is None


def test_sitemaps_are_listed_also_where_everything_is_forbidden() -> None:
    text = "Sitemap: https://a.example/news.xml\nUser-agent: *\nDisallow: /\nSitemap: https://a.example/b.xml"
    with serve(text) as server:
        found = run(lambda _, robots: robots.sitemaps(server.url("")))
    assert found == ("https://a.example/news.xml", "https://a.example/b.xml")


def test_rules_past_500_kib_are_not_read_and_those_before_are() -> None:
    text = "User-agent: *\nDisallow: /early\n" + "# x\n" * 130_000 + "Disallow: /late\n"
    with serve(text) as server:
        assert judge(server, "/early") is not None
        assert judge(server, "/late") is None


def test_a_store_that_fails_once_is_asked_again() -> None:
    class Failing(MemoryStore):
        failures = 1

        async def load(self, origin: str) -> StoredRobots | None:
            if self.failures:
                self.failures -= 1
                raise ConnectionError("the warehouse is away")
            return await super().load(origin)

    async def work(_: Client, robots: Robots) -> Outcome | None:
        with pytest.raises(ConnectionError):
            await robots.judge(server.url("/a"))
        return await robots.judge(server.url("/a"))

    with serve("User-agent: *\nDisallow: /") as server:
        assert isinstance(run(work, Failing()), Outcome)
