"""Links: what feeds listed, and what became of fetching it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Text,
    and_,
    any_,
    bindparam,
    cast,
    func,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from silkwire.records import Link, Outcome, Shard
from silkwire.warehouse import pauses
from silkwire.warehouse.load import clean_text, upsert
from silkwire.warehouse.shards import in_shard
from silkwire.warehouse.tables import links


@dataclass(frozen=True, slots=True)
class PendingLink:
    """A link to fetch, how often that was tried with a result that speaks of it, and when it was to be tried again."""

    id: str
    source_id: str
    host: str
    url: str
    published_at: datetime | None
    discovered_at: datetime
    attempts: int
    next_fetch_at: datetime | None = None

    @property
    def was_tried(self) -> bool:
        """Say whether it was tried before, whatever came of it."""
        return self.next_fetch_at is not None


@dataclass(frozen=True, slots=True)
class FetchedLink:
    """The fate of one link at this try; `attempts` counts the tries that said something of it, this one included."""

    link: PendingLink
    outcome: Outcome
    decided_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class Seen:
    """How many of a body's links were discovered before it, and how many of these lately."""

    before: int = 0
    lately: int = 0


def count_seen(
    connection: Connection, found: Sequence[Link], until: datetime | None, fresh_since: datetime | None
) -> Seen:
    """Count the links that were discovered up to a time, under their own address or as an item with a rotating one.

    `fresh_since` is from when on such a link counts as seen lately; None counts them all.
    """
    if not found or until is None:
        return Seen()
    # Arrays, and not a parameter a link: a statement has 65,535 at most.
    ids = bindparam("ids", [link.id for link in found], ARRAY(Text))
    keys = bindparam("keys", [link.item_key for link in found if link.item_key], ARRAY(Text))
    known = or_(links.c.id == any_(ids), links.c.item_key == any_(keys))
    fresh = func.count().filter(links.c.discovered_at >= fresh_since) if fresh_since else func.count()
    query = select(func.count(), fresh).select_from(links).where(known, links.c.discovered_at <= until)
    return Seen(*connection.execute(query).one())


def urls_of_feed(connection: Connection, feed_id: str, limit: int) -> list[str]:
    """Read the addresses of a feed's newest links."""
    query = select(links.c.url).where(links.c.feed_id == feed_id).order_by(links.c.discovered_at.desc()).limit(limit)
    return list(connection.scalars(query))


def save_new(connection: Connection, found: Sequence[Link]) -> set[str]:
    """Store links not seen before; return their ids. A link or item that is known stays as it was first told."""
    rows = [
        {
            "id": link.id,
            "feed_id": link.feed_id,
            "source_id": link.source_id,
            "host": link.host,
            "url": link.url,
            "guid": link.guid,
            "title": link.title,
            "summary": link.summary,
            "authors": list(link.authors),
            "content": link.content,
            "item_key": link.item_key,
            "categories": list(link.categories),
            "published_at": link.published_at,
            "discovered_at": link.discovered_at,
        }
        # In one order everywhere, so that two tasks with the same links can't wait for each other.
        for link in sorted(found, key=lambda link: link.id)
    ]
    return upsert(connection, links, rows)


def has_feed_text(connection: Connection, link_id: str) -> bool:
    """Say whether the feed told enough of a link to stand in for its page."""
    told = or_(links.c.content != "", links.c.summary != "", links.c.title != "")
    return connection.scalar(select(links.c.id).where(links.c.id == link_id, told)) is not None


def pending_hosts(connection: Connection, shard: Shard, now: datetime) -> list[str]:
    """List the hosts that have a link to fetch, the longest waiting first. Those that want a pause are left out."""
    query = (
        select(links.c.host)
        .where(_is_pending(now), in_shard(links.c.host, shard), links.c.host.not_in(pauses.paused(now)))
        .group_by(links.c.host)
        .order_by(func.min(links.c.discovered_at), links.c.host)
    )
    return list(connection.scalars(query))


def pending_links(
    connection: Connection, hosts: Sequence[str], now: datetime, limit: int
) -> dict[str, list[PendingLink]]:
    """Read up to `limit` links of each host that are to be fetched; none of a host that is to be left alone by now.

    What was never tried comes first, the newest of it before history; a link that fails again and again comes last.
    """
    asked = func.unnest(cast(list(hosts), ARRAY(Text))).table_valued("host").render_derived("asked")
    newest = (
        select(*(links.c[name] for name in PendingLink.__dataclass_fields__))
        .where(_is_pending(now), links.c.host == asked.c.host, asked.c.host.not_in(pauses.paused(now)))
        .order_by(*_in_turn(links.c))
        .limit(limit)
        .lateral("newest")
    )
    query = select(newest).select_from(asked.join(newest, true())).order_by(*_in_turn(newest.c))
    found: dict[str, list[PendingLink]] = {host: [] for host in hosts}
    for row in connection.execute(query):
        found[row.host].append(PendingLink(*row))
    return found


def count_pending(connection: Connection, now: datetime) -> int:
    """Count the links that could be fetched at `now`."""
    return connection.scalar(select(func.count()).select_from(links).where(_is_pending(now))) or 0


_SAVE_FATES = text(
    """
    update links
    set outcome = fates.outcome, reason = fates.reason, detail = fates.detail, decided_at = fates.decided_at,
        next_fetch_at = fates.next_fetch_at, attempts = fates.attempts
    from unnest(
        cast(:ids as text[]), cast(:outcomes as text[]), cast(:reasons as text[]), cast(:details as text[]),
        cast(:decided as timestamptz[]), cast(:next as timestamptz[]), cast(:attempts as integer[])
    ) as fates (id, outcome, reason, detail, decided_at, next_fetch_at, attempts)
    where links.id = fates.id
    """
)


def save_fates(connection: Connection, fetched: Sequence[FetchedLink]) -> None:
    """Store the fate of each link."""
    connection.execute(
        _SAVE_FATES,
        {
            "ids": [item.link.id for item in fetched],
            "outcomes": [item.outcome.kind.value for item in fetched],
            "reasons": [item.outcome.reason for item in fetched],
            "details": [clean_text(item.outcome.detail) or None for item in fetched],
            "decided": [item.decided_at for item in fetched],
            "next": [item.outcome.after for item in fetched],
            "attempts": [item.attempts for item in fetched],
        },
    )


def _in_turn(columns: ReadOnlyColumnCollection[str, Any]) -> tuple[ColumnElement[Any], ...]:
    newest_first = columns.discovered_at.desc(), columns.published_at.desc().nulls_last(), columns.id
    return columns.next_fetch_at.asc().nulls_first(), *newest_first


def _is_pending(now: datetime) -> ColumnElement[bool]:
    again = and_(links.c.outcome == "retry", or_(links.c.next_fetch_at.is_(None), links.c.next_fetch_at <= now))
    return or_(links.c.outcome.is_(None), again)
