"""The HTTP client against a real server: bounds on everything, and an answer for every fault."""

import asyncio
import gzip
import ssl
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
import pytest
import trustme
from aiohttp import web
from backports import zstd

from silkwire.errors import Config
from silkwire.net.client import Client, Exchange, Failure, NoTurn, open_client
from silkwire.net.pace import Pace
from silkwire.net.status import judge_status, retry_after
from silkwire.reasons import Reason
from silkwire.records import Response
from silkwire.settings import load_settings
from tests.conftest import NOW
from tests.local_server import LocalServer

BOMB = gzip.compress(bytes(20_000_000), 1)


def run(work: Callable[[Client], object], **changes: object) -> object:
    """Do something with the client of an installation that may talk to names below localhost."""
    settings = load_settings(**{"allow_hosts": ("*.localhost",), "host_delay": 0, "total_timeout": 2} | changes)

    async def inside() -> object:
        async with open_client(settings, lambda: NOW) as client:
            return await work(client)  # type: ignore[misc]

    return asyncio.run(inside())


def get(url: str, headers: dict[str, str] | None = None, **changes: object) -> Exchange:
    answer = run(lambda client: client.get(url, headers), **changes)
    assert isinstance(answer, Response | Failure)
    return answer


async def site(request: web.BaseRequest) -> web.StreamResponse:
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
            return web.Response(body=BOMB, headers={"Content-Encoding": "gzip", "Content-Type": "text/html"})
        case "/slow":
            await asyncio.sleep(5)
        case "/broken":
            answer = web.StreamResponse(headers={"Content-Length": "1000"})
            await answer.prepare(request)
            await answer.write(b"only this")
            assert request.transport is not None
            request.transport.close()
            return answer
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


PAGE = "<p>Новости</p>".encode() * 20_000
ENCODED = {
    "gzip": gzip.compress(PAGE),
    "x-gzip": gzip.compress(PAGE[:1000]) + gzip.compress(PAGE[1000:]),
    "deflate": zlib.compress(PAGE),
    "br": brotli.compress(PAGE, quality=3),
    "zstd": zstd.compress(PAGE),
    "GZIP ": gzip.compress(PAGE),
}


def encoded_site(step: int, drop: int = 0) -> LocalServer:
    """A site that sends the encoded page of its path, `step` bytes at a time, without the last `drop` bytes."""

    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        coding = request.query["coding"]
        body = bare_deflate() if coding == "bare" else ENCODED[coding]
        body = body[: len(body) - drop]
        answer = web.StreamResponse(headers={"Content-Encoding": "deflate" if coding == "bare" else coding})
        answer.enable_chunked_encoding()
        await answer.prepare(request)
        for start in range(0, len(body), step):
            await answer.write(body[start : start + step])
        return answer

    return LocalServer(handle)


def bare_deflate() -> bytes:
    inner = zlib.compressobj(wbits=-15)
    return inner.compress(PAGE) + inner.flush()


@pytest.mark.parametrize("coding", [*ENCODED, "bare"])
@pytest.mark.parametrize("step", [7, 10**6])
def test_a_body_is_decoded_whatever_its_coding_and_however_it_arrives(coding: str, step: int) -> None:
    with encoded_site(step) as server:
        answer = get(server.url(f"/?coding={coding.replace(' ', '%20')}"))
    assert isinstance(answer, Response)
    assert answer.body == PAGE


@pytest.mark.parametrize("coding", [*ENCODED, "bare"])
def test_a_compressed_body_that_breaks_off_is_not_taken_for_a_page(coding: str) -> None:
    with encoded_site(10**6, drop=20) as server:
        answer = get(server.url(f"/?coding={coding.replace(' ', '%20')}"))
    assert isinstance(answer, Failure)
    assert answer.reason is Reason.BAD_RESPONSE


def test_the_beginning_of_a_body_can_be_had_alone() -> None:
    async def handle(_: web.BaseRequest) -> web.StreamResponse:
        return web.Response(body=b"0123456789" * 200_000)

    with LocalServer(handle) as server:
        answer = run(lambda client: client.get(server.url(), cut=15), body_cap=1_000_000)
        assert isinstance(answer, Response)
        assert answer.body == b"012345678901234"
        whole = get(server.url(), body_cap=1_000_000)
    assert isinstance(whole, Failure)
    assert whole.reason is Reason.TOO_LARGE


async def slow_site(request: web.BaseRequest) -> web.StreamResponse:
    """A page that takes long: with `bytes` every tenth of a second, for two seconds."""
    answer = web.StreamResponse()
    await answer.prepare(request)
    for _ in range(20):
        await answer.write(b"x" * int(request.query["bytes"]))
        await asyncio.sleep(0.1)
    return answer


def test_a_server_below_the_floor_on_speed_is_dropped_and_one_above_it_is_not() -> None:
    with LocalServer(slow_site) as server:
        started = time.monotonic()
        dropped = get(server.url("/?bytes=10"), total_timeout=6, speed_floor=512)
        assert time.monotonic() - started < 1.8
        kept = get(server.url("/?bytes=100"), total_timeout=6, speed_floor=512)
    assert isinstance(dropped, Failure)
    assert dropped.reason is Reason.TIMEOUT
    assert "under 512 a second" in dropped.detail
    assert isinstance(kept, Response)
    assert len(kept.body) == 2000


