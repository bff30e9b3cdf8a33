"""Run the chaos by hand and say what went wrong: `python -m tests.chaos --hosts 200 --days 10`."""

import argparse
import shutil
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console
from sqlalchemy import Engine, text

from silkwire.settings import load_settings
from silkwire.warehouse.engine import open_engine, transaction
from silkwire.warehouse.migration import upgrade
from silkwire.warehouse.server import start_server, stop_server
from tests.chaos.judgement import Findings, judge, lost, owed
from tests.chaos.run import chaos_settings, list_hosts, run_rounds
from tests.chaos.server import Chaos

console = Console(highlight=False)


def main() -> None:
    """Read the arguments, run, print; fail where something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--days", type=int, default=10, help="simulated, before the calm")
    parser.add_argument("--hours", type=float, default=3, help="simulated, between two rounds")
    arguments = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="silkwire-chaos-"))
    server = start_server(home)
    engine = open_engine(server.warehouse_url)
    try:
        upgrade(engine)
        chaos = Chaos(arguments.hosts, arguments.days)
        list_hosts(chaos, engine)
        settings = load_settings(
            home=home,
            warehouse_url=server.warehouse_url,
            contact="https://silkwire.example/about",
            allow_hosts=("*.localhost",),
        )
        started = time.monotonic()

        def told(now: datetime) -> None:
            if now.hour == 0:
                console.print(f"{now:%B %d}, {time.monotonic() - started:.0f} s")

        run_rounds(chaos, chaos_settings(settings), timedelta(hours=arguments.hours), told)
        findings = judge(chaos, engine)
        polled = _polled(engine)
    finally:
        engine.dispose()
        stop_server(home)
        shutil.rmtree(home, ignore_errors=True)
    _print(chaos, findings, polled)
    raise SystemExit(not findings.is_clean)


def _polled(engine: Engine) -> str:
    query = "select coalesce(reason, outcome) as fate, count(*) from polls group by fate order by count(*) desc"
    with transaction(engine) as connection:
        return ", ".join(f"{fate} {count:,}" for fate, count in connection.execute(text(query)))


def _print(chaos: Chaos, findings: Findings, polled: str) -> None:
    hosts = chaos.hosts
    console.print(
        f"{len(hosts)} hosts published {sum(host.published(chaos.now) for host in hosts):,} items, of which "
        f"{sum(len(owed(host)) for host in hosts):,} are owed; {sum(map(bool, map(lost, hosts)))} hosts lost some "
        f"before anybody could see them. They saw {sum(len(host.visits) for host in hosts):,} requests."
    )
    console.print(f"Polls: {polled}.")
    console.print(str(findings))


if __name__ == "__main__":
    main()
