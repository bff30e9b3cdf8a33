"""What a page says about itself to machines: JSON-LD, meta elements, and the heading; read once from the tree."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

# schema.org types whose datePublished, headline and articleBody are those of an article.
_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|SocialMediaPosting|Report|LiveBlogPosting|Newscast)$")
_BLOCK = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)?(.*?)"
    r"(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/)?\s*;?\s*$",
    re.DOTALL,
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
# Where a page lists other articles: their dates and headlines are not its own.
_OF_OTHERS = frozenset(
    {"itemListElement", "hasPart", "relatedLink", "isPartOf", "citation", "mentions", "video", "image"}
)
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The declarations of one page.

    `article` is the JSON-LD object of the article (empty where there is none); `meta` holds the first content of each
    meta element by its lower-case name, property or itemprop; `broken` are JSON-LD blocks that are not valid JSON.
    """

    article: Mapping[str, Any]
    meta: Mapping[str, str]
    heading: str
    head_title: str
    site_name: str | None
    broken: tuple[str, ...] = field(default=())


def read_facts(tree: HtmlElement) -> PageFacts:
    """Collect what the page declares; never raises on malformed declarations."""
    meta = _meta(tree)
    objects, broken = _json_ld(tree)
    heading, title = _heading(tree), _one_line(tree.findtext(".//head/title") or tree.findtext(".//title"))
    article = _own_article(objects, heading or meta.get("og:title", "") or title)
    site = meta.get("og:site_name") or meta.get("application-name") or _name(article.get("publisher")) or _site(objects)
    return PageFacts(article, meta, heading, title, _one_line(site) or None, broken)


def names(value: object) -> list[str]:
    """Return the names in a schema.org value: a text, an object with a `name`, or a list of these."""
    if isinstance(value, list):
        return [name for item in value[:50] for name in names(item)]
    name = _name(value)
    return [name] if name else []


def _name(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        value = value[0] if value else ""
    return _one_line(value)


def _one_line(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = _one_line(element.get("content"))
        for attribute in ("property", "name", "itemprop"):
            key = (element.get(attribute) or "").strip().lower()
            if key and content:
                found.setdefault(key, content)
    return found


def _heading(tree: HtmlElement) -> str:
    """Return the text of the first h1 that has any, outside header banners that only hold a logo."""
    for element in tree.iter("h1"):
        text = _one_line(" ".join(element.itertext()))
        if text:
            return text
    return ""


def _json_ld(tree: HtmlElement) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    objects: list[dict[str, Any]] = []
    broken: list[str] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower().split(";")[0] != "application/ld+json":
            continue
        block = _BLOCK.sub(r"\1", script.text or "")
        try:
            document = json.loads(_TRAILING_COMMA.sub(r"\1", block), strict=False)
        except (ValueError, RecursionError):
            broken.append(block)
        else:
            objects.extend(_objects(document, 0))
    return objects, tuple(broken)


def _objects(value: object, depth: int) -> Iterator[dict[str, Any]]:
    """Every object of a JSON-LD document that is not part of a list of other articles."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value[:200]:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for key, inner in value.items():
            if key not in _OF_OTHERS and isinstance(inner, dict | list):
                yield from _objects(inner, depth + 1)


def _is_article(candidate: Mapping[str, Any]) -> bool:
    kinds = candidate.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLE_TYPES.search(kind) for kind in listed)


def _own_article(objects: list[dict[str, Any]], heading: str) -> Mapping[str, Any]:
    """Return the article the page is: the one with the page's heading, else the first that has a headline or a date."""
    articles = [candidate for candidate in objects if _is_article(candidate)]
    for candidate in articles:
        if heading and _one_line(candidate.get("headline")).casefold() == heading.casefold():
            return candidate
    declared = (candidate for candidate in articles if candidate.get("headline") or candidate.get("datePublished"))
    return next(declared, articles[0] if articles else {})


def _site(objects: list[dict[str, Any]]) -> str:
    return next((_name(candidate) for candidate in objects if candidate.get("@type") == "WebSite"), "")
