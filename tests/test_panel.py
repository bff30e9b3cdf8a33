"""Trends that can be believed: the constant panel, the coverage behind it, and what a source usually does."""

from datetime import date

import pytest
from sqlalchemy import Engine, text

from silkwire.warehouse.engine import transaction
from tests.desk import Desk, day
from tests.flow import rows

WEEKS = range(1, 57)


@pytest.fixture
def desk(engine: Engine) -> Desk:
    """A desk whose source "a" has answered on every day of eight weeks, and published an article on three."""
    made = Desk(engine)
    made.source("a")
    made.poll("a", WEEKS)
    for ago_ in (10, 9, 8):
        made.article(f"a{ago_}", "a", ago_)
    return made


def ago(days: int) -> date:
    return day(days).date()


def line(desk: Desk) -> list[tuple[object, ...]]:
    desk.refresh()
    query = "select day, sum(articles), sum(articles_panel) from marts.daily_volume group by day order by day"
    return rows(desk.engine, query)


def panel(desk: Desk) -> list[tuple[object, ...]]:
    return rows(desk.engine, "select source_id from marts.sources where in_panel order by 1")


def test_an_added_source_does_not_lift_the_line_of_the_panel(desk: Desk) -> None:
    desk.source("new")
    desk.poll("new", range(1, 10))
    for number in range(5):
        desk.article(f"new{number}", "new", 9)
    assert line(desk) == [(ago(10), 1, 1), (ago(9), 6, 1), (ago(8), 1, 1)]
    assert panel(desk) == [("a",)]


def test_a_source_that_broke_for_a_day_is_not_in_the_panel(desk: Desk) -> None:
    desk.source("broken")
    desk.poll("broken", [ago_ for ago_ in WEEKS if ago_ != 9])
    desk.poll("broken", [9], "retry")
    desk.article("b", "broken", 8)
    assert line(desk) == [(ago(10), 1, 1), (ago(9), 1, 1), (ago(8), 2, 1)]
    assert panel(desk) == [("a",)]


def test_a_source_that_failed_and_answered_on_the_same_day_reported(desk: Desk) -> None:
    desk.poll("a", [9, 8], "retry")
    assert line(desk) == [(ago(10), 1, 1), (ago(9), 1, 1), (ago(8), 1, 1)]


def test_a_source_that_answers_without_news_is_in_the_panel(desk: Desk) -> None:
    desk.source("quiet")
    desk.poll("quiet", WEEKS, "unchanged")
    line(desk)
    assert panel(desk) == [("a",), ("quiet",)]


def test_a_day_on_which_nothing_was_polled_at_all_does_not_empty_the_panel(desk: Desk) -> None:
    with transaction(desk.engine) as connection:
        connection.execute(text("delete from polls where polled_at = :at"), {"at": day(9)})
    assert line(desk) == [(ago(10), 1, 1), (ago(9), 1, 1), (ago(8), 1, 1)]
    assert panel(desk) == [("a",)]


def test_what_lies_outside_the_eight_weeks_is_null_and_not_nothing(desk: Desk) -> None:
    for ago_ in (0, 1, 56, 57):
        desk.article(f"edge{ago_}", "a", ago_)
    found = {row[0]: row[1:] for row in line(desk)}
    assert [found[ago(days)] for days in (57, 56, 1, 0)] == [(1, None), (1, 1), (1, 1), (1, None)]


def test_what_is_only_mentioned_outside_the_eight_weeks_has_no_panel_either(desk: Desk) -> None:
    for ago_ in (57, 56):
        desk.article(f"m{ago_}", "a", ago_)
        desk.label(f"m{ago_}", country="CN", region="china", role="mentioned")
    desk.refresh()
    assert rows(desk.engine, "select about, mentioned, about_panel from marts.daily_countries order by day") == [
        (0, 1, None),
        (0, 1, 0),
    ]
    query = "select about, mentioned, about_panel, mentioned_panel from marts.daily_regions order by day"
    assert rows(desk.engine, query) == [(0, 1, None, None), (0, 1, 0, 1)]


def test_before_the_first_poll_there_is_no_line(desk: Desk) -> None:
    with transaction(desk.engine) as connection:
        connection.execute(text("delete from polls where polled_at < :at"), {"at": day(9)})
    assert line(desk) == [(ago(10), 1, None), (ago(9), 1, 1), (ago(8), 1, 1)]


def test_where_nothing_was_polled_there_is_no_panel(desk: Desk) -> None:
    with transaction(desk.engine) as connection:
        connection.execute(text("delete from polls"))
    assert line(desk) == [(ago(10), 1, None), (ago(9), 1, None), (ago(8), 1, None)]
    assert panel(desk) == []


def test_a_source_that_is_added_and_prints_first_takes_nothing_away_from_the_panel(desk: Desk) -> None:
    desk.source("agency")
    desk.article("first", "agency", 20, "a9")
    desk.refresh()
    query = "select sum(articles), sum(reprints), sum(articles_panel) from marts.daily_volume where day = :day"
    with transaction(desk.engine) as connection:
        assert tuple(connection.execute(text(query), {"day": ago(9)}).one()) == (0, 1, 1)


def test_a_text_that_two_sources_of_the_panel_have_is_on_its_line_once(desk: Desk) -> None:
    desk.source("b")
    desk.poll("b", WEEKS)
    desk.article("copy", "b", 8.9, "a9")
    assert line(desk) == [(ago(10), 1, 1), (ago(9), 1, 1), (ago(8), 1, 1)]
    assert panel(desk) == [("a",), ("b",)]


