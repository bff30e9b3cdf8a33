"""What a visitor can start: only with the right, only from a page of ours, and never a second run beside one."""

from dataclasses import replace

import pytest

from silkwire.errors import Permanent
from silkwire.web.gate import Run
from tests.web.conftest import ADMIN, ROOT, VIEWER, Site


@pytest.mark.parametrize("dag", ["monitor", "reprocess"])
def test_who_may_starts_a_run_and_is_led_to_a_page_that_links_to_it_in_airflow(site: Site, dag: str) -> None:
    site.gate.present = ADMIN
    answer = site.post(f"/actions/{dag}")
    assert answer.status_code == 303
    assert site.gate.triggered == [(dag, "adam")]
    page = site.page(answer.headers["location"].removeprefix(ROOT))
    assert "<h1>Started</h1>" in page
    assert f'href="/dags/{dag}/runs/manual__2026-11-24T12:00:00+00:00" target="_top"' in page


def test_a_run_that_is_going_is_named_and_none_is_started(site: Site) -> None:
    site.gate.present = ADMIN
    going = Run("monitor", "scheduled__1", "running", "/dags/monitor/runs/scheduled__1")
    site.gate.runs.append(going)

    async def same(*_: object) -> Run:
        return going

    site.gate.trigger = same  # type: ignore[method-assign]
    answer = site.post("/actions/monitor")
    page = site.page(answer.headers["location"].removeprefix(ROOT))
    assert "<h1>A run is going already</h1>" in page
    assert "Nothing new was started" in page


def test_the_page_of_a_run_that_has_ended_says_how(site: Site) -> None:
    run = Run("monitor", "m1", "failed", "/dags/monitor/runs/m1")
    site.gate.runs = [run, replace(run, run_id="m2", state="success")]
    assert "<h1>Failed</h1>" in site.page("/actions/monitor/run?id=m1&going=yes")
    assert "<h1>Done</h1>" in site.page("/actions/monitor/run?id=m2")


def test_who_may_only_read_starts_nothing(site: Site) -> None:
    site.gate.present = VIEWER
    answer = site.post("/actions/monitor")
    assert answer.status_code == 403
    assert "Your account may not start runs of the DAG monitor" in answer.text
    assert site.gate.triggered == []


def test_rights_are_asked_for_each_dag(site: Site) -> None:
    site.gate.present = ADMIN

    async def only_monitor(_request: object, dag: str) -> bool:
        return dag == "monitor"

    site.gate.may_trigger = only_monitor  # type: ignore[method-assign]
    assert site.post("/actions/reprocess").status_code == 403
    assert site.post("/actions/monitor").status_code == 303


def test_a_refusal_of_airflow_is_told_in_its_words(site: Site) -> None:
    site.gate.present = ADMIN
    site.gate.refusal = Permanent("The DAG monitor is paused.")
    answer = site.post("/actions/monitor")
    assert answer.status_code == 409
    assert "The DAG monitor is paused." in answer.text


@pytest.mark.parametrize("dag", ["maintain", "nope", "monitor%2F..", "MONITOR", "monitor%00", "<script>"])
def test_nothing_else_can_be_started(site: Site, dag: str) -> None:
    site.gate.present = ADMIN
    assert site.post(f"/actions/{dag}").status_code == 404
    assert site.gate.triggered == []


def test_to_look_at_an_action_starts_nothing(site: Site) -> None:
    site.gate.present = ADMIN
    assert site.get("/actions/monitor").status_code == 405
    assert site.gate.triggered == []


def test_a_run_that_airflow_does_not_know_is_not_there(site: Site) -> None:
    for asked in ("", "id=nope", "id=%00", "id=<script>alert(1)</script>"):
        answer = site.get(f"/actions/monitor/run?{asked}")
        assert answer.status_code == 404
        assert "<script>alert" not in answer.text
