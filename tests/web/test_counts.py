"""What is counted already has the numbers that the articles have."""

from contextlib import closing
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl

import pytest
from sqlalchemy import Engine

from silkwire.web.filters import read_filters
from silkwire.web.reader import Reader
from silkwire.web.share_reading import read_contents, read_sources
from tests.conftest import NOW
from tests.web.conftest import DAY, Site
from tests.web.desk import DeskLoader, at

_POLITICS, _ECONOMY = "medtop:11000000", "medtop:04000000"
_LISTS = ("regions", "topics", "watch", "pairs", "region-topics", "region-watch", "region-regions", "language-days")
_OVERVIEW = ("region-changes", "topic-changes", "watch-changes", "movers", "usual")
_PAGE = ("trend", "source-shares", "source-kind-shares", "source-country-shares", "usual")


@pytest.fixture
def domestic(desk: DeskLoader) -> DeskLoader:
    """Ten weeks of two outlets, the second silent on one day and full of reprints; every article is about KZ."""
    desk.source("astana", country="KZ", kind="state")
    desk.source("steppe", country="KG", kind="independent")
    first = DAY - timedelta(days=75)
    desk.poll_daily("astana", first, DAY)
    desk.poll_daily("steppe", first, DAY - timedelta(days=10))
    desk.poll_daily("steppe", DAY - timedelta(days=8), DAY)
    for back in range(70):
        _write_day(desk, back)
    desk.article("undated", "astana", None, discovered_at=at(DAY, 5), regions=("china",), countries=("KZ",))
    desk.run("r1", NOW - timedelta(hours=1))
    return desk


def _write_day(desk: DeskLoader, back: int) -> None:
    day = DAY - timedelta(days=back)
    both = {"regions": ("china", "central-asia"), "topics": (_POLITICS, _ECONOMY), "watch": ("border-trade",)}
    kz = {"countries": ("KZ",)}
    desk.article(f"a{back}", "astana", at(day, 6), body=f"Text of {back}.", **both, **kz)
    if back % 3 == 0:
        desk.article(f"r{back}", "steppe", at(day, 7), body=f"Text of {back}.", **both, **kz)
    for place in range(1 + (20 if back < 7 else back % 4)):
        desk.article(
            f"s{back}-{place}",
            "steppe",
            at(day, 8),
            language="zh-Hans" if back % 2 else "en",
            regions=("xinjiang",) if place % 2 else (),
            mentioned=("china",),
            topics=(_ECONOMY,),
            **kz,
        )


