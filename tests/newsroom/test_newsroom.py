"""The newsroom keeps its own promises: what it expects is what it serves."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest

from tests.newsroom.outlet import load_outlets
from tests.newsroom.server import Newsroom

ANCHOR = date(2026, 11, 24)


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    """Serve the newsroom, with a slow page that is not slow."""
    with Newsroom(ANCHOR, slow=0) as newsroom:
        yield newsroom


def get(url: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    """Fetch an address of the newsroom from loopback, following no redirect."""
    parts = urlsplit(url)
    connection = HTTPConnection("127.0.0.1", parts.port, timeout=5)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    connection.request("GET", target, headers={"Host": parts.netloc} | headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_every_expected_article_is_served_whole_and_in_its_charset(newsroom: Newsroom) -> None:
    charsets = {site.outlet.name: site.outlet.charset for site in newsroom.sites}
    for row in newsroom.expected:
        response, body = get(row["url"])
        assert response.status == 200
        text = body.decode(charsets[row["outlet"]])
        assert row["must_contain"].split('"')[0].split("'")[0] in text
        assert row["must_not_contain"] in text


def test_no_article_holds_its_furniture(newsroom: Newsroom) -> None:
    furniture = {row["url"]: row["must_not_contain"] for row in newsroom.expected}
    for site in newsroom.sites:
        for article in site.outlet.articles:
            assert furniture.get(site.page_url(article), "\0") not in article.text


def test_a_page_announced_as_gb2312_needs_gb18030(newsroom: Newsroom) -> None:
    url = next(row["url"] for row in newsroom.expected if row["url"].endswith("/a/c1001.html"))
    response, body = get(url)
    assert response.headers["Content-Type"] == "text/html"
    assert b"charset=gb2312" in body
    with pytest.raises(UnicodeDecodeError):
        body.decode("gb2312")


def test_nothing_is_published_after_the_early_hours_of_the_anchor_day() -> None:
    limit = datetime.combine(ANCHOR, time(6), UTC)
    for outlet in load_outlets():
        for item in (*outlet.articles, *outlet.strays):
            assert item.published(ANCHOR, outlet.tz) <= limit, item.title


def test_dates_printed_without_a_zone_are_of_the_same_day_in_utc() -> None:
    for outlet in load_outlets():
        if outlet.template in ("portal", "bare"):
            for article in outlet.articles:
                published = article.published(ANCHOR, outlet.tz)
                assert published.date() == published.astimezone(UTC).date(), article.title


def test_a_feed_answers_304_to_its_etag_and_to_its_date(newsroom: Newsroom) -> None:
    url = next(row["url"] for row in newsroom.expected_outcomes if row["what"] == "feed" and row["outcome"] == "ok")
    first, _ = get(url)
    assert parsedate_to_datetime(first.headers["Last-Modified"]).date() == ANCHOR
    assert get(url, **{"If-None-Match": first.headers["ETag"]})[0].status == 304
    assert get(url, **{"If-Modified-Since": first.headers["Last-Modified"]})[0].status == 304
    assert get(url, **{"If-None-Match": '"other"'})[0].status == 200


def test_the_same_day_and_port_give_the_same_bytes(newsroom: Newsroom) -> None:
    site = newsroom.sites[0]
    assert site.answers() == site.answers()
    assert get(f"http://nobody.localhost:{newsroom.port}/")[0].status == 404
    assert newsroom.requests[-1] == ("nobody.localhost", "/", 404)
