"""The HTTP client against a real server: bounds on everything, and an answer for every fault."""

import asyncio
import gzip
import time
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from silkwire.net.client import Exchange, Failure, open_client
from silkwire.net.guard import is_public
from silkwire.net.robots import Robots
from silkwire.net.status import retry_after
from silkwire.reasons import Reason
from silkwire.records import Kind, Outcome, Response
from silkwire.settings import Settings, load_settings
from tests.conftest import NOW
from tests.local_server import LocalServer


def get(url: str, headers: dict[str, str] | None = None, **changes: object) -> Exchange:
    """GET one URL as an installation that may talk to names below localhost."""
    settings = load_settings(**{"allow_hosts": ("*.localhost",), "host_delay": 0, "total_timeout": 2} | changes)

    async def work() -> Exchange:
        async with open_client(settings, lambda: NOW) as client:
            return await client.get(url, headers)

    return asyncio.run(work())


async def site(request: web.BaseRequest) -> web.StreamResponse:  # noqa: C901 - a site is a list of pages
    """A site with a page for each way to answer."""
    match request.path:
        case "/page":
            return web.Response(text="hello", content_type="text/html")
        case "/moved":
            return web.Response(status=301, headers={"Location": "/page"})
        case "/found":
            return web.Response(status=302, headers={"Location": "page"})
        case "/loop":
            return web.Response(status=302, headers={"Location": "/loop"})
        case "/to-loopback":
            return web.Response(status=302, headers={"Location": f"http://127.0.0.1:{request.url.port}/page"})
        case "/to-file":
            return web.Response(status=302, headers={"Location": "file:///etc/passwd"})
        case "/bomb":
            body = gzip.compress(b"\0" * 50_000_000)
            return web.Response(body=body, headers={"Content-Encoding": "gzip", "Content-Type": "text/html"})
        case "/slow":
            await asyncio.sleep(5)
        case "/broken":
            answer = web.StreamResponse(headers={"Content-Length": "1000"})
            await answer.prepare(request)
            await answer.write(b"only this")
            assert request.transport is not None
            request.transport.close()
            return answer
        case "/robots.txt":
            return web.Response(text="User-agent: silkwire\nDisallow: /private\n\nUser-agent: *\nDisallow: /")
    return web.Response(status=404)


def test_a_page_comes_with_its_final_address_and_lower_case_headers() -> None:
    with LocalServer(site) as server:
        answer = get(server.url("/moved"))
    assert isinstance(answer, Response)
    assert (answer.url, answer.status, answer.body, answer.content_type) == (
        server.url("/page"), 200, b"hello", "text/html; charset=utf-8",
    )  # fmt: skip


def test_a_redirect_is_permanent_only_where_every_hop_is() -> None:
    with LocalServer(site) as server:
        moved, found = get(server.url("/moved")), get(server.url("/found"))
    assert isinstance(moved, Response)
    assert isinstance(found, Response)
    assert (moved.permanent, found.permanent) == (True, False)


def test_a_redirect_loop_ends_after_ten_hops() -> None:
    with LocalServer(site) as server:
        answer = get(server.url("/loop"))
        assert len(server.requests) == 11
    assert isinstance(answer, Failure)
    assert answer.reason is Reason.TOO_MANY_REDIRECTS


def test_a_gzip_bomb_stops_at_the_cap() -> None:
    with LocalServer(site) as server:
        answer = get(server.url("/bomb"), body_cap=1_000_000)
    assert isinstance(answer, Failure)
    assert answer.reason is Reason.TOO_LARGE


def test_a_slow_page_is_given_up_after_the_limit() -> None:
    with LocalServer(site) as server:
        started = time.monotonic()
        answer = get(server.url("/slow"), total_timeout=0.3)
        assert time.monotonic() - started < 2
    assert isinstance(answer, Failure)
    assert answer.reason is Reason.TIMEOUT


def test_a_body_that_breaks_off_is_not_taken_for_a_page() -> None:
    with LocalServer(site) as server:
        answer = get(server.url("/broken"))
    assert isinstance(answer, Failure)
    assert answer.reason in (Reason.BAD_RESPONSE, Reason.CONNECTION)


def test_a_server_that_is_not_there_is_a_connection_fault() -> None:
    with LocalServer(site) as server:
        url = server.url("/page")
    answer = get(url)
    assert isinstance(answer, Failure)
    assert answer.reason is Reason.CONNECTION


