"""One source: its feeds, what it publishes against its usual, what is missing of it, and whose texts it carries."""

from dataclasses import replace

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse

from silkwire.web import source_charts, source_words  # noqa: F401 - the charts make themselves known
from silkwire.web.article_lists import ARTICLES
from silkwire.web.filters import Filters
from silkwire.web.reader import Reader
from silkwire.web.source_detail_tables import (
    DAYS,
    REPRINTED_BY,
    REPRINTED_FROM,
    SOURCE_LANGUAGES,
    SOURCE_REGIONS,
)
from silkwire.web.source_tables import FEEDS, GAPS
from silkwire.web.tables import TableQuery, show
from silkwire.web.templating import render
from silkwire.web.view import AnyView

router = APIRouter()


@router.get("/sources/{source_id}")
def one_source(source_id: str, view: AnyView) -> HTMLResponse:
    """Draw the page of a source."""
    known = source_id.replace("\0", "")
    source = view.reader.row(("select * from marts.sources where source_id = :source", {"source": known}))
    if source is None:
        raise HTTPException(404, "There is no such source. Ids may change with the list: see the page of all sources.")
    # What is shown is the source, and nothing else that the address may ask for.
    filters = replace(view.filters.only(), source=known)
    shown = replace(view, filters=filters)
    return render(
        shown,
        "source.html",
        section="sources",
        charts=True,
        words=source_words,
        source=source,
        feeds=show(FEEDS, view.reader, filters).rows,
        tables=_tables(view.reader, filters, DAYS, SOURCE_LANGUAGES, SOURCE_REGIONS, REPRINTED_FROM, REPRINTED_BY),
        gaps=show(GAPS, view.reader, filters),
        newest=show(ARTICLES, view.reader, filters),
    )


def _tables(reader: Reader, filters: Filters, *queries: TableQuery) -> dict[str, object]:
    return {query.name: show(query, reader, filters) for query in queries}
