"""Who comes in, and what a request or an article can do: nothing but be read."""

import asyncio
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

import pytest
from lxml import etree

from silkwire.errors import Permanent, Transient
from silkwire.web import app as app_module
from silkwire.web.gate import Run
from silkwire.web.reader import Reader
from tests.conftest import NOW
from tests.web.conftest import ADMIN, ORIGIN, ROOT, VIEWER, Site
from tests.web.desk import DeskLoader, at
from tests.web.walking import addresses, faults, is_open, routes

DAY = NOW.date()
PAGES = {
    "articles": ["a1"],
    "sources": ["astana"],
    "regions": ["china"],
    "topics": ["medtop:04000000"],
    "watch": ["border-trade"],
    "pairs": ["central-asia china"],
    "runs": ["scheduled__2026-11-24T11:00:00+00:00"],
    "*": ["nothing"],
}
NASTY = "\"'><script>alert(1)</script><img src=x onerror=alert(1)><xss style=x onclick=alert(1)>"
TURNED = "\u202egnp.exe\u2066"
SQL = ("' or '1'='1", "'; drop table articles; --", "\\'; select pg_sleep(9); --", "%", "$1", ":first", "{}", "a\0b")
FILTERS = ("region", "topic", "watch", "language", "source", "country", "state", "beside")


def test_nobody_sees_anything_without_a_login(site: Site, loaded: DeskLoader) -> None:
    site.gate.present = None
    for route in routes("GET"):
        for address in addresses(route, PAGES):
            assert site.get(address, accept="*/*").status_code in ((401, 403) if is_open(route) else (401,)), address
            if not is_open(route):
                answer = site.get(address)
                assert (answer.status_code, answer.headers["location"]) == (303, "/login"), address
    for route in routes("POST"):
        for address in addresses(route, PAGES):
            assert site.post(address).headers["location"] == "/login", address
    assert site.gate.triggered == []


@pytest.mark.parametrize("visitor", [VIEWER, ADMIN])
def test_a_viewer_reads_everything_that_an_admin_reads(site: Site, loaded: DeskLoader, visitor: object) -> None:
    site.gate.present = visitor  # type: ignore[assignment]
    site.gate.runs = [Run(dag, "m1", "running", f"/dags/{dag}/runs/m1") for dag in ("monitor", "reprocess")]
    for route in routes("GET"):
        if is_open(route):
            continue
        for address in addresses(route, PAGES):
            asked = f"{address}?id=m1" if address.startswith("/actions") else address
            answer = site.get(asked)
            assert answer.status_code == 200, f"{asked}: {answer.text[:500]}"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://desk.example.evil.example"},
        {"origin": "http://desk.example:8080"},
        {"origin": ORIGIN, "sec-fetch-site": "cross-site"},
        {"origin": ORIGIN, "sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {},
    ],
)
def test_a_write_that_no_page_of_ours_sends_is_refused(site: Site, headers: dict[str, str]) -> None:
    site.gate.present = ADMIN
    for route in routes("POST"):
        for address in addresses(route, PAGES):
            sent = site._client.post(ROOT + address, headers={"accept": "text/html"} | headers)
            assert site._runner.run(sent).status_code == 403
    assert site.gate.triggered == []


def test_every_answer_carries_our_headers_and_the_policy_allows_nothing_inline(site: Site, loaded: DeskLoader) -> None:
    asked = ("/", "/sources", "/static/silkwire.js", "/tables/feeds.csv", "/charts/volume.json", "/nope", "/articles/x")
    for address in asked:
        headers = site.get(address).headers
        policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["frame-ancestors"] == "'self'"
        assert policy["base-uri"] == "'none'"
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert "no-store" in headers["cache-control"] or address.startswith("/static/")


def test_no_page_has_anything_inline(site: Site, loaded: DeskLoader) -> None:
    for address in _pages():
        assert faults(site.page(address)) == [], address


def test_what_a_hostile_outlet_writes_stays_text_on_every_page(site: Site, hostile: DeskLoader) -> None:
    for address in _pages(HOSTILE_IDS):
        answer = site.get(f"{address}?days=365")
        assert answer.status_code == 200, address
        assert faults(answer.text) == [], address
        assert len(answer.content) < 3_000_000, address
        if not address.startswith("/articles/"):
            assert "\u202e" not in answer.text, address


