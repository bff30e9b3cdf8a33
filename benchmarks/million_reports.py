"""The reports of the large warehouse's runs, with figures that agree with its articles."""

from datetime import UTC, datetime
from typing import Any

import numpy as np

from benchmarks.million_feeds import FAULTS, Integers
from benchmarks.million_plan import Plan, World
from silkwire.label.topics.vocabulary import topic_codes
from silkwire.report.publication import Report
from silkwire.warehouse.run_facts import FailingFeed, Gaps, Share, Totals
from silkwire.warehouse.runs import Count

Counts = dict[tuple[str, str, str, str], Integers]


class Reports:
    """Makes the stored report of any run of a plan."""

    def __init__(self, world: World, plan: Plan, counts: Counts, run_ids: list[str]) -> None:
        """Count the articles of each run by language, place and topic."""
        self._world, self._counts, self._run_ids = world, counts, run_ids
        run, origin = world.polls.run[plan.poll], plan.origin
        languages = sorted({feed.language for feed in world.feeds})
        spoken = np.array([languages.index(feed.language) for feed in world.feeds])[plan.feed]
        first = plan.subjects[origin, 0]
        second = np.where(plan.about[origin] & (plan.subjects[origin, 1] != first), plan.subjects[origin, 1], -1)
        places = self._table(run, first, len(world.subjects)) + self._table(run, second, len(world.subjects))
        topics = sum(self._table(run, plan.topics[origin, column], world.topics) for column in (0, 1))
        self._tables: dict[str, tuple[list[str], Any]] = {
            "languages": (languages, self._table(run, spoken, len(languages))),
            "countries": self._by_place(places, [[s.country] if s.country else [] for s in world.subjects]),
            "regions": self._by_place(places, [list(s.regions) for s in world.subjects]),
            "topics": (list(topic_codes().values()), topics),
            "watch_topics": (list(world.watch), self._table(run, plan.watch[origin], len(world.watch))),
        }
        self._links = counts["poll", "entry", "ok", ""].cumsum()
        self._articles = counts["extract", "page", "ok", ""].cumsum()
        order = np.argsort(world.polls.run, kind="stable")
        self._polls = order[world.polls.fault[order] >= 0]

    def _table(self, run: Integers, label: Integers, labels: int) -> Integers:
        """Count the articles of each run by a label: a row a run, a column a label."""
        kept = label >= 0
        cells = np.bincount(run[kept] * labels + label[kept], minlength=len(self._run_ids) * labels)
        return cells.reshape(len(self._run_ids), labels)

    def _by_place(self, places: Integers, named: list[list[str]]) -> tuple[list[str], Integers]:
        names = sorted({name for each in named for name in each})
        return names, places @ np.array([[name in each for name in names] for each in named], dtype=np.int64)

    def of(self, run: int, seconds: int, *, failed: bool) -> dict[str, Any]:
        """Return the report of a run that took so many seconds."""
        start = int(self._world.calendar.runs[run])
        counts = tuple(Count(*key, int(items[run])) for key, items in sorted(self._counts.items()) if items[run])
        feeds, failing = self._world.feeds, self._failing(run)
        return Report(
            run_id=self._run_ids[run],
            state="failed" if failed else "success",
            started_at=datetime.fromtimestamp(start, UTC).isoformat(),
            finished_at=datetime.fromtimestamp(start + seconds, UTC).isoformat(),
            seconds=float(seconds),
            problems=("fetch: none of 12 links could be reached",) if failed else (),
            counts=counts,
            totals=Totals(
                len({feed.source for feed in feeds}), len(feeds), int(self._links[run]), int(self._articles[run])
            ),
            pending={"fetch": 0, "extract": 0, "label": 0},
            failing_feeds=failing,
            examples=(),
            failed_checks=(),
            next_poll_at=datetime.fromtimestamp(start + 600, UTC).isoformat(),
            gaps=Gaps(),
            health={"healthy": len(feeds) - len(failing), "unreachable": len(failing)},
            **{name: self._shares(name, run) for name in self._tables},
        ).as_json()

    def _shares(self, name: str, run: int) -> tuple[Share, ...]:
        names, table = self._tables[name]
        shares = [Share(names[column], int(table[run, column])) for column in np.flatnonzero(table[run]).tolist()]
        return tuple(sorted(shares, key=lambda share: (-share.articles, share.name)))

    def _failing(self, run: int) -> tuple[FailingFeed, ...]:
        polls = self._world.polls
        first, last = np.searchsorted(polls.run[self._polls], (run, run + 1))
        found = []
        for poll in self._polls[first:last].tolist():
            feed, fault = self._world.feeds[polls.feed[poll]], FAULTS[polls.fault[poll]]
            outcome = "gone" if fault[0] == "feed_gone" else "retry"
            found.append(FailingFeed(feed.name, feed.url, outcome, fault[0], str(fault[1] or ""), 1.0, "unreachable"))
        return tuple(found)
