"""What is wrong with a source, told apart: each state from rows as the pipeline leaves them, and from real polls."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from aiohttp import web
from sqlalchemy import Engine, text

from silkwire.reasons import Reason
from silkwire.records import Feed, Shard, Source
from silkwire.settings import Settings
from silkwire.stages import run_stage
from silkwire.warehouse import sources
from silkwire.warehouse.engine import transaction
from tests.conftest import NOW
from tests.flow import rows
from tests.local_server import LocalServer
from tests.newsroom.server import Newsroom

DAY = timedelta(days=1)
HEALTHS = (
    *("ok", "unpolled", "dead", "moved", "blocked", "rate_limited", "tls", "dns", "unreachable", "server_error"),
    *("missing", "malformed", "empty", "stale"),
)
# A feed that was listed 100 days ago and works: ten items a day, the last of them an hour ago.
WELL: dict[str, object] = {
    "added_at": NOW - 100 * DAY,
    "polled_at": NOW,
    "succeeded_at": NOW,
    "new_link_at": NOW - timedelta(hours=1),
    "next_poll_at": NOW,
    "outcome": "ok",
    "failures": 0,
    "entries": 20,
    "items_a_day": 10,
}


def failing(reason: str, **changed: object) -> dict[str, object]:
    """A feed that worked yesterday and fails now."""
    return {"outcome": "retry", "reason": reason, "failures": 1, "succeeded_at": NOW - DAY, **changed}


def put(engine: Engine, **changed: object) -> None:
    values = {"id": "f", "source_id": "s", "url": "https://s.example/rss", "host": "s.example"} | WELL | changed
    with transaction(engine) as connection:
        connection.execute(
            text("insert into sources (id, name, url, country, added_at) values ('s', 'S', 'u', 'KZ', :at)"),
            {"at": NOW},
        )
        names = ", ".join(values)
        connection.execute(
            text(f"insert into feeds ({names}) values ({', '.join(f':{name}' for name in values)})"), values
        )


def health(engine: Engine) -> str:
    ((found, advice),) = rows(engine, "select health, advice from marts.source_health")
    assert str(advice).endswith(".")
    return str(found)


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("access_denied", "blocked"),
        ("bot_wall", "blocked"),
        ("robots", "blocked"),
        ("forbidden_address", "blocked"),
        ("rate_limited", "rate_limited"),
        ("tls", "tls"),
        ("dns", "dns"),
        ("connection", "unreachable"),
        ("timeout", "unreachable"),
        ("bad_response", "unreachable"),
        ("too_many_redirects", "unreachable"),
        ("server_error", "server_error"),
        ("not_found", "missing"),
        ("http_error", "missing"),
        ("malformed", "malformed"),
        ("not_a_feed", "malformed"),
        ("too_complex", "malformed"),
        ("too_large", "malformed"),
    ],
)
def test_a_feed_that_fails_is_told_by_its_reason(engine: Engine, reason: str, expected: str) -> None:
    put(engine, **failing(reason))
    assert health(engine) == expected


@pytest.mark.parametrize("reason", Reason)
def test_no_reason_leaves_a_failing_feed_well(engine: Engine, reason: Reason) -> None:
    put(engine, **failing(reason.value))
    assert health(engine) in set(HEALTHS) - {"ok", "unpolled", "moved", "empty", "stale", "dead"}


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"outcome": "unchanged"},
        {"new_link_at": NOW - 3 * DAY},  # a weekend
        {"items_a_day": 1, "new_link_at": NOW - 5 * DAY},
        {"items_a_day": 0.1, "new_link_at": NOW - 40 * DAY},  # a monthly
        {"items_a_day": None, "new_link_at": NOW - 30 * DAY},
        {"entries": None},
        {"new_link_at": None, "added_at": NOW - DAY},
        {"outcome": "unchanged", "entries": 20},
    ],
)
def test_a_feed_that_answers_as_usual_is_ok(engine: Engine, changed: dict[str, object]) -> None:
    put(engine, **changed)
    assert health(engine) == "ok"


@pytest.mark.parametrize(
    "changed",
    [
        {"new_link_at": NOW - 3 * DAY - timedelta(hours=1)},
        {"items_a_day": 1, "new_link_at": NOW - 5 * DAY - timedelta(hours=1), "outcome": "unchanged"},
        {"items_a_day": None, "new_link_at": NOW - 31 * DAY},
        {"items_a_day": 0, "new_link_at": None},
        {"items_a_day": 1e-30, "new_link_at": NOW - 5001 * DAY},
    ],
)
def test_a_feed_that_lists_nothing_new_for_five_times_its_usual_gap_is_stale(
    engine: Engine, changed: dict[str, object]
) -> None:
    put(engine, **changed)
    assert health(engine) == "stale"


@pytest.mark.parametrize("outcome", ["ok", "unchanged"])
def test_a_feed_without_entries_is_empty(engine: Engine, outcome: str) -> None:
    put(engine, entries=0, outcome=outcome, new_link_at=NOW - 50 * DAY)
    assert health(engine) == "empty"


def test_a_feed_never_polled_is_unpolled(engine: Engine) -> None:
    put(engine, polled_at=None, succeeded_at=None, new_link_at=None, outcome=None, entries=None, items_a_day=None)
    assert health(engine) == "unpolled"


@pytest.mark.parametrize(
    "changed",
    [
        {"outcome": "gone", "reason": "feed_gone", "active": False},
        failing("dns", succeeded_at=NOW - 30 * DAY, failures=7),
        failing("not_a_feed", succeeded_at=NOW - 40 * DAY, failures=30),
        failing("not_found", succeeded_at=None, failures=20, added_at=NOW - 31 * DAY),
    ],
)
def test_a_feed_that_was_retired_or_has_not_worked_for_30_days_is_dead(
    engine: Engine, changed: dict[str, object]
) -> None:
    put(engine, **changed)
    assert health(engine) == "dead"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (failing("dns", succeeded_at=NOW - 29 * DAY, failures=7), "dns"),
        (failing("not_found", succeeded_at=None, failures=3, added_at=NOW - 10 * DAY), "missing"),
        (failing("dns", succeeded_at=NOW - 60 * DAY, failures=0.25), "dns"),  # the pipeline stood still until now
        (failing("access_denied", succeeded_at=NOW - 60 * DAY, failures=30), "blocked"),
        (failing("rate_limited", succeeded_at=NOW - 60 * DAY, failures=30), "rate_limited"),
    ],
)
def test_a_feed_that_may_come_back_is_not_dead(engine: Engine, changed: dict[str, object], expected: str) -> None:
    put(engine, **changed)
    assert health(engine) == expected


def test_while_nobody_polls_nothing_becomes_stale_or_dead(engine: Engine) -> None:
    put(engine, polled_at=NOW - 60 * DAY, succeeded_at=NOW - 60 * DAY, new_link_at=NOW - 61 * DAY)
    assert health(engine) == "ok"


@pytest.mark.parametrize(
    "changed",
    [
        {"outcome": "moved", "reason": "feed_moved"},
        {"moved_to": "https://new.example/rss", "outcome": "unchanged"},
        {"moved_to": "https://new.example/rss", "new_link_at": NOW - 50 * DAY},
    ],
)
def test_a_feed_that_redirects_for_good_is_moved(engine: Engine, changed: dict[str, object]) -> None:
    put(engine, **changed)
    assert health(engine) == "moved"


@pytest.mark.parametrize(("days", "expected"), [(6, "moved"), (8, "ok")])
def test_a_move_is_told_for_a_week(engine: Engine, days: int, expected: str) -> None:
    put(engine)
    for number, (at, outcome) in enumerate([(NOW - days * DAY, "moved"), (NOW, "ok")]):
        save_poll(engine, f"r{number}", at, outcome)
    assert health(engine) == expected


def test_a_failing_feed_that_also_moved_is_told_by_its_failure(engine: Engine) -> None:
    put(engine, **failing("dns", moved_to="https://new.example/rss", content_reason="malformed"))
    assert health(engine) == "dns"


def test_the_usual_gap_and_open_gaps_are_told(engine: Engine) -> None:
    put(engine, items_a_day=0.25, moved_to="https://new.example/rss")
    with transaction(engine) as connection:
        for day, closed in ((1, None), (2, None), (3, NOW)):
            connection.execute(
                text(
                    "insert into gaps (feed_id, source_id, opened_at, missing_since, missing_until, closed_at, outcome)"
                    " values ('f', 's', :opened, :opened, :opened, :closed, 'ok')"
                ),
                {"opened": NOW - day * DAY, "closed": closed},
            )
    columns = "items_a_day, usual_gap_hours, entries, moved_to, open_gaps, outage"
    ((items, gap, *others),) = rows(engine, f"select {columns} from marts.source_health")
    assert (float(str(items)), float(str(gap))) == (0.25, 96.0)
    assert others == [20, "https://new.example/rss", 2, False]


def test_the_states_are_these_and_each_has_advice_of_its_own(engine: Engine) -> None:
    definition = str(rows(engine, "select pg_get_viewdef('marts.source_health'::regclass)")[0][0])
    assert [state for state in HEALTHS if f"'{state}'::text" not in definition] == []
    advice = set()
    for state in ("dns", "tls", "server_error", "rate_limited"):
        with transaction(engine) as connection:
            connection.execute(text("delete from feeds"))
            connection.execute(text("delete from sources"))
        put(engine, **failing(state))
        advice.update(rows(engine, "select advice from marts.source_health"))
    assert len(advice) == 4


def save_poll(engine: Engine, run_id: str, at: datetime, outcome: str) -> None:
    with transaction(engine) as connection:
        connection.execute(
            text(
                "insert into polls (run_id, feed_id, polled_at, entries, new_links, outcome)"
                " values (:run, 'f', :at, 0, 0, :outcome)"
            ),
            {"run": run_id, "at": at, "outcome": outcome},
        )


# From here on the poll stage itself fills the rows.


class Outlets(LocalServer):
    """Hosts whose name says what their feed answers."""

    def __init__(self) -> None:
        super().__init__(self._answer)

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        what = request.host.partition(".")[0]
        if what.isdigit():
            return web.Response(status=int(what), headers={"Location": "http://well.localhost/rss"})
        if what == "moved" and request.path == "/rss":
            return web.Response(status=301, headers={"Location": "/new"})
        items = "" if what == "empty" else "<item><link>https://site.example/1</link><title>One</title></item>"
        body = f"<rss version='2.0'><channel><title>Site</title>{items}</channel></rss>"
        return web.Response(text="<html>Welcome</html>" if what == "page" else body, content_type="text/xml")


@pytest.fixture
def outlets() -> Iterator[Outlets]:
    with Outlets() as opened:
        yield opened


def test_real_polls_end_in_the_health_that_an_analyst_would_name(
    outlets: Outlets, settings: Settings, engine: Engine
) -> None:
    urls = {
        "ok": outlets.url("/rss", "well.localhost"),
        "moved": outlets.url("/rss", "moved.localhost"),
        "blocked": outlets.url("/rss", "403.localhost"),
        "rate_limited": outlets.url("/rss", "429.localhost"),
        "server_error": outlets.url("/rss", "500.localhost"),
        "missing": outlets.url("/rss", "404.localhost"),
        "dead": outlets.url("/rss", "410.localhost"),
        "malformed": outlets.url("/rss", "page.localhost"),
        "empty": outlets.url("/rss", "empty.localhost"),
        "tls": outlets.url("/rss", "tls.localhost").replace("http:", "https:"),
        "unreachable": "http://127.0.0.1:1/rss",
        "dns": "http://no-such-name.invalid/rss",
    }
    listed = [Source(name, name, "https://site.example/", "KZ", None) for name in urls]
    with transaction(engine) as connection:
        sources.import_list(connection, listed, [Feed(name, name, url, None) for name, url in urls.items()], NOW)
    assert set(rows(engine, "select health from marts.source_health")) == {("unpolled",)}
    run_stage("poll", settings, "first", Shard(), lambda: NOW)
    found = dict(rows(engine, "select source_id, health from marts.source_health"))
    assert found == {name: name for name in urls}


def test_a_feed_whose_items_stop_coming_grows_stale_by_its_own_rate(
    outlets: Outlets, settings: Settings, engine: Engine
) -> None:
    feed = Feed("f", "s", outlets.url("/rss", "well.localhost"), None)
    with transaction(engine) as connection:
        sources.import_list(connection, [Source("s", "S", "https://site.example/", "KZ", None)], [feed], NOW)
    run_stage("poll", settings, "first", Shard(), lambda: NOW)
    for day, expected in ((1, "ok"), (30, "ok"), (31, "stale")):
        run_stage("poll", settings, f"day {day}", Shard(), lambda day=day: NOW + day * DAY)
        assert health(engine) == expected


def test_the_newsroom_is_well_but_for_what_is_broken_in_it(
    listed: Newsroom, settings: Settings, engine: Engine
) -> None:
    run_stage("poll", settings, "first", Shard(), lambda: NOW)
    broken = {row["url"]: row["reason"] for row in listed.expected_outcomes if row["what"] == "feed" and row["reason"]}
    found = dict(rows(engine, "select feed_url, health from marts.source_health where health <> 'ok'"))
    assert found == {url: {"not_found": "missing", "not_a_feed": "malformed"}[reason] for url, reason in broken.items()}
