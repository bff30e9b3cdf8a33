"""The supervisor behind `silkwire up`: PostgreSQL and Airflow started, the flow run, both kept alive, all stopped."""

import fcntl
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import IO

from rich.console import Console

from silkwire.errors import Config, Permanent, Transient
from silkwire.report.console import show_report
from silkwire.report.publication import Report, read_report
from silkwire.settings import Settings
from silkwire.standalone.airflow_api import AirflowApi
from silkwire.standalone.installation import airflow_command, airflow_environment, airflow_home, read_password
from silkwire.standalone.processes import LoggedProcess, stop_processes
from silkwire.standalone.progress import watch_run
from silkwire.warehouse import runs
from silkwire.warehouse.engine import open_engine, transaction
from silkwire.warehouse.migration import upgrade
from silkwire.warehouse.server import Server, start_server, stop_server
from silkwire.warehouse.sources import Imported

DAG = "monitor"
_AIRFLOW_SECONDS = 240  # a first start makes the metadata database
_LOOK_EVERY = 5.0
_LOGINS = {"admin": "may do everything", "viewer": "reads, and starts nothing"}
_SICK_LOOKS = 12  # in a row, before Airflow is started again: its heartbeats may be a minute late on a busy machine


class _Stopped(Exception):  # noqa: N818 - not an error
    """SIGINT, SIGTERM or SIGHUP arrived."""


