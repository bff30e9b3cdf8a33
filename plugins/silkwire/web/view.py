"""What every page function is given: the reader, the filters of the request, who asks, and what time it is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request

from silkwire.web.choices import Choices, choices_of
from silkwire.web.filters import Filters, read_filters
from silkwire.web.gate import Gate, Visitor
from silkwire.web.reader import Reader
from silkwire.web.search_words import with_found
from silkwire.web.tokens import make_token


@dataclass(frozen=True, slots=True)
class Desk:
    """What the app was made with; kept in its state."""

    gate: Gate
    clock: Callable[[], datetime]
    open_reader: Callable[[], Reader]


@dataclass(frozen=True, slots=True)
class View:
    """One request of a visitor who may read. `root` is the path that the app is mounted at, without a slash."""

    request: Request
    visitor: Visitor
    reader: Reader
    filters: Filters
    now: datetime
    root: str

    @property
    def choices(self) -> Choices:
        """What the filters offer."""
        return choices_of(self.reader)

    @property
    def logout(self) -> str:
        """Where to log out."""
        return desk_of(self.request).gate.logout_url(self.request)

    @property
    def token(self) -> str:
        """What lets a feed reader in without a login, in the visitor's name."""
        return make_token(desk_of(self.request).gate.secret(), self.visitor.name)


def desk_of(request: Request) -> Desk:
    """Return what the app was made with."""
    desk: Desk = request.app.state.desk
    return desk


async def visitor_of(request: Request) -> Visitor:
    """Return who asks, once a request; raise `HTTPException` 401 or 403."""
    if not hasattr(request.state, "silkwire_visitor"):
        request.state.silkwire_visitor = await desk_of(request).gate.visitor(request)
    visitor: Visitor = request.state.silkwire_visitor
    return visitor


def view_of(request: Request, visitor: Annotated[Visitor, Depends(visitor_of)]) -> View:
    """Put a request's view together."""
    view = search_view_of(request, visitor)
    return replace(view, filters=with_found(view.reader, view.filters))


def search_view_of(request: Request, visitor: Annotated[Visitor, Depends(visitor_of)]) -> View:
    """Put the view of a page together that finds the words of its filters itself."""
    desk = desk_of(request)
    now = desk.clock()
    filters = read_filters(request.query_params, now.date())
    return View(request, visitor, desk.open_reader(), filters, now, root_of(request))


def root_of(request: Request) -> str:
    """Return the path that the app is mounted at, without a slash at its end."""
    return str(request.scope.get("root_path", "")).rstrip("/")


AnyView = Annotated[View, Depends(view_of)]
SearchView = Annotated[View, Depends(search_view_of)]
