"""What a visitor with the right can start: a run of the flow now, and the labelling of what is stored."""

from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from silkwire.errors import Permanent
from silkwire.web.templating import render
from silkwire.web.view import AnyView, desk_of

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Action:
    """A DAG that can be started: its button, and what its run does."""

    button: str
    does: str


ACTIONS = {
    "monitor": Action(
        "Run now", "It polls the feeds that are due, fetches, extracts and labels what is new, and reports."
    ),
    "reprocess": Action(
        "Label again what is stored",
        "It labels the stored articles whose labels are of older rules. Nothing is fetched. On a large warehouse this "
        "takes several runs; the scheduled ones carry on.",
    ),
}


@router.post("/actions/{dag}")
async def start(dag: str, request: Request, view: AnyView) -> RedirectResponse:
    """Start a run, unless one is going, and lead to the page that says so."""
    _known(dag)
    gate = desk_of(request).gate
    if not await gate.may_trigger(request, dag):
        raise HTTPException(403, f"Your account may not start runs of the DAG {dag}.")
    try:
        run = await gate.trigger(dag, view.visitor)
    except Permanent as error:
        raise HTTPException(409, str(error)) from error
    asked = {"id": run.run_id} | ({} if run.is_new else {"going": "yes"})
    return RedirectResponse(f"{view.root}/actions/{dag}/run?{urlencode(asked)}", 303)


@router.get("/actions/{dag}/run")
async def started(dag: str, request: Request, view: AnyView, id: str = "", going: str = "") -> HTMLResponse:  # noqa: A002
    """Say what became of a run that was asked for."""
    action = _known(dag)
    run = await desk_of(request).gate.run(dag, id.replace("\0", ""))
    if run is None:
        raise HTTPException(404, "Airflow knows no such run.")
    return render(view, "done.html", section="runs", action=action, run=run, going=bool(going))


def _known(dag: str) -> Action:
    if dag not in ACTIONS:
        raise HTTPException(404, f"Nothing here starts that. What can be started: {', '.join(ACTIONS)}.")
    return ACTIONS[dag]
