"""`find` returns pages of articles, the newest first, with a count that stops at a thousand, whichever way it takes."""

import pytest
from sqlalchemy import Connection, Engine, text

from silkwire.label.search.query import parse_query
from silkwire.warehouse import search
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.search import Found, find

# Every article has `even` or `odd`, one in fifty `rare`, one in 500 `rarest`; in one in three `silk road` is a phrase.
MADE = """
    insert into article_terms (article_id, discovered_at, terms)
    select
        to_char(n, 'FM00000'),
        moment,
        cast(
            case when n % 2 = 0 then 'en/even:1' else 'en/od:1' end
            || case when n % 50 = 0 then ' en/rar:2' else '' end
            || case when n % 500 = 0 then ' en/rarest:3' else '' end
            || case when n % 3 = 0 then ' en/silk:4 en/road:5' else ' en/silk:5 en/road:4' end
            || to_char(moment at time zone 'UTC', ' "@"YYYY-MM-DD') || to_char(moment at time zone 'UTC', ' "@"YYYY-MM')
            as tsvector
        )
    from (
        select n, timestamptz '2026-09-20 12:00+00' + n * interval '1 hour' as moment
        from generate_series(1, 1500) as n
    ) as numbered
"""
FACTS = """
    create table marts.article_facts as
    select article_id, discovered_at, case when article_id < '00100' then 'kk' else 'en' end as language
    from article_terms
"""


@pytest.fixture(autouse=True)
def _few_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_ROUNDS", (50, 400))


@pytest.fixture
def connection(engine: Engine) -> Connection:
    with transaction(engine) as opened:
        opened.execute(text("alter table article_terms drop constraint article_terms_article_id_fkey"))
        opened.execute(text(MADE))
        opened.execute(text("drop materialized view marts.article_facts cascade"))
        opened.execute(text(FACTS))
        opened.execute(text("create unique index on marts.article_facts (article_id)"))
        yield opened
        opened.rollback()


def asked(typed: str) -> str:
    return parse_query(typed).tsquery or ""


def key(number: int) -> str:
    return f"{number:05}"


def test_the_newest_come_first_and_pages_go_on(connection: Connection) -> None:
    assert find(connection, asked("rare"), 3).ids == (key(1500), key(1450), key(1400))
    assert find(connection, asked("rare"), 3, 3).ids == (key(1350), key(1300), key(1250))
    assert find(connection, asked("rare"), 50, 28).ids == (key(100), key(50))
    assert find(connection, asked("rare"), 50, 30).ids == ()


def test_a_count_below_a_thousand_is_exact(connection: Connection) -> None:
    assert find(connection, asked("rare"), 1).total == 30
    assert find(connection, asked("rarest")) == Found((key(1500), key(1000), key(500)), 3, is_more=False)
    assert find(connection, asked("even"), 1) == Found((key(1500),), 750, is_more=False)


def test_a_count_above_a_thousand_stops_there(connection: Connection) -> None:
    assert find(connection, asked("silk"), 2) == Found((key(1500), key(1499)), 1_000, is_more=True)


def test_articles_past_the_thousandth_can_be_paged_to(connection: Connection) -> None:
    assert find(connection, asked("silk"), 2, 1_400).ids == (key(100), key(99))


def test_nothing_found_is_no_page(connection: Connection) -> None:
    assert find(connection, asked("nothing")) == Found((), 0, is_more=False)


def test_phrases_and_exclusions_narrow(connection: Connection) -> None:
    assert find(connection, asked('"silk road"'), 2).ids == (key(1500), key(1497))
    assert find(connection, asked('"silk road"')).total == 500
    assert find(connection, asked("rare -even")).total == 0
    assert find(connection, asked("silk -rare"), 2).ids == (key(1499), key(1498))


def test_a_filter_counts_before_the_page_is_cut(connection: Connection) -> None:
    kazakh = find(connection, asked("silk"), 1, where="facts.language = :language", params={"language": "kk"})
    assert kazakh == Found((key(99),), 99, is_more=False)


def test_an_article_that_is_not_in_the_facts_yet_is_not_counted(connection: Connection) -> None:
    connection.execute(text("delete from marts.article_facts where article_id = '01500'"))
    assert find(connection, asked("rarest")).ids == (key(1000), key(500))


def test_the_newest_are_enough_where_they_have_a_page(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST_COUNTED", 10)
    assert find(connection, asked("even"), 5) == Found(tuple(map(key, range(1500, 1490, -2))), 10, is_more=True)
    assert find(connection, asked("rare"), 5).total == 10


def test_the_planner_is_as_it_was_afterwards(connection: Connection) -> None:
    find(connection, asked("rare"))
    assert connection.scalar(text("show enable_seqscan")) == "on"
    assert connection.scalar(text("show work_mem")) == "4MB"
