"""The subjects that have pages: regions, topics, watch topics; how each is found, named and counted as a whole."""

from collections.abc import Callable
from dataclasses import dataclass

from silkwire.web import names
from silkwire.web.comparison import span_values
from silkwire.web.cooccurrence import REGION_REGIONS, REGION_TOPICS, REGION_WATCH
from silkwire.web.counting import counted
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
    """Return one row: what is counted in the window, and its whole days against as many days before.

    `mentioned` counts articles that only mention the region of the filters; null where these have none, or a pair.
    """
    where, values = filters.where(by_day=False)
    mentioned = "null"
    if filters.region and not filters.beside:
        others = filters.without("region").where()[0]
        mentioned = f"""(
            select count(*) from marts.article_facts as facts
            where facts.mentioned_regions @> array[cast(:region as text)] and {others} and {counted(filters)}
        )"""  # noqa: S608 - as below
    whole, before = "facts.day between :first and :whole_last", "facts.day < :first"
    in_panel = "facts.source_id in (select panel.source_id from panel)"
    sql = f"""
        with panel as materialized (select panel.source_id from marts.panel(:before_first, :whole_last) as panel)
        select
            count(*) filter (where facts.day >= :first and {counted(filters)}) as counted,
            count(*) filter (where facts.day >= :first and facts.is_reprint) as reprints,
            count(*) filter (where {whole} and {counted(filters)}) as whole,
            count(*) filter (where {before} and {counted(filters)}) as before,
            count(*) filter (where {whole} and {counted(filters)} and {in_panel}) as panel,
            count(*) filter (where {before} and {counted(filters)} and {in_panel}) as panel_before,
            {mentioned} as mentioned
        from marts.article_facts as facts
        where facts.day between :before_first and :last and {where}
    """  # noqa: S608 - the conditions are ours, what a visitor wrote is in the parameters
    return sql, values | span_values(filters)
