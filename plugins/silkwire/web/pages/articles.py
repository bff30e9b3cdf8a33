"""The list of articles: all filters, page by page, as a file, and as a feed."""

from dataclasses import replace

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from silkwire.warehouse.search import FEW
from silkwire.web.article_lists import ARTICLES, DEEPEST, MOST_COUNTED, count_articles, read_offset
from silkwire.web.tables import Table, show
from silkwire.web.templating import render
from silkwire.web.view import AnyView

router = APIRouter()


@router.get("/articles")
def article_list(view: AnyView, offset: str = "") -> HTMLResponse:
    """Draw a page of the list."""
    found = show(ARTICLES, view.reader, view.filters, read_offset(offset))
    counted = count_articles(view.reader, view.filters)
    return render(
        view,
        "articles.html",
        section="articles",
        found=shallow(found),
        is_deepest=found.more and not shallow(found).more,
        counted=counted,
        most=MOST_COUNTED,
        few=FEW,
    )


def shallow(found: Table) -> Table:
    """Return what a page shows with no way on where paging ends: the further back, the longer a page takes."""
    return replace(found, more=False) if found.offset + found.query.limit > DEEPEST else found
