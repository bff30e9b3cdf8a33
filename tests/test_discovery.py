"""What a site offers is found with few requests, told apart, and added to the list without touching the rest of it."""

import asyncio
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from click.testing import Result
from typer.testing import CliRunner

from silkwire.cli.commands import tree
from silkwire.net.client import open_client
from silkwire.net.robots import Robots
from silkwire.poll.discovery import REQUESTS, Discovery, discover
from silkwire.poll.opml import read_opml
from silkwire.poll.page_links import PageLinks, find_links
from silkwire.poll.parser import ParserPool
from silkwire.reasons import Reason
from silkwire.records import Feed, Form, Source
from silkwire.settings import Settings, get_settings, load_settings
from tests.local_server import LocalServer

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOST = "site.localhost"


class Site(LocalServer):
    """A site of a test: what it answers by path (with query), 404 for all else."""

    def __init__(self) -> None:
        super().__init__(self._answer)
        self.answers: dict[str, tuple[int, str, dict[str, str]]] = {}

    def says(self, path: str, body: str, status: int = 200, **headers: str) -> None:
        self.answers[path] = (status, body, {name.replace("_", "-"): value for name, value in headers.items()})

    async def _answer(self, request: web.BaseRequest) -> web.Response:
        status, body, headers = self.answers.get(request.path_qs, (404, "not here", {}))
        return web.Response(body=body.encode(), status=status, headers=headers)

    @property
    def asked(self) -> list[str]:
        return [path for path, _ in self.requests]


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as opened:
        yield opened


@pytest.fixture(scope="module")
def parsers() -> Iterator[ParserPool]:
    with ParserPool(5, workers=1) as pool:
        yield pool


Find = Callable[..., Discovery]


@pytest.fixture
def find(site: Site, parsers: ParserPool) -> Find:
    settings = load_settings(contact="https://silkwire.example/", allow_hosts=("*.localhost",), host_delay=0)

    def run(path: str = "/", settings: Settings = settings, **options: Any) -> Discovery:
        async def look() -> Discovery:
            async with open_client(settings, lambda: NOW) as client:
                return await discover(site.url(path), client, Robots(client, settings), parsers, **options)

        return asyncio.run(look())

    return run


def rss(  # noqa: PLR0913 - what a feed may differ in
    items: int = 3, *, title: str = "News", age: float = 0, every: float = 1, path: str = "a", now: datetime = NOW
) -> str:
    """A feed whose newest item is `age` hours old, with one `every` so many hours before."""
    dates = [now - timedelta(hours=age + number * every) for number in range(items)]
    entries = "".join(
        f"<item><title>{n}</title><link>https://{HOST}/{path}/{n}</link><pubDate>{format_datetime(date)}</pubDate></item>"
        for n, date in enumerate(dates)
    )
    return f"<rss version='2.0'><channel><title>{title}</title><language>ru</language>{entries}</channel></rss>"


def page(body: str = "", *, feeds: tuple[str, ...] = (), kind: str = "application/rss+xml") -> str:
    links = "".join(f"<link rel='alternate' type='{kind}' href='{href}'>" for href in feeds)
    name = "<meta property='og:site_name' content='Steppe Courier'>"
    return f"<!doctype html><html lang='kk'><head><title>Home</title>{name}{links}</head><body>{body}</body></html>"


def found(discovery: Discovery) -> list[tuple[str, Form, bool]]:
    return [(offer.url.partition(HOST)[2].partition("/")[2], offer.form, offer.is_usable) for offer in discovery.offers]


def test_a_feed_that_is_named_itself_is_the_offer_and_nothing_else_is_asked_for(site: Site, find: Find) -> None:
    site.says("/rss", rss(13, age=2, every=2))
    discovery = find("/rss")
    (offer,) = discovery.offers
    assert (offer.url, offer.form, offer.title, offer.language) == (site.url("/rss"), Form.FEED, "News", "ru")
    assert (offer.entries, offer.newest, offer.items_a_day) == (13, NOW - timedelta(hours=2), 12)
    assert discovery.site == site.url("/")
    assert site.asked == ["/robots.txt", "/rss"]


