"""Sources that fail together are one event: whose, from when to when, and what is none."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from aiohttp import web
from sqlalchemy import Engine, text

from silkwire.records import Feed, Shard, Source
from silkwire.settings import Settings
from silkwire.stages import publish, run_stage
from silkwire.warehouse import sources
from silkwire.warehouse.engine import transaction
from tests.conftest import NOW
from tests.flow import rows
from tests.local_server import LocalServer

HOUR = timedelta(hours=1)
SAVE_POLL = text(
    "insert into polls (run_id, feed_id, polled_at, entries, new_links, outcome, reason)"
    " values (:at, :feed, :at, 0, 0, :outcome, :reason)"
)
# What a poll leaves in its feed.
SAVE_STATE = text(
    "update feeds set polled_at = :at, outcome = :outcome, reason = :reason,"
    " succeeded_at = case when :outcome = 'retry' then succeeded_at else :at end where id = :feed"
)


class Desk:
    """Sources of one feed each, named KZ1, KZ2 …, and their polls as the pipeline would store them."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def lists(self, country: str | None, count: int, added_at: datetime = NOW - timedelta(days=1)) -> list[str]:
        names = [f"{country}{number}" for number in range(1, count + 1)]
        for name in names:
            self._source(name, country, added_at)
            self.feed(name, name, added_at)
        return names

    def feed(self, feed: str, source: str, added_at: datetime = NOW) -> None:
        self._do(
            "insert into feeds (id, source_id, url, host, added_at, next_poll_at)"
            " values (:feed, :source, :feed, 'h', :at, :at)",
            feed=feed,
            source=source,
            at=added_at,
        )

    def polls(self, feeds: Iterable[str], at: datetime, reason: str | None = None) -> None:
        """Poll feeds at a moment, all failing for a reason or all well."""
        outcome = "retry" if reason else "ok"
        with transaction(self.engine) as connection:
            for feed in feeds:
                values = {"feed": feed, "at": at, "outcome": outcome, "reason": reason}
                connection.execute(SAVE_POLL, values)
                connection.execute(SAVE_STATE, values)

    def events(
        self, columns: str = "country, started_at, ended_at, sources_failed, sources_polled"
    ) -> list[tuple[object, ...]]:
        """Return the outages that a run's end would find."""
        self._do("refresh materialized view marts.outages")
        return rows(self.engine, f"select {columns} from marts.outages order by started_at")

    def _source(self, name: str, country: str | None, added_at: datetime) -> None:
        self._do(
            "insert into sources (id, name, url, country, added_at) values (:name, :title, 'u', :country, :at)",
            name=name,
            title=f"Paper {name}",
            country=country,
            at=added_at,
        )

    def _do(self, statement: str, **values: object) -> None:
        with transaction(self.engine) as connection:
            connection.execute(text(statement), values)


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine)


@pytest.fixture
def kz(desk: Desk) -> list[str]:
    """Fourteen Kazakh sources beside ten French ones that are well at noon."""
    desk.polls(desk.lists("FR", 10), NOW)
    return desk.lists("KZ", 14)


def test_many_sources_of_a_country_failing_in_one_hour_are_one_event(desk: Desk, kz: list[str]) -> None:
    desk.polls(kz[:12], NOW + timedelta(minutes=7), "dns")
    desk.polls(kz[12:], NOW + timedelta(minutes=40))
    assert desk.events() == [("KZ", NOW, None, 12, 14)]
    ((reason, names, ids),) = desk.events("reason, sources, source_ids")
    assert reason == "dns"
    assert (names, ids) == (sorted(f"Paper {name}" for name in kz[:12]), sorted(kz[:12]))


@pytest.mark.parametrize(
    "reason",
    ["dns", "connection", "timeout", "tls", "server_error", "access_denied", "rate_limited", "bad_response"],
)
def test_every_fault_of_network_or_server_counts(desk: Desk, kz: list[str], reason: str) -> None:
    desk.polls(kz, NOW, reason)
    assert desk.events("country, reason") == [("KZ", reason)]


@pytest.mark.parametrize("reason", ["not_found", "not_a_feed", "malformed", "too_complex", "robots"])
def test_what_is_wrong_with_single_feeds_is_no_outage(desk: Desk, kz: list[str], reason: str) -> None:
    desk.polls(kz, NOW, reason)
    assert desk.events() == []


