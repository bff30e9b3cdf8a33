"""Section pages: which of their links are articles, with which title and date, and what no page can do to us."""

from datetime import UTC, datetime

import pytest

from silkwire.net.links import clean_link
from silkwire.poll.article_address import is_article
from silkwire.poll.section import parse_section
from silkwire.reasons import Reason
from silkwire.records import Kind, Outcome, ParsedFeed

URL = "https://www.courier.example/politics/"


def section(body: str, *, pattern: str | None = None, head: str = "", url: str = URL) -> ParsedFeed:
    page = f"<!doctype html><html lang='en'><head><title>Politics</title>{head}</head><body>{body}</body></html>"
    parsed, outcome = parse_section(page.encode(), url, "text/html; charset=utf-8", pattern)
    assert outcome == Outcome.ok()
    assert parsed is not None
    return parsed


def links(parsed: ParsedFeed) -> dict[str | None, str]:
    return {entry.url: entry.title for entry in parsed.entries}


def test_articles_come_once_each_in_the_order_of_the_page_with_their_longest_title() -> None:
    parsed = section(
        """<nav><a href="/">Home</a><a href="/politics/">Politics</a><a href="/tag/trade/">Trade</a></nav>
        <a href="/politics/2026/11/24/bridge?utm_source=front"><img alt="A bridge" src="b.jpg"></a>
        <a href="/politics/2026/11/24/bridge">A new bridge opens</a>
        <a href="/politics/2026/11/24/bridge#comments">12</a>
        <a href="/politics/2026/11/23/budget">The budget</a>
        <a href="/politics/?page=2">Older</a><a href="/login">Log in</a><a href="/report.pdf">Report</a>"""
    )
    assert list(links(parsed).items()) == [
        ("https://www.courier.example/politics/2026/11/24/bridge", "A new bridge opens"),
        ("https://www.courier.example/politics/2026/11/23/budget", "The budget"),
    ]
    assert (parsed.title, parsed.language) == ("Politics", "en")


def test_a_link_around_a_whole_card_is_titled_by_the_heading_in_it() -> None:
    parsed = section(
        "<a href='/a/10001'><h3>Trains &amp; trade</h3><p>A summary that is longer than the heading.</p></a>"
    )
    assert links(parsed) == {"https://www.courier.example/a/10001": "Trains & trade"}


def test_a_link_without_words_is_titled_by_its_picture() -> None:
    parsed = section("<a href='/a/10001'><img src='x.jpg' alt='The ministers shake hands'></a>")
    assert list(links(parsed).values()) == ["The ministers shake hands"]


def test_a_title_is_plain_text() -> None:
    parsed = section("<a href='/a/10001'>\u202eOne\u200b\n  <b>two</b>\x07<script>x()</script></a>")
    assert "\u202e" not in parsed.entries[0].title
    assert parsed.entries[0].title.startswith("One two")


def test_a_pattern_decides_alone_and_on_the_cleaned_address() -> None:
    parsed = section(
        """<a href="/item/7?utm_medium=x">Seven</a><a href="/item/about">About</a>
        <a href="/2026/11/24/dated-and-long-enough">Dated</a>""",
        pattern=r"/item/\d+$",
    )
    assert links(parsed) == {"https://www.courier.example/item/7": "Seven"}


def test_links_to_other_sites_are_left_out() -> None:
    parsed = section(
        """<a href="https://other.example/2026/11/24/news">Other</a>
        <a href="https://courier.example.evil.example/2026/11/24/news">Evil</a>
        <a href="https://kz.courier.example/2026/11/24/edition">Edition</a>
        <a href="//courier.example/2026/11/24/bare">Bare</a>
        <a href="javascript:open(20261124)">Script</a><a href="mailto:a@courier.example">Mail</a>"""
    )
    assert list(links(parsed)) == [
        "https://kz.courier.example/2026/11/24/edition",
        "https://courier.example/2026/11/24/bare",
    ]


def test_a_base_element_makes_addresses_absolute() -> None:
    parsed = section("<a href='10001.html'>One</a>", head="<base href='https://www.courier.example/en/news/'>")
    assert list(links(parsed)) == ["https://www.courier.example/en/news/10001.html"]


def test_a_date_counts_only_in_a_block_of_its_article_alone() -> None:
    parsed = section(
        """<time datetime="2026-11-01">1 November</time>
        <ul><li><a href="/a/10001">One</a> <time datetime="2026-11-24T10:00:00+05:00">10:00</time></li>
        <li><div><a href="/a/10002">Two</a><a href="/a/10002"><img alt="2"></a></div>
        <p><time datetime="2026-11-23"></time></p></li>
        <li><a href="/a/10003">Three</a> <a href="/a/10004">Four</a> <time datetime="2026-11-22">22</time></li>
        <li><a href="/a/10005">Five</a> <time datetime="yesterday">yesterday</time></li>
        <li><a href="/a/10006">Six</a> <time>2026-11-20</time></li></ul>"""
    )
    assert [entry.published_at for entry in parsed.entries] == [
        datetime(2026, 11, 24, 5, tzinfo=UTC),
        datetime(2026, 11, 23, tzinfo=UTC),
        *[None] * 4,
    ]


