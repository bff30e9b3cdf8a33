"""The end of a run: its verdict, its stored report, and what a person reads of it."""

import json
from dataclasses import replace
from datetime import timedelta
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
from silkwire.warehouse.run_facts import Example, FailingFeed, Gaps, Outage, Share, Totals
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
    failing_feeds=(
        FailingFeed("Site", "https://site.example/rss", "retry", "timeout", "30 s", 0.5, "unreachable", "Wait a day."),
    ),
    examples=(Example("page", "skipped", "no_text", "https://site.example/1", "3 letters"),),
    failed_checks=(Failed("some_check", 2, ("id=[a]", "id=[b]")),),
    outages=(Outage("KZ", "2026-11-24T05:00:00+00:00", "dns", 12, 14, ("Aiqyn", "Zakon")),),
    gaps=Gaps(opened=3, repaired=2, open=4),
    health={"ok": 170, "rate_limited": 3},
)


def shown(report: Report, width: int = 200) -> str:
    console = Console(file=StringIO(), width=width)
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


def test_a_report_stored_before_there_were_outages_gaps_and_health_can_be_read_and_shown() -> None:
    stored = json.loads(json.dumps(REPORT.as_json()))
    for name in ("outages", "gaps", "health"):
        del stored[name]
    for feed in stored["failing_feeds"]:
        del feed["health"], feed["advice"]
    report = read_report(stored)
    assert (report.outages, report.gaps, report.health) == ((), Gaps(), {})
    output = shown(report)
    assert "https://site.example/rss" in output
    assert "Outages" not in output
    assert "Gaps" not in output
    assert "health" not in output


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


def test_an_outage_is_told_in_one_line() -> None:
    assert "  Kazakhstan: 12 of 14 sources unreachable since 05:00 (dns)\n" in shown(REPORT, 80)


@pytest.mark.parametrize(
    ("outage", "told"),
    [
        (
            Outage(None, "2026-11-24T05:00:00+00:00", "timeout", 60, 62, ()),
            "Everywhere, so it may be our own connection: 60",
        ),
        (Outage("KZ", "2026-11-22T23:00:00+00:00", "dns", 5, 9, ()), "unreachable since 2026-11-22 23:00 (dns)"),
        (Outage("XX", "2026-11-24T05:00:00+00:00", "dns", 5, 9, ()), "  XX: 5 of 9"),
    ],
)
def test_an_outage_says_where_and_since_when(outage: Outage, told: str) -> None:
    assert told in shown(replace(REPORT, outages=(outage,)))


def test_failing_feeds_are_told_by_health_with_advice_once() -> None:
    feeds = (
        FailingFeed(
            "One", "https://one.example/rss", "retry", "http_error", "418", 1, "missing", "Look for the new one."
        ),
        FailingFeed(
            "Two", "https://two.example/rss", "retry", "not_found", "404", 1, "missing", "Look for the new one."
        ),
        FailingFeed("Six", "https://six.example/rss", "retry", "rate_limited", "", 1, "rate_limited", "Wait."),
    )
    output = shown(replace(REPORT, failing_feeds=feeds), 80)
    for said in ("missing: 2", "rate limited: 1", "the server answers 404: 1", "One  https://one.example/rss  (418)"):
        assert said in output
    assert output.count("Look for the new one.") == 1
    assert "()" not in output


def test_gaps_and_the_feeds_by_health_are_told() -> None:
    output = shown(REPORT, 80)
    assert "Gaps in the coverage: 3 new, 2 repaired, 4 open." in output
    assert "Feeds by health: 170 ok, 3 rate limited." in output


def test_at_80_columns_no_line_is_longer_and_continuations_are_indented() -> None:
    advice = "It answers with something that can't be read as a feed. Open the address, and tell the outlet about it."
    feed = FailingFeed(
        "Site", f"https://site.example/{'rss/' * 12}", "retry", "malformed", "x" * 60, 1, "malformed", advice
    )
    lines = shown(replace(REPORT, failing_feeds=(feed,)), 80).splitlines()
    assert max(len(line) for line in lines) <= 80
    start = next(number for number, line in enumerate(lines) if "It answers with" in line)
    assert lines[start].startswith("    It answers")
    assert lines[start + 1].startswith("    ")


def test_feeds_of_an_outage_are_folded_into_it_and_the_others_are_listed(engine: Engine) -> None:
    with transaction(engine) as connection:
        runs.begin(connection, "r1", NOW)
        for number in range(8):
            connection.execute(
                text(
                    "insert into sources (id, name, url, country, added_at)"
                    " values (:id, :id, 'https://s.example/', 'KZ', :now)"
                ),
                {"id": f"s{number}", "now": NOW},
            )
            values = {"id": f"s{number}", "now": NOW, "reason": "not_found" if number == 7 else "dns"}
            connection.execute(
                text(
                    "insert into feeds (id, source_id, url, host, added_at, next_poll_at, polled_at, run_id, outcome,"
                    " reason, failures) values (:id, :id, :id, 'h', :now, :now, :now, 'r1', 'retry', :reason, 0.25)"
                ),
                values,
            )
            connection.execute(
                text(
                    "insert into polls (run_id, feed_id, polled_at, entries, new_links, outcome, reason)"
                    " values ('r1', :id, :now, 0, 0, 'retry', :reason)"
                ),
                values,
            )
    report = publish(engine, "r1", NOW)
    assert [(outage.country, outage.sources_failed, outage.sources_polled) for outage in report.outages] == [
        ("KZ", 7, 8)
    ]
    assert [(feed.source, feed.health) for feed in report.failing_feeds] == [("s7", "missing")]
    assert report.health == {"dns": 7, "missing": 1}


def test_a_run_tells_the_gaps_it_found_and_those_repaired_since_the_report_before(engine: Engine) -> None:
    with transaction(engine) as connection:
        connection.execute(text("insert into sources (id, name, url, added_at) values ('s', 'S', 'u', now())"))
        connection.execute(
            text(
                "insert into feeds (id, source_id, url, host, added_at, next_poll_at)"
                " values ('f', 's', 'u', 'h', now(), now())"
            )
        )
        for opened, closed, found in ((0, None, 0), (-9, -1, 5), (-8, None, 0), (-7, -6, 5), (-5, -1, 0)):
            connection.execute(
                text(
                    "insert into gaps (feed_id, source_id, opened_at, missing_since, missing_until, closed_at, outcome,"
                    " found_links) values ('f', 's', :opened, :opened, :opened, :closed, 'ok', :found)"
                ),
                {
                    "opened": NOW + timedelta(days=opened),
                    "closed": None if closed is None else NOW + timedelta(days=closed),
                    "found": found,
                },
            )
    publish(engine, "before", NOW - timedelta(days=2))
    assert publish(engine, "r1", NOW).gaps == Gaps(opened=1, repaired=1, open=2)
