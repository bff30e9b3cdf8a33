"""Tables by name: what a page shows of a query, and what its download has, are one definition."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from silkwire.web.filters import Filters
from silkwire.web.reader import Reader, Statement

# How a cell is drawn; `data` is in downloads alone. templates/cells.html has one macro for each.
Kind = Literal[
    "text", "number", "share", "change", "day", "time", "title", "address", "language", "country", "countries",
    "region", "regions", "topic", "topics", "watch", "watches", "source", "state", "trend", "pair", "data",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the query and in downloads, its heading on a page, and how its cells are drawn."""

    name: str
    title: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class TableQuery:
    """A table that pages show the first `limit` rows of, and that downloads whole.

    `statement` gives its SQL, ordered and without a limit. `note` says what a row is, for who reads the page.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    statement: Callable[[Filters], Statement]
    note: str = ""
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Table:
    """What a page shows of a table. `more` says that there are further rows."""

    query: TableQuery
    filters: Filters
    rows: Sequence[Mapping[Any, Any]]
    more: bool
    offset: int = 0


_TABLES: dict[str, TableQuery] = {}


def table_query(  # noqa: PLR0913 - the parts of a table
    name: str,
    title: str,
    columns: Sequence[Column],
    statement: Callable[[Filters], Statement],
    note: str = "",
    limit: int = 50,
) -> TableQuery:
    """Make a table known by its name, which its downloads are addressed by."""
    query = TableQuery(name, title, tuple(columns), statement, note, limit)
    if name in _TABLES:
        raise ValueError(f"there are two tables {name!r}")
    _TABLES[name] = query
    return query


def find_table(name: str) -> TableQuery | None:
    """Return a table by its name, None where there is none."""
    return _TABLES.get(name)


def table_names() -> list[str]:
    """Return the names of all tables, sorted."""
    return sorted(_TABLES)


def show(query: TableQuery, reader: Reader, filters: Filters, offset: int = 0) -> Table:
    """Read as many rows of a table as a page shows, from `offset` on."""
    sql, values = query.statement(filters)
    limited = f"{sql}\nlimit :page_limit offset :page_offset"
    rows = reader.rows((limited, {**values, "page_limit": query.limit + 1, "page_offset": offset}))
    return Table(query, filters, rows[: query.limit], more=len(rows) > query.limit, offset=offset)
