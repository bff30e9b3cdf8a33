"""The warehouse's schema: migrations, marts, and what the reader may see."""

import shutil
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, text

from silkwire.warehouse import migration
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.marts import refresh
from silkwire.warehouse.migration import alembic_config, upgrade
from silkwire.warehouse.tables import metadata
from tests.conftest import connect
from tests.flow import rows

FACTS = (
    "article_id day discovered_at source_id source_country source_kind language text_from presumed_country original_id"
    " is_reprint countries mentioned_countries regions mentioned_regions topics watch_topics"
)
# What dashboards are built on: a name that goes away or changes breaks them.
MARTS = {
    "article_facts": FACTS.replace(
        "original_id is_reprint", "earlier_sources original_id original_source_id is_reprint listed_at"
    ),
    "article_labels": "article_id kind label role score evidence version",
    "article_links": "article_id link_id url title feed_id feed_url discovered_at fetched_at status text_from warc_path"
    " warc_offset warc_length digest outcome reason is_duplicate",
    "article_terms": "article_id discovered_at terms",
    "article_texts": "article_id title text url site_name authors language language_from published_at published_from"
    " modified_at modified_from feed_days_apart image_url sections discovered_at fetched_at text_from text_path"
    " extractor_version labeller_version labelled_at outcome reason source_id source source_country",
    "articles": f"{FACTS} published_at published_from title url source",
    "articles_recent": "article_id published_at published_day published_from discovered_at title url language source_id"
    " source source_country text_from countries regions topics watch_topics is_reprint original_id",
    "coverage": "country day expected reporting",
    "coverage_gaps": "source_id source source_country feed_id feed_url language opened_at missing_since missing_until"
    " found_links attempts closed_at reason hours state",
    "daily_countries": "day country about mentioned presumed about_reprints mentioned_reprints about_panel",
    "daily_regions": "day region about mentioned about_reprints mentioned_reprints about_panel mentioned_panel",
    "daily_topics": "day scheme topic articles reprints articles_panel",
    "daily_volume": "day source_id source source_country source_kind language articles reprints articles_panel",
    "label_days": "kind day label articles reprints source_ids source_articles source_reprints",
    "languages": "day language articles reprints sources articles_panel",
    "outages": "country started_at ended_at reason sources_failed sources_polled sources source_ids",
    "panel_facts": f"{FACTS} in_panel",
    "pair_days": "kind day label_a label_b articles reprints source_ids source_articles source_reprints",
    "polled_days": "day sources_polled sources_reported sources_listed asks",
    "region_pairs": "day region_a region_b articles reprints articles_panel",
    "region_topics": "day region scheme topic articles reprints articles_panel",
    "reporting_spells": "source_id spell since until days",
    "reprints": "article_id original_id day source_id source source_country original_source_id original_source"
    " original_source_country language title url original_url hours_later",
    "run_outcomes": "run_id stage item outcome reason items",
    "run_reports": "run_id started_at finished_at state report feeds_polled new_links pages articles labelled skipped"
    " waiting failed",
    "source_days": "day source_id polls answers reported new_feeds articles reprints",
    "source_health": "source_id source source_country source_kind feed_id feed_url language active outcome reason"
    " detail failures polled_at succeeded_at new_link_at next_poll_at links_a_day health advice outage entries"
    " moved_to items_a_day usual_gap_hours open_gaps",
    "sources": "source_id source url country kind active added_at last_answer_at newest_article_at feeds active_feeds"
    " articles_7_days usual_7_days articles reprints reprinted in_panel",
    "watch_topics": "day watch_topic articles reprints articles_panel",
}
RELATIONS = (
    "select n.nspname, c.relname, c.relkind, c.oid, c.relacl::text from pg_class c join pg_namespace n"
    " on n.oid = c.relnamespace where n.nspname in ('public', 'marts') order by 1, 2"
)
COLUMNS = (
    "select relname, string_agg(attname, ' ' order by attnum)"
    " from pg_class join pg_attribute on attrelid = pg_class.oid"
    " where relnamespace = 'marts'::regnamespace and relkind in ('v', 'm') and attnum > 0 group by relname"
)