@pytest.mark.parametrize(
    ("charset", "header", "meta"),
    [
        ("windows-1251", "text/html; charset=windows-1251", ""),
        ("windows-1251", "text/html", "<meta charset=windows-1251>"),
        ("utf-8", "text/html", ""),
        ("utf-8", "text/html; charset=iso-8859-1", "<meta charset=windows-1251>"),
        ("utf-16", "text/html", ""),
        ("utf-8", "text/html; charset=no-such-charset", ""),
    ],
)
def test_letters_are_read_in_the_charset_of_the_page(charset: str, header: str, meta: str) -> None:
    page = f"<!doctype html><html><head>{meta}</head><body><a href='/a/10001'>Новый мост</a></body></html>"
    parsed, outcome = parse_section(page.encode(charset), URL, header, None)
    assert outcome == Outcome.ok()
    assert parsed is not None
    assert [entry.title for entry in parsed.entries] == ["Новый мост"]


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/2026/11/24/slug",
        "https://a.example/2026/11/slug.html",
        "https://a.example/news/2026-11-24-slug",
        "https://a.example/n1/2026/1124/c1002-40371234.html",
        "https://a.example/202611/t20261124_6912345.html",
        "https://a.example/news/123456",
        "https://a.example/news/123456/slug/",
        "https://a.example/ru/article_4821.html",
        "https://a.example/?p=12345",
        "https://a.example/news_view.php?newsid=8123&page=1",
        "https://a.example/articles/c8xk2v9lz1no",
        "https://a.example/china-opens-third-railway-crossing",
        "https://a.example/%D0%BA%D0%B8%D1%82%D0%B0%D0%B9-%D0%BE%D1%82%D0%BA%D1%80%D1%8B%D0%BB-%D0%BD%D0%BE%D0%B2%D1%8B%D0%B9-%D0%BC%D0%BE%D1%81%D1%82",
        "https://a.example/archive/2026/11/24/slug",
        "https://a.example/category/politics/98765-bridge",
    ],
)
def test_an_articles_address_is_known(address: str) -> None:
    assert is_article(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/",
        "https://a.example/politics/",
        "https://a.example/central-asia",
        "https://a.example/2026/",
        "https://a.example/2026/11/24/",
        "https://a.example/archive/2026/11",
        "https://a.example/archive/20261124/",
        "https://a.example/news/2026",
        "https://a.example/news?page=12",
        "https://a.example/news/page/12345/",
        "https://a.example/tag/china-opens-third-railway-crossing",
        "https://a.example/author/some-very-long-name-indeed",
        "https://a.example/topics/12345",
        "https://a.example/login?next=/2026/11/24/slug",
        "https://a.example/search?q=2026/11/24/slug",
        "https://a.example/terms-and-conditions",
        "https://a.example/2026/11/24/picture.jpg",
        "https://a.example/uploads/2026/11/report-of-the-year.html",
        "https://a.example/2026/11/24/feed/",
        "https://a.example/rss/2026/11/24/x",
    ],
)
def test_an_address_that_is_no_articles_is_known(address: str) -> None:
    assert not is_article(address)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", Reason.NOT_HTML),
        (b"%PDF-1.4", Reason.NOT_HTML),
        (b'{"items": []}', Reason.NOT_HTML),
        (b"<rss><channel/></rss>", Reason.NOT_HTML),
    ],
)
def test_what_is_no_page_is_said_to_be_none(body: bytes, reason: Reason) -> None:
    parsed, outcome = parse_section(body, URL, "", None)
    assert (parsed, outcome.kind, outcome.reason) == (None, Kind.FAILED, reason)


def test_a_bad_pattern_is_an_outcome() -> None:
    _, outcome = parse_section(b"<html><a href=/1>x</a></html>", URL, "text/html", "(")
    assert outcome.reason is Reason.BAD_INPUT


@pytest.mark.parametrize(
    "body",
    [
        "<html>" + "<div>" * 50_000 + "<a href='/a/10001'>x</a>",
        "<html><body>" + "<a href='/a/10001'>" * 5_000,
        "<html>\x00<a href='/a/\x0010001'>x</a>",
        "<html><base href='http://[::1'><a href='/a/10001'>x</a><a href='http://[bad/20261124/x'>y</a>",
        "<html><body><time datetime='9999-99-99T99:99'></time><a href='/a/10001'><time datetime='"
        + "9" * 10_000
        + "'>",
        "<html>" + "&" * 100_000,
    ],
)
def test_a_hostile_page_gives_an_outcome_at_once(body: str) -> None:
    _, outcome = parse_section(body.encode(), URL, "text/html", None)
    assert outcome.kind in (Kind.OK, Kind.FAILED)


def test_a_page_of_many_links_is_read_in_one_go() -> None:
    parsed = section("".join(f"<li><a href='/a/{number}'>Title {number}</a></li>" for number in range(10_000, 30_000)))
    assert len(parsed.entries) == 20_000
    assert all(entry.url == clean_link(entry.url or "", None) for entry in parsed.entries[:100])
