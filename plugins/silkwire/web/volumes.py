"""Regions and topics: these days beside the same weekdays before them, raw and of the panel.

Only whole days are compared, so today is left out. The panel is the sources that reported on every day of both. Its
change is the one to trust: a source that was added, or was silent for a while, moves the raw counts alone.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import RowMapping

from silkwire.web.comparison import weeks_back
from silkwire.web.counts import narrowed_by, panel_copies
from silkwire.web.filters import Filters
from silkwire.web.reader import Reader, Statement
from silkwire.web.tables import Column, Table, TableQuery, table_query

# Each kind of label with its array in marts.article_facts.
LABELS = {"region": "regions", "topic": "topics", "watch": "watch_topics"}


@dataclass(frozen=True, slots=True)
class Windows:
    """Two windows of equally many whole UTC days that begin on the same weekday; all days included."""

    earlier_first: date
    earlier_last: date
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days each of them has."""
        return (self.last - self.first).days + 1


def windows(filters: Filters) -> Windows:
    """Return the whole days of the filters' window, and those before; of a window of today alone, yesterday."""
    last = min(filters.last, filters.today - timedelta(days=1)) if filters.today else filters.last
    first = min(filters.first, last)
    back = weeks_back(first, last)
    return Windows(first - back, last - back, first, last)


def label_changes(filters: Filters) -> Statement:
    """Return originals of each region and topic in both windows, raw and of the panel, with the changes of both."""
    plain = replace(filters, kind="all")
    found, values = _of_articles(plain) if narrowed_by(plain) else (_COUNTED, {})
    copied, more = _copied(plain)
    sql = f"""
        with panel as materialized (select panel.source_id from marts.panel(:earlier_first, :this_last) as panel),
        counted as (
            select
                found.kind,
                found.label,
                coalesce(sum(found.articles) filter (where found.is_this), 0)::bigint as articles,
                coalesce(sum(found.articles) filter (where not found.is_this), 0)::bigint as articles_before,
                coalesce(sum(found.panel) filter (where found.is_this), 0)::bigint as articles_panel,
                coalesce(sum(found.panel) filter (where not found.is_this), 0)::bigint as panel_before
            from (
                select
                    rows.kind, rows.label, rows.is_this, rows.articles,
                    case when rows.in_panel then rows.articles else 0 end as panel
                from ({found}) as rows
                union all
                {copied}
            ) as found
            group by found.kind, found.label
        )
        select
            counted.kind,
            counted.label,
            counted.articles,
            case when known.before then counted.articles_before end as articles_before,
            case when known.panel then counted.articles_panel end as articles_panel,
            case when known.before and known.panel then counted.panel_before end as panel_before,
            case when known.before then counted.articles::real / nullif(counted.articles_before, 0) - 1 end as change,
            case when known.before and known.panel
                then counted.articles_panel::real / nullif(counted.panel_before, 0) - 1
            end as change_panel
        from counted
        cross join (
            select
                coalesce((select min(days.day) from marts.polled_days as days) <= :earlier_first, false) as before,
                exists (select from panel) as panel
        ) as known
        order by counted.articles desc, counted.label
    """  # noqa: S608 - the conditions are ours, what a visitor wrote is in the parameters
    both = windows(filters)
    days = {
        "earlier_first": both.earlier_first,
        "earlier_last": both.earlier_last,
        "this_first": both.first,
        "this_last": both.last,
    }
    return sql, {**values, **more, **days}


def _copied(filters: Filters) -> Statement:
    """Return the labels of the panel's copies in both windows, in the columns of `panel` alone."""
    columns = "facts.day >= :this_first as is_this, 0 as articles, 1 as panel"
    within = "(facts.day <= :earlier_last or facts.day >= :this_first)"
    return copied_labels(filters, ":earlier_first", ":this_last", columns, within)


def copied_labels(filters: Filters, first: str, last: str, columns: str, within: str = "true") -> Statement:
    """Return `kind`, `label` and `columns` of the reprints that count for the panel all the same (`panel_copies`)."""
    copies, values = panel_copies(filters, first, last)
    arrays = ", ".join(f"('{kind}', facts.{array})" for kind, array in LABELS.items())
    sql = f"""
                select labelled.kind, unnest(labelled.labels) as label, {columns}
                from marts.article_facts as facts
                cross join lateral (values {arrays}) as labelled (kind, labels)
                where {copies} and {within}
    """  # noqa: S608 - kinds, arrays and columns are ours
    return sql, values


