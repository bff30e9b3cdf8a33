"""Polls against a real server: what becomes of a feed, and when it is asked again."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from silkwire.errors import Config
from silkwire.records import Feed, Form, Source
from silkwire.settings import Settings
from silkwire.stages import publish
from silkwire.warehouse import sources
from silkwire.warehouse.engine import transaction
from tests.conftest import NOW
from tests.feed_site import DAY, MINUTE, SOURCE, STATE, Site, items, list_feed, poll, rss
from tests.flow import rows


@pytest.fixture
def site(engine: Engine) -> Iterator[Site]:
    """A site with one feed, on the warehouse's list."""
    with Site() as opened:
        list_feed(engine, opened)
        yield opened


def test_a_feed_that_answers_410_is_retired_for_all_to_see(site: Site, settings: Settings, engine: Engine) -> None:
    site.says(410)
    assert poll(settings) == {("feed", "gone", "feed_gone"): 1}
    assert rows(engine, STATE) == [("gone", "feed_gone", False, 1)]
    assert rows(engine, "select outcome, active from marts.source_health") == [("gone", False)]
    assert poll(settings, "second", NOW + 30 * DAY) == {}
    assert len(site.requests) == 1


def test_a_retired_feed_stays_retired_when_its_list_is_read_again(
    site: Site, settings: Settings, engine: Engine
) -> None:
    site.says(410)
    poll(settings)
    list_feed(engine, site)
    assert rows(engine, "select active from feeds") == [(False,)]


@pytest.mark.parametrize(
    ("status", "reason", "weight"), [(500, "server_error", 0.5), (404, "not_found", 0.5), (403, "access_denied", 1)]
)
def test_a_failing_feed_is_never_given_up_but_asked_less_and_less(  # noqa: PLR0913 - fixtures and cases
    site: Site, settings: Settings, engine: Engine, status: int, reason: str, weight: float
) -> None:
    site.says(status)
    now, pauses = NOW, []
    for attempt in range(20):
        poll(settings, str(attempt), now)
        ((due,),) = rows(engine, "select next_poll_at from feeds")
        assert isinstance(due, datetime)
        pauses.append((due - now) / MINUTE)
        now = due
    assert [pause <= 10 * 2 ** (weight * n) for n, pause in enumerate(pauses, 1)] == [True] * 20
    assert [pause >= 0.84 * min(10 * 2 ** (weight * n), 1440) for n, pause in enumerate(pauses, 1)] == [True] * 20
    assert rows(engine, STATE) == [("retry", reason, True, 20 * weight)]


def test_a_network_that_fails_counts_for_a_quarter(site: Site, settings: Settings, engine: Engine) -> None:
    site.says(302, "", Location="http://no.such.host.invalid/feed.xml")
    for number in range(4):
        assert poll(settings, str(number), NOW + number * DAY) == {("feed", "retry", "dns"): 1}
    assert rows(engine, STATE) == [("retry", "dns", True, 1)]


def test_a_feed_that_works_again_is_asked_as_before(site: Site, settings: Settings, engine: Engine) -> None:
    body = site.body
    site.says(500)
    poll(settings)
    site.says(200, body)
    poll(settings, "second", NOW + DAY)
    assert rows(engine, STATE) == [("ok", None, True, 0)]
    assert rows(engine, "select next_poll_at, succeeded_at from feeds") == [(NOW + DAY, NOW + DAY)]


def test_a_feed_is_not_polled_before_it_is_due(site: Site, settings: Settings) -> None:
    site.says(500)
    poll(settings)
    assert poll(settings, "second", NOW + 9 * MINUTE) == {}
    assert len(site.requests) == 1


@pytest.mark.parametrize(
    ("asked", "pause"), [("7200", 120), ("999999999", 1440), ("Tue, 24 Nov 2026 15:00:00 GMT", 180)]
)
def test_a_server_that_asks_for_a_pause_gets_it(
    site: Site, settings: Settings, engine: Engine, asked: str, pause: int
) -> None:
    site.says(429, Retry_After=asked)
    poll(settings)
    assert rows(engine, STATE) == [("retry", "rate_limited", True, 0.5)]
    assert rows(engine, "select next_poll_at from feeds") == [(NOW + pause * MINUTE,)]
    assert rows(engine, "select paused_until from hosts") == [(NOW + pause * MINUTE,)]


