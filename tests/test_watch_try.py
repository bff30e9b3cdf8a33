"""`topics try`: what an edited topic would add and drop among the stored articles, with nothing changed."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from typer.testing import CliRunner

from silkwire.cli import topics_commands
from silkwire.cli.commands import tree
from silkwire.label.topics import watch_trial
from silkwire.settings import Settings
from silkwire.warehouse.engine import transaction
from tests.flow import rows
from tests.test_checks import IN_ORDER

EVERYTHING = "select * from articles order by id", "select * from article_topics order by 1, 2, 3"
STORED = '[{"text": "railway", "start": 4, "end": 11}]'
ARTICLES = [
    ("kept", "The railway", "A railway for cotton.", "2026-11-20", True),
    ("lost", "Old railway", "It was closed.", "2026-11-19", True),
    (
        "won",
        "News",
        "In Tashkent\x1b[31m cotton is sold; a long way it goes from there to the sea.",
        "2026-11-18",
        False,
    ),
    ("other", "Weather", "Rain.", "2026-11-17", False),
    ("older", "Cotton", "Cotton.", "2026-09-01", False),
]


@pytest.fixture
def warehouse(engine: Engine, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setattr(topics_commands, "get_settings", lambda: settings)
    with transaction(engine) as connection:
        for statement in IN_ORDER:
            connection.execute(text(statement))
        connection.execute(text("delete from articles"))
        for key, title, words, day, stored in ARTICLES:
            connection.execute(
                text(
                    "insert into articles (id, source_id, feed_id, url, title, text, authors, language, discovered_at,"
                    " fetched_at, published_day, content_hash, extractor_version, labeller_version)"
                    " select :id, 's', 'f', :id, :title, :words, '{}', 'en', day, day, day, :id, 'v1', 'l1'"
                    " from (values (cast(:day as date))) as made (day)"
                ),
                {"id": key, "title": title, "words": words, "day": day},
            )
            if stored:
                connection.execute(
                    text("insert into article_topics values (:id, 'watch', 'trade', 0.5, cast(:e as jsonb), 'l1')"),
                    {"id": key, "e": STORED},
                )
        connection.execute(text("update articles set labeller_version = null where id = 'other'"))
    return engine


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "edited.yaml"
    path.write_text("topics: {trade: {}, textiles: {parent: trade, any: {en: [cotton]}}}", "utf-8")
    return path


def tried(rules: Path, *options: str) -> Any:
    return CliRunner().invoke(tree(), ["topics", "try", "trade", "--file", str(rules), *options])


def test_an_edited_topic_is_compared_with_the_stored_labels_and_nothing_changes(warehouse, rules):
    before = [rows(warehouse, query) for query in EVERYTHING]
    told = json.loads(tried(rules, "--since", "2026-11-01", "--json").output)
    assert {name: told[name] for name in ("articles", "added", "dropped", "kept", "unlabelled")} == {
        "articles": 4, "added": 1, "dropped": 1, "kept": 1, "unlabelled": 1,
    }  # fmt: skip
    (won,), (lost,) = told["would_add"], told["would_drop"]
    assert (won["id"], won["day"], won["source"], won["score"]) == ("won", "2026-11-18", "S", 0.5)
    assert [span["text"] for span in won["evidence"]] == ["cotton"]
    assert (lost["id"], [span["text"] for span in lost["evidence"]]) == ("lost", ["railway"])
    assert [rows(warehouse, query) for query in EVERYTHING] == before


def test_it_is_shown_with_the_evidence_in_its_text(warehouse, rules):
    shown = tried(rules, "--since", "2026-11-01").output
    assert "- 2026-11-19  0.50  S  Old railway\n    Old railway\n" in shown
    assert (
        "+ 2026-11-18  0.50  S  News\n    In Tashkent [31m cotton is sold; a long way it goes from there …\n" in shown
    )
    assert "trade: 1 articles would be added, 1 dropped, 1 stay, of 4 discovered since 2026-11-01 00:00 UTC." in shown
    assert "1 of these were never labelled yet" in shown


def test_batches_leave_nothing_out(warehouse, rules, monkeypatch):
    monkeypatch.setattr(watch_trial, "_BATCH", 2)
    told = json.loads(tried(rules, "--since", "9999d", "--json").output)
    assert (told["articles"], told["added"]) == (5, 2)


def test_what_is_not_shown_is_counted(warehouse, rules):
    shown = tried(rules, "--since", "2026-08-01", "--show", "1").output
    assert "2 more are not shown: --show 3" in shown
    assert "Cotton" not in shown


def test_a_topic_that_is_not_there_is_told_with_the_nearest(warehouse, rules):
    told = CliRunner().invoke(tree(), ["topics", "try", "tade", "--file", str(rules)])
    assert told.exit_code == 1
    assert "did you mean trade" in told.output


def test_a_span_that_is_none_is_refused(warehouse, rules):
    assert "like 12h, 30d" in tried(rules, "--since", "soon").output
