"""The terms that articles are found by: one row an article, written by the label stage."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from silkwire.warehouse.load import upsert
from silkwire.warehouse.tables import article_terms, articles


def save(connection: Connection, found: Mapping[str, str]) -> None:
    """Store the terms of articles, by their ids the text of a `tsvector`, where they differ from what is stored."""
    query = select(articles.c.id, articles.c.discovered_at).where(articles.c.id.in_(found))
    upsert(
        connection,
        article_terms,
        [
            {"article_id": key, "discovered_at": moment, "terms": f"{found[key]} {moment_terms(moment)}"}
            for key, moment in connection.execute(query)
        ],
        conflict=["article_id"],
        update=["discovered_at", "terms"],
        where="(old.discovered_at, old.terms) is distinct from (excluded.discovered_at, excluded.terms)",
    )


def day_term(moment: datetime) -> str:
    """Return the term of all articles that were discovered on the UTC day of a moment."""
    return f"'@{moment.astimezone(UTC):%Y-%m-%d}'"


def month_term(moment: datetime) -> str:
    """Return the term of all articles that were discovered in the UTC month of a moment."""
    return f"'@{moment.astimezone(UTC):%Y-%m}'"


def moment_terms(moment: datetime) -> str:
    """Return the terms by which a search stays with the newest articles; no word begins with @."""
    return f"{day_term(moment)} {month_term(moment)}"