class Supervisor:
    """One installation, from start to stop."""

    def __init__(self, settings: Settings, console: Console, import_list: Callable[[str], Imported]) -> None:
        """`import_list` loads the list of sources into the warehouse at a URL."""
        self._settings = settings
        self._console = console
        self._import_list = import_list
        self._port = settings.port
        self._server: Server | None = None
        self._airflow: LoggedProcess | None = None
        self._api = AirflowApi(self._port)
        self._cut_short = False
        self._sick_looks = 0
        self._looked_at = 0.0

    def run(self, *, once: bool, after: Callable[[str, Report], bool] = lambda url, report: True) -> int:
        """Start everything, run the flow, show the report, stay up; return the exit status.

        `after` is called with the warehouse's URL and the report of the first run. The status is 1 where it says False,
        and where that run failed.
        """
        try:
            with _signals_stop(), _only_one(self._settings):
                try:
                    return self._work(once=once, after=after)
                except _Stopped:
                    self._console.print("Stopping …")
                    return 0
                finally:
                    self._stop()
        except Transient as error:
            raise Permanent(f"{error}\nThe logs are in {airflow_home(self._settings)}") from error

    def _work(self, *, once: bool, after: Callable[[str, Report], bool]) -> int:
        stop_processes(self._settings.home)
        url = self._start_warehouse()
        self._start_airflow()
        report = self._run_flow(url)
        good = report is not None and after(url, report) and report.state == "success"
        self._tell_address()
        if once:
            return 0 if good else 1
        self._console.print(f"The next runs are on schedule ({self._settings.schedule}, UTC). Ctrl-C stops everything.")
        while True:
            time.sleep(_LOOK_EVERY)
            try:
                if self._tend() and self._cut_short:
                    self._run_flow(url)
            except Transient as error:
                # A full disk, a machine short of memory: it may pass, and nobody is there to start again.
                self._console.print(f"[red]✗[/red] {error} Trying again.")

    def _start_warehouse(self) -> str:
        with self._console.status("Starting PostgreSQL …"):
            self._server = start_server(self._settings.home)
            url = self._settings.warehouse_url or self._server.warehouse_url
            upgrade(open_engine(url))
            done = self._import_list(url)
        self._console.print(
            f"[green]✓[/green] PostgreSQL is up, the warehouse is current; "
            f"{done.sources} sources with {done.feeds} feeds ({done.added} new)"
        )
        return url

    def _start_airflow(self) -> None:
        """Start Airflow, wait until it works and has read the DAG, and end the runs that an earlier one left."""
        assert self._server is not None  # noqa: S101 - the order of _work
        self._port = _free_port(self._settings.port)
        if self._port != self._settings.port:
            self._console.print(f"[yellow]![/yellow] Port {self._settings.port} is taken; Airflow gets {self._port}.")
        environment = os.environ | airflow_environment(self._settings, self._server, self._port)
        # `airflow standalone` looks for its parts on the path.
        environment["PATH"] = f"{Path(airflow_command()).parent}{os.pathsep}{environment.get('PATH', '')}"
        airflow_home(self._settings).mkdir(parents=True, exist_ok=True, mode=0o700)  # it holds the password
        log = airflow_home(self._settings) / "standalone.log"
        began = datetime.now(UTC)
        self._airflow = LoggedProcess([airflow_command(), "standalone"], environment, log, self._settings.home)
        self._sick_looks = 0
        self._api = AirflowApi(self._port)
        self._log_in()
        left = [run for run, started in self._api.unfinished_runs(DAG) if started and started < began]
        for run in left:
            self._api.end_run(DAG, run)
        self._cut_short = bool(left)

    def _log_in(self) -> None:
        api = self._api
        started = time.monotonic()
        with self._console.status("Starting Airflow (the first time takes half a minute) …"):
            self._wait(lambda: not api.unhealthy(), started)
            api.login("admin", read_password(self._settings))
            self._wait(lambda: api.has_dag(DAG) or bool(api.import_errors()), started)
        faults = api.import_errors()
        if faults:
            raise Permanent("A DAG file can't be read:\n" + "\n".join(faults))
        self._console.print(f"[green]✓[/green] Airflow is up ({time.monotonic() - started:.0f} s)")

    def _wait(self, ready: Callable[[], bool], started: float) -> None:
        while not ready():
            if self._airflow is None or not self._airflow.is_alive:
                raise Permanent(f"Airflow ended at once; see {airflow_home(self._settings) / 'standalone.log'}")
            if time.monotonic() - started > _AIRFLOW_SECONDS:
                raise Transient("Airflow does not come up in time.")
            time.sleep(0.5)

    def _run_flow(self, url: str) -> Report | None:
        """Run the DAG now, show its progress and its report; start over where the run was cut short."""
        engine = open_engine(url)
        try:
            while True:
                # After a missed day the schedule has started a run by itself: that one is "now" as well.
                going = [run for run, _ in self._api.unfinished_runs(DAG)]
                run_id = going[-1] if going else self._api.trigger(DAG)
                failed_tasks = watch_run(self._console, self._api, engine, DAG, run_id, self._tend)
                if failed_tasks is not None:
                    break
            with transaction(engine) as connection:
                stored = runs.report(connection, run_id)
        finally:
            engine.dispose()
        if stored is None:
            self._console.print(
                f"[red]✗[/red] The run ended without a report; these tasks failed: {', '.join(failed_tasks)}. "
                f"Their logs are in {airflow_home(self._settings) / 'logs'}. The next run carries on."
            )
            return None
        report = read_report(stored)
        show_report(self._console, report)
        return report

    def _tell_address(self) -> None:
        self._console.print(f"Dashboards: [bold]http://localhost:{self._port}/silkwire/[/bold]", soft_wrap=True)
        self._console.print(f"Airflow: [bold]http://localhost:{self._port}/[/bold]")
        for user, said in _LOGINS.items():
            password = read_password(self._settings, user)
            self._console.print(f"  user [bold]{user}[/bold]   password [bold]{password}[/bold]   {said}")
        if self._server is not None and self._settings.warehouse_url is None:
            self._console.print(f"Marts, read-only: [bold]{self._server.reader_url}[/bold]", soft_wrap=True)

    def _tend(self) -> bool:
        """Look after both servers, and start again what died; say whether Airflow was started again."""
        if time.monotonic() - self._looked_at < _LOOK_EVERY:
            return False
        self._looked_at = time.monotonic()
        if not self._is_warehouse_up():
            self._console.print("[yellow]![/yellow] PostgreSQL is gone; starting it again.")
            self._server = start_server(self._settings.home)
        alive = self._airflow is not None and self._airflow.is_alive
        self._sick_looks = self._sick_looks + 1 if self._api.unhealthy() else 0
        if alive and self._sick_looks < _SICK_LOOKS:
            return False
        self._console.print("[yellow]![/yellow] Airflow does not work; starting it again.")
        stop_processes(self._settings.home)
        self._start_airflow()
        return True

    def _is_warehouse_up(self) -> bool:
        if self._server is None:
            return False
        try:
            self._server.connect().close()
        except OSError:
            return False
        except Exception as error:  # noqa: BLE001 - psycopg's own, whose only meaning here is "not now"
            return "starting up" in str(error)
        return True

    def _stop(self) -> None:
        stop_processes(self._settings.home)
        stop_server(self._settings.home)


@contextmanager
def _signals_stop() -> Iterator[None]:
    """Turn the first signal to end into `_Stopped`; further ones can't interrupt the stopping.

    SIGHUP is one of them: it comes when the terminal is closed, and would leave everything running without a head.
    """
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - a handler's signature
        for each in numbers:
            signal.signal(each, signal.SIG_IGN)
        raise _Stopped

    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _only_one(settings: Settings) -> Iterator[IO[str]]:
    """Hold the installation's lock: two supervisors would stop each other's processes."""
    settings.home.mkdir(parents=True, exist_ok=True)
    with (settings.home / "up.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Config(
                f"Silkwire is up already in {settings.home}; stop it there first (Ctrl-C or SIGTERM)."
            ) from error
        yield lock


def _free_port(wanted: int) -> int:
    """Return `wanted`, or the next port that nobody listens on."""
    for port in range(wanted, wanted + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise Config(f"No port from {wanted} to {wanted + 99} is free; name another with SILKWIRE_PORT.")
