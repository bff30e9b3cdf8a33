"""Which addresses may be contacted: public ones, and hosts that the settings allow by name.

Names are checked after they were resolved, and the connection goes to the checked address, so a name that answers
differently the second time gains nothing.
"""

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class ForbiddenAddress(Exception):  # noqa: N818 - it says what happened
    """The address is not one that may be contacted."""


class Guard:
    """The rule: a public address, or a host that is allowed by name (`rsshub`, `*.localhost`)."""

    def __init__(self, allow_hosts: Iterable[str] = ()) -> None:
        """Remember which hosts may have private addresses."""
        self._allowed = tuple(allow_hosts)

    def allows_host(self, host: str) -> bool:
        """Say whether a host may have any address."""
        name = host.lower().rstrip(".")
        return any(
            name == pattern or (pattern.startswith("*.") and name.endswith(pattern[1:])) for pattern in self._allowed
        )

    def check_url(self, url: str) -> None:
        """Refuse what needs no resolving: other schemes, URLs without a host, addresses written as numbers."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ForbiddenAddress(f"{url[:200]} is not an http(s) address")
        try:
            address = ipaddress.ip_address(parts.hostname)
        except ValueError:
            return
        self.check_address(parts.hostname, str(address))

    def check_address(self, host: str, address: str) -> None:
        """Refuse an address of `host` that is not public."""
        if not is_public(address) and not self.allows_host(host):
            raise ForbiddenAddress(f"{host} has the private address {address}")


def is_public(address: str) -> bool:
    """Say whether an IP address is reachable from the whole internet, looking through IPv4 held in IPv6."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        held = parsed.ipv4_mapped or parsed.sixtofour
        if held is None and parsed in _NAT64:
            held = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if held is not None:
            return is_public(str(held))
    return parsed.is_global and not parsed.is_multicast


class GuardedResolver(AbstractResolver):
    """Resolve names for aiohttp and let only allowed addresses through."""

    def __init__(self, guard: Guard) -> None:
        """Resolve by the operating system, checked by `guard`."""
        self._guard = guard
        self._system = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of `host`; raise `ForbiddenAddress` where one of them is not allowed."""
        if host == "localhost" or host.endswith(".localhost"):
            # RFC 6761, 6.3: such names are always loopback, whether the system's resolver knows it or not.
            results = await self._system.resolve("127.0.0.1", port, socket.AF_INET)
            for result in results:
                result["hostname"] = host
        else:
            results = await self._system.resolve(host, port, family)
        for result in results:
            self._guard.check_address(host, result["host"])
        return results

    async def close(self) -> None:
        """Release the resolver."""
        await self._system.close()
