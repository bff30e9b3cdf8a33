"""How fast articles are labelled, by language, on the newsroom's articles repeated to 3,000 characters."""

import time
from datetime import date

from rich.table import Table
from tests.newsroom.answers import Site
from tests.newsroom.outlet import load_outlets

from silkwire.label.labeller import Labeller
from silkwire.settings import ROOT

ROUNDS = 50
LENGTH = 3_000


def measure() -> Table:
    """Label an article of each language many times; return the table."""
    started = time.perf_counter()
    labeller = Labeller.load(ROOT / "config" / "regions.yaml", ROOT / "config" / "topics.yaml")
    table = Table(
        "language",
        "articles/s",
        title=f"labels: load {time.perf_counter() - started:.2f} s, articles of {LENGTH:,} characters",
    )
    texts: dict[str, tuple[str, str]] = {}
    for site in (Site(outlet, date(2026, 11, 24), 8123) for outlet in load_outlets()):
        for article in site.outlet.articles:
            body = "\n".join(article.paragraphs)
            language = article.language or site.outlet.language
            texts.setdefault(language, (article.title, (body * (LENGTH // max(1, len(body)) + 1))[:LENGTH]))
    for language, (title, text) in sorted(texts.items()):
        labeller.label(title, text, language)
        started = time.perf_counter()
        for _ in range(ROUNDS):
            labeller.label(title, text, language)
        table.add_row(language, f"{ROUNDS / (time.perf_counter() - started):,.0f}")
    return table
