"""How fast articles load: COPY into staging and one upsert, against a bare COPY of the same rows."""

import random
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.table import Table
from sqlalchemy import Connection, Engine, text

from silkwire.keys import stable_key
from silkwire.records import Feed, Source
from silkwire.warehouse import sources
from silkwire.warehouse.engine import open_engine, transaction
from silkwire.warehouse.load import copy_rows, upsert
from silkwire.warehouse.migration import upgrade
from silkwire.warehouse.server import start_server, stop_server
from silkwire.warehouse.tables import articles

ARTICLES = 20_000
BATCH = 1_000
ROUNDS = 3
NOW = datetime(2026, 11, 24, tzinfo=UTC)
# Words of several scripts, so that text has the size in bytes that it has in life.
WORDS = ("steppe", "қала", "город", "中国", "gas", "темір", "yoʻl", "铁路", "border", "шекара", "prix", "вода")


def measure() -> Table:
    """Load synthetic articles into an embedded server of its own; return the table."""
    home = Path(tempfile.mkdtemp(prefix="silkwire-bench-"))
    server = start_server(home)
    engine = open_engine(server.warehouse_url)
    try:
        upgrade(engine)
        with transaction(engine) as connection:
            sources.import_list(
                connection,
                [Source("bench.example", "Bench", "http://bench.example/", "KZ", "independent")],
                [Feed("feed", "bench.example", "http://bench.example/feed", "en")],
                NOW,
            )
        rows = _synthetic()
        bare = min(_seconds(engine, rows, _bare) for _ in range(ROUNDS))
        new = min(_seconds(engine, rows, _upsert) for _ in range(ROUNDS))
        again = _seconds(engine, rows, _upsert, empty=False)
    finally:
        engine.dispose()
        stop_server(home)
        shutil.rmtree(home, ignore_errors=True)
    table = Table("load", "rows/s", "against bare COPY", title=f"{ARTICLES:,} articles in batches of {BATCH:,}")
    for name, seconds in (("bare COPY", bare), ("upsert, all new", new), ("upsert, all known", again)):
        table.add_row(name, f"{ARTICLES / seconds:,.0f}", f"{seconds / bare:.2f}× its time")
    return table


def _synthetic() -> list[dict[str, Any]]:
    chance = random.Random(1)  # noqa: S311 - the same rows every time
    rows = []
    for number in range(ARTICLES):
        body = " ".join(chance.choices(WORDS, k=350))
        key = stable_key(f"http://bench.example/{number}")
        rows.append(
            {
                "id": key,
                "source_id": "bench.example",
                "feed_id": "feed",
                "url": f"http://bench.example/{number}",
                "site_name": "Bench",
                "title": body[:70],
                "text": body,
                "authors": ["A. Writer"],
                "language": "en",
                "published_at": NOW,
                "published_from": "meta",
                "published_day": NOW.date(),
                "discovered_at": NOW,
                "fetched_at": NOW,
                "content_hash": key,
                "extractor_version": "1",
            }
        )
    return rows


def _seconds(
    engine: Engine,
    rows: list[dict[str, Any]],
    load: Callable[[Connection, list[dict[str, Any]]], None],
    *,
    empty: bool = True,
) -> float:
    if empty:
        with transaction(engine) as connection:
            connection.execute(text("truncate articles cascade"))
    started = time.perf_counter()
    for first in range(0, len(rows), BATCH):
        with transaction(engine) as connection:
            load(connection, rows[first : first + BATCH])
    return time.perf_counter() - started


def _bare(connection: Connection, rows: list[dict[str, Any]]) -> None:
    copy_rows(connection, articles, rows)


def _upsert(connection: Connection, rows: list[dict[str, Any]]) -> None:
    taken = [name for name in rows[0] if name not in ("source_id", "content_hash")]
    upsert(
        connection, articles, rows, conflict=["source_id", "content_hash"], update=taken, where="excluded.id < old.id"
    )
