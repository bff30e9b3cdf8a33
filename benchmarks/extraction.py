"""How fast pages become articles: our whole extraction against trafilatura's with metadata, on the newsroom's pages."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime

from rich.table import Table
from tests.newsroom.answers import Site
from tests.newsroom.outlet import load_outlets
from trafilatura import bare_extraction

from silkwire.extract.article import extract_article

ROUNDS = 3
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def measure() -> Table:
    """Extract every page of the newsroom both ways, in turn; return the table."""
    pages = [
        (f"http://{site.outlet.host}{path}", answer.body, answer.headers.get("Content-Type", ""))
        for site in (Site(outlet, date(2026, 11, 24), 8123) for outlet in load_outlets())
        for path, answer in site.answers().items()
        if answer.headers.get("Content-Type", "").startswith("text/html")
    ]

    def ours() -> None:
        for url, body, content_type in pages:
            extract_article(body, url, content_type, None, None, NOW)

    def plain() -> None:
        for url, body, _ in pages:
            bare_extraction(body, url=url, with_metadata=True)

    ours()  # the language model and both libraries' caches are warm now
    timed = [(_seconds(plain), _seconds(ours)) for _ in range(ROUNDS)]
    baseline, seconds = min(t[0] for t in timed), min(t[1] for t in timed)
    table = Table("extraction", "pages/s", "against trafilatura", title=f"{len(pages)} newsroom pages, one process")
    table.add_row("trafilatura, with metadata", f"{len(pages) / baseline:,.0f}", "1.00×")
    table.add_row(
        "silkwire: charset, text, date, language, address", f"{len(pages) / seconds:,.0f}", f"{baseline / seconds:.2f}×"
    )
    return table


def _seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
