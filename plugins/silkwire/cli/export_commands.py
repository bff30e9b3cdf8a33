"""`export`: articles and marts as CSV, JSON, JSON Lines or Parquet, on standard output or in files."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from sqlalchemy import Connection, Select

from silkwire.cli.app import app
from silkwire.cli.output import AsJson, console, print_json
from silkwire.errors import Config
from silkwire.report.export.columns import Row
from silkwire.report.export.files import Files, make_folder
from silkwire.report.export.formats import FORMATS, Format, format_named
from silkwire.report.export.marts import Marts, count_undated, mart_named, read_marts, select_articles, select_mart
from silkwire.report.export.period import Period, read_period
from silkwire.report.export.snapshot import open_snapshot, stream
from silkwire.settings import get_settings
from silkwire.stages import utc_now
from silkwire.warehouse.engine import open_engine
from silkwire.warehouse.server import warehouse_url

export_app = typer.Typer(no_args_is_help=True, help=f"Articles and marts as {', '.join(FORMATS)}.")
app.add_typer(export_app, name="export")

Since = Annotated[str | None, typer.Option(help="The first day (UTC), 2026-01-01, or 30d: 30 days before today.")]
Until = Annotated[str | None, typer.Option(help="The last day (UTC), which is included; written as --since.")]
FormatName = Annotated[
    str | None, typer.Option("--format", help=f"{', '.join(FORMATS)}; where not given, by the output's name, else csv.")
]
Output = Annotated[str | None, typer.Option(help="A file, or - for standard output, which is the default.")]
Undated = Annotated[bool, typer.Option(help="Keep rows that nothing dates, which --since and --until leave out.")]

_STDOUT = "-"


@dataclass(frozen=True, slots=True)
class _Written:
    """A file of an export."""

    file: str
    rows: int
    bytes: int


@export_app.command("articles")
def articles_command(  # noqa: PLR0913 - they are the command's options
    *,
    since: Since = None,
    until: Until = None,
    format_name: FormatName = None,
    output: Output = None,
    text: Annotated[bool, typer.Option("--text", help="With the text of each article.")] = False,
    undated: Undated = False,
    as_json: AsJson = False,
) -> None:
    """Write the articles of a period with their labels, one row an article."""
    period = read_period(since, until, utc_now().date())
    chosen = _format(format_name, output)
    _check_output(chosen, output, as_json=as_json)
    with _snapshot() as (connection, marts):
        query = select_articles(marts, period, undated=undated, with_text=text)
        left_out = {} if undated else _undated(connection, marts, ["articles"], period)
        written = _send(connection, query, chosen, output)
    _tell(written, left_out, as_json=as_json)


@export_app.command("marts")
def marts_command(  # noqa: PLR0913 - they are the command's options
    *,
    since: Since = None,
    until: Until = None,
    format_name: FormatName = None,
    output: Annotated[
        str | None, typer.Option(help="A folder; with --mart a file, or - for standard output, which is the default.")
    ] = None,
    mart: Annotated[str | None, typer.Option(help="This one alone.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the marts there are, and write nothing.")] = False,
    undated: Undated = False,
    as_json: AsJson = False,
) -> None:
    """Write every mart into a folder, a file each, all of the same moment; or one of them."""
    period = read_period(since, until, utc_now().date())
    if listed:
        _list_marts(as_json=as_json)
        return
    if mart is None:
        folder, chosen = _folder(output), format_named(format_name or "csv")
        with _snapshot() as (connection, marts):
            names = [name for name, one in marts.items() if not one.is_search_index]
            left_out = {} if undated else _undated(connection, marts, names, period)
            queries = {name: select_mart(marts, marts[name], period, undated=undated) for name in names}
            written = _write_folder(connection, queries, chosen, folder)
    else:
        chosen = _format(format_name, output)
        _check_output(chosen, output, as_json=as_json)
        with _snapshot() as (connection, marts):
            query = select_mart(marts, mart_named(marts, mart), period, undated=undated)
            left_out = {} if undated else _undated(connection, marts, [mart], period)
            written = _send(connection, query, chosen, output)
    _tell(written, left_out, as_json=as_json)


@contextmanager
def _snapshot() -> Iterator[tuple[Connection, Marts]]:
    with warehouse_url(get_settings()) as url:
        engine = open_engine(url)
        try:
            with open_snapshot(engine) as connection:
                yield connection, read_marts(connection)
        finally:
            engine.dispose()


def _format(name: str | None, output: str | None) -> Format:
    """Return the format that was named, or else the one that the output's name ends in, or else CSV."""
    suffix = "" if output in (None, _STDOUT) else Path(str(output)).suffix.lower()
    if name is not None or not suffix:
        return format_named(name or "csv")
    for one in FORMATS.values():
        if one.suffix == suffix:
            return one
    raise Config(f"The name {output} tells no format. Add --format with one of: {', '.join(FORMATS)}.")


