"""How fast feeds become entries: our parser, and its pool of processes, against plain feedparser on the same feeds."""

import time
import warnings
from collections.abc import Callable
from datetime import date
from io import BytesIO

import feedparser
from rich.console import Console
from rich.table import Table
from tests.newsroom.answers import Site
from tests.newsroom.outlet import load_outlets

from benchmarks.corpora import DATA, URL, feeds_of
from silkwire.poll.feed_parser import parse_feed
from silkwire.poll.parser import ParserPool

ROUNDS = 3
SMALLEST = 10_000  # bytes; below, a file is a made-up test case more often than a feed
SECONDS = 10.0  # of processor that a feed may take here: nothing is to be cut short
_REAL = ("feedjira", "mediacloud", "miniflux", "netnewswire", "node-feedparser", "reader", "rowanmanning")


def measure() -> Table:
    """Parse real feeds each way, in turn and in the same order; return the table, of the best of three rounds."""
    warnings.simplefilter("ignore", DeprecationWarning)
    bodies = _bodies()
    with ParserPool(SECONDS, workers=1) as pool:

        def plain() -> None:
            for body in bodies:
                feedparser.parse(BytesIO(body))

        def ours() -> None:
            for body in bodies:
                parse_feed(body, URL, "")

        def pooled() -> None:
            for body in bodies:
                pool.parse(body, URL, "")

        ours()
        pooled()  # all caches are warm now, and the worker is there
        timed = [(_seconds(plain), _seconds(ours), _seconds(pooled)) for _ in range(ROUNDS)]
    size = sum(map(len, bodies)) / 1e6
    table = Table("feeds", "ms a feed", "against feedparser", title=f"{len(bodies)} real feeds, {size:.1f} MB")
    names = ("feedparser.parse", "silkwire: entries in plain text", "the same in a worker process")
    baseline = min(times[0] for times in timed)
    for column, name in enumerate(names):
        best = min(times[column] for times in timed)
        table.add_row(name, f"{best / len(bodies) * 1000:.2f}", f"{baseline / best:.2f}×")
    return table


def _bodies() -> list[bytes]:
    """Return the real feeds of the corpora, or the newsroom's where those are absent."""
    archives = [archive for archive in sorted(DATA.glob("*.tar.gz")) if archive.name.startswith(_REAL)]
    real = [body for archive in archives for name, body in feeds_of(archive) if not name.endswith(".json")]
    large = [body for body in real if len(body) >= SMALLEST]
    return large or [
        answer.body
        for outlet in load_outlets()
        for answer in Site(outlet, date(2026, 11, 24), 8123).answers().values()
        if "xml" in answer.headers.get("Content-Type", "")
    ]


def _seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    Console().print(measure())
