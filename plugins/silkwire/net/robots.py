"""robots.txt: what a host asks of crawlers, read once a run and host (RFC 9309)."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from silkwire.net.client import Client, Failure
from silkwire.reasons import Reason
from silkwire.records import Outcome, Response

_READ_BYTES = 500 * 2**10  # RFC 9309, 2.5: at least 500 KiB must be read


@dataclass(frozen=True, slots=True)
class _Rules:
    """The parsed rules of a host; none where everything is allowed; a fault where they can't be known."""

    parsed: Protego | None
    fault: Outcome | None = None


class Robots:
    """The rules of the hosts met in a run."""

    def __init__(self, client: Client, user_agent: str) -> None:
        """Read robots.txt through `client`; `user_agent` is matched against its groups."""
        self._client = client
        self._user_agent = user_agent
        self._rules: dict[str, asyncio.Task[_Rules]] = {}

    async def judge(self, url: str) -> Outcome | None:
        """Return the outcome that robots.txt makes for `url`, or None where it may be fetched."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.create_task(self._read(f"{origin}/robots.txt"))
        rules = await self._rules[origin]
        if rules.fault is not None:
            return rules.fault
        if rules.parsed is not None and not rules.parsed.can_fetch(url, self._user_agent):
            return Outcome.skipped(Reason.ROBOTS)
        return None

    async def _read(self, url: str) -> _Rules:
        match await self._client.get(url, wanted=lambda status, content_type: status == 200):
            case Failure(reason, detail):
                return _Rules(None, Outcome.retry(reason, detail))
            case Response(status=status) if status >= 500 or status == 429:
                # RFC 9309, 2.3.1.4: a server that fails to tell its rules must be taken to forbid everything.
                return _Rules(None, Outcome.retry(Reason.ROBOTS_UNREACHABLE, f"{url} answers {status}"))
            case Response(status=200, body=body):
                return _Rules(Protego.parse(body[:_READ_BYTES].decode("utf-8", "replace")))
            case _:
                return _Rules(None)
