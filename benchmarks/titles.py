"""How often title, authors, address and picture of a page are those that per-site parsers find."""

import time
from collections import Counter
from typing import Any

from rich.table import Table

from benchmarks.pages import DATA, read_set
from silkwire.extract.decoding.tree import parse_page
from silkwire.extract.facts.address import canonical_address
from silkwire.extract.facts.bylines import find_authors
from silkwire.extract.facts.image import find_image
from silkwire.extract.facts.page_facts import read_facts
from silkwire.extract.facts.title import find_title

PAGES = DATA / "extraction" / "fundus-en-de.jsonl.gz"


def measure() -> Table:
    """Read every page of the collection; return the shares that are exactly right, and what reading them takes.

    Titles are equal with their spaces folded; authors are equal as sets; F1 counts each name of each page once.
    """
    if not PAGES.exists():
        return Table(title=f"titles and authors: skipped, {PAGES.name} is not there")
    counts: Counter[str] = Counter()
    seconds = 0.0
    for page in read_set(PAGES):
        tree = parse_page(page.body, page.content_type)
        if tree is None:
            continue
        url = page.url
        started = time.perf_counter()
        facts = read_facts(tree, url)
        title, authors = find_title(facts, url, None), set(find_authors(tree, facts))
        address, image = canonical_address(tree, url, facts.article), find_image(tree, facts, url)
        seconds += time.perf_counter() - started
        counts["pages"] += 1
        counts["a picture"] += image is not None
        _count(counts, page.told, title, authors, address)
    return _table(counts, seconds)


def _count(counts: Counter[str], page: dict[str, Any], title: str, authors: set[str], address: str) -> None:
    if page.get("title"):
        counts["titles"] += 1
        counts["title"] += title == _one_line(page["title"])
    if page.get("authors"):
        gold = {_one_line(name) for name in page["authors"]}
        counts["bylines"] += 1
        counts["authors"] += authors == gold
        counts["both"] += len(authors & gold)
        counts["either"] += len(authors) + len(gold)
    if page.get("canonical_url"):
        counts["addresses"] += 1
        counts["address"] += address == page["canonical_url"]


def _table(counts: Counter[str], seconds: float) -> Table:
    pages = max(1, counts["pages"])
    table = Table("of a page", "right", "of", "share")
    table.title = f"{counts['pages']} pages of fundus: {seconds / pages * 1000:.2f} ms a page"
    rows = [
        ("title", "title", "titles"),
        ("authors, as a set", "authors", "bylines"),
        ("a picture", "a picture", "pages"),
    ]
    for label, right, total in (*rows, ("address", "address", "addresses")):
        if counts[total]:
            table.add_row(label, f"{counts[right]}", f"{counts[total]}", f"{counts[right] / counts[total]:.3f}")
    table.add_row("authors, F1 of names", "", "", f"{2 * counts['both'] / max(1, counts['either']):.3f}")
    return table


def _one_line(text: str) -> str:
    return " ".join(text.split())
