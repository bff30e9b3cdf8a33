"""Sources and feeds as the analyst's list gives them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import Connection, select, update

from silkwire.records import Feed, Source
from silkwire.warehouse.load import upsert
from silkwire.warehouse.tables import feeds, sources


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import changed: counts of feeds."""

    sources: int
    feeds: int
    added: int
    retired: int


def import_list(
    connection: Connection, listed_sources: Sequence[Source], listed_feeds: Sequence[Feed], now: datetime
) -> Imported:
    """Make the warehouse follow a list: new ones are added, changed ones updated, absent ones made inactive.

    A feed that a server retired (410) stays retired. Nothing is deleted: its articles remain.
    """
    upsert(
        connection,
        sources,
        [
            {
                "id": s.id,
                "name": s.name,
                "url": s.url,
                "country": s.country,
                "kind": s.kind,
                "active": True,
                "added_at": now,
            }
            for s in listed_sources
        ],
        conflict=["id"],
        update=["name", "url", "country", "kind", "active"],
    )
    known = set(connection.scalars(select(feeds.c.id)))
    rows = [_feed_row(feed, now) for feed in listed_feeds]
    upsert(connection, feeds, rows, conflict=["id"], update=["source_id", "language", "folder"])
    listed = [feed.id for feed in listed_feeds]
    connection.execute(
        update(feeds).where(feeds.c.id.in_(listed), feeds.c.outcome.is_distinct_from("gone")).values(active=True)
    )
    retired = connection.execute(
        update(feeds).where(feeds.c.id.not_in(listed), feeds.c.active).values(active=False)
    ).rowcount
    connection.execute(
        update(sources).where(sources.c.id.not_in([source.id for source in listed_sources])).values(active=False)
    )
    return Imported(len(listed_sources), len(rows), len({row["id"] for row in rows} - known), retired)


def listed(connection: Connection) -> tuple[list[Source], list[Feed]]:
    """Read the active sources and feeds back, in the order of their names."""
    source_rows = connection.execute(select(sources).where(sources.c.active).order_by(sources.c.name, sources.c.id))
    feed_rows = connection.execute(select(feeds).where(feeds.c.active).order_by(feeds.c.folder, feeds.c.url))
    return (
        [Source(r.id, r.name, r.url, r.country, r.kind) for r in source_rows],
        [Feed(r.id, r.source_id, r.url, r.language, r.folder) for r in feed_rows],
    )


def _feed_row(feed: Feed, now: datetime) -> dict[str, object]:
    return {
        "id": feed.id,
        "source_id": feed.source_id,
        "url": feed.url,
        "host": urlsplit(feed.url).netloc.lower(),
        "language": feed.language,
        "folder": feed.folder,
        "added_at": now,
        "next_poll_at": now,
    }
