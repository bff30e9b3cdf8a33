"""A page to an article: the pure middle of the extract stage, which ties the parts of this package together."""

import logging
import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura import bare_extraction

from silkwire.extract.address import canonical_address
from silkwire.extract.bylines import find_authors
from silkwire.extract.charset import decode_html
from silkwire.extract.furniture import cut_furniture
from silkwire.extract.language import detect_language
from silkwire.extract.page_facts import PageFacts, read_facts
from silkwire.extract.preparation import prepare, restore
from silkwire.extract.publication import find_publication
from silkwire.extract.title import find_title
from silkwire.extract.verdict import LEAST_DENSE_TEXT, LEAST_TEXT, is_dense, judge
from silkwire.reasons import Reason
from silkwire.records import Extraction, Outcome

EXTRACTOR_VERSION = "1"  # raise it when the same page gives another article: stored pages are then extracted again

_OTHER_FORMATS = ("%PDF-", "{", "PK\x03\x04", "GIF8", "\x89PNG", "\ufffdPNG", "RIFF")  # said to be HTML
_REFUSED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_TAG = re.compile(r"<[^<>]*>")
_BLOCK_END = re.compile(r"</(?:p|div|li|h[1-6])\s*>|<br\s*/?>", re.IGNORECASE)
# A page that trafilatura has nothing to say about is our outcome NO_TEXT, not a warning on the console.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def extract_article(  # noqa: PLR0913 - what the archive and the feed know of one page
    body: bytes,
    url: str,
    content_type: str,
    feed_title: str | None,
    feed_date: datetime | None,
    fetched_at: datetime,
) -> tuple[Extraction | None, Outcome]:
    """Extract the article of one archived page, or say why there is none.

    `content_type` is the HTTP header, `feed_title` and `feed_date` are what the feed told of the link, `fetched_at`
    bounds the date. Without an extraction the outcome is failed NOT_HTML or skipped NO_TEXT or LISTING.
    """
    tree = _tree(decode_html(body, content_type))
    if tree is None:
        reason = Reason.NO_TEXT if not body.strip() else Reason.NOT_HTML
        return None, Outcome.skipped(reason, "empty page") if reason is Reason.NO_TEXT else Outcome.failed(reason)
    facts = read_facts(tree)
    title = find_title(facts, url, feed_title)
    text = _best_text(tree, facts, url, title)
    outcome = judge(tree, facts, text, url)
    if outcome.reason is not None:
        return None, outcome
    published_at, published_from = find_publication(tree, facts, url, feed_date, fetched_at)
    extraction = Extraction(
        title=_storable(title),
        text=_storable(text),
        authors=tuple(map(_storable, find_authors(tree, facts))),
        published_at=published_at,
        published_from=published_from,
        language=detect_language(f"{text}\n{title}"),
        canonical_url=canonical_address(tree, url),
        site_name=_storable(facts.site_name) if facts.site_name else None,
    )
    return extraction, outcome


def _storable(text: str) -> str:
    """Without what PostgreSQL and UTF-8 refuse: NULs and halves of surrogate pairs, which JSON escapes can spell."""
    return _REFUSED.sub("", text)


def _tree(html: str) -> HtmlElement | None:
    """Parse once for every consumer; None for what holds no element. libxml2 would stop at a NUL."""
    if "<" not in html or html.startswith(_OTHER_FORMATS):
        return None
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = document_fromstring(_storable(html).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return tree if isinstance(tree, HtmlElement) else None


def _best_text(tree: HtmlElement, facts: PageFacts, url: str, title: str) -> str:
    """Return the first text long enough to be an article's, in the order of `_texts`; else the longest there is."""
    longest = ""
    for candidate in _texts(tree, facts, url):
        text = cut_furniture(candidate, title)
        if len(text) >= (LEAST_DENSE_TEXT if is_dense(text) else LEAST_TEXT):
            return text
        longest = max(longest, text, key=len)
    return longest


def _texts(tree: HtmlElement, facts: PageFacts, url: str) -> Iterator[str]:
    """Yield the article's body by trafilatura's rules, by its slower second opinions, and as JSON-LD declares it."""
    declared = _declared_text(facts)
    readable = prepare(tree)
    for fast in (True, False):
        text = restore(_by_trafilatura(readable, url, fast=fast))
        # trafilatura falls back on JSON-LD too, and then runs its paragraphs together.
        yield declared if declared.split() == text.split() else text
    yield declared


def _declared_text(facts: PageFacts) -> str:
    body = facts.article.get("articleBody")
    return unescape(_TAG.sub("", _BLOCK_END.sub("\n", body))) if isinstance(body, str) else ""


def _by_trafilatura(tree: HtmlElement, url: str, *, fast: bool) -> str:
    """Body text by trafilatura, which works on a copy.

    Of its settings, measured on shared/data/extraction, `fast` with `favor_recall` gives F1 .963 on aeb and .952 on
    fundus; the slow `favor_precision` .964 and .953 at little more than half the speed.
    """
    document = bare_extraction(tree, url=url, fast=fast, favor_recall=True, include_comments=False, with_metadata=False)
    return (getattr(document, "text", None) or "") if document else ""
