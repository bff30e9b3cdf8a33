"""Feeds that are due, and what a poll leaves behind."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, insert, or_, select, text, update
from sqlalchemy.dialects.postgresql import array

from silkwire.reasons import NETWORK, Reason
from silkwire.records import Form, Kind, Outcome, Shard
from silkwire.warehouse import pauses
from silkwire.warehouse.load import clean_text
from silkwire.warehouse.shards import in_shard
from silkwire.warehouse.tables import feeds, gaps, polls


@dataclass(frozen=True, slots=True)
class DueFeed:
    """A feed to poll, with what earlier polls learnt. Columns of the same names say what each part means."""

    id: str
    source_id: str
    url: str
    form: Form
    pattern: str | None
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    body_at: datetime | None
    content_reason: str | None
    entries: int | None
    failures: float
    items_a_day: float | None
    asked_interval: int | None
    moved_to: str | None
    moved_polls: int
    added_at: datetime
    succeeded_at: datetime | None
    new_link_at: datetime | None
    lost_items_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll learnt: its fate, and what the feed is afterwards (columns of the same names)."""

    feed: DueFeed
    outcome: Outcome
    polled_at: datetime
    next_poll_at: datetime
    status: int | None
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    body_at: datetime | None
    content_reason: str | None
    entries: int | None
    failures: float
    items_a_day: float | None
    asked_interval: int | None
    moved_to: str | None
    moved_polls: int
    moves: bool
    read_entries: int
    known_links: int
    new_links: int
    new_link_at: datetime | None


def due_hosts(connection: Connection, shard: Shard, run_id: str, now: datetime) -> list[str]:
    """List the hosts that have a feed due, the longest waiting first; those that asked for a pause are left out."""
    query = (
        select(feeds.c.host)
        .where(_is_due(run_id, now), in_shard(feeds.c.host, shard), feeds.c.host.not_in(pauses.paused(now)))
        .group_by(feeds.c.host)
        .order_by(func.min(feeds.c.next_poll_at), feeds.c.host)
    )
    return list(connection.scalars(query))


def due_feeds(connection: Connection, host: str, run_id: str, now: datetime) -> list[DueFeed]:
    """Read the feeds of one host that are due; none where the host is to be left alone by now."""
    lost = select(func.max(gaps.c.opened_at)).where(gaps.c.feed_id == feeds.c.id).scalar_subquery()
    names = [name for name in DueFeed.__dataclass_fields__ if name != "lost_items_at"]
    query = (
        select(*(feeds.c[name] for name in names), lost.label("lost_items_at"))
        .where(_is_due(run_id, now), feeds.c.host == host, feeds.c.host.not_in(pauses.paused(now)))
        .order_by(feeds.c.next_poll_at, feeds.c.id)
    )
    return [DueFeed(**{**row, "form": Form(row["form"])}) for row in connection.execute(query).mappings()]


def is_shared(connection: Connection, host: str) -> bool:
    """Say whether feeds of several sources live on a host: a proxy such as an RSSHub, where none speaks for another."""
    query = select(func.count(func.distinct(feeds.c.source_id))).where(feeds.c.host == host, feeds.c.active)
    return (connection.scalar(query) or 0) > 1


def next_due(connection: Connection) -> datetime | None:
    """Tell when the next active feed is due."""
    moment: datetime | None = connection.scalar(select(func.min(feeds.c.next_poll_at)).where(feeds.c.active))
    return moment


def save_poll(connection: Connection, polled: Polled, run_id: str) -> None:
    """Store what a poll learnt, in the feed and as a row of `polls`."""
    outcome = polled.outcome
    fate: dict[str, Any] = {
        "outcome": outcome.kind.value,
        "reason": outcome.reason,
        "detail": clean_text(outcome.detail) or None,
        "polled_at": polled.polled_at,
    }
    kept = (
        *("next_poll_at", "etag", "last_modified", "body_hash", "body_at", "content_reason", "entries", "failures"),
        *("items_a_day", "asked_interval", "moved_to", "moved_polls", "new_link_at"),
    )
    state = fate | {name: getattr(polled, name) for name in kept} | {"run_id": run_id}
    if outcome.went_well:
        state["succeeded_at"] = polled.polled_at
    if outcome.kind is Kind.GONE:
        state["active"] = False
    connection.execute(update(feeds).where(feeds.c.id == polled.feed.id).values(**state))
    if polled.moves and polled.moved_to is not None:
        _move(connection, polled.feed, polled.moved_to)
    row = fate | {"run_id": run_id, "feed_id": polled.feed.id, "status": polled.status}
    counts = {"entries": polled.read_entries, "known_links": polled.known_links, "new_links": polled.new_links}
    connection.execute(insert(polls).values(**row, **counts))


_PARDON = text(
    """
    update feeds
    set failures = greatest(0, failures - :weight), next_poll_at = :now
    where run_id = :run_id and active and outcome = 'retry' and reason = any(:reasons)
    """
)


def pardon(connection: Connection, run_id: str, weight: float, now: datetime) -> None:
    """Take back what a run without a connection of its own held against its feeds, a failure of `weight` each.

    All are due at once.
    """
    reasons = [reason.value for reason in NETWORK]
    connection.execute(_PARDON, {"run_id": run_id, "weight": weight, "reasons": reasons, "now": now})


def _move(connection: Connection, feed: DueFeed, url: str) -> None:
    """Give a feed its new address and keep the old one. Where another feed has that address, this one has become it."""
    if connection.scalar(select(feeds.c.id).where(feeds.c.url == url)) is not None:
        gone = Outcome.gone(Reason.FEED_MOVED, f"another feed of the list has its new address {url}")
        values = {"outcome": gone.kind.value, "reason": gone.reason, "detail": gone.detail, "active": False}
        connection.execute(update(feeds).where(feeds.c.id == feed.id).values(**values))
        return
    connection.execute(
        update(feeds)
        .where(feeds.c.id == feed.id)
        .values(
            url=url,
            host=pauses.host_key(url),
            previous_urls=feeds.c.previous_urls + array([feed.url]),
            moved_to=None,
            moved_polls=0,
            etag=None,
            last_modified=None,
        )
    )


def _is_due(run_id: str, now: datetime) -> ColumnElement[bool]:
    """Active, its time come, and not polled by this very run: a retried task takes up what is left.

    A poll from the future shows that the clock was wrong then, and must not silence the feed until it comes.
    """
    by_this_run = select(polls.c.feed_id).where(polls.c.feed_id == feeds.c.id, polls.c.run_id == run_id)
    has_come = or_(feeds.c.next_poll_at <= now, feeds.c.polled_at > now)
    return and_(feeds.c.active, has_come, ~exists(by_this_run))