def test_a_304_is_unchanged_and_validators_are_sent_back(site: Site, settings: Settings, engine: Engine) -> None:
    modified = "Mon, 23 Nov 2026 10:00:00 GMT"
    site.says(200, site.body, ETag='"v1"', Last_Modified=modified)
    poll(settings)
    site.says(304)
    assert poll(settings, "second") == {("feed", "unchanged", ""): 1}
    _, headers = site.requests[-1]
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"v1"', modified)
    assert rows(engine, "select etag, last_modified from feeds") == [('"v1"', modified)]
    assert rows(engine, "select run_id, status, entries, new_links from polls order by run_id") == [
        ("first", 200, 1, 1),
        ("second", 304, 0, 0),
    ]


def test_a_broken_body_is_asked_for_in_full_until_one_can_be_read(
    site: Site, settings: Settings, engine: Engine
) -> None:
    good, broken = site.body, "<html>maintenance</html>"
    site.says(200, good, ETag='"v1"')
    poll(settings)
    site.says(200, broken, ETag='"broken"')
    poll(settings, "second", NOW + DAY)
    assert rows(engine, STATE) == [("retry", "not_a_feed", True, 1)]
    site.says(200, broken, ETag='"broken"')
    assert poll(settings, "third", NOW + 2 * DAY) == {("feed", "retry", "not_a_feed"): 1}
    assert "if-none-match" not in site.requests[-1][1]
    assert rows(engine, STATE) == [("retry", "not_a_feed", True, 2)]
    site.says(200, good, ETag='"v1"')
    poll(settings, "fourth", NOW + 3 * DAY)
    assert rows(engine, "select outcome, failures, content_reason from feeds") == [("ok", 0, None)]


def test_a_304_or_the_same_body_never_turns_a_broken_source_green(
    site: Site, settings: Settings, engine: Engine
) -> None:
    site.says(200, "<html>maintenance</html>", ETag='"v1"')
    poll(settings)
    poll(settings, "second", NOW + DAY)
    site.says(304)
    poll(settings, "third", NOW + 2 * DAY)
    assert rows(engine, "select outcome, content_reason, failures from feeds") == [("retry", "not_a_feed", 3)]
    assert rows(engine, "select count(*) from marts.source_health where health = 'ok'") == [(0,)]


def test_a_304_to_a_request_that_named_no_version_is_a_fault(site: Site, settings: Settings, engine: Engine) -> None:
    site.says(304)
    assert poll(settings) == {("feed", "retry", "bad_response"): 1}


@pytest.mark.parametrize("headers", [{"Expires": "0"}, {"Cache_Control": "no-store"}, {"Expires": "-1"}])
def test_validators_are_not_believed_beside_a_ban_on_keeping(
    site: Site, settings: Settings, headers: dict[str, str]
) -> None:
    site.says(200, site.body, ETag='"v1"', **headers)
    poll(settings)
    poll(settings, "second", NOW + DAY)
    assert "if-none-match" not in site.requests[-1][1]


def test_validators_are_dropped_every_eight_days(site: Site, settings: Settings, engine: Engine) -> None:
    body = site.body
    site.says(200, body, ETag='"v1"')
    poll(settings)
    site.says(304)
    asked = []
    for day in range(1, 8):
        poll(settings, str(day), NOW + day * DAY)
        asked.append("if-none-match" in site.requests[-1][1])
    assert asked == [True] * 7
    site.says(200, body, ETag='"v1"')
    assert poll(settings, "eighth", NOW + 8 * DAY) == {("feed", "unchanged", ""): 1}
    assert "if-none-match" not in site.requests[-1][1]
    poll(settings, "ninth", NOW + 9 * DAY)
    assert "if-none-match" in site.requests[-1][1]


