"""The dictionary of the marts' columns, from the comments in the database, and its place in docs/warehouse.md."""

import re
from dataclasses import dataclass

from sqlalchemy import Connection, text

from silkwire.errors import Config

_BEGIN = "<!-- The dictionary begins. Written by: silkwire db dictionary --write -->"
_END = "<!-- The dictionary ends. -->"

_QUERY = """
    select
        relations.relname as mart,
        relations.relkind = 'm' as materialised,
        obj_description(relations.oid, 'pg_class') as question,
        columns.attname as column_name,
        format_type(columns.atttypid, columns.atttypmod) as type,
        col_description(relations.oid, columns.attnum) as meaning
    from pg_class as relations
    inner join pg_attribute as columns on columns.attrelid = relations.oid and columns.attnum > 0
    where relations.relnamespace = to_regnamespace('marts') and relations.relkind in ('v', 'm')
    order by relations.relname, columns.attnum
"""


@dataclass(frozen=True, slots=True)
class MartColumn:
    """A column of a mart: its name, PostgreSQL's name of its type, and what it means."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Mart:
    """A mart: its name without the schema, the question that it answers, and its columns in order."""

    name: str
    question: str
    materialised: bool
    columns: tuple[MartColumn, ...]


def read_dictionary(connection: Connection) -> list[Mart]:
    """Read what the database says about the marts, by name. A missing comment is an empty string."""
    found: dict[str, list[MartColumn]] = {}
    heads: dict[str, tuple[str, bool]] = {}
    for row in connection.execute(text(_QUERY)):
        heads[row.mart] = row.question or "", row.materialised
        found.setdefault(row.mart, []).append(MartColumn(row.column_name, row.type, row.meaning or ""))
    return [Mart(name, *heads[name], tuple(columns)) for name, columns in found.items()]


def as_markdown(marts: list[Mart]) -> str:
    """Draw the dictionary: a heading, the question and a table for each mart."""
    return "\n\n".join(_section(mart) for mart in marts)


def put_into(page: str, marts: list[Mart]) -> str:
    """Return a page with the dictionary between its two markers; raise `Config` where they are missing."""
    parts = re.fullmatch(f"(.*{re.escape(_BEGIN)}\n).*({re.escape(_END)}.*)", page, re.DOTALL)
    if parts is None:
        raise Config(f"docs/warehouse.md has no place for the dictionary. Put these two lines in:\n{_BEGIN}\n{_END}")
    return f"{parts[1]}\n{as_markdown(marts)}\n\n{parts[2]}"


def _section(mart: Mart) -> str:
    kept = " Materialised." if mart.materialised else ""
    rows = [f"| `{column.name}` | {column.type} | {column.meaning} |" for column in mart.columns]
    return "\n".join(
        [
            f"### marts.{mart.name}",
            "",
            f"{mart.question}{kept}",
            "",
            "| column | type | meaning |",
            "|---|---|---|",
            *rows,
        ]
    )
