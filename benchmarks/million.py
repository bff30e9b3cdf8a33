"""A large warehouse: a year of believable articles, of any number, in an embedded server of its own.

`python -m benchmarks million --articles 1000000 --home FOLDER` makes it, or finds it made. Everything is drawn from the
seed, and the year ends when it is made.
"""

import argparse
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from rich.table import Table
from sqlalchemy import Connection, Engine, select, text

from benchmarks.million_articles import Desk
from benchmarks.million_feeds import DAYS, Calendar, Standing, WatchedFeed, plan_polls
from benchmarks.million_load import Loader
from benchmarks.million_plan import World, feed_weights, plan_articles
from benchmarks.million_runs import Ledger
from benchmarks.million_subjects import list_subjects
from silkwire.cli.list_commands import import_sources
from silkwire.errors import Config
from silkwire.label.regions.region_file import read_regions
from silkwire.label.search.terms import terms
from silkwire.label.topics.vocabulary import topic_codes
from silkwire.label.topics.watch_file import read_watch_topics
from silkwire.report.publication import publish
from silkwire.settings import ROOT, load_settings
from silkwire.warehouse import marts
from silkwire.warehouse.engine import open_engine, transaction
from silkwire.warehouse.migration import upgrade
from silkwire.warehouse.server import Server, running_server
from silkwire.warehouse.tables import article_terms, articles, feeds, sources
from silkwire.warehouse.terms import moment_terms

_MARK = "million.json"
_COMPARED = 500
_HOURLY = 100_000  # articles from which on runs are hourly; a smaller warehouse has four a day


def main(arguments: list[str]) -> Table:
    """Make the warehouse that the command line asks for; return what it holds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks million", description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--home", type=Path, required=True, help="a folder for the server; it may hold it already")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    started = time.perf_counter()
    with open_million(asked.home, asked.articles, asked.seed) as url:
        table = _inventory(url)
    table.caption = f"{asked.home}, {time.perf_counter() - started:,.0f} s"
    return table


@contextmanager
def open_million(home: Path, articles: int, seed: int = 1) -> Iterator[str]:
    """Have a warehouse of so many articles run, and yield its URL; it is made where `home` does not hold it yet.

    Raises `Config` where `home` holds another one.
    """
    mark = home / _MARK
    wanted = {"articles": articles, "seed": seed}
    if mark.exists() and json.loads(mark.read_text()) != wanted:
        raise Config(f"{home} holds another warehouse: {mark.read_text()}. Delete the folder, or name another.")
    if not mark.exists() and (home / "postgres").exists():
        raise Config(f"{home} holds a warehouse that was not finished. Delete the folder.")
    with running_server(home) as server:
        engine = open_engine(server.warehouse_url)
        try:
            upgrade(engine)
            if not mark.exists():
                with _hasty(server):
                    _make(engine, server.warehouse_url, articles, seed)
                mark.write_text(json.dumps(wanted))
        finally:
            engine.dispose()
        yield server.warehouse_url


@contextmanager
def _hasty(server: Server) -> Iterator[None]:
    """Have fewer checkpoints while a warehouse is filled: after each, every page that changes is logged whole."""
    with server.connect() as connection:
        connection.execute("alter system set max_wal_size = '16GB'")
        connection.execute("select pg_reload_conf()")
        yield
        connection.execute("alter system reset max_wal_size")
        connection.execute("select pg_reload_conf()")


def _make(engine: Engine, url: str, size: int, seed: int) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    import_sources(url, ROOT / "config" / "sources.opml")
    settings = load_settings()
    regions = read_regions(settings.regions)
    watch = read_watch_topics(settings.topics, {region.id for region in regions})
    with transaction(engine) as connection:
        watched = _read_feeds(connection)
    chance = np.random.default_rng([seed, 1])
    weights, standing = feed_weights(watched, chance), Standing.drawn(watched, chance)
    calendar = Calendar.until(int(now.timestamp()), 1 if size >= _HOURLY else 6)
    world = World(
        feeds=watched,
        subjects=list_subjects(regions, {feed.country for feed in watched if feed.country}),
        topics=len(topic_codes()),
        watch=tuple(topic.id for topic in watch),
        calendar=calendar,
        standing=standing,
        weights=weights,
        polls=plan_polls(watched, weights * size / DAYS, calendar, standing, seed),
    )
    plan = plan_articles(world, size, seed)
    Loader(engine, world, plan, Desk(world, plan, regions, watch, seed), seed).load()
    with transaction(engine) as connection:
        _compare_terms(connection)
        newest = Ledger(world, plan, seed).load(connection)
        connection.execute(text("analyze"))
    with transaction(engine) as connection:
        for name in marts.materialised(connection):
            # Not concurrently: there is nobody who reads them yet, and nothing in them to compare with.
            connection.execute(text(f"refresh materialized view marts.{name}"))
            connection.execute(text(f"analyze marts.{name}"))
    report = publish(engine, newest, now)
    if report.problems:
        raise Config("The warehouse is not sound: " + "; ".join(report.problems))


def _compare_terms(connection: Connection) -> None:
    """Raise `Config` where terms are not what the label stage would write: the pieces are read otherwise than texts."""
    columns = (articles.c.title, articles.c.text, articles.c.language, article_terms.c.terms)
    query = select(articles.c.discovered_at, *columns).join(article_terms).order_by(articles.c.id).limit(_COMPARED)
    for moment, title, body, language, stored in connection.execute(query).all():
        made = f"{terms(title, body, language)} {moment_terms(moment)}"
        if not connection.scalar(
            text("select cast(:made as tsvector) = cast(:stored as tsvector)"), {"made": made, "stored": stored}
        ):
            raise Config(f"The terms of {title!r} are not those of label.search.terms: mend Tongue.terms.")


def _read_feeds(connection: Connection) -> list[WatchedFeed]:
    query = select(feeds, sources.c.name, sources.c.country, sources.c.url.label("site")).join(sources)
    rows = connection.execute(query.order_by(feeds.c.source_id, feeds.c.id)).mappings().all()
    names = sorted({row["source_id"] for row in rows})
    return [
        WatchedFeed(
            id=row["id"],
            source=names.index(row["source_id"]),
            source_id=row["source_id"],
            name=row["name"],
            url=row["url"],
            host=row["host"],
            site=row["site"].rstrip("/") + "/",
            language=row["language"],
            country=row["country"],
        )
        for row in rows
    ]


def _inventory(url: str) -> Table:
    """Count the rows of every table, and what they take on disk."""
    table = Table("table", "rows", "MiB", title="a large warehouse")
    engine = open_engine(url)
    query = """
        select relname, pg_total_relation_size(oid) / 1048576.0 from pg_class
        where relkind = 'r' and relnamespace = 'public'::regnamespace order by 2 desc
    """
    with transaction(engine) as connection:
        for name, size in connection.execute(text(query)).all():
            rows = connection.execute(text(f"select count(*) from {name}")).scalar_one()  # noqa: S608 - a table's name
            table.add_row(name, f"{rows:,}", f"{size:,.1f}")
    engine.dispose()
    return table
