"""The stages by name, run one task at a time: what the CLI and the DAG both call."""

import importlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from silkwire.drain import Task
from silkwire.errors import Config
from silkwire.records import Shard
from silkwire.report import publication
from silkwire.settings import Settings, require_contact
from silkwire.warehouse import runs
from silkwire.warehouse.engine import open_engine, transaction
from silkwire.warehouse.runs import Tally
from silkwire.warehouse.server import warehouse_url

# In the order of the flow. Each is a package whose run.py has `run(task) -> Tally`, imported when it is needed.
STAGES = ("poll", "fetch", "extract", "label")
# What runs beside the flow, in packages of the same kind.
JOBS = ("maintain",)
# What can be repeated over what is stored, where a version of its own is kept with each item.
REPEATABLE = ("extract", "label")
# What talks to servers, whose owners may ask who we are.
REACHING_OUT = frozenset({"poll", "fetch", "maintain"})


def utc_now() -> datetime:
    """Tell the time: the one place where a run looks at the clock on the wall."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many stored items of a stage are at another version than its present one."""

    stage: str
    version: str
    items: int
    outdated: int


def backlog(stage: str, settings: Settings) -> Backlog:
    """Count what `run_stage` would repeat; raise `Config` for a stage that works on no stored items."""
    if stage not in REPEATABLE:
        raise Config(
            f"The stage {stage!r} can't be repeated over what is stored. Those that can: {', '.join(REPEATABLE)}."
        )
    run = importlib.import_module(f"silkwire.{stage}.run")
    with warehouse_url(settings) as url:
        engine = open_engine(url)
        try:
            with transaction(engine) as connection:
                return Backlog(stage, *run.count_outdated(connection, settings))
        finally:
            engine.dispose()


def run_stage(
    stage: str, settings: Settings, run_id: str, shard: Shard, clock: Callable[[], datetime] = utc_now
) -> Tally:
    """Do one shard of one stage or job as part of a run; return the counts.

    Raises `Transient` where the warehouse is away and `Permanent` where a retry can't help.
    """
    if stage not in STAGES + JOBS:
        raise Config(f"There is no stage {stage!r}. The stages are: {', '.join(STAGES + JOBS)}.")
    if stage in REACHING_OUT:
        require_contact(settings)
    module = importlib.import_module(f"silkwire.{stage}.run")
    with warehouse_url(settings) as url:
        engine = open_engine(url)
        try:
            with transaction(engine) as connection:
                runs.begin(connection, run_id, clock())
            deadline = time.monotonic() + settings.stage_budget
            tally: Tally = module.run(Task(engine, settings, run_id, shard, clock, deadline))
            return tally
        finally:
            engine.dispose()


def run_job(job: str, settings: Settings, run_id: str, clock: Callable[[], datetime] = utc_now) -> Tally:
    """Do a job as a run of its own, which has no report; return the counts. Errors are those of `run_stage`."""
    tally = run_stage(job, settings, run_id, Shard(), clock)
    with warehouse_url(settings) as url:
        engine = open_engine(url)
        try:
            with transaction(engine) as connection:
                runs.finish(connection, run_id, "success", None, clock())
        finally:
            engine.dispose()
    return tally


def publish(settings: Settings, run_id: str, clock: Callable[[], datetime] = utc_now) -> publication.Report:
    """End a run: run the checks, write and return its report; `report.problems` make it a failed run."""
    with warehouse_url(settings) as url:
        engine = open_engine(url)
        try:
            return publication.publish(engine, run_id, clock())
        finally:
            engine.dispose()
