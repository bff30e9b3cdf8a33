"""The checks of sql/checks: each a query that returns offending rows; empty means pass."""

from dataclasses import dataclass

from sqlalchemy import Connection

from silkwire.settings import ROOT

_CHECKS = ROOT / "sql" / "checks"
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Failed:
    """A check that found offending rows: how many, and the first few."""

    check: str
    rows: int
    examples: tuple[str, ...]


def run_checks(connection: Connection) -> list[Failed]:
    """Run every check; return those that found something."""
    failed = []
    for file in sorted(_CHECKS.glob("*.sql")):
        query = file.read_text(encoding="utf-8").replace("%", "%%")
        rows = connection.exec_driver_sql(query).mappings().fetchall()
        if rows:
            examples = tuple(", ".join(f"{key}={value}" for key, value in row.items()) for row in rows[:_SHOWN])
            failed.append(Failed(file.stem, len(rows), examples))
    return failed
