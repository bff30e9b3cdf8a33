"""How much of an article's text is found, and how much else with it, beside trafilatura's own settings.

The scores are those of `overlap`.
"""

import base64
import gzip
import json
import time
from collections.abc import Callable
from typing import Any

from rich.table import Table
from trafilatura import bare_extraction

from benchmarks.overlap import by_grams, by_paragraphs, f1, means, paragraph_digests
from silkwire.extract.decoding.tree import parse_page
from silkwire.extract.facts.page_facts import read_facts
from silkwire.extract.facts.title import find_title
from silkwire.extract.texts.text import find_text
from silkwire.settings import ROOT

PAGES = ROOT.parent / "shared" / "data" / "extraction"
SETS = ("aeb", "fundus-en-de", "zh-pages-no-gold")

Page = dict[str, Any]


def measure() -> Table:
    """Extract every page of the sets with gold each way; return precision, recall, F1 and pages a second."""
    table = Table("set", "way", "precision", "recall", "F1", "pages/s", title="an article's own text")
    if not PAGES.is_dir():
        table.caption = f"skipped: there are no pages at {PAGES}"
        return table
    for name in SETS:
        pages = _load(name)
        for way, extract in WAYS.items():
            table.add_row(f"{name} ({len(pages)})", way, *_row(pages, extract))
    return table


def _load(name: str) -> list[Page]:
    """Return the pages of a set that have gold: `html`, and `text` or `paragraphs`."""
    digests = paragraph_digests()
    pages = []
    with gzip.open(PAGES / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for page in map(json.loads, lines):
            page["html"] = base64.b64decode(page.pop("html_b64"))
            page["paragraphs"] = digests.get(page["id"], [])
            if page.get("text") or page["paragraphs"]:
                pages.append(page)
    return pages


def _row(pages: list[Page], extract: Callable[[Page], str]) -> list[str]:
    started = time.process_time()
    texts = [extract(page) for page in pages]
    seconds = time.process_time() - started
    scores = [
        by_paragraphs(page["paragraphs"], text) if page["paragraphs"] else by_grams(page["text"], text)
        for page, text in zip(pages, texts, strict=True)
    ]
    precision, recall = means(scores)
    return [f"{precision:.4f}", f"{recall:.4f}", f"{f1(scores):.4f}", f"{len(pages) / seconds:,.0f}"]


def _ours(page: Page) -> str:
    tree = parse_page(page["html"], "text/html")
    if tree is None:
        return ""
    facts, url = read_facts(tree), page.get("url") or "https://site.example/a/1"
    return find_text(tree, facts, url, find_title(facts, url, None))[0]


def _plain(**settings: bool) -> Callable[[Page], str]:
    def extract(page: Page) -> str:
        document = bare_extraction(page["html"], include_comments=False, with_metadata=False, **settings)
        return (getattr(document, "text", None) or "") if document else ""

    return extract


WAYS: dict[str, Callable[[Page], str]] = {
    "silkwire": _ours,
    "trafilatura": _plain(),
    "trafilatura, precision": _plain(favor_precision=True),
    "trafilatura, fast": _plain(fast=True),
    "trafilatura, fast, recall": _plain(fast=True, favor_recall=True),
}
