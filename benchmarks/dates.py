"""How often the day of publication is right, wrong or missing, by corpus and evidence, beside htmldate's answers."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

from htmldate import find_date
from rich.table import Table

from benchmarks.pages import DATA, PageSample, read_set
from silkwire.extract.dates.publication import find_dates
from silkwire.extract.decoding.tree import parse_page
from silkwire.extract.facts.page_facts import read_facts

CORPORA = ("dates/eval_default.jsonl.gz", "extraction/fundus-en-de.jsonl.gz")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def measure() -> Table:
    """Find the dates of every page of each corpus from the page alone; count days, and time both ways in turn."""
    table = Table("corpus", "by", "right", "wrong", "none", "accuracy", "ms a page", "by evidence: right/wrong")
    table.title = "days of publication"
    for name in CORPORA:
        path = DATA / name
        if not path.exists():
            table.add_row(name, "skipped: it is not there")
            continue
        pages = list(read_set(path))
        for by, find in (("silkwire", _ours), ("htmldate", _theirs)):
            table.add_row(path.name.removesuffix(".jsonl.gz"), by, *_row(pages, find))
    return table


def _day(page: PageSample) -> str:
    """Return the day that people, or a parser made for its site, give a page, in UTC."""
    told = datetime.fromisoformat(page.told.get("date") or page.told["published_at"])
    return (told.astimezone(UTC) if told.tzinfo else told).date().isoformat()


def _ours(page: PageSample) -> tuple[str | None, str, float]:
    tree = parse_page(page.body, page.content_type)
    if tree is None:
        return None, "", 0.0
    facts = read_facts(tree)
    started = time.perf_counter()
    dates = find_dates(tree, facts, page.url, None, NOW)
    seconds = time.perf_counter() - started
    found = dates.published_at.date().isoformat() if dates.published_at else None
    return found, dates.published_from or "", seconds


def _theirs(page: PageSample) -> tuple[str | None, str, float]:
    tree = parse_page(page.body, page.content_type)
    started = time.perf_counter()
    found = find_date(tree, url=page.url, original_date=True, extensive_search=True)
    return found, "", time.perf_counter() - started


def _row(pages: list[PageSample], find: Callable[[PageSample], tuple[str | None, str, float]]) -> list[str]:
    find(pages[0])  # the names of months are read once a process
    counts: Counter[str] = Counter()
    evidences: dict[str, Counter[str]] = {}
    seconds = 0.0
    for page in pages:
        found, evidence, took = find(page)
        verdict = "none" if found is None else "right" if found == _day(page) else "wrong"
        counts[verdict] += 1
        seconds += took
        if evidence:
            evidences.setdefault(evidence, Counter())[verdict] += 1
    return [
        *(str(counts[verdict]) for verdict in ("right", "wrong", "none")),
        f"{counts['right'] / len(pages):.3f}",
        f"{1000 * seconds / len(pages):.2f}",
        ", ".join(f"{name} {of['right']}/{of['wrong']}" for name, of in sorted(evidences.items())),
    ]
