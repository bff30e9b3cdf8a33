"""Feeds that are due, and what a poll leaves behind."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select, update

from silkwire.records import Kind, Outcome, Shard
from silkwire.warehouse.load import clean_text
from silkwire.warehouse.shards import in_shard
from silkwire.warehouse.tables import feeds, polls


@dataclass(frozen=True, slots=True)
class DueFeed:
    """A feed to poll, with what the last poll learnt."""

    id: str
    source_id: str
    url: str
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    failures: int


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll learnt: its fate, when the next is due, validators to send then."""

    feed: DueFeed
    outcome: Outcome
    polled_at: datetime
    next_poll_at: datetime
    status: int | None
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    entries: int


def due_hosts(connection: Connection, shard: Shard, run_id: str, now: datetime) -> list[str]:
    """List the hosts that have a feed due, the longest waiting first."""
    query = (
        select(feeds.c.host)
        .where(_is_due(run_id, now), in_shard(feeds.c.host, shard))
        .group_by(feeds.c.host)
        .order_by(func.min(feeds.c.next_poll_at), feeds.c.host)
    )
    return list(connection.scalars(query))


def due_feeds(connection: Connection, host: str, run_id: str, now: datetime) -> list[DueFeed]:
    """Read the feeds of one host that are due."""
    query = select(feeds).where(_is_due(run_id, now), feeds.c.host == host).order_by(feeds.c.next_poll_at, feeds.c.id)
    return [
        DueFeed(row.id, row.source_id, row.url, row.etag, row.last_modified, row.body_hash, row.failures)
        for row in connection.execute(query)
    ]


def next_due(connection: Connection) -> datetime | None:
    """Tell when the next active feed is due."""
    moment: datetime | None = connection.scalar(select(func.min(feeds.c.next_poll_at)).where(feeds.c.active))
    return moment


def save_poll(connection: Connection, polled: Polled, run_id: str, new_links: int) -> None:
    """Store what a poll learnt, in the feed and as a row of `polls`."""
    outcome = polled.outcome
    well = outcome.kind in (Kind.OK, Kind.UNCHANGED, Kind.MOVED)
    values: dict[str, Any] = {
        "outcome": outcome.kind.value,
        "reason": outcome.reason,
        "detail": clean_text(outcome.detail) or None,
        "polled_at": polled.polled_at,
    }
    state = values | {"next_poll_at": polled.next_poll_at, "run_id": run_id}
    if well:
        state |= {"succeeded_at": polled.polled_at, "failures": 0}
        state |= {"etag": polled.etag, "last_modified": polled.last_modified, "body_hash": polled.body_hash}
    else:
        state["failures"] = feeds.c.failures + 1
    if new_links:
        state["new_link_at"] = polled.polled_at
    if outcome.kind is Kind.GONE:
        state["active"] = False
    connection.execute(update(feeds).where(feeds.c.id == polled.feed.id).values(**state))
    row = values | {"run_id": run_id, "feed_id": polled.feed.id, "status": polled.status}
    connection.execute(insert(polls).values(**row, entries=polled.entries, new_links=new_links))


def _is_due(run_id: str, now: datetime) -> ColumnElement[bool]:
    """Active, its time come, and not polled by this very run: a retried task takes up what is left."""
    return and_(feeds.c.active, feeds.c.next_poll_at <= now, feeds.c.run_id.is_distinct_from(run_id))
