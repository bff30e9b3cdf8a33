"""Batch loads: COPY into a staging table, then one `insert … on conflict`, inside the caller's transaction."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from psycopg import Cursor, sql
from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import JSONB

Row = Mapping[str, Any]


def upsert(  # noqa: PLR0913 - they are one statement's parts
    connection: Connection,
    table: Table,
    rows: Sequence[Row],
    *,
    conflict: Sequence[str] = (),
    update: Sequence[str] = (),
    where: str = "",
) -> set[str]:
    """Load rows that all have the same keys, columns of `table`; return the first key column of those written.

    `conflict` names the unique columns to arbitrate on (none: any), `update` the columns that an existing row takes
    from the new one (none: the existing row stays). `where` limits such updates, as SQL over `old` and `excluded`.
    Rows that conflict with each other inside one batch must not be passed together with `update`.
    """
    if not rows:
        return set()
    columns = list(rows[0])
    cursor = _cursor(connection)
    staging = sql.Identifier(f"staging_{table.name}")
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    target = sql.Identifier(table.name)
    cursor.execute(
        # "as select" and not "like": a staging table must not demand the columns that a batch leaves to their defaults.
        sql.SQL("create temp table if not exists {} on commit delete rows as select * from {} with no data").format(
            staging, target
        )
    )
    _copy(cursor, sql.SQL("copy {} ({}) from stdin").format(staging, names), table, columns, rows)
    key = sql.Identifier(next(iter(table.primary_key.columns)).name)
    cursor.execute(
        sql.SQL("insert into {} as old ({}) select {} from {} on conflict {} returning {}").format(
            target, names, names, staging, _resolution(conflict, update, where), key
        )
    )
    written = {row[0] for row in cursor.fetchall()}
    cursor.execute(sql.SQL("truncate {}").format(staging))
    return written


def copy_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Load rows that can't conflict, by COPY alone: children that were just deleted, or a benchmark's baseline."""
    if not rows:
        return
    columns = list(rows[0])
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(table.name), names)
    _copy(_cursor(connection), statement, table, columns, rows)


def _cursor(connection: Connection) -> Cursor[Any]:
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("the connection is closed")
    cursor: Cursor[Any] = driver.cursor()
    return cursor


def _copy(
    cursor: Cursor[Any], statement: sql.Composed, table: Table, columns: Sequence[str], rows: Iterable[Row]
) -> None:
    documents = [isinstance(table.columns[name].type, JSONB) for name in columns]
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(
                [
                    json.dumps(_clean(row[name]), ensure_ascii=False)
                    if document and row[name] is not None
                    else _clean(row[name])
                    for name, document in zip(columns, documents, strict=True)
                ]
            )


def clean_text(text: str) -> str:
    """Make text storable: PostgreSQL refuses NUL and lone surrogates, and the web sends both."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _clean(value: Any) -> Any:  # noqa: ANN401 - a cell is of any type
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list | tuple):
        return [_clean(part) for part in value]
    if isinstance(value, dict):
        return {key: _clean(part) for key, part in value.items()}
    return value


def _resolution(conflict: Sequence[str], update: Sequence[str], where: str) -> sql.Composable:
    names = sql.SQL(", ").join(map(sql.Identifier, conflict))
    on = sql.SQL("({}) ").format(names) if conflict else sql.SQL("")
    if not update:
        return on + sql.SQL("do nothing")
    taken = sql.SQL(", ").join(sql.SQL("{0} = excluded.{0}").format(sql.Identifier(name)) for name in update)
    condition = sql.SQL(" where ") + sql.SQL(where) if where else sql.SQL("")
    return on + sql.SQL("do update set ") + taken + condition
