"""The pages of sources: what needs a hand comes first, in words, and what is missing is seen."""

import json
import re
from datetime import timedelta

import pytest
from lxml import html

from tests.conftest import NOW
from tests.web.conftest import Site
from tests.web.desk import DeskLoader, at

DAY = NOW.date()


def _text(page: str, where: str = "main") -> str:
    return " ".join(html.fromstring(page).find(f".//{where}").text_content().split())


def _rows(page: str, heading: str) -> list[str]:
    table = html.fromstring(page).xpath(f"//*[@aria-labelledby='{heading}']//tbody/tr")
    return [" ".join(" ".join(row.itertext()).split()) for row in table]


def test_an_empty_warehouse_says_how_to_get_sources(site: Site) -> None:
    assert "silkwire sources import" in site.page("/sources")


def test_the_page_shows_what_does_not_work_with_what_to_do_and_counts_the_rest(site: Site, loaded: DeskLoader) -> None:
    page = site.page("/sources")
    assert "2 of 3 feeds of 3 sources work. 1 needs a hand." in _text(page)
    (row,) = _rows(page, "table-feeds")
    assert "Steppe Post KG" in row
    assert "nothing at its address the server answers 404" in row
    assert "Look for the feed's new address" in row
    assert "The 2 feeds that work" in _text(page)


def test_where_all_work_the_page_says_no_more_than_that(site: Site, desk: DeskLoader) -> None:
    desk.source("astana", polled_at=NOW, new_link_at=NOW)
    desk.poll("astana", DAY)
    desk.write()
    page = site.page("/sources")
    assert "All 1 feed of 1 source work." in _text(page)
    assert _rows(page, "table-feeds") == []


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("state=works", ["Astana", "Beijing"]),
        ("state=all", ["Steppe", "Astana", "Beijing"]),
        ("state=missing", ["Steppe"]),
        ("state=hand", ["Steppe"]),
        ("state=waits", []),
        ("state=all&country=CN", ["Beijing"]),
        ("state=all&language=en", ["Steppe", "Astana", "Beijing"]),
        ("state=all&language=fr", []),
        ("state=nonsense", []),
    ],
)
def test_feeds_are_filtered_by_state_country_and_language(
    site: Site, loaded: DeskLoader, query: str, shown: list[str]
) -> None:
    rows = _rows(site.page(f"/sources?{query}"), "table-feeds")
    assert [row.split()[0] for row in rows] == shown


def test_the_download_of_feeds_has_the_rows_of_the_page(site: Site, loaded: DeskLoader) -> None:
    page = site.page("/sources?state=works&country=CN")
    link = re.search(r'href="/silkwire(/tables/feeds\.json[^"]*)"', page)
    assert link is not None
    feeds = json.loads(site.get(link[1].replace("&amp;", "&")).content)
    assert [feed["source_id"] for feed in feeds] == ["beijing"]


def test_what_is_tried_again_by_itself_asks_nobody_for_a_hand(site: Site, desk: DeskLoader) -> None:
    desk.source("astana", outcome="retry", reason="dns", polled_at=NOW, succeeded_at=NOW - timedelta(hours=5))
    desk.write()
    page = site.page("/sources")
    assert "0 of 1 feed of 1 source work. 1 is tried again by itself." in _text(page)
    assert "host name does not resolve" in _rows(page, "table-feeds")[0]


def test_a_day_on_which_a_source_was_not_heard_is_missing_from_coverage(site: Site, loaded: DeskLoader) -> None:
    rows = json.loads(site.get("/tables/coverage.json?days=8").content)
    by_country = {row["country"]: row for row in rows}
    assert (by_country["KG"]["reporting"], by_country["KG"]["expected"]) == (5, 8)
    assert (by_country["KZ"]["reporting"], by_country["KZ"]["silent_days"]) == (8, 0)
    assert rows[0]["country"] == "KG", "the worst comes first"
    spec = json.loads(site.get("/charts/coverage.json?days=8").content)
    cells = next(iter(spec["datasets"].values())) if "datasets" in spec else spec["data"]["values"]
    silent = [cell["day"] for cell in cells if cell["country"] == "Kyrgyzstan" and cell["share"] == 0]
    assert len(silent) == 3


