"""The subjects that have pages: regions, topics, watch topics; how each is found, named and counted as a whole."""

from collections.abc import Callable
from dataclasses import dataclass

from silkwire.web import names
from silkwire.web.comparison import span_values
from silkwire.web.cooccurrence import REGION_REGIONS, REGION_TOPICS, REGION_WATCH
from silkwire.web.counting import counted
from silkwire.web.counts import by_panel, columns_of, narrowed_by
from silkwire.web.filters import Filters
from silkwire.web.reader import Reader, Statement
from silkwire.web.subject_tables import REGIONS, TOPICS, WATCH
from silkwire.web.tables import TableQuery


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of subject. `path` is its list's address, `field` the filter that its pages set, `column` where it stands.

    `configured` are those of the analyst's files; one that was taken out of them has its page while articles bear it.
    """

    path: str
    field: str
    column: str
    listed: TableQuery
    configured: Callable[[], dict[str, str]]
    name: Callable[[str], str]
    what: str
    heat_maps: tuple[TableQuery, ...]


SUBJECTS = (
    Subject(
        "regions",
        "region",
        "regions",
        REGIONS,
        names.regions,
        names.region_name,
        "region",
        (REGION_TOPICS, REGION_WATCH, REGION_REGIONS),
    ),
    Subject(
        "topics",
        "topic",
        "topics",
        TOPICS,
        names.topics,
        names.topic_name,
        "topic",
        (REGION_TOPICS, REGION_WATCH),
    ),
    Subject(
        "watch",
        "watch",
        "watch_topics",
        WATCH,
        names.watch_topics,
        names.watch_name,
        "watch topic",
        (REGION_WATCH, REGION_TOPICS),
    ),
)


def is_known(subject: Subject, key: str, reader: Reader) -> bool:
    """Whether there is a page for a key: it is in the configuration, or an article bears it."""
    if key in subject.configured():
        return True
    sql = f"""
        select exists (
            select from marts.article_facts as facts where facts.{subject.column} @> array[cast(:key as text)]
        )
    """  # noqa: S608 - the column is ours
    return bool(reader.value((sql, {"key": key})))


def summary(filters: Filters) -> Statement:
    """Return one row: what is counted in the window, and its whole days against those before (`comparison.py`).

    `mentioned` counts articles that only mention the region of the filters; null where these have none, or a pair.
    """
    counts, values = by_panel(filters, ":before_first")
    mentioned = "null"
    if filters.region and not filters.beside:
        mentioned, more = _mentioned(filters)
        values = {**values, **more}
    whole, before = "counts.day between :first and :whole_last", "counts.day between :before_first and :before_last"
    sums = {
        "counted": "counts.counted) filter (where counts.day >= :first",
        "reprints": "counts.reprints) filter (where counts.day >= :first",
        "whole": f"counts.counted) filter (where {whole}",
        "before": f"counts.counted) filter (where {before}",
        "panel": f"counts.panel) filter (where {whole}",
        "panel_before": f"counts.panel) filter (where {before}",
    }
    columns = ", ".join(f"coalesce(sum({said}), 0)::bigint as {name}" for name, said in sums.items())
    sql = f"""
        with panel as materialized (select panel.source_id from marts.panel(:before_first, :whole_last) as panel)
        select {columns}, {mentioned} as mentioned
        from ({counts}) as counts
    """  # noqa: S608 - the conditions are ours, what a visitor wrote is in the parameters
    return sql, {**values, **span_values(filters)}


def _mentioned(filters: Filters) -> Statement:
    """Count what only mentions the region of the filters."""
    if set(narrowed_by(filters)) == {"region"} and not filters.every_day:
        count, _, _ = columns_of(filters)
        sql = f"""(
            select coalesce(sum({count}), 0)::bigint from marts.label_days as days
            where days.kind = 'mentioned_region' and days.label = :region and days.day between :first and :last
        )"""  # noqa: S608 - the column is ours
        return sql, {"region": filters.region}
    others, values = filters.without("region").where()
    sql = f"""(
        select count(*) from marts.article_facts as facts
        where facts.mentioned_regions @> array[cast(:region as text)] and {others} and {counted(filters)}
    )"""  # noqa: S608 - the conditions are ours
    return sql, {**values, "region": filters.region}
