"""What becomes of the feeds of the wild, and of the test suites of other readers: `python -m benchmarks.corpora`."""

import tarfile
import warnings
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import feedparser
from rich.console import Console
from rich.table import Table

from silkwire.poll import feed_parser
from silkwire.poll.feed_parser import parse_feed
from silkwire.records import ParsedFeed
from silkwire.settings import ROOT

DATA = ROOT.parent / "shared" / "data" / "feeds"
URL = "https://outlet.example/feed"
_FEEDS = (".xml", ".rss", ".atom", ".rdf")
_SHOWN = 5


def measure() -> Table:
    """Parse every feed of every corpus; count outcomes, and compare with feedparser where a feed is well-formed.

    `same count`: as many entries as plain `feedparser.parse` finds. `same entries`: the fast way's are equal to those
    that the same code makes of feedparser's answer, field by field.
    """
    table = Table("corpus", "feeds", "parsed", "entries", "failed", "well-formed", "same count", "fast", "same entries")
    table.title = "feeds of the wild and of test suites"
    if not DATA.is_dir():
        table.caption = f"skipped: there are no feeds at {DATA}"
        return table
    differing: list[str] = []
    for archive in sorted(DATA.glob("*.tar.gz")):
        table.add_row(archive.name.removesuffix(".tar.gz"), *_row(archive, differing))
    shown = differing[:_SHOWN]
    table.caption = f"{len(differing)} differ{': ' if shown else ''}{', '.join(shown)}"
    return table


def feeds_of(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each file that is a feed by its name, or a JSON Feed by its beginning."""
    with tarfile.open(archive) as files:
        for member in files:
            content = files.extractfile(member) if member.isfile() else None
            if content is None or not member.name.endswith((*_FEEDS, ".json")):
                continue
            body = content.read()
            if member.name.endswith(_FEEDS) or b"jsonfeed.org/version" in body[:1000].replace(b"\\", b""):
                yield member.name, body


def _row(archive: Path, differing: list[str]) -> list[str]:
    counts: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for name, body in feeds_of(archive):
        counts["feeds"] += 1
        feed, outcome = parse_feed(body, URL, "")
        if feed is None:
            failed[str(outcome.reason)] += 1
        counts["parsed"] += feed is not None
        found = len(feed.entries) if feed else 0
        counts["entries"] += found
        if name.endswith(".json"):
            continue
        expected = _count(body)
        if expected is not None:
            counts["well-formed"] += 1
            counts["same count"] += found == expected
            if found != expected:
                differing.append(f"{name} ({found} entries, not {expected})")
        slowly = _slowly(body)
        if slowly is not None:
            counts["fast"] += 1
            counts["same entries"] += feed == slowly
            if feed != slowly:
                differing.append(name)
    reasons = ", ".join(f"{reason} {count}" for reason, count in failed.most_common())
    columns = ("feeds", "parsed", "entries", "failed", "well-formed", "same count", "fast", "same entries")
    return [reasons if column == "failed" else f"{counts[column]:,}" for column in columns]


def _count(body: bytes) -> int | None:
    """Return how many entries feedparser finds, None where it does not call the feed well-formed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parsed = feedparser.parse(BytesIO(body))
    return None if parsed.bozo else len(parsed.entries)


def _slowly(body: bytes) -> ParsedFeed | None:
    """Return what comes of a feed through feedparser, None for one that goes that way anyhow."""
    fast, asked = feed_parser.read_xml, []

    def refuse(body: bytes, headers: dict[str, str]) -> None:
        asked.append(fast(body, headers) is not None)

    feed_parser.read_xml = refuse  # type: ignore[assignment]
    try:
        feed, _ = parse_feed(body, URL, "")
    finally:
        feed_parser.read_xml = fast
    return feed if asked == [True] else None


if __name__ == "__main__":
    Console().print(measure())
