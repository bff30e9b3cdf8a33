"""The server of the chaos run: all hosts behind one address, each with its faults, and a record of what they saw."""

import asyncio
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from threading import Event, Thread

import trustme

from tests.chaos.hosts import DAY, START, Fault, Handed, Host, Visit, chance
from tests.chaos.writing import page, rss

CALM = timedelta(hours=30)
HANGS = 0.7  # seconds after which the client of this run gives up

_STATUSES = {
    Fault.ERROR: "500 Internal Server Error",
    Fault.BUSY: "503 Service Unavailable",
    Fault.LIMITED: "429 Too Many Requests",
    Fault.LIMITED_UNTIL: "429 Too Many Requests",
}
_HEADERS = {Fault.LIMITED: "Retry-After: 7200\r\n", Fault.LIMITED_UNTIL: "Retry-After: {until}\r\n"}


@dataclass(frozen=True, slots=True)
class Sent:
    """What goes over the wire, and what becomes of the connection then."""

    data: bytes
    then: str = "keep"  # keep, close, abort or hang


class Chaos:
    """The hosts behind one server on loopback, told apart by the Host header; `now` is their time."""

    def __init__(self, hosts: int, days: int) -> None:
        self.days = days
        self.hosts = [Host(number, days) for number in range(hosts)]
        self.now = START
        self._by_name = {host.name: host for host in self.hosts}
        self._certificate = trustme.CA().issue_cert("*.localhost", "localhost")
        self._sockets = [socket.create_server(("127.0.0.1", 0), backlog=512) for _ in range(2)]
        self.port, self._tls_port = (listening.getsockname()[1] for listening in self._sockets)
        with socket.create_server(("127.0.0.1", 0)) as closed:
            closed_port = closed.getsockname()[1]
        self._redirects = {
            Fault.DNS: "http://{name}.invalid",
            Fault.TLS: f"https://{{name}}:{self._tls_port}",
            Fault.REFUSED: f"http://{{name}}:{closed_port}",
        }

    def feed_url(self, host: Host) -> str:
        return f"http://{host.name}:{self.port}/feed.xml"

    def times(self, step: timedelta) -> Iterator[datetime]:
        """Go through the simulated time, round by round."""
        while self.now < START + self.days * DAY + CALM:
            yield self.now
            self.now += step

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Serve in a thread of its own while the block runs."""
        loop, ready, over = asyncio.new_event_loop(), Event(), asyncio.Event()

        async def serve() -> None:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._certificate.configure_cert(tls)
            loop.set_exception_handler(lambda loop, context: None)  # handshakes fail here as they should
            for listening, context in zip(self._sockets, (None, tls), strict=True):
                await loop.create_server(lambda: _Conversation(self), sock=listening, ssl=context)
            ready.set()
            await over.wait()

        thread = Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
        thread.start()
        ready.wait()
        try:
            yield
        finally:
            loop.call_soon_threadsafe(over.set)
            thread.join()

    def host(self, name: str) -> Host:
        return self._by_name[name.partition(":")[0]]

    def answer(self, host: Host, path: str, condition: str) -> Sent:
        """Answer a request; `condition` is its If-None-Match."""
        fault = host.fault(self.now)
        if path == "/feed.xml":
            sent = self._feed(host, condition, fault)
        elif path == "/robots.txt":
            sent = _whole(f"User-agent: *\nDisallow: /never\nCrawl-delay: {host.crawl_delay}\n".encode(), "text/plain")
        elif path.startswith("/news/"):
            sent = _whole(page(host, int(path[len("/news/") :].partition("?")[0])), "text/html; charset=utf-8")
        else:
            sent = _status("404 Not Found")
        return self._spoilt(sent, host, path, fault) if fault else sent

    def _feed(self, host: Host, condition: str, fault: Fault | None) -> Sent:
        items = host.listed(self.now)
        etag = f'"{items.start}-{items.stop}"'
        validated = host.style in ("validated", "edited")
        if fault is Fault.STALE:
            return _status("304 Not Modified") if condition else _status("503 Service Unavailable")
        if fault is None:
            host.handed.append(Handed(self.now, items))
        if validated and condition == etag and fault is None:
            return _status("304 Not Modified", f"ETag: {etag}\r\n")
        body = rss(host, items, self.port, self.now)
        return _whole(body, "application/rss+xml; charset=utf-8", f"ETag: {etag}\r\n" if validated else "")

    def _spoilt(self, sent: Sent, host: Host, path: str, fault: Fault) -> Sent:
        if fault in self._redirects:
            return _status("302 Found", f"Location: {self._redirects[fault].format(name=host.name)}{path}\r\n")
        if fault in _STATUSES:
            until = format_datetime(self.now + timedelta(hours=3), usegmt=True)
            return _status(_STATUSES[fault], _HEADERS.get(fault, "").format(until=until))
        if fault in (Fault.SLOW, Fault.DROPPED):
            return Sent(b"", "hang" if fault is Fault.SLOW else "abort")
        if fault in (Fault.RESET, Fault.TRUNCATED):
            return Sent(sent.data[: len(sent.data) - 80], "abort" if fault is Fault.RESET else "close")
        return self._spoilt_feed(sent, fault) if path == "/feed.xml" else sent

    def _spoilt_feed(self, sent: Sent, fault: Fault) -> Sent:
        """Send something else than the feed; pages go on, since nobody could tell a bad one from a good one."""
        match fault:
            case Fault.HALF:
                body = sent.data.partition(b"\r\n\r\n")[2]
                return _whole(body[: len(body) // 2], "application/rss+xml")
            case Fault.GARBAGE:
                return _whole(chance(f"{self.now}").randbytes(3_000), "application/rss+xml")
            case Fault.MAINTENANCE:
                return _whole(b"<!doctype html><title>Sorry</title><p>We are working on it.", "text/html")
        return sent


class _Conversation(asyncio.Protocol):
    def __init__(self, chaos: Chaos) -> None:
        self._chaos = chaos
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        began = time.monotonic()
        self._received += data
        if b"\r\n\r\n" not in self._received:
            return
        head, self._received = self._received.decode("latin-1").split("\r\n"), b""
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        path = head[0].split(" ")[1]
        host = self._chaos.host(headers["host"])
        visit = Visit(path, began)
        host.visits.append(visit)
        sent = self._chaos.answer(host, path, headers.get("if-none-match", ""))
        if sent.then == "hang":
            return
        visit.ended = time.monotonic()
        self._transport.write(sent.data)
        if sent.then == "abort":
            self._transport.abort()
        elif sent.then == "close":
            self._transport.close()


def _whole(body: bytes, kind: str, headers: str = "") -> Sent:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
    return Sent(head.encode() + body)


def _status(status: str, headers: str = "") -> Sent:
    length = "" if status.startswith("304") else "Content-Length: 0\r\n"
    return Sent(f"HTTP/1.1 {status}\r\n{length}{headers}\r\n".encode())
