"""The title of an article is its headline, whole and without the site's name."""

import json

import pytest

from silkwire.extract.decoding.tree import parse_page
from silkwire.extract.facts.page_facts import read_facts
from silkwire.extract.facts.title import find_title

URL = "https://www.steppe.example/news/rail"


def title_of(head: str = "", body: str = "<p>Text.</p>", url: str = URL, feed: str | None = None) -> str:
    tree = parse_page(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "text/html; charset=utf-8")
    assert tree is not None
    return find_title(read_facts(tree), url, feed)


def og(text: str, name: str = "og:title") -> str:
    return f"<meta property='{name}' content='{text}'>"


def ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("Deal signed | Steppe News", "Steppe", "Deal signed"),
        ("铁路开通：草原新闻", "草原新闻", "铁路开通"),
        ("철도 합의-정치ㅣ초원일보", "초원일보", "철도 합의"),
        ("铁路开通_时政_草原网", "", "铁路开通"),
        ("铁路开通--时政--草原网", "", "铁路开通"),
        ("Steppe Daily: Deal signed", "Steppe Daily", "Deal signed"),
        ("Deal signed - Steppe Daily - Steppe Daily", "Steppe Daily", "Deal signed"),
        ("Iran: what we know", "Steppe Daily", "Iran: what we know"),
        ("Steppe Daily's editor resigns", "Steppe Daily", "Steppe Daily's editor resigns"),
    ],
)
def test_a_sites_name_is_cut_and_nothing_else(title: str, site: str, expected: str) -> None:
    head = f"<title>{title}</title>" + (og(site, "og:site_name") if site else "")
    assert title_of(head) == expected


def test_the_headline_wins_where_the_search_title_is_shared() -> None:
    head = (
        ld(headline="Presidents agree on a railway")
        + og("Railway deal explained")
        + "<title>Railway deal explained</title>"
    )
    assert title_of(head) == "Presidents agree on a railway"


def test_a_title_made_for_readers_wins_over_one_for_searching() -> None:
    head = ld(headline="Railway deal: live") + og("Presidents agree on a railway") + "<title>Railway deal: live</title>"
    assert title_of(head) == "Presidents agree on a railway"


def test_a_title_cut_at_its_own_quotation_mark_is_told_by_the_heading() -> None:
    assert (
        title_of(og("Minister calls line "), '<h1>Minister calls line "finished"</h1>')
        == 'Minister calls line "finished"'
    )


def test_a_title_cut_with_an_ellipsis_is_told_by_the_heading() -> None:
    assert title_of(og("Minister calls the new…"), "<h1>Minister calls the new line finished</h1>").endswith("finished")
    assert title_of(og("And then there was silence..."), "<h1>Something else</h1>") == "And then there was silence..."


def test_entities_that_were_escaped_twice_are_read() -> None:
    assert title_of(ld(headline="Sweden&#8217;s line &amp; ours")) == "Sweden’s line & ours"


def test_a_logo_in_an_h1_is_no_title() -> None:
    body = "<h1>Business weekly</h1><h2>Two presidents agree</h2>"
    assert title_of("<title>Two presidents agree on rail</title>", body) == "Two presidents agree on rail"


def test_the_heading_of_the_article_is_found_behind_the_logo() -> None:
    body = "<h1>Steppe</h1><h1><span>Rail</span><span>Two presidents <em>agree</em>: yes</span></h1>"
    assert title_of("<title>Rail Two presidents agree: yes - Steppe</title>", body) == "Rail Two presidents agree: yes"


def test_invisible_characters_go_and_joiners_stay() -> None:
    assert title_of(og("Heli\u00adkopter\u200b می\u200cگوید")) == "Helikopter می\u200cگوید"


@pytest.mark.parametrize("value", [None, 5, [], {}, ["A headline"], {"name": "x"}, "", "|", " - "])
def test_a_headline_of_another_type_is_passed_over(value: object) -> None:
    assert title_of(ld(headline=value), feed="From the feed") == "From the feed"


def test_without_any_title_there_is_none() -> None:
    assert title_of() == ""


@pytest.mark.parametrize(
    "title", ["Deal signed -  - Northern Post", "Deal signed | - Northern Post", "Deal signed - ", "Deal signed |"]
)
def test_the_separator_of_an_empty_part_goes_with_the_site(title: str) -> None:
    assert title_of(og(title) + og("Northern Post", "og:site_name")) == "Deal signed"


@pytest.mark.parametrize("heading", ["Northern Post", "Politics"])
def test_an_h1_that_is_the_logo_or_the_section_is_not_the_title(heading: str) -> None:
    head = "<title>New bridge opens in the capital | Politics | Northern Post</title>"
    assert title_of(head, f"<h1>{heading}</h1>").startswith("New bridge opens in the capital")
    chinese = "<title>草原铁路今日全线开通_时政_北方快讯</title>"
    assert title_of(chinese, "<h1>北方快讯</h1>") == "草原铁路今日全线开通"


def test_an_h1_after_the_sites_name_in_the_title_element_is_the_title() -> None:
    assert title_of("<title>Northern Post | Bridge opens</title>", "<h1>Bridge opens</h1>") == "Bridge opens"
    assert title_of("<title>steppe.example | Gas</title>", "<h1>Gas</h1>", "https://steppe.example/news/1") == "Gas"
    assert title_of("<title>steppe.example | Gas</title>") == "Gas"


def test_a_chinese_site_behind_a_hyphen_without_its_second_space_is_cut() -> None:
    assert title_of("<title>铁路今日全线开通 -草原网 - 北方新闻门户</title>") == "铁路今日全线开通"


def test_an_agency_before_a_colon_stays_where_the_heading_has_it() -> None:
    head = og("草原社：铁路开通") + og("草原社", "og:site_name")
    assert title_of(head, "<h1>草原社：铁路开通</h1>") == "草原社：铁路开通"
    assert title_of(head, "<h1>铁路开通</h1>") == "铁路开通"
