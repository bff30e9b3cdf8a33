"""Connections to the warehouse, and how its faults are told to callers."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from silkwire.errors import Transient

# A connection that waits for a server that is not there should fail while a retry still helps.
_CONNECT_ARGS = {"connect_timeout": 10, "options": "-c timezone=UTC"}


# Classes of SQLSTATE that say "not now": connection, rollback by a deadlock, resources, locks, intervention, system.
_PASSING = ("08", "40", "53", "55", "57", "58")


def client_name() -> str:
    """Return the name under which PostgreSQL lists this process's connections."""
    return f"silkwire {os.getpid()}"


def open_engine(url: str, *, pool_size: int = 5) -> Engine:
    """Make an engine for `postgresql+psycopg://…`. Nothing is connected yet.

    A pooled connection is tested before use, since the server may have restarted between two batches.
    """
    arguments = {**_CONNECT_ARGS, "application_name": client_name()}
    return create_engine(url, pool_size=pool_size, pool_timeout=120, pool_pre_ping=True, connect_args=arguments)


@contextmanager
def told_as_transient() -> Iterator[None]:
    """Turn the faults of an absent or overloaded server into `Transient`: nothing is lost, it is still pending."""
    try:
        yield
    except PoolTimeoutError as error:
        raise Transient("All connections to the warehouse are in use. Try again in a minute.") from error
    except (OperationalError, InterfaceError) as error:
        state = getattr(error.orig, "sqlstate", None)
        if state is not None and not state.startswith(_PASSING):
            raise
        reason = str(error.orig or error).strip().splitlines()[0]
        raise Transient(f"The warehouse does not answer ({reason}). Check it with: silkwire doctor") from error


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """Open one transaction; commit it at the end, roll it back on any error.

    Raises `Transient` where the server is away.
    """
    with told_as_transient(), engine.begin() as connection:
        yield connection
