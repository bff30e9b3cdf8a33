"""How the pipeline stands: its last run, what waits for the next, and everything that is broken now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import RowMapping

from silkwire.report.publication import Report, read_report
from silkwire.web.kept import kept
from silkwire.web.reader import Reader, Statement

# Sources that can't be read or say nothing; `unpolled` waits for its first poll, `moved` is followed by itself.
WELL = frozenset(("ok", "unpolled", "moved"))
LOOK_BACK = timedelta(days=14)  # in which the last run is looked for first
# A job's run has no report.
IS_FLOW = "(runs.finished_at is null or runs.report is not null)"


@dataclass(frozen=True, slots=True)
class RunStatus:
    """The last run and what is broken. `feeds` counts all feeds, `health` those of each health."""

    last: RowMapping | None
    report: Report | None
    health: dict[str, int]
    outages: tuple[RowMapping, ...]
    open_gaps: int
    next_poll_at: datetime | None

    @property
    def feeds(self) -> int:
        """How many feeds are on the list."""
        return sum(self.health.values())

    @property
    def ailing(self) -> dict[str, int]:
        """The feeds that need a look, by health."""
        return {health: feeds for health, feeds in self.health.items() if health not in WELL}

    @property
    def is_broken(self) -> bool:
        """Whether there is anything to look at."""
        problems = self.report.problems if self.report else ()
        failed = self.last is not None and self.last["state"] in ("failed", "interrupted")
        return bool(self.ailing or self.outages or self.open_gaps or problems or failed)


def read_status(reader: Reader, now: datetime) -> RunStatus:
    """Read how the pipeline stands."""
    last = reader.row(_last(now - LOOK_BACK)) or reader.row(_last(None))
    # Feeds change between two runs too, with upkeep: a minute old is new enough.
    minute = now.replace(second=0, microsecond=0)
    feeds, outages = kept(
        reader, ("health", state_of(last), minute), lambda: (reader.rows(_HEALTH), reader.rows(_OUTAGES))
    )
    return RunStatus(
        last,
        report_of(last),
        {row["health"]: row["feeds"] for row in feeds},
        tuple(outages),
        sum(row["open_gaps"] for row in feeds),
        min((row["next_poll_at"] for row in feeds if row["next_poll_at"]), default=None),
    )


def state_of(last: RowMapping | None) -> tuple[str, str, datetime | None] | None:
    """Return what changes when a run begins or ends, and with it what the materialised marts have."""
    return (last["run_id"], last["state"], last["finished_at"]) if last is not None else None


def report_of(row: RowMapping | None) -> Report | None:
    """Return the stored report of a run's row, None where there is none (yet)."""
    return read_report(row["report"]) if row is not None and row["report"] else None


def _last(since: datetime | None) -> Statement:
    """Return the newest run of the flow, begun after a time; every run is looked at where none is given."""
    bound = "runs.started_at >= :since" if since else "true"
    sql = f"""
        select runs.*
        from marts.run_reports as runs
        where {bound} and {IS_FLOW}
        order by runs.started_at desc
        limit 1
    """  # noqa: S608 - nothing of a visitor's is in it
    return sql, {"since": since} if since else {}


_HEALTH: Statement = (
    """
    select
        health.health,
        count(*) as feeds,
        coalesce(sum(health.open_gaps), 0) as open_gaps,
        min(health.next_poll_at) filter (where health.active) as next_poll_at
    from marts.source_health as health
    group by health.health
    order by count(*) desc, health.health
    """,
    {},
)
_OUTAGES: Statement = (
    """
    select outages.country, outages.started_at, outages.reason, outages.sources_failed, outages.sources_polled
    from marts.outages
    where outages.ended_at is null
    order by outages.sources_failed desc, outages.country
    """,
    {},
)