def test_a_name_that_does_not_resolve_is_told_as_that() -> None:
    answer = get("http://no-such-host.invalid/")
    assert isinstance(answer, Failure)
    assert answer.reason is Reason.DNS


@pytest.mark.parametrize("host", ["127.0.0.1", "site.localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0"])
def test_a_private_address_is_refused_before_any_byte_is_sent(host: str) -> None:
    with LocalServer(site) as server:
        answer = get(server.url("/page", host=host), allow_hosts=())
        assert server.requests == []
    assert isinstance(answer, Failure)
    assert answer.reason is Reason.FORBIDDEN_ADDRESS


@pytest.mark.parametrize("path", ["/to-loopback", "/to-file"])
def test_a_redirect_to_a_forbidden_address_is_refused(path: str) -> None:
    with LocalServer(site) as server:
        answer = get(server.url(path))
        assert [request[0] for request in server.requests] == [path]
    assert isinstance(answer, Failure)
    assert answer.reason is Reason.FORBIDDEN_ADDRESS


@pytest.mark.parametrize("url", ["ftp://site.localhost/a", "javascript:alert(1)", "http://", "http://[bad/", ""])
def test_what_is_no_http_address_is_refused(url: str) -> None:
    answer = get(url)
    assert isinstance(answer, Failure)
    assert answer.reason is Reason.FORBIDDEN_ADDRESS


def test_two_requests_to_one_host_keep_their_distance_and_two_hosts_do_not_wait() -> None:
    settings = load_settings(allow_hosts=("*.localhost",), host_delay=0.3)

    async def seconds(urls: list[str]) -> float:
        async with open_client(settings, lambda: NOW) as client:
            started = time.monotonic()
            await asyncio.gather(*(client.get(url) for url in urls))
            return time.monotonic() - started

    with LocalServer(site) as server:
        assert asyncio.run(seconds([server.url("/page")] * 3)) >= 0.6
        apart = [server.url("/page", host=f"{name}.localhost") for name in "abcdef"]
        assert asyncio.run(seconds(apart)) < 0.3


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - an address to refuse
        ("::1", False),
        ("fe80::1%eth0", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_public_addresses_are_told_from_the_rest(address: str, *, public: bool) -> None:
    assert is_public(address) is public


def judge(server: LocalServer, settings: Settings, path: str, agent: str = "Silkwire/0.1 (test)") -> Outcome | None:
    async def work() -> Outcome | None:
        async with open_client(settings, lambda: NOW) as client:
            return await Robots(client, agent).judge(server.url(path))

    return asyncio.run(work())


def test_robots_txt_is_obeyed_for_the_group_that_names_us(settings: Settings) -> None:
    with LocalServer(site) as server:
        assert judge(server, settings, "/news") is None
        refused = judge(server, settings, "/private/x")
    assert refused is not None
    assert (refused.kind, refused.reason) == (Kind.SKIPPED, Reason.ROBOTS)


@pytest.mark.parametrize(("status", "kind"), [(404, None), (403, None), (500, Kind.RETRY), (429, Kind.RETRY)])
def test_an_unreadable_robots_txt_allows_by_4xx_and_waits_by_5xx(
    settings: Settings, status: int, kind: Kind | None
) -> None:
    async def answer(_: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=status)

    with LocalServer(answer) as server:
        outcome = judge(server, settings, "/news")
    assert (outcome.kind if outcome else None) is kind


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("99999999999999", 86400),
        ("Tue, 24 Nov 2026 12:05:00 GMT", 300),
        ("Fri, 24 Nov 2034 12:00:00 GMT", 86400),
        ("Tue, 24 Nov 2020 12:00:00 GMT", 0),
    ],
)
def test_retry_after_is_read_in_both_forms_and_clamped_to_a_day(value: str, seconds: int) -> None:
    response = Response("http://a.example/", 429, {"retry-after": value}, b"", NOW)
    assert retry_after(response, NOW) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize("value", ["", "soon", "-5", "Nov 24"])
def test_an_unreadable_retry_after_says_nothing(value: str) -> None:
    assert retry_after(Response("http://a.example/", 429, {"retry-after": value}, b"", NOW), NOW) is None


def test_the_clock_that_is_given_dates_an_answer() -> None:
    with LocalServer(site) as server:
        answer = get(server.url("/page"))
    assert isinstance(answer, Response)
    assert answer.fetched_at == NOW == datetime(2026, 11, 24, 12, tzinfo=UTC)
