"""Addresses of articles: one article, one address; two articles, two."""

import pytest

from silkwire.net.links import clean_link, host_of


@pytest.mark.parametrize(
    ("url", "cleaned"),
    [
        ("http://astana.localhost:8123/a/1", "http://astana.localhost:8123/a/1"),
        ("HTTPS://News.Example:443/A?utm_source=x&fbclid=1#top", "https://news.example/A"),
        ("https://news.example/?p=123&utm_medium=rss", "https://news.example/?p=123"),
        ("https://news.example/n?cid=4&source=7&from=rss", "https://news.example/n?cid=4&source=7"),
        ("https://news.example/n?b=2&a=1&empty=", "https://news.example/n?b=2&a=1&empty="),
        ("https://news.example/n?t=%E9", "https://news.example/n?t=%E9"),
        ("https://news.example/#!/news/5", "https://news.example/#!/news/5"),
        (" https://news.example/a\n b ", "https://news.example/a%20b"),
        ("<![CDATA[https://news.example/n?id=1&amp;utm_campaign=c]]>", "https://news.example/n?id=1"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("http://[::1]:80/x", "http://[::1]/x"),
    ],
)
def test_an_address_is_cleaned_once_and_for_all(url: str, cleaned: str) -> None:
    assert clean_link(url, None) == cleaned
    assert clean_link(cleaned, None) == cleaned


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "/rel",
            "javascript:alert(1)",
            "mailto:a@b.example",
            "ftp://a.example/",
            "tag:a,2026:1",
            "data:text/html,x",
        ),
        *("http://", "http://user:pw@a.example/", "http://a.example:99999/", "http://[zz/", "http://a b.example/"),
        *(
            "http://a..b/",
            "http://a.example/\ud800",
            "http://a.example\\@b.example/",
            "https://a.example/" + "x" * 3000,
        ),
    ],
)
def test_what_is_no_usable_http_address_is_refused(url: str) -> None:
    assert clean_link(url, None) is None


def test_a_host_in_its_own_letters_and_its_ascii_form_are_one() -> None:
    cleaned = clean_link("http://президент.рф/жаңа", None)
    assert cleaned == "http://xn--d1abbgf6aiiy.xn--p1ai/%D0%B6%D0%B0%D2%A3%D0%B0"
    assert clean_link(cleaned, None) == cleaned


def test_a_relative_address_needs_a_base() -> None:
    assert clean_link("../b?x=1", "http://h.localhost:81/a/c/") == "http://h.localhost:81/a/b?x=1"


def test_a_host_is_told_without_www() -> None:
    assert host_of("https://www.News.example:8080/x") == "news.example"
    assert host_of("no address") == ""
