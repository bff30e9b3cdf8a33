"""The app: its routers behind one gate, its headers, and what becomes of errors."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException as StarletteHTTPException

from silkwire.errors import Config, SilkwireError, Transient
from silkwire.settings import get_settings
from silkwire.web import static_files
from silkwire.web.crowd import CrowdMiddleware
from silkwire.web.gate import Gate, Visitor
from silkwire.web.headers import HeadersMiddleware
from silkwire.web.pages import OPEN_ROUTERS, ROUTERS
from silkwire.web.reader import Reader
from silkwire.web.templating import environment
from silkwire.web.view import Desk, desk_of, root_of, visitor_of


@cache
def default_reader() -> Reader:
    """Open the warehouse of the settings, once a process."""
    settings = get_settings()
    if settings.warehouse_url is None:
        raise Config("No warehouse is named: start Airflow with `silkwire up`, or set SILKWIRE_WAREHOUSE_URL.")
    return Reader(settings.warehouse_url)


def create_app(
    gate: Gate,
    *,
    open_reader: Callable[[], Reader] = default_reader,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> FastAPI:
    """Make the app. Nothing is read before the first request, so that Airflow starts without a warehouse too."""
    app = FastAPI(title="Silkwire", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = Desk(gate, clock, open_reader)
    app.add_middleware(CrowdMiddleware)
    app.add_middleware(HeadersMiddleware)
    app.add_exception_handler(StarletteHTTPException, _refused)
    app.add_exception_handler(SilkwireError, _troubled)
    app.include_router(static_files.router, dependencies=[Depends(visitor_of)])
    for router in ROUTERS:
        app.include_router(router, dependencies=[Depends(visitor_of)])
    for router in OPEN_ROUTERS:
        app.include_router(router)
    return app


async def _refused(request: Request, error: Exception) -> Response:
    """Answer what may not be or is not there: a page for who reads pages, a word for programs."""
    assert isinstance(error, StarletteHTTPException)  # noqa: S101 - what it is registered for
    if not _wants_page(request):
        return JSONResponse({"detail": error.detail}, error.status_code, headers=error.headers)
    if error.status_code == 401:
        return RedirectResponse(desk_of(request).gate.login_url(request), 303)
    return await _page(request, error.status_code, str(error.detail))


async def _troubled(request: Request, error: Exception) -> Response:
    """Answer where the warehouse is away, or not what the pages need."""
    status = 503 if isinstance(error, Transient) else 500
    if not _wants_page(request):
        return JSONResponse({"detail": str(error)}, status)
    return await _page(request, status, str(error))


async def _page(request: Request, status: int, said: str) -> Response:
    visitor: Visitor | None
    try:
        visitor = await visitor_of(request)
    except HTTPException:
        visitor = None
    page = environment().get_template("error.html")
    content = page.render(root=root_of(request), status=status, said=said, visitor=visitor)
    return Response(content, status, media_type="text/html")


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")
