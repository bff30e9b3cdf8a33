"""The way to the warehouse: as the role that sees the marts alone, in transactions that can't write."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from silkwire.errors import Permanent, Transient
from silkwire.report.export.snapshot import Rows, open_snapshot, stream
from silkwire.warehouse.engine import open_engine, told_as_transient
from silkwire.warehouse.server import READER

POOL = 8  # connections that are kept
_SECONDS = 20  # a page that takes longer is given up
_MEMORY = "32MB"  # of a sort or a hash: with the default of 4, labels are grouped by sorting on disk, 5 times as slowly
_STREAM_SECONDS = 600  # a download of everything
_IDLE_SECONDS = 600  # a transaction that nobody asks anything; open, it keeps the warehouse from being cleaned
# Schema, table, column, function, the right to read one: marts of another version, or none.
_MISSING = ("3F000", "42P01", "42703", "42883", "42501")
_CANCELLED = "57014"

Statement = tuple[str, Mapping[str, Any]]
"""SQL with named parameters (`:name`) and their values."""


class Reader:
    """Reads marts. Made once a process; every call takes a connection from its pool."""

    def __init__(self, url: str) -> None:
        """`url` is the pipeline's own; each connection steps down to the reader's role."""
        self._engine: Engine = open_engine(url, pool_size=POOL)
        event.listen(self._engine, "connect", _step_down)
        event.listen(self._engine, "checkin", _stay_down)

    def rows(self, statement: Statement) -> Sequence[RowMapping]:
        """Return all rows of a query; raise `Transient` where the warehouse is away, `Permanent` without its marts."""
        with self.connection() as connection:
            return connection.execute(text(statement[0]), dict(statement[1])).mappings().all()

    def row(self, statement: Statement) -> RowMapping | None:
        """Return the first row, None where there is none."""
        found = self.rows(statement)
        return found[0] if found else None

    def value(self, statement: Statement) -> Any:  # noqa: ANN401 - a column of any type
        """Return the first column of the first row, None where there is none."""
        found = self.row(statement)
        return next(iter(found.values())) if found else None

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Lend a connection for what takes more than one query; errors are those of `rows`."""
        with self._told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            with told_as_transient():
                yield
        except Transient as error:
            if _sqlstate(error.__cause__) == _CANCELLED:
                raise Transient("That took the warehouse too long and was given up. Ask for fewer days.") from error
            raise
        except DBAPIError as error:
            if _sqlstate(error) in _MISSING:
                raise Permanent("The warehouse has no marts, or old ones. Run: silkwire db upgrade") from error
            raise

    @contextmanager
    def stream(self, statement: Statement) -> Iterator[Rows]:
        """Ask a query whose rows are fetched as they are asked for; errors are those of `rows`."""
        with self._told(), open_snapshot(self._engine) as connection:
            connection.execute(text(f"set local statement_timeout = '{_STREAM_SECONDS}s'"))
            # A list's own index gives its first rows at once; otherwise all of it is sorted before the first byte.
            connection.execute(text("set local cursor_tuple_fraction = 0.001"))
            yield stream(connection, text(statement[0]).bindparams(**statement[1]))

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()


def _sqlstate(error: BaseException | None) -> str | None:
    return getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None


def _step_down(connection: Any, record: ConnectionPoolEntry) -> None:  # noqa: ANN401, ARG001 - a listener's signature
    """Take the reader's role where the login may; whatever the role, nothing is written and nothing runs for ever."""
    before, connection.autocommit = connection.autocommit, True
    with connection.cursor() as cursor:
        cursor.execute(f"set statement_timeout = '{_SECONDS}s'")
        cursor.execute(f"set idle_in_transaction_session_timeout = '{_IDLE_SECONDS}s'")
        cursor.execute("set default_transaction_read_only = on")
        cursor.execute(f"set work_mem = '{_MEMORY}'")
        # PostgreSQL 15 does not tell the right to take a role from membership.
        right = "set" if connection.info.server_version >= 160_000 else "member"
        cursor.execute(
            "select 1 from pg_roles where rolname = %s and pg_has_role(current_user, oid, %s)", [READER, right]
        )
        if cursor.fetchone():
            cursor.execute(f"set role {READER}")
    connection.autocommit = before


def _stay_down(connection: Any, record: ConnectionPoolEntry) -> None:  # noqa: ANN401, ARG001 - a listener's signature
    """Go by the session's default again: after a download SQLAlchemy asks for transactions that may write."""
    if connection is not None and not connection.closed:
        connection.read_only = None
