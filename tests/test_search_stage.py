"""The label stage writes what its articles are found by, and writes again only what has changed."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, Engine, text

from silkwire.label import run as label_run
from silkwire.label.search.query import parse_query
from silkwire.records import Shard
from silkwire.settings import Settings
from silkwire.stages import run_stage
from silkwire.warehouse.engine import transaction
from tests.conftest import NOW
from tests.flow import rows
from tests.test_checks import IN_ORDER

FOUND = "select article_id from marts.article_terms where terms @@ cast('{}' as tsquery)"
WHEN = datetime(2026, 11, 24, 1, tzinfo=UTC)


@pytest.fixture
def stored(engine: Engine) -> Engine:
    """A warehouse with one article, in Kazakh."""
    with transaction(engine) as connection:
        for statement in IN_ORDER:
            connection.execute(text(statement))
        change(connection, "Қазақстанның теміржолы", "Қытайға барады")
    return engine


def change(connection: Connection, title: str, words: str) -> None:
    """Give the article other words, as the extract stage does."""
    connection.execute(
        text("update articles set title = :t, text = :w, language = 'kk', discovered_at = :d, labeller_version = null"),
        {"t": title, "w": words, "d": WHEN},
    )


def label(settings: Settings) -> None:
    run_stage("label", settings, "run", Shard(), lambda: NOW)


def found(engine: Engine, query: str) -> list[tuple[object, ...]]:
    asked = (parse_query(query).tsquery or "").replace("'", "''")
    return rows(engine, FOUND.format(asked))


def test_a_labelled_article_is_found_by_its_words(stored: Engine, settings: Settings) -> None:
    assert found(stored, "Қазақстан") == []
    label(settings)
    assert found(stored, "Қазақстан") == [("a",)]
    assert found(stored, "Qazaqstan Қытай") == [("a",)]
    assert found(stored, "Өзбекстан") == []


def test_the_day_and_month_of_discovery_are_terms(stored: Engine, settings: Settings) -> None:
    label(settings)
    assert rows(stored, FOUND.format("''@2026-11'' & ''@2026-11-24''")) == [("a",)]


def test_a_changed_article_is_found_by_its_new_words_alone(stored: Engine, settings: Settings) -> None:
    label(settings)
    with transaction(stored) as connection:
        change(connection, "Газ", "Мұнай")
    label(settings)
    assert found(stored, "Қазақстан") == []
    assert found(stored, "мұнай") == [("a",)]


def test_terms_that_are_the_same_are_not_written_again(stored: Engine, settings: Settings) -> None:
    label(settings)
    before = rows(stored, "select xmin::text from article_terms")
    with transaction(stored) as connection:
        connection.execute(text("update articles set labeller_version = 'before'"))
    label(settings)
    assert rows(stored, "select xmin::text from article_terms") == before


def test_terms_go_with_their_article(stored: Engine, settings: Settings) -> None:
    label(settings)
    with transaction(stored) as connection:
        connection.execute(text("update articles set id = 'b'"))
    assert found(stored, "Қазақстан") == [("b",)]
    with transaction(stored) as connection:
        connection.execute(text("delete from articles"))
    assert found(stored, "Қазақстан") == []


def test_an_article_that_the_labeller_crashes_on_keeps_its_terms(
    stored: Engine, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    label(settings)
    with transaction(stored) as connection:
        connection.execute(text("update articles set labeller_version = 'before'"))

    def crash(*_: object) -> str:
        raise RuntimeError("boom")

    monkeypatch.setattr(label_run, "terms", crash)
    label(settings)
    assert found(stored, "Қазақстан") == [("a",)]
    assert rows(stored, "select reason from articles") == [("crashed",)]
