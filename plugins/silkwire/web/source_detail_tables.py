"""Tables of the page of one source: its days, what it writes about, and reprints from and of it."""

from silkwire.web.filters import Filters
from silkwire.web.reader import Statement
from silkwire.web.tables import Column, table_query


def days(filters: Filters) -> Statement:
    """Return the days of the filters' source: polls, answers, what it published."""
    sql = """
        select days.day, days.polls, days.answers, days.reported, days.articles, days.reprints
        from marts.source_days as days
        where days.source_id = :source and days.day between :first and :last
        order by days.day desc
    """
    return sql, _of(filters)


def languages(filters: Filters) -> Statement:
    """Return the languages that the filters' source writes in."""
    where, values = filters.where()
    sql = f"""
        select
            facts.language,
            count(*) filter (where not facts.is_reprint) as articles,
            count(*) filter (where facts.is_reprint) as reprints
        from marts.article_facts as facts
        where {where}
        group by facts.language
        order by articles desc, reprints desc, facts.language asc
    """  # noqa: S608 - the conditions are ours, what a visitor wrote is in the parameters
    return sql, values


def regions(filters: Filters) -> Statement:
    """Return the regions that the filters' source writes about, and their share of its originals."""
    where, values = filters.where()
    sql = f"""
        with written as (
            select facts.regions from marts.article_facts as facts where {where} and not facts.is_reprint
        )
        select
            about.region,
            count(*) as articles,
            count(*)::numeric / (select count(*) from written) as share
        from written
        cross join unnest(written.regions) as about (region)
        group by about.region
        order by articles desc, about.region asc
    """  # noqa: S608
    return sql, values


def reprinted_from(filters: Filters) -> Statement:
    """Return whose texts the filters' source takes over."""
    sql = """
        select
            reprints.original_source_id as source_id,
            reprints.original_source as source,
            count(*) as reprints,
            percentile_cont(0.5) within group (order by reprints.hours_later) as hours_later
        from marts.reprints
        where reprints.source_id = :source and reprints.day between :first and :last
        group by reprints.original_source_id, reprints.original_source
        order by count(*) desc, reprints.original_source_id asc
    """
    return sql, _of(filters)


def reprinted_by(filters: Filters) -> Statement:
    """Return who takes over the texts of the filters' source."""
    sql = """
        select
            reprints.source_id,
            reprints.source,
            count(*) as reprints,
            percentile_cont(0.5) within group (order by reprints.hours_later) as hours_later
        from marts.reprints
        where reprints.original_source_id = :source and reprints.day between :first and :last
        group by reprints.source_id, reprints.source
        order by count(*) desc, reprints.source_id asc
    """
    return sql, _of(filters)


def _of(filters: Filters) -> dict[str, object]:
    return {"source": filters.source, "first": filters.first, "last": filters.last}


DAYS = table_query(
    "source-days",
    "Polls and articles by day",
    (
        Column("day", "Day", "day"),
        Column("polls", "Polls", "number"),
        Column("answers", "Answered", "number"),
        Column("articles", "Originals", "number"),
        Column("reprints", "Reprints", "number"),
    ),
    days,
    note="Polls and answers of that day; originals and reprints published on it, whenever they were found.",
    limit=31,
)
SOURCE_LANGUAGES = table_query(
    "source-languages",
    "Languages",
    (
        Column("language", "Language", "language"),
        Column("articles", "Originals", "number"),
        Column("reprints", "Reprints", "number"),
    ),
    languages,
    limit=20,
)
SOURCE_REGIONS = table_query(
    "source-regions",
    "Regions that it writes about",
    (
        Column("region", "Region", "region"),
        Column("articles", "Originals", "number"),
        Column("share", "Of its originals", "share"),
    ),
    regions,
    note="An article may be about two regions, or none.",
    limit=20,
)
_REPRINTS = (
    Column("source", "Source", "source"),
    Column("reprints", "Reprints", "number"),
    Column("hours_later", "Median hours later", "number"),
)
REPRINTED_FROM = table_query("source-reprinted-from", "Takes texts over from", _REPRINTS, reprinted_from, limit=20)
REPRINTED_BY = table_query("source-reprinted-by", "Is taken over by", _REPRINTS, reprinted_by, limit=20)
