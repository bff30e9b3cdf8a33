"""What a page declares is read however badly it is written, and never fails."""

import json
import random
import time

import pytest
from lxml.html import HtmlElement

from silkwire.extract.decoding.tree import parse_page
from silkwire.extract.facts.address import canonical_address
from silkwire.extract.facts.bylines import find_authors
from silkwire.extract.facts.image import find_image
from silkwire.extract.facts.page_facts import PageFacts, read_facts
from silkwire.extract.facts.site_name import site_name_of
from silkwire.extract.facts.title import find_title

URL = "https://www.steppe.example/news/rail"


def parsed(head: str, body: str = "<p>x</p>") -> HtmlElement:
    tree = parse_page(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "text/html; charset=utf-8")
    assert tree is not None
    return tree


def facts(head: str, body: str = "<p>x</p>") -> PageFacts:
    return read_facts(parsed(head, body))


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def image(head: str = "", body: str = "<p>x</p>") -> str | None:
    tree = parsed(head, body)
    return find_image(tree, read_facts(tree), URL)


@pytest.mark.parametrize(
    "block",
    [
        '{"@type": "NewsArticle", "headline": "Rail",}',
        '{"@type": "NewsArticle", /* by hand */ "headline": "Rail" // the title\n}',
        '<!-- {"@type": "NewsArticle", "headline": "Rail"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Rail"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "Rail"};',
        '{"@type": "WebSite", "name": "Steppe"}{"@type": "NewsArticle", "headline": "Rail"}',
        '{"@type": "NewsArticle", "description": "two\nlines", "headline": "Rail"}',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Rail&quot;}",
        r'{"@type": "NewsArticle", "description": "it\'s \x", "headline": "Rail"}',
        '{"@type": ["Thing", "https://schema.org/NewsArticle"], "headline": "Rail", "url": "http://x.example//a"}',
        '[[{"@graph": [{"@type": "WebPage", "mainEntity": {"@type": "Article", "headline": "Rail"}}]}]]',
    ],
)
def test_json_ld_is_read_in_spite_of_its_faults(block: str) -> None:
    assert facts(script(block)).article["headline"] == "Rail"


def test_what_no_mending_makes_json_is_kept_as_it_is() -> None:
    found = facts(script('{"@type": "NewsArticle", "datePublished": "2024-05-01", headline: Rail}'))
    assert found.article == {}
    assert "2024-05-01" in found.broken[0]


def test_of_several_articles_the_pages_own_is_taken() -> None:
    others = [{"@type": "NewsArticle", "headline": f"Other {n}", "url": f"/news/{n}"} for n in range(3)]
    own = {"@type": "NewsArticle", "headline": "Rail", "mainEntityOfPage": {"@id": URL}}
    by_address = f'<link rel="canonical" href="{URL}">' + script(json.dumps([*others, own]))
    assert facts(by_address).article["headline"] == "Rail"
    assert facts(script(json.dumps([*others, own])), "<h1>Rail</h1>").article["headline"] == "Rail"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("<meta property='og:site_name' content='Steppe Daily | News of the steppe'>", "Steppe Daily"),
        (
            "<meta property='og:site_name' content='https://steppe.example'>"
            + script('{"@type":"WebSite","name":"S D"}'),
            "S D",
        ),
        ("<meta property='og:site_name' content='Home'><meta name='application-name' content='Steppe'>", "Steppe"),
        ("<title>铁路开通_草原网</title>", "草原网"),
        ("<title>Rail opens</title>", None),
    ],
)
def test_a_site_has_a_short_name(head: str, name: str | None) -> None:
    assert facts(head, "<h1>Rail opens</h1>").site_name == name


def test_a_site_without_a_name_is_called_by_its_domain() -> None:
    assert site_name_of(None, "https://news.steppe.co.uk/a/1") == "steppe.co.uk"
    assert site_name_of("Steppe", "https://news.steppe.co.uk/a/1") == "Steppe"


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("/i/rail.jpg", "https://www.steppe.example/i/rail.jpg"),
        (["//cdn.example/rail.jpg", "/2.jpg"], "https://cdn.example/rail.jpg"),
        ({"@type": "ImageObject", "url": {"@id": "/rail.jpg"}}, "https://www.steppe.example/rail.jpg"),
        (["/img/logo.png", "/rail.jpg"], "https://www.steppe.example/rail.jpg"),
        ("data:image/png;base64,AAAA", None),
        ({"url": None}, None),
        (7, None),
    ],
)
def test_a_declared_picture_becomes_an_absolute_address(value: object, address: str | None) -> None:
    assert image(script(json.dumps({"@type": "NewsArticle", "image": value}))) == address


@pytest.mark.parametrize(
    "name", ["default-share.png", "site_logo.jpg", "placeholder.gif", "og-image.png", "share.png", "no_photo.jpg"]
)
def test_a_picture_that_a_site_shares_everything_with_is_none(name: str) -> None:
    assert image(f"<meta property='og:image' content='/img/{name}'>") is None


