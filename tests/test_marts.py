"""What the marts count: originals once, reprints apart, nothing undated on a day, about and mentioned never mixed."""

from datetime import date

import pytest
from sqlalchemy import Engine, text

from silkwire.warehouse.engine import transaction
from tests.desk import Desk, day
from tests.flow import rows


@pytest.fixture
def desk(engine: Engine) -> Desk:
    made = Desk(engine)
    for name in ("a", "b", "c"):
        made.source(name)
    return made


def ago(days: int) -> date:
    return day(days).date()


def test_a_duplicate_never_counts_twice(desk: Desk) -> None:
    desk.article("one", "a", 3)
    with transaction(desk.engine) as connection:
        connection.execute(
            text(
                "insert into links (id, feed_id, source_id, host, url, title, summary, authors, discovered_at, outcome)"
                " select id, 'a', 'a', 'a', 'https://a/' || id, '', '', '{}', now(), 'ok'"
                " from unnest(array['one', 'two']) as id"
            )
        )
        connection.execute(
            text(
                "insert into pages (link_id, source_id, url, status, content_type, digest, fetched_at, warc_path,"
                " warc_offset, warc_length, article_id, outcome, reason)"
                " select id, 'a', '', 200, '', '', now(), '', 0, 0, 'one', fate, why"
                " from (values ('one', 'ok', null), ('two', 'skipped', 'duplicate')) as made (id, fate, why)"
            )
        )
    desk.refresh()
    assert rows(desk.engine, "select day, articles, reprints from marts.daily_volume") == [(ago(3), 1, 0)]
    assert rows(desk.engine, "select link_id, is_duplicate from marts.article_links order by 1") == [
        ("one", False),
        ("two", True),
    ]


def test_a_reprint_counts_apart_and_the_earliest_is_the_original(desk: Desk) -> None:
    desk.article("late", "a", 2, "same")
    desk.article("first", "b", 3, "same")
    desk.article("last", "c", 1, "same")
    desk.article("own", "c", 1)
    desk.refresh()
    assert rows(desk.engine, "select day, source_id, articles, reprints from marts.daily_volume order by 1, 2") == [
        (ago(3), "b", 1, 0),
        (ago(2), "a", 0, 1),
        (ago(1), "c", 1, 1),
    ]
    told = "article_id, original_id, source, original_source, original_url, hours_later::text"
    assert rows(desk.engine, f"select {told} from marts.reprints order by 1") == [
        ("last", "first", "C", "B", "https://b/first", "48.0"),
        ("late", "first", "A", "B", "https://b/first", "24.0"),
    ]


def test_an_original_that_is_found_after_its_reprint_takes_its_place(desk: Desk) -> None:
    desk.article("reprint", "a", 2, "same", found=2)
    desk.refresh()
    assert rows(desk.engine, "select is_reprint from marts.article_facts") == [(False,)]
    desk.article("original", "b", 3, "same", found=0)
    desk.refresh()
    assert rows(desk.engine, "select article_id, original_id from marts.articles where is_reprint") == [
        ("reprint", "original")
    ]


def test_a_dated_copy_is_the_original_of_one_that_nothing_dates_so_that_the_text_is_on_a_day(desk: Desk) -> None:
    desk.article("dated", "a", 2, "same", found=1)
    desk.article("undated", "b", None, "same", found=3)
    desk.refresh()
    assert rows(desk.engine, "select article_id, original_id from marts.reprints") == [("undated", "dated")]


def test_a_date_without_a_clock_does_not_come_before_every_hour_of_its_day(desk: Desk) -> None:
    desk.article("agency", "a", 3, "same", found=3)  # published and found at noon
    desk.article("paper", "b", 3.5, "same", found=2.9)  # the same day at midnight: no clock, found later
    desk.refresh()
    told = "article_id, original_id, hours_later"
    assert rows(desk.engine, f"select {told} from marts.reprints") == [("paper", "agency", None)]


def test_a_reprint_knows_who_had_its_text_before(desk: Desk) -> None:
    for number, source in enumerate("abc"):
        desk.article(f"by-{source}", source, 5 - number, "same")
    desk.refresh()
    told = "select article_id, earlier_sources from marts.article_facts order by 1"
    assert rows(desk.engine, told) == [("by-a", None), ("by-b", ["a"]), ("by-c", ["a", "b"])]


def test_of_two_of_the_same_moment_the_original_is_the_same_every_time(desk: Desk) -> None:
    desk.article("x", "b", 2, "same", found=1)
    desk.article("w", "a", 2, "same", found=1)
    desk.article("z", "c", 2, "same", found=0)
    desk.refresh()
    assert rows(desk.engine, "select article_id, original_id from marts.reprints order by 1") == [
        ("x", "w"),
        ("z", "w"),
    ]


def test_undated_articles_are_counted_on_no_day(desk: Desk) -> None:
    desk.poll("a", [3, 2, 1])
    desk.article("undated", "a", None, found=2)
    desk.label("undated", country="KZ", region="central-asia", topic="t", watch="w")
    desk.refresh()
    for mart in ("daily_volume", "daily_countries", "daily_regions", "daily_topics", "watch_topics", "region_topics"):
        assert rows(desk.engine, f"select distinct day from marts.{mart}") == [(None,)], mart
    assert rows(desk.engine, "select articles, articles_panel from marts.daily_volume") == [(1, None)]
    assert rows(desk.engine, "select sum(articles) from marts.source_days") == [(0,)]


