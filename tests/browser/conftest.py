"""A real installation with the newsroom loaded, and the system's Chromium to look at it with."""

import json
import shutil
import signal
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from silkwire.standalone.processes import stop_processes
from silkwire.warehouse.server import stop_server
from tests.newsroom.process import Demo

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)


@dataclass(frozen=True, slots=True)
class Installation:
    """What a user has after `make demo`: an address, and passwords by user."""

    address: str
    passwords: dict[str, str]

    @property
    def app(self) -> str:
        """Where the dashboards are."""
        return f"{self.address}/silkwire"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a browser where there is none, and say how to get one."""
    if CHROMIUM is None:
        for item in items:
            if "browser" in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed: apt install chromium"))


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    home = Path(tempfile.mkdtemp(prefix="silkwire-desk-"))
    demo = Demo(home, newsroom_port=18124, port=18081)
    try:
        demo.wait_for(lambda: "The next runs are on schedule" in demo.printed, 400)
        passwords = json.loads((home / "airflow" / "passwords.json").read_text(encoding="utf-8"))
        yield Installation("http://localhost:18081", passwords)
    finally:
        demo.process.send_signal(signal.SIGTERM)
        demo.process.wait(60)
        stop_processes(home)
        stop_server(home)
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, installation: Installation) -> Iterator[Page]:
    """A new visitor's page, in Kolkata: a zone whose minutes differ from UTC's too."""
    context = browser.new_context(
        base_url=installation.address,
        locale="en-GB",
        timezone_id="Asia/Kolkata",
        viewport={"width": 1280, "height": 900},
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def log_in(page: Page, installation: Installation, user: str, back_to: str = "/") -> None:
    """Log in by Airflow's own form, as a person does."""
    page.goto(back_to)
    page.get_by_label("Username").or_(page.locator("input[name=username]")).first.fill(user)
    page.locator("input[type=password]").fill(installation.passwords[user])
    page.locator("button[type=submit], button:has-text('Sign in'), button:has-text('Log in')").first.click()
    page.wait_for_url(lambda url: "/auth/" not in url)
