"""Exports: what is read back from each format is what the warehouse has, and no file is half or harmful."""

import io
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import psutil
import pyarrow as pa
import pytest
from pyarrow import parquet
from sqlalchemy import Engine, text

from silkwire.errors import Config
from silkwire.report.export.columns import Column, Kind, Row
from silkwire.report.export.csv_rows import write_csv
from silkwire.report.export.files import Files
from silkwire.report.export.formats import FORMATS, format_named
from silkwire.report.export.json_rows import write_json, write_json_lines
from silkwire.report.export.marts import read_marts, select_mart
from silkwire.report.export.parquet_rows import write_parquet
from silkwire.report.export.period import Period, read_period
from silkwire.report.export.snapshot import open_snapshot, stream
from tests.exporting import NAMES, SAMPLE, csv_of


@pytest.fixture
def sample(engine: Engine) -> Engine:
    with engine.begin() as connection:
        connection.exec_driver_sql(SAMPLE)
    return engine


def exported(engine: Engine, name: str, mart: str = "sample", period: Period | None = None) -> bytes:
    """A mart in a format, as the command and the web app have it."""
    with open_snapshot(engine) as connection:
        marts = read_marts(connection)
        rows = stream(connection, select_mart(marts, marts[mart], period or Period()))
        return b"".join(format_named(name).write(rows.columns, rows.batches))


def cells(column: Column, *values: object) -> list[str]:
    """The cells of one column in CSV, as a reader of CSV sees them."""
    columns = [Column("number", Kind.INTEGER), column]
    batches = [[(number, value) for number, value in enumerate(values)]]
    return [row[1] for row in csv_of(b"".join(write_csv(columns, batches)))[1:]]


def test_csv_comes_back_with_its_scripts_quotes_and_line_breaks(sample: Engine) -> None:
    header, *rows = csv_of(exported(sample, "csv"))
    assert header == NAMES
    assert rows[0] == [
        *("2026-01-01", "1", "صباح الخير، قال الوزير", "KZ; CN", "12.50", "0.25", "2026-01-01T00:00:00+00:00", "true"),
        *('{"text": "新疆", "start": 3}', "2.5", "-7.125"),
    ]
    assert rows[1][1:6] == ["-2", '新疆 "引号"\nsecond, line', "a,b; ", "-3.10", "-0.5"]
    assert rows[2][1] == "9007199254740993"
    assert rows[3] == [""] * len(NAMES)


def test_csv_begins_with_the_mark_that_excel_needs_and_ends_lines_as_the_standard_says(sample: Engine) -> None:
    data = exported(sample, "csv")
    assert data.startswith(b"\xef\xbb\xbfday,")
    assert data.endswith(b"\r\n")


def test_csv_tells_null_from_an_empty_text() -> None:
    columns = [Column("a"), Column("b")]
    assert b"".join(write_csv(columns, [[("", None)]])).endswith(b'\r\n"",\r\n')
    assert csv_of(b"".join(write_csv([Column("a")], [[(None,), ("x",)]]))) == [["a"], [""], ["x"]]


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_json_comes_back_as_it_is_stored(sample: Engine, name: str) -> None:
    data = exported(sample, name).decode()
    rows = json.loads(data) if name == "json" else [json.loads(line) for line in data.splitlines()]
    assert [list(row) for row in rows] == [NAMES] * 4
    assert rows[0] == {
        "day": "2026-01-01",
        "articles": 1,
        "title": "صباح الخير، قال الوزير",
        "countries": ["KZ", "CN"],
        "share": 12.5,
        "score": 0.25,
        "seen_at": "2026-01-01T00:00:00+00:00",
        "is_reprint": True,
        "evidence": {"text": "新疆", "start": 3},
        "mean": 2.5,
        "ratio": -7.125,
    }
    assert rows[1]["title"] == '新疆 "引号"\nsecond, line'
    assert rows[1]["countries"] == ["a,b", None]
    assert (rows[2]["articles"], rows[2]["title"], rows[2]["countries"]) == (9007199254740993, "", [])
    assert set(rows[3].values()) == {None}
    assert "新疆" in data, "letters are letters, not escapes"


