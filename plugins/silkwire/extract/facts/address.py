"""The address under which an article is known, whichever of its addresses it was fetched by.

A page may name its desktop twin (rel=canonical, og:url, JSON-LD); its word is believed within its own site only. An
article belongs to the source it was read from: a canonical address at another outlet says where a text was first
printed, and believing it would take the article from its source.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any
from urllib.parse import SplitResult, urlsplit

from courlan import extract_domain
from lxml.html import HtmlElement

from silkwire.extract.facts.twins import original_of, without_amp
from silkwire.extract.facts.wording import one_line
from silkwire.net.links import clean_link, host_of

_SCHEME_AND_WWW = re.compile(r"^(?:https?:)?//(?:www\.)?", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{|%7B%7B|\$\{|%24%7B|/(?:undefined|null|none|false|nan)/?$|\[(?:url|object)", re.IGNORECASE)
# Hosts that serve the same articles to telephones; the Chinese web has wap. and 3g.
_TWIN_LABELS = frozenset({"m", "mobile", "wap", "3g", "amp", "touch", "mob", "i"})
# What two publishers may both be called, under two suffixes.
_COMMON_LABELS = frozenset({"news", "gazeta", "today", "times", "press", "media", "online", "info", "xabar"})
_NUMBER, _WORDS = re.compile(r"\d{3}"), re.compile(r"[^/._-]+[_-][^/._-]+[_-][^/._-]+|%[89A-F]", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_TWO_WORDS = re.compile(r"[^/._-]{2,}[_-][^/._-]{2,}")
_YEAR = re.compile(r"/(?:19|20)\d\d(?=/|$)")
_LIST_PAGE, _PART_OF_ARTICLE = re.compile(r"/page/\d+$"), re.compile(r"/\d{1,2}$")
_ONLY_NUMBER = re.compile(r"\d+(?:\.[a-z]{3,5})?")
_MOST_CLAIMS = 3


def canonical_address(tree: HtmlElement, url: str, article: Mapping[str, Any] | None = None) -> str:
    """Return the page's canonical address: the first of its claims that is believed, else `url` itself, each cleaned.

    The claims are rel=canonical, og:url, and the address of `article` (its JSON-LD); of several rel=canonical the one
    that most claims repeat comes first. Where none is believed, the AMP form of `url` is undone by rule.
    """
    own = original_of(clean_link(url, None) or url)
    base = _base(tree, own)
    canonical = _cleaned(_canonical_links(tree), base)
    claims = canonical + _cleaned([*_og_urls(tree), *_article_claims(article or {})], base)
    votes = Counter(claims)
    for claim in sorted(canonical, key=votes.__getitem__, reverse=True) + claims[len(canonical) :]:
        if _is_believed(claim, own, votes[claim]):
            return _secure(claim, own)
    return without_amp(own, is_amp=_is_amp(tree)) if _label(own) not in _TWIN_LABELS else _linked_twin(tree, own)


def declared_addresses(tree: HtmlElement) -> list[str]:
    """Return what the page's rel=canonical and og:url elements say, as written, in this order."""
    return [*_canonical_links(tree), *_og_urls(tree)]


def page_key(address: str) -> str:
    """Return an address as it is compared within one page: without scheme, www., fragment and last slash."""
    return _SCHEME_AND_WWW.sub("", address.strip()).partition("#")[0].rstrip("/")


def _canonical_links(tree: HtmlElement) -> list[str]:
    links = (link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split())
    return list(islice(filter(None, map(one_line, links)), _MOST_CLAIMS))


def _og_urls(tree: HtmlElement) -> list[str]:
    metas = (
        meta.get("content")
        for meta in tree.iter("meta")
        if (meta.get("property") or meta.get("name") or "").lower() == "og:url"
    )
    return list(islice(filter(None, map(one_line, metas)), 1))


def _article_claims(article: Mapping[str, Any]) -> Iterator[str]:
    for value in (article.get("mainEntityOfPage"), article.get("url")):
        inner = value.get("@id") or value.get("url") if isinstance(value, dict) else value
        if isinstance(inner, str) and inner.strip().startswith(("http", "/")):
            yield inner


def _base(tree: HtmlElement, own: str) -> str:
    element = tree.find(".//base")
    href = element.get("href") if element is not None else None
    return (clean_link(href, own) if href else None) or own


def _cleaned(claims: Iterable[str], base: str) -> list[str]:
    """Return the claims that are http(s) addresses and no unfilled template."""
    cleaned = (clean_link(claim, base) for claim in claims if not _TEMPLATE.search(claim))
    return [address for address in cleaned if address]


