"""Every chart as a specification for the page's script, and as a PNG."""

from fastapi import APIRouter, HTTPException, Response
from fastapi.responses import JSONResponse

from silkwire.web.charts import chart_title, picture, specification
from silkwire.web.view import AnyView

router = APIRouter()


@router.get("/charts/{name}.json")
def chart_specification(name: str, view: AnyView) -> Response:
    """Serve a chart as a Vega-Lite specification with its data."""
    _check(name)
    return JSONResponse(specification(name, view.reader, view.filters))


@router.get("/charts/{name}.png")
def chart_picture(name: str, view: AnyView) -> Response:
    """Serve a chart as a picture."""
    _check(name)
    headers = {
        "content-disposition": f'inline; filename="silkwire-{name}-{view.filters.first}-{view.filters.last}.png"'
    }
    return Response(picture(name, view.reader, view.filters), media_type="image/png", headers=headers)


def _check(name: str) -> None:
    if chart_title(name) is None:
        raise HTTPException(404, "There is no such chart.")
