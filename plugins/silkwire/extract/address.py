"""The address under which an article is known, whichever of its addresses it was fetched by."""

from urllib.parse import urlsplit

from courlan import extract_domain
from lxml.html import HtmlElement

from silkwire.net.links import clean_link, host_of

__all__ = ["canonical_address", "clean_link"]


def canonical_address(tree: HtmlElement, url: str) -> str:
    """Return the page's canonical address: rel=canonical, else og:url, else `url` itself, each cleaned.

    A page's claim is believed only within its own registered domain, and not where it names the front page, as the
    templates of many sites do for every article.
    """
    own = clean_link(url, None) or url
    claims = [*tree.xpath("//link[contains(concat(' ', normalize-space(@rel), ' '), ' canonical ')]/@href")[:2]]
    claims += tree.xpath("//meta[@property='og:url']/@content")[:1]
    for claim in claims:
        address = clean_link(str(claim), url) if str(claim).strip() else None
        if address and _same_site(address, own) and not _is_front_page(address, own):
            return address
    return own


def _same_site(address: str, own: str) -> bool:
    """Whether both hosts belong to one registered domain; hosts outside the public suffixes must be the same."""
    domain = extract_domain(own)
    return host_of(address) == host_of(own) or (domain is not None and extract_domain(address) == domain)


def _is_front_page(address: str, own: str) -> bool:
    claimed, page = urlsplit(address), urlsplit(own)
    return claimed.path in ("", "/") and not claimed.query and (page.path not in ("", "/") or bool(page.query))