def test_feeds_that_a_page_declares_and_links_are_offered_the_fullest_first(site: Site, find: Find) -> None:
    site.says(
        "/", page("<a href='/sport/rss.xml'>Sport</a><a href='/rss-policy.css'>x</a>", feeds=("/rss", "/comments/feed"))
    )
    site.says("/rss", rss(20, every=1))
    site.says("/comments/feed", rss(50, title="Comments", every=0.1, path="c"))
    site.says("/sport/rss.xml", rss(20, every=9, path="s"))
    discovery = find()
    assert found(discovery) == [
        ("rss", Form.FEED, True),
        ("sport/rss.xml", Form.FEED, True),
        ("comments/feed", Form.FEED, True),
    ]
    assert [offer.is_comments for offer in discovery.offers] == [False, False, True]
    assert (discovery.site, discovery.name, discovery.language) == (site.url("/"), "Steppe Courier", "kk")
    assert not {"/feed", "/atom.xml", "/sitemap.xml"} & set(site.asked)


def test_a_stale_feed_comes_after_a_fresh_sitemap(site: Site, find: Find) -> None:
    site.says("/", page(feeds=("/rss",)))
    site.says("/rss", rss(20, age=24 * 400))
    site.says("/robots.txt", f"Sitemap: {site.url('/map.xml')}\nSitemap: /news/map.xml")
    entry = "<url><loc>https://x.example/{0}</loc><lastmod>2026-11-2{0}</lastmod></url>"
    site.says("/news/map.xml", f"<urlset>{entry.format(3)}{entry.format(4)}</urlset>")
    site.says("/map.xml", "<urlset/>")
    assert found(find()) == [
        ("news/map.xml", Form.SITEMAP, True),
        ("rss", Form.FEED, True),
        ("map.xml", Form.SITEMAP, False),
    ]


def test_an_index_of_sitemaps_is_judged_by_its_newest_one(site: Site, find: Find) -> None:
    site.says("/", page())
    site.says("/robots.txt", f"Sitemap: {site.url('/index.xml.gz')}")
    children = "".join(f"<sitemap><loc>{site.url(f'/m-2026-{month}.xml')}</loc></sitemap>" for month in (10, 11))
    site.says("/index.xml.gz", f"<sitemapindex>{children}</sitemapindex>")
    site.says(
        "/m-2026-11.xml", "<urlset><url><loc>https://x.example/1</loc><lastmod>2026-11-24</lastmod></url></urlset>"
    )
    (offer,) = find().offers
    assert (offer.url, offer.form, offer.entries) == (site.url("/index.xml.gz"), Form.SITEMAP, 1)
    assert "/m-2026-10.xml" not in site.asked


@pytest.mark.parametrize("path", ["/feed", "/rss/all.xml", "/?feed=rss2", "/feed.json"])
def test_the_usual_places_are_tried_where_a_page_names_no_feed(site: Site, find: Find, path: str) -> None:
    site.says("/", page())
    items = ",".join(f'{{"id": "{n}", "url": "https://x.example/{n}"}}' for n in range(3))
    feed = f'{{"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": [{items}]}}'
    site.says(path, feed if path.endswith("json") else rss())
    assert found(find()) == [(path.removeprefix("/"), Form.FEED, True)]


def test_the_feed_of_a_section_is_tried_before_that_of_the_site(site: Site, find: Find) -> None:
    site.says("/kk", page())
    site.says("/kk/feed", rss())
    site.says("/feed", rss(path="b"))
    assert found(find("/kk")) == [("kk/feed", Form.FEED, True)]


def test_a_page_that_only_lists_feeds_is_looked_through(site: Site, find: Find) -> None:
    site.says("/", page("<a href='/rss/'>RSS</a>"))
    site.says("/rss/", page("<a href='/rss/all'>All</a><a href='/rss/politics'>Politics</a>"))
    site.says("/rss/all", rss(9))
    site.says("/rss/politics", rss(5, path="p", every=5))
    assert found(find()) == [("rss/all", Form.FEED, True), ("rss/politics", Form.FEED, True)]


def test_one_feed_at_several_addresses_is_one_offer(site: Site, find: Find) -> None:
    site.says("/", page(feeds=("/feed", "/rss2", "/old")))
    site.says("/feed", rss())
    site.says("/rss2", rss())
    site.says("/old", "", 301, Location="/feed")
    assert found(find()) == [("feed", Form.FEED, True)]


def test_a_feed_is_offered_where_it_has_moved_to_for_good(site: Site, find: Find) -> None:
    site.says("/", page(feeds=("/a", "/b")))
    site.says("/a", "", 301, Location="/new-a")
    site.says("/b", "", 302, Location="/new-b")
    site.says("/new-a", rss(9))
    site.says("/new-b", rss(9, path="b", every=9))
    assert [url for url, _, _ in found(find())] == ["new-a", "b"]


