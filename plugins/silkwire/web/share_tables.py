"""Who and what makes up the articles of the filters: shares of sources, countries, kinds and languages."""

from silkwire.web.counting import counted
from silkwire.web.counts import by_source
from silkwire.web.filters import Filters
from silkwire.web.reader import Statement
from silkwire.web.tables import Column, TableQuery, table_query

_COUNTS = (Column("counted", "Counted", "number"), Column("share", "Share", "share"))
_REPRINTS = Column("reprints", "Reprints", "number")


def shares(filters: Filters, key: str, column: str, *, many: bool = False) -> Statement:
    """Return what is counted by a column of the facts, and its share of all that the filters let through.

    With `many` the column is an array, and an article counts for each of its values: shares add up to more than 1.
    """
    where, values = filters.where()
    label = f"unnest(chosen.{column})" if many else f"chosen.{column}"
    sql = f"""
        with chosen as materialized (
            select facts.{column}, facts.is_reprint, count(*) as articles
            from marts.article_facts as facts
            where {where}
            group by facts.{column}, facts.is_reprint
        ),
        labelled as (select {label} as {key}, chosen.is_reprint, chosen.articles from chosen)
        select
            facts.{key},
            coalesce(sum(facts.articles) filter (where {counted(filters)}), 0)::bigint as counted,
            coalesce(sum(facts.articles) filter (where {counted(filters)}), 0)::float
            / nullif((select sum(facts.articles) from chosen as facts where {counted(filters)}), 0) as share,
            coalesce(sum(facts.articles) filter (where facts.is_reprint), 0)::bigint as reprints
        from labelled as facts
        group by facts.{key}
        order by 2 desc, 4 desc, 1
    """  # noqa: S608 - the columns are ours, what a visitor wrote is in the parameters
    return sql, values


def source_shares(filters: Filters) -> Statement:
    """Return what is counted by source, with its country and kind."""
    counts, values = _by_source(filters, "counts.source_id")
    sql = f"""
        select
            counts.source_id,
            sources.source,
            sources.country as source_country,
            sources.kind as source_kind,
            counts.counted,
            counts.share,
            counts.reprints
        from ({counts}) as counts
        inner join marts.sources on counts.source_id = sources.source_id
        order by counts.counted desc, counts.reprints desc, sources.source
    """  # noqa: S608 - made of our own text
    return sql, values


def country_shares(filters: Filters) -> Statement:
    """Return what is counted by the country of its source."""
    return _by_source(filters, "sources.country", "source_country")


def kind_shares(filters: Filters) -> Statement:
    """Return what is counted by the kind of its source."""
    return _by_source(filters, "sources.kind", "source_kind")


def _by_source(filters: Filters, column: str, name: str = "source_id") -> Statement:
    counts, values = by_source(filters)
    sql = f"""
        select
            {column} as {name},
            sum(counts.counted)::bigint as counted,
            sum(counts.counted)::float / nullif(sum(sum(counts.counted)) over (), 0) as share,
            sum(counts.reprints)::bigint as reprints
        from (
            select found.source_id, sum(found.counted) as counted, sum(found.reprints) as reprints
            from ({counts}) as found
            group by found.source_id
        ) as counts
        inner join marts.sources on counts.source_id = sources.source_id
        group by {column}
        order by 2 desc, 4 desc, 1
    """  # noqa: S608 - the columns are ours, what a visitor wrote is in the parameters
    return sql, values


def _by(name: str, title: str, first: Column, column: str, note: str = "", limit: int = 15) -> TableQuery:  # noqa: PLR0913
    many = column in ("countries", "regions", "topics", "watch_topics", "mentioned_regions")
    return table_query(
        name,
        title,
        (first, *_COUNTS, _REPRINTS),
        lambda filters: shares(filters, first.name, column, many=many),
        note=note,
        limit=limit,
    )


SOURCES = table_query(
    "source-shares",
    "Sources",
    (
        Column("source", "Source", "source"),
        Column("source_country", "Country", "country"),
        Column("source_kind", "Kind"),
        *_COUNTS,
        _REPRINTS,
    ),
    source_shares,
    note="Who published them; country and kind are those of the list of sources.",
    limit=15,
)
SOURCE_COUNTRIES = table_query(
    "source-country-shares",
    "Countries of the sources",
    (Column("source_country", "Country", "country"), *_COUNTS, _REPRINTS),
    country_shares,
    limit=15,
)
SOURCE_KINDS = table_query(
    "source-kind-shares",
    "State or independent",
    (Column("source_kind", "Kind"), *_COUNTS, _REPRINTS),
    kind_shares,
    limit=15,
)
LANGUAGES = _by("language-shares", "Languages", Column("language", "Language", "language"), "language")
COUNTRIES = _by(
    "country-shares",
    "Countries they are about",
    Column("country", "Country", "country"),
    "countries",
    note="An article about two countries counts for both.",
)
