"""Which addresses may be contacted: public ones on the usual ports, and hosts that the settings allow by name.

A URL is checked in the form in which aiohttp will use it. Names are checked after they were resolved, and the
connection goes to the checked address, so a name that answers differently the second time gains nothing. The socket
itself is the last gate: it does not open towards an address that no check has let through, whatever way led there.
"""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

# What a host looks like once IDNA has made it ASCII: a name, or a number that aiohttp uses without resolving.
_NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?")
_DOTTED = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.|$)){4}(?<!\.)", re.ASCII)
# The URL standard takes a host for an IPv4 address by its last label: 127.1, 0x7f000001, 1.2.3.08
_NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)\.?", re.ASCII)
# An address that can be sent character by character: nothing in it needs an escape.
_PLAIN_URL = re.compile(r"https?://[a-z0-9.:-]+(?:[/?#][A-Za-z0-9\-._~:/?#@!$&'()*+,;=%|\[\]]*)?")

_LONGEST_NAME = 253
# IPv4 held in IPv6. 64:ff9b:1::/48 is what a network chooses for itself (RFC 8215), so nobody knows where it leads.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_TRANSLATED = ipaddress.IPv6Network("::ffff:0:0:0/96")
_ISATAP = 0x00005EFE
# Teredo lies in 2001::/23. Not all of these are private to every version of the ipaddress module.
_REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        *(
            "0.0.0.0/8",
            "100.64.0.0/10",
            "192.0.0.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
        *("64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16"),
        *("fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
    )
)

Lookup = Callable[..., list[tuple[Any, ...]]]


class ForbiddenAddress(Exception):  # noqa: N818 - it says what happened
    """The address is not one that may be contacted."""


class Guard:
    """The rule: a public address and an allowed port, or a host that is allowed by name (`rsshub`, `*.localhost`)."""

    def __init__(self, allow_hosts: Iterable[str] = (), allow_ports: Iterable[int] | None = None) -> None:
        """Remember which hosts may have private addresses and any port; `allow_ports` of None allows every port."""
        self._allowed = tuple(host.lower() for host in allow_hosts)
        self._ports = None if allow_ports is None else frozenset(allow_ports)
        self._opened: set[str] = set()
        self._passed: set[tuple[str, int | None]] = set()

    def allows_host(self, host: str) -> bool:
        """Say whether a host may have any address and port."""
        name = host.lower().rstrip(".")
        return any(
            name == pattern or (pattern.startswith("*.") and name.endswith(pattern[1:])) for pattern in self._allowed
        )

    def check_url(self, url: str) -> URL:
        """Return `url` as it will be sent; raise `ForbiddenAddress` for what needs no resolving to be refused.

        That is: other schemes, no host or an impossible one, a user or a password, a port that is not allowed, and
        numbers that are no public address or are written in a way that hides which address they are.
        """
        try:
            parsed = URL(url, encoded=_is_plain(url))
            scheme, host, port, user = parsed.scheme, parsed.raw_host, parsed.port, parsed.raw_user
            password = parsed.raw_password
        except (ValueError, TypeError, IndexError) as error:
            raise ForbiddenAddress(f"{_shown(url)} is not a usable address ({error})") from error
        if scheme not in ("http", "https") or not host:
            raise ForbiddenAddress(f"{_shown(url)} is not an http(s) address")
        if user is not None or password is not None:
            raise ForbiddenAddress(f"{_shown(url)} carries a user or a password")
        if (host, port) not in self._passed:
            self._check_host(host.lower())
            if self._ports is not None and port not in self._ports and not self.allows_host(host):
                raise ForbiddenAddress(f"{host} is to be contacted on port {port}, which the settings do not allow")
            self._passed.add((host, port))
        return parsed

    def check_address(self, host: str, address: str) -> None:
        """Refuse an address of `host` that is not public; remember one that is let through by the host's name."""
        if is_public(address):
            return
        if not self.allows_host(host):
            raise ForbiddenAddress(f"{host} has the private address {address}")
        self._opened.add(address)

    def open_socket(self, info: tuple[Any, ...]) -> socket.socket:
        """Open the socket of a connection (aiohttp's `socket_factory`): the last check, of the address itself."""
        family, kind, protocol, _, target = info
        if target[0] not in self._opened and not is_public(target[0]):
            raise ForbiddenAddress(f"the private address {target[0]} was not checked")
        return socket.socket(family, kind, protocol)

    def _check_host(self, host: str) -> None:
        if ":" in host or _DOTTED.fullmatch(host):
            try:
                self.check_address(host, str(ipaddress.ip_address(host)))
            except ValueError as error:
                raise ForbiddenAddress(f"{host[:100]} is not an address that can be checked") from error
        elif len(host) > _LONGEST_NAME + 1 or not _NAME.fullmatch(host):
            raise ForbiddenAddress(f"{_shown(host)} can't be the name of a host")
        elif _NUMBER.fullmatch(host):
            raise ForbiddenAddress(f"{host} is an address in disguise")