def test_the_most_frequent_fault_is_the_reason(desk: Desk, kz: list[str]) -> None:
    desk.polls(kz[:5], NOW, "timeout")
    desk.polls(kz[5:9], NOW, "connection")
    assert desk.events("reason, sources_failed") == [("timeout", 9)]


@pytest.mark.parametrize(("failed", "well", "events"), [(4, 0, 0), (5, 0, 1), (5, 5, 1), (6, 7, 0)])
def test_five_sources_and_half_of_those_polled_make_an_outage(
    desk: Desk, kz: list[str], failed: int, well: int, events: int
) -> None:
    desk.polls(kz[:failed], NOW, "dns")
    desk.polls(kz[failed : failed + well], NOW)
    assert len(desk.events()) == events


def test_a_source_with_one_feed_that_works_does_not_fail(desk: Desk, kz: list[str]) -> None:
    desk.polls(kz[:5], NOW, "dns")
    desk.feed("another", kz[0])
    desk.polls(["another"], NOW)
    assert desk.events() == []


def test_five_feeds_of_one_source_are_one_source(desk: Desk, kz: list[str]) -> None:
    feeds = [f"section{number}" for number in range(8)]
    for feed in feeds:
        desk.feed(feed, kz[0])
    desk.polls([*feeds, *kz[:2]], NOW, "dns")
    assert desk.events() == []


def test_hours_in_a_row_are_one_outage_that_ends_when_the_sources_are_back(desk: Desk, kz: list[str]) -> None:
    for hour in range(4):
        desk.polls(kz, NOW + hour * HOUR, "connection")
    assert desk.events() == [("KZ", NOW, None, 14, 14)]
    desk.polls(kz[:3], NOW + 4 * HOUR)
    assert desk.events() == [("KZ", NOW, None, 14, 14)]
    desk.polls(kz[3:], NOW + 5 * HOUR)
    assert desk.events() == [("KZ", NOW, NOW + 4 * HOUR, 14, 14)]


def test_an_outage_lasts_while_failing_feeds_are_polled_less_and_less(desk: Desk, kz: list[str]) -> None:
    """Feeds back off at their own pace, so that most hours see a few of them, or only those that work."""
    desk.polls(kz[:12], NOW, "dns")
    desk.polls(kz[12:], NOW)
    for hour in range(1, 20):
        desk.polls(kz[12:], NOW + hour * HOUR)
        desk.polls([kz[hour % 12]], NOW + hour * HOUR, "dns")
    assert desk.events() == [("KZ", NOW, None, 12, 14)]
    desk.polls(kz[:8], NOW + 20 * HOUR, "dns")
    assert desk.events() == [("KZ", NOW, None, 12, 14)]


def test_two_outages_with_recovery_in_between_are_two(desk: Desk, kz: list[str]) -> None:
    desk.polls(kz, NOW, "dns")
    desk.polls(kz, NOW + 2 * HOUR)
    desk.polls(kz, NOW + 5 * HOUR, "dns")
    assert desk.events() == [("KZ", NOW, NOW + HOUR, 14, 14), ("KZ", NOW + 5 * HOUR, None, 14, 14)]


@pytest.mark.parametrize(("hours", "events"), [(24, 1), (25, 1), (26, 2)])
def test_daily_runs_see_one_outage_but_nobody_vouches_for_longer_holes(
    desk: Desk, kz: list[str], hours: int, events: int
) -> None:
    desk.polls(kz, NOW, "dns")
    desk.polls(kz, NOW + hours * HOUR, "dns")
    assert len(desk.events()) == events


def test_an_outage_that_nobody_has_looked_at_for_a_day_lasts_no_more(desk: Desk, kz: list[str]) -> None:
    desk.polls(kz, NOW, "dns")
    desk.polls(["FR1"], NOW + 26 * HOUR)
    assert desk.events() == [("KZ", NOW, NOW + HOUR, 14, 14)]


