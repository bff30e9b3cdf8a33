"""The end of a run: checks, the verdict, and the report that is stored and shown."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from silkwire.poll.judgement import weight
from silkwire.reasons import Reason
from silkwire.warehouse import feeds, marts, run_facts, runs
from silkwire.warehouse.checks import Failed, run_checks
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.run_facts import Example, FailingFeed, Gaps, Outage, Share, Totals
from silkwire.warehouse.runs import Count

# Faults that say something about our own connection when nothing else comes back.
_NETWORK = frozenset({Reason.DNS, Reason.CONNECTION, Reason.TIMEOUT, Reason.TLS})
# Fewer links or feeds than this say nothing about the network as a whole.
_ENOUGH_LINKS = 5
_ENOUGH_FEEDS = 5


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. Stored as JSON in `runs.report`; counts are of this run's tries.

    The fields with a default came later than the first stored reports, which lack them.
    """

    run_id: str
    state: str
    started_at: str
    finished_at: str
    seconds: float
    problems: tuple[str, ...]
    counts: tuple[Count, ...]
    totals: Totals
    pending: dict[str, int]
    countries: tuple[Share, ...]
    regions: tuple[Share, ...]
    topics: tuple[Share, ...]
    watch_topics: tuple[Share, ...]
    languages: tuple[Share, ...]
    failing_feeds: tuple[FailingFeed, ...]
    examples: tuple[Example, ...]
    failed_checks: tuple[Failed, ...]
    next_poll_at: str | None = None
    outages: tuple[Outage, ...] = ()
    gaps: Gaps = field(default_factory=Gaps)
    health: dict[str, int] = field(default_factory=dict)

    def items(self, item: str, *outcomes: str) -> int:
        """Count the items of a kind with one of the outcomes, or with any."""
        return sum(c.items for c in self.counts if c.item == item and (not outcomes or c.outcome in outcomes))

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return asdict(self)


def publish(engine: Engine, run_id: str, now: datetime) -> Report:
    """Refresh the marts, run the checks, judge the run, store its report and return it."""
    stale = _refresh_marts(engine)
    with transaction(engine) as connection:
        runs.begin(connection, run_id, now)
        report = _build(connection, run_id, now, stale)
        if is_cut_off(report.counts):
            feeds.pardon(connection, run_id, weight(Reason.DNS), now)
        runs.finish(connection, run_id, report.state, report.as_json(), now)
    return report


def read_report(stored: dict[str, Any]) -> Report:
    """Make a report of its stored JSON."""
    kinds: dict[str, Any] = {
        "counts": Count,
        "countries": Share,
        "regions": Share,
        "topics": Share,
        "watch_topics": Share,
        "languages": Share,
        "failing_feeds": FailingFeed,
        "examples": Example,
        "failed_checks": Failed,
        "outages": Outage,
    }
    stored = stored | {"failed_checks": [row | {"examples": tuple(row["examples"])} for row in stored["failed_checks"]]}
    stored["outages"] = [row | {"sources": tuple(row["sources"])} for row in stored.get("outages", ())]
    rows = {name: tuple(kind(**row) for row in stored[name]) for name, kind in kinds.items()}
    single = {"totals": Totals(**stored["totals"]), "gaps": Gaps(**stored.get("gaps", {}))}
    return Report(**{**stored, **rows, **single, "problems": tuple(stored["problems"])})


def is_cut_off(counts: Sequence[Count]) -> bool:
    """Say whether a run reached nothing at all: then it is our own connection, and no feed is to blame."""
    polled = [c for c in counts if c.item == "feed"]
    return sum(c.items for c in polled) >= _ENOUGH_FEEDS and _only(polled, _NETWORK)


def judge_run(counts: Sequence[Count], active_feeds: int, failed_checks: Sequence[Failed]) -> tuple[str, ...]:
    """Tell what makes a run a failed one: a stage that could do nothing at all, or a check with offending rows.

    A feed, link or page that fails never does; that is an outcome like another.
    """
    problems = []
    polled = [c for c in counts if c.item == "feed"]
    tried = sum(c.items for c in polled)
    if tried * 2 >= active_feeds and _only(polled, _NETWORK):
        problems.append(f"poll: none of {tried} feeds could be reached. No internet? Try: make demo")
    fetched = [c for c in counts if c.item == "link" and c.outcome != "skipped"]
    if sum(c.items for c in fetched) >= _ENOUGH_LINKS and _only(fetched, _NETWORK):
        problems.append(f"fetch: none of {sum(c.items for c in fetched)} links could be reached")
    for stage, item in (("extract", "page"), ("label", "article")):
        done = [c for c in counts if c.item == item]
        if _only(done, {Reason.CRASHED, Reason.RECORD_MISSING}):
            problems.append(f"{stage}: every {item} of {sum(c.items for c in done)} failed")
    problems.extend(
        f"check {check.check}: {check.rows} offending rows, such as {check.examples[0]}" for check in failed_checks
    )
    return tuple(problems)


def _only(counts: Sequence[Count], reasons: frozenset[Reason] | set[Reason]) -> bool:
    return bool(counts) and all(c.reason in reasons for c in counts)


def _refresh_marts(engine: Engine) -> tuple[str, ...]:
    """Bring the marts up to date; tell why not where that fails: dashboards are stale then, the report is not lost."""
    try:
        marts.refresh(engine)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        return (f"publish: the marts could not be refreshed and are those of an earlier run: {reason}",)
    return ()


def _build(connection: Connection, run_id: str, now: datetime, stale: tuple[str, ...]) -> Report:
    started_at = run_facts.started_at(connection, run_id)
    counts = runs.counts(connection, run_id)
    failed_checks = run_checks(connection)
    totals = run_facts.totals(connection)
    next_poll_at = feeds.next_due(connection)
    problems = judge_run(counts, totals.feeds, failed_checks) + stale
    return Report(
        run_id=run_id,
        state="failed" if problems else "success",
        started_at=started_at.isoformat(),
        finished_at=now.isoformat(),
        seconds=round((now - started_at).total_seconds(), 1),
        problems=problems,
        counts=tuple(counts),
        totals=totals,
        pending=run_facts.pending(connection, now),
        countries=run_facts.countries(connection, started_at),
        regions=run_facts.regions(connection, started_at),
        topics=run_facts.topics(connection, started_at, "medtop"),
        watch_topics=run_facts.topics(connection, started_at, "watch"),
        languages=run_facts.languages(connection, started_at),
        failing_feeds=run_facts.failing_feeds(connection, run_id),
        examples=run_facts.examples(connection, started_at),
        failed_checks=tuple(failed_checks),
        next_poll_at=next_poll_at.isoformat() if next_poll_at else None,
        outages=run_facts.outages(connection),
        gaps=run_facts.coverage(connection, started_at),
        health=run_facts.health(connection),
    )
