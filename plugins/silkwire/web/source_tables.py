"""Tables of the page of all sources: their feeds, coverage, outages and gaps."""

from datetime import date

from silkwire.web.filters import Filters
from silkwire.web.reader import Statement
from silkwire.web.source_words import HAND, WAITS, states_of
from silkwire.web.tables import Column, table_query


def feeds(filters: Filters) -> Statement:
    """Return feeds with their health and what their source publishes, those that need a hand first."""
    conditions, values = _narrowed(filters, language="health.language")
    sql = f"""
        select
            health.*,
            sources.articles_7_days,
            sources.usual_7_days
        from marts.source_health as health
        inner join marts.sources on health.source_id = sources.source_id
        where {conditions} and health.health = any(cast(:states as text[]))
        order by
            array_position(cast(:order as text[]), health.health) asc nulls last,
            health.failures desc, lower(health.source), health.feed_id
    """  # noqa: S608 - the conditions are ours, what a visitor wrote is in the parameters
    return sql, {**values, "states": states_of(filters.state), "order": [*HAND, *WAITS]}


def every_feed() -> Statement:
    """Return all feeds, ordered as `feeds` does."""
    return feeds(Filters(date.min, date.max))


def coverage(filters: Filters) -> Statement:
    """Return for each country how many of the reports that were expected in the window came."""
    country = " and coverage.country = :country" if filters.country else ""
    sql = f"""
        select
            coverage.country,
            max(coverage.expected) as sources,
            sum(coverage.expected) as expected,
            sum(coverage.reporting) as reporting,
            sum(coverage.reporting) / nullif(sum(coverage.expected), 0) as share,
            count(*) filter (where coverage.reporting = 0) as silent_days
        from marts.coverage
        where coverage.day between :first and :last{country}
        group by coverage.country
        order by share asc, expected desc, coverage.country asc
    """  # noqa: S608
    return sql, _window(filters, "country")


def language_coverage(filters: Filters) -> Statement:
    """Return for each language of the list's feeds how many days of polling were answered, and what came of it."""
    language = " where listed.language = :language" if filters.language else ""
    country = " where health.source_country = :country" if filters.country else ""
    articles, days = "days.articles", "marts.label_days as days where"
    if filters.country:  # a label's sources are taken apart only where some of them are asked for
        articles, days = (
            "own.articles",
            """marts.label_days as days
            cross join unnest(days.source_ids, days.source_articles) as own (source_id, articles)
            where own.source_id in (select listed.source_id from listed) and""",
        )
    sql = f"""
        with listed as (
            select distinct health.source_id, health.language
            from marts.source_health as health{country}
        ),
        written as (
            select days.label as language, sum({articles}) as articles
            from {days} days.kind = 'language' and days.day between :first and :last
            group by days.label
        ),
        heard as (
            select
                days.source_id,
                count(*) as polled,
                count(*) filter (where days.reported) as reporting
            from marts.source_days as days
            where days.day between :first and :last and days.polls > 0
            group by days.source_id
        ),
        answered as (
            select
                listed.language,
                count(*) as sources,
                coalesce(sum(heard.polled), 0)::bigint as polled,
                coalesce(sum(heard.reporting), 0)::bigint as reporting
            from listed
            left join heard on listed.source_id = heard.source_id
            group by listed.language
        )
        select
            listed.language,
            listed.sources,
            listed.polled,
            listed.reporting,
            listed.reporting::numeric / nullif(listed.polled, 0) as share,
            coalesce(written.articles, 0) as articles
        from answered as listed
        left join written on listed.language = written.language{language}
        order by share asc nulls first, listed.sources desc, listed.language asc
    """  # noqa: S608
    return sql, _window(filters, "language", "country")


def outages(filters: Filters) -> Statement:
    """Return the outages that touch the window, those that last first."""
    country = " and (outages.country = :country or outages.country is null)" if filters.country else ""
    sql = f"""
        select
            outages.*,
            extract(epoch from coalesce(outages.ended_at, now()) - outages.started_at) as seconds
        from marts.outages
        where
            outages.started_at < cast(:last as date) + interval '1 day'
            and coalesce(outages.ended_at, now()) >= cast(:first as date){country}
        order by outages.ended_at is null desc, outages.started_at desc, outages.country asc
    """  # noqa: S608
    return sql, _window(filters, "country")