def test_the_same_body_again_is_unchanged(site: Site, settings: Settings) -> None:
    poll(settings)
    assert poll(settings, "second") == {("feed", "unchanged", ""): 1}


def test_a_permanent_redirect_tells_the_new_address(site: Site, settings: Settings, engine: Engine) -> None:
    body = site.body
    site.says(301, body, Location="/moved.xml")
    assert poll(settings) == {("feed", "moved", "feed_moved"): 1, ("entry", "ok", ""): 1}
    assert rows(engine, "select outcome, detail, failures from feeds") == [("moved", site.url("/moved.xml"), 0)]


def test_a_permanent_redirect_is_believed_on_the_third_poll_in_a_row(
    site: Site, settings: Settings, engine: Engine
) -> None:
    body, old, new = site.body, site.url("/feed.xml"), site.url("/moved.xml")
    moves = "select url, previous_urls, moved_polls from feeds"
    site.says(308, body, Location="/moved.xml")
    poll(settings, "1", NOW)
    poll(settings, "2", NOW + DAY)
    assert rows(engine, moves) == [(old, [], 2)]
    site.says(200, body)
    poll(settings, "3", NOW + 2 * DAY)
    assert rows(engine, moves) == [(old, [], 0)]
    site.says(301, body, Location="/moved.xml")
    for day in (3, 4, 5):
        poll(settings, f"again {day}", NOW + day * DAY)
    assert rows(engine, moves) == [(new, [old], 0)]
    poll(settings, "last", NOW + 6 * DAY)
    assert site.requests[-1][0] == "/moved.xml"
    list_feed(engine, site)  # the list still has the old address
    assert rows(engine, "select url, active from feeds") == [(new, True)]


def test_a_permanent_redirect_to_something_else_moves_nothing(site: Site, settings: Settings, engine: Engine) -> None:
    site.says(301, "<html>our new site</html>", Location="/moved.xml")
    for day in range(4):
        poll(settings, str(day), NOW + day * DAY)
    assert rows(engine, "select url, outcome, reason from feeds") == [(site.url("/feed.xml"), "retry", "not_a_feed")]


def test_a_temporary_redirect_is_nothing_to_tell(site: Site, settings: Settings) -> None:
    site.says(302, site.body, Location="/moved.xml")
    assert poll(settings) == {("feed", "ok", ""): 1, ("entry", "ok", ""): 1}


def test_an_entry_with_an_edited_title_is_the_same_link(site: Site, settings: Settings, engine: Engine) -> None:
    poll(settings)
    site.says(200, rss(("https://site.example/1", "One, corrected"), ("https://site.example/2", "Two")))
    tally = poll(settings, "second")
    assert tally == {("feed", "ok", ""): 1, ("entry", "ok", ""): 1, ("entry", "unchanged", ""): 1}
    assert rows(engine, "select title from links order by url") == [("One",), ("Two",)]


def test_entries_without_a_usable_address_are_counted(site: Site, settings: Settings, engine: Engine) -> None:
    site.says(200, rss(("https://site.example/1", "One"), ("mailto:desk@site.example", "Mail"), ("", "None")))
    tally = poll(settings)
    assert tally[("entry", "failed", "bad_url")] == 1
    assert tally[("entry", "failed", "no_link")] == 1
    assert rows(engine, "select url from links") == [("https://site.example/1",)]


def test_a_retried_task_does_not_poll_a_feed_twice(site: Site, settings: Settings) -> None:
    poll(settings)
    assert poll(settings, "first", NOW + MINUTE) == {}
    assert len(site.requests) == 1
    assert poll(settings, "second", NOW + MINUTE)
    assert len(site.requests) == 2


def test_headers_that_are_not_unicode_do_no_harm(site: Site, settings: Settings, engine: Engine) -> None:
    body = site.body.encode()
    head = f'HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nConnection: close\r\nETag: "'.encode()
    site.raw = head + b'\xe9"\r\nContent-Type: text/xml; charset=\xe9\r\n\r\n' + body
    assert poll(settings)[("feed", "ok", "")] == 1
    assert rows(engine, STATE) == [("ok", None, True, 0)]


