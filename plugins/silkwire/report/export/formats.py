"""The formats by name: what the command line and the web app offer."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from silkwire.errors import Config
from silkwire.report.export.columns import Column, Row
from silkwire.report.export.csv_rows import write_csv
from silkwire.report.export.json_rows import write_json, write_json_lines
from silkwire.report.export.parquet_rows import write_parquet

Writer = Callable[[Sequence[Column], Iterable[Sequence[Row]]], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """How rows become bytes. `write` yields chunks as it reads batches and never holds more than a few of them."""

    name: str
    media_type: str
    suffix: str
    write: Writer
    is_binary: bool = False


FORMATS = {
    made.name: made
    for made in (
        Format("csv", "text/csv; charset=utf-8", ".csv", write_csv),
        Format("json", "application/json", ".json", write_json),
        Format("jsonl", "application/x-ndjson", ".jsonl", write_json_lines),
        Format("parquet", "application/vnd.apache.parquet", ".parquet", write_parquet, is_binary=True),
    )
}


def format_named(name: str) -> Format:
    """Return a format; raise `Config` that lists those there are."""
    if name not in FORMATS:
        raise Config(f"There is no format {name!r}. The formats are: {', '.join(FORMATS)}.")
    return FORMATS[name]
