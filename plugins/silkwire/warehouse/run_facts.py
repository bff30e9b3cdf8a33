"""What a run's report tells beside its counts: totals, shares, what failed and where.

Shares are over the articles labelled since the run began, so a relabelling run tells about all that it relabelled.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, func, literal, select, text, union_all

from silkwire.records import Role
from silkwire.warehouse import links
from silkwire.warehouse.tables import (
    article_countries,
    article_regions,
    article_topics,
    articles,
    feeds,
    gaps,
    pages,
    runs,
    sources,
)
from silkwire.warehouse.tables import links as link_table

_EXAMPLES = 3
_NEWEST = 1_000  # articles, of which a run has labelled some if it has labelled any


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
    """A feed that this run could not read, and why. `health` and `advice` are those of `marts.source_health`."""

    source: str
    url: str
    outcome: str
    reason: str
    detail: str
    failures: float
    health: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Outage:
    """Sources that fail together, now; no country: everywhere. `reason` is the most frequent one."""

    country: str | None
    started_at: str
    reason: str
    sources_failed: int
    sources_polled: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gaps:
    """Holes in the coverage: those found by this run, those repaired since the report before, and all that are open."""

    opened: int = 0
    repaired: int = 0
    open: int = 0


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
    """Count what waits for the next run: links to fetch now, pages and articles never worked on, articles to relabel.

    Articles are labelled the newest first, so of the newest the one labelled last has the labeller's version. Those
    with another have labels of before the last change of the analyst's files or of the release.
    """
    newest = (
        select(articles.c.labeller_version, articles.c.labelled_at)
        .where(articles.c.labeller_version.is_not(None))
        .order_by(articles.c.discovered_at.desc(), articles.c.id)
        .limit(_NEWEST)
        .subquery()
    )
    version = select(newest.c.labeller_version).order_by(newest.c.labelled_at.desc()).limit(1).scalar_subquery()
    return {
        "fetch": links.count_pending(connection, now),
        "extract": _count(connection, select(pages.c.link_id).where(pages.c.extractor_version.is_(None))),
        "label": _count(connection, select(articles.c.id).where(articles.c.labeller_version.is_(None))),
        "relabel": _count(connection, select(articles.c.id).where(articles.c.labeller_version != version)),
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
    """List the feeds that a run polled in vain, but not those whose failure is part of an outage."""
    query = text(
        "select health.source, health.feed_url, health.outcome, coalesce(health.reason, '') as reason,"
        " coalesce(health.detail, '') as detail, health.failures, health.health, health.advice"
        " from marts.source_health as health inner join feeds on feeds.id = health.feed_id"
        " where feeds.run_id = :run_id and health.outcome not in ('ok', 'unchanged') and not health.outage"
        " order by health.health, health.reason, health.source, health.feed_url"
    )
    return tuple(FailingFeed(*row) for row in connection.execute(query, {"run_id": run_id}))


def health(connection: Connection) -> dict[str, int]:
    """Count the feeds by their health, the most frequent first."""
    query = text("select health, count(*) from marts.source_health group by health order by count(*) desc, health")
    return {row[0]: row[1] for row in connection.execute(query)}


def outages(connection: Connection) -> tuple[Outage, ...]:
    """List the outages that last, the largest first."""
    query = text(
        "select country, started_at, reason, sources_failed, sources_polled, sources from marts.outages"
        " where ended_at is null order by sources_failed desc, country"
    )
    return tuple(
        Outage(country, since.isoformat(), reason, failed, polled, tuple(names))
        for country, since, reason, failed, polled, names in connection.execute(query)
    )


def coverage(connection: Connection, since: datetime) -> Gaps:
    """Count the gaps found since a run began, those repaired since the report before it, and those that are open.

    Repairs are runs of their own, between those that have a report.
    """
    before = connection.scalar(
        select(func.max(runs.c.finished_at)).where(runs.c.finished_at <= since, runs.c.report.is_not(None))
    )
    opened = select(gaps.c.feed_id).where(gaps.c.opened_at >= since)
    repaired = select(gaps.c.feed_id).where(gaps.c.outcome == "ok", gaps.c.found_links > 0)
    repaired = repaired.where(gaps.c.closed_at >= (before or since))
    still_open = select(gaps.c.feed_id).where(gaps.c.closed_at.is_(None))
    return Gaps(_count(connection, opened), _count(connection, repaired), _count(connection, still_open))


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
