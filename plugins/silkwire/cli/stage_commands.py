"""`run` and a command for each stage: a run of the flow in this process, without Airflow."""

from collections import Counter
from typing import Annotated
from uuid import uuid4

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from silkwire.cli.app import app
from silkwire.cli.contact import with_contact
from silkwire.cli.filters import Jsonl, run_filter
from silkwire.cli.output import AsJson, console, print_json
from silkwire.errors import Config
from silkwire.records import Shard
from silkwire.report.console import show_report, words
from silkwire.report.publication import Report, read_report
from silkwire.settings import Settings, get_settings
from silkwire.stages import JOBS, REACHING_OUT, STAGES, publish, run_job, run_stage, utc_now
from silkwire.warehouse import runs
from silkwire.warehouse.engine import open_engine, transaction
from silkwire.warehouse.migration import upgrade
from silkwire.warehouse.runs import Tally
from silkwire.warehouse.server import warehouse_url

Stage = Annotated[str | None, typer.Option("--stage", help=f"Only this one: {', '.join(STAGES)}.")]

ExtractJobs = Annotated[
    int | None, typer.Option("--jobs", min=1, max=64, help="Processes that share the pages; SILKWIRE_EXTRACT_JOBS.")
]


@app.command()
def run(*, stage: Stage = None, as_json: AsJson = False) -> None:
    """Run the flow once (or one stage) and print the report. Exit status 1 where the run failed."""
    if stage is not None and stage not in STAGES:
        raise Config(f"There is no stage {stage!r}. The stages are: {', '.join(STAGES)}.")
    settings = with_contact(get_settings()) if stage in (None, *REACHING_OUT) else get_settings()
    with warehouse_url(settings) as url:
        # One server for all the stages, and nothing to start again in between.
        settings = settings.model_copy(update={"warehouse_url": url})
        upgrade(open_engine(url))
        report = _run_stages(settings, STAGES if stage is None else (stage,), quiet=as_json)
    _show(report, as_json=as_json)


@app.command()
def poll(*, as_json: AsJson = False) -> None:
    """Poll the feeds that are due."""
    one_stage("poll", as_json=as_json)


@app.command()
def fetch(*, as_json: AsJson = False) -> None:
    """Fetch the links that are pending."""
    one_stage("fetch", as_json=as_json)


@app.command()
def extract(*, jsonl: Jsonl = False, jobs: ExtractJobs = None, as_json: AsJson = False) -> None:
    """Extract the pages that are pending; with --jsonl, those on standard input instead."""
    if jsonl:
        run_filter("extract", jobs or 1)
    else:
        one_stage("extract", as_json=as_json, settings=get_settings().model_copy(update=_given(extract_jobs=jobs)))


@app.command()
def maintain(*, as_json: AsJson = False) -> None:
    """Repair the gaps that polls have found, from the sitemaps of the sites."""
    one_stage("maintain", as_json=as_json)


@app.command()
def report(
    run_id: Annotated[str | None, typer.Argument(help="A run's id; the newest where none is given.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Print the report of a run."""
    with warehouse_url(get_settings()) as url, transaction(open_engine(url)) as connection:
        stored = runs.report(connection, run_id)
    if stored is None:
        raise Config(
            "There is no such report. See marts.run_reports for the runs there are, or start one: silkwire run"
        )
    if as_json:
        print_json(stored)
    else:
        show_report(console, read_report(stored))


def _given(**options: object) -> dict[str, object]:
    """Return the options that were given on the command line."""
    return {name: value for name, value in options.items() if value is not None}


def one_stage(stage: str, *, as_json: bool, settings: Settings | None = None) -> None:
    """Do one stage or job and print what became of its items."""
    settings = settings or get_settings()
    settings = with_contact(settings) if stage in REACHING_OUT else settings
    with warehouse_url(settings) as url:
        settings = settings.model_copy(update={"warehouse_url": url})
        upgrade(open_engine(url))
        run_id = new_run_id()
        tally = run_job(stage, settings, run_id) if stage in JOBS else run_stage(stage, settings, run_id, Shard())
    if as_json:
        print_json({"stage": stage, "counts": count_rows(tally)})
    elif tally:
        show_counts(stage, tally)
    else:
        console.print(f"{stage}: nothing is pending.")


def count_rows(tally: Tally) -> list[dict[str, object]]:
    """Return a tally as the rows of a JSON document."""
    return [
        {"item": item, "outcome": outcome, "reason": reason, "items": items}
        for (item, outcome, reason), items in sorted(tally.items())
    ]


def show_counts(stage: str, tally: Tally) -> None:
    """Print a tally, a line an outcome."""
    for (item, outcome, reason), items in sorted(tally.items()):
        console.print(f"{stage}: {items} {item}  {outcome}  {words(reason)}".rstrip())


def _run_stages(settings: Settings, stages: tuple[str, ...], *, quiet: bool) -> Report:
    run_id = new_run_id()
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:8}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[done]}"),
    )
    with Progress(*columns, console=console, disable=quiet) as progress:
        for stage in stages:
            line = progress.add_task(stage, total=1, done="")
            tally = run_stage(stage, settings, run_id, Shard())
            progress.update(line, completed=1, done=_summary(tally))
        return publish(settings, run_id)


def _summary(tally: Tally) -> str:
    counts: Counter[str] = Counter()
    for (item, outcome, _), items in tally.items():
        counts[f"{item} {outcome}"] += items
    return ", ".join(f"{items} {name}" for name, items in sorted(counts.items())) or "nothing pending"


def _show(report: Report, *, as_json: bool) -> None:
    if as_json:
        print_json(report)
    else:
        show_report(console, report)
    if report.state != "success":
        raise typer.Exit(1)


def new_run_id() -> str:
    """Name a run that the command line starts."""
    return f"cli__{utc_now():%Y-%m-%dT%H:%M:%S}-{uuid4().hex[:6]}"
