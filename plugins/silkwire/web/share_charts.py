"""Charts of who and what makes up the articles: languages over time, and the sources that publish most."""

from collections import Counter

import altair as alt

from silkwire.web import names
from silkwire.web.charts import PALETTE, RAW, Drawing, chart, count_axis, count_steps
from silkwire.web.counting import counted, noun
from silkwire.web.counts import columns_of, narrowed_by
from silkwire.web.filters import Filters
from silkwire.web.periods import day_bar_width, period_key, periods, time_axis, unit
from silkwire.web.reader import Reader, Statement
from silkwire.web.share_tables import source_shares
from silkwire.web.tables import Column, table_query
from silkwire.web.untrusted import line

_LANGUAGES, _SOURCES = 6, 15  # most that a chart tells apart
_OTHERS = "others"


def language_days(filters: Filters) -> Statement:
    """Return what is counted by day and language."""
    if not (narrowed_by(filters) or filters.every_day):
        count, reprints, some = columns_of(filters)
        sql = f"""
            select days.day, days.label as language, {count} as counted, {reprints} as reprints
            from marts.label_days as days
            where days.kind = 'language' and days.day between :first and :last and {some}
            order by days.day desc, counted desc, days.label
        """  # noqa: S608 - the columns are ours
        return sql, {"first": filters.first, "last": filters.last}
    where, values = filters.where()
    sql = f"""
        select
            facts.day, facts.language,
            count(*) filter (where {counted(filters)}) as counted,
            count(*) filter (where facts.is_reprint) as reprints
        from marts.article_facts as facts
        where {where}
        group by facts.day, facts.language
        order by facts.day desc, counted desc, facts.language
    """  # noqa: S608 - the conditions are ours, what a visitor wrote is in the parameters
    return sql, values


LANGUAGE_DAYS = table_query(
    "language-days",
    "Languages day by day",
    (
        Column("day", "Day", "day"),
        Column("language", "Language", "language"),
        Column("counted", "Counted", "number"),
        Column("reprints", "Reprints", "number"),
    ),
    language_days,
)


@chart("language-days", "Languages over time")
def draw_languages(reader: Reader, filters: Filters) -> Drawing | None:
    """Draw what is counted by language, a bar a day or week; the rarer languages are one."""
    rows = [row for row in reader.rows(language_days(filters)) if row["day"] is not None]
    totals: Counter[str] = Counter()
    for row in rows:
        totals[row["language"]] += row["counted"]
    kept = [language for language, count in totals.most_common(_LANGUAGES) if count]
    if not kept:
        return None
    named = {language: names.language_name(language) for language in kept}
    sums: Counter[tuple[str, str]] = Counter()
    said = {period.key: period.said for period in periods(filters)}
    for row in rows:
        key = period_key(row["day"], filters)
        sums[key.isoformat(), named.get(row["language"], _OTHERS)] += row["counted"]
    by_period: Counter[str] = Counter()
    for (day, _), count in sums.items():
        by_period[day] += count
    days = {key.isoformat(): words for key, words in said.items()}
    values = [
        {"day": day, "said": days[day], "language": language, "count": count}
        for (day, language), count in sums.items()
        if count
    ]
    since = min(row["day"] for row in rows)
    drawn_periods = [key for key in said if key >= period_key(since, filters) or not filters.every_day]
    domain = [*named.values(), _OTHERS] if len(totals) > len(kept) else list(named.values())
    drawn: alt.Chart = (
        alt.Chart(alt.Data(values=values))
        .mark_bar(size=day_bar_width(len(drawn_periods)))
        .encode(
            x=time_axis(filters, since=since),
            y=count_axis("count", f"{noun(filters)} a {unit(filters)}", max(by_period.values())),
            color=alt.Color(
                "language:N",
                title=None,
                sort=domain,
                scale=alt.Scale(domain=domain, range=[*PALETTE[: len(named)], PALETTE[6]][: len(domain)]),
                legend=alt.Legend(orient="top", columns=4),
            ),
            tooltip=[
                alt.Tooltip("said:N", title=unit(filters)),
                "language:N",
                alt.Tooltip("count:Q", title=noun(filters), format=",d"),
            ],
        )
        .properties(height=220)
    )
    return drawn


@chart("source-shares", "Sources with the most")
def draw_sources(reader: Reader, filters: Filters) -> Drawing | None:
    """Draw what is counted by source, and the reprints that it published beside them."""
    sql, given = source_shares(filters)
    rows = reader.rows((f"{sql}\nlimit {_SOURCES}", given))
    if not any(row["counted"] for row in rows):
        return None
    kinds = (noun(filters),) if filters.kind != "all" else ("originals", "reprints")
    values = [
        {"source": line(row["source"], 40), "kind": kind, "count": row[column]}
        for row in rows
        for kind, column in zip(kinds, ("counted", "reprints"), strict=False)
    ]
    by_source: Counter[str] = Counter()
    for value in values:
        by_source[value["source"]] += value["count"]
    order = list(dict.fromkeys(value["source"] for value in values))
    drawn: alt.Chart = (
        alt.Chart(alt.Data(values=values))
        .mark_bar()
        .encode(
            y=alt.Y("source:N", title=None, sort=order, axis=alt.Axis(labelLimit=150, domain=False, ticks=False)),
            x=alt.X("count:Q", title="articles", **count_steps(max(by_source.values()))),
            color=alt.Color(
                "kind:N",
                title=None,
                scale=alt.Scale(domain=list(kinds), range=[RAW, PALETTE[5]][: len(kinds)]),
                legend=alt.Legend(orient="top"),
            ),
            tooltip=["source:N", "kind:N", alt.Tooltip("count:Q", title="articles", format=",d")],
        )
        .properties(height=22 * len(order) + 20)
    )
    return drawn
