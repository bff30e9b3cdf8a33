"""The search: what is found, how it is shown, and what is said where nothing is."""

import csv
import io
import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from lxml import html

from silkwire.label.search.terms import terms as terms_of
from silkwire.warehouse import terms
from silkwire.warehouse.engine import transaction
from tests.web.conftest import DAY, Site
from tests.web.desk import DeskLoader, at
from tests.web.harmless import SCRIPT, TURNED, assert_harmless

TEXTS = {
    "ru1": ("ru", "Железные дороги", "Поезда пойдут по железной дороге. Иран ответил."),
    "kk1": ("kk", "Қазақстанның теміржолдары", "Пойыздар жүреді."),
    "zh1": ("zh-Hans", "新疆铁路开通", "货运列车。"),
    "ug1": ("ug", "تۆمۈريول ئېچىلدى", "شىنجاڭدا تۆمۈريول ئېچىلدى."),
    "en1": (
        "en",
        "Rail crossing opens",
        "Railways of Kazakhstan and China. " + "Filler words stand here. " * 60 + "Uranium.",
    ),
    "en2": ("en", "Gas price rises", "Gas became dearer in Kazakhstan."),
}


def index(desk: DeskLoader, texts: dict[str, tuple[str, str, str]]) -> None:
    with transaction(desk.engine) as connection:
        terms.save(connection, {id_: terms_of(title, body, language) for id_, (language, title, body) in texts.items()})


@pytest.fixture
def archive(desk: DeskLoader) -> DeskLoader:
    """Six articles in five languages: the first a year old, the second undated, the others of the last days."""
    desk.source("s", name="Steppe Post")
    for number, (id_, (language, title, body)) in enumerate(TEXTS.items()):
        day = DAY - timedelta(days=365 if number == 0 else number)
        when = None if id_ == "kk1" else at(day)
        region = ("xinjiang",) if language in ("zh-Hans", "ug") else ("central-asia",)
        desk.article(
            id_, "s", when, title=title, body=body, language=language, regions=region, discovered_at=at(day, 9)
        )
    desk.write()
    index(desk, TEXTS)
    return desk


def test_an_article_whose_page_was_had_and_dated_long_after_its_link_is_found_on_its_day(
    site: Site, desk: DeskLoader
) -> None:
    desk.source("s")
    desk.article("late", "s", at(DAY - timedelta(days=2)), discovered_at=at(DAY - timedelta(days=120)))
    for number in range(5):
        desk.article(f"n{number}", "s", at(DAY - timedelta(days=number)))
    desk.write()
    index(desk, dict.fromkeys(("late", *(f"n{number}" for number in range(5))), ("en", "Evergreen", "")))
    assert set(found(site.page("/search?q=evergreen&days=3"))) == {"late", "n0", "n1", "n2"}
    assert set(found(site.page("/search?q=evergreen&days=7"))) == {"late", *(f"n{number}" for number in range(5))}


def found(page: str) -> list[str]:
    return re.findall(r'class="title" href="/silkwire/articles/([^"]+)"', page)


def test_words_are_found_of_all_time_and_undated_in_their_forms(site: Site, archive: DeskLoader) -> None:
    for query, expected in (
        ("дорогами", {"ru1"}),
        ("Қазақстан", {"kk1"}),
        ("新疆", {"zh1"}),
        ("铁路 开通", {"zh1"}),
        ("kazakhstan", {"en1", "en2"}),
        ("Kazakhstan -gas", {"en1"}),
        ('"gas price"', {"en2"}),
        ('"price gas"', set()),
        ("uran*", {"en1"}),
        ("تۆمۈريولنى", {"ug1"}),
    ):
        assert set(found(site.page(f"/search?q={quote(query)}"))) == expected, query


def test_what_was_found_last_comes_first(site: Site, archive: DeskLoader) -> None:
    assert found(site.page("/search?q=kazakhstan")) == ["en1", "en2"]


def test_matches_are_marked_in_title_and_snippet_in_the_texts_direction(site: Site, archive: DeskLoader) -> None:
    tree = html.document_fromstring(site.page(f"/search?q={quote('تۆمۈريول')}"))
    assert {mark.text for mark in tree.xpath("//ol//bdi[@dir='rtl'][@lang='ug']/mark")} == {"تۆمۈريول"}
    assert tree.xpath("//p[@class='snippet'][@dir='rtl']/mark")
    tree = html.document_fromstring(site.page(f"/search?q={quote('дорогами')}"))
    assert [mark.text for mark in tree.xpath("//p[@class='snippet']/mark")] == ["дороге"]
    # The snippet is the piece of the text that has the word, not its beginning.
    tree = html.document_fromstring(site.page("/search?q=uranium"))
    (snippet,) = tree.xpath("//p[@class='snippet']")
    assert snippet.text_content().startswith("…")
    assert len(snippet.text_content()) < 400


