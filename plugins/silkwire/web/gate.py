"""Who may come in: what the app asks of a login, so that pages know nothing of Airflow."""

from dataclasses import dataclass
from typing import Protocol

from fastapi import Request


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who reads a page. `may_trigger` says whether the visitor may start runs of the flow."""

    name: str
    may_trigger: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a DAG. `state` is Airflow's word, `url` its page there; `is_new` says that it was started just now."""

    dag_id: str
    run_id: str
    state: str
    url: str
    is_new: bool = False


class Gate(Protocol):
    """A login, and the scheduler behind it. The one in use is Airflow's (`auth.py`)."""

    async def visitor(self, request: Request) -> Visitor:
        """Return who asks; raise `HTTPException` 401 where nobody is logged in, 403 where the roles do not allow it."""
        ...

    async def may_trigger(self, request: Request, dag_id: str) -> bool:
        """Say whether who asks may start runs of this DAG; raise as `visitor` does."""
        ...

    def login_url(self, request: Request) -> str:
        """Return where to log in, and to come back from to the page that was asked for."""
        ...

    def logout_url(self, request: Request) -> str:
        """Return where to log out."""
        ...

    async def trigger(self, dag_id: str, visitor: Visitor) -> Run:
        """Start a run of a DAG, or return the one that is going; raise `Permanent` where that is not possible."""
        ...

    async def run(self, dag_id: str, run_id: str) -> Run | None:
        """Return a run by its id, None where there is none."""
        ...

    def secret(self) -> str:
        """Return what signs the tokens of Atom feeds; changing it makes them all invalid."""
        ...