def test_a_page_of_articles_is_the_last_resort(site: Site, find: Find) -> None:
    links = "".join(f"<li><a href='/news/{n}/slug'>Title {n}</a></li>" for n in range(10_001, 10_008))
    site.says("/", page(links))
    assert found(find()) == [("", Form.SECTION, True)]
    site.says("/rss", rss())
    assert found(find()) == [("rss", Form.FEED, True), ("", Form.SECTION, True)]


def test_a_section_is_read_as_one_and_nothing_else_is_asked_for(site: Site, find: Find) -> None:
    site.says("/politics", page("<a href='/p/1'>One</a><a href='/p/2'>Two</a><a href='/q/3'>Q</a>", feeds=("/rss",)))
    (offer,) = find("/politics", section=True, pattern=r"/p/\d").offers
    assert (offer.form, offer.entries, offer.pattern) == (Form.SECTION, 2, r"/p/\d")
    assert site.asked == ["/robots.txt", "/politics"]


def test_what_is_declared_and_does_not_work_is_offered_with_the_reason(site: Site, find: Find) -> None:
    site.says("/", page(feeds=("/html", "/gone", "/empty", "https://127.0.0.2/rss")))
    site.says("/html", page())
    site.says("/gone", "", 410)
    site.says("/empty", rss(0))
    reasons = {offer.url.rpartition("/")[2]: offer.outcome.reason for offer in find().offers}
    assert reasons == {"html": Reason.NOT_A_FEED, "gone": Reason.GONE, "empty": None, "rss": Reason.FORBIDDEN_ADDRESS}


def test_what_robots_txt_refuses_is_not_asked_for(site: Site, find: Find) -> None:
    site.says("/robots.txt", "User-agent: *\nDisallow: /")
    site.says("/", page(feeds=("/rss",)))
    (offer,) = find().offers
    assert offer.outcome.reason is Reason.ROBOTS
    assert site.asked == ["/robots.txt"]


def test_a_site_that_asks_for_a_pause_gets_one(site: Site, find: Find) -> None:
    site.says("/", page(feeds=("/rss", "/rss2")))
    site.says("/rss", "", 429)
    discovery = find()
    assert discovery.stopped == Reason.RATE_LIMITED.words
    assert site.asked == ["/robots.txt", "/", "/rss"]


def test_no_site_gets_more_requests_than_there_are_for_one(site: Site, find: Find) -> None:
    site.says(
        "/", page("".join(f"<a href='/{n}/rss'>{n}</a>" for n in range(100)), feeds=tuple(f"/f{n}" for n in range(100)))
    )
    discovery = find()
    assert len(site.asked) == REQUESTS
    assert str(REQUESTS) in discovery.stopped


def test_a_site_that_breaks_every_answer_off_is_left_alone(site: Site, find: Find) -> None:
    site.says("/", page(feeds=tuple(f"/f{n}" for n in range(9))))
    for number in range(9):
        site.says(f"/f{number}", "x" * 100, Content_Encoding="gzip")
    discovery = find()
    assert "in a row" in discovery.stopped
    assert len(site.asked) == 5


def test_a_crawl_delay_is_kept_and_what_it_leaves_no_time_for_is_said(
    site: Site, find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("silkwire.poll.discovery._SECONDS", 2.0)
    site.says("/robots.txt", "User-agent: *\nCrawl-delay: 100")
    site.says("/", page(feeds=("/rss",)))
    discovery = find()
    assert "pace" in discovery.stopped
    assert site.asked == ["/robots.txt"]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, ""),
        (404, ""),
        (200, ""),
        (200, "\x00" * 99),
        (200, "<html>" + "<div>" * 9_000),
        (200, "%PDF-1.4"),
        (200, "{"),
    ],
)
def test_a_site_that_offers_nothing_is_said_to(site: Site, find: Find, status: int, body: str) -> None:
    site.says("/", body, status)
    assert not any(offer.is_usable for offer in find().offers)


def test_a_host_that_is_not_there_is_an_outcome(find: Find, site: Site) -> None:
    port, site.port = site.port, 1
    (offer,) = find().offers
    site.port = port
    assert offer.outcome.reason is Reason.CONNECTION


