"""A page becomes an article with everything it tells of itself, or a reason why it is none."""

import json
from datetime import UTC, datetime

import pytest

from silkwire.extract.article import extract_article
from silkwire.extract.identity import content_key
from silkwire.reasons import Reason
from silkwire.records import Extraction, Kind, Outcome, PublishedFrom, Told

FETCHED = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://www.steppe.example/news/rail?utm_source=rss"
PARAGRAPHS = [
    "The presidents of both countries agreed on Tuesday to build a second railway through the mountains, they said.",
    "Work will begin in spring, and the first trains are expected to run within four years, according to the ministry.",
    "Traders along the border welcomed the plan, though some asked how the line would be paid for and by whom.",
]
NAVIGATION = "<nav><ul><li><a href='/a'>World</a></li><li><a href='/b'>Economy</a></li></ul></nav>"


def page(body: str = "", head: str = "<title>Second railway agreed | Steppe Daily</title>", more: str = "") -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    article = body or f"<article><h1>Second railway agreed</h1>{text}{more}</article>"
    return f"<!doctype html><html><head>{head}</head><body>{NAVIGATION}{article}</body></html>".encode()


def extract(body: bytes, url: str = URL, title: str | None = None) -> tuple[Extraction | None, Outcome]:
    return extract_article(body, url, "text/html; charset=utf-8", Told(title=title or ""), FETCHED)


def article_of(body: bytes, url: str = URL, title: str | None = None) -> Extraction:
    extraction, outcome = extract(body, url, title)
    assert outcome.kind is Kind.OK, outcome
    assert extraction is not None
    return extraction


def test_a_plain_page_gives_title_text_language_and_address() -> None:
    article = article_of(page())
    assert article.title == "Second railway agreed"
    assert article.text.split("\n") == PARAGRAPHS
    assert article.language == "en"
    assert article.canonical_url == "https://www.steppe.example/news/rail"
    assert (article.published_at, article.published_from, article.authors) == (None, None, ())


def test_json_ld_gives_date_authors_and_site() -> None:
    declared = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Steppe Daily"},
            {
                "@type": ["NewsArticle"],
                "headline": "Second railway agreed",
                "datePublished": "2026-11-20T08:30:00+05:00",
                "author": [{"@type": "Person", "name": "Aigul Serik"}, "Bo Li"],
            },
        ],
    }
    article = article_of(page(head=f'<script type="application/ld+json">{json.dumps(declared)}</script>'))
    assert article.published_at == datetime(2026, 11, 20, 3, 30, tzinfo=UTC)
    assert article.published_from is PublishedFrom.JSON_LD
    assert article.authors == ("Aigul Serik", "Bo Li")
    assert article.site_name == "Steppe Daily"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "<title>Deal signed - Steppe Daily</title><meta property='og:site_name' content='Steppe Daily'>",
            "Deal signed",
        ),
        ("<title>Deal signed | steppe.example</title>", "Deal signed"),
        ("<title>两国签署协议_新华网</title>", "两国签署协议"),
        ("<title>Covid-19 - what we know</title>", "Covid-19 - what we know"),
        ("<meta property='og:title' content='Deal signed'><title>Deal signed — news of the day</title>", "Deal signed"),
        ("<title>Steppe Daily</title><meta property='og:site_name' content='Steppe Daily'>", "From the feed"),
    ],
)
def test_a_title_comes_without_the_sites_name_and_no_shorter(head: str, title: str) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    assert article_of(page(f"<article>{text}</article>", head), title="From the feed").title == title


@pytest.mark.parametrize(
    ("canonical", "address"),
    [
        ("https://steppe.example/rail?id=7&fbclid=x", "https://steppe.example/rail?id=7"),
        ("/rail", "https://www.steppe.example/rail"),
        ("https://elsewhere.example/rail", "https://www.steppe.example/news/rail"),
        ("https://www.steppe.example/", "https://www.steppe.example/news/rail"),
        ("", "https://www.steppe.example/news/rail"),
    ],
)
def test_a_canonical_address_is_believed_within_its_own_site(canonical: str, address: str) -> None:
    assert article_of(page(head=f'<link rel="canonical" href="{canonical}">')).canonical_url == address


def test_a_host_of_the_newsroom_keeps_its_port() -> None:
    head = '<link rel="canonical" href="http://astana.localhost:8123/a/1?utm_source=rss">'
    assert (
        article_of(page(head=head), "http://astana.localhost:8123/a/1?x=2").canonical_url
        == "http://astana.localhost:8123/a/1"
    )


@pytest.mark.parametrize(
    "line",
    [
        *(
            "A lire également",
            "À lire aussi :",
            "Читайте также:",
            "Ещё по теме",
            "相关阅读",
            "相关阅读：",
            "Read also",
            "Тағы оқыңыз",
        ),
        *(
            "Окуңуз",
            "Oʻqing",
            "O‘qing:",
            "Бештар",
            "Ayrıca oku",
            "بیشتر بخوانید",
            "Subscribe now",
            "Поделиться",
            "Share this article",
        ),
        *(
            "Read more: Ministers meet in the capital",
            "Подписывайтесь на наш Telegram-канал",
            "We use cookies to improve this site.",
        ),
        *(
            "责任编辑：张三",
            "© 2026 Steppe Daily",
            "İlginizi çekebilir",
            "Инчунин бихонед",
            "Şeýle hem okaň",
            "Дагы окуңуз:",
        ),
    ],
)
def test_lines_of_the_site_are_no_part_of_the_text(line: str) -> None:
    assert article_of(page(more=f"<p>{line}</p>")).text.split("\n") == PARAGRAPHS


