"""Is this page an article? Conservative: what is doubtful is kept, since a lost article can't be counted."""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from silkwire.extract.page_facts import PageFacts
from silkwire.reasons import Reason
from silkwire.records import Outcome

LEAST_TEXT = 200  # characters
LEAST_DENSE_TEXT = 80  # Chinese, Japanese and Korean say in one character what others say in three
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SENTENCE = re.compile(r"[.!?…。！？؟۔]['\"”»）)]?(?:\s|$)")
_PARAGRAPH, _DENSE_PARAGRAPH = 160, 60  # characters of a body paragraph
_HEADLINE_LINKS = 15  # links whose text is a headline, which a listing consists of
_TEASERS = 3
_HEADLINE = range(20, 200)
_DENSE_HEADLINE = range(8, 80)


def judge(tree: HtmlElement, facts: PageFacts, text: str, url: str) -> Outcome:
    """Return ok, skipped NO_TEXT (too short to be an article: a video's or a paywall's stub) or skipped LISTING.

    A listing has no body paragraph, or is the front page, and consists of headlines that are links; a page that
    declares itself an article and has a body paragraph is believed.
    """
    dense = is_dense(text)
    paragraphs = [line for line in text.splitlines() if _is_paragraph(line, dense=dense)]
    front = urlsplit(url).path in ("", "/") and not urlsplit(url).query
    declared = bool(facts.article) or facts.meta.get("og:type", "").lower() == "article"
    if (front or not paragraphs) and not (declared and paragraphs) and _headline_links(tree) >= _HEADLINE_LINKS:
        return Outcome.skipped(Reason.LISTING, f"{_headline_links(tree)} headlines, {len(paragraphs)} paragraphs")
    if not declared and _is_teasers(tree, text, len(paragraphs)):
        return Outcome.skipped(Reason.LISTING, "linked headlines, each with a teaser")
    letters = sum(map(str.isalpha, text))
    if len(text) < (LEAST_DENSE_TEXT if dense else LEAST_TEXT) or letters * 5 < len(text):
        return Outcome.skipped(Reason.NO_TEXT, f"{letters} letters in {len(text)} characters")
    return Outcome.ok()


def _is_teasers(tree: HtmlElement, text: str, paragraphs: int) -> bool:
    """Tell a list of linked headlines with a paragraph each: it begins with one, and has no fewer than half as many."""
    links = {" ".join(link.text_content().split()) for link in tree.iter("a")}
    lines = text.splitlines()
    linked = [line for line in lines if line.lstrip("- ") in links]
    return bool(linked) and lines[0] == linked[0] and len(linked) >= _TEASERS and paragraphs <= 2 * len(linked)


def is_dense(text: str) -> bool:
    """Whether the text is in a script of few, heavy characters."""
    return len(_DENSE.findall(text[:2000])) * 3 > len(text[:2000])


def _is_paragraph(line: str, *, dense: bool) -> bool:
    return len(line) >= (_DENSE_PARAGRAPH if dense else _PARAGRAPH) or (
        len(line) >= (_DENSE_PARAGRAPH if dense else _PARAGRAPH) // 2 and bool(_SENTENCE.search(line))
    )


def _headline_links(tree: HtmlElement) -> int:
    count = 0
    for link in tree.iter("a"):
        text = " ".join(link.text_content().split())
        count += len(text) in (_DENSE_HEADLINE if is_dense(text) else _HEADLINE)
    return count