def test_links_that_only_look_like_feeds_are_no_feeds() -> None:
    body = """<html><head><base href="/x/">
      <link rel="Alternate" type="application/rss+xml" href="main?feedtype=rss#top">
      <link rel="alternate" type="application/json+oembed" href="/oembed">
      <link rel="alternate" hreflang="ru" href="/ru/"><link rel="stylesheet" type="text/css" href="/rss.css">
      </head><body><a href="https://other.example/rss">Other</a><a href="/feedback">Feedback</a>
      <a href="https://feeds.feedburner.com/courier">Feed</a><a href="rss.php?lang=ru">RSS</a>
      <a href="javascript:rss()">x</a><a href="http://[/rss">x</a><a href="/atom-physics">Atoms</a></body></html>"""
    assert find_links(body.encode(), "https://courier.example/", "text/html") == PageLinks(
        declared=("https://courier.example/x/main?feedtype=rss",),
        linked=(
            "https://feeds.feedburner.com/courier",
            "https://courier.example/x/rss.php?lang=ru",
            "https://courier.example/atom-physics",
        ),
        name="",
        language=None,
    )


LISTED = """<?xml version="1.0"?>
<opml version="2.0"><head/><body>
  <!-- mine -->
  <outline text="Asia">
    <outline text="Wire" xmlUrl="https://wire.example/rss" id="wire" country="KZ" language="en"/>
  </outline>
</body></opml>
"""

Command = Callable[..., Result]


@pytest.fixture
def add(warehouse_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Command]:
    """Run `silkwire sources add` with a list of the test's own."""
    path = tmp_path / "sources.opml"
    path.write_text(LISTED, encoding="utf-8")

    def run(*arguments: str, **settings: str) -> Result:
        environment = {
            "WAREHOUSE_URL": warehouse_url,
            "HOME": str(tmp_path / "home"),
            "SOURCES": str(path),
            "ALLOW_HOSTS": "*.localhost",
            "HOST_DELAY": "0",
            "CONTACT": "https://silkwire.example/about",
        }
        for name, value in (environment | settings).items():
            monkeypatch.setenv(f"SILKWIRE_{name}", value)
        get_settings.cache_clear()
        return CliRunner().invoke(tree(), ["sources", "add", *arguments])

    yield run
    get_settings.cache_clear()


@pytest.fixture
def newsy(site: Site) -> Site:
    """A site with two feeds that are fresh today."""
    site.says("/", page(feeds=("/rss", "/sport/rss")))
    site.says("/rss", rss(20, now=datetime.now(UTC)))
    site.says("/sport/rss", rss(20, every=9, path="s", now=datetime.now(UTC)))
    return site


def listed_in(tmp_path: Path) -> tuple[list[Source], list[Feed]]:
    return read_opml((tmp_path / "sources.opml").read_bytes(), "x")


