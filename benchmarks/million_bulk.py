"""Loading in bulk: plain rows by COPY, into tables whose indexes and keys are made afterwards."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, Engine, text

from silkwire.warehouse.engine import transaction

Row = tuple[object, ...]

# Foreign keys stand on the others, so they go first and come last.
_CONSTRAINTS = """
    select conname as name, conrelid::regclass::text as table_name, pg_get_constraintdef(oid) as definition
    from pg_constraint
    where conrelid = any(cast(:tables as regclass[])) and contype in ('p', 'u', 'f')
    order by contype != 'f', conname
"""
_INDEXES = """
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index
    left join pg_constraint on indexrelid = conindid and contype in ('p', 'u')
    where indrelid = any(cast(:tables as regclass[])) and conindid is null
    order by 1
"""


def copy_rows(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Copy rows of plain values into a table."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(table), names)
    cursor: Any = connection.connection.cursor()
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def without_indexes(engine: Engine, tables: Sequence[str]) -> Iterator[None]:
    """Fill tables that have no index and no key meanwhile: what is made at once takes a third of what grows row by row.

    At the end each is there again under its name, and so every row was checked against it. After an error they are not.
    """
    with transaction(engine) as connection:
        asked = {"tables": list(tables)}
        constraints = connection.execute(text(_CONSTRAINTS), asked).mappings().all()
        indexes = connection.execute(text(_INDEXES), asked).mappings().all()
        for each in constraints:
            connection.execute(text(f"alter table {each['table_name']} drop constraint {each['name']}"))
        for each in indexes:
            connection.execute(text(f"drop index {each['name']}"))
    yield
    for each in indexes:
        _make(engine, each["definition"])
    for each in reversed(constraints):
        _make(engine, f"alter table {each['table_name']} add constraint {each['name']} {each['definition']}")


def _make(engine: Engine, definition: str) -> None:
    with transaction(engine) as connection:
        connection.execute(text("set local maintenance_work_mem = '512MB'"))
        connection.exec_driver_sql(definition)
