"""Runs: whether each did its work, and everything that one run says about itself."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse

from silkwire.web import run_charts  # noqa: F401 - it makes its charts known
from silkwire.web.gate import Run
from silkwire.web.run_status import report_of
from silkwire.web.run_tables import (
    LOSSES,
    OUTCOMES_OF_DAYS,
    RUN_DAYS,
    RUNS,
    gaps_of_run,
    one_run,
    outages_of_run,
    outcome_words,
    outcomes_of_run,
    reason_words,
)
from silkwire.web.source_words import state_words
from silkwire.web.tables import show
from silkwire.web.templating import render
from silkwire.web.view import AnyView, desk_of

router = APIRouter()

_DAGS = ("monitor", "maintain", "reprocess")
_FURTHEST = 1_000_000  # rows


@router.get("/runs")
def runs(view: AnyView, offset: str = "") -> HTMLResponse:
    """Draw the runs of the window."""
    start = min(int(offset), _FURTHEST) if offset.isascii() and offset.isdigit() and len(offset) < 9 else 0
    filters = view.filters.only()
    return render(
        view,
        "runs.html",
        section="runs",
        charts=True,
        runs=show(RUNS, view.reader, filters, start),
        days=show(RUN_DAYS, view.reader, filters),
        outcomes=show(OUTCOMES_OF_DAYS, view.reader, filters),
        losses=LOSSES,
        reason_words=reason_words,
        outcome_words=outcome_words,
    )


async def in_airflow(run_id: str, request: Request) -> Run | None:
    """Find Airflow's own run of that id; one that the command line made is not Airflow's."""
    gate = desk_of(request).gate
    found = await asyncio.gather(*(gate.run(dag, _clean(run_id)) for dag in _DAGS))
    return next((run for run in found if run is not None), None)


@router.get("/runs/{run_id:path}")
def run(run_id: str, view: AnyView, airflow: Annotated[Run | None, Depends(in_airflow)]) -> HTMLResponse:
    """Draw one run: its report in full."""
    key = _clean(run_id)
    row = view.reader.row(one_run(key))
    if row is None:
        raise HTTPException(404, "The warehouse knows no such run. Runs that have begun are on the page Runs.")
    return render(
        view,
        "run.html",
        section="runs",
        run=row,
        report=report_of(row),
        outcomes=view.reader.rows(outcomes_of_run(key)),
        gaps=view.reader.rows(gaps_of_run(key)),
        outages=view.reader.rows(outages_of_run(key)),
        airflow=airflow,
        reason_words=reason_words,
        outcome_words=outcome_words,
        state_words=state_words,
    )


def _clean(run_id: str) -> str:
    return run_id.replace("\0", "")
