"""The hosts of the chaos run: what each publishes, lists and how it fails, at any time."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

START = datetime(2026, 11, 1, tzinfo=UTC)
DAY = timedelta(days=1)
FAILING = timedelta(hours=8)
CRAWL_DELAY = 0.1


def chance(seed: str) -> random.Random:
    """Return chance that is the same in every run."""
    return random.Random(seed)  # noqa: S311 - nothing is kept secret


class Fault(StrEnum):
    """A way to fail, for a host's feed, pages and robots.txt alike."""

    DNS = "dns"  # a redirect to a name that does not resolve
    TLS = "tls"  # a redirect to a certificate that nobody vouches for
    REFUSED = "refused"  # a redirect to a closed port
    DROPPED = "dropped"  # the connection is closed without an answer
    RESET = "reset"  # the connection breaks in the middle of the body
    TRUNCATED = "truncated"  # it is closed there, politely
    HALF = "half"  # half a body, sent as if it were whole
    GARBAGE = "garbage"
    MAINTENANCE = "maintenance"  # 200, and a page that says sorry
    ERROR = "error"  # 500
    BUSY = "busy"  # 503
    LIMITED = "limited"  # 429 with Retry-After in seconds
    LIMITED_UNTIL = "limited_until"  # 429 with Retry-After as a date
    STALE = "stale"  # answers "unchanged" whatever has changed
    SLOW = "slow"  # answers nothing until the client gives up


# Each wait for a slow host is real time, so that there are fewer of those.
_TURNS = [fault for fault in Fault if fault is not Fault.SLOW] * 2 + [Fault.SLOW]


@dataclass(frozen=True, slots=True)
class Handed:
    """The items of one answer about the feed that the host gave well."""

    at: datetime
    items: range


@dataclass(slots=True)
class Visit:
    """One request, in seconds of `time.monotonic()`; `ended` is when the answer was written; None: never."""

    path: str
    began: float
    ended: float | None = None


@dataclass(slots=True)
class Host:
    """One outlet: what it has published by when, what it lists, how it fails, and who asked for what."""

    number: int
    days: int
    handed: list[Handed] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"h{self.number}.localhost"

    @property
    def hurries(self) -> bool:
        """Say whether its window is shorter than its failures: such a host loses items for whoever polls it."""
        return self.number % 20 == 3

    @property
    def a_day(self) -> float:
        """Items a day."""
        return 10.0 if self.hurries else (0.3, 0.6, 1.2, 2.4)[self.number % 4]

    @property
    def window(self) -> int:
        return 2 if self.hurries else max(8, round(self.a_day * 4))

    @property
    def style(self) -> str:
        """How it writes its items."""
        styles = ("plain", "tracked", "rotating", "edited", "relative", "validated")
        return styles[self.number % len(styles)]

    @property
    def crawl_delay(self) -> float:
        return CRAWL_DELAY if self.number % 10 == 5 else 0.0

    def published_at(self, item: int) -> datetime:
        """Tell when an item appeared; three are older than the run."""
        jitter = chance(f"{self.number}/{item}").random() * 0.8
        return START + (item - 3 + jitter) * DAY / self.a_day

    def published(self, now: datetime) -> int:
        """Count the items that appeared by `now`; no news comes in the calm."""
        until = min(now, START + self.days * DAY)
        count = max(0, int((until - START) / DAY * self.a_day) + 2)
        while self.published_at(count) <= until:
            count += 1
        return count

    def listed(self, now: datetime) -> range:
        """Return the items that it lists, the oldest first."""
        count = self.published(now)
        return range(max(0, count - self.window), count)

    def left_at(self, item: int) -> datetime:
        """Tell when an item leaves the window, if news goes on."""
        return self.published_at(item + self.window)

    def fault(self, now: datetime) -> Fault | None:
        """Tell how it fails at `now`."""
        turn = (now - START) // FAILING
        if now >= START + self.days * DAY or (turn + self.number) % 3:
            return None
        return chance(f"{self.number}:{turn}").choice(_TURNS)