def test_an_outage_everywhere_is_one_event_into_which_the_countries_are_folded(desk: Desk) -> None:
    papers = [name for country in ("KZ", "CN", "FR", "US") for name in desk.lists(country, 6)]
    desk.polls(papers[:20], NOW, "dns")
    desk.polls(papers[20:], NOW)
    assert desk.events() == [(None, NOW, None, 20, 24)]


def test_a_country_that_stays_out_after_all_others_came_back_is_told_by_itself(desk: Desk) -> None:
    kz, cn, fr = (desk.lists(country, 6) for country in ("KZ", "CN", "FR"))
    desk.polls([*kz, *cn, *fr], NOW, "connection")
    desk.polls(kz, NOW + HOUR, "connection")
    desk.polls([*cn, *fr], NOW + HOUR)
    assert desk.events() == [(None, NOW, NOW + HOUR, 18, 18), ("KZ", NOW + HOUR, None, 6, 6)]


def test_one_large_country_is_not_everywhere(desk: Desk) -> None:
    desk.polls(desk.lists("KZ", 14), NOW, "dns")
    fr = desk.lists("FR", 6)
    desk.polls(fr[:1], NOW, "dns")
    desk.polls(fr[1:], NOW)
    assert desk.events() == [("KZ", NOW, None, 14, 14)]


def test_a_list_of_one_country_has_outages_of_that_country(desk: Desk) -> None:
    desk.polls(desk.lists("KZ", 6), NOW, "dns")
    assert desk.events() == [("KZ", NOW, None, 6, 6)]


def test_sources_without_a_country_are_out_only_with_everybody(desk: Desk) -> None:
    nowhere, fr = desk.lists(None, 9), desk.lists("FR", 9)
    desk.polls(nowhere, NOW, "dns")
    desk.polls(fr, NOW)
    assert desk.events() == []
    desk.polls([*nowhere, *fr], NOW + HOUR, "dns")
    assert desk.events() == [(None, NOW + HOUR, None, 18, 18)]


def test_feeds_that_are_dead_are_no_part_of_an_outage(desk: Desk) -> None:
    dead = desk.lists("KZ", 8, added_at=NOW - timedelta(days=60))
    desk.polls(dead, NOW, "dns")
    assert desk.events() == []
    desk.polls(dead, NOW + HOUR)
    desk.polls(dead, NOW + 2 * HOUR, "dns")
    assert len(desk.events()) > 0


def test_outages_of_more_than_90_days_before_the_newest_poll_are_history(desk: Desk, kz: list[str]) -> None:
    desk.polls(kz, NOW - timedelta(days=91), "dns")
    desk.polls(kz, NOW)
    assert desk.events() == []


def test_a_lost_connection_shows_though_no_country_has_five_sources(desk: Desk) -> None:
    papers = [name for country in ("KZ", "CN", "FR", "US") for name in desk.lists(country, 2)]
    desk.polls(papers[:7], NOW, "connection")
    desk.polls(papers[7:], NOW)
    assert desk.events() == [(None, NOW, None, 7, 8)]


async def broken(request: web.BaseRequest) -> web.StreamResponse:
    return web.Response(status=500 if request.host.startswith("kz") else 200, text="<rss><channel></channel></rss>")


def test_real_polls_of_a_country_that_fails_are_one_line_of_the_report_run_after_run(
    settings: Settings, engine: Engine
) -> None:
    with LocalServer(broken) as server:
        hosts = [*(f"kz{number}" for number in range(6)), "fr1", "fr2"]
        papers = [Source(host, host, "https://site.example/", host[:2].upper(), None) for host in hosts]
        feeds = [Feed(host, host, server.url("/rss", f"{host}.localhost"), None) for host in hosts]
        with transaction(engine) as connection:
            sources.import_list(connection, papers, feeds, NOW)
        for run, hours in (("first", 0), ("second", 24)):
            now = NOW + hours * HOUR
            run_stage("poll", settings, run, Shard(), lambda now=now: now)
            report = publish(settings, run, lambda now=now: now)
            assert [(outage.country, outage.started_at, outage.sources_failed) for outage in report.outages] == [
                ("KZ", NOW.isoformat(), 6)
            ]
            assert [feed for feed in report.failing_feeds if feed.reason == "server_error"] == []
            assert rows(engine, "select count(*) from marts.source_health where outage") == [(6,)]
