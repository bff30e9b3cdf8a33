"""Finding articles by a `tsquery`, the newest first, over marts alone and in bounded time.

An index of terms gives its articles in no order, and a walk by time reads the terms of each article it passes. So a
search asks the index for the newest 20,000 articles first, and for more only where these have too few: days and months
of discovery are terms like others. docs/search.md has the figures.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, text

from silkwire.warehouse.terms import day_term, month_term

MOST_COUNTED = 1_000
FEW = 5_000
"""Articles that are looked up one by one without a pause that anybody would notice."""
_ROUNDS = (20_000, 200_000)  # of the newest articles; after them all
_PLANNER = {
    "enable_seqscan": "off",  # it thinks a look into an article's terms cheap, which are 4 KB kept aside
    "enable_hashjoin": "off",  # it takes a few hundred articles for many, and reads all facts
    "enable_mergejoin": "off",
    "jit": "off",
    "work_mem": "64MB",
    "plan_cache_mode": "force_custom_plan",
}
_FOUND = """
    with found as materialized (
        select terms.article_id, terms.discovered_at
        from marts.article_terms as terms
        where terms.terms @@ cast(:silkwire_query as tsquery)
    )

    select facts.article_id
    from found
    inner join marts.article_facts as facts on found.article_id = facts.article_id
    where {where}
    order by found.discovered_at desc, found.article_id desc
    limit :silkwire_most
"""
_FEW = """
    select terms.article_id
    from marts.article_terms as terms
    where terms.terms @@ cast(:silkwire_query as tsquery)
    limit :silkwire_most
"""
_FIRST_OF_NEWEST = """
    select
        (select max(discovered_at) from marts.article_terms) as newest,
        (select discovered_at from marts.article_terms order by discovered_at desc offset :passed limit 1) as first
"""
_SPAN = "select min(discovered_at) as oldest, max(discovered_at) as newest from marts.article_terms"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of articles found, by their ids, the newest first; `total` counts all, and stops at `MOST_COUNTED`.

    `is_more` says that there are more than `total`.
    """

    ids: tuple[str, ...]
    total: int
    is_more: bool


def find(  # noqa: PLR0913 - a search is its query, its page and its filter
    connection: Connection,
    tsquery: str,
    limit: int = 50,
    offset: int = 0,
    where: str = "true",
    params: Mapping[str, Any] | None = None,
    since: datetime | None = None,
) -> Found:
    """Return a page of the articles in `marts.article_facts` that a `tsquery` finds.

    `where` narrows them by SQL over `facts` with named parameters (`facts.language = :language`), and is never text
    that somebody typed. Articles beyond `offset` + `limit` or 1,001, whichever is more, are not looked for. `since`
    says that `where` lets none through that were discovered before its day.
    """
    most = max(MOST_COUNTED + 1, offset + limit)
    query = text(_FOUND.format(where=where))

    def ids(asked: str) -> list[str]:
        bound = {**(params or {}), "silkwire_query": asked, "silkwire_most": most}
        return list(connection.scalars(query, bound))

    found: list[str] = []
    with _planned(connection):
        for newest in _ROUNDS:
            if found and len(found) * newest < most * _ROUNDS[0]:
                break  # at this rate they would be too few again
            among = _newest(connection, newest, since)
            if among is None:
                break
            found = ids(f"({tsquery}) & {among}")
            if len(found) >= most:
                return _page(found, limit, offset)
        among = _all(connection, since)
        return _page(ids(f"({tsquery}) & {among}" if among else tsquery), limit, offset)


def find_few(connection: Connection, tsquery: str) -> tuple[str, ...] | None:
    """Return the ids of all articles that a `tsquery` finds, in no order; None where these are more than `FEW`."""
    with _planned(connection):
        found = tuple(connection.scalars(text(_FEW), {"silkwire_query": tsquery, "silkwire_most": FEW + 1}))
    return found if len(found) <= FEW else None


def _page(found: list[str], limit: int, offset: int) -> Found:
    is_more = len(found) > MOST_COUNTED
    return Found(tuple(found[offset : offset + limit]), min(len(found), MOST_COUNTED), is_more)


def _newest(connection: Connection, count: int, since: datetime | None) -> str | None:
    """Return what finds the newest articles, about so many; None where there are no more than that, since `since`."""
    newest, first = connection.execute(text(_FIRST_OF_NEWEST), {"passed": count}).one()
    return None if first is None or (since is not None and first < since) else _between(first, newest)


def _all(connection: Connection, since: datetime | None) -> str | None:
    """Return what finds the articles since `since`; None where all there are would be found, or none is that new."""
    oldest, newest = connection.execute(text(_SPAN)).one()
    return None if since is None or oldest is None or not oldest < since <= newest else _between(since, newest)


def _between(first: datetime, last: datetime) -> str:
    return f"({' | '.join(_moments(first, last))})"


def _moments(first: datetime, last: datetime) -> Iterator[str]:
    """Yield the terms of the days and months from one moment to another: days until a month begins."""
    day = first.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    while day <= last:
        if day.day == 1:
            yield month_term(day)
            day = (day + timedelta(days=31)).replace(day=1)
        else:
            yield day_term(day)
            day += timedelta(days=1)


@contextmanager
def _planned(connection: Connection) -> Iterator[None]:
    """Have PostgreSQL plan what it misjudges as it is measured; what was set before is set again."""
    query = text("select name, setting from pg_settings where name = any(:names)")
    before = {row.name: row.setting for row in connection.execute(query, {"names": list(_PLANNER)})}
    _set(connection, _PLANNER)
    yield  # an error ends the transaction, and with it what was set
    _set(connection, before)


def _set(connection: Connection, settings: Mapping[str, str]) -> None:
    query = text("select set_config(key, value, true) from jsonb_each_text(cast(:settings as jsonb))")
    connection.execute(query, {"settings": json.dumps(settings)})
