"""The ledger of gaps: periods in which a feed may have listed items that no poll saw."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, or_, select, update
from sqlalchemy.dialects.postgresql import distinct_on, insert

from silkwire.records import Kind, Outcome
from silkwire.warehouse.load import clean_text
from silkwire.warehouse.tables import feeds, gaps, sources


@dataclass(frozen=True, slots=True)
class OpenGap:
    """A gap to repair: items that the feed listed between `missing_since` and `missing_until` may be missing."""

    feed_id: str
    source_id: str
    opened_at: datetime
    missing_since: datetime
    missing_until: datetime
    attempts: int
    feed_url: str
    source_url: str


def open_gap(  # noqa: PLR0913 - a row's columns
    connection: Connection, feed_id: str, source_id: str, since: datetime, until: datetime, now: datetime
) -> None:
    """Note that a poll did not overlap the one before."""
    row = {"feed_id": feed_id, "source_id": source_id, "missing_since": since, "missing_until": until}
    connection.execute(insert(gaps).values(**row, opened_at=now, next_try_at=now).on_conflict_do_nothing())


def pending_gaps(connection: Connection, now: datetime, limit: int) -> list[OpenGap]:
    """Read gaps that are open and whose next try has come, the newest of each feed: sitemaps forget the oldest soonest.

    A feed that loses items at every poll has one of its gaps repaired in a run, so that its site is not asked for ever.
    """
    query = (
        select(gaps, feeds.c.url.label("feed_url"), sources.c.url.label("source_url"))
        .join(feeds, feeds.c.id == gaps.c.feed_id)
        .join(sources, sources.c.id == gaps.c.source_id)
        .where(gaps.c.closed_at.is_(None), or_(gaps.c.next_try_at.is_(None), gaps.c.next_try_at <= now))
        .ext(distinct_on(gaps.c.feed_id))
        .order_by(gaps.c.feed_id, gaps.c.opened_at.desc())
        .limit(limit)
    )
    names = list(OpenGap.__dataclass_fields__)
    return [OpenGap(**{name: row[name] for name in names}) for row in connection.execute(query).mappings()]


def save_try(connection: Connection, gap: OpenGap, outcome: Outcome, found_links: int, now: datetime) -> None:
    """Store what a try to repair a gap came to. A RETRY leaves it open until `outcome.after`, all else closes it."""
    is_open = outcome.kind is Kind.RETRY
    connection.execute(
        update(gaps)
        .where(gaps.c.feed_id == gap.feed_id, gaps.c.opened_at == gap.opened_at)
        .values(
            attempts=gaps.c.attempts + 1,
            found_links=gaps.c.found_links + found_links,
            next_try_at=outcome.after,
            closed_at=None if is_open else now,
            outcome=outcome.kind.value,
            reason=outcome.reason,
            detail=clean_text(outcome.detail) or None,
        )
    )
