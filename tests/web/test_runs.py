"""Runs: one row each, and a page each that says what became of everything."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest

from silkwire.reasons import Reason
from silkwire.warehouse import runs
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.runs import Count
from silkwire.web.gate import Run
from tests.conftest import NOW
from tests.web.conftest import RUN, Site
from tests.web.desk import DeskLoader

PAGE = f"/runs/{quote(RUN, safe='')}"


def said(page: str) -> str:
    """Return a page's words, without markup."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_a_run_is_one_row_with_its_counts(site: Site, loaded: DeskLoader) -> None:
    (row,) = site.get("/tables/runs.json").json()
    assert (row["run_id"], row["state"], row["seconds"]) == (RUN, "success", 240)
    assert (row["feeds_polled"], row["new_links"], row["articles"], row["skipped"]) == (3, 12, 12, 3)
    page = site.page("/runs")
    assert f'href="/silkwire{PAGE}"' in page
    assert "4 min 0 s" in page


def test_runs_of_other_days_are_not_in_the_window(site: Site, loaded: DeskLoader) -> None:
    loaded.run("old", NOW - timedelta(days=40))
    assert [row["run_id"] for row in site.get("/tables/runs.json").json()] == [RUN]
    assert [row["run_id"] for row in site.get("/tables/runs.json?days=50").json()] == [RUN, "old"]


def test_runs_are_counted_by_day_and_state(site: Site, loaded: DeskLoader) -> None:
    with transaction(loaded.engine) as connection:
        runs.begin(connection, "lost", NOW - timedelta(hours=5))
        runs.begin(connection, "now", NOW)
    (row,) = site.get("/tables/run-days.json").json()
    assert (row["runs"], row["success"], row["interrupted"], row["running"]) == (3, 1, 1, 1)


def test_the_address_of_a_run_may_be_escaped_or_not(site: Site, loaded: DeskLoader) -> None:
    for address in (PAGE, f"/runs/{RUN}"):
        assert RUN in site.page(address)


@pytest.mark.parametrize("run_id", ["nothing", "a%00b", "%27%20or%201%3D1--", "a/b"])
def test_an_unknown_run_is_not_found_and_the_page_says_so(site: Site, loaded: DeskLoader, run_id: str) -> None:
    answer = site.get(f"/runs/{run_id}")
    assert answer.status_code == 404
    assert "The warehouse knows no such run" in answer.text


def test_a_runs_page_tells_each_outcome_with_its_meaning(site: Site, loaded: DeskLoader) -> None:
    page = said(site.page(PAGE))
    assert f"poll feed retry {Reason.NOT_FOUND.words} 1" in page
    assert "poll feed ok went through 2" in page
    assert f"fetch link skipped {Reason.ROBOTS.words} 2" in page
    assert f"label article abstained {Reason.NO_EVIDENCE.words} 1" in page


def test_a_gap_that_was_found_in_a_run_is_on_its_page(site: Site, loaded: DeskLoader) -> None:
    assert "Gaps found in its time" not in site.page(PAGE)
    loaded.gap("steppe", NOW - timedelta(minutes=59))
    loaded.write()
    page = said(site.page(PAGE))
    assert "Gaps found in its time" in page
    assert "Steppe Post https://steppe.example/rss" in page


def test_a_runs_page_tells_its_report_in_full(site: Site, loaded: DeskLoader) -> None:
    page = said(site.page(PAGE))
    for words in (
        "12 articles of 3 sources, 3 feeds",
        "Feeds to look at Nothing at its address: 1",
        f"Steppe Post https://steppe.example/rss : {Reason.NOT_FOUND.words}",
        "There is nothing at its address any more.",
        "Left for the next nothing",
        "0 found, 0 repaired since the run before, 1 open at its end",
    ):
        assert words in page
    assert "No report of it is kept" not in page


def test_a_run_tells_what_the_articles_that_it_labelled_are_about(site: Site, loaded: DeskLoader) -> None:
    began = NOW - timedelta(minutes=20)
    loaded.article("a10", "astana", began, language="kk", regions=("central-asia",), topics=("medtop:11000000",))
    loaded.run("next", began)
    page = said(site.page("/runs/next"))
    assert "Languages Languages Articles Kazakh 1" in page
    assert "About regions About regions Articles Central Asia 1" in page