def test_a_host_that_asks_for_a_pause_is_left_alone_and_its_other_feeds_stay_due(
    site: Site, settings: Settings, engine: Engine
) -> None:
    with transaction(engine) as connection:
        more = [Feed(f"f{n}", "s", site.url(f"/feed-{n}.xml"), None) for n in range(3)]
        sources.import_list(connection, [SOURCE], more, NOW)
    site.says(503, Retry_After="600")
    assert poll(settings) == {("feed", "retry", "rate_limited"): 1}
    assert len(site.requests) == 1
    assert poll(settings, "second", NOW + 9 * MINUTE) == {}
    site.says(200, rss(("https://site.example/1", "One")))
    assert sum(poll(settings, "third", NOW + 20 * MINUTE).values()) >= 3
    assert len(site.requests) == 4


def test_a_proxy_of_many_sources_is_not_paused_for_the_sake_of_one(
    site: Site, settings: Settings, engine: Engine
) -> None:
    with transaction(engine) as connection:
        listed = [Source(f"s{n}", f"Site {n}", "", None, None) for n in range(3)]
        routes = [Feed(f"f{n}", f"s{n}", site.url(f"/route-{n}"), None) for n in range(3)]
        sources.import_list(connection, listed, routes, NOW)
    site.says(429, Retry_After="600")
    assert poll(settings) == {("feed", "retry", "rate_limited"): 3}
    assert rows(engine, "select * from hosts") == []


def test_pauses_in_a_row_grow_where_the_server_names_none(site: Site, settings: Settings, engine: Engine) -> None:
    site.says(503)
    now, pauses = NOW, []
    for number in range(4):
        poll(settings, str(number), now)
        ((until, due),) = rows(engine, "select paused_until, next_poll_at from hosts, feeds")
        assert isinstance(until, datetime)
        assert isinstance(due, datetime)
        pauses.append((until - now) / MINUTE)
        now = max(until, due)
    assert pauses == [5, 10, 20, 40]


def test_a_changed_guid_and_tracking_parameters_make_no_second_link(
    site: Site, settings: Settings, engine: Engine
) -> None:
    def one(guid: str, query: str) -> str:
        return rss().replace(
            "</channel>",
            f"<item><title>One</title><guid isPermaLink='false'>{guid}</guid>"
            f"<link>https://site.example/one{query}</link></item></channel>",
        )

    for number, (guid, query) in enumerate((("a", ""), ("b", "?utm_source=rss"), ("c", "#comments"))):
        site.says(200, one(guid, query))
        poll(settings, str(number), NOW + number * DAY)
    assert rows(engine, "select url from links") == [("https://site.example/one",)]


def test_a_feed_of_14_000_items_is_read_whole(site: Site, settings: Settings, engine: Engine) -> None:
    site.says(200, items(*range(14_000)))
    assert poll(settings) == {("feed", "ok", ""): 1, ("entry", "ok", ""): 14_000}


def test_a_feed_that_publishes_seldom_is_polled_seldom_and_an_hourly_run_skips_it(
    site: Site, settings: Settings, engine: Engine
) -> None:
    patient = settings.model_copy(update={"poll_interval": 10})
    site.says(
        200,
        rss(("https://site.example/1", "One"), ("https://site.example/2", "Two")).replace(
            "</item>", "<pubDate>Tue, 10 Nov 2026 12:00:00 GMT</pubDate></item>"
        ),
    )
    tallies = [poll(patient, str(hour), NOW + timedelta(hours=hour)) for hour in range(25)]
    assert 2 <= sum(bool(tally) for tally in tallies) <= 4


