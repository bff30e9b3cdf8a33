"""One article has one address: its desktop twin's, on its own source's site."""

import pytest

from silkwire.extract.decoding.tree import parse_page
from silkwire.extract.facts.address import canonical_address
from silkwire.extract.facts.twins import original_of, without_amp

OWN = "https://www.steppe.example.com/news/rail-line-opens"


def address(head: str = "", url: str = OWN, body: str = "", root: str = "html", article: object = None) -> str:
    tree = parse_page(f"<{root}><head>{head}</head><body>{body}<p>x</p></body></html>".encode(), "")
    assert tree is not None
    return canonical_address(tree, url, article if isinstance(article, dict) else None)


def canonical(href: str) -> str:
    return f'<link rel="canonical" href="{href}">'


def og(href: str) -> str:
    return f'<meta property="og:url" content="{href}">'


@pytest.mark.parametrize("twin", ["m", "mobile", "wap", "3g", "amp"])
def test_a_mobile_twin_is_folded_into_the_desktop_address_that_it_declares(twin: str) -> None:
    desktop = "https://www.steppe.com/a/2024/rail"
    assert address(canonical(desktop), f"https://{twin}.steppe.com/a/2024/rail") == desktop
    assert address(og(desktop), f"https://{twin}.steppe.com/x?id=5") == desktop
    assert address("", f"https://{twin}.steppe.com/x?id=5", article={"mainEntityOfPage": {"@id": desktop}}) == desktop


def test_a_mobile_page_without_a_declared_twin_follows_its_link_to_the_full_version() -> None:
    link = "<a href='https://www.steppe.com/a/rail?id=5'>Full version</a>"
    assert address(url="https://m.steppe.com/a/rail?id=5", body=link) == "https://www.steppe.com/a/rail?id=5"
    assert address(url="https://m.steppe.com/a/rail?id=6", body=link) == "https://m.steppe.com/a/rail?id=6"


@pytest.mark.parametrize(
    "url",
    [
        "https://steppe.com/a/rail-line-opens/amp",
        "https://steppe.com/amp/a/rail-line-opens",
        "https://steppe.com/a/rail-line-opens?amp=1",
        "https://steppe.com/a/rail-line-opens?amp",
        "https://steppe.com/a/rail-line-opens?outputType=amp&utm_source=x",
        "https://steppe-com.cdn.ampproject.org/c/s/steppe.com/a/rail-line-opens",
        "https://www.google.com/amp/s/steppe.com/a/rail-line-opens",
    ],
)
def test_the_forms_of_amp_are_undone_where_the_page_declares_nothing(url: str) -> None:
    assert address(url=url) == "https://steppe.com/a/rail-line-opens"


def test_amp_as_a_word_of_an_address_stays() -> None:
    for url in ("https://steppe.com/guitar/amp", "https://steppe.com/amp/", "https://steppe.com/search?q=amp"):
        assert without_amp(url, is_amp=False) == url
    assert without_amp("https://steppe.com/rail.amp.html", is_amp=True) == "https://steppe.com/rail.html"
    assert original_of("https://www.google.com/amp-tools/x") == "https://www.google.com/amp-tools/x"


@pytest.mark.parametrize(
    "claim",
    [
        "https://www.steppe.example.com/",
        "https://www.steppe.example.com/news",
        "https://other.example.net/news/rail-line-opens",
        "javascript:void(0)",
        "file:///srv/www/rail-line-opens",
        "http://localhost:8080/news/rail-line-opens",
        "https://www.steppe.example.com:8443/news/rail-line-opens",
        "https://m.steppe.example.com/news/rail-line-opens",
        "https://www.steppe.example.com/undefined",
        "{{ page.url }}",
        "https://[bad",
        "   ",
    ],
)
def test_a_claim_that_names_no_article_of_the_site_is_not_believed(claim: str) -> None:
    assert address(canonical(claim)) == OWN


def test_an_address_without_the_articles_number_is_not_believed() -> None:
    head = canonical("https://steppe.com/view.php")
    assert address(head, "https://steppe.com/view.php?id=123") == "https://steppe.com/view.php?id=123"
    assert address(canonical(OWN), OWN + "?page=2") == OWN


def test_a_claim_keeps_its_parameters_and_loses_its_trackers() -> None:
    assert (
        address(canonical("/view?id=7&amp;utm_source=rss"), "https://steppe.com/x/1") == "https://steppe.com/view?id=7"
    )


def test_a_relative_claim_is_read_from_the_base_of_the_page() -> None:
    head = '<base href="https://www.steppe.example.com/kz/">' + canonical("news/rail-line-opens")
    assert address(head) == "https://www.steppe.example.com/kz/news/rail-line-opens"


def test_a_template_that_still_says_http_is_taken_as_the_page_came() -> None:
    assert address(canonical(OWN.replace("https", "http"))) == OWN


def test_of_several_canonical_links_the_one_that_is_repeated_counts() -> None:
    first, second = OWN + "-old", OWN + "-new"
    assert address(canonical(first) + canonical(second) + og(second)) == second


def test_another_outlet_does_not_take_the_article_whatever_is_declared() -> None:
    other = "https://www.agency.com/news/rail-line-opens"
    assert address(canonical(other) + og(other), article={"url": other}) == OWN


def test_the_sites_own_other_domain_is_believed_when_declarations_agree() -> None:
    own, other = "https://steppedaily.kz/news/rail-line-opens", "https://steppedaily.com/news/rail-line-opens"
    assert address(canonical(other) + og(other), own) == other
    assert address(canonical(other), own) == own
    elsewhere = "https://steppedaily.com/news/another-line"
    assert address(canonical(elsewhere) + og(elsewhere), own) == own


def test_a_route_of_a_script_stays() -> None:
    assert (
        address(canonical("https://steppe.com/#!/news/5"), "https://steppe.com/#!/news/5")
        == "https://steppe.com/#!/news/5"
    )


def test_an_address_is_cleaned_even_where_it_is_malformed() -> None:
    assert address("", "not an address") == "not an address"


@pytest.mark.parametrize(
    ("claim", "page"),
    [
        ("/kategoriya-novosti", "/kategoriya-novosti/tram-opens"),
        ("/2024/03", "/2024/03/rail-line-opens"),
        ("/latest-news-today", "/news/5512"),
        ("/page/2", "/news/5512"),
        ("/news/5512/2", "/news/5512"),
        ("/news/5511", "/news/5512"),
        ("/news/5511.html", "/news/5512.html"),
    ],
)
def test_the_address_of_a_list_or_of_another_article_is_not_believed(claim: str, page: str) -> None:
    assert address(canonical(claim), f"https://steppe.com{page}") == f"https://steppe.com{page}"


@pytest.mark.parametrize(
    ("claim", "page"),
    [
        ("/news/rail-line-opens", "/news/rail-line-opens/print-version"),
        ("/news/5512", "/news/5512/rail-line-opens"),
        ("/news/5512", "/news/5512/2"),
        ("/news/5512-rail-line-opens", "/news/5512"),
        ("/news/5512", "/news/5512.html"),
    ],
)
def test_the_articles_shorter_or_longer_address_is_believed(claim: str, page: str) -> None:
    assert address(canonical(claim), f"https://steppe.com{page}") == f"https://steppe.com{claim}"


def test_another_number_or_none_is_believed_when_two_declarations_agree() -> None:
    for claim in ("https://steppe.com/news/5511", "https://steppe.com/news/rail-line-opens"):
        assert address(canonical(claim) + og(claim), "https://steppe.com/news/5512") == claim
