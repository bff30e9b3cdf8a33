"""Lists of articles: the query behind each, for pages, downloads and feeds."""

from silkwire.web.filters import Filters
from silkwire.web.reader import Reader, Statement
from silkwire.web.tables import Column, table_query

COLUMNS = (
    Column("published_at", "Published", "time"),
    Column("title", "Title", "title"),
    Column("source", "Source", "source"),
    Column("language", "Language", "language"),
    Column("regions", "Regions", "regions"),
    Column("topics", "Topics", "topics"),
    Column("watch_topics", "Watch topics", "watches"),
    Column("countries", "Countries", "countries"),
    Column("url", "Address", "address"),
)
MOST_COUNTED = 10_000
# The same as the days, in the words of the index that a list is walked by.
_LISTED = (
    "facts.listed_at >= cast(:first as timestamp) at time zone 'UTC'"
    " and facts.listed_at < cast(:last as timestamp) at time zone 'UTC' + interval '1 day'"
)
DEEPEST = 5_000  # rows that can be paged through; who wants more wants a file


def newest(filters: Filters) -> Statement:
    """Return the articles of the filters, the latest first, in the order of `listed_at` of `marts.article_facts`.

    The undated are on no day and not in it, but where the filters have every day.
    """
    where, values = filters.where(by_day=filters.every_day, one_by_one=True)
    if not filters.every_day:
        where = f"{where} and facts.day is not null and {_LISTED}"
        values |= {"first": filters.first, "last": filters.last}
    sql = f"""
        select articles.*
        from marts.article_facts as facts
        inner join marts.articles on facts.article_id = articles.article_id
        where {where}
        order by facts.listed_at desc, facts.article_id
    """  # noqa: S608 - the conditions are ours, what a visitor wrote is in the parameters
    return sql, values


def count_articles(reader: Reader, filters: Filters, most: int = MOST_COUNTED) -> int | None:
    """Return how many articles the filters have; of more than `most`, `most` + 1.

    None where they ask for words that too many articles have to look at each.
    """
    if filters.q is not None and filters.found is None:
        return None
    where, values = filters.where()
    sql = f"""
        select count(*) as articles
        from (select 1 from marts.article_facts as facts where {where} limit :most) as counted
    """  # noqa: S608 - the same
    return int(reader.value((sql, {**values, "most": most + 1})))


def read_offset(asked: str) -> int:
    """Return the row that a page begins with: a number from 0 to `DEEPEST`, 0 for anything else."""
    said = asked.strip()
    return min(int(said[:9]), DEEPEST) if said.isascii() and said.isdigit() else 0


ARTICLES = table_query(
    "articles",
    "Articles",
    COLUMNS,
    newest,
    note="The latest first. Downloads have all columns of the mart `articles`.",
)
