"""How long pages take over 10,000 and over a million articles: every page, searches, downloads, charts and feeds.

Requests go through the app itself, with no socket between, past a gate that lets everybody in. Each page is asked for
20 times with other filters each time, once it is warm. `python -m benchmarks dashboards FOLDER` keeps the warehouses
in a folder, and takes those that are there: to make the large one takes half an hour.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
from fastapi import FastAPI, Request
from rich.table import Table
from sqlalchemy import text
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from benchmarks.dashboard_requests import Page, Stock, list_pages, read_stock
from benchmarks.million import open_million
from silkwire.warehouse.engine import open_engine, transaction
from silkwire.web.app import create_app
from silkwire.web.gate import Run, Visitor
from silkwire.web.reader import Reader

SMALL, LARGE = 10_000, 1_000_000
REQUESTS = 20
_WARM_UP = 3
_ROOT = "/silkwire"


class OpenGate:
    """Lets everybody in, as somebody who may read."""

    async def visitor(self, _request: Request) -> Visitor:
        """Return the one visitor there is."""
        return Visitor("bench", may_trigger=False)

    async def may_trigger(self, _request: Request, _dag_id: str) -> bool:
        """Let nobody start anything."""
        return False

    def login_url(self, _request: Request) -> str:
        """Return an address that nobody is sent to."""
        return "/login"

    def logout_url(self, _request: Request) -> str:
        """Return an address for the link in the page's head."""
        return "/logout"

    async def trigger(self, dag_id: str, visitor: Visitor) -> Run:
        """Start nothing."""
        raise NotImplementedError(dag_id, visitor)

    async def run(self, _dag_id: str, _run_id: str) -> Run | None:
        """Know of no run of Airflow's."""
        return None

    def secret(self) -> str:
        """Return what signs the tokens of feeds."""
        return "benchmark"


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of the requests of one page. `failed` counts answers that are no page, such as 503 after 20 s."""

    seconds: tuple[float, ...]
    failed: int

    @property
    def median(self) -> float:
        """The p50."""
        return statistics.median(self.seconds)

    @property
    def slow(self) -> float:
        """The p95."""
        return statistics.quantiles(self.seconds, n=20, method="inclusive")[-1]


def measure() -> Table:
    """Measure on a small warehouse, made anew; return the table."""
    with tempfile.TemporaryDirectory(prefix="silkwire-bench-") as folder:
        return compare(Path(folder), (SMALL,))


def compare(folder: Path, sizes: Sequence[int] = (SMALL, LARGE)) -> Table:
    """Measure on warehouses of these sizes below a folder, made where they are not there; return pages side by side."""
    found = {size: _measure_home(folder / str(size), size) for size in sizes}
    columns = [f"{size:,}: {figure}" for size in sorted(found) for figure in ("p50, ms", "p95, ms")]
    first, *others = sorted(found)
    ratios = [f"p95, {size:,} to {first:,}" for size in others]
    table = Table("page", *columns, *ratios, title=f"dashboards, {REQUESTS} requests a page")
    for name in found[first]:
        times = [found[size][name] for size in sorted(found)]
        figures = [figure for each in times for figure in (f"{each.median * 1000:,.0f}", _slow(each))]
        table.add_row(name, *figures, *(f"{each.slow / times[0].slow:.1f}×" for each in times[1:]))
    return table


def _slow(times: Times) -> str:
    return f"{times.slow * 1000:,.0f}" + (f" ({times.failed} failed)" if times.failed else "")


def _measure_home(home: Path, size: int) -> dict[str, Times]:
    with open_million(home, size) as url:
        engine = open_engine(url)
        with transaction(engine) as connection:
            newest = connection.execute(text("select max(discovered_at) from articles")).scalar_one()
            stock = read_stock(connection, OpenGate().secret())
        engine.dispose()
        reader = Reader(url)
        try:
            return _measure_pages(reader, stock, newest.astimezone(UTC))
        finally:
            reader.close()


def _measure_pages(reader: Reader, stock: Stock, now: datetime) -> dict[str, Times]:
    app = create_app(OpenGate(), open_reader=lambda: reader, clock=lambda: now)
    mounted = FastAPI()
    mounted.mount(_ROOT, app)
    watch = Stopwatch(mounted)
    with asyncio.Runner() as runner:
        transport = httpx.ASGITransport(watch, raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url="http://bench.example", timeout=None)  # noqa: S113 - the app has its own

        def ask(address: str, *, first_byte: bool) -> tuple[float, int]:
            watch.stops_early = first_byte
            answer = runner.run(client.get(_ROOT + address, headers={"accept": "text/html"}))
            return watch.seconds, answer.status_code

        return {page.name: _times(page, stock, ask) for page in list_pages()}


def _times(page: Page, stock: Stock, ask: Callable[..., tuple[float, int]]) -> Times:
    addresses = page.addresses(stock, _WARM_UP + REQUESTS)
    seconds, failed = [], 0
    for number, address in enumerate(addresses):
        took, status = ask(address, first_byte=page.first_byte)
        if number >= _WARM_UP:
            seconds.append(took)
            failed += status != 200
    return Times(tuple(seconds), failed)


class Stopwatch:
    """Times an app's answers. Where it stops early it goes with the first byte, as who closes the tab."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an app."""
        self._app = app
        self.stops_early = False
        self.seconds = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request; `seconds` then says how long it took, to the first byte or the last."""
        started, has_begun = time.perf_counter(), asyncio.Event()
        is_over = False

        async def receive_or_go() -> Message:
            message = await receive() if not self.stops_early or not asked else None
            asked.append(message)
            if message is not None:
                return message
            await has_begun.wait()
            return {"type": "http.disconnect"}

        async def send_timed(message: Message) -> None:
            nonlocal is_over
            if message["type"] == "http.response.body" and not (self.stops_early and has_begun.is_set()):
                self.seconds = time.perf_counter() - started
                if message.get("body"):
                    has_begun.set()
            is_over = is_over or (message["type"] == "http.response.body" and not message.get("more_body"))
            await send(message)

        asked: list[Message | None] = []
        await self._app(scope, receive_or_go, send_timed)
        if not is_over:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