def test_parquet_comes_back_with_its_types(sample: Engine) -> None:
    table = parquet.read_table(io.BytesIO(exported(sample, "parquet")))
    assert {field.name: field.type for field in table.schema} == {
        "day": pa.date32(),
        "articles": pa.int64(),
        "title": pa.string(),
        "countries": pa.list_(pa.string()),
        # Values of a list have no precision of their own in a view.
        "share": pa.float64(),
        "score": pa.float32(),
        "seen_at": pa.timestamp("us", tz="UTC"),
        "is_reprint": pa.bool_(),
        "evidence": pa.string(),
        "mean": pa.float64(),
        "ratio": pa.float64(),
    }
    rows = table.to_pylist()
    assert rows[0]["seen_at"] == datetime(2026, 1, 1, tzinfo=UTC)
    assert json.loads(rows[0]["evidence"]) == {"text": "新疆", "start": 3}
    assert rows[1]["title"] == '新疆 "引号"\nsecond, line'
    assert rows[1]["countries"] == ["a,b", None]
    assert (rows[2]["articles"], rows[2]["title"], rows[2]["countries"]) == (9007199254740993, "", [])
    assert set(rows[3].values()) == {None}


def test_a_bounded_numeric_is_an_exact_decimal(engine: Engine) -> None:
    with open_snapshot(engine) as connection:
        rows = stream(connection, text("select 1.10::numeric(8, 2) as share, 0.3::real as score"))
        data = b"".join(write_parquet(rows.columns, rows.batches))
    table = parquet.read_table(io.BytesIO(data))
    assert [field.type for field in table.schema] == [pa.decimal128(8, 2), pa.float32()]
    assert table.to_pylist()[0]["share"] == Decimal("1.10")


@pytest.mark.parametrize(
    "formula",
    [
        *(
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            "\u3000=1",
            "\u00a0-1",
            "\u200b=1",
            "\u200f=1",
        ),
        *(
            "\ufeff=1",
            "＝1",
            "＋1",
            "－1",
            "＠a",
            " ＝1",
            "\x00=1",
            "\ttext",
            "=cmd|' /C calc'!A0",
            '=HYPERLINK("x","y")',
        ),
    ],
)
def test_a_text_that_would_run_as_a_formula_gets_an_apostrophe(formula: str) -> None:
    # What follows a line break or a tab is a cell of its own where those quotes do not hold.
    shown = re.sub("(?<=[\t\r\n])=", "'=", formula.replace("\x00", "\ufffd"))
    assert cells(Column("title"), formula) == [f"'{shown}"]
    assert cells(Column("countries", is_list=True), [formula]) == [f"'{shown}"]
    assert cells(Column("countries", is_list=True), ["KZ", formula]) == [f"KZ; '{shown}"]
    assert json.loads(b"".join(write_json([Column("title")], [[(formula,)]]))) == [{"title": formula}]


@pytest.mark.parametrize("gap", [";", "; ", ";\u200b", "\t", "\n", "\r\n ", "';", '";', ";;"])
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝"])
def test_no_formula_begins_where_the_separator_is_a_semicolon_or_a_tab_either(gap: str, sign: str) -> None:
    written = f"Uranium prices{gap}{sign}HYPERLINK(A1){gap}rise"
    for column, value in ((Column("title"), written), (Column("topics", is_list=True), ["KZ", written, written])):
        data = b"".join(write_csv([column, column], [[(value, value)]])).decode("utf-8-sig")
        for cell in re.split("[;,\t\r\n]", data):
            assert cell.strip(' "\u200b')[:1] not in ("=", "+", "-", "@", "＝"), data


