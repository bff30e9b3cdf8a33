"""The list of articles: filters, paging, downloads."""

import csv
import io
import re
from datetime import timedelta
from urllib.parse import quote

import pytest

from silkwire.label.search.terms import terms as terms_of
from silkwire.warehouse import search, terms
from silkwire.warehouse.engine import transaction
from tests.web.conftest import DAY, Site
from tests.web.desk import DeskLoader, at
from tests.web.harmless import SCRIPT, TURNED, assert_harmless

INJECTIONS = [
    "'; drop table articles; --",
    "' or 1=1 --",
    "a') or true or ('",
    "%",
    "\0",
    ":first",
    "\\",
    "{}",
    "(((",
    "'",
]


def listed(page: str) -> list[str]:
    return re.findall(r'class="title" href="/silkwire/articles/([^"]+)"', page)


def many(desk: DeskLoader, count: int) -> None:
    desk.source("s")
    for number in range(count):
        day = DAY - timedelta(days=number // 40)
        desk.article(f"n{number:04}", "s", at(day, minute=number % 3), title=f"Number {number}")
    desk.write()


def test_pages_follow_each_other_without_a_gap_or_a_repetition(site: Site, desk: DeskLoader) -> None:
    many(desk, 120)
    pages = [listed(site.page(f"/articles?offset={offset}")) for offset in (0, 50, 100)]
    assert [len(page) for page in pages] == [50, 50, 20]
    assert len({id_ for page in pages for id_ in page}) == 120
    assert pages == [listed(site.page(f"/articles?offset={offset}")) for offset in (0, 50, 100)]
    first = site.page("/articles")
    assert "120 articles" in first
    assert "offset=50" in first
    assert 'rel="prev"' not in first
    last = site.page("/articles?offset=100")
    assert 'rel="prev"' in last
    assert 'rel="next"' not in last


def test_any_offset_is_a_page(site: Site, loaded: DeskLoader) -> None:
    for offset in ("-1", "x", "1e9", "٣", "9" * 30, "", " 5 ", "0x10", "1;drop"):
        site.page(f"/articles?offset={quote(offset)}")


def test_the_undated_are_in_the_list_of_every_day_alone(site: Site, loaded: DeskLoader) -> None:
    assert "u1" not in listed(site.page("/articles"))
    found = listed(site.page("/articles?days=all"))
    assert "u1" in found
    assert len(found) == 12
    # It stands with the articles of the day on which it was found.
    assert found.index("u1") < found.index("a4")


def test_each_filter_narrows_the_list_and_its_files_alike(site: Site, loaded: DeskLoader) -> None:
    for query, expected in (
        ("region=xinjiang", {"a3", "a8"}),
        ("topic=medtop:11000000", {"a4", "a5"}),
        ("watch=border-trade", {"a1", "a9"}),
        ("language=zh", {"a3"}),
        ("source=steppe", {"a6", "a7"}),
        ("country=KG", {"a6", "a7"}),
        ("kind=reprint", {"r1"}),
        ("region=china&region=nowhere", set()),
        ("days=1", {"a1", "a2", "a3", "r1"}),
    ):
        assert set(listed(site.page(f"/articles?{query}"))) == expected, query
        rows = csv.DictReader(io.StringIO(site.get(f"/tables/articles.csv?{query}").text.removeprefix("\ufeff")))
        assert {row["article_id"] for row in rows} == expected, query


def test_words_that_many_articles_have_narrow_as_those_of_few_do(
    site: Site, desk: DeskLoader, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(desk, 60)
    desk.article("other", "s", at(DAY), title="Rivers of the steppe")
    desk.write()
    addresses = ("/tables/articles.json?q=number", "/tables/trend.json?q=number&days=7", "/tables/usual.json?q=number")
    texts = {f"n{number:04}": "Number" for number in range(60)} | {"other": "Rivers of the steppe"}
    with transaction(desk.engine) as connection:
        terms.save(connection, {id_: terms_of(title, "", "en") for id_, title in texts.items()})
    few = [site.get(address).json() for address in addresses]
    page = site.page("/articles?q=number")
    assert "60 articles in these days" in page
    monkeypatch.setattr(search, "FEW", 10)
    assert [site.get(address).json() for address in addresses] == few
    assert {row["article_id"] for row in few[0]} == {f"n{number:04}" for number in range(60)}
    assert listed(site.page("/articles?q=number")) == listed(page)
    assert "60 articles" not in site.page("/articles?q=number")
    assert listed(site.page("/articles?q=rivers")) == ["other"]
    assert listed(site.page("/articles?q=glacier")) == []


def test_sql_in_a_filter_is_only_text(site: Site, loaded: DeskLoader) -> None:
    for name in ("region", "beside", "topic", "watch", "language", "source", "country", "kind", "q"):
        for written in INJECTIONS:
            found = listed(site.page(f"/articles?{name}={quote(written)}"))
            is_left_out = name == "kind" or not written.strip("\0 ")
            assert bool(found) is is_left_out, (name, written)
    assert len(listed(site.page("/articles"))) == 11


def test_sql_in_the_days_is_told_and_left_out(site: Site, loaded: DeskLoader) -> None:
    for name in ("days", "from", "to"):
        for written in INJECTIONS:
            page = site.page(f"/articles?{name}={quote(written)}")
            assert len(listed(page)) == 11
            assert 'class="notice"' in page, (name, written)


def test_a_list_of_hostile_articles_is_harmless(site: Site, desk: DeskLoader) -> None:
    desk.source("evil", name=f"{SCRIPT}{TURNED}")
    desk.article("evil", "evil", at(DAY), title=f"{SCRIPT}{TURNED}", language='"><script>', url="javascript:alert(1)")
    desk.article("long", "evil", at(DAY), title="t" * 1_000_000)
    desk.write()
    page = site.page("/articles")
    assert_harmless(page)
    assert len(page) < 100_000


def test_what_a_visitor_wrote_comes_back_escaped(site: Site, loaded: DeskLoader) -> None:
    assert_harmless(site.page(f"/articles?q={quote(SCRIPT)}&region={quote(SCRIPT)}&kind={quote(SCRIPT)}"))


def test_an_empty_warehouse_has_an_empty_list(site: Site) -> None:
    assert "No articles in these days" in site.page("/articles")


def test_the_list_offers_a_feed_with_its_filters_and_a_token(site: Site, loaded: DeskLoader) -> None:
    (address,) = re.findall(r'href="/silkwire(/feeds/articles\.atom\?[^"]+)"', site.page("/articles?region=xinjiang"))
    site.gate.present = None
    feed = site.get(address.replace("&amp;", "&"))
    assert feed.status_code == 200
    assert "article/a3" in feed.text
    assert "article/a1" not in feed.text
