"""robots.txt: what a host asks of crawlers (RFC 9309), read once a day and parsed once a run."""

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from protego import Protego

from silkwire.net.client import Client, Exchange, Failure
from silkwire.net.links import origin_of
from silkwire.net.sniffing import Sniffed, sniff
from silkwire.reasons import Reason
from silkwire.records import Outcome, Response, StoredRobots
from silkwire.settings import Settings

_READ_BYTES = 500 * 2**10  # RFC 9309, 2.5: at least 500 KiB must be read
_FRESH = timedelta(days=1)
_FAULT_FRESH = timedelta(hours=1)
# Faults that say "there is no robots.txt here" (RFC 9309, 2.3.1.2 and 2.3.1.3). The page itself is judged by itself.
_SAYS_NOTHING = frozenset({Reason.TOO_MANY_REDIRECTS, Reason.FORBIDDEN_ADDRESS, Reason.TOO_LARGE})
_REASONS = {str(reason): reason for reason in Reason}
_AGENT_LINE = re.compile(r"\s*user[- ]?agent(?:\s*:\s*|\s+)(\*(?=\s|#|$)|[a-z_-]*)", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z_-]+")


class RobotsStore(Protocol):
    """Keeps answers to robots.txt between runs. An origin is scheme://host:port, the port only where it is unusual."""

    async def load(self, origin: str) -> StoredRobots | None:
        """Return what is stored of an origin, however old it is."""

    async def save(self, origin: str, found: StoredRobots) -> None:
        """Store the answer of an origin in place of an earlier one."""


class MemoryStore:
    """A store that lasts as long as the process."""

    def __init__(self) -> None:
        """Begin empty."""
        self._found: dict[str, StoredRobots] = {}

    async def load(self, origin: str) -> StoredRobots | None:
        """Return what is stored of an origin."""
        return self._found.get(origin)

    async def save(self, origin: str, found: StoredRobots) -> None:
        """Store the answer of an origin."""
        self._found[origin] = found


@dataclass(frozen=True, slots=True)
class Rules:
    """What a robots.txt says to one product.

    `parsed` is None where it says nothing, `fault` is there where it can't be known, `delay` is in seconds.
    """

    token: str
    parsed: Protego | None = None
    fault: Outcome | None = None
    delay: float | None = None
    sitemaps: tuple[str, ...] = ()

    def judge(self, url: str) -> Outcome | None:
        """Return the outcome that the rules make for `url`, or None where it may be fetched."""
        if self.fault is not None:
            return self.fault
        if self.parsed is not None and not self.parsed.can_fetch(url, self.token):
            return Outcome.skipped(Reason.ROBOTS)
        return None