def test_a_section_page_is_polled_like_a_feed(site: Site, settings: Settings, engine: Engine) -> None:
    with transaction(engine) as connection:
        section = Feed("f", "s", site.url("/politics"), None, form=Form.SECTION, pattern=r"/politics/\d+")
        sources.import_list(connection, [SOURCE], [section], NOW)
    links = "".join(f"<li><a href='/politics/{n}'>Headline number {n}</a></li>" for n in (101, 102))
    site.says(200, f"<html><body><a href='/login'>Log in</a><ul>{links}</ul></body></html>")
    assert poll(settings) == {("feed", "ok", ""): 1, ("entry", "ok", ""): 2}
    assert rows(engine, "select title from links order by url") == [("Headline number 101",), ("Headline number 102",)]


def test_a_news_sitemap_is_polled_like_a_feed(site: Site, settings: Settings, engine: Engine) -> None:
    with transaction(engine) as connection:
        sitemap = Feed("f", "s", site.url("/news.xml"), None, form=Form.SITEMAP)
        sources.import_list(connection, [SOURCE], [sitemap], NOW)
    site.says(
        200,
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
        " xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>https://site.example/1</loc><news:news>"
        "<news:title>One</news:title><news:publication_date>2026-11-24T10:00:00Z</news:publication_date></news:news>"
        "</url></urlset>",
    )
    assert poll(settings) == {("feed", "ok", ""): 1, ("entry", "ok", ""): 1}
    assert rows(engine, "select title, published_at from links") == [("One", NOW - timedelta(hours=2))]


def test_a_date_in_the_future_is_no_date(site: Site, settings: Settings, engine: Engine) -> None:
    site.says(200, items(1).replace("</item>", "<pubDate>Sat, 24 Nov 2029 12:00:00 GMT</pubDate></item>"))
    poll(settings)
    assert rows(engine, "select published_at from links") == [(None,)]


def test_no_run_goes_out_without_a_contact(site: Site, settings: Settings) -> None:
    nameless = settings.model_copy(update={"contact": None})
    with pytest.raises(Config, match="SILKWIRE_CONTACT"):
        poll(nameless)
    poll(settings)
    assert site.requests[-1][1]["user-agent"] == "Silkwire/0.1 (+https://silkwire.example/about)"


def test_a_run_without_a_connection_of_its_own_blames_no_feed(settings: Settings, engine: Engine) -> None:
    with transaction(engine) as connection:
        away = [Feed(f"f{n}", "s", f"http://no.such.host-{n}.invalid/feed.xml", None) for n in range(6)]
        sources.import_list(connection, [SOURCE], away, NOW)
    assert poll(settings) == {("feed", "retry", "dns"): 6}
    report = publish(settings, "first", lambda: NOW)
    assert "none of 6 feeds could be reached" in report.problems[0]
    assert rows(engine, "select distinct failures, next_poll_at from feeds") == [(0, NOW)]


def test_a_server_that_breaks_http_with_its_304_is_asked_in_full_next_time(
    site: Site, settings: Settings, engine: Engine
) -> None:
    site.says(200, site.body, ETag='"v1"')
    poll(settings)
    site.raw = b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nwrong"
    assert poll(settings, "second", NOW + DAY)[("feed", "retry", "bad_response")] == 1
    site.raw = b""
    poll(settings, "third", NOW + 2 * DAY)
    assert "if-none-match" not in site.requests[-1][1]
    assert rows(engine, STATE) == [("unchanged", None, True, 0)]


def test_one_feed_never_stops_the_others(site: Site, settings: Settings, engine: Engine) -> None:
    with transaction(engine) as connection:
        both = [Feed(name, "s", site.url(f"/{name}.xml"), None) for name in ("feed", "moved")]
        sources.import_list(connection, [SOURCE], both, NOW)
        # Whatever the database refuses of one feed; here a rule of the test's own.
        connection.execute(text("alter table links add check (title <> 'Poison')"))
    site.says(200, rss(("https://site.example/1", "Poison")), Retry_After="1 Feb 99999999999 00:00:00 GMT")
    tally = poll(settings)
    assert tally == {("feed", "retry", "crashed"): 2}
    site.says(200, rss(("https://site.example/1", "One")))
    assert poll(settings, "second", NOW + DAY)[("entry", "ok", "")] == 1


