"""The article's own text, by the first way that finds one, and which way that was."""

import logging
import re
from collections.abc import Iterator
from copy import deepcopy

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import DEFAULT_CONFIG

from silkwire.extract.density import DENSE, is_dense, is_short
from silkwire.extract.facts.page_facts import PageFacts
from silkwire.extract.facts.site_affix import declared_keys
from silkwire.extract.texts.declared_text import declared_text, is_elsewhere, keep_declared
from silkwire.extract.texts.furniture import cut_furniture
from silkwire.extract.texts.page_state import state_text
from silkwire.extract.texts.preparation import link_texts, prepare, restore
from silkwire.extract.texts.text_blocks import find_blocks, isolate, region_beyond
from silkwire.records import TextPath

# Looking twice costs as much as looking once, so there has to be a reason: measured on eight sets.
_LONGER = 1.3  # times the first text: what a second look at a region must find
_SHORT, _SHORT_DENSE = 1000, 300  # characters of a text that a third look is worth, when it is also
_SHARE = 0.2  # of all the page's characters or less; the result must be
_MUCH_LONGER = 1.5  # times the first text
_TOLD = 500  # characters of a declared body that bear witness to the text's length
_ENOUGH = 0.8  # of the declared body
_OF_TITLE = 1 / 3  # of a title's words that a body from the page's data has, lest it be another article's
_WORD = re.compile(rf"[{DENSE}]{{2}}|[^\W\d_{DENSE}]{{4,}}")
_STEM = 5  # letters of a word that its inflected forms share
# Below so many characters trafilatura drops what it read, and takes the whole <article> for one line: title, byline,
# caption and counters. Its own 250 do that to every brief, most of all in Chinese and Japanese.
_CONFIG = deepcopy(DEFAULT_CONFIG)
_CONFIG["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "100"
# A page that trafilatura has nothing to say about is our outcome NO_TEXT, not a warning on the console.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def find_text(tree: HtmlElement, facts: PageFacts, url: str, title: str) -> tuple[str, TextPath]:
    """Return the first text long enough to be an article's, in the order of `_texts`; else the longest there is.

    Paragraphs are lines. The text is empty where there is none at all.
    """
    longest, of = "", TextPath.MARKUP
    readable = prepare(tree)
    links, sites = link_texts(readable), declared_keys(facts)
    for candidate, path in _texts(tree, readable, facts, url, title):
        text = cut_furniture(candidate, title, links, sites)
        if not is_short(text):
            return text, path
        if len(text) > len(longest):
            longest, of = text, path
    return longest, of


def _texts(
    tree: HtmlElement, readable: HtmlElement, facts: PageFacts, url: str, title: str
) -> Iterator[tuple[str, TextPath]]:
    """Yield bodies in the order in which they are believed.

    First of all the markup's, read twice where it is poor; but the page's JSON-LD where its body is another text, and
    its scripts' data where they have much more of it.
    """
    declared = declared_text(facts)
    text, path = _by_markup(readable, declared, url)
    if is_elsewhere(text, declared):
        yield declared, TextPath.JSON_LD
    state = ""
    if _is_little(text):
        state = state_text(tree)
        state = state if _is_about(title, state) else ""
        if len(state) > 2 * len(text) and not _bears_witness(declared, text):
            yield state, TextPath.STATE
    yield keep_declared(text, declared), path
    yield declared, TextPath.JSON_LD
    yield state, TextPath.STATE


def _by_markup(readable: HtmlElement, declared: str, url: str) -> tuple[str, TextPath]:
    """Read the body from the page's elements, and again where there is evidence that this was not all of it.

    A second look goes to the region that the page's other prose stands in; a third, by trafilatura's slower methods,
    to a page of which little came out.
    """
    text, path = _read(readable, url, fast=True), TextPath.MARKUP
    if _bears_witness(declared, text):
        return text, path
    region = region_beyond(text, find_blocks(readable))
    if region is not None:
        again = _read(isolate(region), url, fast=True)
        if len(again) > _LONGER * len(text):
            text, path = again, TextPath.MARKUP_THOROUGH
    if _is_little(text) and len(text) < _SHARE * sum(map(len, readable.itertext())):
        again = _read(readable, url, fast=False)
        if len(again) > _MUCH_LONGER * len(text):
            text, path = again, TextPath.MARKUP_THOROUGH
    return text, path


def _read(tree: HtmlElement, url: str, *, fast: bool) -> str:
    """Read the body by trafilatura, which works on a copy.

    Without its second opinions it takes half the time and has to favour recall; with them, recall costs precision.
    """
    document = bare_extraction(
        tree, url=url, fast=fast, favor_recall=fast, include_comments=False, with_metadata=False, config=_CONFIG
    )
    return restore((getattr(document, "text", None) or "") if document else "")


def _bears_witness(declared: str, text: str) -> bool:
    """Whether the page's declared body says that the text is not too short."""
    return len(declared) > _TOLD and len(text) > _ENOUGH * len(declared)


def _is_about(title: str, text: str) -> bool:
    words = {word[:_STEM] for word in _WORD.findall(title.casefold())}
    lowered = text.casefold()
    return not words or sum(word in lowered for word in words) >= _OF_TITLE * len(words)


def _is_little(text: str) -> bool:
    return len(text) < (_SHORT_DENSE if is_dense(text) else _SHORT)