def test_what_a_hostile_outlet_writes_stays_data_in_every_download(site: Site, hostile: DeskLoader) -> None:
    for route in routes("GET"):
        if route.path.split("/")[1] not in ("tables", "charts"):
            continue
        for address in addresses(route, PAGES):
            answer = site.get(f"{address}?days=365&source=evil")
            assert answer.status_code == 200, address
            kind = answer.headers["content-type"].partition(";")[0]
            assert kind not in ("text/html", "image/svg+xml", "text/javascript"), address
            if address.endswith(".json"):
                json.loads(answer.content)
            if address.startswith("/tables/"):
                assert answer.headers["content-disposition"].startswith("attachment;"), address


def test_what_a_hostile_outlet_writes_stays_text_in_the_feeds_of_articles(site: Site, hostile: DeskLoader) -> None:
    feeds = set(re.findall(r'href="([^"]+\.atom[^"]*)"', site.page("/articles?days=365&source=evil")))
    assert feeds
    for link in feeds:
        answer = site.get(link.removeprefix(ROOT).replace("&amp;", "&"))
        assert answer.status_code == 200
        tree = etree.fromstring(answer.content)
        links = tree.xpath("//*[local-name()='link']/@href | //*[local-name()='uri']/text()")
        assert links
        assert all(str(each).startswith(("http://", "https://")) for each in links)
        assert not tree.xpath("//*[local-name()='script' or local-name()='img']")


def test_sql_in_a_filter_is_a_value_that_nothing_has(site: Site, loaded: DeskLoader) -> None:
    tables = ("articles", "feeds", "gaps", "coverage", "outages", "source-days")
    for name in FILTERS:
        for table in tables:
            unknown = site.get(f"/tables/{table}.csv?{name}=zzz").content
            for sql in SQL:
                answer = site.get(f"/tables/{table}.csv?{name}={quote(sql)}")
                assert (answer.status_code, answer.content) == (200, unknown), (name, table, sql)


def test_no_page_and_no_chart_fails_over_sql_in_its_address(site: Site, loaded: DeskLoader) -> None:
    everything = "&".join(f"{name}={quote(SQL[1])}" for name in (*FILTERS, "kind", "days", "from", "to", "offset", "q"))
    for route in routes("GET"):
        if is_open(route):
            continue
        for address in addresses(route, PAGES):
            assert site.get(f"{address}?{everything}").status_code in (200, 307, 404), address
        if "{" in route.path and not route.path.startswith(("/tables", "/charts", "/static")):
            for sql in SQL:
                for address in addresses(route, {"*": [sql]}):
                    assert site.get(address).status_code in (200, 307, 404), address
    assert site.page("/articles").count('class="article"') > 0


@pytest.mark.parametrize(
    "path",
    [
        "..%2fapp.py",
        "%2e%2e/app.py",
        "....//app.py",
        "..%5capp.py",
        "%2fetc%2fpasswd",
        "silkwire.css%00.py",
        "../templates/base.html",
        ".",
        "..",
        "%00",
    ],
)
def test_only_the_packages_own_files_are_served(site: Site, path: str) -> None:
    answer = site.get(f"/static/{path}")
    assert answer.status_code in (303, 404, 307)
    assert "import" not in answer.text
    assert "root:" not in answer.text


def test_a_page_of_an_error_says_nothing_that_was_asked_unescaped(site: Site, loaded: DeskLoader) -> None:
    for first in ("articles", "sources", "regions", "topics", "watch", "runs", "tables", "charts", "static", ""):
        answer = site.get(f"/{first}/{quote(NASTY, safe='')}?q={quote(NASTY)}")
        assert "<script>alert" not in answer.text, first
        assert "<img src=x" not in answer.text, first
        if answer.headers["content-type"].startswith("text/html"):
            assert faults(answer.text) == [], first


def test_the_reader_sees_the_marts_and_nothing_else_and_writes_nowhere(warehouse_url: str, engine: object) -> None:
    reader = Reader(warehouse_url)
    assert reader.value(("select current_user", {})) == "silkwire_reader"
    for sql in (
        "select count(*) from public.articles",
        "select count(*) from public.sources",
        "delete from marts.article_facts",
        "insert into public.sources (id) values ('x')",
        "create table marts.x (a int)",
        "create temporary table x (a int)",
        "refresh materialized view marts.article_facts",
    ):
        with pytest.raises(Exception, match=r"permission denied|read-only|must be owner|marts"):
            reader.rows((sql, {}))
    reader.close()


