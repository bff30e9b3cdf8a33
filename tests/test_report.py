"""The end of a run: its verdict, its stored report, and what a person reads of it."""

import json
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console
from sqlalchemy import Engine, text

from silkwire.reasons import Reason
from silkwire.report.console import show_report
from silkwire.report.publication import Report, judge_run, publish, read_report
from silkwire.warehouse import runs
from silkwire.warehouse.checks import Failed
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.run_facts import Example, FailingFeed, Share, Totals
from silkwire.warehouse.runs import Count
from tests.conftest import NOW


def feed(outcome: str, reason: str, items: int) -> Count:
    return Count("poll", "feed", outcome, reason, items)


def link(outcome: str, reason: str, items: int) -> Count:
    return Count("fetch", "link", outcome, reason, items)


REPORT = Report(
    run_id="r1",
    state="failed",
    started_at="2026-11-24T12:00:00+00:00",
    finished_at="2026-11-24T12:01:00+00:00",
    seconds=60.0,
    problems=("check some_check: 2 offending rows, such as id=[a]",),
    counts=tuple(link("failed", reason.value, 1) for reason in Reason),
    totals=Totals(1, 2, 3, 4),
    pending={"fetch": 7, "extract": 0, "label": 0},
    countries=(Share("KZ", 3),),
    regions=(Share("central-asia", 3),),
    topics=(Share("medtop:11000000", 1),),
    watch_topics=(),
    languages=(Share("kk", 2),),
    failing_feeds=(FailingFeed("Site", "https://site.example/rss", "retry", "timeout", "30 s", 2),),
    examples=(Example("page", "skipped", "no_text", "https://site.example/1", "3 letters"),),
    failed_checks=(Failed("some_check", 2, ("id=[a]", "id=[b]")),),
)


def shown(report: Report) -> str:
    console = Console(file=StringIO(), width=200)
    show_report(console, report)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize(
    "counts",
    [
        [],
        [feed("ok", "", 1), feed("retry", "dns", 9)],
        [feed("unchanged", "", 10)],
        [feed("retry", "not_found", 10)],
        [feed("retry", "dns", 4)],  # of ten: the others were not due
        [link("retry", "dns", 4)],  # too few to say anything
        [link("ok", "", 1), link("retry", "timeout", 9)],
        [link("failed", "not_found", 10)],
        [link("skipped", "too_old", 50)],
        [Count("extract", "page", "ok", "", 1), Count("extract", "page", "failed", "crashed", 9)],
        [Count("extract", "page", "skipped", "no_text", 9)],
        [Count("label", "article", "abstained", "no_evidence", 9)],
    ],
)
def test_what_fails_here_and_there_is_no_problem_of_the_run(counts: list[Count]) -> None:
    assert judge_run(counts, 10, []) == ()


@pytest.mark.parametrize(
    ("counts", "begins"),
    [
        ([feed("retry", "dns", 10)], "poll: none of 10 feeds could be reached"),
        ([feed("retry", "dns", 3), feed("retry", "timeout", 2)], "poll: none of 5 feeds could be reached"),
        ([link("retry", "connection", 5), link("skipped", "robots", 9)], "fetch: none of 5 links could be reached"),
        ([Count("extract", "page", "failed", "record_missing", 2)], "extract: every page of 2 failed"),
        ([Count("label", "article", "failed", "crashed", 3)], "label: every article of 3 failed"),
    ],
)
def test_a_stage_that_could_do_nothing_at_all_is_a_problem(counts: list[Count], begins: str) -> None:
    (problem,) = judge_run(counts, 10, [])
    assert problem.startswith(begins)


def test_a_failed_check_is_a_problem_with_an_example() -> None:
    (problem,) = judge_run([feed("ok", "", 10)], 10, [Failed("some_check", 2, ("id=a", "id=b"))])
    assert problem == "check some_check: 2 offending rows, such as id=a"


def test_a_report_comes_back_from_its_json() -> None:
    assert read_report(json.loads(json.dumps(REPORT.as_json()))) == REPORT


def test_a_published_report_comes_back_from_the_warehouse(engine: Engine) -> None:
    with transaction(engine) as connection:
        connection.execute(
            text("insert into sources (id, name, url, added_at) values ('s', 'S', 'https://s.example/', now())")
        )
        connection.execute(
            text(
                "insert into feeds (id, source_id, url, host, added_at, next_poll_at, outcome)"
                " values ('f', 's', 'https://s.example/rss', 's.example', now(), now(), 'retry')"
            )
        )
    published = publish(engine, "r1", NOW)
    assert published.state == "failed"
    assert [failed.check for failed in published.failed_checks] == ["fate_without_a_reason"]
    with transaction(engine) as connection:
        stored = runs.report(connection)
    assert stored is not None
    assert read_report(stored) == published


def test_every_reason_of_a_count_is_told_in_words() -> None:
    output = shown(REPORT)
    assert [reason for reason in Reason if reason.words not in output] == []


def test_every_failing_feed_is_told_with_its_reason() -> None:
    feeds = tuple(FailingFeed("Site", f"https://{reason}.example/", "retry", reason.value, "", 1) for reason in Reason)
    output = shown(replace(REPORT, counts=(), failing_feeds=feeds))
    assert [reason for reason in Reason if f"{reason.words}: 1" not in output] == []
    assert [feed.url for feed in feeds if feed.url not in output] == []


def test_problems_examples_and_what_is_left_are_told() -> None:
    output = shown(REPORT)
    for said in (
        REPORT.problems[0],
        "skipped: no article text was found",
        "3 letters",
        "Left for the next run: 7 for fe",
    ):
        assert said in output


def test_a_report_of_nothing_can_be_shown(engine: Engine) -> None:
    assert "success" in shown(publish(engine, "empty", NOW))