def test_numbers_days_and_plain_words_get_none() -> None:
    assert cells(Column("n", Kind.INTEGER), -5) == ["-5"]
    assert cells(Column("n", Kind.NUMERIC), Decimal("-1.50")) == ["-1.50"]
    assert cells(Column("n", Kind.DOUBLE), -1e-9) == ["-1e-09"]
    assert cells(Column("day", Kind.DATE), date(2026, 1, 2)) == ["2026-01-02"]
    words = ["a=b", "C-3", "1-2", "'quoted'", "Қазақстан — Қытай", "«=»", "#=1"]
    assert cells(Column("title"), *words) == words


def test_a_heading_that_is_a_formula_is_harmless_too() -> None:
    assert csv_of(b"".join(write_csv([Column("=1"), Column("b")], [])))[0] == ["'=1", "b"]


def test_broken_characters_break_no_row_in_any_format() -> None:
    columns, rows = [Column("a"), Column("b")], [("x\x00\x1ay\ud800", "\ud83d\ude00\u2028z"), ("second", "row")]
    assert csv_of(b"".join(write_csv(columns, [rows])))[1:] == [["x��y�", "😀\u2028z"], ["second", "row"]]
    found = [json.loads(line) for line in b"".join(write_json_lines(columns, [rows])).decode().splitlines()]
    assert found == [{"a": "x\x00\x1ay�", "b": "😀\u2028z"}, {"a": "second", "b": "row"}]
    table = parquet.read_table(io.BytesIO(b"".join(write_parquet(columns, [rows]))))
    assert table.to_pylist() == found


def test_what_json_has_no_number_for_is_null() -> None:
    columns = [Column("a", Kind.DOUBLE), Column("b", Kind.NUMERIC), Column("c", Kind.DOUBLE, is_list=True)]
    row = (float("nan"), Decimal("NaN"), [float("inf"), 1.5])
    assert json.loads(b"".join(write_json(columns, [[row]]))) == [{"a": None, "b": None, "c": [None, 1.5]}]
    digits = b"".join(write_json_lines([Column("b", Kind.NUMERIC)], [[(Decimal("12345678901234567890.12"),)]]))
    assert b": 12345678901234567890.12}" in digits


def test_an_answer_without_rows_is_a_whole_file(sample: Engine) -> None:
    never = Period(since=date(2030, 1, 1))
    assert csv_of(exported(sample, "csv", period=never)) == [NAMES]
    assert json.loads(exported(sample, "json", period=never)) == []
    assert exported(sample, "jsonl", period=never) == b""
    table = parquet.read_table(io.BytesIO(exported(sample, "parquet", period=never)))
    assert (table.num_rows, table.column_names) == (0, NAMES)


