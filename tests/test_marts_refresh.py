"""The refresh at the end of a run: readers go on, two at once don't mind, a failure is told; and how marts are made."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from graphlib import CycleError
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError
from typer.testing import CliRunner

from silkwire.cli import dictionary_commands
from silkwire.cli.commands import tree
from silkwire.errors import Config
from silkwire.report.publication import publish
from silkwire.settings import ROOT, get_settings
from silkwire.warehouse import runs
from silkwire.warehouse.dictionary import as_markdown, put_into, read_dictionary
from silkwire.warehouse.engine import open_engine, transaction
from silkwire.warehouse.marts import in_order, materialised, refresh
from silkwire.warehouse.migration import upgrade
from silkwire.warehouse.server import Server
from tests.conftest import NOW, connect
from tests.desk import Desk
from tests.flow import rows

PAGE = ROOT / "docs" / "warehouse.md"
COUNT = "select count(*) from marts.article_facts"


@pytest.fixture
def desk(engine: Engine) -> Desk:
    made = Desk(engine)
    made.source("a")
    made.source("b")
    made.poll("a", range(1, 6))
    made.article("1", "a", 3)
    made.article("2", "b", 2, "1")
    made.label("1", country="KZ", region="central-asia", topic="t", watch="w")
    return made


def everything(engine: Engine) -> dict[str, list[str]]:
    with transaction(engine) as connection:
        return {
            mart.name: sorted(map(str, connection.execute(text(f"select * from marts.{mart.name}"))))
            for mart in read_dictionary(connection)
            if not mart.name.startswith("run_")
        }


def test_publish_refreshes_what_dashboards_count(desk: Desk) -> None:
    assert rows(desk.engine, COUNT) == [(0,)]
    assert not [problem for problem in publish(desk.engine, "one", NOW).problems if "marts" in problem]
    assert rows(desk.engine, COUNT) == [(2,)]


def test_the_marts_are_the_same_after_a_second_publish(desk: Desk) -> None:
    publish(desk.engine, "one", NOW)
    before = everything(desk.engine)
    assert before["article_facts"]
    publish(desk.engine, "two", NOW)
    assert everything(desk.engine) == before


def test_the_marts_are_the_same_whether_refreshed_or_made_anew(desk: Desk) -> None:
    refresh(desk.engine)
    before = everything(desk.engine)
    with transaction(desk.engine) as connection:
        connection.execute(text("drop schema marts cascade"))
    upgrade(desk.engine)
    assert everything(desk.engine) == before


def test_a_reader_goes_on_reading_while_the_marts_are_refreshed(desk: Desk, warehouse_url: str) -> None:
    refresh(desk.engine)
    desk.article("3", "a", 1)
    reader_url = warehouse_url.replace("//silkwire:", "//silkwire_reader:")
    with connect(reader_url) as reader, connect(reader_url) as other:
        reader.execute("begin isolation level repeatable read")
        assert reader.execute(COUNT).fetchone() == (2,)
        refreshing = desk.engine.connect()
        with refreshing, refreshing.begin():
            refreshing.execute(text("refresh materialized view concurrently marts.article_facts"))
            other.execute("set lock_timeout = '2s'")
            assert other.execute("select sum(articles) from marts.daily_volume").fetchone() == (1,)
        assert reader.execute(COUNT).fetchone() == (2,)
        assert other.execute(COUNT).fetchone() == (3,)


def test_two_publishes_at_once_both_end_well(desk: Desk) -> None:
    together = threading.Barrier(2)

    def end(run_id: str) -> tuple[str, ...]:
        together.wait(10)
        return publish(desk.engine, run_id, NOW).problems

    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(end, ["one", "two"]))
    assert not [problem for problems in ends for problem in problems if "marts" in problem]
    assert rows(desk.engine, COUNT) == [(2,)]


def test_a_refresh_that_fails_is_told_and_the_report_is_not_lost(desk: Desk) -> None:
    with transaction(desk.engine) as connection:
        connection.execute(text("drop index marts.source_days_day_source_id_idx"))
    report = publish(desk.engine, "one", NOW)
    (told,) = [problem for problem in report.problems if "marts" in problem]
    assert told.startswith("publish: the marts could not be refreshed and are those of an earlier run: ")
    assert report.state == "failed"
    assert rows(desk.engine, COUNT) == [(0,)]
    with transaction(desk.engine) as connection:
        stored = runs.report(connection, "one")
    assert stored is not None
    assert told in stored["problems"]


def test_a_refresh_that_would_last_too_long_is_given_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("silkwire.warehouse.marts._PATIENCE", "200ms")
    with desk.engine.connect() as other, other.begin():
        other.execute(text("refresh materialized view concurrently marts.article_facts"))
        report = publish(desk.engine, "one", NOW)
    assert [problem for problem in report.problems if "statement timeout" in problem]


def test_the_pipeline_may_look_as_the_reader_does(desk: Desk) -> None:
    with desk.engine.connect() as connection, connection.begin():
        connection.execute(text("set local role silkwire_reader"))
        connection.execute(text("select * from marts.panel(current_date - 7, current_date)")).all()
        connection.execute(text("select * from marts.panel_window()")).all()
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(text("select * from public.articles"))


def test_an_owner_without_rights_over_roles_installs_the_marts_too(server: Server) -> None:
    url = server.warehouse_url.replace("silkwire:@/silkwire?", "plain:@/plain?")
    with server.connect() as connection:
        connection.execute("create role plain login")
        connection.execute("create database plain owner plain")
    try:
        engine = open_engine(url)
        upgrade(engine)
        refresh(engine)
        engine.dispose()
        with connect(url.replace("plain:@", "silkwire_reader:@")) as reader:
            assert reader.execute(COUNT).fetchone() == (0,)
    finally:
        with server.connect() as connection:
            connection.execute("drop database plain with (force)")
            connection.execute("drop role plain")


def test_a_mart_is_made_after_those_that_it_reads_from(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("-- marts.c is not meant\ncreate view marts.a as select * from marts.b")
    (tmp_path / "b.sql").write_text("create view marts.b as select * from marts.c where x = 'marts.a'")
    (tmp_path / "c.sql").write_text("create view marts.c as select 1 as x")
    assert [file.stem for file in in_order(list(tmp_path.iterdir()))] == ["c", "b", "a"]


def test_marts_that_read_from_each_other_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("create view marts.a as select * from marts.b")
    (tmp_path / "b.sql").write_text("create view marts.b as select * from marts.a")
    with pytest.raises(CycleError):
        in_order(list(tmp_path.iterdir()))


def test_what_is_materialised_is_refreshed_after_what_it_reads_from(engine: Engine) -> None:
    with transaction(engine) as connection:
        names = materialised(connection)
    assert names.index("article_facts") < names.index("source_days")


def test_every_mart_and_every_column_says_what_it_means(engine: Engine) -> None:
    with transaction(engine) as connection:
        marts = read_dictionary(connection)
    assert {mart.name for mart in marts if not mart.question.endswith("?")} == set()
    assert [f"{mart.name}.{column.name}" for mart in marts for column in mart.columns if not column.meaning] == []


def test_the_page_describes_the_columns_as_the_database_does(engine: Engine) -> None:
    page = PAGE.read_text(encoding="utf-8")
    with transaction(engine) as connection:
        marts = read_dictionary(connection)
    assert as_markdown(marts) in page, "Write it anew: silkwire db dictionary --write"
    assert put_into(page, marts) == page


def test_the_command_puts_the_dictionary_into_its_place_and_nothing_else(
    engine: Engine, warehouse_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.md"
    head, begin, end = "# Mine\n", *re.findall("<!-- The dictionary.*? -->\n", PAGE.read_text(encoding="utf-8"))
    page.write_text(f"{head}{begin}old\n{end}", encoding="utf-8")
    monkeypatch.setenv("SILKWIRE_WAREHOUSE_URL", warehouse_url)
    monkeypatch.setattr(dictionary_commands, "_PAGE", page)
    get_settings.cache_clear()
    assert CliRunner().invoke(tree(), ["db", "dictionary", "--write"]).exit_code == 0
    with transaction(engine) as connection:
        told = as_markdown(read_dictionary(connection))
    assert page.read_text(encoding="utf-8") == f"{head}{begin}\n{told}\n\n{end}"
    assert CliRunner().invoke(tree(), ["db", "dictionary"]).stdout == f"{told}\n"
    get_settings.cache_clear()


def test_a_page_without_a_place_for_the_dictionary_is_refused_with_the_lines_to_put_in() -> None:
    with pytest.raises(Config, match="no place for the dictionary"):
        put_into("# A page", [])
