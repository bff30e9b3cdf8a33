"""`silkwire export` from outside: clean data on standard output, whole files, errors that say what to do."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from pyarrow import parquet
from sqlalchemy import Engine, text
from typer.testing import CliRunner, Result

from silkwire.cli.commands import tree
from silkwire.settings import get_settings
from silkwire.warehouse import marts
from tests.conftest import connect
from tests.exporting import SAMPLE, csv_of

Command = Callable[..., Result]

ARTICLES = """
insert into sources (id, name, url, country, added_at) values ('courier', 'Steppe Courier', 'x', 'KZ', now());
insert into feeds (id, source_id, url, host, added_at, next_poll_at) values ('f', 'courier', 'x', 'x', now(), now());
insert into articles (id, source_id, feed_id, url, title, text, authors, language, published_at, published_from,
    published_day, discovered_at, fetched_at, content_hash, extractor_version)
select id, 'courier', 'f', 'https://courier.example/' || id, title, 'Text of ' || title, '{}', 'ru',
    day + time '09:00' at time zone 'UTC', case when day is not null then 'meta' end, day,
    '2026-03-01 00:00Z', '2026-03-01 00:00Z', id, '1'
from (values
    ('a', '=Қазақстан', date '2026-01-01'), ('b', '新疆', date '2026-01-31'), ('c', 'بدون تاریخ', null)
) as given (id, title, day);
insert into article_countries (article_id, country, role, score, evidence, version) values
    ('a', 'KZ', 'about', 0.9, '[]', '1'), ('a', 'CN', 'about', 0.8, '[]', '1'), ('b', 'CN', 'about', 0.8, '[]', '1');