@pytest.mark.parametrize("name", FORMATS)
def test_the_first_bytes_come_before_all_is_read(name: str) -> None:
    read = 0

    def batches() -> Iterator[Sequence[Row]]:
        nonlocal read
        for _ in range(1000):
            read += 1
            yield [(str(read) * 1000,)] * 100

    chunks = format_named(name).write([Column("title")], batches())
    size = 0
    while not size:
        size = len(next(chunks))
    assert read <= 1
    while size < 2**20 and name != "parquet":
        size += len(next(chunks))
    assert read < 100


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_memory_stays_flat_over_300_000_rows(engine: Engine, name: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("""
            create view marts.many as
            select number, repeat(md5(number::text), 10) as title, array['KZ', 'CN'] as countries, now() as seen_at,
                jsonb_build_object('text', md5(number::text)) as evidence
            from generate_series(1, 300000) as number
        """)
    process = psutil.Process()
    exported(engine, name, "sources")  # so that what is loaded once is not counted
    before = peak = process.memory_info().rss
    size = 0
    for chunk in exported_rows(engine, "many", name):
        size += len(chunk)
        peak = max(peak, process.memory_info().rss)
    assert size > 10 * 2**20
    assert peak - before < 150 * 2**20


def exported_rows(engine: Engine, mart: str, name: str) -> Iterator[bytes]:
    with open_snapshot(engine) as connection:
        marts = read_marts(connection)
        rows = stream(connection, select_mart(marts, marts[mart], Period()))
        yield from format_named(name).write(rows.columns, rows.batches)


def days(data: bytes) -> list[str | None]:
    return [row["day"] for row in json.loads(data)]


def test_since_and_until_are_both_included(sample: Engine) -> None:
    found = exported(sample, "json", period=Period(date(2026, 1, 2), date(2026, 1, 31)))
    assert days(found) == ["2026-01-02", "2026-01-31"]
    assert days(exported(sample, "json", period=Period(until=date(2026, 1, 1)))) == ["2026-01-01"]
    assert days(exported(sample, "json", period=Period(until=date.max))) == ["2026-01-01", "2026-01-02", "2026-01-31"]


def test_a_mart_without_a_day_goes_by_its_moment_to_the_end_of_the_last_day(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("""
            create view marts.moments as select * from (values
                (1, timestamptz '2026-01-01 23:59:59.9Z'), (2, timestamptz '2026-01-02 00:00+00')
            ) as rows (number, discovered_at)
        """)
    first = exported(engine, "json", "moments", Period(until=date(2026, 1, 1)))
    second = exported(engine, "json", "moments", Period(since=date(2026, 1, 2)))
    assert [row["number"] for row in json.loads(first)] == [1]
    assert [row["number"] for row in json.loads(second)] == [2]


@pytest.mark.parametrize(
    ("written", "meant"), [("2026-01-31", date(2026, 1, 31)), ("30d", date(2026, 10, 25)), ("0d", date(2026, 11, 24))]
)
def test_a_day_is_written_out_or_counted_back(written: str, meant: date) -> None:
    assert read_period(written, None, date(2026, 11, 24)).since == meant


@pytest.mark.parametrize("written", ["yesterday", "2026-02-30", "01.02.2026", "99999999d", "-3d", ""])
def test_what_is_no_day_is_refused_with_the_way_to_write_one(written: str) -> None:
    with pytest.raises(Config, match=r"--until .* Write 2026-01-31"):
        read_period(None, written, date(2026, 11, 24))


def test_a_period_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(Config, match="is after --until"):
        read_period("2026-02-01", "2026-01-01", date(2026, 11, 24))


def test_a_file_that_can_not_be_finished_leaves_the_old_one_and_no_other(tmp_path: Path) -> None:
    def broken() -> Iterable[bytes]:
        yield b"new"
        raise Config("no more")

    old = tmp_path / "a.csv"
    old.write_bytes(b"old")
    with pytest.raises(Config), Files() as files:  # noqa: PT012 - the second file must fail after the first
        files.write(tmp_path / "b.csv", [b"whole"])
        files.write(old, broken())
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert old.read_bytes() == b"old"


def test_a_link_laid_out_for_the_unfinished_file_is_not_written_through(tmp_path: Path) -> None:
    victim, place = tmp_path / "victim", tmp_path / "out.csv"
    victim.write_bytes(b"mine")
    (tmp_path / f".out.csv.{os.getpid()}.partial").symlink_to(victim)
    with Files() as files:
        files.write(place, [b"data"])
    assert (victim.read_bytes(), place.read_bytes(), place.is_symlink()) == (b"mine", b"data", False)


def test_a_place_that_can_not_be_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to(tmp_path / "b.csv")
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    for place in (tmp_path / "a.csv", tmp_path / ("x" * 300), tmp_path / "none" / "x.csv", tmp_path):
        with pytest.raises(Config, match="can't be written"), Files() as files:
            files.write(place, [b"data"])


def test_a_full_disk_is_said_so_and_a_device_is_never_replaced() -> None:
    full = Path("/dev/full")
    with pytest.raises(Config, match="No space left"), Files() as files:
        files.write(full, [b"x"])
    assert full.is_char_device()


def test_a_snapshot_sees_one_moment_and_writes_nothing(sample: Engine) -> None:
    with open_snapshot(sample) as connection:
        before = connection.scalar(text("select count(*) from public.sources"))
        with sample.begin() as other:
            other.execute(text("insert into sources (id, name, url, added_at) values ('a', 'A', 'x', now())"))
        assert connection.scalar(text("select count(*) from public.sources")) == before
        assert connection.scalar(text("show transaction_read_only")) == "on"