def test_the_headlines_after_read_also_go_with_it_at_the_end() -> None:
    more = "<p>Read also</p><p>Ministers meet in the capital</p><p>Gas price rises again</p>"
    assert article_of(page(more=more)).text.split("\n") == PARAGRAPHS


def test_a_sentence_after_read_also_stays() -> None:
    more = "<p>Read also</p><p>The line will be two hundred kilometres long, and cost three billion, they said.</p>"
    assert article_of(page(more=more)).text.endswith("they said.")


def test_a_body_that_only_json_ld_has_is_taken_from_there() -> None:
    declared = {"@type": "NewsArticle", "headline": "Second railway agreed", "articleBody": "\n".join(PARAGRAPHS)}
    head = f'<script type="application/ld+json">{json.dumps(declared)}</script>'
    assert article_of(page("<div id='app'></div>", head)).text.split("\n") == PARAGRAPHS


def test_a_page_in_windows_1251_is_read() -> None:
    text = "Президенты двух стран договорились построить железную дорогу через горы. " * 5
    body = f"<html><head><title>Договор</title></head><body><article><p>{text}</p></article></body></html>"
    article = article_of(body.encode("cp1251"))
    assert (article.title, article.language) == ("Договор", "ru")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", Reason.NO_TEXT),
        (b"<html><body></body></html>", Reason.NO_TEXT),
        (page("<div class='video'><video src='x.mp4'></video><p>Watch the video.</p></div>"), Reason.MEDIA_STUB),
        (b"%PDF-1.7 ...", Reason.NOT_HTML),
        (b'{"error": "not found"}', Reason.NOT_HTML),
    ],
)
def test_a_page_without_an_article_says_why(body: bytes, reason: Reason) -> None:
    extraction, outcome = extract(body)
    assert extraction is None
    assert outcome.reason is reason


def test_an_address_that_is_none_is_said() -> None:
    extraction, outcome = extract(page(), "http://[bad/news")
    assert (extraction, outcome.reason) == (None, Reason.BAD_URL)


def test_a_page_of_headlines_is_a_listing() -> None:
    links = "".join(f"<li><a href='/news/{n}'>Headline number {n} of this section page</a></li>" for n in range(40))
    extraction, outcome = extract(page(f"<main><h1>World</h1><ul>{links}</ul></main>"))
    assert extraction is None
    assert (outcome.kind, outcome.reason) == (Kind.SKIPPED, Reason.LISTING)


def test_linked_headlines_with_teasers_are_a_listing() -> None:
    teasers = "".join(
        f"<div><h2><a href='/{n}'>Headline number {n}</a></h2><p>{PARAGRAPHS[n]}</p></div>" for n in range(3)
    )
    _, outcome = extract(page(f"<main><h1>World</h1>{teasers}</main>"))
    assert outcome.reason is Reason.LISTING


def test_a_table_that_lays_out_the_page_keeps_its_paragraphs() -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    layout = f"<table><tr><td><a href='/'>Home</a></td><td><h1>Second railway agreed</h1>{text}</td></tr></table>"
    assert article_of(page(layout)).text.split("\n")[-3:] == PARAGRAPHS


def test_a_table_of_data_stays_a_table() -> None:
    cells = "".join(f"<tr><td>Region {n}</td><td>{n * 100}</td></tr>" for n in range(4))
    assert "| Region 3 | 300 |" in article_of(page(more=f"<table>{cells}</table>")).text


def test_persian_words_keep_their_joiners() -> None:
    text = "رئیس مرکز می‌گوید بیماری‌های واگیر در هفته‌های آینده کاهش می‌یابد. " * 5
    article = article_of(f"<html><body><article><h1>می‌گوید</h1><p>{text}</p></article></body></html>".encode())
    assert "می‌گوید بیماری‌های" in article.text
    assert article.title == "می‌گوید"


def test_a_short_chinese_report_is_an_article() -> None:
    text = "两国总统星期二同意修建第二条穿越山区的铁路，并将签署贸易协议。" * 3
    article = article_of(f"<html><body><article><h1>铁路</h1><p>{text}</p></article></body></html>".encode())
    assert article.language == "zh-Hans"


@pytest.mark.parametrize(
    "body",
    [
        b"<" * 5000,
        b"<div>" * 5000,
        bytes(range(256)) * 40,
        b"<title>" + b"a - b | " * 20_000,
        b"\x00<p>x",
        "<p>می\u200cخ\x01 &#1;&#xffff;".encode(),
    ],
)
def test_a_hostile_page_ends_in_an_outcome(body: bytes) -> None:
    _, outcome = extract(body)
    assert isinstance(outcome, Outcome)


def test_nothing_that_a_database_refuses_comes_out() -> None:
    declared = '{"@type": "NewsArticle", "headline": "Deal\\u0000 \\ud83d signed", "author": "A\\u0000na"}'
    article = article_of(page(head=f'<script type="application/ld+json">{declared}</script>'))
    for text in (article.title, article.text, *article.authors):
        assert "\x00" not in text
        text.encode("utf-8")


def test_the_same_words_have_the_same_key() -> None:
    assert content_key("Deal  signed", "One\ntwo") == content_key("DEAL signed", "One two ")
    assert content_key("Deal signed", "One two") != content_key("Deal signed One", "two")
    assert content_key("Deal “signed”", "One two.") == content_key('Deal "signed"', "One – two")


def test_a_new_headline_makes_no_other_article_of_a_long_text() -> None:
    long = "\n".join(PARAGRAPHS * 2)
    assert content_key("Deal signed", long) == content_key("Railway deal signed at last", long)
    assert content_key("Rate of the day: 475", "See the table.") != content_key(
        "Rate of the day: 480", "See the table."
    )
