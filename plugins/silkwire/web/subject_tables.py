"""Lists of subjects: a row a region, topic, watch topic or pair of regions, against the window before."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from silkwire.web import names
from silkwire.web.comparison import span_values
from silkwire.web.counting import counted
from silkwire.web.counts import PANEL, columns_of, narrowed_by, panel_copies
from silkwire.web.filters import Filters
from silkwire.web.reader import Statement
from silkwire.web.tables import Column, Kind, TableQuery, table_query


@dataclass(frozen=True, slots=True)
class Labels:
    """Where the subjects of an article stand in `marts.article_facts`, and how rows are made of them.

    Articles are first grouped by what is `chosen`; of a group, `lateral` makes a row a label with the keys and
    `is_about`. `some` tells whether there are any; `known` are keys that are listed without articles too. `kinds` are
    those of the mart `counted_in`, where they are counted already, with its columns of the keys.
    """

    keys: tuple[str, ...]
    chosen: str
    grouped: str
    some: str
    lateral: str
    counted_in: str
    kinds: tuple[str, ...]
    columns: tuple[str, ...]
    known: str | None = None


_REGIONS = Labels(
    ("region",),
    "facts.regions, facts.mentioned_regions",
    "facts.regions, facts.mentioned_regions",
    "(facts.regions != '{}' or facts.mentioned_regions != '{}')",
    """lateral (
        select named.region, named.place <= cardinality(facts.regions) as is_about
        from unnest(facts.regions || facts.mentioned_regions) with ordinality as named (region, place)
    )""",
    "marts.label_days",
    ("region", "mentioned_region"),
    ("label",),
    "region",
)
# One column is taken apart at once, which is quicker than to group by it first.
_TOPICS = Labels(
    ("topic",),
    "unnest(facts.topics) as topic",
    "topic",
    "facts.topics != '{}'",
    "(select true as is_about)",
    "marts.label_days",
    ("topic",),
    ("label",),
    "topic",
)
_WATCH = Labels(
    ("watch",),
    "unnest(facts.watch_topics) as watch",
    "watch",
    "facts.watch_topics != '{}'",
    "(select true as is_about)",
    "marts.label_days",
    ("watch_topic",),
    ("label",),
    "watch",
)
_PAIRS = Labels(
    ("region_a", "region_b"),
    "facts.regions",
    "facts.regions",
    "cardinality(facts.regions) > 1",
    """lateral (
        select one.region as region_a, other.region as region_b, true as is_about
        from unnest(facts.regions) as one (region)
        inner join unnest(facts.regions) as other (region) on one.region < other.region
    )""",
    "marts.pair_days",
    ("region_region",),
    ("label_a", "label_b"),
)
_KNOWN: dict[str, Callable[[], dict[str, str]]] = {
    "region": names.regions,
    "topic": names.topics,
    "watch": names.watch_topics,
}


def subject_rows(filters: Filters, labels: Labels) -> Statement:
    """Return a row a subject: what is counted in the window, and its whole days against those before (`comparison.py`).

    The panel answered on every whole day of both windows. What would compare with days before the first poll is null.
    """
    daily, values = _daily(filters, labels)
    copied, more = _copied(filters, labels)
    keys = ", ".join(labels.keys)
    joined = " and ".join(f"listed.{key} = daily.{key}" for key in labels.keys)
    listed = ", ".join(f"listed.{key}" for key in labels.keys)
    known = f"union select unnest(cast(:known as text[])) as {labels.known}" if labels.known else ""
    now, whole = "daily.day >= :first", "daily.day between :first and :whole_last"
    before = "daily.day between :before_first and :before_last"
    sql = f"""
        with panel as materialized (select panel.source_id from marts.panel(:before_first, :whole_last) as panel),
        {daily},
        daily as materialized (
            select rows.* from counted_days as rows
            union all
            {copied}
        ),
        listed as (select distinct {keys} from daily where {now} {known}),
        watched as (
            select min(days.day) <= :before_first and :whole_last >= :first as is_comparable
            from marts.polled_days as days
        ),
        sums as (
            select
                {listed},
                coalesce(sum(daily.counted) filter (where {now}), 0)::bigint as counted,
                coalesce(sum(daily.counted) filter (where {whole}), 0)::bigint as whole,
                coalesce(sum(daily.counted) filter (where {before}), 0)::bigint as before,
                coalesce(sum(daily.panel) filter (where {whole}), 0)::bigint as panel,
                coalesce(sum(daily.panel) filter (where {before}), 0)::bigint as panel_before,
                coalesce(sum(daily.reprints) filter (where {now}), 0)::bigint as reprints,
                coalesce(sum(daily.mentioned) filter (where {now}), 0)::bigint as mentioned,
                array_agg(daily.day) filter (where {now}) as days,
                array_agg(daily.counted) filter (where {now}) as counts
            from listed
            left join daily on {joined}
            group by {listed}
        )
        select
            {keys},
            -- PostgreSQL makes it after the limit, for the rows that are shown alone.
            (
                select array_agg(coalesce(points.counted, 0)::int order by axis.day)
                from generate_series(cast(:first as date), cast(:last as date), interval '1 day') as axis (day)
                left join unnest(sums.days, sums.counts) as points (day, counted) on axis.day = points.day
            ) as trend,
            counted, reprints, mentioned, whole,
            case when is_comparable then before end as before,
            case when is_comparable then (whole - before)::float / nullif(before, 0) end as change,
            case when has_panel then panel end as panel,
            case when has_panel and is_comparable then panel_before end as panel_before,
            case when has_panel and is_comparable then (panel - panel_before)::float / nullif(panel_before, 0) end
                as panel_change
        from sums
        cross join watched
        cross join (select exists (select from panel) as has_panel) as panels
        order by counted desc, whole desc, {keys}
    """  # noqa: S608 - keys and conditions are ours, what a visitor wrote is in the parameters
    if labels.known:
        values = {**values, "known": list(_KNOWN[labels.known]())}
    return sql, {**more, **values, **span_values(filters)}


def _copied(filters: Filters, labels: Labels) -> Statement:
    """Return the subjects of the reprints that count for the panel all the same, in the column `panel` alone."""
    copies, values = panel_copies(filters, ":before_first")
    keys = ", ".join(labels.keys)
    sql = f"""
            select {keys}, facts.day, null, 1, null, null
            from (
                select facts.day, {labels.chosen} from marts.article_facts as facts where {copies}
            ) as facts
            cross join {labels.lateral} as labels
            where labels.is_about
    """  # noqa: S608 - keys and conditions are ours
    return sql, values


def _daily(filters: Filters, labels: Labels) -> Statement:
    """Return the table `counted_days`: a row a day and subject with `counted`, `panel`, `reprints` and `mentioned`."""
    if narrowed_by(filters):
        return _daily_of_articles(filters, labels)
    count, reprints, some = columns_of(filters)
    keys = ", ".join(f"days.{column} as {key}" for key, column in zip(labels.keys, labels.columns, strict=True))
    about, *others = labels.kinds
    is_about = f"days.kind = '{about}'"
    sql = f"""
        counted_days as materialized (
            select
                {keys}, days.day,
                sum({count}) filter (where {is_about}) as counted,
                sum({PANEL.format(column=count.removeprefix("days."))}) filter (where {is_about}) as panel,
                sum({reprints}) filter (where {is_about}) as reprints,
                sum({count}) filter (where not {is_about}) as mentioned
            from {labels.counted_in} as days
            where days.kind = any(cast(:kinds as text[])) and days.day between :before_first and :last and {some}
            group by {", ".join(f"days.{column}" for column in labels.columns)}, days.day
        )
    """  # noqa: S608 - marts and columns are ours
    return sql, {"kinds": [about, *others]}


def _daily_of_articles(filters: Filters, labels: Labels) -> Statement:
    """Return the same out of the articles; those with the same labels are one row before these are taken apart."""
    where, values = filters.where(by_day=False)
    keys = ", ".join(labels.keys)
    sql = f"""
        facts as materialized (
            select
                facts.day, {labels.chosen}, facts.is_reprint,
                facts.source_id in (select panel.source_id from panel) as in_panel,
                count(*) as articles
            from marts.article_facts as facts
            where facts.day between :before_first and :last and {labels.some} and {where}
            group by facts.day, {labels.grouped}, facts.is_reprint, in_panel
        ),
        counted_days as materialized (
            select
                {keys}, facts.day,
                sum(facts.articles) filter (where labels.is_about and {counted(filters)}) as counted,
                sum(facts.articles) filter (where labels.is_about and {counted(filters)} and facts.in_panel) as panel,
                sum(facts.articles) filter (where labels.is_about and facts.is_reprint) as reprints,
                sum(facts.articles) filter (where not labels.is_about and {counted(filters)}) as mentioned
            from facts
            cross join {labels.lateral} as labels
            group by {keys}, facts.day
        )
    """  # noqa: S608 - keys and conditions are ours, what a visitor wrote is in the parameters
    return sql, values


_NOTE = (
    "Counted are originals, or reprints where these alone are asked for. Change compares the window's whole days, "
    "so without today, with the same weekdays before; the panel has the sources that answered on each of these days."
)


def _columns(keys: Iterable[Column], *, mentioned: bool = False) -> tuple[Column, ...]:
    return (
        *keys,
        Column("trend", "Trend", "trend"),
        Column("counted", "Counted", "number"),
        Column("whole", "Whole days", "number"),
        Column("before", "Before", "number"),
        Column("change", "Change", "change"),
        Column("panel", "Panel", "number"),
        Column("panel_change", "Panel change", "change"),
        *([Column("mentioned", "Only mentioned", "number")] if mentioned else []),
        Column("reprints", "Reprints", "number"),
        Column("panel_before", "Panel before", "data"),
    )


def _listed(name: str, title: str, labels: Labels, kinds: dict[str, tuple[str, Kind]]) -> TableQuery:
    columns = _columns([Column(key, said, kind) for key, (said, kind) in kinds.items()], mentioned=labels is _REGIONS)
    return table_query(name, title, columns, lambda filters: subject_rows(filters, labels), note=_NOTE)


REGIONS = _listed("regions", "Regions", _REGIONS, {"region": ("Region", "region")})
TOPICS = _listed("topics", "Topics", _TOPICS, {"topic": ("Topic", "topic")})
WATCH = _listed("watch", "Watch topics", _WATCH, {"watch": ("Watch topic", "watch")})
PAIRS = _listed(
    "pairs",
    "Pairs of regions",
    _PAIRS,
    {"region_a": ("Pair", "pair"), "region_b": ("And region", "data")},
)