def _is_believed(claim: str, own: str, votes: int) -> bool:
    claimed, page = urlsplit(claim), urlsplit(own)
    if claimed.port not in (None, page.port) or _names_less(claimed, page):
        return False
    if votes < 2 and not claimed.query and host_of(claim) == host_of(own) and _names_another(claimed.path, page.path):
        return False
    if _same_site(claim, own):
        return _label(claim) not in _TWIN_LABELS or claimed.hostname == page.hostname or claimed.path != page.path
    return votes > 1 and _sister_site(claim, own) and _last_part(claimed) == _last_part(page)


def _same_site(claim: str, own: str) -> bool:
    """Whether both hosts belong to one registered domain; hosts outside the public suffixes must be the same."""
    domain = extract_domain(own)
    return host_of(claim) == host_of(own) or (domain is not None and extract_domain(claim) == domain)


def _sister_site(claim: str, own: str) -> bool:
    """Whether two registered domains are one name under two suffixes, as outlets keep at home and abroad."""
    labels = {(extract_domain(address) or address).partition(".")[0] for address in (claim, own)}
    return len(labels) == 1 and not labels & _COMMON_LABELS


def _names_less(claimed: SplitResult, page: SplitResult) -> bool:
    """Whether a claim no longer tells this article from others: the front page, a section, an address without its id.

    The templates of many sites declare one such address for every article.
    """
    path, own_path = claimed.path.rstrip("/"), page.path.rstrip("/")
    if not path and not claimed.query and not claimed.fragment:
        return bool(own_path or page.query or page.fragment)
    if claimed.query or claimed.fragment:
        return False
    if path == own_path:
        if _names_article(path):
            return False
        return bool(_identifying(page)) and not _DIGIT.search(own_path.rpartition("/")[2])
    return _LIST_PAGE.search(path) is not None or _is_folder(path, own_path) or _is_folder_of_parts(own_path, path)


def _is_folder(path: str, own_path: str) -> bool:
    """Whether a claim without a number (but a year's) is the beginning of the page's path, whose rest names it."""
    if not own_path.startswith(path + "/") or _NUMBER.search(_YEAR.sub("", path)):
        return False
    rest = own_path[len(path) :]
    return _names_article(rest) or (_TWO_WORDS.search(rest) is not None and not _WORDS.search(path))


def _is_folder_of_parts(own_path: str, path: str) -> bool:
    """Whether a claim is only the second or a later part of the page's article."""
    return path.startswith(own_path + "/") and _PART_OF_ARTICLE.fullmatch(path[len(own_path) :]) is not None


def _names_another(path: str, own_path: str) -> bool:
    """Whether a claim has another number than the page, or none: one declaration alone may be the template's error."""
    last, own_last = (text.rstrip("/").rpartition("/")[2] for text in (path, own_path))
    if own_path.startswith(path.rstrip("/") + "/"):
        return False
    if _ONLY_NUMBER.fullmatch(own_last) and _ONLY_NUMBER.fullmatch(last):
        return last.partition(".")[0] != own_last.partition(".")[0]
    return _ONLY_NUMBER.fullmatch(own_last) is not None and not _DIGIT.search(path)


def _identifying(page: SplitResult) -> str:
    """Return the parameters and the script's route that may choose the article."""
    return "".join(re.findall(r"=[^&]*\d", page.query)) + page.fragment


def _names_article(path: str) -> bool:
    return _NUMBER.search(path) is not None or _WORDS.search(path) is not None


def _last_part(parts: SplitResult) -> str:
    return parts.path.rstrip("/").rpartition("/")[2] + "?" + parts.query


def _secure(claim: str, own: str) -> str:
    """Return a claim with https where the page itself came over it from the same host; templates lag behind."""
    if claim.startswith("http://") and own.startswith("https://") and host_of(claim) == host_of(own):
        return "https://" + claim.removeprefix("http://")
    return claim


def _label(address: str) -> str:
    return host_of(address).partition(".")[0]


def _is_amp(tree: HtmlElement) -> bool:
    return tree.get("amp") is not None or tree.get("⚡") is not None or tree.get("amp4") is not None


def _linked_twin(tree: HtmlElement, own: str) -> str:
    """Return the desktop twin that a telephone's page links to ("full version"): the same path, the host without m."""
    folded = without_amp(own, is_amp=_is_amp(tree))
    rest, parts = host_of(own).partition(".")[2], urlsplit(folded)
    for link in tree.iter("a"):
        href = link.get("href") or ""
        if rest in href and (address := clean_link(href, own)):
            found = urlsplit(address)
            if host_of(address) == rest and (found.path, found.query) == (parts.path, parts.query):
                return address
    return folded