def as_reader(warehouse_url: str) -> psycopg.Connection[tuple[object, ...]]:
    return connect(warehouse_url.replace("//silkwire:", "//silkwire_reader:"))


def test_the_migrations_make_exactly_the_declared_tables(engine: Engine) -> None:
    with transaction(engine) as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "target_metadata": metadata}
        )
        assert compare_metadata(context, metadata) == []


def test_upgrading_again_changes_nothing(engine: Engine) -> None:
    before = rows(engine, RELATIONS)
    assert upgrade(engine) == upgrade(engine)
    assert rows(engine, RELATIONS) == before


def test_marts_have_the_columns_that_dashboards_use(engine: Engine) -> None:
    assert dict(rows(engine, COLUMNS)) == MARTS


def test_the_reader_can_read_every_mart(warehouse_url: str) -> None:
    with as_reader(warehouse_url) as connection:
        for mart in MARTS:
            assert connection.execute(f"select * from marts.{mart}").fetchall() == []  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "statement",
    [
        "select * from public.articles",
        "delete from public.articles",
        "create table public.mine (x int)",
        "create view marts.mine as select 1 as x",
        "refresh materialized view marts.article_facts",
    ],
)
def test_the_reader_is_refused_everything_else(warehouse_url: str, statement: str) -> None:
    with as_reader(warehouse_url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)  # type: ignore[call-overload]


