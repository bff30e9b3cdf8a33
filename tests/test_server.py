"""The embedded PostgreSQL: there when it is needed, gone when nobody needs it, back after a kill."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest
from sqlalchemy import text

from silkwire.errors import Transient
from silkwire.settings import load_settings
from silkwire.warehouse.engine import open_engine, transaction
from silkwire.warehouse.server import start_server, stop_server, warehouse_url


@pytest.fixture
def home() -> Iterator[Path]:
    # Not below pytest's own folder: its long names leave no room for a socket's path.
    made = Path(tempfile.mkdtemp(prefix="silkwire-"))
    yield made
    stop_server(made)
    shutil.rmtree(made, ignore_errors=True)


def is_running(home: Path) -> bool:
    return (home / "postgres" / "postmaster.pid").exists()


def test_it_runs_as_long_as_somebody_uses_it(home: Path) -> None:
    settings = load_settings(home=home, warehouse_url=None)
    with warehouse_url(settings) as url:
        with transaction(open_engine(url)) as connection:
            connection.execute(text("create table kept as select 1 as number"))
        assert is_running(home)
    assert not is_running(home)
    with warehouse_url(settings) as url, transaction(open_engine(url)) as connection:
        assert connection.scalar(text("select number from kept")) == 1


def test_it_is_set_for_the_machine_and_leaves_room_for_the_owners_own_settings(home: Path) -> None:
    with start_server(home).connect() as connection:
        connection.execute("alter system set random_page_cost = 3")
    stop_server(home)
    with (home / "postgres" / "postgresql.conf").open("ab") as file:
        file.write("# Größe\n".encode("latin-1"))
    with start_server(home).connect() as connection:
        assert connection.execute("show random_page_cost").fetchone() == ("3",)
        assert connection.execute("show jit").fetchone() == ("off",)
        found = connection.execute("select setting::int * 8 / 1024 from pg_settings where name = 'shared_buffers'")
        assert 128 <= found.fetchall()[0][0] <= 512  # type: ignore[operator]
    assert (home / "postgres" / "postgresql.conf").read_bytes().count(b"silkwire.conf") == 1
    assert not list((home / "postgres").glob("silkwire.conf.*"))


def test_it_is_not_stopped_under_somebody_else(home: Path) -> None:
    settings = load_settings(home=home, warehouse_url=None)
    with warehouse_url(settings):
        other = start_server(home).connect()
    assert is_running(home)
    other.close()


def test_it_comes_back_after_a_kill_with_all_that_was_committed(home: Path) -> None:
    server = start_server(home)
    engine = open_engine(server.warehouse_url)
    with transaction(engine) as connection:
        connection.execute(text("create table kept as select 1 as number"))
    postmaster = psutil.Process(int((home / "postgres" / "postmaster.pid").read_text().splitlines()[0]))
    for process in (postmaster, *postmaster.children()):
        with suppress(psutil.Error):  # they also end by themselves once the postmaster is gone
            process.kill()
    postmaster.wait(10)
    with pytest.raises(Transient, match="silkwire doctor"), transaction(engine):
        pass
    start_server(home)
    with transaction(engine) as connection:
        assert connection.scalar(text("select number from kept")) == 1
    engine.dispose()


def test_a_pid_file_that_names_another_program_is_not_believed(home: Path) -> None:
    start_server(home)
    pid_file = home / "postgres" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    os.kill(int(lines[0]), signal.SIGQUIT)
    psutil.wait_procs([psutil.Process(int(lines[0]))], timeout=10)
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    start_server(home).connect().close()


def test_the_reader_sees_no_other_database_role_power(home: Path) -> None:
    server = start_server(home)
    with psycopg.connect(server.reader_url) as connection:
        row = connection.execute(
            "select rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user"
        ).fetchone()
    assert row == (False, False, False)
