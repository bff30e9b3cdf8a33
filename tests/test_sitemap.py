"""Sitemaps: news, plain, indexes, gzip and text, and what no file under that name can do to us."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest

from silkwire.poll.sitemap import BODY_CAP, Child, Sitemap, choose_children, parse_sitemap
from silkwire.reasons import Reason
from silkwire.records import Entry, Kind, Outcome

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://site.example/sitemap.xml"
NEWS = "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'"
IMAGE = "xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'"
PLAIN = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
START = f"<?xml version='1.0' encoding='UTF-8'?>\n<urlset {PLAIN} {NEWS} {IMAGE}>"


def urlset(*urls: str) -> bytes:
    return (START + "".join(f"<url>{url}</url>" for url in urls) + "</urlset>").encode()


def index(*maps: str) -> bytes:
    inside = "".join(f"<sitemap>{one}</sitemap>" for one in maps)
    return f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{inside}</sitemapindex>".encode()


def news(number: int, published: str = "2026-11-24T10:00:00+05:00", title: str = "Title") -> str:
    return (
        f"<loc>https://site.example/{number}</loc><lastmod>2026-11-24T11:00:00Z</lastmod><news:news><news:publication>"
        f"<news:name>Site</news:name><news:language>ru</news:language></news:publication>"
        f"<news:publication_date>{published}</news:publication_date><news:title>{title}</news:title></news:news>"
    )


def read(body: bytes, url: str = URL) -> Sitemap:
    sitemap, outcome = parse_sitemap(body, url, NOW)
    assert outcome == Outcome.ok()
    assert sitemap is not None
    return sitemap


def test_a_news_sitemap_tells_address_title_and_date() -> None:
    sitemap = read(urlset(news(1, title="Trains &amp;amp; trade"), news(2, published="2026-11-23")))
    assert sitemap.entries == (
        Entry(None, "https://site.example/1", "Trains & trade", "", datetime(2026, 11, 24, 5, tzinfo=UTC), ()),
        Entry(None, "https://site.example/2", "Title", "", datetime(2026, 11, 23, tzinfo=UTC), ()),
    )
    assert (sitemap.title, sitemap.language, sitemap.children) == ("Site", "ru", ())


def test_other_namespaces_and_prefixes_are_read_as_they_are_meant() -> None:
    body = (
        b"<urlset xmlns='http://www.google.com/schemas/sitemap/0.84' xmlns:n='https://www.google.com/sitemap-news'>"
        b"<url><loc>\n https://site.example/1 \n</loc><n:news><n:title><![CDATA[A & B]]></n:title></n:news></url>"
        b"</urlset>"
    )
    assert [(entry.url, entry.title) for entry in read(body).entries] == [("https://site.example/1", "A & B")]


def test_a_prefix_that_was_never_declared_is_read_as_it_is_meant() -> None:
    (entry,) = read(urlset(news(1)).replace(NEWS.encode(), b"")).entries
    assert (entry.title, entry.published_at) == ("Title", datetime(2026, 11, 24, 5, tzinfo=UTC))


def test_a_pictures_title_and_address_are_not_the_articles() -> None:
    picture = "<image:loc>https://site.example/1.jpg</image:loc><image:title>A picture</image:title>"
    (entry,) = read(urlset(f"<loc>https://site.example/1</loc><image:image>{picture}</image:image>")).entries
    assert (entry.url, entry.title) == ("https://site.example/1", "")


def test_addresses_are_cleaned() -> None:
    (entry,) = read(urlset("<loc>HTTPS://Site.Example/1?utm_source=x&amp;id=2#top</loc>")).entries
    assert entry.url == "https://site.example/1?id=2"


def test_an_address_that_is_none_is_kept_for_its_outcome() -> None:
    entries = read(urlset("<loc>ftp://site.example/1</loc>", "<lastmod>2026-11-24</lastmod>")).entries
    assert [entry.url for entry in entries] == ["ftp://site.example/1", None]


def test_lastmod_stands_in_for_a_date() -> None:
    (entry,) = read(urlset("<loc>https://site.example/1</loc><lastmod>2026-11-20T08:00:00Z</lastmod>")).entries
    assert entry.published_at == datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_a_lastmod_that_all_share_is_the_files_and_no_date() -> None:
    same = [f"<loc>https://site.example/{n}</loc><lastmod>2026-11-24T11:59:00Z</lastmod>" for n in range(10)]
    assert {entry.published_at for entry in read(urlset(*same)).entries} == {None}
    assert {entry.published_at for entry in read(urlset(*same[:9])).entries} == {
        datetime(2026, 11, 24, 11, 59, tzinfo=UTC)
    }


@pytest.mark.parametrize("lastmod", ["2026-12-24", "0000-00-00", "yesterday", "9999-12-31T23:59:59Z", ""])
def test_a_lastmod_that_cannot_be_is_no_date(lastmod: str) -> None:
    (entry,) = read(urlset(f"<loc>https://site.example/1</loc><lastmod>{lastmod}</lastmod>")).entries
    assert entry.published_at is None


def test_an_index_names_its_sitemaps() -> None:
    sitemap = read(
        index(
            "<loc>https://site.example/news.xml</loc><lastmod>2026-11-24T11:00:00Z</lastmod>",
            "<loc>/posts-2.xml.gz</loc>",
            "<loc>file:///etc/passwd</loc>",
        )
    )
    assert sitemap.entries == ()
    assert sitemap.children == (
        Child("https://site.example/news.xml", datetime(2026, 11, 24, 11, tzinfo=UTC)),
        Child("https://site.example/posts-2.xml.gz"),
    )


def test_a_gzip_body_is_read_whatever_it_is_called() -> None:
    body = gzip.compress(urlset(news(1)))
    assert read(body).entries == read(urlset(news(1))).entries


def test_a_list_of_addresses_in_plain_text_is_a_sitemap() -> None:
    entries = read("\ufeffhttps://site.example/1\r\n\r\nhttps://site.example/2?utm_source=x\n".encode()).entries
    assert [(entry.url, entry.title, entry.published_at) for entry in entries] == [
        ("https://site.example/1", "", None),
        ("https://site.example/2", "", None),
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_other_encodings_are_read(encoding: str) -> None:
    body = urlset(news(1, title="Мост")).decode().replace(" encoding='UTF-8'", "").encode(encoding)
    assert read(body).entries[0].title == "Мост"


def test_a_bare_ampersand_loses_no_address() -> None:
    entries = read(urlset("<loc>https://site.example/?a=1&b=2</loc>", news(2))).entries
    assert [entry.url for entry in entries][1] == "https://site.example/2"
    assert len(entries) == 2


def test_a_sitemap_that_breaks_off_gives_what_came() -> None:
    body = urlset(*(news(number) for number in range(100)))
    middle = body.index(b"/50</loc>") + 2
    for end in (middle, body.index(b"<url>", middle)):
        entries = read(body[:end]).entries
        assert {entry.url for entry in entries} == {f"https://site.example/{n}" for n in range(50 + (end > middle))}


def test_fifty_thousand_addresses_are_read() -> None:
    assert len(read(urlset(*(f"<loc>https://site.example/{n}</loc>" for n in range(50_000)))).entries) == 50_000


def test_an_empty_sitemap_is_a_quiet_one() -> None:
    assert read(urlset()) == Sitemap()
    assert read(index()) == Sitemap()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", Reason.NOT_A_FEED),
        (b"<!doctype html><html><body>404 & more</body></html>", Reason.NOT_A_FEED),
        (b"<rss><channel><image><url>https://site.example/1</url></image></channel></rss>", Reason.NOT_A_FEED),
        (b"<feed><url><loc>https://site.example/1</loc></url></feed>", Reason.NOT_A_FEED),
        (b"User-agent: *\nDisallow: /", Reason.NOT_A_FEED),
        (b"%PDF-1.4", Reason.NOT_A_FEED),
        (b"\x00" * 100, Reason.NOT_A_FEED),
        (b"<urlset", Reason.MALFORMED),
        (b"<urlset><url", Reason.MALFORMED),
        (b"\x1f\x8bnot gzip", Reason.MALFORMED),
        (gzip.compress(b"<urlset/>", mtime=0)[:-9], Reason.MALFORMED),
        (gzip.compress(b" " * (BODY_CAP + 2)), Reason.TOO_LARGE),
    ],
)
def test_what_is_no_sitemap_gets_a_reason(body: bytes, reason: Reason) -> None:
    sitemap, outcome = parse_sitemap(body, URL, NOW)
    assert (sitemap, outcome.kind, outcome.reason) == (None, Kind.FAILED, reason)


def test_a_gzip_bomb_stops_at_the_cap() -> None:
    bomb = gzip.compress(gzip.compress(b"\0" * 2**20, mtime=0) * 3 + b"\0" * 200 * 2**20, 1)
    _, outcome = parse_sitemap(bomb, URL, NOW, cap=2**20)
    assert outcome.reason is Reason.TOO_LARGE


ENTITIES = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10 if n else 'ha' * 50}'>" for n in range(10))


@pytest.mark.parametrize(
    "body",
    [
        f"<!DOCTYPE urlset [{ENTITIES}]><urlset><url><loc>https://site.example/&e9;</loc></url></urlset>",
        "<!DOCTYPE urlset SYSTEM 'http://127.0.0.1:9/x.dtd'><urlset><url><loc>https://site.example/1</loc></url></urlset>",
        "<!DOCTYPE urlset [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>https://site.example/&x;</loc></url></urlset>",
        "<urlset>" + "<url>" * 100_000,
        "<urlset " + " ".join(f"a{n}='x'" for n in range(50_000)) + "/>",
        "<urlset><url><loc>https://site.example/" + "x" * 2_000_000 + "</loc></url></urlset>",
        "<urlset>\x00<url><loc>\x00https://site.example/1</loc></url></urlset>",
        "<urlset><url><loc>http://[::1</loc></url></urlset>",
    ],
)
def test_hostile_xml_gives_an_outcome_and_no_secret(body: str) -> None:
    sitemap, outcome = parse_sitemap(body.encode(), URL, NOW)
    assert outcome.kind in (Kind.OK, Kind.FAILED)
    assert "root:" not in repr(sitemap)
    assert len(repr(sitemap)) < 3_000_000


def chosen(*names: str | tuple[str, str], since: datetime = NOW - timedelta(days=2), limit: int = 10) -> list[str]:
    children = [
        Child(f"https://site2020.example/{name}", datetime.fromisoformat(lastmod))
        for name, lastmod in (one if isinstance(one, tuple) else (one, "") for one in names)
        if lastmod
    ] + [Child(f"https://site2020.example/{name}") for name in names if isinstance(name, str)]
    until = since + timedelta(days=2)
    return [child.url.rpartition("example/")[2] for child in choose_children(children, since, until, limit)]


def test_an_indexs_sitemaps_of_other_periods_are_left_out() -> None:
    assert chosen("s-2025.xml", "s-2026-10.xml", "s-2026-11.xml", "s-20261124.xml", "m.xml?yyyy=2026&mm=11&dd=23") == [
        "s-20261124.xml",
        "m.xml?yyyy=2026&mm=11&dd=23",
        "s-2026-11.xml",
    ]
    assert chosen(("a.xml", "2026-11-24T10:00+00:00"), ("b.xml", "2026-09-01T00:00+00:00")) == ["a.xml"]


def test_a_period_in_the_past_is_looked_for_where_it_was() -> None:
    since = datetime(2025, 3, 5, tzinfo=UTC)
    assert chosen("s-2026-11.xml", "s-2025-03.xml", "s-2025.xml", since=since) == ["s-2025-03.xml", "s-2025.xml"]
    days = [(f"posts-{n}.xml", f"2025-03-{n:02d}T00:00+00:00") for n in (1, 6, 7, 9, 20)]
    assert chosen(*days, since=since, limit=3) == ["posts-7.xml", "posts-6.xml", "posts-9.xml"]


def test_news_comes_first_and_lists_without_articles_not_at_all() -> None:
    assert chosen(
        "post-1.xml", "post-12.xml", "post_tag-1.xml", "category-1.xml", "author.xml", "news.xml", "2026-11.xml"
    ) == [
        "news.xml",
        "2026-11.xml",
        "post-12.xml",
        "post-1.xml",
    ]


def test_no_more_are_chosen_than_asked_for() -> None:
    assert chosen(*(f"post-{n}.xml" for n in range(500)), limit=3) == ["post-499.xml", "post-498.xml", "post-497.xml"]
