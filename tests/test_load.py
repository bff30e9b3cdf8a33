"""Batch loads: what is written, what is kept, and that any text and value gets through."""

from typing import Any

import pytest
from sqlalchemy import Engine, insert, select

from silkwire.warehouse.engine import transaction
from silkwire.warehouse.load import copy_rows, upsert
from silkwire.warehouse.tables import feeds, links, runs, sources
from tests.conftest import NOW
from tests.flow import rows


def source(key: str, name: str = "Name", **changes: object) -> dict[str, Any]:
    return {"id": key, "name": name, "url": "https://s.example/", "country": None, "added_at": NOW} | changes


def link(key: str, **changes: object) -> dict[str, Any]:
    return {
        "id": key,
        "feed_id": "f",
        "source_id": "s",
        "host": "s.example",
        "url": f"https://s.example/{key}",
        "guid": None,
        "title": "",
        "summary": "",
        "authors": [],
        "published_at": None,
        "discovered_at": NOW,
    } | changes


@pytest.fixture
def fed(engine: Engine) -> Engine:
    """A warehouse with a source and a feed for links to name."""
    feed = {"id": "f", "source_id": "s", "url": "https://s.example/rss", "host": "s.example"}
    with transaction(engine) as connection:
        connection.execute(insert(sources).values(source("s")))
        connection.execute(insert(feeds).values(**feed, added_at=NOW, next_poll_at=NOW))
    return engine


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("a\x00b", "ab"),
        ("a\ud800b", "a?b"),
        ("\udce9", "?"),
        ("tab\tline\nback\\slash \\N", "tab\tline\nback\\slash \\N"),
        ("қазақ 中文 🌍", "қазақ 中文 🌍"),
        ("", ""),
    ],
)
def test_any_text_gets_through(engine: Engine, sent: str, stored: str) -> None:
    with transaction(engine) as connection:
        upsert(connection, sources, [source("s", sent)], conflict=["id"])
    assert rows(engine, "select name from sources") == [(stored,)]


def test_a_known_row_stays_where_no_update_is_asked(engine: Engine) -> None:
    with transaction(engine) as connection:
        assert upsert(connection, sources, [source("a", "first")], conflict=["id"]) == {"a"}
        again = [source("a", "second"), source("b", "new")]
        assert upsert(connection, sources, again, conflict=["id"]) == {"b"}
    assert rows(engine, "select id, name from sources order by id") == [("a", "first"), ("b", "new")]


def test_a_known_row_takes_only_the_columns_asked_for(engine: Engine) -> None:
    with transaction(engine) as connection:
        upsert(connection, sources, [source("a", "first", country="KZ")], conflict=["id"])
        written = upsert(connection, sources, [source("a", "second", country="CN")], conflict=["id"], update=["name"])
    assert written == {"a"}
    assert rows(engine, "select name, country from sources") == [("second", "KZ")]


def test_a_row_that_the_condition_protects_is_not_told_as_written(engine: Engine) -> None:
    with transaction(engine) as connection:
        upsert(connection, sources, [source("a", "m"), source("b", "m")], conflict=["id"])
        earlier = [source("a", "a"), source("b", "z")]
        written = upsert(
            connection, sources, earlier, conflict=["id"], update=["name"], where="excluded.name < old.name"
        )
    assert written == {"a"}
    assert rows(engine, "select id, name from sources order by id") == [("a", "a"), ("b", "m")]


def test_the_same_row_twice_in_a_batch_is_stored_once(engine: Engine) -> None:
    with transaction(engine) as connection:
        assert upsert(connection, sources, [source("a"), source("a")]) == {"a"}
    assert rows(engine, "select count(*) from sources") == [(1,)]


def test_two_batches_of_one_transaction_do_not_mix(engine: Engine) -> None:
    with transaction(engine) as connection:
        assert upsert(connection, sources, [source("a")], conflict=["id"]) == {"a"}
        narrow = {name: value for name, value in source("b").items() if name != "country"}
        assert upsert(connection, sources, [narrow], conflict=["id"]) == {"b"}
    with transaction(engine) as connection:
        assert upsert(connection, sources, [source("c")], conflict=["id"]) == {"c"}
    assert rows(engine, "select id, active from sources order by id") == [("a", True), ("b", True), ("c", True)]


def test_nothing_is_stored_of_a_batch_that_fails(engine: Engine) -> None:
    with pytest.raises(Exception, match="null value"), transaction(engine) as connection:
        upsert(connection, sources, [source("a"), source("b", name=None)], conflict=["id"])  # type: ignore[arg-type]
    assert rows(engine, "select id from sources") == []


def test_arrays_times_and_nulls_come_back_as_they_went(fed: Engine) -> None:
    names = ['Zhang, "Hua"', "О'Коннор {x}", "NULL", ""]
    with transaction(fed) as connection:
        upsert(connection, links, [link("a", authors=names, published_at=NOW), link("b")], conflict=["id"])
    found = rows(fed, "select authors, published_at, guid from links order by id")
    assert found == [(names, NOW, None), ([], None, None)]


def test_documents_come_back_as_they_went(engine: Engine) -> None:
    document = {"text": 'Қытай "x" \\ \n', "at": [1, None, 2.5, True], "none": None}
    with transaction(engine) as connection:
        begun = {"started_at": NOW, "state": "running"}
        upsert(connection, runs, [{"id": "a", **begun, "report": document}], conflict=["id"])
        copy_rows(connection, runs, [{"id": "b", **begun, "report": {"x": "\x00\ud800"}}])
        upsert(connection, runs, [{"id": "c", **begun, "report": None}], conflict=["id"])
        found = list(connection.scalars(select(runs.c.report).order_by(runs.c.id)))
    assert found == [document, {"x": "?"}, None]
    assert rows(engine, "select id from runs where report is null") == [("c",)]
