"""Ten simulated days in which a third of the hosts fail at any time, and whether its judge would see losses."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from silkwire.settings import Settings
from silkwire.warehouse.engine import transaction
from tests.chaos.hosts import START, Fault, Handed, Host, Visit
from tests.chaos.judgement import Findings, judge, lost, overlaps_throughout, owed
from tests.chaos.run import HOST_DELAY, chaos_settings, list_hosts, run_rounds
from tests.chaos.server import Chaos

HOUR = timedelta(hours=1)


def run_chaos(hosts: int, days: int, step: timedelta, settings: Settings, engine: Engine) -> Chaos:
    chaos = Chaos(hosts, days)
    list_hosts(chaos, engine)
    run_rounds(chaos, chaos_settings(settings), step)
    return chaos


@pytest.mark.slow
def test_every_item_arrives_once_and_no_host_is_pressed_while_a_third_fails_in_turn(
    settings: Settings, engine: Engine
) -> None:
    chaos = run_chaos(30, 10, 3 * HOUR, settings, engine)
    findings = judge(chaos, engine)
    assert findings.is_clean, str(findings)
    hosts = chaos.hosts
    assert sum(len(owed(host)) for host in hosts) > 300
    assert any(lost(host) for host in hosts)
    assert {host.fault(START + turn * HOUR) for host in hosts for turn in range(0, 240, 8)} == {None, *Fault}


@pytest.mark.slow
def test_the_judge_sees_what_is_missing_doubled_unfetched_or_unnoticed(settings: Settings, engine: Engine) -> None:
    chaos = run_chaos(4, 2, 4 * HOUR, settings, engine)
    assert judge(chaos, engine).is_clean

    def judged_after(statement: str) -> Findings:
        with transaction(engine) as connection:
            connection.execute(text(statement))
        return judge(chaos, engine)

    host = chaos.hosts[3]
    assert lost(host), "the third host's window is shorter than its failures"
    assert judged_after("delete from gaps").unnoticed == [host.name]
    first = f"http://h1.localhost:{chaos.port}/news/0"
    again = (
        "insert into links (id, feed_id, source_id, host, url, title, summary, authors, discovered_at)"
        f" select 'again', feed_id, source_id, host, '{first}?x=1', '', '', '{{}}', discovered_at"
        " from links where host like 'h1.%' limit 1"
    )
    assert judged_after(again).doubled == [("h1.localhost", 0)]
    assert judged_after(f"delete from articles where url like '{first}%'").without_article == [("h1.localhost", 0)]
    gone = "delete from {} where {} in (select id from links where host like 'h2.%')"
    judged_after(gone.format("articles", "id"))
    judged_after(gone.format("pages", "link_id"))
    missing = judged_after("delete from links where host like 'h2.%'").missing
    assert {name for name, _ in missing} == {"h2.localhost"}
    assert {item for _, item in missing} == owed(chaos.hosts[2])


def handed(*lists: range) -> Host:
    """A host of which these lists were seen, three hours apart; its window is three items."""
    host = Host(3, days=10)
    host.handed = [Handed(START + 3 * HOUR * number, items) for number, items in enumerate(lists)]
    return host


def test_an_item_that_was_listed_only_while_its_host_failed_is_not_owed() -> None:
    host = handed(range(3), range(3), range(5, 8), range(5, 8))
    assert {0, 1, 2, 5, 6, 7} <= owed(host)
    assert not {3, 4} & owed(host)
    assert lost(host) == {3, 4}


def test_an_item_that_one_answer_alone_listed_is_not_owed() -> None:
    assert not {0, 1} & owed(handed(range(3), range(2, 5)))


def test_a_long_window_owes_its_items_even_where_no_answer_came() -> None:
    patient = Host(0, days=10)
    assert patient.handed == []
    assert len(owed(patient)) > 2


def test_a_list_that_goes_on_where_the_last_ended_proves_nothing() -> None:
    host = handed(range(3), range(3, 6))
    assert lost(host) == set()
    assert not overlaps_throughout(host)


@pytest.mark.parametrize(
    ("visits", "too_soon", "at_once"),
    [
        ([Visit("/feed.xml", 0.0, 0.1), Visit("/news/1", 0.1 + HOST_DELAY, 0.2)], 0, 0),
        ([Visit("/feed.xml", 0.0, 0.1), Visit("/news/1", 0.1 + HOST_DELAY / 2, 0.2)], 1, 0),
        ([Visit("/feed.xml", 0.0, 0.1), Visit("/news/1", 0.05, 0.2)], 0, 1),
        ([Visit("/feed.xml", 0.0), Visit("/news/1", 0.05, 0.2)], 0, 1),
        ([Visit("/feed.xml", 0.0), Visit("/news/1", 0.75, 0.8)], 0, 0),
        ([Visit("/news/1", 0.0, 0.0), Visit("/news/2", 0.06, 0.1)], 1, 0),
        ([Visit("/news/1", 0.0, 0.0), Visit("/news/2", 0.11, 0.2)], 0, 0),
    ],
)
def test_requests_too_close_or_at_once_are_seen(
    visits: list[Visit], too_soon: int, at_once: int, engine: Engine
) -> None:
    chaos = Chaos(6, 1)
    chaos.hosts[5].visits = visits  # its robots.txt asks for a tenth of a second between two pages
    findings = judge(chaos, engine)
    assert (len(findings.too_soon), len(findings.at_once)) == (too_soon, at_once)