def test_a_source_that_gets_a_second_feed_leaves_the_panel(desk: Desk) -> None:
    desk.feed("a", "a-2")
    desk.poll("a-2", range(1, 10))
    desk.refresh()
    assert panel(desk) == []


def test_a_source_one_of_whose_feeds_is_silent_for_a_day_is_not_in_the_panel(desk: Desk) -> None:
    desk.feed("a", "a-2")
    desk.poll("a-2", [ago_ for ago_ in WEEKS if ago_ != 9])
    desk.refresh()
    assert panel(desk) == [("a",)]
    desk.poll("a-2", [9], "retry")
    with transaction(desk.engine) as connection:
        connection.execute(text("update feeds set succeeded_at = :now"), {"now": day(0)})
    desk.refresh()
    assert panel(desk) == []


def test_a_source_that_its_server_retires_has_not_reported(desk: Desk) -> None:
    desk.source("retired")
    desk.poll("retired", [ago_ for ago_ in WEEKS if ago_ > 1])
    desk.poll("retired", [1], "gone")
    desk.refresh()
    assert panel(desk) == [("a",)]


def test_a_day_on_which_few_sources_were_polled_asks_nothing_of_the_others(desk: Desk) -> None:
    for name in ("b", "c"):
        desk.source(name)
        desk.poll(name, [ago_ for ago_ in WEEKS if ago_ != 20])
    desk.refresh()
    assert panel(desk) == [("a",), ("b",), ("c",)]


def test_any_window_has_a_panel_of_its_own(desk: Desk) -> None:
    desk.source("new")
    desk.poll("new", range(1, 10))
    desk.refresh()
    query = "select source_id from marts.panel(:first, :last) as panel order by 1"
    with transaction(desk.engine) as connection:
        for first, last, found in ((9, 1, ["a", "new"]), (10, 1, ["a"]), (70, 60, [])):
            window = {"first": ago(first), "last": ago(last)}
            assert list(connection.scalars(text(query), window)) == found


def test_every_panel_column_counts_the_same_articles(desk: Desk) -> None:
    desk.source("new")
    desk.article("n", "new", 9)
    for name in ("a9", "n"):
        desk.label(name, country="CN", region="china", topic="t", watch="w")
        desk.label(name, region="russia")
    desk.refresh()
    for column in (
        "daily_countries.about_panel",
        "daily_regions.about_panel",
        "daily_topics.articles_panel",
        "watch_topics.articles_panel",
        "region_topics.articles_panel",
        "region_pairs.articles_panel",
    ):
        mart = column.partition(".")[0]
        assert set(rows(desk.engine, f"select {column} from marts.{mart} where day = '{ago(9)}'")) == {(1,)}, column
    assert rows(desk.engine, f"select articles, articles_panel from marts.languages where day = '{ago(9)}'") == [(2, 1)]


def test_the_panel_is_found_once_and_not_for_each_row(desk: Desk) -> None:
    for number in range(300):
        desk.article(f"n{number}", "a", 5)
    desk.refresh()
    plan = "\n".join(str(row[0]) for row in rows(desk.engine, "explain (analyze) select * from marts.daily_volume"))
    scans = [part for part in plan.splitlines() if "on panel" in part or "on polled_days" in part]
    assert scans
    assert all("loops=1)" in part for part in scans), plan


def test_a_day_on_which_the_pipeline_stood_still_is_one_on_which_nothing_reported(desk: Desk) -> None:
    desk.source("other", "CN")
    desk.poll("other", [4, 3])
    with transaction(desk.engine) as connection:
        connection.execute(text("update feeds set active = false where id = 'other'"))
        connection.execute(text("delete from polls where polled_at = :at"), {"at": day(2)})
    desk.refresh()
    query = f"select day, country, expected, reporting from marts.coverage where day >= '{ago(4)}' order by 1 desc, 2"
    assert rows(desk.engine, query) == [
        (ago(1), "KZ", 1, 1),
        (ago(2), "KZ", 1, 0),
        (ago(3), "CN", 1, 1),
        (ago(3), "KZ", 1, 1),
        (ago(4), "CN", 1, 1),
        (ago(4), "KZ", 1, 1),
    ]


def test_a_source_is_compared_with_what_it_usually_writes(desk: Desk) -> None:
    for number in range(3):
        desk.article(f"week{number}", "a", 2)
    desk.poll("a", range(57, 64))
    desk.source("young")
    desk.poll("young", range(1, 22))
    for number in range(4):
        desk.article(f"young{number}", "young", 10)
    desk.source("newborn")
    desk.poll("newborn", range(1, 5))
    desk.refresh()
    query = "select source_id, articles_7_days, usual_7_days::text, articles from marts.sources order by 1"
    assert rows(desk.engine, query) == [
        ("a", 3, "0.4", 6),
        ("newborn", 0, None, 0),
        ("young", 0, "2.0", 4),
    ]


def test_a_source_says_how_much_is_its_own_and_how_often_it_is_taken_over(desk: Desk) -> None:
    desk.source("b")
    desk.source("c")
    desk.article("b1", "b", 5, "a9")
    desk.article("c1", "c", 4, "a9")
    desk.refresh()
    query = "select source_id, articles, reprints, reprinted, feeds, active_feeds from marts.sources order by 1"
    assert rows(desk.engine, query) == [("a", 3, 0, 2, 1, 1), ("b", 0, 1, 0, 1, 1), ("c", 0, 1, 0, 1, 1)]
