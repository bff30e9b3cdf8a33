"""What is usual for a weekday: today, and each of the last four weeks, against the same weekdays before.

The band (`band.py`) is made of the same weekday over the eight weeks before. Today is unfinished: it is compared with
what had been found of those weekdays by the same time of day, and the time is the end of the last run, since what came
after it nobody has counted yet. Days on which nothing was polled are left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from silkwire.web.band import ENOUGH_WEEKS, FAR, WEEKS, Standing, band
from silkwire.web.counts import by_panel
from silkwire.web.filters import Filters
from silkwire.web.reader import Reader, Statement
from silkwire.web.run_status import IS_FLOW
from silkwire.web.tables import Column, table_query

SHOWN = 28  # days


def weekdays(filters: Filters) -> Statement:
    """Return the last 28 days within the filters, today last, each with its band: of all sources, and of the panel.

    The window of the filters is no part of it, nor are reprints. Today has no row where no run has ended in it.
    """
    today = filters.today or filters.last
    counts, values = by_panel(replace(filters, kind="original"), ":earliest")
    where, more = replace(filters, kind="all").where(by_day=False)
    values = {**values, **more, "last": today}
    sql = f"""
        with {_series(counts, where)},
        shown as (
            select
                series.day,
                series.sources,
                series.day = :today as is_today,
                case when series.day = :today then series.found else series.articles end as articles
            from series
            where series.day > cast(:today as date) - {SHOWN}
                and (series.sources = 'all' or exists (select from panel))
                and (series.day < :today or exists (select 1 from clock))
        )
        select
            shown.day,
            shown.sources,
            shown.articles,
            case when shown.is_today then (select ended.at from ended) end as counted_until,
            middle.weeks,
            case when middle.weeks >= {ENOUGH_WEEKS} then middle.median end as median,
            case when middle.weeks >= {ENOUGH_WEEKS}
                then greatest(0, round((middle.median - {FAR} * width.spread)::numeric, 1))
            end as low,
            case when middle.weeks >= {ENOUGH_WEEKS}
                then round((middle.median + {FAR} * width.spread)::numeric, 1)
            end as high
        from shown
        {band(_PAST)}
        order by shown.day, shown.sources
    """  # noqa: S608 - the conditions are ours, what a visitor wrote is in the parameters
    days = {"today": today, "yesterday": today - timedelta(days=1), "earliest": earliest(today)}
    return sql, values | days


def _series(counts: str, where: str) -> str:
    """Return the tables of `weekdays`: each polled day by source side, whole and as far as it was found by now."""
    return f"""
        ended as (
            select max(runs.finished_at) as at
            from marts.run_reports as runs
            where runs.started_at >= cast(:today as date) - 1 and runs.finished_at < cast(:today as date) + 1
                and {IS_FLOW} and (runs.feeds_polled > 0 or runs.labelled = 0)
        ),
        clock as (
            select (ended.at at time zone 'UTC') - cast(:today as date) as passed
            from ended
            where (ended.at at time zone 'UTC')::date = :today
        ),
        polled as (select days.day from marts.polled_days as days where days.day between :earliest and :today),
        panel as materialized (select panel.source_id from marts.panel(:earliest, :yesterday) as panel),
        counted as (
            select
                counts.day,
                sum(counts.counted)::bigint as articles,
                sum(counts.panel)::bigint as articles_panel
            from ({counts}) as counts
            group by counts.day
        ),
        -- Today alone is compared by the time of day, so of its weekday alone articles are looked at.
        early as (
            select
                facts.day,
                count(*) as found,
                count(*) filter (where facts.source_id in (select panel.source_id from panel)) as found_panel
            from marts.article_facts as facts
            where facts.day = any(array(
                select cast(:today as date) - 7 * weeks.back from generate_series(0, {WEEKS}) as weeks (back)
            ))
                and facts.discovered_at <= (facts.day + (select clock.passed from clock)) at time zone 'UTC'
                and not facts.is_reprint and {where}
            group by facts.day
        ),
        series as materialized (
            select
                polled.day,
                sides.sources,
                coalesce(case sides.sources when 'all' then counted.articles else counted.articles_panel end, 0)
                as articles,
                coalesce(case sides.sources when 'all' then early.found else early.found_panel end, 0) as found
            from polled
            cross join (values ('all'), ('panel')) as sides (sources)
            left join counted on polled.day = counted.day
            left join early on polled.day = early.day
        )
    """  # noqa: S608 - the conditions are ours


# The same weekday of the eight weeks before a day that is shown; of today's, what had been found by the same time.
_PAST = """(
                select case when shown.is_today then series.found else series.articles end as articles
                from series
                where series.sources = shown.sources
                    and series.day in (
                        select shown.day - 7 * weeks.back from generate_series(1, 8) as weeks (back)
                    )
            ) as past"""


def earliest(today: date) -> date:
    """Return the first day that the bands of the days shown look back to."""
    return today - timedelta(days=SHOWN - 1 + 7 * WEEKS)


WEEKDAYS = table_query(
    "usual",
    "Each day against its weekday",
    (
        Column("day", "Day", "day"),
        Column("sources", "Sources"),
        Column("articles", "Originals", "number"),
        Column("low", "Usual, from", "number"),
        Column("median", "Median", "number"),
        Column("high", "Usual, to", "number"),
        Column("weeks", "Weeks behind it", "number"),
    ),
    weekdays,
    note="Usual is the median of the same weekday over the 8 weeks before, two robust spreads to each side. The row of "
    "today compares what was found by the end of the last run with what had been found by the same time of day.",
    limit=2 * SHOWN,
)


@dataclass(frozen=True, slots=True)
class Today:
    """Today so far: counted until the end of the last run, None where no run has ended today."""

    counted_until: datetime | None
    raw: Standing | None
    panel: Standing | None
    panel_sources: int
    panel_answered: int
    undated: int

    @property
    def is_panel_whole(self) -> bool:
        """Whether enough of the panel answered today, nine in ten, to hold its number against what is usual."""
        return self.panel_answered * 10 >= self.panel_sources * 9


def read_today(reader: Reader, filters: Filters, rows: Sequence[Mapping[Any, Any]]) -> Today:
    """Put today together out of the rows of `weekdays` and of what they do not have: the panel's size, the undated."""
    today = filters.today or filters.last
    of_today = {row["sources"]: row for row in rows if row["day"] == today}
    beside = reader.row(_beside(filters, today))
    assert beside is not None  # noqa: S101 - it counts, and a count is a row
    until = of_today["all"]["counted_until"] if of_today else None
    return Today(
        counted_until=until.astimezone(UTC) if until else None,
        raw=_standing(of_today.get("all")),
        panel=_standing(of_today.get("panel")),
        panel_sources=beside["panel_sources"],
        panel_answered=beside["panel_answered"],
        undated=beside["undated"],
    )


def _standing(row: Mapping[Any, Any] | None) -> Standing | None:
    if row is None:
        return None
    return Standing(row["articles"], row["weeks"], row["median"], row["low"], row["high"])


def _beside(filters: Filters, today: date) -> Statement:
    """Count the panel, its sources that answered today, and the undated articles that were found today."""
    where, values = replace(filters, kind="all").where(by_day=False)
    sql = f"""
        with panel as materialized (select panel.source_id from marts.panel(:earliest, :yesterday) as panel)
        select
            (select count(*) from panel) as panel_sources,
            (
                select count(*) from marts.source_days as days
                where days.day = :today and days.reported
                    and days.source_id in (select panel.source_id from panel)
            ) as panel_answered,
            (
                select count(*) from marts.article_facts as facts
                where facts.day is null and not facts.is_reprint
                    and facts.discovered_at >= cast(:today as date)::timestamp at time zone 'UTC'
                    and facts.discovered_at < (cast(:today as date) + 1)::timestamp at time zone 'UTC'
                    and {where}
            ) as undated
    """  # noqa: S608 - the conditions are ours
    days = {"today": today, "yesterday": today - timedelta(days=1), "earliest": earliest(today)}
    return sql, values | days
