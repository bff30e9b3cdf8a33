"""A farm of hosts for the benchmarks: 300 loopback addresses, 20 pages and some feeds each, served by one process.

Linux answers on all of 127.0.0.0/8. Elsewhere each address would have to be set up by hand, so that hosts are names
below localhost there. The server does as little as it can for a request, so that a client on a core of its own is what
is measured.
"""

import asyncio
import gzip
import hashlib
import multiprocessing
import os
import ssl
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import psutil
import trustme

from benchmarks.prose import Prose

HOSTS = 300
PAGES_A_HOST = 20
FEEDS = 5_000
CLIENT_CORE = 0

_CERTIFICATE = "farm.pem"

_ROBOTS = b"User-agent: *\nDisallow: /private/\nDisallow: /search\nCrawl-delay: 0\n"


@dataclass(frozen=True, slots=True)
class Farm:
    """A running farm: its port, the same at every address, and who vouches for it where it speaks TLS."""

    port: int
    authority: Path | None
    _control: "Connection[object, object]"

    @property
    def _origin(self) -> str:
        return f"{'https' if self.authority else 'http'}://{{}}:{self.port}"

    def page_url(self, number: int) -> str:
        """Return the address of page `number`, below HOSTS * PAGES_A_HOST; neighbours are on different hosts."""
        return f"{self._origin.format(address(number % HOSTS))}/news/{number}.html"

    def feed_url(self, number: int) -> str:
        """Return the address of feed `number`, below FEEDS."""
        return f"{self._origin.format(address(number % HOSTS))}/feeds/{number}.xml"

    def publish(self) -> None:
        """Have every fifth feed list new items from now on."""
        self._control.send("publish")
        self._control.recv()


def address(host: int) -> str:
    """Return the loopback address of host number `host`, below HOSTS."""
    if sys.platform != "linux":
        return f"h{host}.localhost"
    return f"127.10.{host // 250}.{host % 250 + 1}"


def addresses() -> tuple[str, ...]:
    """List the addresses of all hosts, as `settings.allow_hosts` wants them."""
    return tuple(address(host) for host in range(HOSTS))


@contextmanager
def open_farm(*, as_the_web: bool = False, latency: float = 0) -> Iterator[Farm]:
    """Serve the farm from a process of its own, off the client's core.

    `as_the_web` sends pages as nearly all sites do: over TLS, compressed. Each answer is sent `latency` seconds after
    its request, as by a server some way off.
    """
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="silkwire-farm-") as folder:
        authority = _certify(Path(folder)) if as_the_web else None
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, authority, latency), daemon=True)
        process.start()
        try:
            port = ours.recv()
            assert isinstance(port, int)
            yield Farm(port, authority, ours)
        finally:
            process.terminate()
            process.join()


def _certify(folder: Path) -> Path:
    """Write the farm's certificate, with its key, and that of its authority; return the latter."""
    made = trustme.CA()
    made.issue_cert(*addresses()).private_key_and_cert_chain_pem.write_to_path(str(folder / _CERTIFICATE))
    made.cert_pem.write_to_path(str(folder / "authority.pem"))
    return folder / "authority.pem"


def keep_off(core: int, pid: int = 0) -> None:
    """Let a process and its children run on every core but one, where there are two and the system can do it."""
    cores = set(range(os.cpu_count() or 1)) - {core}
    if cores and hasattr(os, "sched_setaffinity"):
        for process in [psutil.Process(pid or None), *psutil.Process(pid or None).children(recursive=True)]:
            with suppress(ProcessLookupError):
                os.sched_setaffinity(process.pid, cores)


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """Run the block, and the threads that it starts, on one core."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


class _Site:
    """What every address answers, by path."""

    def __init__(self, *, compressed: bool) -> None:
        self._prose = Prose(1, HOSTS * PAGES_A_HOST)
        self._published = 0
        encoding = "gzip" if compressed else ""
        self._pages = {
            f"/news/{number}.html": _answer(
                "200 OK", "text/html; charset=utf-8", gzip.compress(page, 6) if compressed else page, encoding
            )
            for number in range(HOSTS * PAGES_A_HOST)
            for page in [self._prose.page(number)]
        }
        self._robots = _answer("200 OK", "text/plain", _ROBOTS)
        self._missing = _answer("404 Not Found", "text/plain", b"")

    def publish(self) -> None:
        self._published += 5

    def answer(self, path: str, request: bytes) -> bytes:
        if path == "/robots.txt":
            return self._robots
        if path.startswith("/feeds/"):
            return self._feed(int(path[len("/feeds/") : -len(".xml")]), request)
        return self._pages.get(path, self._missing)

    def _feed(self, number: int, request: bytes) -> bytes:
        """Answer a fifth of the feeds with new items; of the rest half by 304, half by the same body as before."""
        kind = (number // HOSTS + number) % 5  # each host has feeds of all kinds
        body = self._prose.feed(number, self._published if kind == 0 else 0)
        if kind > 2:
            return _answer("200 OK", "application/rss+xml", body)
        etag = f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
        if etag.encode() in request:
            return f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode()
        return _answer("200 OK", "application/rss+xml", body, headers=f"ETag: {etag}\r\n")


class _Conversation(asyncio.Protocol):
    def __init__(self, site: _Site, latency: float) -> None:
        self._site = site
        self._latency = latency
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            request, _, self._received = self._received.partition(b"\r\n\r\n")
            answer = self._site.answer(request.split(b" ", 2)[1].decode(), request)
            if self._latency:
                asyncio.get_running_loop().call_later(self._latency, self._transport.write, answer)
            else:
                self._transport.write(answer)


def _answer(status: str, kind: str, body: bytes, encoding: str = "", headers: str = "") -> bytes:
    if encoding:
        headers += f"Content-Encoding: {encoding}\r\nVary: Accept-Encoding\r\n"
    head = (
        f"HTTP/1.1 {status}\r\nServer: farm\r\nDate: Tue, 24 Nov 2026 12:00:00 GMT\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(body)}\r\nCache-Control: max-age=60\r\n{headers}\r\n"
    )
    return head.encode() + body


def _serve(control: "Connection[object, object]", authority: Path | None, latency: float) -> None:
    keep_off(CLIENT_CORE)
    tls = None
    if authority:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(authority.with_name(_CERTIFICATE))
    site = _Site(compressed=bool(authority))
    asyncio.run(_listen(control, site, lambda: _Conversation(site, latency), tls))


async def _listen(
    control: "Connection[object, object]",
    site: _Site,
    converse: Callable[[], asyncio.Protocol],
    tls: ssl.SSLContext | None,
) -> None:
    loop = asyncio.get_running_loop()
    everywhere = "0.0.0.0"  # noqa: S104 - all of 127.0.0.0/8
    server = await loop.create_server(converse, everywhere, 0, backlog=1024, ssl=tls)

    def obey() -> None:
        control.recv()
        site.publish()
        control.send("done")

    loop.add_reader(control.fileno(), obey)
    control.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()
