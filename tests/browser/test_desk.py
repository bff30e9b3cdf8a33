"""An analyst's morning in a real browser: log in, find, follow, read, take away, leave."""

import csv
import io
import re
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Installation, log_in

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

_CHINESE = "铁路"
_KAZAKH = "қазақстаннан"  # from Kazakhstan: the newsroom has other forms of the word
_PAGES = (
    "",
    "regions",
    "regions/china",
    "topics",
    "topics/medtop:11000000",
    "watch",
    "pairs",
    "articles",
    "search?q=China",
    "sources",
    "runs",
)


@pytest.fixture
def desk(page: Page, installation: Installation) -> Page:
    """A page on which the admin is logged in."""
    log_in(page, installation, "admin")
    return page


def test_an_analyst_logs_in_and_opens_the_dashboards_from_airflows_navigation(
    page: Page, installation: Installation
) -> None:
    log_in(page, installation, "viewer")
    page.get_by_role("link", name="Silkwire").first.click()
    frame = page.frame_locator("iframe").first
    expect(frame.get_by_role("heading", level=1)).to_contain_text("Overview")
    expect(frame.get_by_role("link", name="Open in a tab")).to_be_visible()


def test_an_address_that_a_colleague_sent_opens_after_the_login(page: Page, installation: Installation) -> None:
    log_in(page, installation, "viewer", "/silkwire/articles?language=zh&days=90")
    expect(page).to_have_url(re.compile(r"/silkwire/articles\?language=zh&days=90$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Articles")


def test_a_filter_narrows_the_list_and_stands_in_the_address(desk: Page, installation: Installation) -> None:
    desk.goto(f"{installation.app}/articles?days=365")
    before = desk.locator("li.article").count()
    desk.locator("select[name=language]").select_option("zh-Hans")
    desk.get_by_role("button", name="Show").click()
    expect(desk).to_have_url(re.compile(r"language=zh"))
    items = desk.locator("li.article")
    assert 0 < items.count() < before
    assert {item.locator(".title bdi").get_attribute("lang") for item in items.all()} == {"zh-Hans"}


def test_a_link_leads_into_an_article_whose_evidence_is_marked_in_its_text(
    desk: Page, installation: Installation
) -> None:
    desk.goto(f"{installation.app}/regions/china?days=365")
    desk.locator("li.article a.title").first.click()
    expect(desk).to_have_url(re.compile(r"/silkwire/articles/"))
    expect(desk.locator(".story mark").first).to_be_visible()
    receipts = desk.locator(".receipts a[href^='#e']:not(.again)")
    assert receipts.count() > 0
    for receipt in receipts.all():
        # Where spans overlap, a mark is the first piece of what the receipt names; a long receipt is cut.
        mark = desk.locator(f"mark[id='{receipt.get_attribute('href')[1:]}']")
        marked = mark.text_content()
        assert marked
        assert receipt.inner_text().startswith(marked[:10])


@pytest.mark.parametrize(("words", "language"), [(_CHINESE, "zh"), (_KAZAKH, "kk"), ("границам", "ru")])
def test_words_are_found_in_every_form(desk: Page, installation: Installation, words: str, language: str) -> None:
    desk.goto(f"{installation.app}/search")
    desk.get_by_role("main").get_by_role("searchbox").fill(words)
    desk.keyboard.press("Enter")
    found = desk.locator(f"main bdi[lang|={language}]")
    expect(found.first).to_be_visible()
    expect(desk.locator("main mark").first).to_be_visible()


def test_a_table_is_taken_away_as_csv(desk: Page, installation: Installation) -> None:
    desk.goto(f"{installation.app}/articles?days=365")
    with desk.expect_download() as expected:
        desk.locator("main a.get", has_text="CSV").first.click()
    rows = list(csv.DictReader(io.StringIO(Path(expected.value.path()).read_text("utf-8-sig"))))
    assert len(rows) >= 40
    assert {"article_id", "title", "regions", "published_at"} <= set(rows[0])


def test_times_are_told_in_the_readers_zone(desk: Page, installation: Installation) -> None:
    desk.goto(f"{installation.app}/articles?days=365")
    time = desk.locator("li.article time[datetime*=T]").first
    told = desk.evaluate(
        "at => new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Kolkata'})"
        ".format(new Date(at))",
        time.get_attribute("datetime"),
    )
    expect(time).to_have_text(told)


def test_nobody_reads_on_after_the_logout(desk: Page, installation: Installation) -> None:
    desk.goto(f"{installation.app}/")
    desk.get_by_role("link", name="Log out").click()
    desk.wait_for_url(re.compile("/auth/login"))
    desk.goto(f"{installation.app}/articles")
    expect(desk).to_have_url(re.compile("/auth/login"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_fault_of_accessibility_or_breaks_its_own_policy(
    desk: Page, installation: Installation, scheme: str
) -> None:
    desk.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    told: list[str] = []
    desk.on("console", lambda message: told.append(f"{desk.url}: {message.text}") if message.type == "error" else None)
    desk.on("pageerror", lambda error: told.append(f"{desk.url}: {error}"))
    faults = []
    desk.goto(f"{installation.app}/articles?days=365")
    article = desk.locator("li.article a.title").first.get_attribute("href") or ""
    for path in (*_PAGES, article.removeprefix("/silkwire/")):
        desk.goto(f"{installation.app}/{path}")
        charts = desk.locator("[data-chart]")
        for number in range(charts.count()):
            charts.nth(number).scroll_into_view_if_needed()
            expect(charts.nth(number).locator("canvas").first).to_be_visible()
        found = Axe().run(desk).response["violations"]
        faults += [
            f"{path}: {fault['id']} {[node['target'] for node in fault['nodes']][:3]}"
            for fault in found
            if fault["impact"] in ("serious", "critical")
        ]
    assert faults == []
    assert told == []


def test_pages_fit_a_phone(desk: Page, installation: Installation) -> None:
    desk.set_viewport_size({"width": 360, "height": 740})
    wide = []
    for path in _PAGES:
        desk.goto(f"{installation.app}/{path}")
        width = desk.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            wide.append((path, width))
    assert wide == []


def test_a_page_is_used_by_keyboard_alone(desk: Page, installation: Installation) -> None:
    desk.goto(f"{installation.app}/articles?days=365")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="Skip to the content")).to_be_focused()
    desk.keyboard.press("Enter")
    for _ in range(40):
        desk.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.matches('li.article a.title')"):
            break
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile(r"/silkwire/articles/[^?/]+"))


def test_a_viewer_can_start_nothing_and_an_admin_can(page: Page, installation: Installation) -> None:
    log_in(page, installation, "viewer")
    page.goto(f"{installation.app}/")
    expect(page.get_by_role("button", name=re.compile("run now", re.IGNORECASE))).to_have_count(0)
    page.context.clear_cookies()
    log_in(page, installation, "admin")
    page.goto(f"{installation.app}/")
    page.get_by_role("button", name=re.compile("run now", re.IGNORECASE)).click()
    expect(page.get_by_role("main")).to_contain_text(re.compile("started|going", re.IGNORECASE))


def test_every_route_is_refused_to_who_is_not_logged_in(installation: Installation) -> None:
    for path in (
        *_PAGES,
        "tables/articles.csv",
        "charts/volume.json",
        "charts/volume.png",
        "static/silkwire.css",
        "feeds/articles.atom",
    ):
        assert httpx.get(f"{installation.app}/{path}").status_code in (401, 403), path
    origin = {"origin": installation.address}
    assert httpx.post(f"{installation.app}/actions/monitor", headers=origin).status_code == 401
