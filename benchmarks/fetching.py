"""How fast pages are fetched: the whole stage, archive and warehouse included, against a bare loop of the same client.

Both run on one core; the farm and PostgreSQL have the others. A farm that answers at once shows what a page costs; one
that takes its time, as servers on the web do, shows what that means for a run.
"""

import asyncio
import shutil
import ssl
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
from rich.table import Table
from sqlalchemy import Engine, text

from benchmarks.farm import CLIENT_CORE, HOSTS, PAGES_A_HOST, Farm, addresses, keep_off, on_core, open_farm
from silkwire.keys import stable_key
from silkwire.records import Feed, Link, Shard, Source
from silkwire.settings import Settings, load_settings
from silkwire.stages import run_stage
from silkwire.warehouse import links, sources
from silkwire.warehouse.engine import open_engine, transaction
from silkwire.warehouse.migration import upgrade
from silkwire.warehouse.server import Server, start_server, stop_server

CONNECTIONS = 64
ROUNDS = 3
GOAL = 0.7
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
_PAGES = HOSTS * PAGES_A_HOST
# What is sent, whether as the web does it, and how many seconds after the request.
_WAYS = (
    ("http, plain, at once", False, 0),
    ("https, gzip, at once", True, 0),
    ("https, gzip, after 30 ms", True, 0.03),
)


@dataclass(frozen=True, slots=True)
class _Cost:
    """What fetching all pages took, in seconds: of the clock, and of this process's processor time."""

    wall: float
    processor: float


def measure() -> Table:
    """Fetch the farm's pages by both ways in turn, over plain HTTP and as the web sends them; return the table."""
    table = Table(
        "fetch",
        "pages/s",
        "pages per second of processor",
        "against the bare loop",
        title=f"{_PAGES:,} pages of {HOSTS} hosts, {CONNECTIONS} at a time, best of {ROUNDS}; goal: {GOAL}",
    )
    for sent, as_the_web, latency in _WAYS:
        with open_farm(as_the_web=as_the_web, latency=latency) as farm, warehouse() as (engine, settings):
            bare, ours = _race(farm, engine, settings.model_copy(update={"ca_file": farm.authority}))
        for name, cost in ((f"bare aiohttp, {sent}", bare), (f"silkwire, {sent}", ours)):
            ratios = f"{bare.wall / cost.wall:.2f}; by processor time {bare.processor / cost.processor:.2f}"
            table.add_row(name, f"{_PAGES / cost.wall:,.0f}", f"{_PAGES / cost.processor:,.0f}", ratios)
    return table


@contextmanager
def warehouse() -> Iterator[tuple[Engine, Settings]]:
    """Have an embedded PostgreSQL, off the client's core, and settings that may talk to the farm, without pauses."""
    home = Path(tempfile.mkdtemp(prefix="silkwire-bench-"))
    server = start_server(home)
    _move(server)
    settings = load_settings(
        home=home,
        warehouse_url=server.warehouse_url,
        contact="https://silkwire.example/about",
        allow_hosts=addresses(),
        connections=CONNECTIONS,
        host_delay=0,
        poll_interval=0,
    )
    engine = open_engine(server.warehouse_url)
    try:
        upgrade(engine)
        yield engine, settings
    finally:
        engine.dispose()
        stop_server(home)
        shutil.rmtree(home, ignore_errors=True)


def _move(server: Server) -> None:
    """Take the server off the client's core, with what it starts later."""
    with server.connect() as connection:
        row = connection.execute("select pg_read_file('postmaster.pid')").fetchone()
    keep_off(CLIENT_CORE, int(str(row and row[0]).splitlines()[0]))


def _race(farm: Farm, engine: Engine, settings: Settings) -> tuple[_Cost, _Cost]:
    bare, ours = [], []
    with on_core(CLIENT_CORE):
        for number in range(ROUNDS):
            bare.append(_cost(lambda: asyncio.run(_bare(farm))))
            _list_links(farm, engine)
            ours.append(_cost(partial(_fetch, settings, f"round-{number}")))
            shutil.rmtree(settings.archive)
    return _best(bare), _best(ours)


async def _bare(farm: Farm) -> None:
    """GET and read every page, host by host as the stage does it, and nothing else."""
    hosts = iter(range(HOSTS))

    async def work(session: aiohttp.ClientSession) -> None:
        for host in hosts:
            for number in range(host, _PAGES, HOSTS):
                async with session.get(farm.page_url(number)) as answer:
                    await answer.read()
                    assert answer.status == 200

    tls = ssl.create_default_context(cafile=farm.authority) if farm.authority else False
    connector = aiohttp.TCPConnector(limit=CONNECTIONS, ssl=tls)
    async with aiohttp.ClientSession(connector=connector) as session, asyncio.TaskGroup() as group:
        for _ in range(CONNECTIONS):
            group.create_task(work(session))


def _fetch(settings: Settings, run_id: str) -> None:
    tally = run_stage("fetch", settings, run_id, Shard(), lambda: NOW)
    assert tally == {("link", "ok", ""): _PAGES}, tally


def _list_links(farm: Farm, engine: Engine) -> None:
    """Make every page a link to fetch, in a warehouse that holds nothing else."""
    urls = [farm.page_url(number) for number in range(_PAGES)]
    found = [
        Link(stable_key(url), "f", "s", urlsplit(url).netloc, url, None, "A title", "", (), NOW, NOW) for url in urls
    ]
    with transaction(engine) as connection:
        connection.execute(text("truncate links, pages, robots, hosts cascade"))
        listed = [Source("s", "Farm", "http://farm.example/", None, None)]
        sources.import_list(connection, listed, [Feed("f", "s", "http://farm.example/feed", None)], NOW)
        links.save_new(connection, found)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze links"))


def _cost(work: Callable[[], None]) -> _Cost:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return _Cost(time.perf_counter() - wall, time.process_time() - processor)


def _best(costs: list[_Cost]) -> _Cost:
    return _Cost(min(cost.wall for cost in costs), min(cost.processor for cost in costs))
