"""The app as Airflow mounts it: made when it is first asked for.

Airflow loads its plugins in the scheduler, in the DAG processor and in every task. None of them should wait seconds for
what only the web server uses.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from functools import cache
from typing import Any

_Scope = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Scope]]
_Send = Callable[[_Scope], Awaitable[None]]
_App = Callable[[_Scope, _Receive, _Send], Awaitable[None]]


async def mounted_app(scope: _Scope, receive: _Receive, send: _Send) -> None:
    """Serve a request of ASGI by the app behind Airflow's login."""
    app = await asyncio.to_thread(_made)
    await app(scope, receive, send)


@cache
def _made() -> _App:
    from silkwire.web.app import create_app
    from silkwire.web.auth import AirflowGate

    return create_app(AirflowGate())
