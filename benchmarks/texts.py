"""How much of an article's text is found, and how much else with it, beside trafilatura's own settings.

The score is that of the article-extraction-benchmark: overlap of word 4-grams (of characters in Chinese and Japanese),
precision and recall averaged over pages. The Chinese pages have no text as gold but gold/zh.json: for 51 of them the
digests of their body's paragraphs (twelve hex digits of the SHA-256 of the paragraph without spaces, and its length),
chosen from the page by reading, without captions, credits and the title. There, paragraphs are counted by their length.
"""

import base64
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from rich.table import Table
from trafilatura import bare_extraction

from silkwire.extract.decoding.tree import parse_page
from silkwire.extract.facts.page_facts import read_facts
from silkwire.extract.facts.title import find_title
from silkwire.extract.texts.text import find_text
from silkwire.settings import ROOT

PAGES = ROOT.parent / "shared" / "data" / "extraction"
PARAGRAPHS = Path(__file__).parent / "gold" / "zh.json"
SETS = ("aeb", "fundus-en-de", "zh-pages-no-gold")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_TOKEN = re.compile(r"\w+")
_GRAM = 4

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
    digests = json.loads(PARAGRAPHS.read_text("utf-8"))
    pages = []
    with gzip.open(PAGES / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for page in map(json.loads, lines):
            page["html"] = base64.b64decode(page.pop("html_b64"))
            page["paragraphs"] = [tuple(pair) for pair in digests.get(page["id"], ())]
            if page.get("text") or page["paragraphs"]:
                pages.append(page)
    return pages


def _row(pages: list[Page], extract: Callable[[Page], str]) -> list[str]:
    started = time.process_time()
    texts = [extract(page) for page in pages]
    seconds = time.process_time() - started
    scores = [
        _by_paragraphs(page["paragraphs"], text) if page["paragraphs"] else _by_grams(page["text"], text)
        for page, text in zip(pages, texts, strict=True)
    ]
    precision, recall = (sum(column) / len(scores) for column in zip(*scores, strict=True))
    f1 = 2 * precision * recall / (precision + recall)
    return [f"{precision:.4f}", f"{recall:.4f}", f"{f1:.4f}", f"{len(pages) / seconds:,.0f}"]


def _by_grams(gold: str, text: str) -> tuple[float, float]:
    expected, found = _grams(gold), _grams(text)
    common = (expected & found).total()
    return common / max(1, found.total()), common / max(1, expected.total())


def _grams(text: str) -> Counter[tuple[str, ...]]:
    dense = len(_DENSE.findall(text)) * 3 > len(text)
    tokens = [letter for letter in text if letter.isalnum()] if dense else _TOKEN.findall(text)
    return Counter(tuple(tokens[at : at + _GRAM]) for at in range(max(1, len(tokens) - _GRAM + 1)) if tokens)


def _by_paragraphs(gold: list[tuple[str, int]], text: str) -> tuple[float, float]:
    lines = ["".join(line.split()) for line in text.splitlines()]
    found = [(sha256(line.encode()).hexdigest()[:12], len(line)) for line in lines if line]
    expected, had = {digest for digest, _ in gold}, {digest for digest, _ in found}
    right = sum(length for digest, length in found if digest in expected)
    covered = sum(length for digest, length in gold if digest in had)
    return right / max(1, sum(length for _, length in found)), covered / sum(length for _, length in gold)


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