def is_public(address: str) -> bool:
    """Say whether an IP address is reachable from the whole internet, looking through IPv4 held in IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        return _is_global(parsed)
    if parsed.scope_id is not None:
        return False  # an interface of this machine
    if parsed in _COMPATIBLE or parsed in _TRANSLATED or (int(parsed) >> 32 & 0xFDFFFFFF) == _ISATAP:
        return False  # nobody serves the public by these: they are ways to spell an IPv4 address
    held = parsed.ipv4_mapped or parsed.sixtofour
    if held is None and parsed in _NAT64:
        held = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
    return _is_global(held or parsed)


def _is_global(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    special = address.is_multicast or address.is_reserved or address.is_private or address.is_unspecified
    return address.is_global and not special and not any(address in network for network in _REFUSED)


def _is_plain(url: str) -> bool:
    """Say whether an address is to be sent as it is: yarl would respell its escapes, and some servers sign those."""
    return "/." not in url and _PLAIN_URL.fullmatch(url) is not None


def _shown(text: str) -> str:
    return text[:200].encode("utf-8", "replace").decode()


class GuardedResolver(AbstractResolver):
    """Resolve names for aiohttp and let only allowed addresses through."""

    def __init__(self, guard: Guard, seconds: float = 10, lookup: Lookup = socket.getaddrinfo) -> None:
        """Resolve by `lookup` (the operating system), for at most `seconds`, checked by `guard`.

        It has threads of its own: names that do not answer for long must not hold up others' work in threads.
        """
        self._guard = guard
        self._seconds = seconds
        self._lookup = lookup
        self._threads = ThreadPoolExecutor(32, "resolver")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of `host`; raise `ForbiddenAddress` where one of them is not allowed."""
        if f".{host.rstrip('.')}".endswith(".localhost"):
            # RFC 6761, 6.3: such names are always loopback, whether the system's resolver knows it or not.
            found = {"127.0.0.1": socket.AF_INET}
        else:
            found = await self._look_up(host, port, family)
        for address in found:
            self._guard.check_address(host, address)
        return [
            ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=socket.AI_NUMERICHOST)
            for address, kind in found.items()
        ]

    async def _look_up(self, host: str, port: int, family: socket.AddressFamily) -> dict[str, socket.AddressFamily]:
        loop = asyncio.get_running_loop()
        asked = loop.run_in_executor(
            self._threads, self._lookup, host, port, family, socket.SOCK_STREAM, 0, socket.AI_ADDRCONFIG
        )
        try:
            async with asyncio.timeout(self._seconds):
                answers = await asked
        except TimeoutError as error:
            raise socket.gaierror(socket.EAI_AGAIN, f"no answer within {self._seconds:g} s") from error
        except UnicodeError as error:  # a label that is empty or too long
            raise socket.gaierror(socket.EAI_NONAME, str(error)) from error
        # A zone stays in the address, so that the check sees it.
        return {answer[4][0]: answer[0] for answer in answers if answer[0] in (socket.AF_INET, socket.AF_INET6)}

    async def close(self) -> None:
        """Release the threads; one that still waits for an answer ends by itself."""
        self._threads.shutdown(wait=False, cancel_futures=True)
