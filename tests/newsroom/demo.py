"""`make demo`: what `silkwire up` does, with the newsroom for an internet, held against what is expected."""

import argparse
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from rich.console import Console

from silkwire.cli.list_commands import import_sources
from silkwire.cli.output import console
from silkwire.errors import Config, SilkwireError
from silkwire.report.publication import Report
from silkwire.settings import ROOT, Settings, load_settings
from silkwire.standalone.supervisor import Supervisor
from silkwire.warehouse.engine import open_engine, transaction
from tests.newsroom.inspection import inspect
from tests.newsroom.server import Newsroom


def main() -> int:
    """Run the demo; the exit status is 1 where the warehouse is not what the newsroom expects."""
    parser = argparse.ArgumentParser(description="Silkwire with a newsroom of its own on loopback.")
    parser.add_argument("--home", type=Path, default=ROOT / ".demo")
    parser.add_argument("--newsroom-port", type=int, default=8123)
    parser.add_argument("--port", type=int, default=8080, help="of Airflow")
    parser.add_argument("--once", action="store_true", help="stop after the first run")
    options = parser.parse_args()
    try:
        with _open_newsroom(options.home, options.newsroom_port) as newsroom:
            settings = demo_settings(options.home, options.port, newsroom)
            console.print(f"The newsroom is open: {len(newsroom.sites)} outlets, such as {newsroom.sites[0].home}")
            supervisor = Supervisor(settings, console, lambda url: import_sources(url, settings.sources))
            return supervisor.run(
                once=options.once, after=lambda url, report: _inspected(console, newsroom, url, report)
            )
    except SilkwireError as error:
        sys.stderr.write(f"make demo: {error}\n")
        return 1


def demo_settings(home: Path, port: int, newsroom: Newsroom) -> Settings:
    """Return settings that read nothing but the newsroom and write nowhere but to `home`."""
    home.mkdir(parents=True, exist_ok=True)
    sources = home / "sources.opml"
    sources.write_text(newsroom.opml, encoding="utf-8")
    return load_settings(
        home=home,
        sources=sources,
        warehouse_url=None,
        archive_url=str(home / "archive"),
        allow_hosts=("*.localhost",),
        user_agent="Silkwire/0.1 (demo)",
        contact="http://newsroom.localhost/about",
        host_delay=0.02,
        poll_interval=0,
        port=port,
    )


def _open_newsroom(home: Path, port: int) -> Newsroom:
    """Open the newsroom as it was at the first demo: the same day and port, so that an article keeps its address."""
    remembered = home / "newsroom.json"
    if remembered.exists():
        memory = json.loads(remembered.read_text(encoding="utf-8"))
    else:
        home.mkdir(parents=True, exist_ok=True)
        memory = {"anchor": datetime.now(UTC).date().isoformat(), "port": port}
        remembered.write_text(json.dumps(memory), encoding="utf-8")
    try:
        return Newsroom(date.fromisoformat(memory["anchor"]), memory["port"])
    except OSError as error:
        raise Config(
            f"The newsroom needs port {memory['port']}: {error}. Free it, or start anew: rm -rf {home}"
        ) from error


def _inspected(output: Console, newsroom: Newsroom, url: str, report: Report) -> bool:
    with transaction(open_engine(url)) as connection:
        inspection = inspect(connection, newsroom.expected, newsroom.expected_outcomes)
    right = inspection.articles - sum(1 for line in inspection.differences if line.startswith("missing"))
    others = ", ".join(f"{count} {reason}" for reason, count in sorted(inspection.others.items()))
    if inspection.differences:
        output.print(f"[red]✗[/red] {right} of {inspection.articles} newsroom articles are there, with differences:")
        for line in inspection.differences:
            output.print(f"    {line}", markup=False)
        return False
    output.print(
        f"[green]✓[/green] All {inspection.articles} newsroom articles are in the warehouse with the right title, "
        f"language and day; this run added {report.items('page', 'ok')}."
    )
    output.print(f"[green]✓[/green] All that is broken ended as it should: {others}.")
    return True


if __name__ == "__main__":
    sys.exit(main())