def test_a_picture_shown_in_the_article_is_found_behind_its_placeholder() -> None:
    small = "<img src='/a.jpg' width='80'><img class='author-photo' src='/b.jpg'>"
    lazy = "<img src='data:image/gif;base64,R0' data-srcset='/s.jpg 320w, /l.jpg 1280w'>"
    assert (
        image(body=f"<header><img src='/h.jpg'></header><article>{small}{lazy}</article>")
        == "https://www.steppe.example/l.jpg"
    )
    assert image(body="<p>none</p>") is None


def _anything(chance: random.Random, depth: int = 0) -> object:
    texts = [
        "",
        "Rail",
        "&#0;&#xD800;",
        "\ud83d",
        "http://[",
        "//",
        "javascript:x",
        "a" * 3000,
        "🚆",
        "2024-13-45",
        "{{x}}",
        "By ",
    ]
    kind = chance.randrange(7 if depth < 4 else 5)
    if kind == 5:
        return [_anything(chance, depth + 1) for _ in range(chance.randrange(4))]
    if kind == 6:
        return {key: _anything(chance, depth + 1) for key in chance.sample(KEYS, 4)}
    return [None, chance.random() * 1e300, True, chance.choice(texts), chance.choice(texts)][kind]


KEYS = (
    *(
        "@type",
        "@id",
        "@graph",
        "name",
        "url",
        "author",
        "publisher",
        "headline",
        "image",
        "mainEntityOfPage",
        "givenName",
    ),
    *("articleSection", "thumbnailUrl", "creator", "contentUrl", "datePublished"),
)


@pytest.mark.parametrize("seed", range(40))
def test_declarations_of_any_shape_are_survived(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a dice, no secret
    for _ in range(5):
        document = {"@type": "NewsArticle"} | {key: _anything(chance) for key in KEYS if key != "@type"}
        block = json.dumps(document)
        cut = block[: chance.randrange(len(block))] if chance.random() < 0.4 else block
        tree = parsed(script(cut.replace("<", "")), "<h1>Rail</h1>")
        found = read_facts(tree)
        assert isinstance(find_title(found, URL, None), str)
        assert all(isinstance(name, str) for name in find_authors(tree, found))
        assert canonical_address(tree, URL, found.article).startswith("https://www.steppe.example/")
        assert (find_image(tree, found, URL) or "http").startswith("http")
        assert found.site_name is None or found.site_name


@pytest.mark.parametrize(
    "head",
    [
        script("[" * 50_000),
        script('{"@type":"Article","author":' + "[" * 900 + "]" * 900 + "}"),
        script('{"a":1}' * 20_000),
        script("{" + " " * 200_000 + "}"),
        script('{"a": "' + "\\" * 100_000),
        script("/* " * 50_000),
        script('{"a": "' + '\\"' * 50_000),
        script("," * 100_000),
        "<title>" + "a - b | " * 20_000 + "</title>",
        "<meta property='og:title' content='" + "a: " * 130 + "'>",
        "<meta name='author' content='" + "a and b, " * 20_000 + "'>",
        "<meta property='og:site_name' content='" + " - _" * 20_000 + "'>",
    ],
)
def test_hostile_declarations_take_bounded_time(head: str) -> None:
    started = time.perf_counter()
    tree = parsed(head, "<h1>" + "<b>x" * 300 + "</h1>")
    found = read_facts(tree)
    find_title(found, URL, None)
    find_authors(tree, found)
    assert time.perf_counter() - started < 1.5


@pytest.mark.parametrize(
    ("node", "is_own"),
    [
        ({"headline": "Harvest festival ends", "url": "https://www.steppe.example/news/festival"}, False),
        ({"headline": "Harvest festival ends", "mainEntityOfPage": {"@id": "https://www.steppe.example/n/7"}}, False),
        ({"headline": "Harvest festival ends", "url": URL}, True),
        ({"headline": "Harvest festival ends", "url": "https://www.steppe.example/"}, True),
        ({"headline": "Harvest festival ends"}, True),
        ({"headline": "Railways of the steppe", "url": "https://www.steppe.example/news/festival"}, True),
        ({"datePublished": "2024-03-14", "url": "https://www.steppe.example/news/festival"}, True),
    ],
)
def test_a_recommended_article_is_not_taken_for_the_pages_own(node: dict[str, object], *, is_own: bool) -> None:
    head = "<title>Railway opens | Steppe</title>" + script(json.dumps({"@type": "NewsArticle", **node}))
    assert bool(read_facts(parsed(head, "<h1>Railway opens</h1>"), URL).article) is is_own


def test_a_recommended_chinese_article_is_told_by_pairs_of_characters() -> None:
    node = {"@type": "NewsArticle", "headline": "秋收节今天闭幕", "url": "https://www.steppe.example/news/festival"}
    assert not read_facts(parsed(script(json.dumps(node)), "<h1>草原铁路今日开通</h1>"), URL).article
    assert read_facts(parsed(script(json.dumps(node)), "<h1>秋收节落幕</h1>"), URL).article