def _of_articles(filters: Filters) -> Statement:
    """Return labels with `is_this` window, `in_panel` and `articles`, out of the articles within the filters."""
    where, values = filters.where(by_day=False)
    sql = "\n            union all\n".join(
        f"""
            select '{kind}' as kind, unnest(alike.labels) as label, alike.is_this, alike.in_panel, alike.articles
            from (
                -- Articles with the same labels are counted together before their labels are taken apart.
                select
                    facts.{array} as labels,
                    facts.day >= :this_first as is_this,
                    facts.source_id in (select panel.source_id from panel) as in_panel,
                    count(*) as articles
                from marts.article_facts as facts
                where facts.day between :earlier_first and :this_last and not facts.is_reprint
                    and (facts.day <= :earlier_last or facts.day >= :this_first)
                    and facts.{array} != '{{}}' and {where}
                group by 1, 2, 3
            ) as alike
        """  # noqa: S608 - kinds and arrays are ours
        for kind, array in LABELS.items()
    )
    return sql, values


# The same where nothing is filtered.
_COUNTED = """
            select
                case counted.kind when 'watch_topic' then 'watch' else counted.kind end as kind,
                counted.label,
                counted.is_this,
                counted.source_id in (select panel.source_id from panel) as in_panel,
                counted.articles
            from (
                select
                    days.kind, days.label, days.day >= :this_first as is_this,
                    unnest(days.source_ids) as source_id, unnest(days.source_articles) as articles
                from marts.label_days as days
                where days.kind in ('region', 'topic', 'watch_topic')
                    and days.day between :earlier_first and :this_last
                    and (days.day <= :earlier_last or days.day >= :this_first)
            ) as counted
            where counted.articles > 0
"""


def panel_size(filters: Filters) -> Statement:
    """Count the sources that reported on every day of both windows."""
    both = windows(filters)
    sql = "select count(*) from marts.panel(:earlier_first, :this_last)"
    return sql, {"earlier_first": both.earlier_first, "this_last": both.last}


def _of_kind(kind: str, filters: Filters) -> Statement:
    sql, values = label_changes(filters)
    return f"select changes.* from ({sql}) as changes where changes.kind = :label_kind", {**values, "label_kind": kind}  # noqa: S608


def _table(name: str, title: str, kind: str, label: Column, note: str) -> TableQuery:
    columns = (
        label,
        Column("articles", "Originals, whole days", "number"),
        Column("articles_before", "Before", "number"),
        Column("change", "Change", "change"),
        Column("articles_panel", "Panel", "number"),
        Column("panel_before", "Panel before", "number"),
        Column("change_panel", "Change of the panel", "change"),
    )
    return table_query(name, title, columns, lambda filters: _of_kind(kind, filters), note, limit=12)


REGIONS = _table(
    "region-changes",
    "Regions",
    "region",
    Column("label", "Region", "region"),
    "Originals about a region; an article about two counts under both.",
)
TOPICS = _table(
    "topic-changes",
    "Topics",
    "topic",
    Column("label", "Topic", "topic"),
    "IPTC Media Topics; an article with two counts under both.",
)
WATCHES = _table(
    "watch-changes",
    "Watch topics",
    "watch",
    Column("label", "Watch topic", "watch"),
    "Topics of the desk's own; an article with two counts under both.",
)
_KINDS = {"region": REGIONS, "topic": TOPICS, "watch": WATCHES}


def read_changes(reader: Reader, filters: Filters) -> list[Table]:
    """Read the three tables in one query."""
    rows = reader.rows(label_changes(filters))
    return [_shown(query, filters, [row for row in rows if row["kind"] == kind]) for kind, query in _KINDS.items()]


def _shown(query: TableQuery, filters: Filters, rows: list[RowMapping]) -> Table:
    return Table(query, filters, rows[: query.limit], more=len(rows) > query.limit)
