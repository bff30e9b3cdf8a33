"""The progress of a run under Airflow: one line a stage, drawn as its tasks go."""

import time
from collections import Counter
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text
from sqlalchemy import Engine

from silkwire.errors import Transient
from silkwire.standalone.airflow_api import AirflowApi, TaskState
from silkwire.warehouse import runs
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.runs import Count

_STAGES = ("poll", "fetch", "extract", "label", "publish")
_ENDED = ("success", "failed", "upstream_failed", "skipped")
_FAILED = ("failed", "upstream_failed")


def watch_run(  # noqa: PLR0913 - where to show what, and whom to ask
    console: Console, api: AirflowApi, engine: Engine, dag_id: str, run_id: str, tend: Callable[[], bool]
) -> list[str] | None:
    """Show a run until it ends; return the names of the tasks that failed.

    `tend` is called all the while and looks after the servers; it says True where it had to start Airflow again. The
    run was cut short then, and None is returned. Faults on the way are waited out: only the run's own end counts.
    """
    started = time.monotonic()
    states: list[TaskState] = []
    counts: list[Count] = []
    with Live(console=console, refresh_per_second=8, transient=False) as live:
        while True:
            try:
                over = api.run_state(dag_id, run_id) in ("success", "failed")
                states = api.task_states(dag_id, run_id)
                with transaction(engine) as connection:
                    counts = runs.counts(connection, run_id)
            except Transient:
                over = False
            live.update(_draw(states, counts, time.monotonic() - started))
            if over:
                return sorted({state.task_id for state in states if state.state in _FAILED})
            if tend():
                return None
            time.sleep(0.5)


def _draw(states: Sequence[TaskState], counts: Sequence[Count], seconds: float) -> Table:
    table = Table.grid(padding=(0, 2))
    for stage in _STAGES:
        tasks = [state.state for state in states if state.task_id == stage]
        table.add_row(_mark(tasks), Text(stage, style="bold"), _told(stage, counts))
    table.add_row("", Text(f"{seconds:.0f} s", style="dim"), "")
    return table


def _mark(tasks: Sequence[str | None]) -> Text | Spinner:
    if tasks and all(state in _ENDED for state in tasks):
        return Text("✗", style="red") if any(state in _FAILED for state in tasks) else Text("✓", style="green")
    if any(state in ("running", "success", "up_for_retry") for state in tasks):
        return Spinner("dots")
    return Text("·", style="dim")


def _told(stage: str, counts: Sequence[Count]) -> str:
    told: Counter[str] = Counter()
    for count in counts:
        if count.stage == stage:
            told[f"{count.item} {count.outcome}"] += count.items
    return ", ".join(f"{items} {name}" for name, items in told.most_common())
