"""What is written about together: regions with topics, with watch topics, and with each other, as heat maps."""

from collections.abc import Callable
from dataclasses import dataclass

import altair as alt

from silkwire.web import names
from silkwire.web.charts import RAW, Drawing, chart
from silkwire.web.comparison import panel_values
from silkwire.web.counting import counted, noun
from silkwire.web.counts import PANEL, columns_of, narrowed_by, panel_copies
from silkwire.web.filters import Filters
from silkwire.web.reader import Reader, Statement
from silkwire.web.tables import Column, TableQuery, table_query

_NAMES: dict[str, Callable[[str], str]] = {
    "region": names.region_name,
    "region_a": names.region_name,
    "region_b": names.region_name,
    "topic": names.topic_name,
    "watch": names.watch_name,
}


@dataclass(frozen=True, slots=True)
class Axes:
    """A heat map's rows and columns: the names of both keys, and the columns of the facts that hold them.

    `kind` is that of the pair in `marts.pair_days`.
    """

    row: str
    column: str
    row_labels: str
    column_labels: str
    kind: str


_TOPICS = Axes("region", "topic", "regions", "topics", "region_topic")
_WATCH = Axes("region", "watch", "regions", "watch_topics", "region_watch_topic")
_REGIONS = Axes("region_a", "region_b", "regions", "regions", "region_region")


def together(filters: Filters, axes: Axes, *, with_panel: bool = True) -> Statement:
    """Return how many articles have both labels of a row, the most frequent first; charts leave the panel out."""
    if narrowed_by(filters) or filters.every_day:
        return _together_of_articles(filters, axes)
    count, reprints, some = columns_of(filters)
    panel = PANEL.format(column=count.removeprefix("days.")) if with_panel else "0"
    copied, more = _copied(filters, axes, with_panel=with_panel)
    sql = f"""
        with panel as materialized (select panel.source_id from marts.panel(:first, :whole_last) as panel)
        select
            pairs.{axes.row}, pairs.{axes.column},
            sum(pairs.counted)::bigint as counted,
            case when exists (select from panel) then coalesce(sum(pairs.panel), 0)::bigint end as panel,
            sum(pairs.reprints)::bigint as reprints
        from (
            select
                days.label_a as {axes.row}, days.label_b as {axes.column},
                {count} as counted, {panel} as panel, {reprints} as reprints
            from marts.pair_days as days
            where days.kind = '{axes.kind}' and days.day between :first and :last and {some}
            union all
            {copied}
        ) as pairs
        group by pairs.{axes.row}, pairs.{axes.column}
        order by 3 desc, 5 desc, 1, 2
    """  # noqa: S608 - axes and columns are ours
    return sql, {"last": filters.last, **more, **panel_values(filters)}


def _copied(filters: Filters, axes: Axes, *, with_panel: bool = True) -> Statement:
    """Return the pairs of the reprints that count for the panel all the same, in the column `panel` alone."""
    copies, values = panel_copies(filters, ":first") if with_panel else ("false", {})
    once = "rows.region_a < columns.region_b" if axes is _REGIONS else "true"
    sql = f"""
            select rows.{axes.row}, columns.{axes.column}, 0 as counted, 1 as panel, 0 as reprints
            from marts.article_facts as facts
            cross join unnest(facts.{axes.row_labels}) as rows ({axes.row})
            cross join unnest(facts.{axes.column_labels}) as columns ({axes.column})
            where {once} and {copies}
    """  # noqa: S608 - axes and conditions are ours
    return sql, values


def _together_of_articles(filters: Filters, axes: Axes) -> Statement:
    where, values = filters.where()
    copied, more = _copied(filters, axes)
    some, once = f"facts.{axes.row_labels} != '{{}}' and facts.{axes.column_labels} != '{{}}'", "true"
    labels = f"facts.{axes.row_labels}, facts.{axes.column_labels}"
    if axes is _REGIONS:
        some, once, labels = "cardinality(facts.regions) > 1", "rows.region_a < columns.region_b", "facts.regions"
    sql = f"""
        with panel as materialized (select panel.source_id from marts.panel(:first, :whole_last) as panel),
        facts as materialized (
            select
                {labels}, facts.is_reprint,
                facts.source_id in (select panel.source_id from panel) as in_panel,
                count(*) as articles
            from marts.article_facts as facts
            where {some} and {where}
            group by {labels}, facts.is_reprint, in_panel
        )
        select
            pairs.{axes.row}, pairs.{axes.column},
            coalesce(sum(pairs.counted), 0)::bigint as counted,
            case when exists (select from panel) then coalesce(sum(pairs.panel), 0)::bigint end as panel,
            coalesce(sum(pairs.reprints), 0)::bigint as reprints
        from (
            select
                rows.{axes.row}, columns.{axes.column},
                case when {counted(filters)} then facts.articles end as counted,
                case when {counted(filters)} and facts.in_panel then facts.articles end as panel,
                case when facts.is_reprint then facts.articles end as reprints
            from facts
            cross join unnest(facts.{axes.row_labels}) as rows ({axes.row})
            cross join unnest(facts.{axes.column_labels}) as columns ({axes.column})
            where {once}
            union all
            {copied}
        ) as pairs
        group by pairs.{axes.row}, pairs.{axes.column}
        having sum(pairs.counted) > 0 or sum(pairs.reprints) > 0
        order by 3 desc, 5 desc, 1, 2
    """  # noqa: S608 - axes and conditions are ours, what a visitor wrote is in the parameters
    return sql, {**more, **values, "last": filters.last, **panel_values(filters)}