def test_about_and_mentioned_and_presumed_are_counted_apart(desk: Desk) -> None:
    desk.poll("a", [3, 2, 1])
    desk.poll("b", [3, 2, 1])
    for name, source, words, role in (
        ("1", "a", None, "about"),
        ("2", "a", None, "mentioned"),
        ("3", "a", None, "mentioned"),
        ("4", "b", "1", "about"),
        ("5", "b", "2", "mentioned"),
    ):
        desk.article(name, source, 3 if source == "a" else 2, words)
        desk.label(name, country="CN", region="china", role=role)
    desk.article("6", "a", 3)
    desk.label("6", country="KZ", role="presumed")
    desk.refresh()
    columns = "about, mentioned, presumed, about_reprints, mentioned_reprints, about_panel"
    assert rows(desk.engine, f"select country, day, {columns} from marts.daily_countries order by 1, 2") == [
        ("CN", ago(3), 1, 2, 0, 0, 0, 1),
        ("CN", ago(2), 0, 0, 0, 1, 1, 0),
        ("KZ", ago(3), 0, 0, 1, 0, 0, 0),
    ]
    columns = "about, mentioned, about_reprints, mentioned_reprints, about_panel, mentioned_panel"
    assert rows(desk.engine, f"select day, {columns} from marts.daily_regions order by 1") == [
        (ago(3), 1, 2, 0, 0, 1, 2),
        (ago(2), 0, 0, 1, 1, 0, 0),
    ]


def test_a_presumed_country_is_in_no_list_of_countries(desk: Desk) -> None:
    desk.article("1", "a", 3)
    desk.label("1", country="KZ", role="presumed")
    desk.refresh()
    columns = "countries, mentioned_countries, presumed_country"
    assert rows(desk.engine, f"select {columns} from marts.article_facts") == [([], [], "KZ")]


def test_topics_are_counted_by_day_by_region_and_by_what_the_desk_watches(desk: Desk) -> None:
    desk.article("1", "a", 3)
    desk.label("1", region="china", topic="medtop:1", watch="visas")
    desk.label("1", region="russia", role="mentioned")
    desk.article("2", "a", 3)
    desk.label("2", topic="medtop:1")
    desk.article("3", "b", 2, "1")
    desk.label("3", region="china", watch="visas")
    desk.refresh()
    assert rows(desk.engine, "select day, scheme, topic, articles, reprints from marts.daily_topics order by 1, 2") == [
        (ago(3), "medtop", "medtop:1", 2, 0),
        (ago(3), "watch", "visas", 1, 0),
        (ago(2), "watch", "visas", 0, 1),
    ]
    assert rows(desk.engine, "select day, watch_topic, articles, reprints from marts.watch_topics order by 1") == [
        (ago(3), "visas", 1, 0),
        (ago(2), "visas", 0, 1),
    ]
    columns = "day, region, scheme, topic, articles, reprints"
    assert rows(desk.engine, f"select {columns} from marts.region_topics order by 1, 3") == [
        (ago(3), "china", "medtop", "medtop:1", 1, 0),
        (ago(3), "china", "watch", "visas", 1, 0),
        (ago(2), "china", "watch", "visas", 0, 1),
    ]


def test_a_pair_of_regions_is_counted_once_and_only_where_both_are_about(desk: Desk) -> None:
    desk.article("1", "a", 3)
    desk.label("1", region="china")
    desk.label("1", region="central-asia")
    desk.article("2", "a", 3)
    desk.label("2", region="china")
    desk.label("2", region="central-asia", role="mentioned")
    desk.refresh()
    assert rows(desk.engine, "select day, region_a, region_b, articles, reprints from marts.region_pairs") == [
        (ago(3), "central-asia", "china", 1, 0)
    ]


def test_languages_count_their_sources(desk: Desk) -> None:
    desk.article("1", "a", 3, language="ru")
    desk.article("2", "b", 3, "1", found=-1, language="ru")
    desk.article("3", "b", 3, language="ru")
    desk.article("4", "b", 3, language="kk")
    desk.refresh()
    assert rows(desk.engine, "select language, articles, reprints, sources from marts.languages order by 1") == [
        ("kk", 1, 0, 1),
        ("ru", 2, 1, 2),
    ]


def test_labels_come_surest_first_and_with_their_evidence(desk: Desk) -> None:
    desk.article("1", "a", 3)
    for region in ("china", "central-asia"):
        desk.label("1", region=region)
    desk.label("1", watch="visas")
    with transaction(desk.engine) as connection:
        connection.execute(text("update article_regions set score = .9 where region = 'china'"))
    desk.refresh()
    assert rows(desk.engine, "select regions from marts.articles_recent") == [(["china", "central-asia"],)]
    assert rows(desk.engine, "select kind, label, role from marts.article_labels order by 1, 2") == [
        ("region", "central-asia", "about"),
        ("region", "china", "about"),
        ("watch_topic", "visas", None),
    ]
