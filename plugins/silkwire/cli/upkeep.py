"""`up`, `airflow` and `doctor`: the installation on this machine."""

import os
import subprocess
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from silkwire.cli.app import app
from silkwire.cli.contact import with_contact
from silkwire.cli.list_commands import import_sources
from silkwire.cli.output import AsJson, console, print_json
from silkwire.report.publication import Report
from silkwire.settings import get_settings
from silkwire.standalone import doctor as examinations
from silkwire.standalone.installation import airflow_command, airflow_environment
from silkwire.standalone.supervisor import Supervisor
from silkwire.warehouse.server import running_server

_MARKS = {"ok": "[green]✓[/green]", "warning": "[yellow]![/yellow]", "failed": "[red]✗[/red]"}


@app.command()
def up(
    *, once: Annotated[bool, typer.Option("--once", help="Stop after the first run.")] = False, as_json: AsJson = False
) -> None:
    """Start PostgreSQL and Airflow, run the flow now, print the report, and stay up on schedule until Ctrl-C.

    With --json the first run's report goes to standard output, and what is told on the way to standard error.
    """
    settings = with_contact(get_settings())
    told = Console(stderr=True, highlight=False) if as_json else console
    supervisor = Supervisor(settings, told, lambda url: import_sources(url, settings.sources))
    raise typer.Exit(supervisor.run(once=once, after=lambda _, report: _given(report) if as_json else True))


def _given(report: Report) -> bool:
    print_json(report)
    return True


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
)
def airflow(context: typer.Context) -> None:
    """Run an Airflow command on this installation, such as: silkwire airflow dags test monitor."""
    settings = get_settings()
    with running_server(settings.home) as server, server.connect():
        environment = os.environ | airflow_environment(settings, server, settings.port)
        raise typer.Exit(subprocess.call([airflow_command(), *context.args], env=environment))  # noqa: S603 - the user's own command


@app.command()
def doctor(*, as_json: AsJson = False) -> None:
    """Check Python, disk, configuration, warehouse and network, and say what to mend. Exit status 1 where one fails."""
    findings = examinations.examine(get_settings())
    if as_json:
        print_json(findings)
    else:
        table = Table.grid(padding=(0, 2))
        for finding in findings:
            table.add_row(_MARKS[finding.state], finding.subject, finding.told)
        console.print(table)
    if any(finding.state == "failed" for finding in findings):
        raise typer.Exit(1)
