"""Each poll shows that it missed nothing, or opens a gap."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from silkwire.records import Feed
from silkwire.settings import Settings
from silkwire.warehouse import sources
from silkwire.warehouse.engine import transaction
from tests.conftest import NOW
from tests.feed_site import DAY, SOURCE, Site, dated, items, list_feed, poll, rss
from tests.flow import rows


@pytest.fixture
def site(engine: Engine) -> Iterator[Site]:
    """A site with one feed, on the warehouse's list."""
    with Site() as opened:
        list_feed(engine, opened)
        yield opened


def gaps(engine: Engine) -> list[tuple[object, ...]]:
    return rows(engine, "select feed_id, missing_since, missing_until, closed_at from gaps order by opened_at")


def test_polls_that_overlap_leave_no_gap(site: Site, settings: Settings, engine: Engine) -> None:
    for number in range(5):
        site.says(200, items(number, number + 1, number + 2))
        poll(settings, str(number), NOW + number * DAY)
    assert gaps(engine) == []
    assert rows(engine, "select known_links from polls order by polled_at") == [(0,), (2,), (2,), (2,), (2,)]


def test_a_poll_that_knows_nothing_of_what_is_listed_opens_a_gap(
    site: Site, settings: Settings, engine: Engine
) -> None:
    site.says(200, items(1, 2, 3))
    poll(settings)
    site.says(200, items(7, 8, 9))
    poll(settings, "second", NOW + DAY)
    assert gaps(engine) == [("f", NOW, NOW + DAY, None)]
    site.says(200, items(8, 9, 10))
    poll(settings, "third", NOW + 2 * DAY)
    assert len(gaps(engine)) == 1


def test_a_gap_begins_with_the_last_poll_that_saw_everything(site: Site, settings: Settings, engine: Engine) -> None:
    site.says(200, items(1, 2), ETag='"v1"')
    poll(settings)
    site.says(304)
    poll(settings, "second", NOW + DAY)
    site.says(500)
    poll(settings, "third", NOW + 2 * DAY)
    site.says(200, items(8, 9).replace("</item>", "<pubDate>Fri, 27 Nov 2026 06:00:00 GMT</pubDate></item>"))
    poll(settings, "fourth", NOW + 3 * DAY)
    assert gaps(engine) == [("f", NOW + DAY, NOW + 3 * DAY - timedelta(hours=6), None)]


def test_a_feed_read_for_the_first_time_or_empty_before_has_no_gap(
    site: Site, settings: Settings, engine: Engine
) -> None:
    site.says(200, rss())
    poll(settings)
    site.says(200, items(1, 2))
    poll(settings, "second", NOW + DAY)
    assert gaps(engine) == []


def test_an_item_that_another_feed_found_since_proves_no_overlap(
    site: Site, settings: Settings, engine: Engine
) -> None:
    site.says(200, items(1, 2))
    poll(settings)
    with transaction(engine) as connection:
        both = [Feed("f", "s", site.url("/feed.xml"), None), Feed("g", "s", site.url("/moved.xml"), None)]
        sources.import_list(connection, [SOURCE], both, NOW + DAY)
    site.says(200, items(8, 9))
    poll(settings, "second", NOW + DAY)
    assert [gap[0] for gap in gaps(engine)] == ["f"]


def test_a_pinned_item_hides_no_gap(site: Site, settings: Settings, engine: Engine) -> None:
    site.says(200, items(0, 1, 2, 3))
    poll(settings)
    site.says(200, items(0, 4, 3, 2))
    poll(settings, "second", NOW + DAY)
    assert gaps(engine) == []
    site.says(200, items(0, 20, 21, 22))
    poll(settings, "third", NOW + 2 * DAY)
    assert gaps(engine) == [("f", NOW + DAY, NOW + 2 * DAY, None)]


def test_an_empty_body_in_between_hides_no_gap(site: Site, settings: Settings, engine: Engine) -> None:
    for number, body in enumerate((items(1, 2), rss(), items(8, 9))):
        site.says(200, body)
        poll(settings, str(number), NOW + number * DAY)
    assert len(gaps(engine)) == 1


def test_new_addresses_for_items_that_reach_back_are_no_gap(site: Site, settings: Settings, engine: Engine) -> None:
    moments = [NOW - n * timedelta(hours=5) for n in range(4)]
    site.says(200, dated(*((f"http://site.example/{n}", moment) for n, moment in enumerate(moments))))
    poll(settings)
    site.says(200, dated(*((f"https://new.example/{n}", moment) for n, moment in enumerate(moments))))
    poll(settings, "second", NOW + DAY)
    assert gaps(engine) == []


def test_a_gap_that_lying_304s_hid_begins_with_the_last_body(site: Site, settings: Settings, engine: Engine) -> None:
    site.says(200, items(1, 2), ETag='"v1"')
    poll(settings)
    site.says(304)
    for day in (2, 4, 6):
        poll(settings, str(day), NOW + day * DAY)
    later = [(f"https://site.example/{n}", NOW + n * DAY) for n in (5, 7)]
    site.says(200, dated(*later))
    poll(settings, "last", NOW + 8 * DAY)
    assert gaps(engine) == [("f", NOW, NOW + 5 * DAY, None)]
