"""What a run's report tells beside its counts: totals, shares, what failed and where.

Shares are over the articles labelled since the run began, so a relabelling run tells about all that it relabelled.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, func, literal, select, union_all

from silkwire.records import Role
from silkwire.warehouse import links
from silkwire.warehouse.tables import (
    article_countries,
    article_regions,
    article_topics,
    articles,
    feeds,
    pages,
    runs,
    sources,
)
from silkwire.warehouse.tables import links as link_table

_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Totals:
    """What the warehouse holds by now."""

    sources: int
    feeds: int
    links: int
    articles: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many articles carry a label."""

    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class FailingFeed:
    """A feed that this run could not read, and why."""

    source: str
    url: str
    outcome: str
    reason: str
    detail: str
    failures: int


@dataclass(frozen=True, slots=True)
class Example:
    """A link or page of this run that did not become an article."""

    item: str
    outcome: str
    reason: str
    url: str
    detail: str


def started_at(connection: Connection, run_id: str) -> datetime:
    """Tell when a run began."""
    moment: datetime = connection.execute(select(runs.c.started_at).where(runs.c.id == run_id)).scalar_one()
    return moment


def totals(connection: Connection) -> Totals:
    """Count what is in the warehouse; sources and feeds only where they are active."""
    return Totals(
        sources=_count(connection, select(sources.c.id).where(sources.c.active)),
        feeds=_count(connection, select(feeds.c.id).where(feeds.c.active)),
        links=_count(connection, select(link_table.c.id)),
        articles=_count(connection, select(articles.c.id)),
    )


def pending(connection: Connection, now: datetime) -> dict[str, int]:
    """Count what waits for the next run: links to fetch now, and pages and articles never worked on."""
    return {
        "fetch": links.count_pending(connection, now),
        "extract": _count(connection, select(pages.c.link_id).where(pages.c.extractor_version.is_(None))),
        "label": _count(connection, select(articles.c.id).where(articles.c.labeller_version.is_(None))),
    }


def countries(connection: Connection, since: datetime) -> tuple[Share, ...]:
    """Count articles by the countries that they are about."""
    return _shares(
        connection,
        select(article_countries.c.country, func.count())
        .join(articles, articles.c.id == article_countries.c.article_id)
        .where(articles.c.labelled_at >= since, article_countries.c.role == Role.ABOUT.value),
    )


def regions(connection: Connection, since: datetime) -> tuple[Share, ...]:
    """Count articles by the regions that they are about."""
    return _shares(
        connection,
        select(article_regions.c.region, func.count())
        .join(articles, articles.c.id == article_regions.c.article_id)
        .where(articles.c.labelled_at >= since, article_regions.c.role == Role.ABOUT.value),
    )


def topics(connection: Connection, since: datetime, scheme: str) -> tuple[Share, ...]:
    """Count articles by topic of one scheme (`medtop` or `watch`)."""
    return _shares(
        connection,
        select(article_topics.c.topic, func.count())
        .join(articles, articles.c.id == article_topics.c.article_id)
        .where(articles.c.labelled_at >= since, article_topics.c.scheme == scheme),
    )


def languages(connection: Connection, since: datetime) -> tuple[Share, ...]:
    """Count articles by language."""
    return _shares(connection, select(articles.c.language, func.count()).where(articles.c.labelled_at >= since))


def failing_feeds(connection: Connection, run_id: str) -> tuple[FailingFeed, ...]:
    """List the feeds that a run polled in vain."""
    query = (
        select(sources.c.name, feeds.c.url, feeds.c.outcome, feeds.c.reason, feeds.c.detail, feeds.c.failures)
        .join(sources, sources.c.id == feeds.c.source_id)
        .where(feeds.c.run_id == run_id, feeds.c.outcome.not_in(["ok", "unchanged"]))
        .order_by(feeds.c.reason, sources.c.name, feeds.c.url)
    )
    return tuple(
        FailingFeed(row.name, row.url, row.outcome, row.reason or "", row.detail or "", row.failures)
        for row in connection.execute(query)
    )


def examples(connection: Connection, since: datetime) -> tuple[Example, ...]:
    """Show a few links and pages for each outcome and reason other than ok, decided since the run began."""
    fates = union_all(
        select(
            literal("link").label("item"),
            link_table.c.outcome,
            link_table.c.reason,
            link_table.c.url,
            link_table.c.detail,
        ).where(link_table.c.decided_at >= since, link_table.c.outcome != "ok"),
        select(literal("page"), pages.c.outcome, pages.c.reason, pages.c.url, pages.c.detail).where(
            pages.c.extracted_at >= since, pages.c.outcome != "ok"
        ),
    ).subquery()
    place = func.row_number().over(partition_by=[fates.c.item, fates.c.outcome, fates.c.reason], order_by=fates.c.url)
    ranked = select(fates, place.label("place")).subquery()
    query = (
        select(ranked)
        .where(ranked.c.place <= _EXAMPLES)
        .order_by(ranked.c.outcome, ranked.c.reason, ranked.c.item, ranked.c.url)
    )
    return tuple(
        Example(row.item, row.outcome, row.reason or "", row.url, row.detail or "") for row in connection.execute(query)
    )


def _count(connection: Connection, query: Select[str]) -> int:
    return connection.scalar(select(func.count()).select_from(query.subquery())) or 0


def _shares(connection: Connection, query: Select[str, int]) -> tuple[Share, ...]:
    name = query.selected_columns[0]
    rows = connection.execute(query.group_by(name).order_by(func.count().desc(), name))
    return tuple(Share(row[0], row[1]) for row in rows)
