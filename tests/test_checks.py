"""The checks find what they are for, and nothing in a warehouse that is in order."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from silkwire.settings import ROOT
from silkwire.warehouse.checks import run_checks
from silkwire.warehouse.engine import transaction

CHECKS = sorted(file.stem for file in (ROOT / "sql" / "checks").glob("*.sql"))

# One article with all that leads to it, a page that duplicates it, a link that waits, one that was refused and has the
# feed's text in the page's place, one that was refused and has nothing, and two gaps.
IN_ORDER = (
    "insert into sources (id, name, url, added_at) values ('s', 'S', 'https://s.example/', now())",
    (
        "insert into feeds (id, source_id, url, host, added_at, next_poll_at, outcome)"
        " values ('f', 's', 'https://s.example/rss', 's.example', now(), now(), 'unchanged')"
    ),
    (
        "insert into links (id, feed_id, source_id, host, url, title, summary, authors, discovered_at, outcome, reason)"
        " select id, 'f', 's', 's.example', 'https://s.example/' || id, '', '', '{}', now(), fate, why"
        " from (values ('a', 'ok', null), ('b', 'ok', null), ('c', null, null), ('d', 'failed', 'bot_wall'),"
        " ('e', 'failed', 'access_denied')) as made (id, fate, why)"
    ),
    (
        "insert into pages (link_id, source_id, url, status, content_type, digest, fetched_at, warc_path, warc_offset,"
        " warc_length, text_from, article_id, extractor_version, outcome, reason)"
        " select id, 's', 'https://s.example/' || id, 200, 'text/html', '', now(), 'x', 0, 1, words, 'a', 'v1',"
        " fate, why from (values ('a', 'page', 'ok', null), ('b', 'page', 'skipped', 'duplicate'),"
        " ('d', 'feed', 'skipped', 'duplicate')) as made (id, words, fate, why)"
    ),
    (
        "insert into articles (id, source_id, feed_id, url, title, text, authors, language, discovered_at, fetched_at,"
        " published_at, published_from, published_day, content_hash, extractor_version, labeller_version, outcome)"
        " values ('a', 's', 'f', 'https://s.example/a', 'T', 't', '{}', 'en', now(), now(), now(), 'meta',"
        " (now() at time zone 'UTC')::date, 'h', 'v1', 'l1', 'ok')"
    ),
    "insert into article_countries values ('a', 'KZ', 'about', 1, '[]', 'l1')",
    "insert into article_regions values ('a', 'central-asia', 'about', 1, '[]', 'l1')",
    "insert into article_topics values ('a', 'watch', 'trade', 1, '[]', 'l1')",
    (
        "insert into gaps (feed_id, source_id, opened_at, missing_since, missing_until, closed_at, outcome)"
        " select 'f', 's', now() - interval '1 day' * days, now(), now(), closed, fate"
        " from (values (1, null::timestamptz, null), (2, now(), 'ok')) as made (days, closed, fate)"
    ),
)

# What is materialised can't be changed by hand, so a table takes its place.
FACTS = (
    "drop materialized view marts.article_facts cascade; create table marts.article_facts as"
    " select * from (values {}) as made (article_id, source_id, original_id, is_reprint)"
)

PLANTED = [
    ("article_without_its_page", "update pages set outcome = 'failed', reason = 'no_text' where link_id = 'a'"),
    ("article_without_its_page", "update pages set article_id = 'b' where link_id = 'a'"),
    ("article_without_its_page", "delete from pages where link_id = 'a'"),
    ("closed_gap_without_an_outcome", "update gaps set closed_at = now()"),
    ("closed_gap_without_an_outcome", "update gaps set outcome = 'retry', reason = 'timeout'"),
    ("day_of_another_time", "update articles set published_day = published_day - 1"),
    ("day_of_another_time", "update articles set published_day = null"),
    ("day_of_another_time", "update articles set published_at = null, published_from = null"),
    ("fate_without_a_reason", "update gaps set outcome = 'failed'"),
    ("fate_without_a_reason", "update feeds set outcome = 'retry'"),
    ("fate_without_a_reason", "update links set outcome = 'failed' where id = 'c'"),
    ("fate_without_a_reason", "update pages set reason = null where link_id = 'b'"),
    ("fate_without_a_reason", "update articles set outcome = 'abstained'"),
    ("impossible_publication_date", "update articles set published_at = fetched_at + interval '2 days'"),
    ("impossible_publication_date", "update articles set published_at = '1970-01-01T00:00:00Z'"),
    ("label_of_another_version", "update article_countries set version = 'l0'"),
    ("label_of_another_version", "update article_regions set version = 'l0'"),
    ("label_of_another_version", "update article_topics set version = 'l0'"),
    ("link_without_its_page", "update links set outcome = 'ok' where id = 'c'"),
    ("link_without_its_page", "update links set outcome = null where id = 'b'"),
    ("link_without_its_page", "update links set outcome = 'ok', reason = null where id = 'd'"),
    ("link_without_its_page", "update links set reason = 'not_found' where id = 'd'"),
    ("link_without_its_page", "update links set outcome = 'retry' where id = 'd'"),
    ("link_without_its_page", "update pages set text_from = 'page' where link_id = 'd'"),
    ("link_without_its_page", "update pages set text_from = 'feed' where link_id = 'b'"),
    ("page_without_its_article", "update pages set article_id = null where link_id = 'b'"),
    ("page_without_its_article", "delete from articles"),
    (
        "poll_without_an_outcome",
        "insert into polls (run_id, feed_id, polled_at, entries, new_links) values ('r', 'f', now(), 0, 0)",
    ),
    (
        "presumed_country_beside_another",
        "insert into article_countries values ('a', 'CN', 'presumed', .5, '[]', 'l1')",
    ),
    ("reprint_of_no_original", FACTS.format("('a', 's', 'b', true), ('b', 't', 'c', true), ('c', 'u', null, false)")),
    ("reprint_of_no_original", FACTS.format("('a', 's', 'b', true)")),
    ("reprint_of_no_original", FACTS.format("('a', 's', null, true)")),
    ("reprint_of_no_original", FACTS.format("('a', 's', 'b', true), ('b', 's', null, false)")),
    ("retired_feed_still_polled", "update feeds set outcome = 'gone', reason = 'feed_gone'"),
]


@pytest.fixture
def in_order(engine: Engine) -> Engine:
    with transaction(engine) as connection:
        for statement in IN_ORDER:
            connection.execute(text(statement))
    return engine


def failing(engine: Engine) -> dict[str, int]:
    with transaction(engine) as connection:
        return {failed.check: failed.rows for failed in run_checks(connection)}


def test_an_empty_warehouse_passes(engine: Engine) -> None:
    assert failing(engine) == {}


def test_a_warehouse_in_order_passes(in_order: Engine) -> None:
    assert failing(in_order) == {}


def test_there_is_a_planted_row_for_every_check() -> None:
    assert sorted({check for check, _ in PLANTED}) == CHECKS


@pytest.mark.parametrize(("check", "statement"), PLANTED)
def test_an_offending_row_is_found_by_its_check(in_order: Engine, check: str, statement: str) -> None:
    with transaction(in_order) as connection:
        connection.execute(text(statement))
    assert check in failing(in_order)


def test_a_failed_check_shows_the_first_offending_rows(in_order: Engine) -> None:
    with transaction(in_order) as connection:
        connection.execute(text("update links set outcome = 'ok' where id = 'c'"))
        (failed,) = run_checks(connection)
    assert failed.examples == ("link_id=c, outcome=ok, reason=None, text_from=None, url=https://s.example/c",)


def test_a_presumed_country_alone_is_no_fault(in_order: Engine) -> None:
    with transaction(in_order) as connection:
        connection.execute(text("update article_countries set role = 'presumed'"))
    assert failing(in_order) == {}


@pytest.mark.parametrize(("table", "role"), [("article_countries", "guessed"), ("article_regions", "presumed")])
def test_a_role_that_is_none_is_refused(in_order: Engine, table: str, role: str) -> None:
    with pytest.raises(IntegrityError, match=f"{table}_role_check"), in_order.begin() as connection:
        connection.execute(text(f"update {table} set role = '{role}'"))


def test_labels_that_wait_to_be_made_anew_are_no_fault(in_order: Engine) -> None:
    with transaction(in_order) as connection:
        connection.execute(text("update articles set labeller_version = null, outcome = null"))
    assert failing(in_order) == {}
