"""The overview: today against its weekday, what moved, how the pipeline stands, what to do where nothing is there."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from tests.conftest import NOW
from tests.web.conftest import ADMIN, DAY, Site
from tests.web.desk import DeskLoader, at

BEGUN = DAY - timedelta(days=83)
RUN_TODAY = NOW - timedelta(hours=1)


def rows(site: Site, table: str, query: str = "") -> list[dict[str, Any]]:
    answer = site.get(f"/tables/{table}.json{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


def usual(site: Site, day: date, sources: str = "all", query: str = "") -> dict[str, Any]:
    (row,) = [row for row in rows(site, "usual", query) if (row["day"], row["sources"]) == (day.isoformat(), sources)]
    return row


def said(page: str) -> str:
    """Return a page's words, without markup."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split()).replace(" .", ".")


def write_daily(desk: DeskLoader, source: str, first: date, last: date, number: int = 1, **labels: Any) -> None:
    """Publish so many articles on each day at eight o'clock."""
    for back in range((last - first).days + 1):
        day = first + timedelta(days=back)
        for place in range(number):
            desk.article(f"{source}-{day}-{place}-{len(labels)}", source, at(day), **labels)


@pytest.fixture
def watched(desk: DeskLoader) -> DeskLoader:
    """An outlet that answered on every day of twelve weeks, today too."""
    desk.source("astana")
    desk.poll_daily("astana", BEGUN, DAY)
    return desk


def test_a_day_is_compared_with_the_same_weekday_only(site: Site, watched: DeskLoader) -> None:
    write_daily(watched, "astana", BEGUN, DAY)
    for week in range(9):
        day = DAY - timedelta(weeks=week)
        for place in range(5):
            watched.article(f"tuesday-{week}-{place}", "astana", at(day))
    watched.run("r1", RUN_TODAY)
    tuesday, monday = usual(site, DAY), usual(site, DAY - timedelta(days=1))
    assert (tuesday["articles"], tuesday["median"], tuesday["weeks"]) == (6, 6, 8)
    assert (monday["articles"], monday["median"], monday["weeks"]) == (1, 1, 8)


def test_one_odd_week_among_eight_does_not_move_the_band(site: Site, watched: DeskLoader) -> None:
    write_daily(watched, "astana", BEGUN, DAY, 4)
    for place in range(96):
        watched.article(f"odd-{place}", "astana", at(DAY - timedelta(weeks=3)))
    watched.run("r1", RUN_TODAY)
    today = usual(site, DAY)
    assert (today["median"], float(today["low"]), float(today["high"])) == (4, 0, 8)


def test_today_is_compared_with_what_was_found_by_the_same_time_of_day(site: Site, watched: DeskLoader) -> None:
    for week in range(10):
        day = DAY - timedelta(weeks=week)
        watched.article(f"early-{week}", "astana", at(day, 8))
        if week:
            for place in range(20):
                watched.article(f"late-{week}-{place}", "astana", at(day, 20))
    # It was published early on that day, and nobody had found it by noon.
    watched.article("found-late", "astana", at(DAY - timedelta(weeks=1), 7), discovered_at=at(DAY, 1))
    watched.run("r1", RUN_TODAY)
    today, a_week_ago = usual(site, DAY), usual(site, DAY - timedelta(weeks=1))
    assert (today["articles"], today["median"]) == (1, 1)
    assert (a_week_ago["articles"], a_week_ago["median"]) == (22, 21)
    page = said(site.page("/"))
    assert "counted until the end of the last run, 11:04 UTC" in page
    assert "Usual by that time of a Tuesday: 0 to 3, median 1 of 8 weeks." in page
    assert "fewer than usual" not in page


def test_a_day_far_from_its_band_is_called_so(site: Site, watched: DeskLoader) -> None:
    write_daily(watched, "astana", BEGUN, DAY)
    for place in range(9):
        watched.article(f"more-{place}", "astana", at(DAY))
    watched.run("r1", RUN_TODAY)
    assert "10 more than usual" in said(site.page("/"))


