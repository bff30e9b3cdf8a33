"""What a changed watch topic would add to the stored labels and drop from them; nothing is written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, and_, select, text, tuple_

from silkwire.records import Evidence, WatchLabel
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.labels import PendingArticle
from silkwire.warehouse.tables import article_topics, articles, sources

_BATCH = 200

Watcher = Callable[[PendingArticle], WatchLabel | None]


@dataclass(frozen=True, slots=True)
class Trial:
    """One stored article: the label that is stored for the topic, and the one that the rule gives it now."""

    article: PendingArticle
    url: str
    source: str
    labelled: bool
    stored: WatchLabel | None
    now: WatchLabel | None

    @property
    def sign(self) -> str:
        """Return + where the rule adds the label, - where it drops it, = where it stays and nothing without one."""
        if self.stored and self.now:
            return "="
        return "+" if self.now else "-" if self.stored else ""

    @property
    def day(self) -> date | None:
        """The day of publication."""
        return self.article.day


def try_topic(engine: Engine, topic: str, since: datetime, watch: Watcher) -> Iterator[Trial]:
    """Yield the articles discovered since then, the newest first, each as stored and as `watch` labels it."""
    before: tuple[datetime, str] | None = None
    while True:
        with transaction(engine) as connection:
            connection.execute(text("set transaction read only"))
            rows = _batch(connection, topic, since, before)
        for row in rows:
            article = PendingArticle(
                row["id"], row["title"], row["text"], row["language"], row["source_country"], row["published_day"]
            )
            labelled = row["labeller_version"] is not None
            yield Trial(article, row["url"], row["source"], labelled, _stored(topic, row), watch(article))
        if len(rows) < _BATCH:
            return
        before = rows[-1]["discovered_at"], rows[-1]["id"]


def _batch(
    connection: Connection, topic: str, since: datetime, before: tuple[datetime, str] | None
) -> list[dict[str, Any]]:
    """Read the next articles with what is stored of the topic."""
    mine = and_(
        article_topics.c.article_id == articles.c.id,
        article_topics.c.scheme == "watch",
        article_topics.c.topic == topic,
    )
    wanted = ("id", "url", "title", "text", "language", "published_day", "discovered_at", "labeller_version")
    query = (
        select(
            *(articles.c[name] for name in wanted),
            sources.c.name.label("source"),
            sources.c.country.label("source_country"),
            article_topics.c.score,
            article_topics.c.evidence,
        )
        .join(sources, sources.c.id == articles.c.source_id)
        .outerjoin(article_topics, mine)
        .where(articles.c.discovered_at >= since)
        .order_by(articles.c.discovered_at.desc(), articles.c.id.desc())
        .limit(_BATCH)
    )
    if before is not None:
        query = query.where(tuple_(articles.c.discovered_at, articles.c.id) < tuple_(*before))
    return [dict(row) for row in connection.execute(query).mappings()]


def _stored(topic: str, row: dict[str, Any]) -> WatchLabel | None:
    if row["score"] is None:
        return None
    evidence = tuple(Evidence(**receipt) for receipt in row["evidence"] or ())
    return WatchLabel(topic, round(row["score"], 4), evidence)
