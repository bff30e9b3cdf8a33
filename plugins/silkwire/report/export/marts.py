"""The marts that a warehouse has, as its catalogue tells, and the queries that export them."""

import difflib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, TableClause, and_, column, func, select, table, text

from silkwire.errors import Config
from silkwire.report.export.period import Period

_CATALOGUE = text("""
    select class.relname, attribute.attname, format_type(attribute.atttypid, attribute.atttypmod)
    from pg_catalog.pg_class as class
    inner join pg_catalog.pg_attribute as attribute on class.oid = attribute.attrelid
    where
        class.relnamespace = to_regnamespace('marts')
        and class.relkind in ('v', 'm', 'r', 'p', 'f')
        and attribute.attnum > 0
        and not attribute.attisdropped
    order by class.relname, attribute.attnum
""")

# What a mart is filtered by: the first of these that it has. article_id stands for the day of the article, so that the
# texts and labels of an export are those of its articles.
_FILTERS = ("day", "article_id", "discovered_at", "started_at", "missing_since")
_ARTICLE = "article_id"
# The mart that knows the day of every article at the least cost.
_DAYS = "article_facts"
_SEARCH = "tsvector"


@dataclass(frozen=True, slots=True)
class Mart:
    """A table or view of the schema `marts`: its columns with PostgreSQL's names of their types, in its order."""

    name: str
    columns: Mapping[str, str]

    @property
    def filtered_by(self) -> str | None:
        """The column that a period is laid on; None where the mart knows no time, and is exported whole."""
        return next((name for name in _FILTERS if name in self.columns), None)

    @property
    def is_search_index(self) -> bool:
        """Say whether it serves the search alone: it repeats the texts in a form of the server's own."""
        return _SEARCH in self.columns.values()

    def as_table(self) -> TableClause:
        """Return it for SQLAlchemy. Its columns have no types there: the driver's values are taken as they come."""
        return table(self.name, *map(column, self.columns), schema="marts")


Marts = Mapping[str, Mart]


def read_marts(connection: Connection) -> Marts:
    """Return the marts by name; raise `Config` where there are none."""
    columns: dict[str, dict[str, str]] = defaultdict(dict)
    for mart, name, kind in connection.execute(_CATALOGUE):
        columns[mart][name] = kind
    if not columns:
        raise Config("The warehouse has no marts yet. Make them with: silkwire db upgrade")
    return {name: Mart(name, found) for name, found in columns.items()}


def mart_named(marts: Marts, name: str) -> Mart:
    """Return a mart; raise `Config` that lists those there are."""
    if name in marts:
        return marts[name]
    near = difflib.get_close_matches(name, marts, 1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise Config(
        f"There is no mart {name!r}.{hint} The marts are: {', '.join(marts)}. One that came "
        "with a newer version is made by: silkwire db upgrade"
    )


def select_mart(marts: Marts, mart: Mart, period: Period, *, undated: bool = False) -> Select[tuple[object, ...]]:
    """Select the rows of a mart that fall into a period; with `undated` those without a day too."""
    rows = mart.as_table()
    found: Select[tuple[object, ...]] = select(*rows.c)
    condition = _within(marts, mart, rows, period, undated=undated)
    if condition is not None:
        found = found.where(condition)
    if "day" in mart.columns and _ARTICLE not in mart.columns:
        # Counts are few. Articles come as they lie: to sort them holds the first one back, and their texts spill.
        names = [name for name, kind in mart.columns.items() if kind in ("text", "date") and name != "day"]
        found = found.order_by(rows.c.day, *(rows.c[name] for name in names))
    return found


def select_articles(
    marts: Marts, period: Period, *, undated: bool = False, with_text: bool = False
) -> Select[tuple[object, ...]]:
    """Select the articles of a period with their labels, one row an article; with their texts where asked for."""
    articles = mart_named(marts, "articles")
    found = select_mart(marts, articles, period, undated=undated)
    if not with_text or "text" in articles.columns:
        return found
    texts = mart_named(marts, "article_texts").as_table()
    rows = found.subquery("articles")
    return select(*rows.c, texts.c.text).select_from(rows.outerjoin(texts, rows.c.article_id == texts.c.article_id))


def count_undated(connection: Connection, marts: Marts, mart: Mart) -> int:
    """Count the rows that a period leaves out because nothing says of which day they are."""
    rows = mart.as_table()
    if mart.filtered_by == _ARTICLE and _DAYS in marts:
        days = marts[_DAYS].as_table()
        condition = rows.c.article_id.in_(select(days.c.article_id).where(days.c.day.is_(None)))
    elif mart.filtered_by == "day":
        condition = rows.c.day.is_(None)
    else:
        return 0
    return connection.scalar(select(func.count()).select_from(rows).where(condition)) or 0


def _within(
    marts: Marts, mart: Mart, rows: TableClause, period: Period, *, undated: bool
) -> ColumnElement[bool] | None:
    name = mart.filtered_by
    if period.is_open or name is None:
        return None
    if name != _ARTICLE:
        return _between(rows.c[name], period, undated=undated)
    days = mart_named(marts, _DAYS).as_table()
    return rows.c.article_id.in_(select(days.c.article_id).where(_between(days.c.day, period, undated=undated)))


def _between(moment: ColumnElement[object], period: Period, *, undated: bool) -> ColumnElement[bool]:
    """Compare a day, or a moment with the midnights in UTC: the transaction's time zone is UTC."""
    bounds = [moment >= period.since] if period.since else []
    bounds += [moment < period.end] if period.end else []
    # Until the last day that Python knows there is no bound, but a day there must be.
    within = and_(moment.is_not(None), *bounds)
    return within | moment.is_(None) if undated else within
