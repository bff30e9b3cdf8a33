"""`reprocess`: a stage once more over what is stored, after its rules or the analyst's files have changed."""

from collections import Counter
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from silkwire.cli.app import app
from silkwire.cli.output import AsJson, console, print_json
from silkwire.cli.stage_commands import count_rows, new_run_id, show_counts
from silkwire.records import Shard
from silkwire.settings import Settings, get_settings
from silkwire.stages import REPEATABLE, Backlog, backlog, publish, run_stage
from silkwire.warehouse.engine import open_engine
from silkwire.warehouse.migration import upgrade
from silkwire.warehouse.runs import Tally
from silkwire.warehouse.server import warehouse_url

Stage = Annotated[str, typer.Option("--stage", help=f"Which one: {', '.join(REPEATABLE)}.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say how much there is to do.")]

_ITEMS = {"extract": "pages", "label": "articles"}
_ROUND = 20.0  # seconds of work between two looks at the progress


@app.command()
def reprocess(*, stage: Stage, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Repeat a stage over what is stored at another version, with nothing fetched again. Exit status 1 on a fault."""
    settings = get_settings()
    with warehouse_url(settings) as url:
        settings = settings.model_copy(update={"warehouse_url": url})
        upgrade(open_engine(url))
        found = backlog(stage, settings)
        if not as_json:
            console.print(_told(found))
        tally: Tally = Counter()
        problems: tuple[str, ...] = ()
        if found.outdated and not dry_run:
            run_id = new_run_id()
            tally = _repeat(found, settings, run_id, quiet=as_json)
            problems = publish(settings, run_id).problems
        left = backlog(stage, settings).outdated if tally else found.outdated
    if as_json:
        counts = {"counts": count_rows(tally), "left": left, "problems": problems}
        print_json(
            {"stage": stage, "version": found.version, "items": found.items, "outdated": found.outdated} | counts
        )
    else:
        show_counts(stage, tally)
        for problem in problems:
            console.print(f"✗ {problem}", style="red", markup=False)
        if stage == "extract" and tally:
            console.print("The articles made anew wait for their labels: silkwire reprocess --stage label")
    if problems:
        raise typer.Exit(1)


def _told(found: Backlog) -> str:
    items = _ITEMS[found.stage]
    if not found.outdated:
        return f"{found.stage}: all {found.items:,} {items} are at version {found.version}; there is nothing to do."
    return f"{found.stage}: {found.outdated:,} of {found.items:,} {items} are not at version {found.version}."


def _repeat(found: Backlog, settings: Settings, run_id: str, *, quiet: bool) -> Tally:
    """Work through all shards in rounds, until nothing is left that no other process is at."""
    settings = settings.model_copy(update={"stage_budget": min(_ROUND, settings.stage_budget)})
    total: Tally = Counter()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=quiet, transient=True) as progress:
        line = progress.add_task(found.stage, total=found.outdated)
        while done := run_stage(found.stage, settings, run_id, Shard()):
            total += done
            progress.update(line, completed=total.total())
    return total
