"""What moved most: labels of which the panel wrote much more or less in the last whole week than in the weeks before.

Ranked by a robust z-score: how many spreads the week lies from the median of the eight weeks before it, by the spread
of `band.py`. It takes three: of hundreds of labels chance alone takes some beyond two. Weeks on which polling did not
run on all seven days are left out, and with fewer than four weeks there is no score. A label needs ten articles, in the
week or in its median: below that, chance moves more than the news.
"""

from dataclasses import replace
from datetime import date, timedelta

from silkwire.web.band import ENOUGH_WEEKS, FAR, VERY_FAR, WEEKS, band
from silkwire.web.counts import narrowed_by
from silkwire.web.filters import Filters
from silkwire.web.reader import Reader, Statement
from silkwire.web.tables import Column, Table, show, table_query
from silkwire.web.volumes import LABELS, copied_labels

LEAST = 10  # articles
_DAYS_OF_A_WEEK = 7  # on which polling must have run
_PAST = """(
                select counted.articles
                from counted
                where counted.kind = labels.kind and counted.label = labels.label and counted.week > 0
                union all
                -- Weeks without the label are weeks with none.
                select 0 as articles
                from weeks
                where weeks.week > 0 and not exists (
                    select 1 from counted
                    where counted.kind = labels.kind and counted.label = labels.label and counted.week = weeks.week
                )
            ) as past"""


def movers(filters: Filters) -> Statement:
    """Return the labels whose panel count of the last whole week lies far outside what is usual, the farthest first."""
    plain = replace(filters, kind="all")
    found, values = _of_articles(plain) if narrowed_by(plain) else (_COUNTED, {})
    copied, more = copied_labels(plain, ":week_earliest", ":week_last", "(:week_last - facts.day) / 7 as week, 1")
    sql = f"""
        with panel as materialized (select panel.source_id from marts.panel(:week_earliest, :week_last) as panel),
        {_WEEKS},
        counted as materialized (
            select found.kind, found.label, found.week, sum(found.articles)::bigint as articles
            from (
                {found}
                union all
                {copied}
            ) as found
            inner join weeks on found.week = weeks.week
            group by found.kind, found.label, found.week
        ),
        labels as (
            select
                counted.kind,
                counted.label,
                coalesce(sum(counted.articles) filter (where counted.week = 0), 0)::bigint as articles
            from counted
            group by counted.kind, counted.label
            having max(counted.articles) >= {LEAST}
        )
        select
            labels.kind,
            labels.label,
            labels.articles,
            middle.median,
            greatest(0, round((middle.median - {FAR} * width.spread)::numeric, 1)) as low,
            round((middle.median + {FAR} * width.spread)::numeric, 1) as high,
            round(((labels.articles - middle.median) / width.spread)::numeric, 1) as z,
            middle.weeks
        from labels
        {band(_PAST)}
        where middle.weeks >= {ENOUGH_WEEKS}
            and greatest(labels.articles, middle.median) >= {LEAST}
            and abs(labels.articles - middle.median) > {VERY_FAR} * width.spread
            and exists (select 1 from weeks where weeks.week = 0)
        order by abs(labels.articles - middle.median) / width.spread desc, labels.kind, labels.label
    """  # noqa: S608 - the conditions are ours, what a visitor wrote is in the parameters
    return sql, {**values, **more, **_days(filters)}


def _of_articles(filters: Filters) -> Statement:
    """Return labels with `week` and `articles` of the panel, out of the articles within the filters."""
    where, values = filters.where(by_day=False)
    sql = "\n            union all\n".join(
        f"""
            select '{kind}' as kind, unnest(alike.labels) as label, alike.week, alike.articles
            from (
                -- Articles with the same labels are counted together before their labels are taken apart.
                select facts.{array} as labels, (:week_last - facts.day) / 7 as week, count(*) as articles
                from marts.article_facts as facts
                where facts.day between :week_earliest and :week_last and not facts.is_reprint
                    and facts.{array} != '{{}}'
                    and facts.source_id = any(array(select panel.source_id from panel)) and {where}
                group by 1, 2
            ) as alike
        """  # noqa: S608 - kinds and arrays are ours
        for kind, array in LABELS.items()
    )
    return sql, values


# The same where nothing is filtered.
_COUNTED = """
            select
                case counted.kind when 'watch_topic' then 'watch' else counted.kind end as kind,
                counted.label, counted.week, counted.articles
            from (
                select
                    days.kind, days.label, (:week_last - days.day) / 7 as week,
                    unnest(days.source_ids) as source_id, unnest(days.source_articles) as articles
                from marts.label_days as days
                where days.kind in ('region', 'topic', 'watch_topic') and days.day between :week_earliest and :week_last
            ) as counted
            where counted.articles > 0 and counted.source_id in (select panel.source_id from panel)
"""


_WEEKS = f"""weeks as materialized (
            select (:week_last - days.day) / 7 as week
            from marts.polled_days as days
            where days.day between :week_earliest and :week_last
            group by 1
            having count(*) >= {_DAYS_OF_A_WEEK}
        )"""  # noqa: S608 - a number of ours


def history(filters: Filters) -> Statement:
    """Tell what the scores stand on: the panel's sources, the weeks behind it, and whether the week itself counts."""
    sql = f"""
        with {_WEEKS}
        select
            (select count(*) from marts.panel(:week_earliest, :week_last)) as panel,
            (select count(*) from weeks where weeks.week > 0) as weeks,
            exists (select 1 from weeks where weeks.week = 0) as is_whole
    """  # noqa: S608 - nothing of a visitor's is in it
    return sql, _days(filters)


def week(filters: Filters) -> tuple[date, date]:
    """Return the first and last day of the week that is judged: whole days, the last ones of the window."""
    last = min(filters.last, filters.today - timedelta(days=1)) if filters.today else filters.last
    return last - timedelta(days=6), last


def _days(filters: Filters) -> dict[str, date]:
    last = week(filters)[1]
    return {"week_last": last, "week_earliest": last - timedelta(days=7 * (WEEKS + 1) - 1)}


MOVERS = table_query(
    "movers",
    "What moved most",
    (
        Column("kind", "Kind"),
        Column("label", "Label"),
        Column("articles", "Originals of the panel, this week", "number"),
        Column("low", "Usual, from", "number"),
        Column("median", "Median", "number"),
        Column("high", "Usual, to", "number"),
        Column("z", "Spreads from the median", "number"),
        Column("weeks", "Weeks behind it", "number"),
    ),
    movers,
    limit=12,
)


def read_movers(reader: Reader, filters: Filters) -> tuple[Table, dict[str, int]]:
    """Read the labels that moved, and what they stand on."""
    found = reader.row(history(filters))
    assert found is not None  # noqa: S101 - it counts, and a count is a row
    return show(MOVERS, reader, filters), dict(found)
