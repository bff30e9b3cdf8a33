"""What becomes of every page of the corpora: which are articles, and which are refused as what."""

import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from rich.table import Table

from benchmarks.pages import DATA, read_set
from silkwire.extract.article import extract_article
from silkwire.records import Told

CORPORA = ("extraction/aeb", "extraction/fundus-en-de", "extraction/zh-pages-no-gold", "dates/eval_default")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
_SHOWN = 5  # pages with gold that were refused


def measure() -> Table:
    """Extract every page; count articles and reasons in each corpus, and refused pages whose text is known.

    A page that makes the extraction raise ends the run: none may.
    """
    table = Table("corpus", "pages", "articles", "refused", "refused with gold", "ms a page", title="verdicts on pages")
    if not DATA.is_dir():
        table.caption = f"skipped: there are no pages at {DATA}"
        return table
    lost: list[str] = []
    for name in CORPORA:
        table.add_row(*_row(DATA / f"{name}.jsonl.gz", lost))
    table.caption = f"lost: {', '.join(lost[:_SHOWN])}" if lost else "no page with gold is refused"
    return table


def _row(path: Path, lost: list[str]) -> list[str]:
    refused: Counter[str] = Counter()
    pages = with_gold = 0
    started = time.perf_counter()
    for page in read_set(path):
        _, outcome = extract_article(page.body, page.url, page.content_type, Told(), NOW)
        pages += 1
        if outcome.reason is not None:
            refused[str(outcome.reason)] += 1
            if page.told.get("text"):
                with_gold += 1
                lost.append(page.key)
    spent = (time.perf_counter() - started) * 1000 / max(1, pages)
    reasons = ", ".join(f"{reason} {count}" for reason, count in refused.most_common()) or "-"
    name = path.name.removesuffix(".jsonl.gz")
    return [name, f"{pages:,}", f"{pages - refused.total():,}", reasons, f"{with_gold:,}", f"{spent:.1f}"]
