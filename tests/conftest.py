"""What tests share: an embedded PostgreSQL for the session, a fresh warehouse a test, time that is given."""

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine

from silkwire.label.labeller import Labeller
from silkwire.poll.opml import read_opml
from silkwire.settings import Settings, load_settings
from silkwire.warehouse import sources
from silkwire.warehouse.engine import open_engine, transaction
from silkwire.warehouse.migration import upgrade
from silkwire.warehouse.server import Server, start_server, stop_server
from tests.newsroom.server import Newsroom

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ANCHOR = date(2026, 11, 24)

_numbers = itertools.count()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first, so that two workers end at about the same time."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(autouse=True, scope="session")
def _no_settings_from_outside() -> Iterator[None]:
    """Keep the developer's own SILKWIRE_* variables and .env out of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(Settings.model_fields):
            patch.delenv(f"SILKWIRE_{name.upper()}", raising=False)
        patch.setitem(Settings.model_config, "env_file", None)
        yield


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    # Not below pytest's own folder: its long names leave no room for a socket's path.
    home = Path(tempfile.mkdtemp(prefix="silkwire-"))
    running = start_server(home)
    with running.connect() as connection:
        connection.execute("alter system set fsync = off")
        connection.execute("select pg_reload_conf()")
    engine = open_engine(running.warehouse_url)
    upgrade(engine)
    engine.dispose()
    yield running
    stop_server(home)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def warehouse_url(server: Server) -> Iterator[str]:
    """A warehouse of the test's own, copied from the migrated one."""
    name = f"test_{next(_numbers)}"
    with server.connect() as connection:
        connection.execute(f"create database {name} template silkwire owner silkwire strategy file_copy")  # type: ignore[call-overload]
    yield server.warehouse_url.replace("@/silkwire?", f"@/{name}?")
    with server.connect() as connection:
        connection.execute(f"drop database {name} with (force)")  # type: ignore[call-overload]


@pytest.fixture
def engine(warehouse_url: str) -> Iterator[Engine]:
    made = open_engine(warehouse_url)
    yield made
    made.dispose()


@pytest.fixture
def settings(warehouse_url: str, tmp_path: Path) -> Settings:
    """Settings of a polite but quick installation that may talk to loopback names."""
    return load_settings(
        home=tmp_path,
        warehouse_url=warehouse_url,
        archive_url=str(tmp_path / "archive"),
        contact="https://silkwire.example/about",
        allow_hosts=("*.localhost", "127.0.0.1"),
        host_delay=0,
        poll_interval=0,
        total_timeout=10,
    )


@pytest.fixture(scope="session")
def labeller() -> Labeller:
    """The product's labeller with its configuration; it compiles each language once for all tests."""
    settings = Settings()
    return Labeller.load(settings.regions, settings.topics)


@pytest.fixture(scope="session")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(ANCHOR, slow=0.2) as opened:
        yield opened


@pytest.fixture
def listed(engine: Engine, newsroom: Newsroom) -> Newsroom:
    """The newsroom, its feeds on the warehouse's list."""
    found_sources, feeds = read_opml(newsroom.opml.encode(), "newsroom.opml")
    with transaction(engine) as connection:
        sources.import_list(connection, found_sources, feeds, NOW)
    newsroom.requests.clear()
    return newsroom


def connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    """Connect to a warehouse in autocommit, as a test that looks from outside."""
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