"""


@pytest.fixture
def articles(engine: Engine) -> Engine:
    with engine.begin() as connection:
        connection.exec_driver_sql(ARTICLES)
    marts.refresh(engine)
    return engine


@pytest.fixture
def sample(engine: Engine) -> Engine:
    with engine.begin() as connection:
        connection.exec_driver_sql(SAMPLE)
    return engine


@pytest.fixture
def silkwire(warehouse_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Command]:
    """Run a command in this process, where all is loaded; a test of pipes and terminals starts one of its own."""
    monkeypatch.setenv("SILKWIRE_WAREHOUSE_URL", warehouse_url)
    get_settings.cache_clear()
    yield lambda *arguments: CliRunner().invoke(tree(), arguments)
    get_settings.cache_clear()


def environment(warehouse_url: str) -> dict[str, str]:
    return os.environ | {"SILKWIRE_WAREHOUSE_URL": warehouse_url}


def told(done: Result) -> str:
    """What a command says that could not do its work: a message alone, status 1."""
    assert (done.exit_code, done.stdout) == (1, ""), done.output
    assert done.stderr.startswith("silkwire: ")
    return done.stderr


def rows_of(done: Result) -> list[dict[str, object]]:
    assert done.exit_code == 0, done
    return [json.loads(line) for line in done.stdout_bytes.splitlines()]


def test_an_article_is_a_row_with_its_labels(articles: Engine, silkwire: Command) -> None:
    rows = {row["article_id"]: row for row in rows_of(silkwire("export", "articles", "--format", "jsonl"))}
    assert set(rows) == {"a", "b", "c"}
    assert (rows["a"]["countries"], rows["a"]["day"], rows["a"]["source"]) == (
        ["KZ", "CN"],
        "2026-01-01",
        "Steppe Courier",
    )
    assert rows["c"]["day"] is None
    assert "text" not in rows["a"]
    header, *cells = csv_of(silkwire("export", "articles").stdout_bytes)
    assert header == list(rows["a"])
    assert {row[header.index("title")] for row in cells} == {"'=Қазақстан", "新疆", "بدون تاریخ"}


def test_an_article_comes_with_its_text_where_asked_for(articles: Engine, silkwire: Command) -> None:
    rows = rows_of(silkwire("export", "articles", "--text", "--format", "jsonl", "--since", "2026-01-02"))
    assert [(row["article_id"], row["text"]) for row in rows] == [("b", "Text of 新疆")]


def test_files_of_one_export_hold_the_same_articles(articles: Engine, silkwire: Command, tmp_path: Path) -> None:
    arguments = ("export", "marts", "--format", "jsonl", "--until", "2026-01-01", "--output", str(tmp_path), "--json")
    done = silkwire(*arguments)
    assert (done.exit_code, done.stderr) == (0, ""), done
    for name in ("article_facts", "articles", "article_texts", "article_labels"):
        lines = (tmp_path / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        assert {json.loads(line)["article_id"] for line in lines} == {"a"}, name
    assert json.loads(done.stdout)["undated"]["articles"] == 1
    assert not list(tmp_path.glob(".*"))


def test_every_mart_is_a_file_with_its_columns_in_its_order(
    silkwire: Command, warehouse_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "marts"
    done = silkwire("export", "marts", "--output", str(folder), "--json")
    assert (done.exit_code, done.stderr) == (0, ""), done
    listed = {
        mart["mart"]: list(mart["columns"])
        for mart in json.loads(silkwire("export", "marts", "--list", "--json").stdout)
    }
    written = {path.stem: csv_of(path.read_bytes())[0] for path in folder.iterdir()}
    with connect(warehouse_url) as connection:
        search = {
            str(name)
            for (name,) in connection.execute(
                "select attrelid::regclass::text from pg_attribute where atttypid = 'tsvector'::regtype"
            )
        }
    assert {name: columns for name, columns in listed.items() if f"marts.{name}" not in search} == written
    assert {"daily_volume", "source_health", "articles"} <= set(written)
    assert {Path(file["file"]).stem for file in json.loads(done.stdout)["files"]} == set(written)


def test_one_mart_goes_to_standard_output_and_says_what_was_left_out(sample: Engine, silkwire: Command) -> None:
    done = silkwire("export", "marts", "--mart", "sample", "--format", "jsonl", "--since", "2026-01-02")
    assert [json.loads(line)["day"] for line in done.stdout_bytes.splitlines()] == ["2026-01-02", "2026-01-31"]
    assert "1 of sample" in done.stderr
    assert "--undated" in done.stderr
    every = silkwire("export", "marts", "--mart", "sample", "--format", "jsonl", "--since", "2026-01-02", "--undated")
    assert json.loads(every.stdout_bytes.splitlines()[-1])["day"] is None
    assert every.stderr == ""


def test_a_file_takes_its_format_from_its_name_and_replaces_what_was_there(
    sample: Engine, silkwire: Command, tmp_path: Path
) -> None:
    path = tmp_path / "sample.parquet"
    path.write_bytes(b"old")
    done = silkwire("export", "marts", "--mart", "sample", "--output", str(path))
    assert (done.exit_code, done.stdout) == (0, "")
    assert "4 rows" in done.stderr
    assert parquet.read_table(path).num_rows == 4
    assert [one.name for one in tmp_path.iterdir()] == ["sample.parquet"]


def test_errors_name_the_remedy(silkwire: Command, tmp_path: Path) -> None:
    unknown = told(silkwire("export", "marts", "--mart", "daily_volumes"))
    assert "Did you mean daily_volume?" in unknown
    assert "source_health" in unknown
    assert "30d" in told(silkwire("export", "articles", "--since", "soon"))
    assert "csv, json, jsonl, parquet" in told(silkwire("export", "articles", "--format", "xlsx"))
    assert "--format" in told(silkwire("export", "articles", "--output", str(tmp_path / "a.xlsx")))
    assert "--output FOLDER" in told(silkwire("export", "marts"))
    assert "--output" in told(silkwire("export", "articles", "--json"))
    (tmp_path / "file").write_text("")
    assert "can't be written" in told(silkwire("export", "marts", "--output", str(tmp_path / "file" / "marts")))
    assert "can't be written" in told(silkwire("export", "articles", "--output", str(tmp_path / "none" / "a.csv")))
    assert "can't be written" in told(silkwire("export", "articles", "--format", "csv", "--output", str(tmp_path)))


def test_a_warehouse_without_marts_names_the_way_to_them(engine: Engine, silkwire: Command) -> None:
    with engine.begin() as connection:
        connection.execute(text("drop schema marts cascade"))
    assert "silkwire db upgrade" in told(silkwire("export", "articles"))


def test_parquet_is_not_thrown_at_a_terminal(warehouse_url: str) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "silkwire", "export", "articles", "--format", "parquet"]
    done = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, check=False, env=environment(warehouse_url))
    os.close(theirs)
    seen = b""
    with suppress(OSError):  # the end of a terminal is an error
        seen = os.read(ours, 1024)
    os.close(ours)
    assert (done.returncode, seen) == (1, b"")
    assert b"--output FILE.parquet" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_a_reader_that_leaves_ends_the_export_quietly(engine: Engine, warehouse_url: str, name: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "create view marts.long as"
            " select repeat(md5(number::text), 30) as title from generate_series(1, 100000) as number"
        )
    command = [sys.executable, "-m", "silkwire", "export", "marts", "--mart", "long", "--format", name]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(warehouse_url)
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.read(4)
        running.stdout.close()
        assert (running.wait(60), running.stderr.read()) == (0, b"")
