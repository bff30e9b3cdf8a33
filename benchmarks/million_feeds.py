"""A year of polls for the large warehouse: when each feed was asked, and which of them answered.

Most runs are there, and the pipeline stands still for some hours and once for two days. Six sources join in the year,
eight are broken for a spell, one country is cut off for a day, one feed is removed by its server for good.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

DAYS = 365
DAY = 86_400
HOUR = 3_600
FAULTS = (("server_error", 503), ("timeout", None), ("dns", None), ("access_denied", 403), ("feed_gone", 410))
GONE = FAULTS.index(("feed_gone", 410))
_JOINED = 6
# How many days before the end a spell begins, and how many days it lasts.
_SPELLS = ((310, 30), (250, 4), (180, 55), (140, 9), (75, 2), (41, 6), (25, 12), (9, 9))
_DEAD_SINCE = 110
_CUT_OFF = ("UZ", 70)  # a country, and how many days before the end it is out of reach, for a day
_STANDSTILLS = ((260, 7), (199, 48), (120, 3), (33, 5), (12, 30))  # days before the end, and hours

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WatchedFeed:
    """A feed as the plan wants it: who has it, in which language, and from which country."""

    id: str
    source: int
    source_id: str
    name: str
    url: str
    host: str
    site: str
    language: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Calendar:
    """The year of the warehouse, in seconds since 1970: its first midnight, its end, and when runs began."""

    start: int
    end: int
    runs: Integers

    @classmethod
    def until(cls, end: int, hours: int) -> "Calendar":
        """Plan a run every so many hours up to an hour before `end`, but for the times when nothing ran."""
        start = end - end % DAY - (DAYS - 1) * DAY
        runs = np.arange(start + 300, end - HOUR, hours * HOUR, dtype=np.int64)
        stood_still = np.zeros(len(runs), dtype=bool)
        for days, hours_long in _STANDSTILLS:
            since = end - end % DAY - days * DAY
            stood_still |= (runs >= since) & (runs < since + hours_long * HOUR)
        return cls(start, end, np.append(runs[~stood_still], end - HOUR))


@dataclass(frozen=True)
class Polls:
    """The polls of all feeds, ordered by feed and time: `run` is a run's number, `fault` a fault's or -1."""

    feed: Integers
    run: Integers
    at: Integers
    fault: Integers

    @cached_property
    def bounds(self) -> Integers:
        """Where each feed's polls begin, and where the last one's end."""
        return np.searchsorted(self.feed, np.arange(int(self.feed[-1]) + 2))


@dataclass(frozen=True, slots=True)
class Standing:
    """How the sources fared: the day each joined, its broken days, and the feed that is no more."""

    joined: Integers
    broken: Flags
    dead_feed: int
    dead_since: int

    @classmethod
    def drawn(cls, feeds: list[WatchedFeed], chance: np.random.Generator) -> "Standing":
        """Draw which sources join late, break or die; none of them twice."""
        sources = max(feed.source for feed in feeds) + 1
        chosen = chance.permutation(sources)
        joined = np.full(sources, -30)
        joined[chosen[:_JOINED]] = np.sort(chance.integers(120, 300, _JOINED))
        broken = np.zeros((DAYS, sources), dtype=bool)
        for source, (days, length) in zip(chosen[_JOINED:], _SPELLS, strict=False):
            broken[DAYS - days : DAYS - days + length, source] = True
        country, days = _CUT_OFF
        broken[DAYS - days, [feed.source for feed in feeds if feed.country == country]] = True
        dead = next(number for number, feed in enumerate(feeds) if feed.source == chosen[-1])
        return cls(joined, broken, dead, DAYS - _DEAD_SINCE)

    def alive(self, feeds: list[WatchedFeed]) -> Flags:
        """Say on which days which feeds can give articles: one row a day, one column a feed."""
        owner = np.array([feed.source for feed in feeds])
        days = np.arange(DAYS)[:, None]
        alive: Flags = (days >= self.joined[owner]) & ~self.broken[:, owner]
        alive[self.dead_since :, self.dead_feed] = False
        return alive


def plan_polls(feeds: list[WatchedFeed], rates: Floats, calendar: Calendar, standing: Standing, seed: int) -> Polls:
    """Poll each feed in every run, or in every second to sixth where it publishes less; `rates` are articles a day."""
    chance = np.random.default_rng([seed, 2])
    parts = []
    for number, feed in enumerate(feeds):
        step = int(np.clip(round(24 / max(rates[number], 1) / 2), 1, 6)) if len(calendar.runs) > 4 * DAYS else 1
        runs = np.arange(number % step, len(calendar.runs), step)
        day = (calendar.runs[runs] - calendar.start) // DAY
        runs, day = runs[day >= standing.joined[feed.source]], day[day >= standing.joined[feed.source]]
        fault = np.where(chance.random(len(runs)) < 0.01, chance.integers(0, 2, len(runs)), -1)
        fault[standing.broken[day, feed.source]] = number % 4
        if number == standing.dead_feed:
            end = int(np.searchsorted(day, standing.dead_since)) + 1
            runs, fault = runs[:end], fault[:end]
            fault[-1] = GONE
        at = calendar.runs[runs] + chance.integers(5, 120, len(runs))
        parts.append((np.full(len(runs), number), runs, at, fault))
    feed_column, run, at, fault = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Polls(feed_column, run, at, fault)
