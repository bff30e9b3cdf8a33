"""How fast due feeds are polled, and in how much memory, where four of five are unchanged, as on most days."""

import multiprocessing
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection

import psutil
from rich.table import Table
from sqlalchemy import Engine

from benchmarks.farm import FEEDS, HOSTS, Farm, open_farm
from benchmarks.fetching import warehouse
from silkwire.records import Feed, Shard, Source
from silkwire.settings import Settings
from silkwire.stages import run_stage
from silkwire.warehouse import sources
from silkwire.warehouse.engine import transaction

GOAL_MB = 400
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
_EVERY = 0.02  # seconds between two looks at the memory


def measure() -> Table:
    """Poll the farm's feeds twice, each time in a process of its own; return the table."""
    table = Table(
        "poll",
        "feeds/s",
        "new links",
        "peak memory",
        title=f"{FEEDS:,} due feeds of {HOSTS} hosts; 40% answer 304, 40% the same body; goal: under {GOAL_MB} MB",
    )
    with open_farm() as farm, warehouse() as (engine, settings):
        _list_feeds(farm, engine)
        for name, run_id, now in (("all new", "first", NOW), ("20% new", "second", NOW + timedelta(days=1))):
            seconds, megabytes, tally = _poll(settings, run_id, now)
            polled = sum(count for (item, _, _), count in tally.items() if item == "feed")
            assert polled == FEEDS, tally
            new = tally[("entry", "ok", "")]
            table.add_row(name, f"{FEEDS / seconds:,.0f}", f"{new:,}", f"{megabytes:,.0f} MB")
            farm.publish()
    return table


def _list_feeds(farm: Farm, engine: Engine) -> None:
    listed = [Source("s", "Farm", "http://farm.example/", None, None)]
    feeds = [Feed(f"feed-{number}", "s", farm.feed_url(number), "en") for number in range(FEEDS)]
    with transaction(engine) as connection:
        sources.import_list(connection, listed, feeds, NOW)


def _poll(settings: Settings, run_id: str, now: datetime) -> tuple[float, float, Counter[tuple[str, str, str]]]:
    """Poll in a fresh process; return its seconds, its peak memory with its children's in MB, and its counts."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_poll_once, args=(theirs, settings, run_id, now))
    process.start()
    theirs.close()  # so that the end of the process is an end of the pipe
    peak = 0.0
    while not ours.poll(_EVERY) and process.is_alive():
        peak = max(peak, _memory(process.pid or 0))
    seconds, tally = ours.recv()
    process.join()
    return seconds, peak, tally


def _poll_once(told: "Connection[object, object]", settings: Settings, run_id: str, now: datetime) -> None:
    started = time.perf_counter()
    tally = run_stage("poll", settings, run_id, Shard(), lambda: now)
    told.send((time.perf_counter() - started, tally))


def _memory(pid: int) -> float:
    """Return the resident memory of a process and its children in MB; what they share is counted for each."""
    total = 0
    with suppress(psutil.NoSuchProcess):
        for process in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                total += process.memory_info().rss
    return total / 2**20