def gaps(filters: Filters) -> Statement:
    """Return the gaps that were found in the window or are open, open ones first."""
    conditions, values = _narrowed(filters, language="gaps.language", table="gaps")
    sql = f"""
        select gaps.*
        from marts.coverage_gaps as gaps
        where
            {conditions}
            and (
                gaps.state = 'open'
                or gaps.opened_at >= cast(:first as date) and gaps.opened_at < cast(:last as date) + interval '1 day'
            )
        order by gaps.state = 'open' desc, gaps.opened_at desc, gaps.feed_id asc, gaps.missing_since asc
    """  # noqa: S608
    return sql, values | _window(filters)


def _narrowed(filters: Filters, language: str, table: str = "health") -> tuple[str, dict[str, object]]:
    """Return the condition of the filters on feeds: by source, its country and the feed's language."""
    columns = {"source": f"{table}.source_id", "country": f"{table}.source_country", "language": language}
    values = {name: value for name in columns if (value := getattr(filters, name)) is not None}
    return " and ".join(["true", *(f"{columns[name]} = :{name}" for name in values)]), values


def _window(filters: Filters, *names: str) -> dict[str, object]:
    more = {name: value for name in names if (value := getattr(filters, name)) is not None}
    return {"first": filters.first, "last": filters.last, **more}


FEEDS = table_query(
    "feeds",
    "Feeds",
    (
        Column("source", "Source", "source"),
        Column("health", "State", "state"),
        Column("succeeded_at", "Last success", "time"),
        Column("links_a_day", "New a day", "number"),
        Column("open_gaps", "Open gaps", "number"),
        Column("advice", "What to do"),
    ),
    feeds,
    note="New a day: new links a day over the last 14 days, beside the feed's usual rate. 7 days: originals of the "
    "source published in the last 7 whole days, beside the mean of the 8 weeks before.",
    limit=200,
)
COVERAGE = table_query(
    "coverage",
    "Coverage by country of the sources",
    (
        Column("country", "Country", "country"),
        Column("sources", "Sources", "number"),
        Column("expected", "Reports expected", "number"),
        Column("reporting", "Reports", "number"),
        Column("share", "Share", "share"),
        Column("silent_days", "Days without any", "number"),
    ),
    coverage,
    note="A source reports on a day when each of its feeds that is polled answers: one that is gone keeps it from "
    "reporting until that feed is dead, after 30 days. One report a source and day is expected while it is watched. "
    "Sources is the most on one day.",
    limit=300,
)
LANGUAGES = table_query(
    "coverage-languages",
    "Coverage by language of the feeds",
    (
        Column("language", "Language", "language"),
        Column("sources", "Sources", "number"),
        Column("polled", "Days of polling", "number"),
        Column("reporting", "Days with an answer", "number"),
        Column("share", "Share", "share"),
        Column("articles", "Originals", "number"),
    ),
    language_coverage,
    note="Days of polling are counted once a source, and only those on which it was polled. The language is the one "
    "that the list gives the feed; originals are counted by the language of their text.",
    limit=100,
)
OUTAGES = table_query(
    "outages",
    "Outages",
    (
        Column("country", "Where", "country"),
        Column("started_at", "From", "time"),
        Column("ended_at", "To", "time"),
        Column("reason", "Why"),
        Column("sources_failed", "Sources that failed", "number"),
    ),
    outages,
    note="Many sources of a country that fail in the same hours: one event, and not the sources' own fault.",
)
GAPS = table_query(
    "gaps",
    "Gaps",
    (
        Column("source", "Source", "source"),
        Column("missing_since", "Missing from", "time"),
        Column("missing_until", "to", "time"),
        Column("state", "State", "state"),
        Column("found_links", "Found again", "number"),
        Column("reason", "Why"),
    ),
    gaps,
    note="A poll that found none of the entries known before: what the feed listed in between may be missing, and is "
    "looked for in the outlet's sitemaps.",
)
