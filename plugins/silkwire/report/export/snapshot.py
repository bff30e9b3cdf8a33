"""One view of the warehouse for all the files of an export, and its rows as a stream."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Executable, text

from silkwire.report.export.columns import Column, Row, columns_of
from silkwire.warehouse.engine import told_as_transient

# Rows fetched at once: with texts some megabytes.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a query: its columns, known at once, and its rows in batches as they are asked for."""

    columns: Sequence[Column]
    batches: Iterator[Sequence[Row]]


@contextmanager
def open_snapshot(engine: Engine) -> Iterator[Connection]:
    """Open a read-only transaction in which every query sees the same moment, while the pipeline goes on writing.

    Raises `Transient` where the server is away.
    """
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with told_as_transient(), engine.connect() as unset:
        connection = unset.execution_options(**options)
        connection.execute(text("set local time zone 'UTC'"))
        # A cursor is planned for its first tenth by default. An export reads all.
        connection.execute(text("set local cursor_tuple_fraction = 1"))
        yield connection


def stream(connection: Connection, query: Executable) -> Rows:
    """Ask a query through a cursor of the server's, so that memory does not grow with the answer."""
    result = connection.execute(query, execution_options={"yield_per": _BATCH})
    description = result.cursor.description if result.cursor is not None else None
    return Rows(columns_of(description or ()), result.partitions())
