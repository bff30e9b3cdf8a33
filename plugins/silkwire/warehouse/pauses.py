"""Hosts that asked for a pause (429, 503): how long they are left alone, over all tasks and runs."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import Connection, Select, select, text

from silkwire.warehouse.tables import hosts

_FIRST_MINUTES = 5
_LONGEST = timedelta(days=1)


def host_key(url: str) -> str:
    """Return what a pause is kept under: the host's name with its port, as feeds and links have it."""
    return urlsplit(url).netloc.lower()


def paused(now: datetime) -> Select[str]:
    """Select the hosts that are to be left alone at `now`."""
    # No pause is longer than a day: a later end was written by a clock that was wrong.
    return select(hosts.c.host).where(hosts.c.paused_until > now, hosts.c.paused_until <= now + 2 * _LONGEST)


def is_paused(connection: Connection, host: str, now: datetime) -> bool:
    """Say whether a host is to be left alone at `now`."""
    return connection.scalar(paused(now).where(hosts.c.host == host)) is not None


# Each pause in a row doubles the next, from five minutes to a day; what the server names counts where it is longer.
_PAUSE = text(
    """
    insert into hosts as h (host, paused_until, pauses)
    values (:host, greatest(cast(:asked as timestamptz), cast(:now as timestamptz) + cast(:first as interval)), 1)
    on conflict (host) do update set
        pauses = h.pauses + 1,
        paused_until = greatest(
            cast(:asked as timestamptz),
            cast(:now as timestamptz)
            + least(cast(:first as interval) * power(2, least(h.pauses, 10)), cast(:longest as interval))
        )
    """
)


def pause(connection: Connection, host: str, asked_until: datetime | None, now: datetime) -> None:
    """Leave a host alone: until the time that it names (clamped by who read it), or for a while that grows."""
    connection.execute(
        _PAUSE,
        {
            "host": host,
            "asked": asked_until or now,
            "now": now,
            "first": timedelta(minutes=_FIRST_MINUTES),
            "longest": _LONGEST,
        },
    )


def forgive(connection: Connection, answering: Sequence[str], now: datetime) -> None:
    """Note that hosts answer again that are not to be left alone at `now`: their next pause starts small."""
    connection.execute(
        text("update hosts set pauses = 0 where host = any(:hosts) and pauses > 0 and paused_until <= :now"),
        {"hosts": list(answering), "now": now},
    )