def test_coverage_by_language_counts_days_of_polling(site: Site, loaded: DeskLoader) -> None:
    rows = json.loads(site.get("/tables/coverage-languages.json?days=8").content)
    english = next(row for row in rows if row["language"] == "en")
    assert (english["sources"], english["polled"], english["reporting"]) == (3, 24, 21)


def test_an_outage_is_told_as_one_event_with_its_length_and_reason(site: Site, desk: DeskLoader) -> None:
    for number in range(6):
        desk.source(f"out{number}", country="TJ", outcome="retry", reason="dns", polled_at=NOW, succeeded_at=at(DAY, 3))
        desk.poll(f"out{number}", DAY, "retry", "dns", hour=11)
    for number in range(8):
        desk.source(f"well{number}", country=("KZ", "CN", "RU", "UZ")[number % 4], polled_at=NOW, new_link_at=NOW)
        desk.poll(f"well{number}", DAY, hour=11)
    desk.write()
    (row,) = _rows(site.page("/sources"), "table-outages")
    assert "Tajikistan" in row
    assert "the host's name does not resolve 6 of 6" in row


def test_open_gaps_are_counted_and_shown(site: Site, loaded: DeskLoader) -> None:
    page = site.page("/sources")
    assert "1 gap is open." in _text(page)
    (row,) = _rows(page, "table-gaps")
    assert row.startswith("Steppe Post")
    assert row.endswith("5 to be searched 0")


def test_the_page_of_a_source_has_its_feeds_days_articles_and_reprints(site: Site, loaded: DeskLoader) -> None:
    page = site.page("/sources/astana")
    assert "Its feed works." in _text(page)
    assert "A third crossing" in page
    assert "Мост через Или" in page
    assert "Beijing Review" in _rows(page, "table-source-reprinted-by")[0]
    assert _rows(page, "table-source-reprinted-from") == []
    assert len(_rows(page, "table-source-days")) == 8
    assert {row.split()[0] for row in _rows(page, "table-source-languages")} == {"English", "Russian", "Uyghur"}
    other = site.page("/sources/beijing")
    assert "Astana Courier" in _rows(other, "table-source-reprinted-from")[0]


def test_the_page_of_a_source_in_trouble_says_what_to_do(site: Site, loaded: DeskLoader) -> None:
    page = site.page("/sources/steppe")
    assert "1 of 1 feed does not work as it should" in _text(page)
    assert "Look for the feed's new address" in _rows(page, "table-feeds")[0]
    assert len(_rows(page, "table-gaps")) == 1


def test_a_source_that_is_not_there_is_a_page_that_says_so(site: Site, loaded: DeskLoader) -> None:
    answer = site.get("/sources/nobody")
    assert answer.status_code == 404
    assert "There is no such source" in answer.text


def test_the_band_of_what_is_usual_is_made_of_days_on_which_the_source_answered(site: Site, desk: DeskLoader) -> None:
    desk.source("astana", polled_at=NOW, new_link_at=NOW)
    first = DAY - timedelta(days=30)
    for number in range(31):
        day = first + timedelta(days=number)
        silent = number in (5, 6)
        desk.poll("astana", day, "retry" if silent else "ok", "timeout" if silent else None)
        for article in range(0 if silent else 2 + number % 2):
            desk.article(f"n{number}x{article}", "astana", at(day, article))
    desk.write()
    spec = json.loads(site.get("/charts/source-volume.json?source=astana&days=31").content)
    values = next(iter(spec["datasets"].values())) if "datasets" in spec else spec["data"]["values"]
    by_day = {value["day"]: value for value in values}
    assert by_day[first.isoformat()]["usual"] == "not known"
    assert by_day[DAY.isoformat()]["usual"] == "2 to 3", "two silent days without articles pull nothing down"
    assert by_day[(first + timedelta(days=5)).isoformat()]["heard"] == "no answer"