def test_a_day_on_which_nothing_was_polled_is_no_part_of_a_band(site: Site, desk: DeskLoader) -> None:
    desk.source("astana")
    lost = DAY - timedelta(weeks=2)
    desk.poll_daily("astana", BEGUN, lost - timedelta(days=1))
    desk.poll_daily("astana", lost + timedelta(days=1), DAY)
    write_daily(desk, "astana", BEGUN, DAY)
    desk.run("r1", RUN_TODAY)
    assert usual(site, DAY)["weeks"] == 7
    assert lost.isoformat() not in {row["day"] for row in rows(site, "usual")}


def test_with_less_than_four_weeks_there_is_no_band_and_the_page_says_why(site: Site, loaded: DeskLoader) -> None:
    today = usual(site, DAY)
    assert (today["articles"], today["weeks"], today["median"], today["high"]) == (3, 1, None, None)
    page = said(site.page("/"))
    assert "1 week of data; it takes 4 to say what is usual." in page
    assert "Too little history to say" in page


def test_without_a_run_today_nothing_is_said_of_today(site: Site, loaded: DeskLoader) -> None:
    site.now = NOW + timedelta(days=1)
    assert "No run has ended today" in said(site.page("/"))
    assert (DAY + timedelta(days=1)).isoformat() not in {row["day"] for row in rows(site, "usual")}


def test_the_band_follows_the_filters_but_not_the_window(site: Site, watched: DeskLoader) -> None:
    write_daily(watched, "astana", BEGUN, DAY, 2)
    write_daily(watched, "astana", BEGUN, DAY, 3, regions=("china",))
    watched.run("r1", RUN_TODAY)
    assert usual(site, DAY)["median"] == 5
    assert usual(site, DAY, query="?region=china&days=3")["median"] == 3


def test_a_source_that_was_added_is_not_in_the_panels_band(site: Site, watched: DeskLoader) -> None:
    write_daily(watched, "astana", BEGUN, DAY, 2)
    added = DAY - timedelta(days=9)
    watched.source("steppe")
    watched.poll_daily("steppe", added, DAY)
    write_daily(watched, "steppe", added, DAY, 30)
    watched.run("r1", RUN_TODAY)
    assert usual(site, DAY)["articles"] == 32
    assert usual(site, DAY, "panel")["articles"] == 2
    page = said(site.page("/"))
    assert "32 more than usual" in page
    assert "2 as usual" in page
    assert "1 source that reported on every day" in page


def test_undated_articles_found_today_stand_beside_the_days(site: Site, loaded: DeskLoader) -> None:
    assert "Undated, found today 1 Nothing says when they were published" in said(site.page("/"))


def test_an_added_source_moves_the_raw_change_and_not_the_panels(site: Site, desk: DeskLoader) -> None:
    first, later = DAY - timedelta(days=14), DAY - timedelta(days=7)
    desk.source("astana")
    desk.source("steppe")
    desk.poll_daily("astana", first, DAY)
    desk.poll_daily("steppe", later, DAY)
    write_daily(desk, "astana", first, DAY, 2, regions=("china",), topics=("medtop:11000000",))
    write_daily(desk, "steppe", later, DAY, 2, regions=("china",), topics=("medtop:11000000",))
    desk.run("r1", RUN_TODAY)
    query = f"?from={later}&to={DAY - timedelta(days=1)}"
    for table in ("region-changes", "topic-changes"):
        (row,) = rows(site, table, query)
        assert (row["articles"], row["articles_before"], row["change"]) == (28, 14, 1)
        assert (row["articles_panel"], row["panel_before"], row["change_panel"]) == (14, 14, 0)
    assert "The panel is the 1 source that reported" in said(site.page(f"/{query}"))


