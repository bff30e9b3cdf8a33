"""Pages: HTML responses in the archive, and what became of extracting them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, text, update

from silkwire.records import Outcome, Page, Shard, TextFrom, Told
from silkwire.warehouse.archive import RecordAddress
from silkwire.warehouse.load import clean_text, upsert
from silkwire.warehouse.shards import in_shard
from silkwire.warehouse.tables import feeds, links, pages


@dataclass(frozen=True, slots=True)
class PendingPage:
    """A page to extract, with what the feed told of it, and the article that an earlier version made of it."""

    link_id: str
    source_id: str
    feed_id: str
    url: str
    content_type: str
    record: RecordAddress
    fetched_at: datetime
    discovered_at: datetime
    told: Told
    text_from: TextFrom = TextFrom.PAGE
    article_id: str | None = None


@dataclass(frozen=True, slots=True)
class ExtractedPage:
    """The fate of one page, and the article it became or duplicates."""

    link_id: str
    outcome: Outcome
    article_id: str | None


def save_fetched(connection: Connection, fetched: Sequence[tuple[Page, str]]) -> None:
    """Store pages, each with the id of its source. A page fetched again is extracted again."""
    rows = [
        {
            "link_id": page.link_id,
            "source_id": source_id,
            "url": page.url,
            "status": page.status,
            "content_type": page.content_type,
            "digest": page.digest,
            "fetched_at": page.fetched_at,
            "warc_path": page.warc_path,
            "warc_offset": page.warc_offset,
            "warc_length": page.warc_length,
            "text_from": page.text_from.value,
            "extractor_version": None,
        }
        for page, source_id in fetched
    ]
    if rows:
        taken = [name for name in rows[0] if name != "link_id"]
        upsert(connection, pages, rows, conflict=["link_id"], update=taken)


def take_pending(connection: Connection, shard: Shard, version: str, limit: int) -> list[PendingPage]:
    """Lock and read pages without an outcome at this extractor version, the newest first.

    The locks last until the transaction ends; pages that another task has locked are passed over.
    """
    told = (links.c.title, links.c.summary, links.c.content, links.c.authors, links.c.published_at, links.c.categories)
    told_in = feeds.c.language.label("feed_language")
    query = (
        select(pages, links.c.feed_id, links.c.discovered_at, *told, told_in)
        .join(links, links.c.id == pages.c.link_id)
        .join(feeds, feeds.c.id == links.c.feed_id)
        .where(pages.c.extractor_version.is_distinct_from(version), in_shard(pages.c.source_id, shard))
        .order_by(pages.c.fetched_at.desc(), pages.c.link_id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=pages)
    )
    return [
        PendingPage(
            link_id=row.link_id,
            source_id=row.source_id,
            feed_id=row.feed_id,
            url=row.url,
            content_type=row.content_type,
            record=RecordAddress(row.warc_path, row.warc_offset, row.warc_length),
            fetched_at=row.fetched_at,
            discovered_at=row.discovered_at,
            told=Told(
                title=row.title,
                summary=row.summary,
                content=row.content,
                authors=tuple(row.authors),
                published_at=row.published_at,
                language=row.feed_language,
                categories=tuple(row.categories),
            ),
            text_from=TextFrom(row.text_from),
            article_id=row.article_id,
        )
        for row in connection.execute(query)
    ]


def count(connection: Connection, version: str) -> tuple[int, int]:
    """Count the pages, and those of them without an outcome at this extractor version."""
    outdated = func.count().filter(pages.c.extractor_version.is_distinct_from(version))
    items, pending = connection.execute(select(func.count(), outdated).select_from(pages)).one()
    return items, pending


_SAVE_FATES = text(
    """
    update pages
    set outcome = fates.outcome, reason = fates.reason, detail = fates.detail, article_id = fates.article_id,
        extractor_version = :version, extracted_at = :now
    from unnest(
        cast(:ids as text[]), cast(:outcomes as text[]), cast(:reasons as text[]), cast(:details as text[]),
        cast(:articles as text[])
    ) as fates (id, outcome, reason, detail, article_id)
    where pages.link_id = fates.id
    """
)


def save_fates(connection: Connection, extracted: Sequence[ExtractedPage], version: str, now: datetime) -> None:
    """Store the fate of each page at this extractor version."""
    connection.execute(
        _SAVE_FATES,
        {
            "version": version,
            "now": now,
            "ids": [item.link_id for item in extracted],
            "outcomes": [item.outcome.kind.value for item in extracted],
            "reasons": [item.outcome.reason for item in extracted],
            "details": [clean_text(item.outcome.detail) or None for item in extracted],
            "articles": [item.article_id for item in extracted],
        },
    )


def keep_fates(connection: Connection, link_ids: Sequence[str], version: str, now: datetime) -> None:
    """Note that pages were tried in vain at this extractor version; what an earlier one made of them stays."""
    connection.execute(
        update(pages).where(pages.c.link_id.in_(link_ids)).values(extractor_version=version, extracted_at=now)
    )
