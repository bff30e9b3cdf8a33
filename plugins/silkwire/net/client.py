"""The HTTP client: GET with bounds on everything, and an answer for every fault."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import aiohttp
from aiohttp.http_exceptions import HttpProcessingError
from yarl import URL

from silkwire.errors import Config
from silkwire.net.body import BodyFault, BodyReader, Broken, TooLarge
from silkwire.net.connector import CleanConnector
from silkwire.net.decoding import BadEncoding
from silkwire.net.guard import ForbiddenAddress, Guard, GuardedResolver, Lookup
from silkwire.net.pace import NoTurn, Pace
from silkwire.net.redirects import MAX_REDIRECTS, PERMANENT_REDIRECTS, REDIRECTS, redirect_target
from silkwire.reasons import Reason
from silkwire.records import Response
from silkwire.settings import Settings

__all__ = ["Client", "Exchange", "Failure", "NoTurn", "Wanted", "open_client"]

Wanted = Callable[[int, str], bool]

# Real Content-Security-Policies reach 16 KiB, a redirect's address 8. Together they bound an answer's head to 4 MiB.
_LINE_SIZE = 2**14
_FIELD_SIZE = 2**15
_FIELDS = 128


@dataclass(frozen=True, slots=True)
class Failure:
    """No usable answer came: why, and the detail for a person."""

    reason: Reason
    detail: str


Exchange = Response | Failure


def _everything(_status: int, _content_type: str) -> bool:
    return True


class Client:
    """GETs URLs: addresses guarded, hosts paced, redirects followed by hand, bodies capped after decompression."""

    def __init__(
        self, session: aiohttp.ClientSession, settings: Settings, guard: Guard, clock: Callable[[], datetime]
    ) -> None:
        """Use `open_client` instead."""
        self._session = session
        self._guard = guard
        self._pace = Pace(settings.host_delay)
        self._total_timeout = settings.total_timeout
        # A sixth of all the time there is (five of thirty seconds) is a fair while to find one's speed.
        self._reader = BodyReader(settings.body_cap, settings.speed_floor, settings.total_timeout / 6)
        self._clock = clock

    def now(self) -> datetime:
        """Tell the time, aware and in UTC."""
        return self._clock()

    def slow_down(self, url: str, seconds: float) -> None:
        """Keep at least `seconds` between requests to the host of `url` (its Crawl-delay), clamped to two minutes."""
        self._pace.slow_down(_pace_key(self._guard.check_url(url)), seconds)

    async def get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        wanted: Wanted = _everything,
        *,
        deadline: float | None = None,
        cut: int | None = None,
    ) -> Exchange:
        """GET `url`. The body is read only where `wanted(status, content_type)`; it is empty otherwise.

        With `deadline`, a moment of `time.monotonic()`, raise `NoTurn` where the host's turn would come only after it:
        the item was not tried and stays pending. Without one, `get` raises nothing. `cut` reads no more than the
        first so many bytes of the body.
        """
        try:
            return await self._follow(url, headers, wanted, deadline, cut)
        except aiohttp.ServerTimeoutError as error:  # one of the next, too
            return _failure(error)
        except TimeoutError:
            return Failure(Reason.TIMEOUT, f"no complete answer within {self._total_timeout:g} s")
        except ForbiddenAddress as error:
            return Failure(Reason.FORBIDDEN_ADDRESS, str(error))
        except (BodyFault, BadEncoding) as error:
            return _body_failure(error)
        except (aiohttp.ClientError, HttpProcessingError, ssl.SSLError, OSError, RuntimeError, ValueError) as error:
            # RuntimeError: uvloop's way to say that a connection failed.
            return _failure(error)

    async def _follow(
        self, url: str, headers: Mapping[str, str] | None, wanted: Wanted, deadline: float | None, cut: int | None
    ) -> Exchange:
        permanent = True
        for hop in range(MAX_REDIRECTS + 1):
            parsed = self._guard.check_url(url)
            if hop:
                url = str(parsed)
            answer, location = await self._in_turn(url, parsed, headers, wanted, deadline, cut)
            if location is None:
                return replace(answer, permanent=permanent) if hop and permanent else answer
            permanent = permanent and answer.status in PERMANENT_REDIRECTS
            url = redirect_target(url, location)
        return Failure(Reason.TOO_MANY_REDIRECTS, f"more than {MAX_REDIRECTS} redirects, the last to {url[:200]}")

    async def _in_turn(  # noqa: PLR0913 - a request's parts
        self,
        url: str,
        parsed: URL,
        headers: Mapping[str, str] | None,
        wanted: Wanted,
        deadline: float | None,
        cut: int | None,
    ) -> tuple[Response, str | None]:
        """Make one request when it is the host's turn, and a second where the connection was closed under the first."""
        turn = self._pace.turn(_pace_key(parsed))
        for is_last in (False, True):
            await turn.take(deadline)
            try:
                # The limit is on each exchange: waiting for a turn at a host is nobody's slowness.
                async with asyncio.timeout(self._total_timeout):
                    return await self._exchange(url, parsed, headers, wanted, cut)
            except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
                if is_last or isinstance(error, aiohttp.ClientConnectorError):
                    raise
            finally:
                turn.give_back()
        raise AssertionError("the last try returns or raises")

    async def _exchange(
        self, url: str, parsed: URL, headers: Mapping[str, str] | None, wanted: Wanted, cut: int | None
    ) -> tuple[Response, str | None]:
        """Make one request; return the answer, and where it redirects to."""
        answer = await self._session.get(parsed, headers=headers, allow_redirects=False)
        try:
            received = {
                # aiohttp keeps bytes that are not UTF-8 as lone surrogates, which can't be stored.
                name.lower(): value if value.isascii() else value.encode("utf-8", "replace").decode()
                for name, value in answer.headers.items()
            }
            status = answer.status
            location = answer.headers.get("Location") if status in REDIRECTS else None
            body = b""
            if not location and wanted(status, received.get("content-type", "")):
                body = await self._reader.read(answer, cut)
            return Response(url, status, received, body, self._clock()), location or None
        finally:
            # Keeps the connection where the whole body was read, and closes it otherwise.
            answer.release()