def test_a_failed_check_is_told_with_its_examples(site: Site, loaded: DeskLoader) -> None:
    loaded.source("nomad", outcome="retry", reason=None)
    loaded.run("bad", NOW - timedelta(minutes=20))
    page = said(site.page("/runs/bad"))
    assert "Problems check fate_without_a_reason: 1 offending rows" in page
    assert "Checks that failed fate without a reason" in page
    assert "nomad-feed" in page
    assert "check fate_without_a_reason" in said(site.page("/"))
    assert "check fate_without_a_reason" in said(site.page("/runs"))


def test_what_a_server_said_is_escaped(site: Site, loaded: DeskLoader) -> None:
    loaded.execute("update feeds set detail = '<script>alert(1)</script>' where id = 'steppe-feed'")
    loaded.execute("update feeds set run_id = 'next'")
    loaded.run("next", NOW - timedelta(minutes=20))
    page = site.page("/runs/next")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_upkeep_is_no_run_of_the_flow(site: Site, loaded: DeskLoader) -> None:
    with transaction(loaded.engine) as connection:
        runs.begin(connection, "repair", NOW - timedelta(minutes=30))
        runs.finish(connection, "repair", "success", None, NOW - timedelta(minutes=29))
    assert [(row["run_id"], row["work"]) for row in site.get("/tables/runs.json").json()] == [
        ("repair", "upkeep"),
        (RUN, "flow"),
    ]
    assert f'Last run</dt><dd><a href="/silkwire{PAGE}"' in site.page("/")


def test_a_run_that_works_has_no_report_yet(site: Site, loaded: DeskLoader) -> None:
    loaded.begin_run("now", NOW)
    loaded.count("now", [Count("poll", "feed", "ok", "", 7)])
    loaded.write()
    page = said(site.page("/runs/now"))
    assert "It has no report yet" in page
    assert "still working" in page
    assert "poll feed ok went through 7" in page


def test_only_a_run_that_airflow_knows_has_a_link_to_it(site: Site, loaded: DeskLoader) -> None:
    assert "its page in Airflow" not in site.page(PAGE)
    site.gate.runs.append(Run("monitor", RUN, "success", "/dags/monitor/runs/x"))
    assert '<a href="/dags/monitor/runs/x" target="_top">its page in Airflow</a>' in site.page(PAGE)


def test_outcomes_of_the_window_are_added_up_over_its_runs(site: Site, loaded: DeskLoader) -> None:
    loaded.run("second", NOW - timedelta(minutes=20), [Count("fetch", "link", "skipped", "robots", 4)])
    found = {(row["item"], row["outcome"], row["reason"]): row for row in site.get("/tables/run-outcomes.json").json()}
    robots = found["link", "skipped", "robots"]
    assert (robots["items"], robots["runs"]) == (6, 2)
    assert robots["share"] == pytest.approx(6 / 18)
    assert Reason.ROBOTS.words in site.page("/runs")


def test_what_did_not_go_through_is_counted_by_day_and_what_did_is_not(site: Site, loaded: DeskLoader) -> None:
    found = {(row["stage"], row["reason"]): row["items"] for row in site.get("/tables/run-losses.json").json()}
    assert found == {
        ("poll", "not_found"): 1,
        ("fetch", "robots"): 2,
        ("extract", "no_text"): 1,
        ("label", "no_evidence"): 1,
    }


def test_days_without_a_run_say_how_to_start_one(site: Site) -> None:
    page = said(site.page("/runs"))
    assert "No run began in these days. silkwire up starts the hourly run" in page


@pytest.mark.parametrize("name", ["run-durations", "run-outcomes", "run-losses"])
def test_each_chart_of_runs_draws_what_there_is_and_stands_empty(site: Site, desk: DeskLoader, name: str) -> None:
    empty = site.get(f"/charts/{name}.json").json()
    assert empty["mark"]["type"] == "text"
    desk.run("r1", NOW - timedelta(hours=1), [Count("fetch", "link", "failed", "timeout", 3)])
    drawn = site.get(f"/charts/{name}.json").json()
    assert len(drawn["data"]["values"]) == 1
    assert site.get(f"/charts/{name}.png").content.startswith(b"\x89PNG")


@pytest.mark.parametrize("offset", ["x", "-1", "99999999999999999999", "50"])
def test_an_offset_that_is_none_or_too_far_is_no_error(site: Site, loaded: DeskLoader, offset: str) -> None:
    site.page(f"/runs?offset={offset}")
