"""The tables of shares that a page shows together, read in two queries: each alone would look at the same articles."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from silkwire.web.counting import counted
from silkwire.web.filters import Filters
from silkwire.web.reader import Reader, Statement
from silkwire.web.share_tables import COUNTRIES, LANGUAGES, SOURCE_COUNTRIES, SOURCE_KINDS, SOURCES, source_shares
from silkwire.web.tables import Table, TableQuery

Rows = list[Mapping[str, Any]]


def read_sources(reader: Reader, filters: Filters) -> tuple[Table, Table, Table]:
    """Return the tables `SOURCES`, `SOURCE_KINDS` and `SOURCE_COUNTRIES`: the latter add the rows of the first up."""
    rows: Rows = [dict(row) for row in reader.rows(source_shares(filters))]
    kinds = _ranked("source_kind", ((row["source_kind"], row["counted"], row["reprints"]) for row in rows))
    countries = _ranked("source_country", ((row["source_country"], row["counted"], row["reprints"]) for row in rows))
    return (
        _shown(SOURCES, filters, rows),
        _shown(SOURCE_KINDS, filters, kinds),
        _shown(SOURCE_COUNTRIES, filters, countries),
    )


def read_contents(reader: Reader, filters: Filters) -> tuple[Table, Table]:
    """Return the tables `LANGUAGES` and `COUNTRIES`. A share is of all articles, which have one language each."""
    found: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for row in reader.rows(_contents(filters)):
        found[row["kind"]].append((row["label"], row["counted"], row["reprints"]))
    total = sum(count for _, count, _ in found["language"])
    languages = _ranked("language", found["language"], total)
    countries = _ranked("country", found["country"], total)
    return _shown(LANGUAGES, filters, languages), _shown(COUNTRIES, filters, countries)


def _contents(filters: Filters) -> Statement:
    """Return `counted` and `reprints` by language and by country that articles are about."""
    where, values = filters.where()
    sums = f"""
            coalesce(sum(facts.articles) filter (where {counted(filters)}), 0)::bigint as counted,
            coalesce(sum(facts.articles) filter (where facts.is_reprint), 0)::bigint as reprints"""
    sql = f"""
        with chosen as materialized (
            select
                facts.language, facts.countries, facts.is_reprint, count(*) as articles,
                grouping(facts.countries) = 1 as is_language
            from marts.article_facts as facts
            where {where}
            group by grouping sets ((facts.language, facts.is_reprint), (facts.countries, facts.is_reprint))
        )
        select 'language' as kind, facts.language as label, {sums}
        from chosen as facts
        where facts.is_language
        group by facts.language
        union all
        select 'country' as kind, facts.country as label, {sums}
        from (
            select unnest(chosen.countries) as country, chosen.is_reprint, chosen.articles
            from chosen
            where not chosen.is_language
        ) as facts
        group by facts.country
    """  # noqa: S608 - the conditions are ours, what a visitor wrote is in the parameters
    return sql, values


def _ranked(key: str, counts: Iterable[tuple[str | None, int, int]], total: int | None = None) -> Rows:
    """Add counts up by their label, the most frequent first; shares are of `total`, or of all that is counted."""
    sums: Counter[str | None] = Counter()
    reprints: Counter[str | None] = Counter()
    for label, count, reprinted in counts:
        sums[label] += count
        reprints[label] += reprinted
    whole = sums.total() if total is None else total
    order = sorted(sums, key=lambda label: (-sums[label], -reprints[label], label is None, label or ""))
    return [
        {
            key: label,
            "counted": sums[label],
            "share": sums[label] / whole if whole else None,
            "reprints": reprints[label],
        }
        for label in order
    ]


def _shown(query: TableQuery, filters: Filters, rows: Rows) -> Table:
    return Table(query, filters, rows[: query.limit], more=len(rows) > query.limit)