def test_a_query_that_takes_too_long_is_a_clear_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(_query: object, reader: Reader, *_: object) -> None:
        with reader.connection() as connection:
            connection.exec_driver_sql("set local statement_timeout = '50ms'")
            connection.exec_driver_sql("select pg_sleep(5)")

    monkeypatch.setattr("silkwire.web.pages.sources.show", slow)
    answer = site.get("/sources?state=all")
    assert answer.status_code == 503
    assert "Ask for fewer days" in answer.text
    assert site.get("/sources?state=all", accept="application/json").json()["detail"].endswith("Ask for fewer days.")


def test_a_warehouse_that_is_away_is_a_clear_page_and_named_without_its_password() -> None:
    reader = Reader("postgresql+psycopg://someone:hidden@127.0.0.1:9/silkwire")
    with pytest.raises(Transient, match="The warehouse does not answer") as caught:
        reader.rows(("select 1", {}))
    assert "hidden" not in str(caught.value)


def test_every_page_says_so_when_the_warehouse_is_away(away: Site) -> None:
    for address in _pages():
        answer = away.get(address)
        assert answer.status_code == 503, address
        assert "The warehouse does not answer" in answer.text
        assert "hidden" not in answer.text
        assert faults(answer.text) == []


def test_a_warehouse_without_marts_says_what_to_run(site: Site, desk: DeskLoader) -> None:
    desk.execute("drop schema marts cascade")
    answer = site.get("/sources")
    assert answer.status_code == 500
    assert "silkwire db upgrade" in answer.text


def test_airflow_without_a_warehouse_says_which_setting_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_module, "get_settings", type("Unset", (), {"warehouse_url": None}))
    with pytest.raises(Permanent, match="SILKWIRE_WAREHOUSE_URL"):
        app_module.default_reader.__wrapped__()


HOSTILE_IDS = PAGES | {"articles": ["e1", "e2"], "sources": ["evil"]}


def _pages(ids: dict[str, list[str]] = PAGES) -> list[str]:
    """List the addresses of pages that people read."""
    files = ("tables", "charts", "static", "actions", "feeds")
    return [
        address
        for route in routes("GET")
        if not is_open(route) and route.path.split("/")[1] not in files
        for address in addresses(route, ids)
    ]


@pytest.fixture
def away() -> Iterator[Site]:
    """The app over a warehouse that nobody serves."""
    reader = Reader("postgresql+psycopg://someone:hidden@127.0.0.1:9/silkwire")
    with asyncio.Runner() as runner:
        yield Site(reader, runner)
    reader.close()


@pytest.fixture
def hostile(loaded: DeskLoader) -> DeskLoader:
    """An outlet that attacks by everything it can write."""
    word, yesterday = "ж" * 1_000_000, DAY - timedelta(days=1)
    feed = {"url": f"javascript:alert(1)//{NASTY}", "detail": NASTY, "moved_to": "javascript:alert(1)"}
    failing = {"outcome": "retry", "reason": "not_found", "polled_at": NOW, "failures": 3.0}
    loaded.source("evil", name=f"{NASTY}{TURNED}", country="KZ", **feed, **failing)
    loaded.poll_daily("evil", DAY - timedelta(days=3), DAY)
    loaded.gap("evil", NOW, reason=None)
    columns = {
        "authors": [NASTY, "javascript:alert(1)"],
        "site_name": NASTY,
        "sections": [NASTY],
        "image_url": "javascript:alert(1)",
        "detail": NASTY,
    }
    labels = {"regions": ("china",), "countries": ("CN",), "topics": ("medtop:04000000",), "watch": ("border-trade",)}
    for number, url in enumerate(("javascript:alert(document.domain)", f"https://evil.example/{NASTY}"), start=1):
        title = f"{NASTY}{TURNED}" if number == 1 else word
        loaded.article(
            f"e{number}",
            "evil",
            at(yesterday, number),
            title=title,
            body=f"{number}{word}",
            url=url,
            **labels,
            **columns,
        )
    repeated = {"title": NASTY, "body": f"1{word}", "url": "data:text/html,<script>alert(1)</script>"}
    loaded.article("e3", "astana", at(yesterday, 5), **repeated, **labels, **columns)
    loaded.write()
    return loaded