def test_a_run_that_is_taken_up_again_after_another_polls_no_feed_twice(site: Site, settings: Settings) -> None:
    poll(settings, "first")
    poll(settings, "second", NOW + DAY)
    assert poll(settings, "first", NOW + 2 * DAY) == {}


def test_an_index_of_many_sitemaps_is_polled_again_and_again(site: Site, settings: Settings, engine: Engine) -> None:
    site.says(200, items(*range(70_000)))
    patient = settings.model_copy(update={"parse_seconds": 20})
    assert poll(patient)[("entry", "ok", "")] == 70_000
    site.says(200, items(*range(1, 70_001)))
    assert poll(patient, "second", NOW + DAY)[("entry", "unchanged", "")] == 69_999


def test_a_410_behind_a_temporary_redirect_retires_nothing(site: Site, settings: Settings, engine: Engine) -> None:
    site.says(302, "", Location="/gone.xml")
    assert poll(settings) == {("feed", "retry", "gone"): 1}
    assert rows(engine, STATE) == [("retry", "gone", True, 1)]


def test_a_feed_that_moves_to_where_another_is_becomes_that_one(site: Site, settings: Settings, engine: Engine) -> None:
    with transaction(engine) as connection:
        both = [Feed("f", "s", site.url("/feed.xml"), None), Feed("g", "s", site.url("/moved.xml"), None)]
        sources.import_list(connection, [SOURCE], both, NOW)
    site.says(301, site.body, Location="/moved.xml")
    for day in range(4):
        poll(settings, str(day), NOW + day * DAY)
    found = rows(engine, "select id, outcome, reason, active from feeds order by id")
    assert found == [("f", "gone", "feed_moved", False), ("g", "unchanged", None, True)]


def test_a_move_to_an_endless_address_is_not_followed(site: Site, settings: Settings, engine: Engine) -> None:
    site.says(301, site.body, Location="/moved.xml?" + "x" * 3000)
    for day in range(4):
        poll(settings, str(day), NOW + day * DAY)
    assert rows(engine, "select url, moved_to from feeds") == [(site.url("/feed.xml"), None)]


def test_a_clock_that_was_ahead_silences_no_feed(site: Site, settings: Settings) -> None:
    patient = settings.model_copy(update={"poll_interval": 10})
    poll(patient, "ahead", NOW + 900 * DAY)
    assert poll(patient, "right", NOW)


def test_a_feed_whose_items_a_sibling_finds_first_is_not_silent(site: Site, settings: Settings, engine: Engine) -> None:
    with transaction(engine) as connection:
        both = [Feed("a", "s", site.url("/feed.xml"), None), Feed("b", "s", site.url("/moved.xml"), None)]
        sources.import_list(connection, [SOURCE], both, NOW)
    for day in range(20):
        site.says(200, items(*range(day, day + 12)))
        poll(settings, str(day), NOW + day * DAY)
    assert rows(engine, "select health from marts.source_health") == [("ok",), ("ok",)]


def test_an_index_with_a_sitemap_that_fails_keeps_the_others_and_is_tried_again(
    site: Site, settings: Settings, engine: Engine
) -> None:
    with transaction(engine) as connection:
        index = Feed("f", "s", site.url("/index.xml"), None, form=Form.SITEMAP)
        sources.import_list(connection, [SOURCE], [index], NOW)
    listed = "<url><loc>https://site.example/1</loc><lastmod>2026-11-24T10:00:00Z</lastmod></url>"
    site.answers["/index.xml"] = (
        "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
        f"<sitemap><loc>{site.url('/news-1.xml')}</loc></sitemap><sitemap><loc>{site.url('/news-2.xml')}</loc></sitemap>"
        "</sitemapindex>"
    )
    site.answers["/news-1.xml"] = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{listed}</urlset>"
    site.says(500)
    assert poll(settings) == {("feed", "retry", "server_error"): 1, ("entry", "ok", ""): 1}
