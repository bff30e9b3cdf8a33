"""What a page says about itself to machines: JSON-LD, meta elements, and the heading; read once from the tree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from silkwire.extract.facts.address import declared_addresses, page_key
from silkwire.extract.facts.json_ld import Node, by_identity, is_a, linked, read_json_ld
from silkwire.extract.facts.site_name import declared_site_name
from silkwire.extract.facts.wording import key_of, one_line, stems, text_of

# schema.org types whose datePublished, headline and articleBody are those of an article.
_ARTICLE_TYPES = ("Article", "BlogPosting", "SocialMediaPosting", "Report", "LiveBlogPosting", "Newscast")
_MOST_HEADINGS = 6
_LONGEST_TITLE = 1000  # characters; what is longer belongs to an element that is never closed
_MOST_NAMES = 50
_DEEPEST_NAME = 4


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The declarations of one page.

    `article` is the JSON-LD object of the article (empty where there is none); `meta` holds the first content of each
    meta element by its lower-case name, property or itemprop; `heading` is the h1 that another declaration repeats, or
    the first; `site_name` is the declared one; `broken` are JSON-LD blocks that are not valid JSON.
    """

    article: Mapping[str, Any]
    meta: Mapping[str, str]
    heading: str
    head_title: str
    site_name: str | None
    broken: tuple[str, ...] = field(default=())


def read_facts(tree: HtmlElement, url: str = "") -> PageFacts:
    """Collect what the page declares; never raises on malformed declarations.

    `url`, where the page was fetched, helps to tell its own JSON-LD article from one that it only recommends.
    """
    meta = _meta(tree)
    nodes, broken = read_json_ld(tree)
    title = one_line(tree.findtext(".//head/title") or tree.findtext(".//title"))[:_LONGEST_TITLE]
    headings = _headings(tree)
    lines = [*headings, meta.get("og:title", ""), title]
    own = _own_article(nodes, lines, {page_key(address) for address in (*declared_addresses(tree), url) if address})
    article = linked(own, by_identity(nodes))
    heading = _heading(headings, [one_line(article.get("headline")), meta.get("og:title", ""), title])
    site = declared_site_name(meta, article, nodes, heading, title)
    return PageFacts(article, meta, heading, title, site, broken)


def names(value: object) -> list[str]:
    """Return the names in a schema.org value: a text, an object with a `name`, or a list of these."""
    return list(islice(_names(value, 0), _MOST_NAMES))


def _names(value: object, depth: int) -> Iterator[str]:
    if depth > _DEEPEST_NAME:
        return
    if isinstance(value, list):
        for item in value[:_MOST_NAMES]:
            yield from _names(item, depth + 1)
    elif isinstance(value, dict):
        yield from _names(value.get("name"), depth + 1)
    elif name := unescape(one_line(value)):
        yield name


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = one_line(element.get("content"))
        for attribute in ("property", "name", "itemprop"):
            key = (element.get(attribute) or "").strip().lower()
            if key and content:
                found.setdefault(key, content)
    return found


def _headings(tree: HtmlElement) -> list[str]:
    """Return the texts of the first h1 elements that have any; a logo has none."""
    texts = (text_of(element) for element in islice(tree.iter("h1"), _MOST_HEADINGS))
    return [text for text in texts if text]


def _heading(headings: Sequence[str], declared: Sequence[str]) -> str:
    """Return the h1 that begins or ends another declaration of the title; the first where none does."""
    for line in filter(None, map(key_of, declared)):
        for heading in headings:
            key = key_of(heading)
            if key and (line.startswith(key) or line.endswith(key)) and len(key) * 2 > len(line):
                return heading
    return headings[0] if headings else ""


def _own_article(nodes: Sequence[Node], lines: Sequence[str], addresses: set[str]) -> Node:
    """Return the article the page is: the one with its address or headline, else the first with a headline or date.

    `lines` are the page's titles, `addresses` its own (see `page_key`).
    """
    told, words = {key_of(line) for line in lines} - {""}, stems(" ".join(lines))
    articles = [
        node
        for node in nodes
        if is_a(node, *_ARTICLE_TYPES) and not (words and addresses and _is_foreign(node, words, addresses))
    ]
    return max(articles, key=lambda node: _likeness(node, told, addresses), default={})


def _is_foreign(node: Node, words: frozenset[str], addresses: set[str]) -> bool:
    """Whether an article is another page's: under an address of its own, with no word of this page's titles.

    Either alone is common: templates give every article the address of the front page, and headlines are rewritten.
    """
    headline = stems(unescape(one_line(node.get("headline"))))
    if not headline or headline & words:
        return False
    keys = [page_key(text) for text in _addresses(node) if text.startswith(("http", "//"))]
    return any("/" in key for key in keys) and not any(key in addresses for key in keys)


def _likeness(node: Node, told: set[str], addresses: set[str]) -> int:
    by_address = any(page_key(text) in addresses for text in _addresses(node))
    by_headline = key_of(unescape(one_line(node.get("headline")))) in told
    return 2 * by_headline + 2 * by_address + bool(node.get("headline") or node.get("datePublished"))


def _addresses(node: Node) -> list[str]:
    named = [node.get("url"), node.get("mainEntityOfPage"), node.get("@id")]
    texts = [value.get("@id") or value.get("url") if isinstance(value, dict) else value for value in named]
    return [text for text in texts if isinstance(text, str) and text]
