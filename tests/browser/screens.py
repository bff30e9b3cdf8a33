"""`make pictures`: each page of the dashboards as docs/img/NAME-light.png and NAME-dark.png.

Pages of numbers are drawn over a generated year of 10,000 articles, pages of texts over the newsroom of `make demo`,
whose warehouse must be there (`make demo`, once).
"""

import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from benchmarks.million import open_million
from fastapi import FastAPI
from playwright.sync_api import Browser, sync_playwright

from silkwire.settings import ROOT
from silkwire.warehouse.engine import open_engine
from silkwire.warehouse.marts import refresh
from silkwire.warehouse.migration import upgrade
from silkwire.warehouse.server import running_server
from silkwire.web.app import create_app
from silkwire.web.reader import Reader
from tests.browser.conftest import CHROMIUM
from tests.web.conftest import ADMIN, CommandedGate

PICTURES = ROOT / "docs" / "img"
_ARTICLES = 10_000
_OF_NUMBERS = {
    "overview": "",
    "region": "regions/china",
    "regions": "regions",
    "topics": "topics",
    "watch": "watch",
    "pair": "pairs/central-asia/china?days=90",
    "articles": "articles",
    "sources": "sources",
    "runs": "runs",
}
_OF_TEXTS = {"search-chinese": "search?q=铁路", "search-kazakh": "search?q=қазақстаннан"}
_LANGUAGES = ("ru", "ug", "zh")  # articles shown: the way letters run differs
_HEIGHT = 1500


def main(demo: Path) -> None:
    """Draw all pictures."""
    if CHROMIUM is None:
        sys.exit("Chromium is not installed: apt install chromium")
    if not (demo / "postgres").exists():
        sys.exit("There is no demo yet; first: make demo")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        with open_million(demo / "year", _ARTICLES) as url, _served(url) as address:
            _draw(browser, address, _OF_NUMBERS)
        with running_server(demo) as server:
            engine = open_engine(server.warehouse_url)
            upgrade(engine)
            refresh(engine)
            engine.dispose()
            with _served(server.warehouse_url) as address:
                _draw(browser, address, _OF_TEXTS | _articles(browser, address))
        browser.close()


def _articles(browser: Browser, address: str) -> dict[str, str]:
    """Return the address of the newest article of some languages."""
    page, found = browser.new_page(), {}
    for language in _LANGUAGES:
        page.goto(f"{address}/articles?days=365&language={language}")
        found[f"article-{language}"] = str(page.locator("li.article a.title").first.get_attribute("href"))
    page.close()
    return {name: path.removeprefix("/silkwire/") for name, path in found.items()}


def _draw(browser: Browser, address: str, pages: dict[str, str]) -> None:
    for scheme in ("light", "dark"):
        context = browser.new_context(
            color_scheme=scheme,  # type: ignore[arg-type]
            viewport={"width": 1280, "height": _HEIGHT},
            locale="en-GB",
            timezone_id="Asia/Almaty",
        )
        page = context.new_page()
        for name, path in pages.items():
            page.goto(f"{address}/{path}")
            for chart in page.locator("[data-chart]").all():
                chart.scroll_into_view_if_needed()
                chart.locator("canvas").first.wait_for()
            page.evaluate("scrollTo(0, 0)")
            page.screenshot(path=PICTURES / f"{name}-{scheme}.png")
        context.close()


@contextmanager
def _served(url: str) -> Iterator[str]:
    """Serve the app on loopback to an admin who need not log in; yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    reader, gate = Reader(url), CommandedGate()
    gate.present = ADMIN
    mounted = FastAPI()
    mounted.mount("/silkwire", create_app(gate, open_reader=lambda: reader))
    server = uvicorn.Server(uvicorn.Config(mounted, port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}/silkwire"
    finally:
        server.should_exit = True
        thread.join()
        reader.close()


if __name__ == "__main__":
    main(ROOT / ".demo")
