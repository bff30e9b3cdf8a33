"""The columns of a query: what PostgreSQL says of their names and types."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from psycopg.postgres import types

Row = Sequence[object]


class Kind(StrEnum):
    """The types that formats tell apart. Whatever is none of the others is text."""

    TEXT = "text"
    INTEGER = "integer"
    REAL = "real"
    DOUBLE = "double"
    NUMERIC = "numeric"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"  # a moment, in UTC
    LOCAL_TIME = "local_time"  # a clock and a day without a zone
    JSON = "json"


_KINDS = {
    "int2": Kind.INTEGER,
    "int4": Kind.INTEGER,
    "int8": Kind.INTEGER,
    "oid": Kind.INTEGER,
    "float4": Kind.REAL,
    "float8": Kind.DOUBLE,
    "numeric": Kind.NUMERIC,
    "bool": Kind.BOOLEAN,
    "date": Kind.DATE,
    "timestamptz": Kind.TIME,
    "timestamp": Kind.LOCAL_TIME,
    "json": Kind.JSON,
    "jsonb": Kind.JSON,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a query; `precision` and `scale` are those of a numeric that has them."""

    name: str
    kind: Kind = Kind.TEXT
    is_list: bool = False
    precision: int | None = None
    scale: int | None = None


def columns_of(description: Sequence[Any]) -> tuple[Column, ...]:
    """Read the description of a psycopg cursor, before the first row is fetched."""
    return tuple(_column(told) for told in description)


def _column(told: Any) -> Column:  # noqa: ANN401 - psycopg.Column, which SQLAlchemy hands on untyped
    info = types.get(told.type_code)
    if info is None:
        return Column(told.name)
    kind = _KINDS.get(info.name, Kind.TEXT)
    return Column(told.name, kind, told.type_code == info.array_oid, told.precision, told.scale)
