"""The pages of regions, topics, watch topics and pairs: what they count, compare, and say of what is missing."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from altair.utils.schemapi import debug_mode

from silkwire.web.charts import _CHARTS, picture
from silkwire.web.comparison import spans
from silkwire.web.cooccurrence import REGION_REGIONS
from silkwire.web.filters import Filters
from silkwire.web.periods import period_key, periods, unit
from silkwire.web.reader import Reader
from silkwire.web.sparklines import sparkline
from tests.conftest import NOW
from tests.web.conftest import DAY, Site
from tests.web.desk import DeskLoader, at

CHARTS = ("volume", "language-days", "source-shares", "region-topics", "region-watch", "region-regions")
POLITICS, ECONOMY = "medtop:11000000", "medtop:04000000"


@pytest.fixture
def months(desk: DeskLoader) -> DeskLoader:
    """Two outlets polled over eighty days: steady answers on each, flaky misses one of the last thirty."""
    for source in ("steady", "flaky"):
        desk.source(source, kind="state" if source == "steady" else "independent")
    desk.poll_daily("steady", DAY - timedelta(days=80), DAY)
    for number in range(81):
        day = DAY - timedelta(days=number)
        desk.poll("flaky", day, *(("retry", "timeout") if number == 10 else ("ok",)))
    for number in range(1, 65):
        day = DAY - timedelta(days=number)
        desk.article(f"s{number}", "steady", at(day), regions=("china",), topics=(POLITICS,))
        if number < 30:
            desk.article(
                f"f{number}", "flaky", at(day), regions=("china", "mongolia"), topics=(ECONOMY,), language="ru"
            )
    desk.write()
    return desk


def _rows(site: Site, name: str, query: str = "") -> list[dict[str, Any]]:
    return json.loads(site.get(f"/tables/{name}.json?{query}").text)


def _chart(site: Site, name: str, query: str = "") -> dict[str, Any]:
    answer = site.get(f"/charts/{name}.json?{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def _points(spec: dict[str, Any]) -> list[dict[str, Any]]:
    layers = spec.get("layer", [spec])
    return [point for layer in layers for point in (layer.get("data") or spec["data"])["values"]]


def _words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize("path", ["/regions", "/topics", "/watch", "/pairs"])
def test_a_list_works_with_an_empty_warehouse_and_says_what_to_do(site: Site, path: str):
    assert "Nothing was polled yet" in site.page(path)


@pytest.mark.parametrize(
    "path", ["/regions/china", f"/topics/{ECONOMY}", "/watch/belt-and-road", "/pairs/central-asia/china"]
)
def test_a_page_works_with_an_empty_warehouse(site: Site, path: str):
    assert "Nothing was polled yet" in site.page(path)


@pytest.mark.parametrize(
    "path", ["/regions/china", f"/topics/{ECONOMY}", "/watch/border-trade", "/pairs/central-asia/china"]
)
@pytest.mark.parametrize("days", [1, 7, 365])
def test_a_page_and_its_charts_work_over_any_window(site: Site, loaded: DeskLoader, path: str, days: int):
    page = site.page(f"{path}?days={days}")
    assert "A third crossing" in page
    for address in set(re.findall(r'data-chart="/silkwire([^"]+)"', page)):
        assert site.get(address.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize(
    "path", ["/regions/atlantis", "/topics/medtop:99999999", "/watch/nothing", "/pairs/china/atlantis", "/regions/%00"]
)
def test_what_does_not_exist_is_not_found_and_says_so(site: Site, loaded: DeskLoader, path: str):
    answer = site.get(path)
    assert answer.status_code == 404
    assert "There is no such" in answer.text


def test_a_region_that_left_the_configuration_keeps_its_page_while_articles_bear_it(site: Site, desk: DeskLoader):
    desk.source("astana")
    desk.article("a1", "astana", at(DAY), regions=("old-region",))
    desk.write()
    assert "old-region" in site.page("/regions/old-region")


def test_markup_in_an_address_does_not_reach_a_page(site: Site, loaded: DeskLoader):
    assert "<script>alert" not in site.get("/regions/%3Cscript%3Ealert(1)%3C%2Fscript%3E").text
    assert "<script>alert" not in site.page("/regions/china?language=%3Cscript%3Ealert(1)%3C%2Fscript%3E")


def test_a_list_has_originals_reprints_and_mentions_apart(site: Site, loaded: DeskLoader):
    rows = {row["region"]: row for row in _rows(site, "regions", "days=8")}
    china, xinjiang = rows["china"], rows["xinjiang"]
    assert (china["counted"], china["reprints"], china["mentioned"]) == (2, 1, 0)
    assert (xinjiang["counted"], xinjiang["reprints"], xinjiang["mentioned"]) == (2, 0, 1)
    assert rows["iran"]["counted"] == 0


def test_a_page_of_a_region_counts_mentions_apart(site: Site, loaded: DeskLoader):
    said = _words(site.page("/regions/xinjiang?days=8"))
    assert "2 originals," in said
    assert "1 originals that only mention it" in said


def test_with_reprints_alone_the_page_and_its_chart_say_that_reprints_are_counted(site: Site, loaded: DeskLoader):
    assert "1 reprints," in _words(site.page("/regions/china?kind=reprint"))
    chart = _chart(site, "volume", "region=china&kind=reprint&days=7")
    assert sum(point.get("count", 0) for point in _points(chart) if point.get("line") == "all sources") == 1
    titles = {layer["encoding"]["y"].get("title") for layer in chart["layer"] if "y" in layer["encoding"]}
    assert "reprints a day" in titles


def test_filters_keep_working_on_a_page(site: Site, loaded: DeskLoader):
    page = site.page("/regions/central-asia?language=ru")
    assert "Мост через Или" in page
    assert "Title of a6" not in page
    assert "1 originals," in _words(page)


def test_the_form_of_a_page_does_not_repeat_what_its_address_says(site: Site, loaded: DeskLoader):
    page = site.page("/pairs/central-asia/china?language=en")
    assert 'href="/silkwire/pairs/central-asia/china?days=7&amp;language=en"' in page
    assert 'name="region"' not in page


def test_a_pair_has_one_address_whatever_the_order_asked_for(site: Site, loaded: DeskLoader):
    answer = site.get("/pairs/china/central-asia?days=7")
    assert answer.status_code in (301, 302, 307, 308)
    assert answer.headers["location"] == "/silkwire/pairs/central-asia/china?days=7"


def test_a_pair_has_the_articles_that_are_about_both(site: Site, loaded: DeskLoader):
    page = site.page("/pairs/central-asia/china?days=8")
    assert "A third crossing" in page
    assert "Title of a4" not in page
    pairs = _rows(site, "pairs", "days=8")
    assert [(row["region_a"], row["region_b"], row["counted"]) for row in pairs] == [("central-asia", "china", 1)]


def test_the_change_compares_whole_days_with_the_same_weekdays_before(site: Site, months: DeskLoader):
    row = next(row for row in _rows(site, "regions") if row["region"] == "china")
    assert (row["whole"], row["before"]) == (58, 29)
    assert row["change"] == pytest.approx(1.0)


def test_the_panel_does_not_grow_with_a_source_that_missed_a_day(site: Site, months: DeskLoader):
    row = next(row for row in _rows(site, "regions") if row["region"] == "china")
    assert (row["panel"], row["panel_before"], row["panel_change"]) == (29, 29, 0)


def test_a_page_names_the_days_of_both_windows_and_the_size_of_the_panel(site: Site, months: DeskLoader):
    said = _words(site.page("/regions/china"))
    assert "1 of 2 sources answered on every day from 2026-10-26 to 2026-11-23" in said
    assert "Change compares the same days with 2026-09-21 to 2026-10-19" in said


def test_a_panel_without_sources_is_a_sentence_and_no_line(site: Site, desk: DeskLoader):
    desk.source("flaky")
    desk.source("other")
    for number in range(5):
        day = DAY - timedelta(days=number)
        desk.poll("flaky" if number % 2 else "other", day)
        desk.article(f"a{number}", "flaky", at(day), regions=("china",))
    desk.write()
    assert "There is no panel" in site.page("/regions/china?days=5")
    points = _points(_chart(site, "volume", "region=china&days=5"))
    assert {point["line"] for point in points if "line" in point} == {"all sources"}


def test_pages_say_so_while_articles_have_labels_of_before_a_change_of_the_rules(site: Site, loaded: DeskLoader):
    paths = ("/", "/regions", "/watch/border-trade", "/pairs")
    assert not [path for path in paths if "labels of before the last change" in site.page(path)]
    loaded.execute("update articles set labeller_version = 'old' where id in ('a4', 'a5')")
    loaded.run("after", NOW)
    for path in paths:
        assert "2 articles have labels of before the last change of the rules" in _words(site.page(path)), path


def test_days_before_the_first_poll_have_no_history_and_no_zeros(site: Site, months: DeskLoader):
    assert "There is no history of these days" in site.page("/regions/china?from=2026-01-01&to=2026-01-31")
    points = _points(_chart(site, "volume", "region=china&days=100"))
    assert min(point["day"] for point in points if "line" in point) == (DAY - timedelta(days=80)).isoformat()
    assert any(point.get("missing") == "before the first poll" for point in points)


def test_a_window_that_begins_before_the_first_poll_compares_with_nothing(site: Site, months: DeskLoader):
    assert "There is nothing to compare with" in site.page("/regions/china?days=60")
    row = next(row for row in _rows(site, "regions", "days=60") if row["region"] == "china")
    assert row["change"] is None
    assert row["before"] is None


def test_today_is_drawn_as_unfinished_and_has_no_panel(site: Site, loaded: DeskLoader):
    today = [point for point in _points(_chart(site, "volume", "days=5")) if point.get("day") == DAY.isoformat()]
    assert [(point["line"], point["unfinished"]) for point in today if "line" in point] == [("all sources", True)]


def test_days_with_a_gap_and_days_without_any_poll_are_marked(site: Site, desk: DeskLoader):
    desk.source("astana")
    for number in (5, 4, 2, 1):
        desk.poll("astana", DAY - timedelta(days=number))
    desk.gap("astana", at(DAY - timedelta(days=1), 12))
    desk.gap("astana", at(DAY - timedelta(days=4), 12), closed_at=NOW, outcome="ok", found_links=3)
    desk.write()
    marked = {
        point["day"]: point["missing"] for point in _points(_chart(site, "volume", "days=5")) if "missing" in point
    }
    assert marked == {
        (DAY - timedelta(days=3)).isoformat(): "nothing was polled",
        (DAY - timedelta(days=1)).isoformat(): "feeds with a gap: 1",
    }
    assert [row["gaps"] for row in _rows(site, "trend", "days=5")] == [0, 1, 0, 0, 0]


def test_an_outage_is_marked_on_its_day(site: Site, desk: DeskLoader):
    for number in range(6):
        desk.source(f"s{number}", added_at=datetime(2026, 11, 1, tzinfo=UTC), succeeded_at=NOW)
        desk.poll_daily(f"s{number}", DAY - timedelta(days=6), DAY)
        desk.poll(f"s{number}", DAY - timedelta(days=3), "retry", "connection", hour=15)
    desk.write()
    marked = [point for point in _points(_chart(site, "volume", "days=7")) if "missing" in point]
    assert [(point["day"], point["missing"]) for point in marked] == [
        ((DAY - timedelta(days=3)).isoformat(), "an outage")
    ]


def test_the_numbers_of_the_trend_add_up_to_those_of_the_page(site: Site, months: DeskLoader):
    rows = _rows(site, "trend", "region=china")
    assert len(rows) == 30
    assert sum(row["counted"] for row in rows) == 58
    assert sum(row["panel"] or 0 for row in rows) == 29
    assert {row["panel_sources"] for row in rows} == {1}


def test_shares_are_of_all_that_is_counted(site: Site, months: DeskLoader):
    assert [(row["source"], row["share"]) for row in _rows(site, "source-shares", "region=china")] == [
        ("Flaky", 0.5),
        ("Steady", 0.5),
    ]
    kinds = {row["source_kind"]: row["counted"] for row in _rows(site, "source-kind-shares", "region=china")}
    assert kinds == {"state": 29, "independent": 29}
    assert [row["language"] for row in _rows(site, "language-shares", "region=mongolia")] == ["ru"]


def test_a_heat_map_has_each_pair_of_regions_on_both_sides_and_its_table_has_it_once(site: Site, months: DeskLoader):
    cells = {(point["down"], point["across"]): point["count"] for point in _points(_chart(site, "region-regions"))}
    assert cells == {("China", "Mongolia"): 29, ("Mongolia", "China"): 29}
    assert [row["counted"] for row in _rows(site, REGION_REGIONS.name)] == [29]


def test_a_heat_map_is_a_table_where_one_is_asked_for(site: Site, months: DeskLoader):
    assert "table-region-topics" not in site.page("/regions/china")
    assert "table-region-topics" in site.page("/regions/china?numbers=region-topics")


def test_a_heat_map_on_a_page_is_of_the_page_s_articles(site: Site, months: DeskLoader):
    rows = _rows(site, "region-topics", "region=mongolia")
    assert {(row["region"], row["topic"]) for row in rows} == {("china", ECONOMY), ("mongolia", ECONOMY)}


def test_every_chart_becomes_a_picture(warehouse_url: str, months: DeskLoader):
    reader = Reader(warehouse_url)
    filters = Filters(DAY - timedelta(days=29), DAY, region="china", today=DAY)
    for name in CHARTS:
        assert picture(name, reader, filters).startswith(b"\x89PNG")
    reader.close()


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_valid_vega_lite(warehouse_url: str, loaded: DeskLoader, name: str):
    reader = Reader(warehouse_url)
    with debug_mode(True):
        drawn = _CHARTS[name][1](reader, Filters(DAY - timedelta(days=29), DAY, today=DAY))
        assert drawn is not None
        drawn.to_dict()
    reader.close()


def test_a_year_is_drawn_in_weeks_from_monday_on_and_cut_weeks_are_unfinished():
    filters = Filters(date(2025, 11, 25), date(2026, 11, 24), today=date(2026, 11, 24))
    found = periods(filters)
    assert unit(filters) == "week"
    assert {period.key.weekday() for period in found} == {0}
    assert [period.unfinished for period in (found[0], found[1], found[-2], found[-1])] == [True, False, False, True]
    assert period_key(date(2026, 11, 22), filters) == date(2026, 11, 16)


def test_ninety_days_are_drawn_in_days_and_only_today_is_unfinished():
    filters = Filters(date(2026, 8, 27), date(2026, 11, 24), today=date(2026, 11, 24))
    assert len(periods(filters)) == 90
    assert [period.key for period in periods(filters) if period.unfinished] == [date(2026, 11, 24)]


def test_a_window_of_today_alone_is_compared_with_nothing():
    assert spans(Filters(DAY, DAY, today=DAY)) is None


def test_a_past_window_is_compared_whole():
    compared = spans(Filters(date(2026, 10, 1), date(2026, 10, 10), today=DAY))
    assert compared is not None
    assert (compared.last, compared.before_first, compared.before_last) == (
        date(2026, 10, 10),
        date(2026, 9, 17),
        date(2026, 9, 26),
    )


def test_a_sparkline_says_in_words_what_it_shows():
    assert "from 0 to 7 a day, 3 on the last" in sparkline([0, 7, 3])
    assert sparkline([]) == "–"
    assert len(re.findall(r"[\d.]+,[\d.]+", sparkline(range(365)))) == 60
