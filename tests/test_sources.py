"""The warehouse follows the analyst's list, whatever became of a feed's address meanwhile."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, insert, select, update

from silkwire.keys import stable_key
from silkwire.poll.opml import read_opml
from silkwire.poll.opml_writer import write_opml
from silkwire.records import Feed, Form, Source
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.sources import Imported, import_list, listed
from silkwire.warehouse.tables import feeds, links

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
SOURCE = Source("s", "Courier", "https://courier.example/", "KZ", "independent")
OLD, NEW, THIRD = "https://courier.example/rss", "https://courier.example/feed", "https://courier.example/atom"


def feed(url: str, **parts: Any) -> Feed:
    return Feed(stable_key(url), "s", url, "ru", **parts)


def take(engine: Engine, *listed_feeds: Feed, now: datetime = NOW) -> Imported:
    with transaction(engine) as connection:
        return import_list(connection, [SOURCE], listed_feeds, now)


def stored(engine: Engine) -> list[dict[str, Any]]:
    with transaction(engine) as connection:
        return [dict(row) for row in connection.execute(select(feeds).order_by(feeds.c.id)).mappings()]


def only(engine: Engine) -> dict[str, Any]:
    (row,) = stored(engine)
    return row


def set_feed(engine: Engine, at: str, **values: Any) -> None:
    with transaction(engine) as connection:
        connection.execute(update(feeds).where(feeds.c.url == at).values(**values))


def move(engine: Engine) -> None:
    """Leave what a poll leaves that found a feed at a new permanent address."""
    set_feed(engine, OLD, url=NEW, previous_urls=[OLD], etag='"1"', body_hash="x", next_poll_at=LATER)


def read_list(engine: Engine) -> tuple[list[Source], list[Feed]]:
    with transaction(engine) as connection:
        return listed(connection)


def test_a_list_comes_back_with_all_it_said(engine: Engine) -> None:
    section = feed(
        "https://courier.example/politics",
        folder="Asia/Kazakhstan",
        form=Form.SECTION,
        pattern=r"/politics/\d+",
        title="Courier: politics",
        attributes=(("description", 'A "list"'), ("{https://freshrss.org/opml}cssFullContent", "div > p")),
    )
    assert take(engine, feed(OLD), section) == Imported(sources=1, feeds=2, added=2, retired=0)
    assert read_list(engine) == ([SOURCE], [feed(OLD), section])


def test_what_is_exported_and_imported_again_changes_nothing(engine: Engine) -> None:
    """The export is in another order than the list, so that another feed of a source comes first."""
    outlines = (
        ("z", "Courier", "https://courier.example/rss", "https://courier.example/"),
        ("a", "Courier (ru)", "https://courier.example/ru/rss", "https://courier.example/ru/"),
    )
    leaves = "".join(
        f'<outline text="{folder}"><outline text="{text}" xmlUrl="{url}" htmlUrl="{site}" country="KZ"/></outline>'
        for folder, text, url, site in outlines
    )
    with transaction(engine) as connection:
        import_list(connection, *read_opml(f"<opml><body>{leaves}</body></opml>".encode(), "x"), NOW)
        before = listed(connection)
        import_list(connection, *read_opml(write_opml(*before), "x"), LATER)
        assert listed(connection) == before
    assert [(source.name, source.url) for source in before[0]] == [("Courier", "https://courier.example/")]
    assert [feed.title for feed in before[1]] == ["Courier (ru)", ""]


@pytest.mark.parametrize("url", [OLD, NEW])
def test_a_feed_that_moved_is_the_same_whether_the_list_has_its_old_or_its_new_address(
    engine: Engine, url: str
) -> None:
    take(engine, feed(OLD))
    move(engine)
    assert take(engine, feed(url, title="Courier news"), now=LATER) == Imported(sources=1, feeds=1, added=0, retired=0)
    row = only(engine)
    assert (row["id"], row["url"], row["previous_urls"]) == (stable_key(OLD), NEW, [OLD])
    assert (row["title"], row["active"], row["etag"]) == ("Courier news", True, '"1"')


def test_both_addresses_of_a_feed_that_moved_count_once(engine: Engine) -> None:
    take(engine, feed(OLD))
    move(engine)
    assert take(engine, feed(NEW, title="New"), feed(OLD, title="Old")).feeds == 1
    assert (only(engine)["url"], only(engine)["title"]) == (NEW, "New")


def test_the_list_that_was_exported_after_a_move_is_the_same_list(engine: Engine) -> None:
    take(engine, feed(OLD))
    move(engine)
    sources, exported = read_list(engine)
    assert [one.url for one in exported] == [NEW]
    with transaction(engine) as connection:
        again = [Feed(stable_key(one.url), one.source_id, one.url, one.language) for one in exported]
        assert import_list(connection, sources, again, LATER).added == 0
    assert only(engine)["id"] == stable_key(OLD)


def test_an_address_that_is_another_feeds_by_now_stays_with_it(engine: Engine) -> None:
    take(engine, feed(OLD), feed(NEW))
    moved = Feed(stable_key(OLD), "s", NEW, "ru")
    take(engine, moved, feed(NEW))
    assert sorted(row["url"] for row in stored(engine)) == [NEW, OLD]


def test_a_changed_address_under_one_id_begins_anew_and_the_old_one_is_kept(engine: Engine) -> None:
    take(engine, Feed("f", "s", OLD, "ru"))
    set_feed(engine, OLD, etag='"1"', body_hash="x", failures=3.5, next_poll_at=LATER + timedelta(days=1))
    take(engine, Feed("f", "s", "https://feeds.example:8080/x", "ru"), now=LATER)
    row = only(engine)
    assert (row["url"], row["host"]) == ("https://feeds.example:8080/x", "feeds.example:8080")
    assert (row["previous_urls"], row["etag"], row["body_hash"]) == ([OLD], None, None)
    assert (row["failures"], row["next_poll_at"], row["added_at"]) == (0, LATER, NOW)
    take(engine, Feed("f", "s", OLD, "ru"), now=LATER)  # an older copy of the list takes nothing back
    assert only(engine)["url"] == "https://feeds.example:8080/x"


def test_what_the_list_says_of_a_feed_is_updated(engine: Engine) -> None:
    take(engine, feed(OLD, attributes=(("category", "a"),), title="T"))
    other = Source("t", "Other", "", None, None)
    with transaction(engine) as connection:
        changed = Feed(stable_key(OLD), "t", OLD, "kk", "Asia")
        import_list(connection, [SOURCE, other], [changed], LATER)
    assert read_list(engine)[1] == [changed]
    assert only(engine)["next_poll_at"] == NOW


@pytest.mark.parametrize("changed", [{"pattern": "/b/"}, {"form": Form.FEED, "pattern": None}])
def test_a_feed_that_is_to_be_read_in_another_way_is_read_again_soon(engine: Engine, changed: dict[str, Any]) -> None:
    take(engine, feed(OLD, form=Form.SECTION, pattern="/a/"))
    tomorrow = NOW + timedelta(days=1)
    known = {"etag": '"1"', "last_modified": "x", "body_hash": "x", "body_at": NOW, "content_reason": "not_html"}
    set_feed(engine, OLD, next_poll_at=tomorrow, **known)
    take(engine, feed(OLD, form=Form.SECTION, pattern="/a/"), now=LATER)
    assert (only(engine)["etag"], only(engine)["next_poll_at"]) == ('"1"', tomorrow)
    take(engine, feed(OLD, **{"form": Form.SECTION} | changed), now=LATER)
    assert {name: only(engine)[name] for name in known} == dict.fromkeys(known)
    assert only(engine)["next_poll_at"] == LATER


def test_a_feed_that_leaves_the_list_is_inactive_and_keeps_its_articles(engine: Engine) -> None:
    take(engine, feed(OLD), feed(NEW))
    with transaction(engine) as connection:
        add_link(connection, stable_key(OLD))
    assert take(engine, feed(NEW)).retired == 1
    assert [row["active"] for row in stored(engine) if row["url"] == OLD] == [False]
    with transaction(engine) as connection:
        assert len(connection.execute(select(links.c.id)).all()) == 1
    assert take(engine, feed(OLD), feed(NEW)) == Imported(sources=1, feeds=2, added=0, retired=0)
    assert {row["active"] for row in stored(engine)} == {True}


def test_a_feed_that_its_server_retired_stays_so_until_its_address_changes(engine: Engine) -> None:
    take(engine, Feed("f", "s", OLD, "ru"))
    set_feed(engine, OLD, active=False, outcome="gone", reason="feed_gone", detail=OLD)
    take(engine, Feed("f", "s", OLD, "ru", title="Still listed"))
    assert (only(engine)["active"], only(engine)["title"]) == (False, "Still listed")
    take(engine, Feed("f", "s", THIRD, "ru"), now=LATER)
    row = only(engine)
    assert (row["active"], row["url"], row["outcome"], row["reason"]) == (True, THIRD, None, None)


def test_a_source_without_feeds_on_the_list_is_inactive(engine: Engine) -> None:
    take(engine, feed(OLD))
    other = Source("t", "Other", "", None, None)
    with transaction(engine) as connection:
        import_list(connection, [other], [Feed(stable_key(NEW), "t", NEW, None)], LATER)
    assert read_list(engine) == ([other], [Feed(stable_key(NEW), "t", NEW, None)])


def add_link(connection: Connection, feed_id: str) -> None:
    url = "https://courier.example/1"
    values = {"guid": None, "title": "One", "summary": "", "authors": [], "discovered_at": NOW}
    row = values | {"id": stable_key(url), "feed_id": feed_id, "source_id": "s", "host": "courier.example", "url": url}
    connection.execute(insert(links).values(**row))
