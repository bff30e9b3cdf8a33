"""How much of an article's text is found, and how much else with it, beside trafilatura's own settings.

The scores are those of `overlap`.
"""

import time
from collections.abc import Callable

from rich.table import Table
from trafilatura import bare_extraction

from benchmarks.overlap import Digests, by_grams, by_paragraphs, f1, means, paragraph_digests
from benchmarks.pages import DATA, SETS, PageSample, read_set
from silkwire.extract.decoding.tree import parse_page
from silkwire.extract.facts.page_facts import read_facts
from silkwire.extract.facts.title import find_title
from silkwire.extract.texts.text import find_text

PAGES = DATA / "extraction"


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


def _load(name: str) -> list[tuple[PageSample, Digests]]:
    """Return the pages of a set that have gold, and the digests of their paragraphs where that is the gold."""
    digests = paragraph_digests()
    pages = ((page, digests.get(page.key, [])) for page in read_set(PAGES / f"{name}.jsonl.gz"))
    return [(page, paragraphs) for page, paragraphs in pages if paragraphs or page.told.get("text")]


def _row(pages: list[tuple[PageSample, Digests]], extract: Callable[[PageSample], str]) -> list[str]:
    started = time.process_time()
    texts = [extract(page) for page, _ in pages]
    seconds = time.process_time() - started
    scores = [
        by_paragraphs(paragraphs, text) if paragraphs else by_grams(page.told["text"], text)
        for (page, paragraphs), text in zip(pages, texts, strict=True)
    ]
    precision, recall = means(scores)
    return [f"{precision:.4f}", f"{recall:.4f}", f"{f1(scores):.4f}", f"{len(pages) / seconds:,.0f}"]


def _ours(page: PageSample) -> str:
    tree = parse_page(page.body, page.content_type)
    if tree is None:
        return ""
    facts = read_facts(tree, page.url)
    return find_text(tree, facts, page.url, find_title(facts, page.url, None))[0]


def _plain(**settings: bool) -> Callable[[PageSample], str]:
    def extract(page: PageSample) -> str:
        document = bare_extraction(page.body, include_comments=False, with_metadata=False, **settings)
        return (getattr(document, "text", None) or "") if document else ""

    return extract


WAYS: dict[str, Callable[[PageSample], str]] = {
    "silkwire": _ours,
    "trafilatura": _plain(),
    "trafilatura, precision": _plain(favor_precision=True),
    "trafilatura, fast": _plain(fast=True),
    "trafilatura, fast, recall": _plain(fast=True, favor_recall=True),
}
