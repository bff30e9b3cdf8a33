"""`silkwire up` as a user has it: killed from outside it mends itself, and it stops to the last process."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from silkwire.settings import as_environment
from silkwire.standalone.processes import running_processes, stop_processes
from silkwire.warehouse.engine import open_engine, transaction
from silkwire.warehouse.server import start_server, stop_server
from tests.newsroom.demo import demo_settings
from tests.newsroom.inspection import inspect
from tests.newsroom.process import Demo
from tests.newsroom.server import Newsroom

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
def home() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="silkwire-up-"))
    yield made
    stop_processes(made)
    stop_server(made)
    shutil.rmtree(made, ignore_errors=True)


def test_a_demo_ends_right_and_a_second_one_adds_nothing(home: Path) -> None:
    first = Demo(home, "--once")
    assert first.process.wait(240) == 0, first.printed
    assert "All 52 newsroom articles are in the warehouse" in first.printed
    assert running_processes(home) == set()
    assert not (home / "postgres" / "postmaster.pid").exists()
    second = Demo(home, "--once")
    assert second.process.wait(240) == 0, second.printed
    assert "this run added 0" in second.printed


def test_airflow_and_postgresql_killed_in_the_middle_of_a_run_come_back_and_the_run_is_done(home: Path) -> None:
    demo = Demo(home)
    demo.wait_for(lambda: _count(home, "links") > 0)
    for process in running_processes(home):
        with suppress(psutil.Error):
            process.kill()
    pid = int((home / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signal.SIGKILL)
    demo.wait_for(lambda: "The next runs are on schedule" in demo.printed)
    assert "PostgreSQL is gone; starting it again" in demo.printed
    assert "Airflow does not work; starting it again" in demo.printed
    assert "All 52 newsroom articles are in the warehouse" in demo.printed
    demo.process.send_signal(signal.SIGTERM)
    assert demo.process.wait(60) == 0
    assert running_processes(home) == set()
    assert not (home / "postgres" / "postmaster.pid").exists()


def test_a_supervisor_killed_itself_is_followed_by_one_that_clears_up_after_it(home: Path, newsroom: Newsroom) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SILKWIRE_")}
    environment |= as_environment(demo_settings(home, 18080, newsroom))
    words = [sys.executable, "-m", "silkwire", "up", "--once"]
    first = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 240
    while _count(home, "links") == 0:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    first.kill()
    first.wait()
    assert running_processes(home)
    subprocess.run(words, check=True, env=environment, stdout=subprocess.DEVNULL, timeout=300)
    assert running_processes(home) == set()
    server = start_server(home)
    engine = open_engine(server.warehouse_url)
    with transaction(engine) as connection:
        assert inspect(connection, newsroom.expected, newsroom.expected_outcomes).differences == ()
    engine.dispose()


def _count(home: Path, table: str) -> int:
    with suppress(psycopg.Error):
        where = {"user": "silkwire", "dbname": "silkwire", "host": str(home / "postgres")}
        with psycopg.connect(**where) as connection:  # type: ignore[arg-type]
            row = connection.execute(f"select count(*) from {table}").fetchone()  # type: ignore[call-overload]
            return int(row[0])
    return 0