def test_windows_compare_whole_days_so_today_is_left_out(site: Site, watched: DeskLoader) -> None:
    write_daily(watched, "astana", BEGUN, DAY, 1, regions=("china",))
    watched.run("r1", RUN_TODAY)
    (row,) = rows(site, "region-changes", "?days=7")
    assert (row["articles"], row["articles_before"]) == (6, 6)


def test_days_before_the_first_poll_are_unknown_and_not_none(site: Site, loaded: DeskLoader) -> None:
    found = {row["label"]: row for row in rows(site, "region-changes", "?days=8")}
    assert found["china"]["articles"] > 0
    assert found["china"]["articles_before"] is None
    assert found["china"]["change"] is None


def test_a_label_of_no_day_before_has_no_change_in_per_cent(site: Site, watched: DeskLoader) -> None:
    write_daily(watched, "astana", DAY - timedelta(days=3), DAY - timedelta(days=1), 1, regions=("mongolia",))
    watched.run("r1", RUN_TODAY)
    (row,) = rows(site, "region-changes", "?days=7")
    assert (row["articles"], row["articles_before"], row["change"]) == (3, 0, None)


@pytest.fixture
def moved(watched: DeskLoader) -> DeskLoader:
    """Nine weeks in which border trade jumps in the last one; xinjiang does, but only at an outlet that was added."""
    last = DAY - timedelta(days=1)
    write_daily(watched, "astana", DAY - timedelta(days=63), last, 2, watch=("border-trade",))
    write_daily(watched, "astana", DAY - timedelta(days=63), last, 2, topics=("medtop:11000000",), regions=("china",))
    for place in range(30):
        watched.article(f"jump-{place}", "astana", at(last), watch=("border-trade",))
    watched.article("rare", "astana", at(last), watch=("water-and-rivers",))
    watched.source("steppe")
    watched.poll_daily("steppe", DAY - timedelta(days=5), DAY)
    write_daily(watched, "steppe", DAY - timedelta(days=5), last, 9, regions=("xinjiang",))
    watched.run("r1", RUN_TODAY)
    return watched


def test_what_moved_is_ranked_by_spreads_of_the_panels_weeks(site: Site, moved: DeskLoader) -> None:
    (row,) = rows(site, "movers")
    assert (row["kind"], row["label"], row["articles"], row["median"], row["weeks"]) == (
        *("watch", "border-trade"),
        *(44, 14, 8),
    )
    assert float(row["z"]) == pytest.approx(30 / 14**0.5, abs=0.05)
    page = said(site.page("/"))
    assert "1 source in the panel, 8 weeks behind it." in page


def test_a_label_that_falls_silent_has_moved_too(site: Site, watched: DeskLoader) -> None:
    end = DAY - timedelta(days=8)
    write_daily(watched, "astana", DAY - timedelta(days=63), end, 3, regions=("china",))
    watched.run("r1", RUN_TODAY)
    (row,) = rows(site, "movers")
    assert (row["label"], row["articles"], row["median"]) == ("china", 0, 21)
    assert float(row["z"]) < -4


def test_without_a_panel_the_page_says_that_there_is_none(site: Site, desk: DeskLoader) -> None:
    desk.source("astana")
    desk.source("steppe")
    desk.poll("astana", DAY - timedelta(days=1))
    desk.poll("steppe", DAY - timedelta(days=2))
    desk.article("a1", "astana", at(DAY), regions=("china",))
    desk.run("r1", RUN_TODAY)
    page = said(site.page("/"))
    assert "on which anything was polled, so there is no panel to compare by" in page
    assert "No source reported on every one of these days, so there is no panel to compare by" in page


def test_a_run_that_ends_brings_its_numbers_at_once(site: Site, loaded: DeskLoader) -> None:
    assert "Originals so far, all sources 3 too little history" in said(site.page("/"))
    loaded.article("a10", "astana", at(DAY, 11))
    loaded.run("next", NOW - timedelta(minutes=30))
    assert "Originals so far, all sources 4 too little history" in said(site.page("/"))


