"""Pairs of regions: which are written about together, and a page for each pair."""

from dataclasses import replace
from urllib.parse import quote

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from silkwire.web import names
from silkwire.web.comparison import standing
from silkwire.web.cooccurrence import REGION_REGIONS, REGION_TOPICS, REGION_WATCH
from silkwire.web.pages.subject_page import draw_subject
from silkwire.web.subject_tables import PAIRS
from silkwire.web.subjects import SUBJECTS, is_known
from silkwire.web.tables import show
from silkwire.web.templating import render
from silkwire.web.view import AnyView

router = APIRouter()
_REGION = SUBJECTS[0]


@router.get("/pairs")
def pairs(view: AnyView) -> HTMLResponse:
    """Draw the list of pairs and the heat map of regions with regions."""
    return render(
        view,
        "pairs.html",
        section="regions",
        charts=True,
        standing=standing(view.reader, view.filters),
        listed=show(PAIRS, view.reader, view.filters),
        heat_map=REGION_REGIONS,
    )


@router.get("/pairs/{one}/{other}", response_model=None)
def pair(one: str, other: str, view: AnyView) -> Response:
    """Draw the articles that are about both regions; a pair has one address, the first in the alphabet first."""
    for key in (one, other):
        if "\0" in key or not is_known(_REGION, key, view.reader):
            raise HTTPException(404, "There is no such region. The list of regions has all there are.")
    query = f"?{view.request.url.query}" if view.request.url.query else ""
    if one == other:
        return RedirectResponse(f"{view.root}/regions/{quote(one, safe='')}{query}", 307)
    if one > other:
        return RedirectResponse(f"{view.root}/pairs/{quote(other, safe='')}/{quote(one, safe='')}{query}", 307)
    return draw_subject(
        replace(view, filters=replace(view.filters, region=one, beside=other)),
        "regions",
        title=f"{names.region_name(one)} × {names.region_name(other)}",
        what="pair of regions",
        action=("pairs", one, other),
        fixed=("region", "beside"),
        heat_maps=(REGION_TOPICS, REGION_WATCH, REGION_REGIONS),
    )
