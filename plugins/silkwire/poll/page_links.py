"""What a page says of its site's feeds: the links in its head, those in its body, the site's name and language."""

import re
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree

from silkwire.net.links import clean_link, host_of
from silkwire.poll.plain_text import plain
from silkwire.poll.section import base_of, is_within, parse_page

_FEED_TYPES = re.compile(r"^(?:application|text)/(?:rss|atom|rdf|feed\+json|x-rss|xml)", re.IGNORECASE)
_FEED_NAME = re.compile(
    r"(?:^|[/._?=&-])(?:rss|atom|rdf|feeds?)(?:[12]|20)?(?:$|[/._?=&-])|\.(?:rss|atom|rdf)$|/index\.xml$", re.IGNORECASE
)
# Where sites have their feeds beside their own host.
_FEED_HOSTS = ("feedburner.com", "feeds.feedburner.com", "feedproxy.google.com", "feedpress.me", "rss.app")
# Addresses with a feed's name that are none: services that want an address to subscribe to, files of a page.
_NO_FEED = re.compile(r"\.(?:css|js|png|jpe?g|gif|svg|webp|woff2?|pdf)$|/wp-json/|oembed", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_LONGEST_NAME = 120
_MOST = 40


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What was found on a page: feeds that its head declares, links that look like feeds, each once in their order."""

    declared: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    name: str = ""
    language: str | None = None


def find_links(body: bytes, url: str, content_type: str) -> PageLinks:
    """Look a page through for feeds. `url` is the page's own; raises nothing."""
    try:
        root = parse_page(body, content_type)
    except (etree.LxmlError, ValueError):
        return PageLinks()
    base = base_of(root, url)
    declared = [
        str(link.get("href") or "")
        for link in root.iter("link")
        if "alternate" in str(link.get("rel") or "").lower().split()
        and _FEED_TYPES.match(str(link.get("type") or "").strip())
    ]
    hrefs = [str(link.get("href") or "") for link in root.iter("a")]
    language = str(root.get("lang") or "").strip().replace("_", "-")
    first = _addresses(declared, base, url)
    return PageLinks(
        declared=first,
        linked=tuple(
            address
            for address in _addresses(hrefs, base, url)
            if address not in first and _is_of_site(address, url) and _looks_like_feed(address)
        )[:_MOST],
        name=_name(root),
        language=language if _LANGUAGE.fullmatch(language) else None,
    )


def _addresses(hrefs: list[str], base: str, own: str) -> tuple[str, ...]:
    """Return the addresses as they are, not cleaned: a feed's parameters may be what chooses it."""
    found: dict[str, None] = {}
    useless = (None, clean_link(own, None))
    for href in dict.fromkeys(hrefs):
        try:
            address = urldefrag(urljoin(base, href.strip())).url
        except ValueError:
            continue
        if not address.isprintable() or _NO_FEED.search(address):
            continue
        if clean_link(address, None) not in useless:
            found[address] = None
    return tuple(found)


def _is_of_site(address: str, url: str) -> bool:
    host = host_of(address)
    return is_within(host_of(url), host) or host.endswith(_FEED_HOSTS)


def _looks_like_feed(address: str) -> bool:
    parts = urlsplit(address)
    return _FEED_NAME.search(f"{parts.path}?{parts.query}") is not None or host_of(address).startswith(
        ("feeds.", "rss.")
    )


def _name(root: etree._Element) -> str:
    named = [str(meta.get("content") or "") for meta in root.iter("meta") if meta.get("property") == "og:site_name"]
    name = next(filter(None, (plain(text, html=False, cap=_LONGEST_NAME) for text in named)), "")
    return name or plain(root.findtext(".//title") or "", html=False, cap=_LONGEST_NAME)
