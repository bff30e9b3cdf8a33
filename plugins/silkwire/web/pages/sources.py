"""All sources: which feeds need a hand, of how many we hear, and what may be missing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlalchemy import RowMapping

from silkwire.web import names, source_charts, source_words  # noqa: F401 - the charts make themselves known
from silkwire.web.article_lists import read_offset
from silkwire.web.choices import Offered
from silkwire.web.filters import Filters
from silkwire.web.reader import Statement
from silkwire.web.source_tables import COVERAGE, FEEDS, GAPS, LANGUAGES, OUTAGES, every_feed
from silkwire.web.source_words import states_of
from silkwire.web.tables import Table, show
from silkwire.web.templating import render
from silkwire.web.view import AnyView

router = APIRouter()

_LAST_DAY: Statement = (
    """
    select days.day, days.sources_polled as expected, days.sources_reported as reporting
    from marts.polled_days as days
    order by days.day desc
    limit 1
    """,
    {},
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the feeds within the filters stand, and what the filters offer."""

    sources: int
    feeds: int
    groups: Counter[str]
    in_outage: int
    open_gaps: int
    states: Counter[str]
    countries: Offered
    languages: Offered


@router.get("/sources")
def all_sources(view: AnyView, offset: str = "") -> HTMLResponse:
    """Draw the page; without a state it shows the feeds that do not simply work."""
    rows = view.reader.rows(every_feed())
    standing = _standing(rows, view.filters)
    trouble = standing.groups["hand"] + standing.groups["waits"]
    asked = view.filters if view.filters.state or not standing.feeds else replace(view.filters, state="trouble")
    return render(
        view,
        "sources.html",
        section="sources",
        charts=True,
        words=source_words,
        standing=standing,
        last_day=view.reader.row(_LAST_DAY),
        feeds=_page(rows, asked, read_offset(offset)) if trouble or view.filters.state else None,
        coverage=show(COVERAGE, view.reader, view.filters),
        languages=show(LANGUAGES, view.reader, view.filters),
        outages=show(OUTAGES, view.reader, view.filters),
        gaps=show(GAPS, view.reader, view.filters),
    )


def _page(rows: Sequence[RowMapping], filters: Filters, offset: int) -> Table:
    """Return what the page shows of the feeds: read once for the counts, they are not asked for again."""
    states = states_of(filters.state)
    found = [row for row in _within(rows, filters) if row["health"] in states]
    shown = found[offset : offset + FEEDS.limit]
    return Table(FEEDS, filters, shown, more=len(found) > offset + FEEDS.limit, offset=offset)


def _within(rows: Sequence[RowMapping], filters: Filters) -> list[RowMapping]:
    asked = {"source_id": filters.source, "source_country": filters.country, "language": filters.language}
    return [row for row in rows if all(value in (None, row[name]) for name, value in asked.items())]


def _standing(rows: Sequence[RowMapping], filters: Filters) -> Standing:
    within = _within(rows, filters)
    states = Counter(row["health"] for row in within)
    countries = {row["source_country"] for row in rows if row["source_country"]}
    languages = {row["language"] for row in rows if row["language"]}
    return Standing(
        sources=len({row["source_id"] for row in within}),
        feeds=len(within),
        groups=Counter({name: sum(states[state] for state in group) for name, group in source_words.GROUPS.items()}),
        in_outage=sum(row["outage"] for row in within),
        open_gaps=sum(row["open_gaps"] for row in within),
        states=states,
        countries=_by_name({key: names.country_name(key) for key in countries}),
        languages=_by_name({key: names.language_name(key) for key in languages}),
    )


def _by_name(offered: dict[str, str]) -> Offered:
    return tuple(sorted(offered.items(), key=lambda item: item[1].casefold()))