def _table(name: str, title: str, axes: Axes, columns: tuple[Column, Column]) -> TableQuery:
    counts = (
        Column("counted", "Counted", "number"),
        Column("panel", "Panel", "number"),
        Column("reprints", "Reprints", "number"),
    )
    note = "Articles that have both labels. An article with three labels is in three rows."
    return table_query(name, title, (*columns, *counts), lambda filters: together(filters, axes), note=note, limit=20)


_REGION = Column("region", "Region", "region")
REGION_TOPICS = _table("region-topics", "Regions and topics", _TOPICS, (_REGION, Column("topic", "Topic", "topic")))
REGION_WATCH = _table(
    "region-watch", "Regions and watch topics", _WATCH, (_REGION, Column("watch", "Watch topic", "watch"))
)
REGION_REGIONS = _table(
    "region-regions",
    "Regions together",
    _REGIONS,
    (Column("region_a", "Pair", "pair"), Column("region_b", "And region", "data")),
)


@chart("region-topics", "Regions and topics")
def draw_region_topics(reader: Reader, filters: Filters) -> Drawing | None:
    """Draw how often regions and topics are written about together."""
    return _heat_map(reader, filters, _TOPICS)


@chart("region-watch", "Regions and watch topics")
def draw_region_watch(reader: Reader, filters: Filters) -> Drawing | None:
    """Draw how often regions and watch topics are written about together."""
    return _heat_map(reader, filters, _WATCH)


@chart("region-regions", "Regions together")
def draw_region_regions(reader: Reader, filters: Filters) -> Drawing | None:
    """Draw how often two regions are written about together."""
    return _heat_map(reader, filters, _REGIONS)


def _heat_map(reader: Reader, filters: Filters, axes: Axes) -> Drawing | None:
    """Draw a cell a pair of labels: the stronger the more, with its number in it."""
    rows = [row for row in reader.rows(together(filters, axes, with_panel=False)) if row["counted"]]
    if not rows:
        return None
    down, across = _NAMES[axes.row], _NAMES[axes.column]
    values = [
        {"down": down(row[axes.row]), "across": across(row[axes.column]), "count": row["counted"]} for row in rows
    ]
    if axes is _REGIONS:  # each pair is one row, and two cells
        values += [value | {"down": value["across"], "across": value["down"]} for value in values]
    top = max(value["count"] for value in values)
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X(
            "across:N",
            title=None,
            sort=_order(values, "across"),
            axis=alt.Axis(labelAngle=-40, labelLimit=150, orient="top", domain=False, ticks=False),
        ),
        y=alt.Y(
            "down:N",
            title=None,
            sort=_order(values, "down"),
            axis=alt.Axis(labelLimit=130, domain=False, ticks=False),
        ),
        tooltip=[
            alt.Tooltip("down:N", title="region"),
            alt.Tooltip("across:N", title="with"),
            alt.Tooltip("count:Q", title=noun(filters), format=",d"),
        ],
    )
    # Opacity and not a scheme of colours: it reads on white and on black, and so does the number upon it.
    strength = alt.Opacity(
        "count:Q", legend=None, scale=alt.Scale(type="sqrt", domain=[0, top], range=[0.04, 0.7], zero=True)
    )
    cells = base.mark_rect(color=RAW, cornerRadius=2).encode(opacity=strength)
    # Cells that are too narrow for a number, as on a phone, have their shade and their tooltip.
    is_narrow = f"width < {26 * len({value['across'] for value in values})}"
    number = alt.Text("count:Q", format=".2~s" if top >= 1000 else "d")
    said = base.mark_text(fontSize=11).encode(text=alt.condition(is_narrow, alt.value(""), number))
    height = 26 * len({value["down"] for value in values})
    return alt.layer(cells, said).properties(height=height)


def _order(values: list[dict[str, object]], axis: str) -> list[str]:
    """Return the labels of an axis, those with the largest cell first."""
    order = sorted(values, key=lambda value: -int(str(value["count"])))
    return list(dict.fromkeys(str(value[axis]) for value in order))
