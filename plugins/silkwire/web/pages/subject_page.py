"""The page of one subject, which is the filters' page: a trend, who made it, what goes with it, and the articles."""

from collections.abc import Sequence
from urllib.parse import quote

from fastapi.responses import HTMLResponse

from silkwire.web import share_charts, volume_charts
from silkwire.web.article_lists import ARTICLES
from silkwire.web.comparison import standing
from silkwire.web.counting import noun
from silkwire.web.periods import unit
from silkwire.web.share_reading import read_contents, read_sources
from silkwire.web.subjects import summary
from silkwire.web.tables import Table, TableQuery, show
from silkwire.web.templating import render
from silkwire.web.view import View

_NARROWING = ("region", "topic", "watch", "language", "source", "country", "kind")


def draw_subject(  # noqa: PLR0913 - what makes one subject's page
    view: View,
    section: str,
    *,
    title: str,
    what: str,
    action: Sequence[str],
    fixed: Sequence[str],
    heat_maps: Sequence[TableQuery],
) -> HTMLResponse:
    """Draw the page of the view's filters. `fixed` are those that the page's address (`action`) says itself."""
    reader, filters = view.reader, view.filters
    sources, kinds, source_countries = read_sources(reader, filters)
    languages, countries = read_contents(reader, filters)
    return render(
        view,
        "subject.html",
        section=section,
        charts=True,
        title=title,
        what=what,
        action="/".join(quote(part, safe="") for part in action),
        fixed=tuple(fixed),
        narrowing=tuple(name for name in _NARROWING if name not in fixed),
        noun=noun(filters),
        unit=unit(filters),
        standing=standing(reader, filters),
        summary=reader.row(summary(filters)),
        days=show(volume_charts.TREND, reader, filters),
        heat_maps=heat_maps,
        numbers=numbers_of(view, heat_maps),
        sources=sources,
        shares=[kinds, source_countries, countries],
        languages=languages,
        language_days=share_charts.LANGUAGE_DAYS,
        newest=show(ARTICLES, reader, filters),
    )


def numbers_of(view: View, heat_maps: Sequence[TableQuery]) -> dict[str, Table]:
    """Return the table behind a heat map where `numbers=NAME` asks for it: to count it costs what the map does."""
    asked = view.request.query_params.get("numbers")
    return {query.name: show(query, view.reader, view.filters) for query in heat_maps if query.name == asked}
