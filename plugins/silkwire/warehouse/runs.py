"""Runs and their counts. Counts grow in the same transaction as the items they count, so they are exact under kills."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, text, update
from sqlalchemy.dialects.postgresql import insert

from silkwire.records import Outcome
from silkwire.warehouse.tables import run_counts, runs

CountKey = tuple[str, str, str]  # item, outcome, reason
Tally = Counter[CountKey]


@dataclass(frozen=True, slots=True)
class Count:
    """How many items of a stage had one fate in a run."""

    stage: str
    item: str
    outcome: str
    reason: str
    items: int


def tally_key(item: str, outcome: Outcome) -> CountKey:
    """Return what an outcome of an item is counted under."""
    return item, outcome.kind.value, outcome.reason.value if outcome.reason else ""


def begin(connection: Connection, run_id: str, now: datetime) -> None:
    """Record that a run works. One that a retried task takes up again stays as it began.

    Runs that never finished and have been silent for an hour are marked interrupted; what they left is still pending.
    """
    connection.execute(insert(runs).values(id=run_id, started_at=now, state="running").on_conflict_do_nothing())
    connection.execute(
        text(
            "update runs set state = 'interrupted' where state = 'running' and id <> :run_id"
            " and started_at < cast(:now as timestamptz) - interval '1 hour'"
        ),
        {"run_id": run_id, "now": now},
    )


def count(connection: Connection, run_id: str, stage: str, tally: Tally) -> None:
    """Add a batch's tally to the counts of a run."""
    if not tally:
        return
    rows = [
        {"run_id": run_id, "stage": stage, "item": item, "outcome": outcome, "reason": reason, "items": items}
        # In one order everywhere, so that two shards can't wait for each other.
        for (item, outcome, reason), items in sorted(tally.items())
    ]
    statement = insert(run_counts).values(rows)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["run_id", "stage", "item", "outcome", "reason"],
            set_={"items": run_counts.c["items"] + statement.excluded["items"]},
        )
    )


def counts(connection: Connection, run_id: str) -> list[Count]:
    """Read the counts of a run."""
    query = select(run_counts).where(run_counts.c.run_id == run_id).order_by(*run_counts.primary_key.columns)
    return [Count(r.stage, r.item, r.outcome, r.reason, r._mapping["items"]) for r in connection.execute(query)]  # noqa: SLF001 - "items" is a method of Row


def finish(connection: Connection, run_id: str, state: str, report: dict[str, Any] | None, now: datetime) -> None:
    """Store a run's end and its report; a job's run has none."""
    connection.execute(update(runs).where(runs.c.id == run_id).values(state=state, report=report, finished_at=now))


def report(connection: Connection, run_id: str | None = None) -> dict[str, Any] | None:
    """Read the report of a run, or of the newest finished one; None where there is none."""
    query = select(runs.c.report).where(runs.c.report.is_not(None))
    query = query.where(runs.c.id == run_id) if run_id else query.order_by(runs.c.started_at.desc()).limit(1)
    found: dict[str, Any] | None = connection.scalar(query)
    return found
