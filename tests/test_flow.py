"""The flow from feeds to labelled articles, on the newsroom and a real PostgreSQL."""

import hashlib
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from silkwire.extract import run as extract_run
from silkwire.label.topics.sections import section_topics
from silkwire.records import Shard
from silkwire.settings import Settings
from silkwire.stages import run_stage
from silkwire.warehouse import labels
from silkwire.warehouse.archive import Archive, RecordAddress
from silkwire.warehouse.engine import transaction
from tests.conftest import NOW
from tests.flow import rows, run_flow, snapshot
from tests.newsroom.inspection import inspect
from tests.newsroom.server import Newsroom


def test_every_newsroom_article_arrives_and_all_the_rest_is_accounted_for(
    listed: Newsroom, settings: Settings, engine: Engine
) -> None:
    report = run_flow(settings, "first")
    with transaction(engine) as connection:
        inspection = inspect(connection, listed.expected, listed.expected_outcomes)
    assert inspection.differences == ()
    assert report.state == "success"
    assert report.problems == ()
    assert report.items("page", "ok") == len(listed.expected)


def test_every_entry_link_page_and_article_is_counted_once(
    listed: Newsroom, settings: Settings, engine: Engine
) -> None:
    report = run_flow(settings, "first")
    assert report.items("feed") == rows(engine, "select count(*) from feeds")[0][0]
    assert report.items("entry", "ok") == report.items("link") == rows(engine, "select count(*) from links")[0][0]
    assert report.items("link", "ok") == report.items("page") == rows(engine, "select count(*) from pages")[0][0]
    assert report.items("page", "ok") == report.items("article") == rows(engine, "select count(*) from articles")[0][0]
    assert report.pending == {"fetch": 0, "extract": 0, "label": 0, "relabel": 0}


def test_a_second_run_adds_nothing_that_is_there(listed: Newsroom, settings: Settings, engine: Engine) -> None:
    run_flow(settings, "first")
    before = snapshot(engine)
    listed.requests.clear()
    report = run_flow(settings, "second", NOW + timedelta(hours=1))
    assert snapshot(engine) == before
    assert report.items("entry", "ok") == 0
    assert report.items("link") == 0
    answered = {status for host, path, status in listed.requests if not path.endswith("robots.txt")}
    assert answered <= {304, 200, 404}
    assert report.items("feed", "unchanged") == report.items("feed") - len(report.failing_feeds)


def test_any_number_of_shards_gives_the_same_rows(listed: Newsroom, settings: Settings, engine: Engine) -> None:
    run_flow(settings, "sharded", shards=5)
    with transaction(engine) as connection:
        inspection = inspect(connection, listed.expected, listed.expected_outcomes)
    assert inspection.differences == ()


def test_an_article_with_no_date_anywhere_has_none_in_the_warehouse(
    listed: Newsroom, settings: Settings, engine: Engine
) -> None:
    run_flow(settings, "first")
    undated = [row["url"] for row in listed.expected if row["day"] is None]
    assert undated
    found = rows(engine, "select url, published_at, published_day from articles where published_from is null")
    assert sorted(found) == sorted((url, None, None) for url in undated)


def test_what_an_outlet_files_an_article_under_arrives_from_its_feed_and_from_its_page(
    listed: Newsroom, settings: Settings, engine: Engine
) -> None:
    for stage in ("poll", "fetch", "extract"):
        run_stage(stage, settings, "first", Shard(), lambda: NOW)
    with transaction(engine) as connection:
        waiting = {article.url: article for article in labels.take_pending(connection, Shard(), "any", 1_000)}
    told = {
        site.page_url(article): (*([article.section] if article.section else ()), *article.categories)
        for site in listed.sites
        for article in site.outlet.articles
        if article.section or article.categories
    }
    assert {url: article.sections for url, article in waiting.items() if article.sections} == told
    assert ("News > Courts",) in told.values()
    said = {url: set(section_topics(waiting[url].sections, url)) for url in told}
    expected = {row["url"]: set(row["topics"]) for row in listed.expected}
    assert all(said[url] & expected[url] for url in told), "no outlet of ours files an article under another topic"


def test_the_section_is_evidence_of_an_articles_topic(listed: Newsroom, settings: Settings, engine: Engine) -> None:
    run_flow(settings, "first")
    query = (
        "select evidence.value ->> 'text' from article_topics cross join jsonb_array_elements(evidence) as evidence"
        " where scheme = 'medtop' and evidence.value ->> 'kind' = 'section'"
    )
    assert {"News > Courts", "Экономика", "Sport", "Мәдениет"} <= {text for (text,) in rows(engine, query)}


def test_the_article_that_the_project_began_from_comes_out_right(
    listed: Newsroom, settings: Settings, engine: Engine
) -> None:
    run_flow(settings, "first")
    title = (
        "La Chine et le Kazakhstan s'engagent à contribuer à la construction d'une communauté de destin "
        "Chine-Asie centrale (ambassadeur de Chine)"
    )
    (article,) = rows(engine, f"select id, language, published_at, text from articles where title = '{_quoted(title)}'")
    key, language, published_at, text = article
    assert (language, published_at) == ("fr", None)
    assert str(text).startswith("La Chine et le Kazakhstan partagent la même position")
    assert "Plus d’avantages seront accordés à nos deux peuples, a déclaré Zhang." in str(text)
    assert "A lire également" not in str(text)
    about = rows(engine, f"select country from article_countries where article_id = '{key}' and role = 'about'")
    assert sorted(about) == [("CN",), ("KZ",)]
    regions = rows(engine, f"select region from article_regions where article_id = '{key}' and role = 'about'")
    assert sorted(regions) == [("central-asia",), ("china",)]
    topics = rows(engine, f"select topic from article_topics where article_id = '{key}' and scheme = 'medtop'")
    assert {topic for (topic,) in topics} & {"medtop:11000000", "medtop:04000000"}


def test_an_article_outlives_its_record_in_the_archive(
    listed: Newsroom, settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_flow(settings, "first")
    before = snapshot(engine)["articles"]
    shutil.rmtree(settings.archive)
    Path(settings.archive).mkdir()
    monkeypatch.setattr(extract_run, "EXTRACTOR_VERSION", "next")
    report = run_flow(settings, "second", NOW + timedelta(hours=1))
    assert snapshot(engine)["articles"] == before
    assert report.failed_checks == ()
    assert report.items("page", "failed") == rows(engine, "select count(*) from pages")[0][0]
    assert report.problems == (f"extract: every page of {report.items('page')} failed",)


def test_raw_pages_lie_in_the_archive_as_they_came(listed: Newsroom, settings: Settings, engine: Engine) -> None:
    run_flow(settings, "first")
    pages = rows(engine, "select warc_path, warc_offset, warc_length, digest from pages")
    archive = Archive(settings.archive)
    for path, offset, length, digest in pages:
        body = archive.read(RecordAddress(str(path), int(str(offset)), int(str(length))))
        assert hashlib.sha256(body).hexdigest() == digest
    assert all(Path(settings.archive, str(path)).exists() for path, *_ in pages)


def _quoted(text: str) -> str:
    return text.replace("'", "''")
