"""How much was published: the trend within the filters, raw and of the constant panel, with what is missing of it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt
from sqlalchemy import RowMapping

from silkwire.web.charts import CLEAR, PALETTE, PANEL, Drawing, chart, count_axis
from silkwire.web.comparison import panel_values
from silkwire.web.counting import noun
from silkwire.web.counts import by_panel
from silkwire.web.filters import Filters
from silkwire.web.periods import Period, bounds, period_key, periods, time_axis, unit
from silkwire.web.reader import Reader, Statement
from silkwire.web.tables import Column, table_query

_GREY, _AMBER = PALETTE[6], PALETTE[5]
_ALL = "all sources"


def trend(filters: Filters) -> Statement:
    """Return articles a day within the filters, every day in its row, and what is missing of the day.

    `counted` are originals, or reprints with `kind=reprint`. `panel` is null on a day that is not over, and where no
    source answered on every whole day of the window. `gaps` are feeds that may have missed something. Before the first
    poll of all, `is_watched` is false, and what stands there was found by chance.
    """
    counts, values = by_panel(filters, ":first")
    of_source = " and gaps.source_id = :source" if filters.source else ""
    sql = f"""
        with panel as materialized (select panel.source_id from marts.panel(:first, :whole_last) as panel),
        facts as (
            select
                counts.day,
                sum(counts.counted)::bigint as counted,
                sum(counts.reprints)::bigint as reprints,
                sum(counts.panel)::bigint as panel
            from ({counts}) as counts
            group by counts.day
        ),
        begun as (select min(days.day) as day from marts.polled_days as days),
        gaps as materialized (
            select gaps.missing_since, gaps.missing_until
            from marts.coverage_gaps as gaps
            where gaps.state not in ('repaired', 'nothing_found') and gaps.missing_since < cast(:last as date) + 2
                and gaps.missing_until > cast(:first as date) - 1{of_source}
        ),
        outages as materialized (
            select outages.started_at, coalesce(outages.ended_at, now()) as ended_at from marts.outages
        )
        select
            days.day,
            coalesce(facts.counted, 0) as counted,
            case
                when days.day between begun.day and :whole_last and (select count(*) from panel) > 0
                    then coalesce(facts.panel, 0)
            end as panel,
            coalesce(facts.reprints, 0) as reprints,
            (select count(*) from panel) as panel_sources,
            coalesce(polled.sources_polled, 0) as sources_polled,
            coalesce(polled.sources_reported, 0) as sources_answered,
            (select count(*) from gaps where gaps.missing_since < days.ends_at and gaps.missing_until > days.begins_at)
                as gaps,
            (select count(*) from outages where outages.started_at < days.ends_at and outages.ended_at > days.begins_at)
                as outages,
            days.day > :whole_last as unfinished,
            coalesce(days.day >= begun.day, false) as is_watched
        from (
            select
                generated.day::date as day,
                generated.day at time zone 'UTC' as begins_at,
                (generated.day + interval '1 day') at time zone 'UTC' as ends_at
            from generate_series(cast(:first as timestamp), cast(:last as timestamp), interval '1 day')
                as generated (day)
        ) as days
        cross join begun
        left join facts on days.day = facts.day
        left join marts.polled_days as polled on days.day = polled.day
        order by days.day desc
    """  # noqa: S608 - the conditions are ours, what a visitor wrote is in the parameters
    return sql, {**values, **panel_values(filters)}


TREND = table_query(
    "trend",
    "Day by day",
    (
        Column("day", "Day", "day"),
        Column("counted", "Counted", "number"),
        Column("panel", "Panel", "number"),
        Column("reprints", "Reprints", "number"),
        Column("sources_answered", "Sources that answered", "number"),
        Column("sources_polled", "Sources polled", "number"),
        Column("gaps", "Feeds with a gap", "number"),
        Column("outages", "Outages", "number"),
        Column("unfinished", "Unfinished", "data"),
        Column("is_watched", "Polling had begun", "data"),
        Column("panel_sources", "Sources of the panel", "data"),
    ),
    trend,
    note="Counted are originals, or reprints where these alone are asked for. The panel has the sources that answered "
    "on every whole day of the window; today is not over and has no panel. Gaps that were repaired are left out. "
    "Outages are known for the last 90 days.",
    limit=14,
)


@chart("volume", "Articles over time")
def draw_volume(reader: Reader, filters: Filters) -> Drawing | None:
    """Draw what is counted, and that of the panel beside it; days that something is missing of are marked."""
    rows = reader.rows(trend(filters))
    if not any(row["counted"] or row["sources_polled"] for row in rows):
        return None
    panel = f"panel: {rows[0]['panel_sources']} sources that answered every day"
    points = _points(rows, filters, panel)
    lines = [_ALL, panel] if rows[0]["panel_sources"] else [_ALL]
    colour = alt.Color(
        "line:N",
        title=None,
        scale=alt.Scale(domain=lines, range=[CLEAR, PANEL][: len(lines)]),
        legend=alt.Legend(orient="top", direction="vertical", labelLimit=400),
    )
    dash = alt.StrokeDash("line:N", title=None, scale=alt.Scale(domain=lines, range=[[1, 0], [5, 3]][: len(lines)]))
    y = count_axis("count", f"{noun(filters)} a {unit(filters)}", max((point["count"] for point in points), default=0))
    tooltip = [alt.Tooltip("said:N", title=unit(filters)), "line:N", alt.Tooltip("count:Q", title=noun(filters))]
    whole = alt.Chart(alt.Data(values=[point for point in points if not point["unfinished"]]))
    begun = alt.Chart(alt.Data(values=[point for point in points if point["unfinished"]]))
    x = time_axis(filters)
    return alt.layer(
        *_marks(rows, filters),
        whole.mark_line(point={"size": 22}, strokeWidth=2).encode(
            x=x, y=y, color=colour, strokeDash=dash, tooltip=tooltip
        ),
        begun.mark_point(size=60, filled=False, strokeWidth=2.5, opacity=1).encode(
            x=x, y=y, color=colour, tooltip=tooltip
        ),
    ).properties(height=260)


def _points(rows: Sequence[RowMapping], filters: Filters, panel: str) -> list[dict[str, Any]]:
    """Return a point a period and line, the days of a week added up; nothing is no zero before the first poll."""
    sums: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        both = sums[period_key(row["day"], filters)]
        both[0] += row["counted"]
        both[1] += row["panel"] or 0
    has_panel = bool(rows[0]["panel_sources"])
    watched_from = min((row["day"] for row in rows if row["is_watched"]), default=None)
    points = []
    for period in periods(filters):
        is_partial = period.unfinished or watched_from is None or period.first < watched_from
        count, of_panel = sums[period.key]
        said = {"day": period.key.isoformat(), "said": period.said, "unfinished": is_partial}
        if count or (watched_from is not None and period.last >= watched_from):
            points.append(said | {"line": _ALL, "count": count})
        if has_panel and not is_partial:
            points.append(said | {"line": panel, "count": of_panel})
    return points


def _marks(rows: Sequence[RowMapping], filters: Filters) -> list[alt.Chart]:
    """Return what marks the periods that something is missing of: bands for outages, triangles for gaps."""
    bands: list[dict[str, str]] = []
    triangles = []
    by_period: dict[date, list[RowMapping]] = defaultdict(list)
    for row in rows:
        by_period[period_key(row["day"], filters)].append(row)
    for period in periods(filters):
        days = by_period[period.key]
        if said := _broken(days):
            band = _mark(period, filters, said)
            if bands and bands[-1]["end"] == band["begin"] and bands[-1]["missing"] == said:
                before = bands.pop()
                band |= {"begin": before["begin"], "first": before["first"]}
                band["said"] = f"{band['first']} to {period.said}"
            bands.append(band)
        if gaps := max((row["gaps"] for row in days), default=0):
            triangles.append(_mark(period, filters, f"feeds with a gap: {gaps}"))
    said_of = [alt.Tooltip("said:N", title=unit(filters)), alt.Tooltip("missing:N")]
    found = []
    if bands:
        mark = alt.Chart(alt.Data(values=bands)).mark_rect(color=_GREY, opacity=0.25)
        found.append(mark.encode(x=time_axis(filters, "begin"), x2="end:T", tooltip=said_of))
    if triangles:
        mark = alt.Chart(alt.Data(values=triangles)).mark_point(
            shape="triangle-up", filled=True, size=70, color=_AMBER, opacity=1, yOffset=-5
        )
        found.append(mark.encode(x=time_axis(filters), y=alt.datum(0), tooltip=said_of))
    return found


def _broken(days: Sequence[RowMapping]) -> str:
    """Return what happened to a period in words, nothing where all is well."""
    if any(row["outages"] for row in days):
        return "an outage"
    if any(not row["is_watched"] for row in days):
        return "before the first poll"
    return "nothing was polled" if any(not row["sources_polled"] and not row["unfinished"] for row in days) else ""


def _mark(period: Period, filters: Filters, missing: str) -> dict[str, str]:
    """Return a mark around the point of a period, which lies at its beginning."""
    return {
        "day": period.key.isoformat(),
        **bounds(period.key, filters),
        "first": f"{period.first:%-d %b %Y}",
        "said": period.said,
        "missing": missing,
    }