def test_visitors_without_the_right_see_no_button(site: Site, loaded: DeskLoader) -> None:
    assert "Run now" not in site.page("/")
    site.gate.present = ADMIN
    page = site.page("/")
    assert '<form method="post" action="/silkwire/actions/monitor"><button>Run now</button></form>' in page


def test_what_is_broken_is_told_with_counts_and_links(site: Site, loaded: DeskLoader) -> None:
    page = site.page("/")
    assert re.search(
        r'<a href="/silkwire/sources\?state=missing">1 feed: <span class="state missing">nothing at its address', page
    )
    assert "1 open gap" in page
    assert "Last run" in page
    assert "/silkwire/runs/scheduled__2026-11-24T11%3A00%3A00%2B00%3A00" in page


def test_a_desk_where_all_is_well_has_nothing_broken(site: Site, desk: DeskLoader) -> None:
    desk.source("astana", polled_at=NOW, new_link_at=NOW)
    desk.poll_daily("astana", DAY, DAY)
    desk.article("a1", "astana", at(DAY), regions=("china",))
    desk.run("r1", RUN_TODAY)
    assert "What is broken Nothing." in said(site.page("/"))


def test_the_newest_articles_are_there_and_lead_to_their_pages(site: Site, loaded: DeskLoader) -> None:
    page = site.page("/")
    assert 'href="/silkwire/articles/a1"' in page
    assert '<bdi dir="ltr" lang="ru">Мост через Или</bdi>' in page


def test_an_empty_warehouse_asks_for_sources(site: Site) -> None:
    page = said(site.page("/"))
    assert "No sources yet" in page
    assert "silkwire sources add" in page
    assert "silkwire up" in page


def test_a_list_without_a_run_asks_for_one(site: Site, desk: DeskLoader) -> None:
    desk.source("astana", polled_at=None, outcome=None)
    desk.write()
    page = said(site.page("/"))
    assert "No run yet" in page
    assert "the button below" not in page
    site.gate.present = ADMIN
    assert "the button below" in said(site.page("/"))


def test_a_run_without_articles_leads_to_its_page(site: Site, desk: DeskLoader) -> None:
    desk.source("astana", polled_at=NOW)
    desk.run("r1", RUN_TODAY)
    page = site.page("/")
    assert "No articles yet" in page
    assert 'href="/silkwire/runs/r1"' in page


def test_articles_without_labels_are_told(site: Site, desk: DeskLoader) -> None:
    desk.source("astana", polled_at=NOW)
    desk.article("a1", "astana", at(DAY), labeller_version=None, labelled_at=None, outcome=None)
    desk.run("r1", RUN_TODAY)
    page = site.page("/")
    assert "Nothing labelled yet" in page
    assert "Title of a1" in page


def test_who_is_not_logged_in_is_sent_to_the_login(site: Site, loaded: DeskLoader) -> None:
    site.gate.present = None
    answer = site.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")


@pytest.mark.parametrize("name", ["usual", "usual-panel"])
def test_the_charts_of_the_band_have_points_and_band(site: Site, moved: DeskLoader, name: str) -> None:
    spec = site.get(f"/charts/{name}.json").json()
    marks = [layer["mark"]["type"] for layer in spec["layer"]]
    assert marks == ["area", "line", "point"]
    values = spec["data"]["values"]
    assert len(values) == 28
    assert [value["day"] for value in values if value["is"] == "today so far"] == [DAY.isoformat()]


def test_what_moved_needs_polling_in_the_week_itself(site: Site, moved: DeskLoader) -> None:
    lost = at(DAY - timedelta(days=3), 0)
    moved.execute(
        "delete from polls where polled_at >= :lost and polled_at < cast(:lost as timestamptz) + interval '2 days'",
        lost=lost,
    )
    moved.write()
    assert rows(site, "movers") == []
    assert "polling did not run on every day of that week" in said(site.page("/"))
