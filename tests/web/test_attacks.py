"""What one visitor can do to the others: crowd them out, hold what they need, or ask for more than a machine can do."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, MutableMapping
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, text

from silkwire.label.search.query import parse_query
from silkwire.web.app import create_app
from silkwire.web.crowd import CrowdMiddleware
from silkwire.web.evidence import read_article
from silkwire.web.pages.table_files import Download
from silkwire.web.reader import Reader
from silkwire.web.tokens import make_token, read_token
from tests.conftest import NOW
from tests.web.conftest import ADMIN, ORIGIN, ROOT, CommandedGate, Site
from tests.web.desk import DeskLoader

Message = MutableMapping[str, Any]


def test_pages_that_wait_leave_the_servers_other_pages_their_threads() -> None:
    held = threading.Event()
    ours, server = FastAPI(), FastAPI()

    @ours.get("/slow")
    def slow() -> str:
        held.wait(30)
        return "drawn"

    @server.get("/airflow")
    def other() -> str:
        return "answered"

    ours.add_middleware(CrowdMiddleware, pages=8, patience=0.5)
    server.mount(ROOT, ours)

    async def crowd() -> tuple[list[int], float]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(server), base_url=ORIGIN, timeout=60) as client:
            waiting = [asyncio.create_task(client.get(f"{ROOT}/slow")) for _ in range(60)]
            await asyncio.sleep(0.2)
            began = time.monotonic()
            assert (await asyncio.wait_for(client.get("/airflow"), 10)).json() == "answered"
            took = time.monotonic() - began
            await asyncio.sleep(1)
            held.set()
            return [answer.status_code for answer in await asyncio.gather(*waiting)], took

    try:
        statuses, took = asyncio.run(crowd())
    finally:
        held.set()
    assert sorted(statuses) == [200] * 8 + [503] * 52
    assert took < 5


def test_who_finds_it_crowded_is_told_to_come_again_and_our_headers_are_there_too() -> None:
    app = create_app(CommandedGate())

    async def asked() -> httpx.Response:
        crowd = next(each for each in app.user_middleware if each.cls == CrowdMiddleware)
        crowd.kwargs.update(pages=0, patience=0.01)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN) as client:
            return await client.get("/sources")

    answer = asyncio.run(asked())
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert "busy" in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("suffix", ["csv", "json", "parquet"])
@pytest.mark.parametrize("bodies", [0, 1])
def test_a_download_that_is_left_alone_gives_its_connection_back(
    warehouse_url: str, loaded: DeskLoader, suffix: str, bodies: int
) -> None:
    reader = Reader(warehouse_url)
    app = create_app(CommandedGate(), open_reader=lambda: reader, clock=lambda: NOW)
    gone = asyncio.Event()

    async def receive() -> Message:
        await gone.wait()
        return {"type": "http.disconnect"}

    sent = []

    async def send(message: Message) -> None:
        sent.append(message["type"])
        if len(sent) > bodies:
            gone.set()
            await asyncio.sleep(30)

    async def leave() -> None:
        await asyncio.wait_for(app(_scope(f"/tables/articles.{suffix}"), receive, send), 10)

    asyncio.run(leave())
    assert sent[0] == "http.response.start"
    assert reader._engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    with loaded.engine.begin() as connection:
        assert _others(connection) == 0
    reader.close()


def test_a_download_that_is_read_too_slowly_is_given_up_and_what_it_held_given_back() -> None:
    assert _held_after(patience=0.1, longest=30, pause=20) == ("TimeoutError", True)
    assert _held_after(patience=30, longest=0.3, pause=0.05) == ("TimeoutError", True)
    assert _held_after(patience=30, longest=30, pause=0) == ("", True)


def test_pages_go_on_when_an_upgrade_has_made_the_marts_anew(warehouse_url: str, engine: Engine) -> None:
    reader = Reader(warehouse_url)
    sql = "select * from marts.attacked where a = :a"

    def make(columns: str) -> None:
        with engine.begin() as connection:
            connection.execute(text("drop view if exists marts.attacked"))
            connection.execute(text(f"create view marts.attacked as select {columns}"))
            connection.execute(text("grant select on marts.attacked to silkwire_reader"))

    make("1 as a")
    for _ in range(12):
        assert dict(reader.rows((sql, {"a": 1}))[0]) == {"a": 1}
    make("1 as a, 'new' as b")
    assert dict(reader.rows((sql, {"a": 1}))[0]) == {"a": 1, "b": "new"}
    reader.close()


def test_a_connection_that_is_forgotten_in_a_transaction_ends_by_itself(warehouse_url: str) -> None:
    reader = Reader(warehouse_url)
    assert reader.value(("show idle_in_transaction_session_timeout", {})) == "10min"
    reader.close()


def test_a_download_leaves_no_right_to_write_behind(warehouse_url: str, engine: Engine) -> None:
    reader = Reader(warehouse_url)
    with reader.stream(("select 1 as a", {})) as rows:
        assert [list(map(tuple, batch)) for batch in rows.batches] == [[(1,)]]
    assert reader.value(("show transaction_read_only", {})) == "on"
    assert reader.value(("select current_user", {})) == "silkwire_reader"
    reader.close()


def test_a_page_behind_a_proxy_that_names_our_host_otherwise_may_write(site: Site) -> None:
    site.gate.present = ADMIN
    behind = {"origin": "https://news.example", "sec-fetch-site": "same-origin"}
    sent = site._client.post(f"{ROOT}/actions/monitor", headers=behind)
    assert site._runner.run(sent).status_code == 303


@pytest.mark.parametrize("origin", ["http://[", "http://", "//desk.example", "desk.example", ""])
def test_an_origin_that_is_no_address_is_refused(site: Site, origin: str) -> None:
    site.gate.present = ADMIN
    expected = 303 if origin == "//desk.example" else 403  # no browser sends it, and its host is ours
    sent = site._client.post(f"{ROOT}/actions/monitor", headers={"origin": origin})
    assert site._runner.run(sent).status_code == expected


@pytest.mark.parametrize(
    "moment",
    ["Mon, 01 Jan 2024 00:00:00 +9999999999999999", "Mon, 01 Jan 99999999999999999999 00:00:00 GMT", "(" * 3_000, "-"],
)
def test_a_feed_reader_that_says_nonsense_of_times_gets_the_feed(site: Site, loaded: DeskLoader, moment: str) -> None:
    token = make_token(site.gate.secret(), "vera")
    answer = site.get(f"/feeds/articles.atom?token={token}", **{"if-modified-since": moment})
    assert answer.status_code == 200


def test_a_token_signed_with_no_secret_lets_nobody_in() -> None:
    assert read_token("", make_token("", "vera")) is None
    assert read_token("another", make_token("a secret", "vera")) is None
    for forged in ("", ".", "é.é", "a.b.c", ".eJx.x", "\0", "a" * 100_000):
        assert read_token("a secret", forged) is None


@pytest.mark.parametrize("name", ["a" * 5_000 + ".css", "a" * 300 + ".js", "%F0%9F%98%80.svg", "con.css"])
def test_a_file_that_no_disk_can_have_is_not_there(site: Site, name: str) -> None:
    assert site.get(f"/static/{name}", accept="*/*").status_code == 404


def test_an_article_of_many_lines_and_much_evidence_is_laid_out_at_once() -> None:
    lines, labels, each = 30_000, 100, 100
    places = [2 + 3 * (number * 7 % lines) for number in range(labels * each)]
    rows = [
        {
            "kind": "country",
            "label": f"X{number}",
            "role": "about",
            "score": 0.5,
            "evidence": [
                {"start": start, "end": start + 2, "text": "ab", "kind": "name"}
                for start in places[number * each : (number + 1) * each]
            ],
        }
        for number in range(labels)
    ]
    began = time.process_time()
    reading = read_article("t", "ab\n" * lines, rows)
    assert time.process_time() - began < 15
    assert sum(bool(piece.kinds) for paragraph in reading.paragraphs for piece in paragraph) == labels * each


def test_a_search_of_many_beginnings_marks_a_long_text_at_once() -> None:
    query = parse_query("chi* kaz* rai* пос* нов* дор* чер* гра* abc* dex* fgh* ijk*")
    body = ("Chinese and Kazakh railway построили новую дорогу через границу " * 500)[:30_000]
    began = time.process_time()
    spans = query.highlight(body, "ru")
    assert time.process_time() - began < 3
    marked = {body[start:end] for start, end in spans}
    assert {"Chinese", "Kazakh", "railway", "построили", "новую"} <= marked


def test_a_title_of_a_million_letters_takes_no_more_of_a_search_than_another(site: Site, desk: DeskLoader) -> None:
    desk.source("evil")
    desk.article("e1", "evil", NOW, title="word " * 200_000, body="word")
    desk.write()
    desk.execute(
        "insert into article_terms (article_id, discovered_at, terms) "
        "select id, discovered_at, 'en/word:1A' from articles"
    )
    answer = site.page("/search?q=word")
    assert "<mark>word</mark>" in answer
    assert len(answer) < 200_000


def _scope(path: str) -> Message:
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"days=365",
        "root_path": "",
        "headers": [(b"host", b"desk.example")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }


def _others(connection: Any) -> int:
    query = """
        select count(*) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%'
    """
    return int(connection.scalar(text(query)))


def _held_after(*, patience: float, longest: float, pause: float) -> tuple[str, bool]:
    """Read ten pieces with a pause before each; return the error that ended it, and whether all was given back."""
    given_back = threading.Event()
    held = ExitStack()
    held.callback(given_back.set)

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b"x"

    async def receive() -> Message:
        await asyncio.sleep(timedelta(hours=1).total_seconds())
        return {"type": "http.disconnect"}

    async def send(_message: Message) -> None:
        await asyncio.sleep(pause)

    answer = Download(pieces(), held, "text/csv", {}, patience=patience, longest=longest)
    try:
        asyncio.run(asyncio.wait_for(answer(_scope("/"), receive, send), 10))
    except Exception as error:  # noqa: BLE001 - its name is what is asked
        return type(error).__name__, given_back.is_set()
    return "", given_back.is_set()
