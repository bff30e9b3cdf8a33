"""The search through all articles."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from silkwire.label.search.query import MOST_WORDS, parse_query
from silkwire.warehouse.search import MOST_COUNTED
from silkwire.web.article_lists import COLUMNS, newest, read_offset
from silkwire.web.search_words import PAGE, read_search, search
from silkwire.web.tables import table_query
from silkwire.web.templating import render
from silkwire.web.view import SearchView

router = APIRouter()

# What a search finds, as a file. Its address says days=all where the search is of all time.
FOUND = table_query("search", "Articles found", COLUMNS, newest)


@router.get("/search")
def search_page(view: SearchView, offset: str = "") -> HTMLResponse:
    """Draw the box, what was found, and how to ask."""
    filters = read_search(view.request.query_params, view.now.date())
    query = parse_query(filters.q or "")
    is_searchable = query.tsquery is not None
    begins = min(read_offset(offset), MOST_COUNTED - PAGE)
    return render(
        view,
        "search.html",
        section="search",
        asked=filters,
        findings=search(view.reader, filters, begins) if is_searchable else None,
        is_cut=query.is_cut,
        most_words=MOST_WORDS,
        most=MOST_COUNTED,
        page_size=PAGE,
        table=FOUND,
    )
