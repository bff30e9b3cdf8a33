"""The article's own text, by the first way that finds one, and which way that was."""

import logging
from collections.abc import Iterator
from copy import deepcopy

from lxml.html import HtmlElement, fromstring
from trafilatura import bare_extraction

from silkwire.extract.declared_text import declared_text, is_elsewhere, keep_declared
from silkwire.extract.furniture import cut_furniture
from silkwire.extract.page_facts import PageFacts
from silkwire.extract.preparation import link_texts, prepare, restore
from silkwire.extract.page_state import state_text
from silkwire.extract.text_blocks import find_blocks, region_beyond, region_of_most
from silkwire.extract.verdict import LEAST_DENSE_TEXT, LEAST_TEXT, is_dense
from silkwire.records import TextPath

# A page that trafilatura has nothing to say about is our outcome NO_TEXT, not a warning on the console.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
POOR = 0.7
BETTER = 1.3
RECALL = True


def find_text(tree: HtmlElement, facts: PageFacts, url: str, title: str) -> tuple[str, TextPath]:
    """Return the first text long enough to be an article's, in the order of `TextPath`; else the longest there is.

    Paragraphs are lines. The text is empty where there is none at all.
    """
    longest, of = "", TextPath.MARKUP
    links = link_texts(tree)
    for candidate, path in _texts(tree, facts, url):
        text = cut_furniture(candidate, title, links)
        if len(text) >= (LEAST_DENSE_TEXT if is_dense(text) else LEAST_TEXT):
            return text, path
        if len(text) > len(longest):
            longest, of = text, path
    return longest, of


def _texts(tree: HtmlElement, facts: PageFacts, url: str) -> Iterator[tuple[str, TextPath]]:
    declared = declared_text(facts)
    readable = prepare(tree)
    blocks = find_blocks(readable)
    text = restore(_by_trafilatura(readable, url))
    if is_elsewhere(text, declared):
        yield declared, TextPath.JSON_LD
    short = len(text) < (LEAST_DENSE_TEXT if is_dense(text) else LEAST_TEXT)
    region = None
    if len(declared) * 0.8 < len(text) and len(declared) > 500: pass
    elif short: region = region_of_most(blocks)
    else: region = region_beyond(text, blocks)
    path = TextPath.MARKUP
    if region is not None:
        again = restore(_by_trafilatura(_only(region), url))
        if len(again) > BETTER * len(text):
            text, path = again, TextPath.MARKUP_THOROUGH
    if len(text) < SHORT and len(text) < SHARE * len("".join(readable.itertext())) and not len(declared) * 0.8 < len(text) < 2 * len(declared):
        again = restore(_by_trafilatura(readable, url, fast=False))
        if len(again) > SLOW_BETTER * len(text):
            text, path = again, TextPath.MARKUP_THOROUGH
    yield keep_declared(text, declared), path
    yield declared, TextPath.JSON_LD
    yield state_text(tree), TextPath.STATE


SHORT, SHARE, SLOW_BETTER = 1000, .2, 1.5


def _only(region: HtmlElement) -> HtmlElement:
    page = fromstring("<html><body></body></html>")
    article = deepcopy(region)
    article.tail = None
    for element in article.iter("div", "section", "main", "article"):
        for attribute in ("class", "id", "itemprop", "role"):
            if attribute == "itemprop" or (element.get(attribute) and _is_body(element.get(attribute))):
                element.attrib.pop(attribute, None)
        if element.tag == "article" or element.tag == "main":
            element.tag = "div"
    article.tag = "article"
    article.attrib.clear()
    page[0].append(article)
    return page

import re
_BODY=re.compile(r"post|entry|content|article|body|text|story|main|primary", re.I)
def _is_body(x): return bool(_BODY.search(x))


def _by_trafilatura(tree: HtmlElement, url: str, *, fast: bool = True) -> str:
    document = bare_extraction(
        tree, url=url, fast=fast, favor_recall=fast, include_comments=False, with_metadata=False
    )
    return (getattr(document, "text", None) or "") if document else ""
