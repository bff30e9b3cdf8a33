"""How fast pages become articles: the whole stage, from WARC record to row, beside trafilatura alone in memory.

Both are held on one core. The stage starts a worker in every task, so its rate is told between a small and the full
number of pages, and what a start costs is told apart.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path

from rich.table import Table
from sqlalchemy import Engine, text
from trafilatura import bare_extraction

from benchmarks.pages import PageSample, newsroom_pages, real_pages
from silkwire.extract import run as extract
from silkwire.net.links import host_of
from silkwire.records import Feed, Link, Page, Response, Shard, Source
from silkwire.settings import Settings, load_settings
from silkwire.stages import run_stage
from silkwire.warehouse import links, pages, sources
from silkwire.warehouse.archive import Archive, make_record
from silkwire.warehouse.engine import open_engine, transaction
from silkwire.warehouse.migration import upgrade
from silkwire.warehouse.server import start_server, stop_server

ROUNDS = 3
FEW = 20  # pages of the run that shows what a start costs
BATCH = 50
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def measure() -> Table:
    """Extract every page both ways, in turn; return the table."""
    samples = real_pages() or newsroom_pages()
    home = Path(tempfile.mkdtemp(prefix="silkwire-bench-"))
    server = start_server(home)
    settings = load_settings(home=home, warehouse_url=server.warehouse_url)
    engine = open_engine(server.warehouse_url)
    try:
        upgrade(engine)
        _store(engine, settings, samples)
        with _one_core():
            rounds = [(_alone(samples), *_stage(engine, settings, 1)) for _ in range(ROUNDS)]
        both = min(_stage(engine, settings, 2)[1] for _ in range(ROUNDS))
    finally:
        engine.dispose()
        stop_server(home)
        shutil.rmtree(home, ignore_errors=True)
    alone, few, whole = (min(column) for column in zip(*rounds, strict=True))
    return _table(len(samples), alone, few, whole, both)


def _table(count: int, alone: float, few: float, whole: float, both: float) -> Table:
    title = f"{count} pages; one core but where two jobs share them"
    table = Table("extraction", "pages/s", "against trafilatura", title=title)
    rate = (count - FEW) / (whole - few)
    table.add_row("trafilatura, bare_extraction(with_metadata=True)", f"{count / alone:,.1f}", "1.00×")
    table.add_row("the whole stage: WARC to rows", f"{rate:,.1f}", f"{rate * alone / count:.2f}×")
    table.add_row("… with the start of a task", f"{count / whole:,.1f}", f"{alone / whole:.2f}×")
    table.add_row(f"… --jobs 2, on {os.cpu_count()} cores", f"{count / both:,.1f}", f"{whole / both:.2f}× one job")
    return table


def _alone(samples: Sequence[PageSample]) -> float:
    started = time.perf_counter()
    for sample in samples:
        bare_extraction(sample.body, url=sample.url, with_metadata=True)
    return time.perf_counter() - started


def _stage(engine: Engine, settings: Settings, jobs: int) -> tuple[float, float]:
    """Return the seconds of the stage over a few pages and over all."""
    return _pending(engine, settings, jobs, FEW), _pending(engine, settings, jobs, None)


def _pending(engine: Engine, settings: Settings, jobs: int, count: int | None) -> float:
    with transaction(engine) as connection:
        connection.execute(text("delete from articles"))
        connection.execute(
            text("update pages set extractor_version = :version, article_id = null"),
            {"version": extract.EXTRACTOR_VERSION},
        )
        connection.execute(
            text(
                "update pages set extractor_version = null "
                "where link_id in (select link_id from pages order by link_id limit :count)"
            ),
            {"count": count},
        )
    settings = settings.model_copy(update={"extract_jobs": jobs})
    started = time.perf_counter()
    run_stage("extract", settings, "bench", Shard())
    return time.perf_counter() - started


@contextmanager
def _one_core() -> Iterator[None]:
    """Hold this process and those it starts on one core, where the system can."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def _store(engine: Engine, settings: Settings, samples: Sequence[PageSample]) -> None:
    """Put the pages into archive and warehouse, as the fetch stage does."""
    archive = Archive(settings.archive)
    with transaction(engine) as connection:
        source = Source("bench.example", "Bench", "http://bench.example/", None, None)
        sources.import_list(connection, [source], [Feed("feed", source.id, "http://bench.example/feed", None)], NOW)
        waiting = iter(enumerate(samples))
        while batch := list(islice(waiting, BATCH)):
            found = [
                Link(f"{n:06}", "feed", source.id, host_of(s.url), s.url + f"#{n}", None, "", "", (), None, NOW)
                for n, s in batch
            ]
            links.save_new(connection, found)
            records = [
                make_record(Response(s.url, 200, {"content-type": s.content_type}, s.body, NOW)) for _, s in batch
            ]
            where = archive.write(records, NOW)
            kept = [
                Page(
                    f"{n:06}",
                    s.url,
                    200,
                    s.content_type,
                    sha256(s.body).hexdigest(),
                    NOW,
                    at.path,
                    at.offset,
                    at.length,
                )
                for (n, s), at in zip(batch, where, strict=True)
            ]
            pages.save_fetched(connection, [(page, source.id) for page in kept])
