"""Addresses of articles: one article, one address; two articles, two."""

import base64
import gzip
import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from silkwire.net.links import clean_link, host_of, rotating_free
from silkwire.settings import ROOT


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


CORPORA = [ROOT.parent / "shared" / "data" / name for name in ("extraction", "dates")]
# Written here again, by name: what the code takes for a tracker must be one of these.
TRACKERS = re.compile(
    r"(?:utm_|itm_|mtm_|pk_|hsa_|stm_).*|[a-z]*clid|gclsrc|[gw]braid|_?ga|icid|ito|ftag|cmpid|partnerid|smid|ocid|ncid|xtor"
    r"|wt_z?mc|mc_[ce]id|spm|scm|from|ref|source|src|ref_src|cmp|via|igshid|at_.*|ns_.*|_hs.*|__hs.*|echobox|s_cid"
)


def article(url: str) -> tuple[object, ...]:
    """What tells an article's address, read by other means than the code's."""
    parts = urlsplit(re.sub(r"&(?:amp;)+", "&", url.strip().replace("\n", "").replace("\r", "").replace("\t", "")))
    pairs = [quote(pair, "%!$&'()*+,;=:@/?-._~[]|") for pair in parts.query.split("&") if pair]
    kept = tuple(pair for pair in pairs if not TRACKERS.fullmatch(pair.partition("=")[0].lower()))
    port = parts.port if parts.port not in (80, 443) else None
    route = quote(parts.fragment, "%!$&'()*+,;=:@/?-._~[]|") if parts.fragment.startswith(("!", "/")) else ""
    host = (parts.hostname or "").rstrip(".").encode("idna").decode()
    return parts.scheme.lower() or "https", host, port, quote(parts.path, "%!$&'()*+,;=:@/-._~[]|") or "/", kept, route


def real_urls() -> Iterator[str]:
    """Addresses of the corpora's pages and of all that they link to."""
    for folder in CORPORA:
        for path in sorted(folder.glob("*.jsonl.gz")):
            with gzip.open(path, "rt") as lines:
                for page in map(json.loads, lines):
                    yield page.get("url") or ""
                    for found in re.findall(
                        rb"""href\s*=\s*["']([^"'>]{5,2000})""", base64.b64decode(page["html_b64"])
                    ):
                        yield html.unescape(found.decode("utf-8", "replace"))


@pytest.mark.slow
@pytest.mark.skipif(not all(folder.is_dir() for folder in CORPORA), reason="the corpora are not here")
def test_no_two_articles_of_the_real_web_become_one() -> None:
    seen: defaultdict[str, set[tuple[object, ...]]] = defaultdict(set)
    for url in set(real_urls()):
        cleaned = clean_link(url, None)
        if cleaned is not None:
            assert clean_link(cleaned, None) == cleaned
            seen[cleaned].add(article(url))
    assert len(seen) > 10_000
    assert {url: told for url, told in seen.items() if len(told) > 1} == {}


ANYTHING = st.text(max_size=60)
PIECES = st.text(
    alphabet=st.sampled_from("abcXYZ0189-._~:/?#[]@!$&'()*+,;=%|\\ \t\nжé新\u200b\u202e\ud800"), max_size=30
)
HOSTS = st.sampled_from(
    ["news.example", "NEWS.Example", "новости.рф", "straße.example", "[::1]", "a.example:8080", "ⓐ.example"]
)


@settings(deadline=None)
@given(
    st.one_of(ANYTHING, st.builds("{}{}{}".format, st.sampled_from(["http://", "HTTPS://", "//", ""]), HOSTS, PIECES))
)
@example("http://" + "a" * 60 + "!/")
@example("http://a.example/?utm_source=1&&amp;amp;b=2&amp;")
def test_cleaning_never_raises_and_cleaning_twice_changes_nothing(url: str) -> None:
    for base in (None, "https://base.example/a/b?c=d"):
        cleaned = clean_link(url, base)
        if cleaned is not None:
            assert cleaned.isascii()
            assert cleaned.startswith(("http://", "https://"))
            assert clean_link(cleaned, None) == cleaned
            assert clean_link(cleaned, base) == cleaned
    assert isinstance(host_of(url), str)
    rotating_free(url)


WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyzABC0123456789-_éж", min_size=1, max_size=8)
MEANINGFUL = st.sampled_from(["id", "p", "article", "cid", "sid", "page", "newsid", "eid", "uid", "n", "q", "lang"])
ADDRESS = st.tuples(st.lists(WORD, min_size=1, max_size=3), st.lists(st.tuples(MEANINGFUL, WORD), max_size=3))


def written(parts: tuple[list[str], list[tuple[str, str]]]) -> str:
    path, pairs = parts
    return "https://news.example/" + "/".join(path) + "?" * bool(pairs) + "&".join(f"{n}={v}" for n, v in pairs)


@settings(deadline=None)
@given(ADDRESS, ADDRESS)
def test_two_addresses_that_differ_in_a_segment_or_a_parameter_stay_two(
    one: tuple[list[str], list[tuple[str, str]]], other: tuple[list[str], list[tuple[str, str]]]
) -> None:
    assert (clean_link(written(one), None) == clean_link(written(other), None)) is (one == other)


@settings(deadline=None)
@given(ADDRESS, st.sampled_from(["utm_source=x", "fbclid=IwAR2", "from=rss", "spm=1.2"]), st.sampled_from(["", "#top"]))
def test_a_tracker_and_a_fragment_change_nothing(
    parts: tuple[list[str], list[tuple[str, str]]], tracker: str, fragment: str
) -> None:
    url = written(parts)
    tracked = f"{url}{'&' if '?' in url else '?'}{tracker}{fragment}"
    assert clean_link(tracked, None) == clean_link(url, None)


@pytest.mark.parametrize(
    ("url", "freed"),
    [
        ("https://a.example/n?id=7&PHPSESSID=k2j5h3k2j5h3k2", "https://a.example/n?id=7"),
        ("https://a.example/n/7.html;jsessionid=ED5DD5866BE5A5FA.live922?x=1", "https://a.example/n/7.html?x=1"),
        (
            "https://a.example/new-bridge-opens?token=9f86d081884c7d65&lang=kk",
            "https://a.example/new-bridge-opens?lang=kk",
        ),
        ("https://a.example/2026/11/x?expires=1764000000&sig=Ab3dEf9hIjKl", "https://a.example/2026/11/x"),
        ("https://a.example/n/123456?_t=1764000000123#part", "https://a.example/n/123456#part"),
        ("https://a.example/n?id=7&rnd=0.8364519273", "https://a.example/n?id=7"),
    ],
)
def test_an_address_is_freed_of_what_rotates(url: str, freed: str) -> None:
    assert rotating_free(url) == freed
    assert rotating_free(freed) is None


@pytest.mark.parametrize(
    "url",
    [
        *(
            "https://a.example/?id=12345",
            "https://a.example/?article=abcdef12",
            "https://a.example/?p=9",
            "https://a.example/",
        ),
        *(
            "https://a.example/n?id=5f3a9c1d2b7e8f60",
            "https://a.example/n?sid=12345",
            "https://a.example/n?sid=1234567890",
        ),
        *(
            "https://a.example/n/7?token=short",
            "https://a.example/n/7?auth=editor-name",
            "https://a.example/n/7?hash=abcdef12",
        ),
        # nothing else would tell the article
        *("https://a.example/?token=9f86d081884c7d65", "https://a.example/view.php?hash=9f86d081884c7d659a2f"),
        *("https://a.example/widget/v2/w.html?hash=hm8b8a8unf12345678&color=EEE", "", "no address", "http://[::1"),
    ],
)
def test_what_may_be_an_articles_own_stays(url: str) -> None:
    assert rotating_free(url) is None


def test_two_hosts_that_only_an_older_rule_takes_for_one_are_two() -> None:
    assert clean_link("https://straße.example/", None) == "https://xn--strae-oqa.example/"
    assert clean_link("https://strasse.example/", None) == "https://strasse.example/"
    assert clean_link("https://☃.example/", None) == "https://xn--n3h.example/"
