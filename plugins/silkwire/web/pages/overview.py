"""The overview: what an analyst opens in the morning."""

from dataclasses import dataclass, replace

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from silkwire.settings import get_settings
from silkwire.web import (
    movers,
    usual,
    usual_charts,  # noqa: F401 - it makes its charts known
    volumes,
)
from silkwire.web.article_lists import ARTICLES
from silkwire.web.filters import Filters
from silkwire.web.kept import kept
from silkwire.web.reader import Reader, Statement
from silkwire.web.run_status import LOOK_BACK, RunStatus, read_status, state_of
from silkwire.web.source_words import state_words
from silkwire.web.tables import Table, show
from silkwire.web.templating import render
from silkwire.web.usual import Today
from silkwire.web.view import AnyView

router = APIRouter()

_NEWEST = replace(ARTICLES, title="Newest articles", limit=12)


@dataclass(frozen=True, slots=True)
class _Filled:
    """How far the warehouse is filled: pages say what to do next where something is still missing."""

    has_articles: bool
    has_labels: bool


@dataclass(frozen=True, slots=True)
class _Counts:
    """Everything on the page that is counted from the materialised marts: it stays the same until a run ends."""

    today: Today
    days: Table
    moved: Table
    history: dict[str, int]
    panel_size: int
    changes: list[Table]
    newest: Table


@router.get("/")
def overview(view: AnyView) -> HTMLResponse:
    """Draw the overview."""
    reader, filters = view.reader, view.filters
    status, filled = read_status(reader, view.now), _read_filled(reader)
    key = ("overview", filters, state_of(status.last), reader.value((_LAST_END, {"since": view.now - LOOK_BACK})))
    counts = kept(reader, key, lambda: _count(reader, filters)) if filled.has_articles else None
    return render(
        view,
        "overview.html",
        section="",
        charts=filled.has_articles,
        pipeline=status,
        missing=_missing(status, filled),
        schedule=get_settings().schedule,
        counts=counts,
        week=movers.week(filters),
        windows=volumes.windows(filters),
        state_words=state_words,
    )


def _count(reader: Reader, filters: Filters) -> _Counts:
    days = show(usual.WEEKDAYS, reader, filters)
    moved, history = movers.read_movers(reader, filters)
    return _Counts(
        usual.read_today(reader, filters, days.rows),
        days,
        moved,
        history,
        reader.value(volumes.panel_size(filters)),
        volumes.read_changes(reader, filters),
        show(_NEWEST, reader, filters),
    )


def _missing(status: RunStatus, filled: _Filled) -> str | None:
    """Name the first thing that a new warehouse lacks: sources, run, articles or labels; None where it has all."""
    if not status.feeds:
        return "sources"
    if not filled.has_articles:
        return "articles" if status.last else "run"
    return None if filled.has_labels else "labels"


def _read_filled(reader: Reader) -> _Filled:
    row = reader.row(_FILLED)
    assert row is not None  # noqa: S101 - it asks whether, and always has an answer
    return _Filled(row["has_articles"], row["has_labels"])


# A job that began before the last run may end after it, and counts anew then.
_LAST_END = "select max(runs.finished_at) as at from marts.run_reports as runs where runs.started_at >= :since"
_FILLED: Statement = (
    """
    select
        exists (select 1 from marts.article_facts) as has_articles,
        exists (
            select 1 from marts.article_facts as facts
            where facts.regions != '{}' or facts.topics != '{}' or facts.countries != '{}'
                or facts.watch_topics != '{}' or facts.presumed_country is not null
        ) as has_labels
    """,
    {},
)
