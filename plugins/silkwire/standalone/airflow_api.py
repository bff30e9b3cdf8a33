"""Airflow's REST API, as far as the supervisor needs it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from silkwire.errors import Transient

_UNFINISHED = ("queued", "running")


@dataclass(frozen=True, slots=True)
class TaskState:
    """The state of one task instance; `map_index` is -1 where the task is not mapped."""

    task_id: str
    map_index: int
    state: str | None


class AirflowApi:
    """Calls to one Airflow; every fault of the connection is `Transient`."""

    def __init__(self, port: int) -> None:
        """Talk to the Airflow that listens on loopback at `port`."""
        self._client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20, trust_env=False)

    def login(self, user: str, password: str) -> None:
        """Take a token for what follows."""
        token = self._call("POST", "/auth/token", json={"username": user, "password": password})["access_token"]
        self._client.headers["Authorization"] = f"Bearer {token}"

    def unhealthy(self) -> list[str]:
        """List the components that do not work; all of them where Airflow does not answer."""
        try:
            answer = self._call("GET", "/api/v2/monitor/health")
        except Transient:
            return ["api-server"]
        return [name for name, health in answer.items() if health and health.get("status") not in (None, "healthy")]

    def has_dag(self, dag_id: str) -> bool:
        """Say whether a DAG was read already."""
        return self._client_status("GET", f"/api/v2/dags/{dag_id}") == httpx.codes.OK

    def import_errors(self) -> list[str]:
        """List the faults of DAG files."""
        return [str(error["stack_trace"]) for error in self._call("GET", "/api/v2/importErrors")["import_errors"]]

    def trigger(self, dag_id: str) -> str:
        """Start a run now; return its id."""
        run_id: str = self._call("POST", f"/api/v2/dags/{dag_id}/dagRuns", json={"logical_date": None})["dag_run_id"]
        return run_id

    def run_state(self, dag_id: str, run_id: str) -> str:
        """Return a run's state: queued, running, success or failed."""
        state: str = self._call("GET", f"/api/v2/dags/{dag_id}/dagRuns/{run_id}")["state"]
        return state

    def task_states(self, dag_id: str, run_id: str) -> list[TaskState]:
        """List the task instances of a run."""
        answer = self._call("GET", f"/api/v2/dags/{dag_id}/dagRuns/{run_id}/taskInstances", params={"limit": 1000})
        return [TaskState(row["task_id"], row["map_index"], row["state"]) for row in answer["task_instances"]]

    def unfinished_runs(self, dag_id: str) -> list[tuple[str, datetime | None]]:
        """List the runs that are queued or running, each with the time it started at, if it did."""
        answer = self._call("GET", f"/api/v2/dags/{dag_id}/dagRuns", params={"state": _UNFINISHED, "limit": 100})
        return [
            (run["dag_run_id"], datetime.fromisoformat(run["start_date"]) if run["start_date"] else None)
            for run in answer["dag_runs"]
        ]

    def end_run(self, dag_id: str, run_id: str) -> None:
        """Mark a run as failed."""
        self._call("PATCH", f"/api/v2/dags/{dag_id}/dagRuns/{run_id}", json={"state": "failed"})

    def _client_status(self, method: str, path: str) -> int:
        try:
            return self._client.request(method, path).status_code
        except httpx.HTTPError as error:
            raise Transient(f"Airflow does not answer: {error}") from error

    def _call(self, method: str, path: str, **options: Any) -> dict[str, Any]:  # noqa: ANN401 - httpx's own
        try:
            answer = self._client.request(method, path, **options)
            answer.raise_for_status()
            document: dict[str, Any] = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise Transient(f"Airflow does not answer {method} {path}: {error}") from error
        return document
