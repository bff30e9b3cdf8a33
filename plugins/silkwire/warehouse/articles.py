"""Articles: one per text and source, however many links lead to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from sqlalchemy import Connection, and_, delete, or_, select, update

from silkwire.reasons import Reason
from silkwire.records import Extraction
from silkwire.warehouse.load import upsert
from silkwire.warehouse.pages import PendingPage
from silkwire.warehouse.tables import articles, pages

_Identity = tuple[str, str]  # source_id, content_hash
_DATES = ("published_at", "published_from", "published_day", "discovered_at")


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An extraction with the page it was made from and the hash of its normalised text."""

    page: PendingPage
    extraction: Extraction
    content_hash: str

    @property
    def identity(self) -> _Identity:
        """What makes two articles the same: one source, one text."""
        return self.page.source_id, self.content_hash


def save(
    connection: Connection, extracted: Sequence[PendingPage], found: Sequence[NewArticle], version: str
) -> dict[str, str]:
    """Store the articles `found` among the pages `extracted`; return the article of each page, by link id.

    Where a source has one text under several links, the link with the smallest id gives the article, whichever came
    first: so the order of runs, and kills between them, can't change the result. Its day is the earliest that any of
    them has: a text that is put out again moves to no other day.
    """
    ids = [page.link_id for page in extracted]
    connection.execute(delete(articles).where(articles.c.id.in_(ids)))
    # What duplicated an article that is extracted anew has to be looked at again: the texts may have parted.
    connection.execute(
        update(pages)
        .where(pages.c.article_id.in_(ids), pages.c.link_id.not_in(ids))
        .values(article_id=None, extractor_version=None, outcome=None, reason=None, detail=None)
    )
    if not found:
        return {}
    winners: dict[_Identity, NewArticle] = {}
    for article in sorted(found, key=lambda article: article.page.link_id):
        winners.setdefault(article.identity, article)
    before = _ids_of(connection, winners)
    earlier = _dates_of(connection, before.values())
    rows = [_row(article, version) for article in winners.values()]
    taken = [name for name in rows[0] if name not in ("source_id", "content_hash")]
    upsert(
        connection, articles, rows, conflict=["source_id", "content_hash"], update=taken, where="excluded.id < old.id"
    )
    after = _ids_of(connection, winners)
    _keep_earliest(connection, after, [*earlier, *(_date_of(article) for article in found)])
    _follow_takeovers(connection, [(before[key], after[key]) for key in before if before[key] != after[key]])
    return {article.page.link_id: after[article.identity] for article in found}


def _ids_of(connection: Connection, identities: dict[_Identity, NewArticle]) -> dict[_Identity, str]:
    matches = [and_(articles.c.source_id == source, articles.c.content_hash == key) for source, key in identities]
    query = select(articles.c.id, articles.c.source_id, articles.c.content_hash).where(or_(*matches))
    return {(row.source_id, row.content_hash): row.id for row in connection.execute(query)}


_Date = tuple[_Identity, dict[str, Any]]


def _date_of(article: NewArticle) -> _Date:
    row = _row(article, "")
    return article.identity, {name: row[name] for name in _DATES}


def _dates_of(connection: Connection, ids: Iterable[str]) -> list[_Date]:
    columns = [articles.c.source_id, articles.c.content_hash, *(articles.c[name] for name in _DATES)]
    found = connection.execute(select(*columns).where(articles.c.id.in_(list(ids)))).mappings()
    return [((row["source_id"], row["content_hash"]), {name: row[name] for name in _DATES}) for row in found]


def _keep_earliest(connection: Connection, ids: dict[_Identity, str], dates: Sequence[_Date]) -> None:
    """Give each article that has several links the earliest of their dates, and the earliest discovery."""
    by_article: dict[str, list[dict[str, Any]]] = {}
    for identity, date in dates:
        by_article.setdefault(ids[identity], []).append(date)
    for key, told in by_article.items():
        if len(told) < 2:
            continue
        dated = [date for date in told if date["published_at"] is not None]
        first = min(dated, key=lambda date: date["published_at"]) if dated else told[0]
        discovered_at = min(date["discovered_at"] for date in told)
        connection.execute(
            update(articles).where(articles.c.id == key).values(first | {"discovered_at": discovered_at})
        )


def _follow_takeovers(connection: Connection, changes: list[tuple[str, str]]) -> None:
    """Turn the pages of an article that got a smaller link into duplicates of it."""
    for old, new in changes:
        connection.execute(
            update(pages)
            .where(pages.c.article_id == old)
            .values(article_id=new, outcome="skipped", reason=Reason.DUPLICATE.value, detail=new)
        )


def _row(article: NewArticle, version: str) -> dict[str, Any]:
    page, extraction = article.page, article.extraction
    published = extraction.published_at
    return {
        "id": page.link_id,
        "source_id": page.source_id,
        "feed_id": page.feed_id,
        "url": extraction.canonical_url,
        "site_name": extraction.site_name,
        "title": extraction.title,
        "text": extraction.text,
        "text_from": extraction.text_from.value,
        "text_path": extraction.text_path.value,
        "authors": list(extraction.authors),
        "language": extraction.language,
        "language_from": extraction.language_from.value,
        "published_at": published,
        "published_from": extraction.published_from.value if extraction.published_from else None,
        "published_day": published.astimezone(UTC).date() if published else None,
        "modified_at": extraction.modified_at,
        "modified_from": extraction.modified_from.value if extraction.modified_from else None,
        "feed_days_apart": extraction.feed_days_apart,
        "image_url": extraction.image_url,
        "sections": list(extraction.sections),
        "discovered_at": page.discovered_at,
        "fetched_at": page.fetched_at,
        "content_hash": article.content_hash,
        "extractor_version": version,
        "labeller_version": None,
        "labelled_at": None,
        "outcome": None,
        "reason": None,
        "detail": None,
    }