def _rows(site: Site, table: str, query: str) -> list[dict[str, Any]]:
    answer = site.get(f"/tables/{table}.json?{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


@pytest.mark.parametrize("kind", ["all", "original", "reprint"])
@pytest.mark.parametrize("days", [1, 7, 30])
def test_without_filters_tables_have_the_numbers_of_the_articles(
    site: Site, domestic: DeskLoader, days: int, kind: str
) -> None:
    for table in (*_LISTS, *_OVERVIEW, *_PAGE):
        query = f"days={days}&kind={kind}"
        counted = _rows(site, table, query)
        assert counted == _rows(site, table, f"{query}&country=KZ"), table
        assert counted or days == 1 or kind == "reprint" or table == "movers", table


@pytest.mark.parametrize("kind", ["all", "original", "reprint"])
@pytest.mark.parametrize(
    "label",
    [
        "region=china",
        "region=xinjiang",
        f"topic={_ECONOMY}",
        "watch=border-trade",
        "language=zh",
        f"region=china&topic={_POLITICS}",
        "region=central-asia&watch=border-trade",
        "region=china&beside=central-asia",
        "region=central-asia&beside=china",
        f"source=steppe&topic={_ECONOMY}",
        f"source=astana&region=china&topic={_ECONOMY}",
    ],
)
def test_the_page_of_a_label_has_the_numbers_of_the_articles(
    site: Site, domestic: DeskLoader, label: str, kind: str
) -> None:
    for table in _PAGE:
        query = f"days=30&kind={kind}&{label}"
        counted = _rows(site, table, query)
        assert counted == _rows(site, table, f"{query}&country=KZ"), table
        assert counted or kind == "reprint", table


def test_a_region_beside_itself_is_the_region_alone(site: Site, domestic: DeskLoader) -> None:
    for table in (*_PAGE, "movers"):
        alone = _rows(site, table, "days=30&region=china")
        assert _rows(site, table, "days=30&region=china&beside=china") == alone, table
    page = site.page("/regions/china?beside=china&days=30")
    assert 'name="beside"' not in page


_SHARES = ("source-shares", "source-kind-shares", "source-country-shares", "language-shares", "country-shares")


@pytest.mark.parametrize(
    "query", ["days=30", "days=30&kind=reprint", "days=all&region=xinjiang", "days=30&region=none"]
)
def test_a_page_reads_the_shares_that_are_taken_away_from_it(engine: Engine, domestic: DeskLoader, query: str) -> None:
    with closing(Reader(engine.url.render_as_string(hide_password=False))) as reader:
        filters = read_filters(dict(parse_qsl(query)), DAY)
        shown = (*read_sources(reader, filters), *read_contents(reader, filters))
        assert [table.query.name for table in shown] == list(_SHARES)
        for table in shown:
            sql, values = table.query.statement(filters)
            whole = [dict(row) for row in reader.rows((sql, values))]
            assert [dict(row) for row in table.rows] == whole[: table.query.limit], table.query.name
            assert whole or query.endswith("none")


_OF_PANEL = {
    "trend": ("day", "panel"),
    "regions": ("region", "panel"),
    "topics": ("topic", "panel"),
    "watch": ("watch", "panel"),
    "pairs": ("region_a", "panel"),
    "region-topics": ("region", "panel"),
    "region-changes": ("label", "articles_panel"),
    "topic-changes": ("label", "articles_panel"),
}


@pytest.mark.parametrize("query", ["days=30", "days=30&country=KZ", "days=30&region=china"])
def test_a_source_that_is_added_and_prints_first_takes_nothing_from_the_panel(
    site: Site, domestic: DeskLoader, query: str
) -> None:
    def of_panel() -> dict[str, list[tuple[Any, Any]]]:
        return {
            table: [(row[key], row[panel]) for row in sorted(_rows(site, table, query), key=lambda row: str(row[key]))]
            for table, (key, panel) in _OF_PANEL.items()
        }

    before, raw = of_panel(), _rows(site, "source-shares", query)
    domestic.source("agency", country="KZ")
    domestic.poll_daily("agency", DAY - timedelta(days=5), DAY)
    for back in range(5):
        domestic.article(f"first{back}", "agency", at(DAY - timedelta(days=back), 5), body=f"Text of {back}.")
    domestic.run("r2", NOW)
    assert _rows(site, "source-shares", query) != raw
    assert of_panel() == before
    assert any(count for _, count in before["trend"])


def test_a_pair_is_counted_once_over_many_days(site: Site, domestic: DeskLoader) -> None:
    (row,) = _rows(site, "pairs", "days=30")
    assert (row["region_a"], row["region_b"], row["counted"], row["reprints"]) == ("central-asia", "china", 30, 10)
    assert row["trend"] == [1] * 30


def test_what_is_counted_already_follows_a_refresh(site: Site, domestic: DeskLoader) -> None:
    before = _rows(site, "regions", "days=7")
    domestic.article("late", "astana", at(DAY, 9), regions=("mongolia",), countries=("KZ",))
    domestic.run("r2", NOW)
    after = {row["region"]: row["counted"] for row in _rows(site, "regions", "days=7")}
    assert after["mongolia"] == 1
    assert {row["region"]: row["counted"] for row in before}["mongolia"] == 0


def test_the_overview_is_counted_anew_where_a_job_ends_after_the_run_that_began_last(
    site: Site, domestic: DeskLoader
) -> None:
    domestic.begin_run("job", NOW - timedelta(hours=3))
    assert "/regions/mongolia" not in site.page("/")
    domestic.article("late", "astana", at(DAY - timedelta(days=1), 9), regions=("mongolia",), countries=("KZ",))
    domestic.run("job", NOW - timedelta(hours=3), minutes=179)
    assert "/regions/mongolia" in site.page("/")
