"""Labels: articles that wait for them, and the rows they leave in three tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update

from silkwire.records import Evidence, Labels, Outcome, Shard
from silkwire.warehouse import terms
from silkwire.warehouse.load import clean_text, copy_rows
from silkwire.warehouse.shards import in_shard
from silkwire.warehouse.tables import article_countries, article_regions, article_topics, articles, sources


@dataclass(frozen=True, slots=True)
class PendingArticle:
    """An article to label, with its outlet's country and the day of its publication where they are known.

    `sections` and its canonical address `url` say where its outlet files it.
    """

    id: str
    title: str
    text: str
    language: str
    source_country: str | None
    day: date | None
    sections: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """What the labeller said of an article, and its terms, a `tsvector`; both are None where it crashed on it."""

    id: str
    outcome: Outcome
    labels: Labels | None
    terms: str | None = None


def take_pending(connection: Connection, shard: Shard, version: str, limit: int) -> list[PendingArticle]:
    """Lock and read articles without labels at this labeller version, the newest first, passing over locked ones."""
    query = (
        select(
            articles.c.id,
            articles.c.title,
            articles.c.text,
            articles.c.language,
            sources.c.country.label("source_country"),
            articles.c.published_day.label("day"),
            articles.c.sections,
            articles.c.url,
        )
        .join(sources, sources.c.id == articles.c.source_id)
        .where(articles.c.labeller_version.is_distinct_from(version), in_shard(articles.c.id, shard))
        .order_by(articles.c.discovered_at.desc(), articles.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=articles)
    )
    found = connection.execute(query).mappings()
    return [PendingArticle(**{**row, "sections": tuple(row["sections"])}) for row in found]


def count(connection: Connection, version: str) -> tuple[int, int]:
    """Count the articles, and those of them without labels at this labeller version."""
    outdated = func.count().filter(articles.c.labeller_version.is_distinct_from(version))
    items, pending = connection.execute(select(func.count(), outdated).select_from(articles)).one()
    return items, pending


def save(connection: Connection, labelled: Sequence[LabelledArticle], version: str, now: datetime) -> None:
    """Replace the labels of the articles by new ones at `version`, and store each article's terms and fate."""
    ids = [item.id for item in labelled]
    for table in (article_countries, article_regions, article_topics):
        connection.execute(delete(table).where(table.c.article_id.in_(ids)))
    given = [(item.id, item.labels) for item in labelled if item.labels is not None]
    copy_rows(connection, article_countries, [row for key, labels in given for row in _countries(key, labels, version)])
    copy_rows(connection, article_regions, [row for key, labels in given for row in _regions(key, labels, version)])
    copy_rows(connection, article_topics, [row for key, labels in given for row in _topics(key, labels, version)])
    terms.save(connection, {item.id: item.terms for item in labelled if item.terms is not None})
    if labelled:
        connection.execute(
            update(articles)
            .where(articles.c.id == bindparam("key"))
            .values(
                labeller_version=version,
                labelled_at=now,
                outcome=bindparam("kind"),
                reason=bindparam("why"),
                detail=bindparam("more"),
            ),
            [
                {
                    "key": i.id,
                    "kind": i.outcome.kind.value,
                    "why": i.outcome.reason,
                    "more": clean_text(i.outcome.detail) or None,
                }
                for i in labelled
            ],
        )


def receipts(evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    """Return evidence as it is stored and printed: kind and place only where they say something."""
    return [
        {"text": span.text, "start": span.start, "end": span.end}
        | ({"kind": span.kind} if span.kind else {})
        | ({"place": span.place} if span.place else {})
        for span in evidence
    ]


def _countries(article_id: str, labels: Labels, version: str) -> list[dict[str, Any]]:
    return [
        {
            "article_id": article_id,
            "country": label.code,
            "role": label.role.value,
            "score": label.score,
            "evidence": receipts(label.evidence),
            "version": version,
        }
        for label in labels.countries
    ]


def _regions(article_id: str, labels: Labels, version: str) -> list[dict[str, Any]]:
    return [
        {
            "article_id": article_id,
            "region": label.id,
            "role": label.role.value,
            "score": label.score,
            "evidence": receipts(label.evidence),
            "version": version,
        }
        for label in labels.regions
    ]


def _topics(article_id: str, labels: Labels, version: str) -> list[dict[str, Any]]:
    topics = [("medtop", topic.code, topic.score, topic.evidence) for topic in labels.topics]
    watch = [("watch", topic.id, topic.score, topic.evidence) for topic in labels.watch]
    return [
        {
            "article_id": article_id,
            "scheme": scheme,
            "topic": topic,
            "score": score,
            "evidence": receipts(evidence),
            "version": version,
        }
        for scheme, topic, score, evidence in topics + watch
    ]