class Robots:
    """The rules of the hosts met in a run."""

    def __init__(self, client: Client, settings: Settings, store: RobotsStore | None = None) -> None:
        """Read robots.txt through `client`, and keep it in `store`; we go by the product token of the User-Agent."""
        self._client = client
        self._store: RobotsStore = store or MemoryStore()
        found = _TOKEN.match(settings.user_agent)
        self._token = found[0].lower() if found else "silkwire"
        self._rules: dict[str, asyncio.Task[Rules]] = {}

    async def judge(self, url: str, deadline: float | None = None) -> Outcome | None:
        """Return the outcome that robots.txt makes for `url`, or None where it may be fetched.

        A host's Crawl-delay is kept by the client from then on. Raises `NoTurn` as `Client.get` does, where robots.txt
        has to be read and its turn would come only after `deadline`.
        """
        return (await self._rules_of(url, deadline)).judge(url)

    async def sitemaps(self, origin: str) -> tuple[str, ...]:
        """Return the addresses in the Sitemap lines of an origin (or of an address below it), as they are written."""
        return (await self._rules_of(origin)).sitemaps

    async def _rules_of(self, url: str, deadline: float | None = None) -> Rules:
        origin = origin_of(url)
        reading = self._rules.get(origin)
        if reading is not None and reading.done() and not reading.cancelled() and reading.exception() is None:
            return reading.result()
        if reading is None:
            reading = self._rules[origin] = asyncio.create_task(self._read(origin, deadline))
        try:
            # One caller that is cancelled must not take the rules from the others.
            return await asyncio.shield(reading)
        except Exception:
            self._rules.pop(origin, None)  # the store failed, or there was no turn: the next caller tries again
            raise

    async def _read(self, origin: str, deadline: float | None) -> Rules:
        stored = await self._store.load(origin)
        if stored is None or self._is_stale(stored):
            exchange = await self._client.get(
                f"{origin}/robots.txt",
                wanted=lambda status, _: 200 <= status < 300,
                deadline=deadline,
                cut=_READ_BYTES,
            )
            stored = to_store(exchange, self._client.now())
            await self._store.save(origin, stored)
        rules = parse_rules(stored, self._token)
        if rules.delay is not None:
            self._client.slow_down(origin, rules.delay)
        return rules

    def _is_stale(self, stored: StoredRobots) -> bool:
        age = self._client.now() - stored.fetched_at
        return not timedelta() <= age < (_FAULT_FRESH if _is_fault(stored.status) else _FRESH)


def to_store(exchange: Exchange, now: datetime) -> StoredRobots:
    """Return what is kept of an exchange: the rules' text, or a fault (a 5xx or 429, or a network's, with status 0)."""
    match exchange:
        case Failure(reason, detail) if reason in _SAYS_NOTHING:
            return StoredRobots(404, f"{reason}: {detail}", now)
        case Failure(reason, detail):
            return StoredRobots(0, f"{reason}: {detail}", now)
        case Response(status=status, body=body) if 200 <= status < 300:
            return StoredRobots(status, _rules_text(body), now)
        case Response(status=status):
            return StoredRobots(status, "", now)


def parse_rules(stored: StoredRobots, token: str) -> Rules:
    """Parse what is stored of an origin for the product `token`, lower-case; a fault lasts until it is asked again."""
    if _is_fault(stored.status):
        return Rules(token, fault=_fault(stored))
    if not 200 <= stored.status < 300 or not stored.body:
        return Rules(token)
    parsed = Protego.parse(_only_ours(stored.body, token))
    return Rules(token, parsed, delay=parsed.crawl_delay(token), sitemaps=tuple(parsed.sitemaps))


def _is_fault(status: int) -> bool:
    # RFC 9309, 2.3.1.4: a server that fails to tell its rules must be taken to forbid everything.
    return status >= 500 or status in (0, 429)


def _fault(stored: StoredRobots) -> Outcome:
    again = stored.fetched_at + _FAULT_FRESH
    if stored.status:
        return Outcome.retry(Reason.ROBOTS_UNREACHABLE, f"robots.txt answers {stored.status}", again)
    name, _, detail = stored.body.partition(": ")
    return Outcome.retry(_REASONS.get(name, Reason.ROBOTS_UNREACHABLE), f"robots.txt: {detail}", again)


def _rules_text(body: bytes) -> str:
    """Decode a robots.txt; empty where the answer is something else under its name."""
    # Plain text under the name of text/html is usual here, so the name says nothing.
    if sniff("", body) is not Sniffed.TEXT:
        return ""
    encoding = "utf-16" if body.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return body.decode(encoding, "replace")


def _only_ours(text: str, token: str) -> str:
    """Give all groups that are not for us one name.

    protego gives every rule to every name of its group: 15,000 names before 20,000 rules would take minutes and
    gigabytes. It also takes a name for ours that is only its beginning.
    """
    lines = text.splitlines()
    for number, line in enumerate(lines):
        found = _AGENT_LINE.match(line)
        if found:
            name = found[1].lower()
            lines[number] = f"user-agent: {name if name in ('*', token) else '?'}"
    return "\n".join(lines)
