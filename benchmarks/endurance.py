"""Whether a worker that extracts pages stays small: its memory over 50,000 of them, no two alike."""

import os
from datetime import UTC, datetime

import psutil
from rich.table import Table

from benchmarks.pages import newsroom_pages
from silkwire.extract.article import extract_article, warm_up
from silkwire.records import Told
from silkwire.workers import WorkerPool

PAGES = 50_000
STEP = 5_000
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def measure() -> Table:
    """Extract the newsroom's pages again and again, each with words of its own; return the memory on the way."""
    samples = newsroom_pages()
    table = Table("pages", "worker, MiB", "worker's process", title="memory of one worker")
    with WorkerPool(10, workers=1, preload=warm_up) as pool:
        for number in range(PAGES + 1):
            sample = samples[number % len(samples)]
            body = sample.body.replace(b"</p>", f" {number}</p>".encode())
            pool.call(extract_article, body, f"{sample.url}?n={number}", sample.content_type, Told(), NOW)
            if number % STEP == 0:
                process = pool.call(os.getpid)
                assert isinstance(process, int)
                memory = psutil.Process(process).memory_info().rss / 2**20
                table.add_row(f"{number:,}", f"{memory:,.0f}", str(process))
    return table
