"""Where articles are counted from: marts that are counted already where these have what the filters ask for.

`marts.source_days` answers for all articles, `marts.label_days` for one region, topic or language, `marts.pair_days`
for a region with a topic or a second region, and each of them for a source too. With any other filter, or with more of
them, each article of `marts.article_facts` is looked at; the numbers are equal.
"""

from dataclasses import replace
from typing import Any

from silkwire.web.counting import counted
from silkwire.web.filters import Filters
from silkwire.web.reader import Statement

KINDS = {"region": "region", "topic": "topic", "watch": "watch_topic", "language": "language"}
"""Each filter that is a label, with its kind in `marts.label_days`."""
_BOTH = "(cast(:region as text), cast(:beside as text))"
_PAIRS = {
    frozenset(("region", "topic")): ("region_topic", ":region", ":topic"),
    frozenset(("region", "watch")): ("region_watch_topic", ":region", ":watch"),
    frozenset(("region", "beside")): ("region_region", f"least{_BOTH}", f"greatest{_BOTH}"),
}
"""Each two filters that are a pair in `marts.pair_days`: its kind, and its labels in their order."""
_NARROWING = (*KINDS, "beside", "source", "country", "q")
# A language is asked for with its scripts: zh has zh-Hans and zh-Hant, as in the filters.
_IS_LABEL = {"language": "(labelled.label = :language or starts_with(labelled.label, :language || '-'))"}
# A label's own sources stand in its row; those of the panel are picked out of them.
PANEL = """(
    select sum(own.articles) from unnest(days.source_ids, days.source_{column}) as own (source_id, articles)
    where own.source_id in (select panel.source_id from panel)
)"""

# Of a text that another source had first, the first one of the panel's counts for the panel: so a source that is added
# and prints everything first takes nothing away from it.
_COPY = """
    facts.is_reprint and facts.source_id in (select panel.source_id from panel)
    and not facts.earlier_sources && array(select panel.source_id from panel)
"""


def panel_copies(filters: Filters, first: str, last: str = ":last") -> Statement:
    """Return the condition on `facts` of the reprints that count for the panel from `first` to `last`, which are names.

    They are to be added to the panel's originals. Where reprints alone are counted, there are none.
    """
    if filters.kind == "reprint":
        return "false", {}
    where, values = replace(filters, kind="all").where(by_day=False)
    # In this order: PostgreSQL looks at the last condition last, and that one has arrays to compare.
    return f"{where} and facts.day between {first} and {last} and {_COPY}", values


def narrowed_by(filters: Filters) -> dict[str, str]:
    """Return the filters that narrow articles down, but for the days and the kind."""
    return {name: value for name in _NARROWING if (value := getattr(filters, name)) is not None}


def columns_of(filters: Filters, days: str = "days") -> tuple[str, str, str]:
    """Return what is counted and the reprints, of marts with both columns, and the condition that there are any."""
    if filters.kind == "reprint":
        return f"{days}.reprints", f"{days}.reprints", f"{days}.reprints > 0"
    if filters.kind == "original":
        return f"{days}.articles", "0", f"{days}.articles > 0"
    return f"{days}.articles", f"{days}.reprints", f"({days}.articles > 0 or {days}.reprints > 0)"


def by_panel(filters: Filters, first: str, last: str = ":last") -> Statement:
    """Return the rows of `by_source` with `panel` beside them: what of them counts for sources of the table `panel`.

    `last` is the name of the last day that the panel is asked for.
    """
    counts, values = by_source(filters, first)
    copies, more = panel_copies(filters, first, last)
    sql = f"""
        select
            rows.*,
            case when rows.source_id in (select panel.source_id from panel) then rows.counted else 0 end as panel
        from ({counts}) as rows
        union all
        select facts.day, facts.source_id, 0, 0, 1
        from marts.article_facts as facts
        where {copies}
    """  # noqa: S608 - the conditions are ours, what a visitor wrote is in the parameters
    return sql, {**values, **more}


def by_source(filters: Filters, first: str = ":first") -> Statement:
    """Return `day`, `source_id`, `counted` and `reprints` within the filters from `first` on; rows are to be added up.

    `first` is a parameter's name with its colon. Where the filters have every day, the undated are among them.
    """
    narrowed, every_day = narrowed_by(filters), filters.every_day and first == ":first"
    labels = frozenset(narrowed) - {"source"}
    table = _table_of(labels, first)
    if every_day or table is None:
        return _of_articles(filters, first)
    count, reprints, some = columns_of(filters)
    values: dict[str, Any] = {"last": filters.last, **narrowed}
    if first == ":first":
        values["first"] = filters.first
    of_source = " and days.source_id = :source" if "source" in narrowed else ""
    sql = f"""
        select days.day, days.source_id, {count} as counted, {reprints} as reprints
        from {table} as days
        where days.day between {first} and :last and {some}{of_source}
    """  # noqa: S608 - what a visitor wrote is in the parameters
    return sql, values


def _table_of(labels: frozenset[str], first: str) -> str | None:
    """Return what has days and sources counted for these filters; None where nothing has."""
    if not labels:
        return "marts.source_days"
    if labels in _PAIRS:
        kind, one, other = _PAIRS[labels]
        mart = "pair_days"
        where = f"labelled.kind = '{kind}' and labelled.label_a = {one} and labelled.label_b = {other}"
    elif len(labels) == 1 and labels <= KINDS.keys():
        (label,) = labels
        condition = _IS_LABEL.get(label, f"labelled.label = :{label}")
        mart, where = "label_days", f"labelled.kind = '{KINDS[label]}' and {condition}"
    else:
        return None
    return f"""(
            select
                labelled.day, unnest(labelled.source_ids) as source_id,
                unnest(labelled.source_articles) as articles, unnest(labelled.source_reprints) as reprints
            from marts.{mart} as labelled
            where {where} and labelled.day between {first} and :last
        )"""  # noqa: S608 - marts and kinds are ours


def _of_articles(filters: Filters, first: str) -> Statement:
    where, values = filters.where(by_day=first == ":first")
    if first != ":first":
        where, values = f"{where} and facts.day between {first} and :last", {**values, "last": filters.last}
    sql = f"""
        select
            facts.day, facts.source_id, ({counted(filters)})::int as counted, facts.is_reprint::int as reprints
        from marts.article_facts as facts
        where {where}
    """  # noqa: S608 - the conditions are ours
    return sql, values
