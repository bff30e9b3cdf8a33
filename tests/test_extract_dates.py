"""A date of publication has evidence, or there is none."""

from datetime import UTC, datetime

import pytest
from lxml.html import document_fromstring

from silkwire.extract.page_facts import read_facts
from silkwire.extract.publication import find_dates
from silkwire.moments import find_moments, parse_moment
from silkwire.records import PublishedFrom

FETCHED = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://news.example/article/7"
FEED = datetime(2026, 11, 19, 9, tzinfo=UTC)


def published(
    head: str = "", body: str = "", url: str = URL, feed: datetime | None = None
) -> tuple[datetime | None, PublishedFrom | None]:
    tree = document_fromstring(f"<html><head><title>T</title>{head}</head><body>{body}</body></html>")
    dates = find_dates(tree, read_facts(tree), url, feed, FETCHED)
    return dates.published_at, dates.published_from


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
    "text", ["05/11/2026", "version 1.2.2020.3", "10.11.12", "November 2026", "31 February 2026", "20 foo 2026"]
)
def test_what_can_be_read_in_two_ways_or_none_is_not_read(text: str) -> None:
    assert find_moments(text) == []
