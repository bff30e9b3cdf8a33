"""Reads the tables of ours: a row a line, columns by tabs, `#` before a remark."""

from importlib.resources.abc import Traversable


def table_rows(path: Traversable) -> list[list[str]]:
    """Return the columns of each row of a table."""
    lines = path.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
