"""Authors are people and agencies, one name each, in the page's order."""

import json

import pytest

from silkwire.extract.decoding.tree import parse_page
from silkwire.extract.facts.bylines import find_authors
from silkwire.extract.facts.page_facts import read_facts


def authors_of(head: str = "", body: str = "") -> tuple[str, ...]:
    tree = parse_page(
        f"<html><head>{head}</head><body>{body}<p>x</p></body></html>".encode(), "text/html; charset=utf-8"
    )
    assert tree is not None
    return find_authors(tree, read_facts(tree))


def ld(author: object, **fields: object) -> str:
    document = {"@type": "NewsArticle", "headline": "x", "author": author, **fields}
    return f'<script type="application/ld+json">{json.dumps(document)}</script>'


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Aigul Serik and Bo Li", ("Aigul Serik", "Bo Li")),
        ("Aigul Serik, Bo Li und Carl Maier", ("Aigul Serik", "Bo Li", "Carl Maier")),
        ([{"name": ["Aigul Serik", "Bo Li"]}, {"name": "aigul serik"}], ("Aigul Serik", "Bo Li")),
        ([{"givenName": "Aigul", "familyName": "Serik"}], ("Aigul Serik",)),
        ("Rosa Ortega y Gasset", ("Rosa Ortega y Gasset",)),
        ("Ursula von der Berg", ("Ursula von der Berg",)),
        ("Anna Weber und AFP", ("Anna Weber", "AFP")),
        ("The Northern Press Agency", ("The Northern Press Agency",)),
        ("Anna Weber (awe)", ("Anna Weber",)),
        ("Chief Editor Anna Weber", ("Anna Weber",)),
        ("By Anna Weber | anna@steppe.example", ("Anna Weber",)),
        ("Анна Ким и Олег Пак", ("Анна Ким", "Олег Пак")),
        ("김하나 기자", ("김하나",)),
        ("记者 王小明、李大海", ("王小明", "李大海")),
        ("大田 花子", ("大田 花子",)),
        ("https://steppe.example/authors/anna", ()),
        ("anna@steppe.example", ()),
        ("Редакция", ()),
        ("Editor", ()),
        ("Steppe Daily", ()),
        ("12.05.2024", ()),
        (None, ()),
        ({"name": None}, ()),
        ([[[[[["deep"]]]]]], ()),
        (17, ()),
    ],
)
def test_declared_authors_become_a_list_of_names(author: object, expected: tuple[str, ...]) -> None:
    site = "<meta property='og:site_name' content='Steppe Daily'>"
    assert authors_of(site + ld(author)) == expected


def test_an_author_named_by_reference_is_found_in_the_graph() -> None:
    graph = [
        {"@type": "NewsArticle", "headline": "x", "author": {"@id": "#p1"}},
        {"@type": "Person", "@id": "#p1", "name": "Aigul Serik"},
    ]
    head = f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'
    assert authors_of(head) == ("Aigul Serik",)


def test_meta_elements_name_one_author_each_and_addresses_are_none() -> None:
    head = "<meta property='article:author' content='https://social.example/steppe'>"
    head += "<meta name='citation_author' content='Bo Li'><meta name='citation_author' content='Carl Maier'>"
    assert authors_of(head) == ("Bo Li", "Carl Maier")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<div class='article-byline'>By <a href='/authors/bo-li'>Bo Li</a> Follow</div>", ("Bo Li",)),
        ("<span itemprop='author'><span itemprop='name'>Bo Li</span></span>", ("Bo Li",)),
        ("<a rel='author' href='/x'>Bo Li</a>", ("Bo Li",)),
        ("<p>Автор: Анна Ким</p>", ("Анна Ким",)),
        ("<span>作者：王小明</span>", ("王小明",)),
        ("<p>Муаллиф: Фарҳод Каримов</p>", ("Фарҳод Каримов",)),
        ("<p>By Wednesday the line was open</p>", ()),
        ("<div class='comment'><span class='author'>Bo Li</span></div>", ()),
        ("<div class='author-box'>Subscribe now</div>", ()),
    ],
)
def test_a_visible_byline_is_read_where_nothing_is_declared(body: str, expected: tuple[str, ...]) -> None:
    assert authors_of(body=body) == expected


def test_the_reporter_is_named_where_the_outlet_is_declared() -> None:
    head = "<meta property='og:site_name' content='Steppe Daily'>" + ld(
        {"@type": "Organization", "name": "Steppe Daily"}
    )
    assert authors_of(head, "<p class='byline'>By Bo Li</p>") == ("Bo Li",)
