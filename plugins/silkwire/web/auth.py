"""Airflow's login and roles, and its runs: the one module of the package that imports Airflow.

Who may read the DAG `monitor` may read the dashboards; who may start runs of a DAG may start them here.
"""

import asyncio
from urllib.parse import quote, urlencode

from airflow.api.common.trigger_dag import trigger_dag
from airflow.api_fastapi.app import get_auth_manager
from airflow.api_fastapi.auth.managers.models.base_user import BaseUser
from airflow.api_fastapi.auth.managers.models.resource_details import DagAccessEntity, DagDetails
from airflow.api_fastapi.core_api.security import bearer_scheme, get_user
from airflow.configuration import conf
from airflow.exceptions import AirflowException  # type: ignore[attr-defined]
from airflow.models.dag import DagModel
from airflow.models.dagrun import DagRun
from airflow.models.log import Log
from airflow.utils.session import create_session
from airflow.utils.types import DagRunTriggeredByType
from fastapi import HTTPException, Request
from sqlalchemy import select

from silkwire.errors import Permanent
from silkwire.web.gate import Run, Visitor

_FLOW = "monitor"
_NO_RIGHT = "Your account may not read the DAG `monitor`, and so not its dashboards. Ask who runs this Airflow."
_UNFINISHED = ("queued", "running")


class AirflowGate:
    """Lets in whom Airflow knows, by its cookie or a bearer token."""

    async def visitor(self, request: Request) -> Visitor:
        """Return who asks; raise `HTTPException` 401 or 403."""
        user = await _user(request)
        # An auth manager may ask a server or a database: not on the loop that serves everybody.
        if not await asyncio.to_thread(_may, user, _FLOW, "GET"):
            raise HTTPException(403, _NO_RIGHT)
        may_trigger = await asyncio.to_thread(_may, user, _FLOW, "POST", DagAccessEntity.RUN)
        return Visitor(user.get_name(), may_trigger)

    async def may_trigger(self, request: Request, dag_id: str) -> bool:
        """Say whether who asks may start runs of this DAG."""
        return await asyncio.to_thread(_may, await _user(request), dag_id, "POST", DagAccessEntity.RUN)

    def login_url(self, request: Request) -> str:
        """Return Airflow's page of login, with the way back: to the page, or to the overview from what is no page."""
        back = _address(request) if request.method == "GET" else f"{request.scope.get('root_path', '')}/"
        return f"{_base()}api/v2/auth/login?{urlencode({'next': back})}"

    def logout_url(self, request: Request) -> str:  # noqa: ARG002 - another gate may need it
        """Return where Airflow logs out."""
        return f"{_base()}api/v2/auth/logout"

    async def trigger(self, dag_id: str, visitor: Visitor) -> Run:
        """Start a run of a DAG, or return the one that is going; raise `Permanent` where Airflow refuses."""
        try:
            return await asyncio.to_thread(_start, dag_id, visitor)
        except (AirflowException, ValueError) as error:
            raise Permanent(f"Airflow did not start {dag_id}: {error}") from error

    async def run(self, dag_id: str, run_id: str) -> Run | None:
        """Return a run by its id, None where there is none."""

        def find() -> Run | None:
            with create_session() as session:
                query = select(DagRun.state).where(DagRun.dag_id == dag_id, DagRun.run_id == run_id)
                state = session.scalar(query)
                return _told(dag_id, run_id, state) if state else None

        return await asyncio.to_thread(find)

    def secret(self) -> str:
        """Return the key with which Airflow signs what it hands out."""
        return str(conf.get_mandatory_value("api", "secret_key"))


async def _user(request: Request) -> BaseUser:
    """Return who asks. A token that is not Airflow's (any more) is no login, whatever status Airflow has for it."""
    try:
        return await get_user(request, None, await bearer_scheme(request))
    except HTTPException as error:
        raise HTTPException(401, error.detail) from error


def _may(user: BaseUser, dag_id: str, method: str, entity: DagAccessEntity | None = None) -> bool:
    team = DagModel.get_team_name(dag_id) if conf.getboolean("core", "multi_team", fallback=False) else None
    details = DagDetails(id=dag_id, team_name=team)
    return get_auth_manager().is_authorized_dag(method=method, access_entity=entity, details=details, user=user)  # type: ignore[arg-type]


def _start(dag_id: str, visitor: Visitor) -> Run:
    with create_session() as session:
        # Locked, so that of two clicks at once the second finds the run of the first.
        dag = session.scalar(
            select(DagModel).where(DagModel.dag_id == dag_id, ~DagModel.is_stale).with_for_update(of=DagModel)
        )
        if dag is None:
            raise Permanent(f"Airflow has no DAG {dag_id}. See its import errors.")
        going = session.execute(
            select(DagRun.run_id, DagRun.state)
            .where(DagRun.dag_id == dag_id, DagRun.state.in_(_UNFINISHED))
            .order_by(DagRun.state.desc(), DagRun.id)
            .limit(1)
        ).first()
        if going is not None:
            return _told(dag_id, going.run_id, going.state)
        if dag.is_paused:
            raise Permanent(f"The DAG {dag_id} is paused: a run would wait for ever. Unpause it in Airflow first.")
        run = trigger_dag(
            dag_id,
            triggered_by=DagRunTriggeredByType.UI,
            triggering_user_name=visitor.name,
            replace_microseconds=False,
            session=session,
        )
        if run is None:
            raise Permanent(f"Airflow did not start {dag_id}, and does not say why.")
        session.add(Log(event="trigger_dag_run", owner=visitor.name, dag_id=dag_id, run_id=run.run_id))
        return _told(dag_id, run.run_id, run.state, is_new=True)


def _told(dag_id: str, run_id: str, state: str, *, is_new: bool = False) -> Run:
    return Run(dag_id, run_id, str(state), f"{_base()}dags/{quote(dag_id)}/runs/{quote(run_id, safe='')}", is_new)


def _base() -> str:
    """Return the path below which Airflow is served, with a slash at its end."""
    path = conf.get("api", "base_url", fallback="").partition("://")[2].partition("/")[2].strip("/")
    return f"/{path}/" if path else "/"


def _address(request: Request) -> str:
    """Return the address that was asked for, without a host: a proxy may have another one."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
