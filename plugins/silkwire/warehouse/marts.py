"""The marts: their files in the order in which they are made, and the refresh of those that are materialised."""

import re
from graphlib import TopologicalSorter
from pathlib import Path

from sqlalchemy import Connection, Engine, text

_COMMENT_OR_STRING = re.compile(r"--[^\n]*|'(?:[^']|'')*'")
_REFERENCE = re.compile(r"\bmarts\.(\w+)")
# A refresh that takes longer than this is given up, so that the report is still written within its task's time.
_PATIENCE = "400s"
# Sorting and joining a million rows goes to disk with the server's default of 4 MB.
_MEMORY = "64MB"


def in_order(files: list[Path]) -> list[Path]:
    """Order the files of marts so that each comes after those that it reads from. Raises `CycleError`."""
    by_name = {file.stem: file for file in sorted(files)}
    # Sorted, so that the order is the same every time.
    graph = {name: sorted(_references(file) & by_name.keys() - {name}) for name, file in by_name.items()}
    return [by_name[name] for name in TopologicalSorter(graph).static_order()]


def refresh(engine: Engine) -> None:
    """Bring the materialised marts up to date, all in one transaction, so that they agree with each other.

    Readers go on reading what was there before. A second refresh waits for the first. Errors are SQLAlchemy's own: they
    are for the report, which is written whatever happens here.
    """
    with engine.begin() as connection:
        connection.execute(text(f"set local statement_timeout = '{_PATIENCE}'"))
        connection.execute(text(f"set local work_mem = '{_MEMORY}'"))
        names = materialised(connection)
        for name in names:
            connection.execute(text(f"refresh materialized view concurrently marts.{name}"))
        for name in names:
            connection.execute(text(f"analyze marts.{name}"))


def materialised(connection: Connection) -> list[str]:
    """List the materialised marts, each after those that it reads from: in the order in which they were made."""
    query = "select relname from pg_class where relkind = 'm' and relnamespace = to_regnamespace('marts') order by oid"
    return list(connection.scalars(text(query)))


def _references(file: Path) -> set[str]:
    return set(_REFERENCE.findall(_COMMENT_OR_STRING.sub("", file.read_text(encoding="utf-8"))))
