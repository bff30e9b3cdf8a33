"""What tests of pages share: the app behind a gate that a test commands, and a desk's warehouse behind the app."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI, HTTPException, Request
from sqlalchemy import Engine

from silkwire.warehouse.runs import Count
from silkwire.web import choices
from silkwire.web.app import create_app
from silkwire.web.gate import Run, Visitor
from silkwire.web.reader import Reader
from tests.conftest import NOW
from tests.web.desk import DeskLoader, at

VIEWER = Visitor("vera", may_trigger=False)
ADMIN = Visitor("adam", may_trigger=True)

ROOT = "/silkwire"
ORIGIN = "http://desk.example"
DAY = NOW.date()
RUN = "scheduled__2026-11-24T11:00:00+00:00"


class CommandedGate:
    """A gate whose visitor the test names; None is nobody. It keeps what was started, and raises `refusal` instead."""

    def __init__(self) -> None:
        self.present: Visitor | None = VIEWER
        self.triggered: list[tuple[str, str]] = []
        self.runs: list[Run] = []
        self.refusal: Exception | None = None

    async def visitor(self, _request: Request) -> Visitor:
        if self.present is None:
            raise HTTPException(401, "Not authenticated")
        return self.present

    async def may_trigger(self, request: Request, _dag_id: str) -> bool:
        return (await self.visitor(request)).may_trigger

    def login_url(self, _request: Request) -> str:
        return "/login"

    def logout_url(self, _request: Request) -> str:
        return "/logout"

    async def trigger(self, dag_id: str, visitor: Visitor) -> Run:
        if self.refusal is not None:
            raise self.refusal
        self.triggered.append((dag_id, visitor.name))
        run_id = "manual__2026-11-24T12:00:00+00:00"
        self.runs.append(Run(dag_id, run_id, "queued", f"/dags/{dag_id}/runs/{run_id}"))
        return replace(self.runs[-1], is_new=True)

    async def run(self, dag_id: str, run_id: str) -> Run | None:
        return next((run for run in self.runs if (run.dag_id, run.run_id) == (dag_id, run_id)), None)

    def secret(self) -> str:
        return "a secret of tests"


class Site:
    """The app, mounted as in Airflow. Redirects are not followed; pages are asked for as a browser does."""

    def __init__(self, reader: Reader, runner: asyncio.Runner) -> None:
        self.gate = CommandedGate()
        self.now: datetime = NOW
        self._runner = runner
        mounted = FastAPI()
        mounted.mount(ROOT, create_app(self.gate, open_reader=lambda: reader, clock=lambda: self.now))
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(mounted), base_url=ORIGIN)

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Ask for an address below the app, such as `/runs?days=7`."""
        return self._runner.run(self._client.get(ROOT + path, headers={"accept": "text/html"} | headers))

    def post(self, path: str, data: dict[str, str] | None = None, origin: str = ORIGIN) -> httpx.Response:
        """Send a form, from a page of `origin`."""
        headers = {"accept": "text/html", "origin": origin}
        return self._runner.run(self._client.post(ROOT + path, data=data or {}, headers=headers))

    def page(self, path: str) -> str:
        """Return a page that must be there."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text[:2000]
        return answer.text


@pytest.fixture
def site(warehouse_url: str) -> Iterator[Site]:
    """The app over the test's warehouse, asked by a viewer at NOW."""
    # They are kept by the reader's identity, which another test's reader may have had.
    choices._kept.clear()
    reader = Reader(warehouse_url)
    with asyncio.Runner() as runner:
        yield Site(reader, runner)
    reader.close()


@pytest.fixture
def desk(engine: Engine) -> DeskLoader:
    """A loader for the test's warehouse, which is empty."""
    return DeskLoader(engine)


@pytest.fixture
def loaded(desk: DeskLoader) -> DeskLoader:
    """A warehouse with a dozen labelled articles of three outlets over the last week, and a run with its report.

    a1 to a9 are originals; r1 is a1's reprint by another outlet; u1 is undated, found on NOW's day; n1 has no label.
    steppe's feed fails since three days and has an open gap.
    """
    three_days = NOW - timedelta(days=3)
    polled = {"polled_at": NOW, "new_link_at": NOW, "run_id": RUN}
    desk.source("astana", name="Astana Courier", country="KZ", kind="state", **polled)
    desk.source("beijing", name="Beijing Review", country="CN", kind="public", **polled)
    failing = polled | {"outcome": "retry", "reason": "not_found", "succeeded_at": three_days}
    desk.source("steppe", name="Steppe Post", country="KG", **failing)
    week, yesterday = DAY - timedelta(days=7), DAY - timedelta(days=1)
    for source in ("astana", "beijing"):
        desk.poll_daily(source, week, DAY)
    for number in range(8):
        day = week + timedelta(days=number)
        failed = day > DAY - timedelta(days=3)
        desk.poll("steppe", day, "retry" if failed else "ok", "not_found" if failed else None)
    desk.gap("steppe", NOW - timedelta(days=1))

    rail = {"regions": ("china", "central-asia"), "countries": ("CN", "KZ"), "topics": ("medtop:04000000",)}
    text = "China and Kazakhstan opened a third railway crossing."
    desk.article("a1", "astana", at(DAY, 9), title="A third crossing", body=text, watch=("border-trade",), **rail)
    desk.article("r1", "beijing", at(DAY, 10), title="A third crossing opens", body=text, **rail)
    desk.article("a2", "astana", at(DAY, 8), title="Мост через Или", language="ru", regions=("central-asia",))
    desk.article("a3", "beijing", at(DAY, 7), title="新疆铁路", language="zh", regions=("xinjiang",))
    desk.article(
        "a4", "beijing", at(yesterday), topics=("medtop:11000000",), regions=("china",), mentioned=("xinjiang",)
    )
    desk.article("a5", "astana", at(yesterday), topics=("medtop:11000000",), countries=("KZ",))
    desk.article("a6", "steppe", at(DAY - timedelta(days=4)), regions=("central-asia",), countries=("KG",))
    desk.article("a7", "steppe", at(DAY - timedelta(days=5)), regions=("central-asia",), countries=("KG",))
    desk.article("a8", "astana", at(DAY - timedelta(days=6)), title="قىسقا خەۋەر", language="ug", regions=("xinjiang",))
    desk.article("a9", "beijing", at(DAY - timedelta(days=7)), watch=("border-trade",))
    desk.article("u1", "astana", None, title="Nobody says when", discovered_at=at(DAY, 6))
    desk.article("n1", "beijing", at(DAY - timedelta(days=2)), outcome="abstained", reason="no_evidence")
    counts = (
        Count("poll", "feed", "ok", "", 2),
        Count("poll", "feed", "retry", "not_found", 1),
        Count("poll", "entry", "ok", "", 12),
        Count("fetch", "link", "ok", "", 12),
        Count("fetch", "link", "skipped", "robots", 2),
        Count("extract", "page", "ok", "", 12),
        Count("extract", "page", "skipped", "no_text", 1),
        Count("label", "article", "ok", "", 11),
        Count("label", "article", "abstained", "no_evidence", 1),
    )
    desk.run(RUN, NOW - timedelta(hours=1), counts)
    return desk