def test_a_changed_mart_is_installed_anew_and_still_readable(
    engine: Engine, warehouse_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(migration._MARTS, tmp_path / "marts")
    (folder / "added.sql").write_text("create view marts.added as select '100%' as share")
    monkeypatch.setattr(migration, "_MARTS", folder)
    upgrade(engine)
    with as_reader(warehouse_url) as connection:
        assert connection.execute("select share from marts.added").fetchall() == [("100%",)]
    assert set(dict(rows(engine, COLUMNS))) == {*MARTS, "added"}


def test_a_presumed_country_is_counted_apart_from_those_that_texts_name(engine: Engine) -> None:
    with transaction(engine) as connection:
        connection.exec_driver_sql("insert into sources values ('s', 'Paper', 'u', 'KZ', null, true, now())")
        connection.exec_driver_sql(
            "insert into feeds (id, source_id, url, host, added_at, next_poll_at)"
            " values ('f', 's', 'u', 'h', now(), now())"
        )
        connection.exec_driver_sql(
            "insert into articles (id, source_id, feed_id, url, title, text, authors, language, discovered_at,"
            " fetched_at, content_hash, extractor_version)"
            " select id, 's', 'f', '', '', '', '{}', 'kk', now(), now(), id, 'v' from unnest(array['a', 'b', 'c']) id"
        )
        connection.exec_driver_sql(
            "insert into article_countries select id, 'KZ', role, .5, '[]', 'l'"
            " from (values ('a', 'about'), ('b', 'mentioned'), ('c', 'presumed')) as made (id, role)"
        )
    refresh(engine)
    assert rows(engine, "select country, about, mentioned, presumed from marts.daily_countries") == [("KZ", 1, 1, 1)]
    assert rows(engine, "select article_id, countries from marts.articles_recent order by article_id") == [
        ("a", ["KZ"]),
        ("b", []),
        ("c", []),
    ]


GAP = (
    "insert into gaps (feed_id, source_id, opened_at, missing_since, missing_until, closed_at, outcome, reason,"
    " found_links, attempts) values ('f', 's', '2026-11-24 12:00+0', '2026-11-23 06:00+0', '2026-11-24 11:30+0',"
    " {closed}, {outcome}, {reason}, {found}, 1)"
)


@pytest.mark.parametrize(
    ("closed", "outcome", "reason", "found", "state"),
    [
        ("null", "null", "null", 0, "open"),
        ("null", "'retry'", "'timeout'", 0, "open"),
        ("now()", "'ok'", "null", 7, "repaired"),
        ("now()", "'ok'", "null", 0, "nothing_found"),
        ("now()", "'failed'", "'out_of_reach'", 7, "partly_repaired"),
        ("now()", "'failed'", "'out_of_reach'", 0, "given_up"),
        ("now()", "'skipped'", "'no_sitemap'", 0, "given_up"),
    ],
)
def test_a_gap_says_what_may_be_missing_and_what_was_done(  # noqa: PLR0913 - the columns of a row
    engine: Engine, closed: str, outcome: str, reason: str, found: int, state: str
) -> None:
    with transaction(engine) as connection:
        connection.exec_driver_sql("insert into sources values ('s', 'Paper', 'u', 'KZ', null, true, now())")
        connection.exec_driver_sql(
            "insert into feeds (id, source_id, url, host, added_at, next_poll_at)"
            " values ('f', 's', 'u', 'h', now(), now())"
        )
        connection.exec_driver_sql(GAP.format(closed=closed, outcome=outcome, reason=reason, found=found))
    columns = "source, source_country, feed_url, hours::text, state, found_links, attempts, closed_at is null"
    assert rows(engine, f"select {columns} from marts.coverage_gaps") == [
        ("Paper", "KZ", "u", "29.5", state, found, 1, closed == "null")
    ]


def migrate(connection: Connection, step: Callable[[Config, str], None], revision: str) -> None:
    config = alembic_config()
    config.attributes["connection"] = connection
    step(config, revision)


def test_a_warehouse_of_the_first_version_is_upgraded_with_what_it_holds(engine: Engine) -> None:
    with engine.begin() as connection:
        migrate(connection, command.downgrade, "0001")
        connection.execute(text("insert into sources (id, name, url, added_at) values ('s', 'Site', '', now())"))
        connection.execute(
            text(
                "insert into feeds (id, source_id, url, host, etag, body_hash, failures, added_at, next_poll_at)"
                " values ('f', 's', 'https://site.example/feed', 'site.example', 'v1', 'h', 3, now(), now())"
            )
        )
        connection.execute(
            text(
                "insert into links (id, feed_id, source_id, host, url, title, summary, authors, discovered_at)"
                " values ('l', 'f', 's', 'site.example', 'https://site.example/1', 'One', '', '{}', now())"
            )
        )
    upgrade(engine)
    with engine.begin() as connection:
        assert connection.execute(text("select failures, form, body_hash, etag from feeds")).one() == (
            *(3, "feed"),
            *(None, None),  # so that it is read once more, and known from then on
        )
        told = "select title, content, item_key, categories from links"
        assert connection.execute(text(told)).one() == ("One", "", None, [])
        assert connection.scalar(text("select health from marts.source_health")) == "unpolled"


def test_articles_of_before_sections_have_none_and_survive_both_ways(engine: Engine) -> None:
    with engine.begin() as connection:
        migrate(connection, command.downgrade, "0004")
        connection.execute(text("insert into sources (id, name, url, added_at) values ('s', 'Site', '', now())"))
        connection.execute(
            text(
                "insert into feeds (id, source_id, url, host, added_at, next_poll_at)"
                " values ('f', 's', 'https://site.example/feed', 'site.example', now(), now())"
            )
        )
        connection.execute(
            text(
                "insert into articles (id, source_id, feed_id, url, title, text, authors, language, discovered_at,"
                " fetched_at, content_hash, extractor_version)"
                " values ('a', 's', 'f', 'https://site.example/1', 'One', 'Text', '{}', 'en', now(), now(), 'h', '2')"
            )
        )
    upgrade(engine)
    with engine.begin() as connection:
        assert connection.execute(text("select id, sections from articles")).one() == ("a", [])
        connection.execute(text("update articles set sections = '{Sport}'"))
        migrate(connection, command.downgrade, "0004")
        assert connection.scalar(text("select id from articles")) == "a"
    upgrade(engine)
    with engine.begin() as connection:
        assert connection.execute(text("select id, sections from articles")).one() == ("a", [])