@asynccontextmanager
async def open_client(
    settings: Settings, clock: Callable[[], datetime], *, lookup: Lookup = socket.getaddrinfo
) -> AsyncIterator[Client]:
    """Open a client for the duration of the block. `clock` tells the time of each answer, aware and in UTC.

    `lookup` resolves names; it has the form of `socket.getaddrinfo` and is called in a thread.
    """
    guard = Guard(settings.allow_hosts, settings.allow_ports)
    resolver = GuardedResolver(guard, settings.connect_timeout, lookup)
    connector = CleanConnector(
        limit=settings.connections,
        limit_per_host=1,
        resolver=resolver,
        ttl_dns_cache=300,
        dns_cache_max_size=10_000,
        socket_factory=guard.open_socket,
        ssl=_tls_context(settings.ca_file),
        # Long enough for the next turn at the host, short enough not to hoard sockets of hosts that are done.
        keepalive_timeout=min(settings.host_delay + 3, 15),
    )
    session = aiohttp.ClientSession(
        connector=connector,
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=settings.connect_timeout),
        headers={"User-Agent": settings.sent_user_agent, "Accept-Language": "*"},
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        max_line_size=_LINE_SIZE,
        max_field_size=_FIELD_SIZE,
        max_headers=_FIELDS,
    )
    # aiohttp repeats a request at once where a connection was closed under it, out of the host's turn; we take another.
    session._retry_connection = False  # noqa: SLF001 - there is no public way
    try:
        async with session:
            yield Client(session, settings, guard, clock)
    finally:
        await resolver.close()


def _pace_key(url: URL) -> str:
    return (url.host_port_subcomponent or "").lower()


def _tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """Return what decides on certificates: the system's authorities, and those of `ca_file`."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    # Python 3.13 turns it on, and refuses certificates that every browser takes; the same everywhere is better.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except OSError as error:  # ssl.SSLError is one
            raise Config(f"SILKWIRE_CA_FILE={ca_file} can't be read as certificates in PEM: {error}") from error
    return context


def _body_failure(error: BodyFault | BadEncoding) -> Failure:
    match error:
        case BadEncoding() | Broken():
            return Failure(Reason.BAD_RESPONSE, str(error))
        case TooLarge():
            return Failure(Reason.TOO_LARGE, str(error))
        case _:
            return Failure(Reason.TIMEOUT, str(error))


def _failure(error: Exception) -> Failure:
    """Tell what a fault of the network means; the order goes from the special to the general."""
    detail = f"{type(error).__name__}: {error}"[:300].encode("utf-8", "replace").decode()
    match error:
        case aiohttp.ClientConnectorDNSError() | socket.gaierror():
            return Failure(Reason.DNS, detail)
        case aiohttp.ClientSSLError() | ssl.SSLError():
            return Failure(Reason.TLS, detail)
        case aiohttp.ServerTimeoutError():
            return Failure(Reason.TIMEOUT, detail)
        case aiohttp.InvalidURL() | aiohttp.NonHttpUrlClientError():
            return Failure(Reason.FORBIDDEN_ADDRESS, detail)
        case aiohttp.ClientPayloadError() | aiohttp.ClientResponseError() | HttpProcessingError() | ValueError():
            return Failure(Reason.BAD_RESPONSE, detail)
        case _:
            return Failure(Reason.CONNECTION, detail)