async def echo_site(request: web.BaseRequest) -> web.StreamResponse:
    """Redirect to what the query of /to says, byte by byte; say what was asked for elsewhere."""
    assert request.transport is not None
    if request.path == "/to" and "=" not in request.query_string:
        location = bytes.fromhex(request.query_string)
        request.transport.write(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n")
        request.transport.close()
    return web.Response(text=request.raw_path)


@pytest.mark.parametrize(
    ("location", "path"),
    [
        (b"/caf\xe9", "/caf%E9"),
        ("/новости?q=жаңа".encode(), "/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8?q=%D0%B6%D0%B0%D2%A3%D0%B0"),
        (b"/a b", "/a%20b"),
        (b"/a?sig=%7e%2F+%41", "/a?sig=%7e%2F+%41"),
        (b"sub/x", "/sub/x"),
        (b"?page=2", "/to?page=2"),
        (b"/x/../y", "/y"),
        (b"  /spaces\t", "/spaces"),
        (b"\\y?z=\\", "/y?z=%5C"),
        (b"/x#part", "/x"),
    ],
)
def test_a_redirect_is_followed_as_browsers_do(location: bytes, path: str) -> None:
    with LocalServer(echo_site) as server:
        answer = get(server.url(f"/to?{location.hex()}"))
    assert isinstance(answer, Response)
    assert answer.body.decode() == path
    assert answer.url.isascii()


@pytest.mark.parametrize("path", ["/a%7eb%2Fc?x=%41&y=a+b&z", "/%E9", "/a;b=1|2", "/?"])
def test_an_address_is_sent_as_it_is_written(path: str) -> None:
    with LocalServer(echo_site) as server:
        answer = get(server.url(path))
        assert isinstance(answer, Response)
        assert answer.url == server.url(path)
    assert answer.body.decode() in (path, path.removesuffix("?"))


def test_headers_can_be_stored_whatever_bytes_they_have() -> None:
    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Raw: caf\xe9\r\n\r\n")
        request.transport.close()
        return web.Response()

    with LocalServer(handle) as server:
        answer = get(server.url())
    assert isinstance(answer, Response)
    assert answer.headers["x-raw"].encode() == b"caf?"


def test_one_host_has_one_connection_which_is_used_again() -> None:
    async def work(client: Client) -> None:
        await asyncio.gather(*(client.get(server.url("/page")) for _ in range(5)))

    with LocalServer(site) as server:
        run(work)
        assert (len(server.requests), server.connections) == (5, 1)


def test_a_turn_that_would_come_after_the_deadline_is_refused_at_once_and_nothing_is_sent() -> None:
    async def work(client: Client) -> float:
        await client.get(server.url("/page"))
        started = time.monotonic()
        with pytest.raises(NoTurn):
            await client.get(server.url("/page"), deadline=started + 1)
        assert isinstance(await client.get(server.url("/page", host="other.localhost"), deadline=started + 1), Response)
        return time.monotonic() - started

    with LocalServer(site) as server:
        seconds = run(work, host_delay=5)
        assert isinstance(seconds, float)
        assert seconds < 0.5
        assert len(server.requests) == 2


def test_who_waits_behind_others_at_a_host_gives_up_at_the_deadline() -> None:
    async def work(client: Client) -> None:
        first = asyncio.create_task(client.get(server.url("/slow")))
        await asyncio.sleep(0.1)
        with pytest.raises(NoTurn):
            await client.get(server.url("/page"), deadline=time.monotonic() + 0.2)
        await first
        assert isinstance(await client.get(server.url("/page"), deadline=time.monotonic() + 1), Response)

    with LocalServer(site) as server:
        run(work, total_timeout=1)


def test_a_host_can_be_slowed_down_within_bounds_and_never_sped_up() -> None:
    pace = Pace(1)
    for seconds, delay in ((0.1, 1), (30, 30), (5, 30), (10**9, 120)):
        pace.slow_down("a.example", seconds)
        assert pace.turn("a.example").delay == delay
    assert pace.turn("b.example").delay == 1


@pytest.mark.parametrize(
    ("status", "reason"), [(999, Reason.HTTP_ERROR), (600, Reason.HTTP_ERROR), (599, Reason.SERVER_ERROR)]
)
def test_a_status_beyond_5xx_is_no_fault_of_the_server(status: int, reason: Reason) -> None:
    assert judge_status(Response("http://a.example/", status, {}, b"", NOW), NOW).reason is reason


def tls_site(certificate: trustme.LeafCert) -> LocalServer:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return LocalServer(site, tls=context)


def authority(folder: Path) -> tuple[trustme.CA, Path]:
    made = trustme.CA()
    made.cert_pem.write_to_path(str(folder / "ca.pem"))
    return made, folder / "ca.pem"


def test_an_authority_of_ones_own_is_trusted_beside_the_systems(tmp_path: Path) -> None:
    own, path = authority(tmp_path)
    with tls_site(own.issue_cert("site.localhost")) as server:
        answer = get(server.url("/page"), ca_file=path)
        without = get(server.url("/page"))
    assert isinstance(answer, Response)
    assert answer.body == b"hello"
    assert isinstance(without, Failure)
    assert without.reason is Reason.TLS


def test_a_certificate_of_another_host_or_out_of_date_is_a_tls_fault(tmp_path: Path) -> None:
    own, path = authority(tmp_path)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    bad = (
        own.issue_cert("other.localhost"),
        own.issue_cert("site.localhost", not_after=yesterday, not_before=yesterday - timedelta(days=9)),
        trustme.CA().issue_cert("site.localhost"),
    )
    for certificate in bad:
        with tls_site(certificate) as server:
            answer = get(server.url("/page"), ca_file=path)
            assert server.requests == []
        assert isinstance(answer, Failure)
        assert answer.reason is Reason.TLS


def test_a_file_that_holds_no_certificates_is_told_by_its_setting(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing")
    for path in (tmp_path / "ca.pem", tmp_path / "missing.pem"):
        with pytest.raises(Config, match="SILKWIRE_CA_FILE"):
            get("https://site.localhost/", ca_file=path)
