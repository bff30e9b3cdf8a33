"""The runs of the large warehouse: their polls, counts and reports, the gaps, and how each feed stands at the end."""

from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np
from psycopg.types.json import Jsonb
from sqlalchemy import Connection, text

from benchmarks.million_bulk import Row, copy_rows
from benchmarks.million_feeds import DAY, FAULTS, GONE, HOUR, Integers, Standing
from benchmarks.million_load import FATES, lost_links, stamps
from benchmarks.million_plan import Plan, World
from benchmarks.million_reports import Reports

_ENTRIES = 25
_GAPS = 90
_POLLS = ("run_id", "feed_id", "polled_at", "status", "entries", "known_links", "new_links", "outcome", "reason")
_RUNS = ("id", "started_at", "finished_at", "state", "report")
_COUNTS = ("run_id", "stage", "item", "outcome", "reason", "items")


class Ledger:
    """Writes what the runs of a plan left behind."""

    def __init__(self, world: World, plan: Plan, seed: int) -> None:
        """Count the new links of each poll."""
        self._world, self._plan, self._seed = world, plan, seed
        self._beside, self._fates = lost_links(plan, seed)
        polls = len(world.polls.at)
        self._new = np.bincount(plan.poll, minlength=polls) + np.bincount(plan.poll[self._beside], minlength=polls)
        self.run_ids = [f"scheduled__{moment}+00:00" for moment in stamps(world.calendar.runs)]

    def load(self, connection: Connection) -> str:
        """Load all of it; return the id of the newest run, which has no report yet."""
        copy_rows(connection, "polls", _POLLS, list(self._poll_rows()))
        counts = self._counts()
        copy_rows(connection, "run_counts", _COUNTS, list(self._count_rows(counts)))
        copy_rows(connection, "runs", _RUNS, list(self._run_rows(counts)))
        copy_rows(connection, "runs", _RUNS, list(self._jobs()))
        self._save_gaps(connection)
        self._save_feeds(connection)
        return self.run_ids[-1]

    def _poll_rows(self) -> Iterator[Row]:
        polls = self._world.polls
        columns = (polls.run.tolist(), polls.feed.tolist(), stamps(polls.at), polls.fault.tolist(), self._new.tolist())
        for run, feed, at, fault, new in zip(*columns, strict=True):
            key = (self.run_ids[run], self._world.feeds[feed].id, at)
            if fault >= 0:
                reason, status = FAULTS[fault]
                yield (*key, status, 0, 0, 0, "gone" if fault == GONE else "retry", reason)
            elif new:
                yield (*key, 200, max(_ENTRIES, new + 3), max(_ENTRIES - new, 3), new, "ok", None)
            else:
                yield (*key, 304, 0, 0, 0, "unchanged", None)

    def _counts(self) -> dict[tuple[str, str, str, str], Integers]:
        """Count the fates of all items: an array over the runs for each stage, item, outcome and reason."""
        polls, plan = self._world.polls, self._plan
        run, lost = polls.run[plan.poll], polls.run[plan.poll[self._beside]]
        answered = polls.fault == -1
        told = (
            (plan.subjects[plan.origin, 0] >= 0) | (plan.topics[plan.origin, 0] >= 0) | (plan.watch[plan.origin] >= 0)
        )

        def tally(runs: Integers, weights: Integers | None = None) -> Integers:
            return np.bincount(runs, weights, minlength=len(self.run_ids)).astype(np.int64)

        counts = {
            ("poll", "feed", "ok", ""): tally(polls.run[answered & (self._new > 0)]),
            ("poll", "feed", "unchanged", ""): tally(polls.run[answered & (self._new == 0)]),
            ("poll", "entry", "ok", ""): tally(polls.run, self._new),
            ("poll", "entry", "unchanged", ""): tally(polls.run, np.maximum(_ENTRIES - self._new, 3) * (self._new > 0)),
            ("fetch", "link", "ok", ""): tally(run[~plan.refused]),
            ("fetch", "link", "failed", "access_denied"): tally(run[plan.refused]),
            ("extract", "page", "ok", ""): tally(run),
            ("label", "article", "ok", ""): tally(run[told]),
            ("label", "article", "abstained", "no_evidence"): tally(run[~told]),
        }
        for number, (reason, _) in enumerate(FAULTS):
            outcome = "gone" if number == GONE else "retry"
            counts["poll", "feed", outcome, reason] = tally(polls.run[polls.fault == number])
        for number, (_, outcome, reason, page, why) in enumerate(FATES):
            these = tally(lost[self._fates == number])
            key = ("fetch", "link", outcome, reason or "")
            counts[key] = counts.get(key, 0) + these
            if page is not None and why is not None:
                counts["extract", "page", page, why] = these
        return counts

    def _count_rows(self, counts: dict[tuple[str, str, str, str], Integers]) -> Iterator[Row]:
        for key, items in counts.items():
            for run in np.flatnonzero(items).tolist():
                yield (self.run_ids[run], *key, int(items[run]))

    def _run_rows(self, counts: dict[tuple[str, str, str, str], Integers]) -> Iterator[Row]:
        """Yield the runs: nearly all went well, some failed, a few were broken off and have no report."""
        reports = Reports(self._world, self._plan, counts, self.run_ids)
        chance = np.random.default_rng([self._seed, 5])
        dice = chance.random(len(self.run_ids)).tolist()
        seconds = (150 + chance.exponential(200, len(self.run_ids))).astype(np.int64)
        starts = self._world.calendar.runs
        for run, (start, finish) in enumerate(zip(stamps(starts), stamps(starts + seconds), strict=True)):
            if run == len(self.run_ids) - 1:
                yield self.run_ids[run], start, None, "running", None
            elif dice[run] < 0.004:
                yield self.run_ids[run], start, None, "interrupted", None
            else:
                report = reports.of(run, int(seconds[run]), failed=dice[run] < 0.015)
                yield self.run_ids[run], start, finish, report["state"], Jsonb(report)

    def _jobs(self) -> Iterator[Row]:
        """Yield a run of the job that repairs gaps for each day; jobs have no report."""
        starts = self._world.calendar.runs
        days = starts[np.unique(starts // DAY, return_index=True)[1]] + 900
        for start, finish in zip(stamps(days), stamps(days + 20), strict=True):
            yield f"maintain__{start}+00:00", start, finish, "success", None

    def _save_gaps(self, connection: Connection) -> None:
        """Open a gap at some polls; the newest are open still, of the others most were repaired."""
        polls, feeds = self._world.polls, self._world.feeds
        chance = np.random.default_rng([self._seed, 6])
        chosen = np.sort(chance.choice(np.flatnonzero(self._new > 0), _GAPS, replace=False))
        ends = (("ok", None, 4), ("ok", None, 0), ("failed", "no_sitemap", 0), ("failed", "out_of_reach", 2))
        rows: list[Row] = []
        for poll in chosen.tolist():
            feed, at = feeds[polls.feed[poll]], int(polls.at[poll])
            since, until, closed = stamps(np.array([at - int(chance.integers(2, 30)) * HOUR, at, at + 1800]))
            how, why, found = ends[int(chance.choice(4, p=(0.6, 0.2, 0.1, 0.1)))]
            is_open = self._world.calendar.end - at < 3 * DAY
            fate = (0, until, None, 0, None, None) if is_open else (1, None, closed, found, how, why)
            rows.append((feed.id, until, feed.source_id, since, until, *fate))
        columns = ("feed_id", "opened_at", "source_id", "missing_since", "missing_until")
        fate_columns = ("attempts", "next_try_at", "closed_at", "found_links", "outcome", "reason")
        copy_rows(connection, "gaps", (*columns, *fate_columns), rows)

    def _save_feeds(self, connection: Connection) -> None:
        """Tell when sources and feeds joined, and how each feed's last poll went."""
        world, polls = self._world, self._world.polls
        for number, feed in enumerate(world.feeds):
            own = slice(int(polls.bounds[number]), int(polls.bounds[number + 1]))
            fault, at = polls.fault[own], polls.at[own]
            well, fresh = at[fault == -1], at[self._new[own] > 0]
            reason = FAULTS[fault[-1]][0] if fault[-1] >= 0 else None
            went = "ok" if self._new[own][-1] else "unchanged"
            failures = len(fault) - 1 - int(np.flatnonzero(fault == -1)[-1])
            connection.execute(
                text(_FEED),
                {
                    "id": feed.id,
                    "joined": _moment(_joined(world.standing, feed.source, world.calendar.start)),
                    "polled": _moment(int(at[-1])),
                    "succeeded": _moment(int(well[-1])),
                    "fresh": _moment(int(fresh[-1])) if len(fresh) else None,
                    "due": _moment(world.calendar.end + 600),
                    "failures": failures,
                    "run": self.run_ids[int(polls.run[own][-1])],
                    "outcome": went if reason is None else "gone" if fault[-1] == GONE else "retry",
                    "reason": reason,
                    "rate": float(self._new[own][at > at[-1] - 30 * DAY].sum() / 30),
                    "entries": _ENTRIES,
                    "active": fault[-1] != GONE,
                },
            )
        connection.execute(text(_SOURCES))


_FEED = """
    update feeds set added_at = :joined, polled_at = :polled, succeeded_at = :succeeded, new_link_at = :fresh,
    next_poll_at = :due, failures = :failures, run_id = :run, outcome = :outcome, reason = :reason,
    items_a_day = :rate, entries = :entries, active = :active where id = :id
"""
_SOURCES = """
    update sources set added_at = joined.added_at
    from (select source_id, min(added_at) as added_at from feeds group by source_id) as joined
    where joined.source_id = sources.id
"""


def _joined(standing: Standing, source: int, start: int) -> int:
    return start + int(standing.joined[source]) * DAY


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
