"""Sources and feeds as the analyst's list gives them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select, update
from sqlalchemy.dialects.postgresql import array

from silkwire.records import Feed, Form, Kind, Source
from silkwire.warehouse import pauses
from silkwire.warehouse.load import upsert
from silkwire.warehouse.tables import articles, feeds, sources

# What a feed takes from the list each time; its address is another matter, since feeds move.
_LISTED = ("source_id", "language", "folder", "title", "form", "pattern", "attributes")
# What is known of an address's answers, and means nothing once it is asked for something else.
_FORGOTTEN: dict[str, Any] = {"etag": None, "last_modified": None, "body_hash": None, "body_at": None}


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

    A feed is known by its id, by the address that it has moved to, and by those that it moved away from: a list may
    have any of them, and several count once. It keeps the address that it moved to; only an address that is new to it
    is taken from the list, and the one before is kept beside it. A feed that a server retired (410) stays retired
    until its address changes. Nothing is deleted: its articles remain. Where a source's country changes, its articles
    wait for new labels, since an outlet's country decides between homonyms and is presumed of its domestic stories.
    """
    before = {row.id: row.country for row in connection.execute(select(sources.c.id, sources.c.country))}
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
    moved = [s.id for s in listed_sources if s.id in before and before[s.id] != s.country]
    connection.execute(update(articles).where(articles.c.source_id.in_(moved)).values(labeller_version=None))
    known = (
        connection.execute(
            select(feeds.c.id, feeds.c.url, feeds.c.previous_urls, feeds.c.form, feeds.c.pattern)
            .order_by(feeds.c.id)
            .with_for_update(key_share=True)  # FOR NO KEY UPDATE: articles may refer to them meanwhile
        )
        .mappings()
        .all()
    )
    matched = _match(known, listed_feeds)
    by_id = {row["id"]: row for row in known}
    _change_addresses(connection, by_id, matched, now)
    _forget_other_readings(connection, by_id, matched, now)
    rows = [_feed_row(id_, feed, now) for id_, feed in matched.items()]
    upsert(connection, feeds, rows, conflict=["id"], update=_LISTED)
    connection.execute(
        update(feeds).where(feeds.c.id.in_(matched), feeds.c.outcome.is_distinct_from(Kind.GONE)).values(active=True)
    )
    retired = connection.execute(
        update(feeds).where(feeds.c.id.not_in(matched), feeds.c.active).values(active=False)
    ).rowcount
    connection.execute(
        update(sources).where(sources.c.id.not_in([source.id for source in listed_sources])).values(active=False)
    )
    return Imported(len(listed_sources), len(rows), len(matched.keys() - by_id.keys()), retired)


def listed(connection: Connection) -> tuple[list[Source], list[Feed]]:
    """Read the active sources and feeds back, in the order of their names."""
    source_rows = connection.execute(select(sources).where(sources.c.active).order_by(sources.c.name, sources.c.id))
    feed_rows = connection.execute(select(feeds).where(feeds.c.active).order_by(feeds.c.folder, feeds.c.url))
    return (
        [Source(r.id, r.name, r.url, r.country, r.kind) for r in source_rows],
        [_feed(row) for row in feed_rows.mappings()],
    )


def _feed(row: RowMapping) -> Feed:
    attributes = tuple((name, value) for name, value in row["attributes"])
    return Feed(
        id=row["id"],
        source_id=row["source_id"],
        url=row["url"],
        language=row["language"],
        folder=row["folder"],
        form=Form(row["form"]),
        pattern=row["pattern"],
        title=row["title"],
        attributes=attributes,
    )


def _match(known: Iterable[RowMapping], listed_feeds: Iterable[Feed]) -> dict[str, Feed]:
    """Return the listed feeds by the id that each has in the warehouse; the first of those that are one feed counts."""
    ids: set[str] = set()
    by_url: dict[str, str] = {}
    by_previous: dict[str, str] = {}
    for row in known:
        ids.add(row["id"])
        by_url[row["url"]] = row["id"]
        by_previous |= dict.fromkeys(row["previous_urls"], row["id"])
    matched: dict[str, Feed] = {}
    for feed in listed_feeds:
        id_ = feed.id if feed.id in ids else by_url.get(feed.url) or by_previous.get(feed.url) or feed.id
        by_url.setdefault(feed.url, id_)
        matched.setdefault(id_, feed)
    return matched


def _change_addresses(
    connection: Connection, known: dict[str, RowMapping], matched: dict[str, Feed], now: datetime
) -> None:
    """Give a feed the address of the list where it never had it and no other feed has it; it begins anew there."""
    taken = {row["url"] for row in known.values()}
    for id_, feed in matched.items():
        row = known.get(id_)
        if row is None or feed.url in taken or feed.url in row["previous_urls"]:
            continue
        taken.add(feed.url)
        connection.execute(
            update(feeds)
            .where(feeds.c.id == id_)
            .values(
                url=feed.url,
                host=pauses.host_key(feed.url),
                previous_urls=feeds.c.previous_urls + array([row["url"]]),
                moved_to=None,
                moved_polls=0,
                content_reason=None,
                outcome=None,
                reason=None,
                detail=None,
                failures=0,
                next_poll_at=now,
                **_FORGOTTEN,
            )
        )


def _forget_other_readings(
    connection: Connection, known: dict[str, RowMapping], matched: dict[str, Feed], now: datetime
) -> None:
    """Have a feed read again that is to be read in another way: the same body may now list other articles."""
    changed = [
        id_
        for id_, feed in matched.items()
        if id_ in known and (known[id_]["form"], known[id_]["pattern"]) != (feed.form.value, feed.pattern)
    ]
    connection.execute(
        update(feeds)
        .where(feeds.c.id.in_(changed))
        .values(
            content_reason=None,
            failures=0,
            next_poll_at=func.least(feeds.c.next_poll_at, now),
            **_FORGOTTEN,
        )
    )


def _feed_row(id_: str, feed: Feed, now: datetime) -> dict[str, object]:
    """Return the row of a feed as the list has it; of one that is there already only what `_LISTED` names is used."""
    return {
        "id": id_,
        "source_id": feed.source_id,
        "url": feed.url,
        "host": pauses.host_key(feed.url),
        "language": feed.language,
        "folder": feed.folder,
        "title": feed.title,
        "form": feed.form.value,
        "pattern": feed.pattern,
        "attributes": [list(pair) for pair in feed.attributes],
        "added_at": now,
        "next_poll_at": now,
    }