def _check_output(chosen: Format, output: str | None, *, as_json: bool) -> None:
    if output not in (None, _STDOUT):
        return
    if as_json:
        raise Config("--json tells what was written to files. Add --output FILE; for rows as JSON: --format json.")
    if chosen.is_binary and sys.stdout.isatty():
        raise Config(f"A terminal can't show {chosen.name}. Add --output FILE{chosen.suffix}, or send it to a pipe.")


def _folder(output: str | None) -> Path:
    if output in (None, _STDOUT):
        raise Config("Every mart is a file of its own. Add --output FOLDER, or --mart NAME for one of them.")
    folder = Path(str(output))
    make_folder(folder)
    return folder


def _send(
    connection: Connection, query: Select[tuple[object, ...]], chosen: Format, output: str | None
) -> list[_Written]:
    """Write the answer to a query into one file, or to standard output."""
    if output is None or output == _STDOUT:
        _print_bytes(_chunks(connection, query, chosen)[0])
        return []
    with Files() as files:
        return [_write(files, connection, query, chosen, Path(output))]


def _write_folder(
    connection: Connection, queries: Mapping[str, Select[tuple[object, ...]]], chosen: Format, folder: Path
) -> list[_Written]:
    """Write a file for each query; they take their places together."""
    with Files() as files:
        return [
            _write(files, connection, query, chosen, folder / f"{name}{chosen.suffix}")
            for name, query in queries.items()
        ]


def _write(
    files: Files, connection: Connection, query: Select[tuple[object, ...]], chosen: Format, path: Path
) -> _Written:
    chunks, counted = _chunks(connection, query, chosen)
    size = files.write(path, chunks)
    return _Written(str(path), counted.rows, size)


def _chunks(
    connection: Connection, query: Select[tuple[object, ...]], chosen: Format
) -> tuple[Iterator[bytes], "_Counted"]:
    rows = stream(connection, query)
    counted = _Counted(rows.batches)
    return chosen.write(rows.columns, counted), counted


class _Counted:
    """Batches that are counted as they pass."""

    def __init__(self, batches: Iterable[Sequence[Row]]) -> None:
        self._batches = batches
        self.rows = 0

    def __iter__(self) -> Iterator[Sequence[Row]]:
        for batch in self._batches:
            self.rows += len(batch)
            yield batch


def _print_bytes(chunks: Iterable[bytes]) -> None:
    """Write chunks to standard output as they come, until its reader has seen enough."""
    for chunk in chunks:
        try:
            sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
        except OSError as error:
            # Python would complain when it flushes at exit; give it somewhere to flush to.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            if isinstance(error, BrokenPipeError):
                return
            raise Config(f"Standard output can't be written: {error.strerror}.") from error


def _undated(connection: Connection, marts: Marts, names: Sequence[str], period: Period) -> dict[str, int]:
    """Count by mart the rows that a period leaves out for want of a day."""
    if period.is_open:
        return {}
    counts = {name: count_undated(connection, marts, marts[name]) for name in names}
    return {name: count for name, count in counts.items() if count}


def _tell(written: Sequence[_Written], left_out: Mapping[str, int], *, as_json: bool) -> None:
    """Say on standard error what was written and what was not: standard output is for data."""
    if as_json:
        print_json({"files": written, "undated": left_out})
        return
    for file in written:
        typer.echo(f"{file.file}: {file.rows} rows, {file.bytes} bytes", err=True)
    if left_out:
        counts = ", ".join(f"{count} of {name}" for name, count in left_out.items())
        typer.echo(f"Rows left out because nothing dates them: {counts}. Keep them with --undated.", err=True)


def _list_marts(*, as_json: bool) -> None:
    with _snapshot() as (_, marts):
        pass
    if as_json:
        print_json(
            [
                {"mart": mart.name, "filtered_by": mart.filtered_by, "columns": dict(mart.columns)}
                for mart in marts.values()
            ]
        )
        return
    listing = Table("mart", "--since by", "columns", header_style="bold")
    for mart in marts.values():
        listing.add_row(mart.name, mart.filtered_by or "", ", ".join(mart.columns))
    console.print(listing)
