"""Real pages to extract: those beside the checkout, or the newsroom's where they are absent."""

import base64
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.newsroom.answers import Site
from tests.newsroom.outlet import load_outlets

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
SETS = ("aeb", "fundus-en-de", "zh-pages-no-gold")


@dataclass(frozen=True, slots=True)
class PageSample:
    """A page as a server gave it; the gold that goes with it is in `told`."""

    key: str
    url: str
    body: bytes
    content_type: str
    told: dict[str, Any]


def read_set(path: Path) -> Iterator[PageSample]:
    """Yield the pages of one file of JSON lines; a page without an address gets one that says nothing."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            told = json.loads(line)
            body = base64.b64decode(told.pop("html_b64"))
            yield PageSample(told["id"], told.get("url") or f"https://bench.example/{number}", body, "text/html", told)


def real_pages() -> list[PageSample]:
    """Return all pages of the sets for extraction; empty where they are absent."""
    paths = (DATA / "extraction" / f"{name}.jsonl.gz" for name in SETS)
    return [page for path in paths if path.exists() for page in read_set(path)]


def newsroom_pages() -> list[PageSample]:
    """Return the HTML pages of our own newsroom."""
    return [
        PageSample(path, f"http://{site.outlet.host}{path}", answer.body, answer.headers["Content-Type"], {})
        for site in (Site(outlet, date(2026, 11, 24), 8123) for outlet in load_outlets())
        for path, answer in site.answers().items()
        if answer.headers.get("Content-Type", "").startswith("text/html")
    ]
