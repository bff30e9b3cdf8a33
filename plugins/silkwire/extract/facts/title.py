"""An article's title without the site's name, chosen among the places where a page tells it.

og:title and JSON-LD's headline are each exactly right on 141 of 175 fundus pages, mostly on the same ones. Where they
disagree, <title>, which is written for search engines, tells which of the two was filled from the same field: the
other one is the editors' own. Of 258 fundus pages that is right on 224, og:title first on 214.
"""

import re
from html import unescape

from silkwire.extract.facts.page_facts import PageFacts
from silkwire.extract.facts.site_affix import site_keys, until_label, without_site
from silkwire.extract.facts.wording import key_of, one_line, visible

_LEAST, _LONGEST = 2, 400  # characters of a title
_TRUNCATED = re.compile(r"\s*(?:…|\.\.\.|···)$")
_QUOTE_NEXT = re.compile(r'\s*"')
_WORD = re.compile(r"\w{3,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ENTITY = re.compile(r"&(?:#\w+|[a-z]{2,8});")
# What a template leaves where there is no title.
_PLACEHOLDERS = frozenset({"undefined", "null", "none", "untitled", "untitleddocument", "untitledpage", "home", "首页"})


def find_title(facts: PageFacts, url: str, feed_title: str | None) -> str:
    """Return the article's title, or an empty text where neither the page nor the feed has one.

    The order is og:title, JSON-LD's headline, the first h1, twitter:title, <title>, the feed's title, see `_chosen`.
    What is the site's name at either end is cut before.
    """
    sites = site_keys(facts, url)
    lines = _told(facts, feed_title, sites)
    if not lines[2]:
        sites |= {key_of(facts.heading)} - {""}
    cleaned = {line: _usable(without_site(line, sites, lines, lines[2]), sites) for line in {*lines}}
    og, headline, heading, twitter, head_title, feed = (cleaned[line] for line in lines)
    if not og and not headline and not _share_words(heading, head_title or feed):
        heading, twitter, head_title, feed = twitter, head_title, feed, heading
    return _chosen([og, headline, heading, twitter, head_title, feed], key_of(head_title))


def _told(facts: PageFacts, feed_title: str | None, sites: frozenset[str]) -> list[str]:
    """Return the six places' lines, in order; an h1 that is only a label in <title> is none."""
    raw = (
        facts.meta.get("og:title"),
        facts.article.get("headline") or facts.article.get("name"),
        facts.heading,
        facts.meta.get("twitter:title"),
        facts.head_title,
        feed_title,
    )
    og, headline, heading, twitter, head_title, feed = map(_line, raw)
    if heading not in (og, headline, twitter, feed):
        labelled = until_label(head_title, heading, sites)
        heading, head_title = (heading, head_title) if labelled is None else ("", labelled)
    return [og, headline, heading, twitter, head_title, feed]


def _chosen(titles: list[str], searched: str) -> str:
    """og:title unless <title> (its key is `searched`) repeats it against JSON-LD's headline; never a truncated one.

    Without a whole og:title what two of the others agree on, else the first there is.
    """
    whole = ["" if _is_cut(text, titles) else text for text in titles]
    og, headline = whole[:2]
    if headline and key_of(og) == searched != key_of(headline):
        return headline
    if og:
        return og
    keys = [key_of(text) for text in whole]
    agreed = (text for text, key in zip(whole, keys, strict=True) if key and keys.count(key) > 1)
    return next(agreed, None) or next(filter(None, whole), None) or next(filter(None, titles), "")


def _is_cut(text: str, titles: list[str]) -> bool:
    """Whether another title goes on where this one ends: in an ellipsis, or before a quotation mark.

    An attribute in double quotes ends at a title's own; and some headlines do end in an ellipsis.
    """
    if _TRUNCATED.search(text):
        key = key_of(text)
        return any(longer.startswith(key) and longer != key for longer in map(key_of, titles))
    return any(
        len(other) > len(text) > 0 and _QUOTE_NEXT.match(other, len(text))
        for other in titles
        if text in other[: len(text)]
    )


def _share_words(heading: str, other: str) -> bool:
    """Whether an h1 speaks of what <title> does; it may be a logo, a section's name or "Hello"."""
    words = set(_WORD.findall(heading.casefold()))
    return not other or not heading or len(words & set(_WORD.findall(other.casefold()))) * 3 >= len(words)


def _line(text: object) -> str:
    """Return a declared title as one line; what is longer is no title but a page whose element is never closed."""
    line = one_line(text)
    if _ENTITY.search(line[:_LONGEST]):
        line = unescape(line)  # escaped twice
    line = visible(line)
    return line if len(line) <= _LONGEST else ""


def _usable(title: str, sites: frozenset[str]) -> str:
    key = key_of(title)
    return title if len(title) >= _LEAST and key and key not in sites and key not in _PLACEHOLDERS else ""