def test_filters_and_days_narrow_a_search_and_its_files(site: Site, archive: DeskLoader) -> None:
    asked = "q=kazakhstan%20-gas"
    for query, expected in (
        ("", ["en1"]),
        ("&region=central-asia", ["en1"]),
        ("&region=xinjiang", []),
        ("&language=ru", []),
        ("&source=s", ["en1"]),
        ("&days=7", ["en1"]),
        ("&from=2026-01-01&to=2026-01-31", []),
    ):
        assert found(site.page(f"/search?{asked}{query}")) == expected, query
    assert found(site.page(f"/search?q={quote('дорога')}&days=30")) == []
    page = site.page(f"/search?q={quote('дорога')}")
    (address,) = re.findall(r'href="/silkwire(/tables/search\.csv\?[^"]+)"', page)
    rows = csv.DictReader(io.StringIO(site.get(address.replace("&amp;", "&")).text.removeprefix("\ufeff")))
    assert [row["article_id"] for row in rows] == ["ru1"]


def test_words_narrow_lists_and_charts_too(site: Site, archive: DeskLoader) -> None:
    assert found(site.page("/articles?q=gas")) == ["en2"]
    assert site.get("/charts/volume.json?q=gas").text.count('"articles": 1') == site.get(
        "/charts/volume.json?q=gas&language=en"
    ).text.count('"articles": 1')
    rows = csv.DictReader(io.StringIO(site.get("/tables/articles.csv?q=kazakhstan").text.removeprefix("\ufeff")))
    assert {row["article_id"] for row in rows} == {"en1", "en2"}


def test_what_has_nothing_to_search_for_says_so(site: Site, archive: DeskLoader) -> None:
    for query in ("-gas", "***", '""', "。", "( ) & | !", "'"):
        page = site.page(f"/search?q={quote(query)}")
        assert "nothing in this to search for" in page, query
        assert found(page) == []
        assert found(site.page(f"/articles?q={quote(query)}")) == []


def test_what_finds_nothing_says_how_to_ask(site: Site, archive: DeskLoader) -> None:
    assert "nothing is translated" in site.page("/search?q=zebra")
    assert "with these filters" in site.page("/search?q=zebra&region=china")


def test_the_empty_box_explains_itself(site: Site) -> None:
    page = site.page("/search")
    assert "How to ask" in page
    assert found(page) == []
    assert found(site.page("/search?q=anything")) == []


def test_a_long_query_says_what_is_left_out(site: Site, archive: DeskLoader) -> None:
    words = " ".join(f"word{number}" for number in range(20))
    assert "Only the first 12 words" in site.page(f"/search?q={quote(words)}")
    site.page(f"/search?q={quote('x ' * 1500)}")


def test_sql_and_operators_of_postgresql_are_only_text(site: Site, archive: DeskLoader) -> None:
    for query in ("'; drop table articles; --", "a' & 'b", "a:*|b", "<-> <2>", ":tsquery", "\\", "%s", "\0"):
        site.page(f"/search?q={quote(query)}")
        site.page(f"/search?q=gas&region={quote(query)}&source={quote(query)}&language={quote(query)}")
    assert found(site.page("/search?q=gas")) == ["en2"]


def test_hostile_articles_and_hostile_queries_are_harmless(site: Site, desk: DeskLoader) -> None:
    desk.source("evil", name=f"{SCRIPT}{TURNED}")
    hostile = f"findme {SCRIPT}{TURNED}"
    million = f"findme {'x' * 1_000_000}"
    texts = {"evil": ("en", hostile, f"{hostile} findme {hostile}"), "long": ("en", million, million)}
    for id_, (language, title, body) in texts.items():
        desk.article(id_, "evil", at(DAY), title=title, body=body, language=language, url="javascript:alert(1)")
    desk.write()
    index(desk, texts)
    page = site.page("/search?q=findme")
    assert set(found(page)) == {"evil", "long"}
    assert_harmless(page)
    assert len(page) < 100_000
    assert_harmless(site.page(f"/search?q={quote(hostile)}&region={quote(SCRIPT)}"))


def test_pages_of_a_search_follow_each_other_and_the_count_stops_at_a_thousand(site: Site, desk: DeskLoader) -> None:
    desk.source("s")
    texts = {f"n{number:04}": ("en", f"Railway {number}", f"Text {number}.") for number in range(1_010)}
    for number, (id_, (language, title, body)) in enumerate(texts.items()):
        desk.article(id_, "s", at(DAY, minute=number % 60), title=title, body=body, language=language)
    desk.write()
    index(desk, texts)
    first, second = site.page("/search?q=railway"), site.page("/search?q=railway&offset=25")
    assert "More than 1\u202f000 articles" in first
    assert len(found(first)) == len(found(second)) == 25
    assert not set(found(first)) & set(found(second))
    deepest = site.page("/search?q=railway&offset=99999999")
    assert "Paging ends" in deepest
    assert len(found(deepest)) == 25
    narrowed = site.page("/search?q=railway%20100*")
    assert "11 articles" in narrowed or "10 articles" in narrowed
    assert "The list ends before this page" in site.page("/search?q=railway%20100*&offset=25")