def test_the_best_feed_is_added_to_the_list_and_to_the_warehouse(newsy: Site, add: Command, tmp_path: Path) -> None:
    done = add(newsy.url("/"), "--country", "kz", "--kind", "state", "--folder", "Asia", "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert [feed["url"] for feed in told["added"]] == [newsy.url("/rss")]
    assert [offer["usable"] for offer in told["offers"]] == [True, True]
    sources, feeds = listed_in(tmp_path)
    assert sources[1] == Source(HOST, "Steppe Courier", newsy.url("/"), "KZ", "state")
    assert (feeds[1].url, feeds[1].language, feeds[1].folder) == (newsy.url("/rss"), "ru", "Asia")
    text = (tmp_path / "sources.opml").read_text(encoding="utf-8")
    assert "\n".join(line for line in text.splitlines() if HOST not in line) + "\n" == LISTED
    assert list(tmp_path.glob("sources.opml?*")) == []
    again = add(newsy.url("/"))
    assert again.exit_code == 0
    assert "on the list" in again.stdout
    assert (tmp_path / "sources.opml").read_text(encoding="utf-8") == text


def test_a_dry_run_shows_all_and_changes_nothing(newsy: Site, add: Command, tmp_path: Path) -> None:
    newsy.says("/", page(feeds=("/rss", "/sport/rss", "/broken")))
    done = add(newsy.url("/"), "--dry-run")
    assert done.exit_code == 0, done.stderr
    for words in ("/sport/rss", "/broken", "404", "Nothing was changed"):
        assert words in done.stdout
    assert (tmp_path / "sources.opml").read_text(encoding="utf-8") == LISTED


def test_chosen_feeds_are_added_under_the_name_and_id_that_were_given(
    newsy: Site, add: Command, tmp_path: Path
) -> None:
    newsy.says("/hidden", rss(4, path="h"))
    newsy.says("/moved", "", 308, Location="/hidden")
    chosen = ("--feed", newsy.url("/sport/rss"), "--feed", newsy.url("/moved"))
    done = add(newsy.url("/"), *chosen, "--id", "courier", "--name", "The Courier", "--language", "kk")
    assert done.exit_code == 0, done.stderr
    sources, feeds = listed_in(tmp_path)
    assert sources[1] == Source("courier", "The Courier", newsy.url("/"), None, None)
    assert [(feed.url, feed.language) for feed in feeds[1:]] == [
        (newsy.url("/sport/rss"), "kk"),
        (newsy.url("/hidden"), "kk"),
    ]


def test_all_that_is_of_use_is_added(newsy: Site, add: Command, tmp_path: Path) -> None:
    newsy.says("/", page(feeds=("/rss", "/sport/rss", "/comments/feed", "/broken")))
    newsy.says("/comments/feed", rss(9, path="c"))
    assert add(newsy.url("/"), "--all").exit_code == 0
    assert [feed.url for feed in listed_in(tmp_path)[1][1:]] == [newsy.url("/rss"), newsy.url("/sport/rss")]


def test_a_further_feed_joins_the_source_that_is_listed(newsy: Site, add: Command, tmp_path: Path) -> None:
    assert add(newsy.url("/rss"), "--id", "courier", "--name", "Courier", "--country", "KZ").exit_code == 0
    done = add(newsy.url("/sport/rss"), "--name", "Another", "--country", "KG")
    assert "Courier was listed before" in done.stdout
    sources, feeds = listed_in(tmp_path)
    assert [source.name for source in sources] == ["Wire", "Courier"]
    assert [feed.source_id for feed in feeds] == ["wire", "courier", "courier"]


def test_what_the_warehouse_had_from_another_list_is_said_to_be_left_out(
    newsy: Site, add: Command, tmp_path: Path
) -> None:
    assert add(newsy.url("/rss")).exit_code == 0
    (tmp_path / "sources.opml").write_text(LISTED, encoding="utf-8")
    assert "1 feeds that are not on it" in add(newsy.url("/sport/rss")).stdout


def test_a_list_that_is_not_there_yet_is_made(newsy: Site, add: Command, tmp_path: Path) -> None:
    path = tmp_path / "new" / "list.opml"
    assert add(newsy.url("/rss"), SOURCES=str(path)).exit_code == 0
    assert [feed.url for feed in read_opml(path.read_bytes(), "x")[1]] == [newsy.url("/rss")]


def test_a_section_is_added_with_its_pattern(newsy: Site, add: Command, tmp_path: Path) -> None:
    newsy.says("/politics", page("<a href='/p/1'>One</a>"))
    done = add(newsy.url("/politics"), "--section", "--pattern", r"/p/\d+")
    assert done.exit_code == 0, done.stderr
    feed = listed_in(tmp_path)[1][1]
    assert (feed.url, feed.form, feed.pattern) == (newsy.url("/politics"), Form.SECTION, r"/p/\d+")


@pytest.mark.parametrize(
    ("arguments", "settings", "told"),
    [
        ((), {"CONTACT": ""}, "SILKWIRE_CONTACT"),
        (("--country", "Kazakstan"), {}, "KZ"),
        (("--pattern", "("), {}, "regular expression"),
        (("--feed", "/nothing"), {}, "http"),
        (("--feed", "http://site.localhost:1/rss"), {}, "can't be added"),
        (("--language", "kazakh!"), {}, "BCP 47"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_changed(  # noqa: PLR0913 - a case's parts
    newsy: Site, add: Command, tmp_path: Path, arguments: tuple[str, ...], settings: dict[str, str], told: str
) -> None:
    done = add(newsy.url("/"), *arguments, **settings)
    assert done.exit_code == 1
    assert told in done.stderr
    assert (tmp_path / "sources.opml").read_text(encoding="utf-8") == LISTED


def test_a_site_without_anything_to_poll_is_said_to_have_none(site: Site, add: Command) -> None:
    site.says("/", page())
    done = add(site.url("/"))
    assert done.exit_code == 1
    assert "Nothing at" in done.stderr
