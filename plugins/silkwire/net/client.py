"""The HTTP client: GET with bounds on everything, and an answer for every fault."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

import aiohttp

from silkwire.net.guard import ForbiddenAddress, Guard, GuardedResolver
from silkwire.net.pace import Pace
from silkwire.reasons import Reason
from silkwire.records import Response
from silkwire.settings import Settings

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_MAX_REDIRECTS = 10

Wanted = Callable[[int, str], bool]


@dataclass(frozen=True, slots=True)
class Failure:
    """No usable answer came: why, and the detail for a person."""

    reason: Reason
    detail: str


Exchange = Response | Failure


class Client:
    """GETs URLs: addresses guarded, hosts paced, redirects followed by hand, bodies capped after decompression."""

    def __init__(
        self, session: aiohttp.ClientSession, settings: Settings, guard: Guard, clock: Callable[[], datetime]
    ) -> None:
        """Use `open_client` instead."""
        self._session = session
        self._guard = guard
        self._pace = Pace(settings.host_delay)
        self._body_cap = settings.body_cap
        self._total_timeout = settings.total_timeout
        self._clock = clock

    async def get(
        self, url: str, headers: Mapping[str, str] | None = None, wanted: Wanted = lambda status, content_type: True
    ) -> Exchange:
        """GET `url`. The body is read only where `wanted(status, content_type)`; it is empty otherwise."""
        try:
            return await self._follow(url, headers or {}, wanted)
        except TimeoutError:
            return Failure(Reason.TIMEOUT, f"no complete answer within {self._total_timeout:g} s")
        except ForbiddenAddress as error:
            return Failure(Reason.FORBIDDEN_ADDRESS, str(error))
        except (aiohttp.ClientError, ssl.SSLError, OSError, ValueError) as error:
            return _failure(error)

    async def _follow(self, url: str, headers: Mapping[str, str], wanted: Wanted) -> Exchange:
        permanent = True
        for hop in range(_MAX_REDIRECTS + 1):
            self._guard.check_url(url)
            async with self._pace.turn(urlsplit(url).netloc.lower()):
                answer = await self._exchange(url, headers, wanted)
            if isinstance(answer, Failure):
                return answer
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not location:
                return replace(answer, permanent=permanent and hop > 0)
            permanent = permanent and answer.status in _PERMANENT
            url = urljoin(url, location.strip())
        return Failure(Reason.TOO_MANY_REDIRECTS, f"more than {_MAX_REDIRECTS} redirects, the last to {url[:200]}")

    async def _exchange(self, url: str, headers: Mapping[str, str], wanted: Wanted) -> Exchange:
        # The limit is on each exchange: waiting for a turn at a host is nobody's slowness.
        async with (
            asyncio.timeout(self._total_timeout),
            self._session.get(url, headers=headers, allow_redirects=False) as answer,
        ):
            # aiohttp keeps bytes that are not UTF-8 as lone surrogates, which can't be stored.
            received = {
                name.lower(): value.encode("utf-8", "replace").decode() for name, value in answer.headers.items()
            }
            body: bytes | None = b""
            if answer.status not in _REDIRECTS and wanted(answer.status, received.get("content-type", "")):
                body = await self._read(answer)
            if body is None:
                return Failure(Reason.TOO_LARGE, f"over {self._body_cap} bytes")
            return Response(url, answer.status, received, body, self._clock())

    async def _read(self, answer: aiohttp.ClientResponse) -> bytes | None:
        """Read a body, decompressed as it streams; None where it grows over the cap."""
        body = bytearray()
        async for chunk in answer.content.iter_any():
            body += chunk
            if len(body) > self._body_cap:
                answer.close()
                return None
        return bytes(body)


@asynccontextmanager
async def open_client(settings: Settings, clock: Callable[[], datetime]) -> AsyncIterator[Client]:
    """Open a client for the duration of the block. `clock` tells the time of each answer, aware and in UTC."""
    guard = Guard(settings.allow_hosts)
    connector = aiohttp.TCPConnector(
        limit=settings.connections, limit_per_host=1, resolver=GuardedResolver(guard), ttl_dns_cache=300
    )
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=settings.connect_timeout)
    headers = {"User-Agent": settings.sent_user_agent, "Accept-Language": "*"}
    async with aiohttp.ClientSession(
        connector=connector, timeout=timeout, headers=headers, cookie_jar=aiohttp.DummyCookieJar()
    ) as session:
        yield Client(session, settings, guard, clock)


def _failure(error: Exception) -> Failure:
    """Tell what a fault of the network means; the order goes from the special to the general."""
    detail = f"{type(error).__name__}: {error}"[:300]
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ForbiddenAddress):
            return Failure(Reason.FORBIDDEN_ADDRESS, str(cause))
        cause = cause.__cause__ or getattr(cause, "os_error", None)
    match error:
        case aiohttp.ClientConnectorDNSError() | socket.gaierror():
            return Failure(Reason.DNS, detail)
        case aiohttp.ClientSSLError() | ssl.SSLError():
            return Failure(Reason.TLS, detail)
        case aiohttp.ServerTimeoutError():
            return Failure(Reason.TIMEOUT, detail)
        case aiohttp.InvalidURL() | aiohttp.NonHttpUrlClientError() | ValueError():
            return Failure(Reason.FORBIDDEN_ADDRESS, detail)
        case aiohttp.ClientPayloadError() | aiohttp.ClientResponseError():
            return Failure(Reason.BAD_RESPONSE, detail)
        case _:
            return Failure(Reason.CONNECTION, detail)
