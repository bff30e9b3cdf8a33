"""A date of publication has evidence, or there is none."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring

from silkwire.calendars import from_solar_hijri
from silkwire.extract.dates.publication import Dates, find_dates
from silkwire.extract.facts.page_facts import read_facts
from silkwire.moments import find_moments, parse_moment
from silkwire.records import PublishedFrom

FETCHED = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://news.example/article/7"
FEED = datetime(2026, 11, 19, 9, tzinfo=UTC)


def dates_of(head: str = "", body: str = "", url: str = URL, feed: datetime | None = None, lang: str = "") -> Dates:
    page = f"<html lang='{lang}'><head><title>T</title>{head}</head><body>{body}</body></html>"
    tree = document_fromstring(page)
    return find_dates(tree, read_facts(tree), url, feed, FETCHED)


def published(
    head: str = "", body: str = "", url: str = URL, feed: datetime | None = None
) -> tuple[datetime | None, PublishedFrom | None]:
    dates = dates_of(head, body, url, feed)
    return dates.published_at, dates.published_from


def day(body: str, lang: str = "") -> str | None:
    moment = dates_of("", body, lang=lang).published_at
    return moment and moment.date().isoformat()


def ld(date: str, kind: str = "NewsArticle") -> str:
    return f'<script type="application/ld+json">{{"@type": "{kind}", "datePublished": "{date}"}}</script>'


META = '<meta property="article:published_time" content="2026-11-18T10:00:00+05:00">'
TEXT = "<h1>Title</h1><p>20 November 2026</p><p>Body text of the article.</p>"


def test_the_strongest_evidence_wins_in_order() -> None:
    everything = {"url": "https://news.example/2026/11/17/x", "feed": FEED}
    assert published(ld("2026-11-20T08:00:00Z") + META, TEXT, **everything)[1] is PublishedFrom.JSON_LD
    assert published(META, TEXT, **everything) == (datetime(2026, 11, 18, 5, tzinfo=UTC), PublishedFrom.META)
    assert published("", TEXT, **everything) == (FEED, PublishedFrom.FEED)
    assert published("", TEXT, everything["url"]) == (datetime(2026, 11, 17, tzinfo=UTC), PublishedFrom.URL)
    assert published("", TEXT) == (datetime(2026, 11, 20, tzinfo=UTC), PublishedFrom.TEXT)


def test_without_evidence_there_is_no_date() -> None:
    body = "<h1>Title</h1><p>In 1999 the company had 12 workers.</p><footer>© 2026 News. Today is a good day.</footer>"
    assert published("", body) == (None, None)


@pytest.mark.parametrize("date", ["2026-12-24T00:00:00Z", "1970-01-01T00:00:00Z", "0000-00-00", "9999-12-31", "soon"])
def test_an_impossible_date_gives_way_to_the_next_evidence(date: str) -> None:
    assert published(ld(date) + META)[1] is PublishedFrom.META


def test_the_feed_of_a_clock_that_runs_ahead_is_not_believed() -> None:
    assert published(feed=datetime(2026, 12, 24, tzinfo=UTC)) == (None, None)


def test_a_related_articles_date_is_not_the_pages() -> None:
    others = '{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "datePublished": "2020-01-01"}]}'
    assert published(f'<script type="application/ld+json">{others}</script>') == (None, None)


def test_a_date_in_broken_json_is_read_when_it_is_the_only_one() -> None:
    broken = '{"@type": "NewsArticle", "headline": "a "quoted" word", "datePublished": "2026-11-20T08:00:00Z"}'
    assert published(f'<script type="application/ld+json">{broken}</script>')[1] is PublishedFrom.JSON_LD


def test_two_days_beside_the_title_are_no_evidence() -> None:
    assert published("", "<h1>T</h1><p>20.11.2026</p><p>18.11.2026</p>") == (None, None)


def test_a_line_that_tells_of_an_update_is_passed_over() -> None:
    body = "<h1>T</h1><span>Обновлено 21.11.2026</span><span>20.11.2026 09:10</span>"
    assert published("", body) == (datetime(2026, 11, 20, 9, 10, tzinfo=UTC), PublishedFrom.TEXT)


@pytest.mark.parametrize(
    "url",
    [
        *("https://n.example/2026/11/20/slug", "https://n.example/2026/1120/c1-2.html", "https://n.example/20261120/a"),
        *(
            "https://n.example/a/t20261120_77.html",
            "https://n.example/2026-11/20/x.htm",
            "https://n.example/x-2026-11-20/",
        ),
    ],
)
def test_an_address_tells_the_day(url: str) -> None:
    assert published(url=url) == (datetime(2026, 11, 20, tzinfo=UTC), PublishedFrom.URL)


@pytest.mark.parametrize(
    "url", ["https://n.example/2026/13/40/x", "https://n.example/id/20261", "https://n.example/2026/11/x"]
)
def test_other_numbers_in_an_address_are_no_day(url: str) -> None:
    assert published(url=url) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-11-20T08:30:00+05:00", "2026-11-20 03:30", "Fri, 20 Nov 2026 03:30:00 GMT", "20.11.2026 03:30"),
        *("2026年11月20日 03:30", "20 ноября 2026, 03:30", "20 November 2026 03:30", "November 20, 2026 at 3:30 am"),
        *(
            "20 novembre 2026 à 3h30",
            "20 қараша 2026, 03:30",
            "2026 жылғы 20 қараша 03:30",
            "2026-жылдын 20-ноябры, 03:30",
        ),
        *("20-noyabr, 2026 03:30", "20 Kasım 2026 03:30", "20 ноябри 2026 03:30", "2026 оны 11 сарын 20, 03:30"),
    ],
)
def test_dates_are_read_as_each_language_writes_them(text: str) -> None:
    assert parse_moment(text) == datetime(2026, 11, 20, 3, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        *("15:20, 20 ноября 2026", "15:20 / 20.11.2026", "15:20, 20 Қараша 2026", "15:20, Ноябрь 20, 2026"),
        *("Бишкек 15:20, 20 ноября 2026 года", "3:20 pm, November 20, 2026", "20.11.2026 15:20, 20.11.2026"),
    ],
)
def test_a_clock_before_its_date_is_read_with_it(text: str) -> None:
    assert max(find_moments(text)) == datetime(2026, 11, 20, 15, 20, tzinfo=UTC)


def test_the_clock_of_an_earlier_date_is_not_that_of_the_next() -> None:
    assert find_moments("19.11.2026 15:20, 20.11.2026")[-1] == datetime(2026, 11, 20, tzinfo=UTC)


def test_formal_mongolian_counts_the_months() -> None:
    days = [find_moments(f"2026 оны {name} сарын 14-ний өдөр") for name in ("гуравдугаар", "арван хоёрдугаар")]
    assert [moment.month for moments in days for moment in moments] == [3, 12]


@pytest.mark.parametrize(
    "text", ["05/11/2026", "version 1.2.2020.3", "10.11.12", "November 2026", "31 February 2026", "20 foo 2026"]
)
def test_what_can_be_read_in_two_ways_or_none_is_not_read(text: str) -> None:
    assert find_moments(text) == []


@pytest.mark.parametrize(
    "text",
    [
        *("2026-nji ýylyň 20-nji noýabry", "20 ноябри соли 2026", "2026 жылғы 20 қарашада", "20 noyabrda 2026"),
        *("20-noyabr, 2026-yil", "2026-йил 20-ноябрь", "20-ноябрь, 2026-жыл", "2026-يىلى 11-ئاينىڭ 20-كۈنى"),
        *("20 نوفمبر 2026", "٢٠ نونبر ٢٠٢٦", "20 تشرين الثاني 2026", "20 تشرين الثاني/نوفمبر 2026", "20 نوامبر ۲۰۲۶"),
        *("۲۹ آبان ۱۴۰۵", "۱۴۰۵ آبان ۲۹", "1405/08/29", "۱۴۰۵/۰۸/۲۹", "29 عقرب 1405"),
        *("民國115年11月20日", "令和8年11月20日", "2026년 11월 20일", "2026. 11. 20.", "20 พฤศจิกายน 2569"),
        *("2026 оны 11 дүгээр сарын 20", "20. Nov. 2026", "Freitag, 20.November 2026", "2026. november 20."),
        *("20 listopada 2026", "20 Kasım 2026 Cuma", "20 de noviembre de 2026", "20th of November, 2026", "11/20/2026"),
        *("2026 оны арван нэгдүгээр сарын 20", "۲۹-۰۸-۱۴۰۵", "29/08/1405"),
        *("20261120153000", "Fri Nov 20 15:30:00 UTC 2026", "２０２６年１１月２０日"),
    ],
)
def test_a_day_is_read_in_every_language_and_calendar(text: str) -> None:
    moment = parse_moment(text)
    assert moment is not None
    assert (moment.year, moment.month, moment.day) == (2026, 11, 20)


def test_the_solar_hijri_year_begins_at_nowruz_and_ends_with_its_leap_day() -> None:
    assert from_solar_hijri(1403, 12, 30).isoformat() == "2025-03-20"
    assert from_solar_hijri(1404, 1, 1).isoformat() == "2025-03-21"
    with pytest.raises(ValueError, match="no Solar Hijri date"):
        from_solar_hijri(1404, 12, 30)


def test_a_zones_midnight_is_a_day_and_stays_that_day() -> None:
    assert parse_moment("2026-11-20T00:00:00+05:00") == datetime(2026, 11, 20, tzinfo=UTC)
    assert parse_moment("2026-11-20T00:01:00+05:00") == datetime(2026, 11, 19, 19, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lang", "url", "expected"),
    [
        *(("tr", URL, "2026-11-05"), ("en-GB", URL, "2026-11-05"), ("en", "https://n.example.au/x", "2026-11-05")),
        *(("en-US", "https://n.example.gov/x", "2026-05-11"), ("en-US", URL, None), ("en", URL, None), ("", URL, None)),
    ],
)
def test_a_date_of_two_readings_is_read_as_the_page_s_language_writes_it(
    lang: str, url: str, expected: str | None
) -> None:
    moment = dates_of("", "<h1>Title</h1><p>05/11/2026</p>", url, lang=lang).published_at
    assert (moment and moment.date().isoformat()) == expected


def test_another_date_of_the_page_proves_how_it_writes_them() -> None:
    others = "<aside><ul><li>10/28/2026</li></ul></aside>"
    assert day("<h1>Title</h1><p>05/11/2026</p>" + others) == "2026-05-11"
    assert day("<h1>Title</h1><p>05/11/2026</p>" + others.replace("10/28", "28/10")) == "2026-11-05"


def test_a_year_of_two_digits_needs_a_language_that_tells_its_place() -> None:
    line = "<h1>Title</h1><p class='date'>05.11.26</p>"
    assert day(line, "de") == "2026-11-05"
    assert day(line.replace("05.11.26", "26.11.05"), "ko") == "2026-11-05"
    assert day(line) is None


@pytest.mark.parametrize(
    "mark",
    [
        '<meta name="shop:article_published_time" content="2026-11-20">',
        '<meta name="firstpublishedtime" content="2026-11-20-23:59:59">',
        '<div itemprop="datePublished">20 ноября 2026</div>',
        '<span property="schema:datePublished" content="2026-11-20T10:00:00Z"></span>',
        '<abbr class="published" title="2026-11-20T10:00:00+0500">last week</abbr>',
        '<span data-timestamp="1795183200000">3 days</span>',
        '<script>window.state = {"publishedAt":"2026-11-20T10:00:00Z","title":"T"}</script>',
        "<script>var ct = '1795183200'; </script>",
    ],
)
def test_what_is_written_for_machines_is_meta_evidence(mark: str) -> None:
    moment, evidence = published("", f"<h1>Title</h1>{mark}")
    assert evidence is PublishedFrom.META
    assert moment is not None
    assert moment.date().isoformat() == "2026-11-20"


@pytest.mark.parametrize(
    "mark",
    [
        '<meta name="article:modified_time" content="2026-11-20">',
        '<meta name="article:expiration_time" content="2026-11-20">',
        '<script>[{"publishedAt":"2026-11-20"},{"publishedAt":"2026-11-18"}]</script>',
        '<img src="/wp-content/uploads/2026/11/20.jpg">',
        '<blockquote class="twitter-tweet"><a href="/s/1">November 20, 2026</a></blockquote>',
        "<footer><p>© 20 November 2026 News</p></footer>",
        '<div id="comments"><p class="date">20.11.2026</p></div>',
        "<p>" + "It was known since 20 November 2026 that the river would rise again. " * 3 + "</p>",
    ],
)
def test_days_of_other_things_are_no_day_of_publication(mark: str) -> None:
    assert published("", f"<h1>Title</h1><p>Text of the article.</p>{mark}") == (None, None)


@pytest.mark.parametrize(
    "body",
    [
        "<div><p>20.11.2026</p><h1>Title</h1></div>",
        "<h1>Title</h1><div class='meta'><span>20</span> <span>November</span> <span>2026</span></div>",
        "<div class='title'>T</div><p>Source: Agency 2026-11-20 10:20</p>",
        "<h1>Title</h1><p>Published 20 November 2026 (updated 22 November 2026)</p>",
        "<h1>Title</h1><p>20.11.2026 10:15 (обновлено: 21.11.2026 09:00)</p>",
        "<h1>Title</h1>" + "<p>Long text. </p>" * 90 + "<p>Дата публикации: 20.11.2026</p>",
        "<h1>Title</h1><p>Text</p><article><footer>Erschienen am 20.11.2026</footer></article>",
        "<h1>Title</h1><time>20.11.2026</time><ul class='more'><li><time>19.11.2026</time></li></ul>",
    ],
)
def test_a_line_that_a_reader_takes_for_the_date_is_text_evidence(body: str) -> None:
    moment, evidence = published("", body)
    assert (moment and moment.date().isoformat(), evidence) == ("2026-11-20", PublishedFrom.TEXT)


def test_the_page_s_today_is_not_the_articles_day() -> None:
    today = "<div><div class='date'>Tuesday, 24 November 2026</div><h1>Title</h1>{}</div>"
    assert day(today.format("<p>20 November 2026</p>")) == "2026-11-20"
    clock = "<header><div class='date'>Tuesday, 24 November 2026</div></header>"
    assert day(clock + "<p>menu</p>" * 60 + "<div><h1>Title</h1><p>Text</p></div>") is None


def test_the_time_above_the_title_goes_before_those_of_a_list_far_below() -> None:
    own = '<div><time datetime="{}">x</time><h1>Title</h1></div>'
    text = "<p>The river rose again and people moved to the hills.</p>" * 10
    below = '<ul><li><time datetime="2026-11-21T08:00:00Z">x</time></li></ul>'
    assert day(own.format("2026-11-14T09:30:00Z") + text + below) == "2026-11-14"
    assert day(own.format("2026-11-24") + text + below) == "2026-11-21"
    assert day(own.format("2026-11-14T09:30:00Z") + below) == "2026-11-21"


@pytest.mark.parametrize(
    "line",
    [
        "<i>Сегодня, 15:20</i>",
        "<p class='date'>Бүгін</p>",
        "<b>2 soat oldin</b>",
        "<b>3小时前</b>",
        "<b>昨天 09:10</b>",
    ],
)
def test_a_lone_day_far_below_is_not_that_of_a_page_that_says_today(line: str) -> None:
    text = "<p>The river rose again and people moved to the hills.</p>" * 20
    page = f"<div><h1>Title</h1>{{}}</div>{text}<div><i>12 марта 2024</i></div>"
    assert day(page.format(line)) is None
    assert day(page.format("<b>Сегодня в городе</b>")) == "2024-03-12"


def test_the_json_ld_of_a_page_without_an_article_is_weak_evidence() -> None:
    page = ld("2026-11-18T08:00:00Z", "WebPage")
    assert published(page, "<h1>Title</h1>") == (datetime(2026, 11, 18, 8, tzinfo=UTC), PublishedFrom.JSON_LD)
    assert published(page, TEXT)[1] is PublishedFrom.TEXT
    assert published(page + ld("2026-11-20T08:00:00Z"))[0] == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert published(ld("2026-11-18", "CollectionPage")) == (None, None)


@pytest.mark.parametrize("own", ['"title": "Title"', f'"body": "{"The river rose again. " * 40}"'])
def test_script_state_tells_the_day_of_the_article_among_related_ones(own: str) -> None:
    state = (
        f'{{"page": {{"article": {{{own}, "publishedAt": "2026-11-20T10:00:00Z"}}, '
        '"related": [{"title": "Other", "publishedAt": "2026-11-18T10:00:00Z"}]}}'
    )
    script = '<script id="__NEXT_DATA__" type="application/json">{}</script>'
    assert published("", "<h1>Title</h1>" + script.format(state))[0] == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert published("", "<h1>Elsewhere</h1>" + script.format(state.replace(own, '"title": "Third"'))) == (None, None)


def test_the_shown_date_decides_between_two_that_machines_are_told() -> None:
    two = ld("2026-10-01T08:00:00Z") + '<meta property="article:published_time" content="2026-11-18T10:00:00Z">'
    assert published(two) == (datetime(2026, 10, 1, 8, tzinfo=UTC), PublishedFrom.JSON_LD)
    assert published(two, "<h1>Title</h1><p>18 November 2026</p>") == (
        datetime(2026, 11, 18, 10, tzinfo=UTC),
        PublishedFrom.META,
    )


@pytest.mark.parametrize(
    "url",
    [
        *("https://n.example/202611/t20261120_123.html", "https://n.example/202611/20/c1.html"),
        *("https://n.example/2026/11/20/ARTI20261120102233123.shtml", "https://n.example/rain/20261120A0C5TV.html"),
        *(
            "https://n.example/detail/~20-11-2026-rain",
            "https://web.archive.org/web/2026/http://n.example/2026/11/20/a",
        ),
    ],
)
def test_addresses_of_chinese_systems_and_archives_tell_the_day(url: str) -> None:
    assert published(url=url) == (datetime(2026, 11, 20, tzinfo=UTC), PublishedFrom.URL)


def test_a_change_is_kept_apart_from_publication() -> None:
    changed = '<meta property="article:modified_time" content="2026-11-21T09:00:00Z">'
    dates = dates_of(META + changed)
    assert (dates.modified_at, dates.modified_from) == (datetime(2026, 11, 21, 9, tzinfo=UTC), PublishedFrom.META)
    only = dates_of("", "<h1>Title</h1><p>Last updated: 21 November 2026</p>")
    assert (only.published_at, only.modified_from) == (None, PublishedFrom.TEXT)


def test_a_change_before_the_publication_is_dropped() -> None:
    dates = dates_of(META + '<meta property="article:modified_time" content="2026-11-01T09:00:00Z">')
    assert (dates.published_from, dates.modified_at, dates.modified_from) == (PublishedFrom.META, None, None)


@pytest.mark.parametrize(
    ("head", "url", "feed", "days"),
    [
        (META, URL, datetime(2026, 11, 18, 23, tzinfo=UTC), 0),
        (META, URL, datetime(2026, 11, 19, 3, tzinfo=UTC), 0),  # 22 hours on, whatever the calendar says
        (META, URL, datetime(2026, 11, 20, 6, tzinfo=UTC), 2),
        (META, URL, datetime(2026, 11, 15, 4, tzinfo=UTC), -3),
        ("", "https://n.example/2026/11/17/x", datetime(2026, 11, 16, 20, tzinfo=UTC), 0),  # the 17th in Almaty
        ("", "https://n.example/2026/11/17/x", datetime(2026, 11, 19, 20, tzinfo=UTC), 2),
        (META, URL, None, None),
        ("", URL, FEED, None),
    ],
)
def test_how_far_the_feed_is_from_the_page(head: str, url: str, feed: datetime | None, days: int | None) -> None:
    assert dates_of(head, "", url, feed).feed_days_apart == days


@given(st.text(alphabet="0123456789 ./-:年月日mayмая" + chr(0x6CC), max_size=500))
def test_no_text_makes_the_reader_of_dates_fail(text: str) -> None:
    for moment in [*find_moments(text, "dmy"), parse_moment(text)]:
        assert moment is None or moment.tzinfo is UTC


def test_a_hostile_page_is_read_in_bounded_time() -> None:
    parts = ["<time datetime='2026'>2026</time>", "<b>2026 a</b> ", "<p class='date'>20.11.2026</p>", "<i>1 a 2026"]
    started = time.perf_counter()
    for part in parts:
        dates_of("", "<h1>Title</h1><div>" + part * 5000)
    find_moments("2026" + " " * 100_000 + "1 de " * 1000)
    assert time.perf_counter() - started < 3
