"""Where on a page its running prose stands: how one sees that a text is not all of it, and where to look for the rest.

Extractors take one element for the article. Magazines cut theirs into several with advertisements between, each a
container of the same class; then a third of the article comes out, and nothing looks wrong.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement, fromstring

from silkwire.extract.density import is_dense

_PROSE, _DENSE_PROSE = 60, 25  # characters outside links, from which a block is prose and not a label or a headline
_SHARE = 0.8  # of a page's prose, which the article's region holds when nothing else is known of it
_MISSING = 0.3  # of the text's length: prose beside it that is worth another look
_LEAST_HAD = 0.3  # of the page's prose: a text with less of it is something else
_LITTLE = 500  # characters
_CLIMB = 60  # ancestors looked at; real pages have some 20
_NEAR = 6  # ancestors whose class says what a block belongs to
_MOST_BLOCKS = 3_000
_MOST_TEXT = 300_000
_MOST_INSIDE = 200  # elements within a block; what has more is a part of the page
_CHUNK = 2  # paragraphs in a piece of an article; a teaser has one
_START = 40  # characters by which a block is found in a text
# Readers' comments and teasers are prose too, and on some pages most of it.
_OF_OTHERS = re.compile(
    r"comment(?!ary)|disqus|\brepl(?:y|ies)\b|related|recommend|newsletter|teaser|\bcards?\b|promo|sidebar(?![-_]grid)|"
    r"modal|cookie|footer|author-?bio|read-?more|also-like|infinite",
    re.IGNORECASE,
)
_BODY = re.compile(r"post|entry|content|article|body|text|story|main|primary", re.IGNORECASE)
_INLINE = frozenset({"b", "strong", "i", "em", "span", "font", "u", "mark", "q", "small", "cite", "abbr", "ins", "sup"})


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or text between line breaks: the element that holds it, and its words outside links."""

    holder: HtmlElement
    text: str


def find_blocks(tree: HtmlElement) -> list[Block]:
    """Return the page's prose in document order, without what stands in comments, teasers and the like."""
    found = list(_blocks(tree, "p", "br"))
    if not found:
        # Some editors (WeChat's) write no paragraphs, only sections or spans with styles.
        found = list(_blocks(tree, "div", "section", "span", "td", "font"))
    return [block for block in found if not _is_of_others(block.holder)]


def region_beyond(text: str, blocks: list[Block]) -> HtmlElement | None:
    """Return the smallest element with the text and the prose that was cut off from it, None where little was.

    Prose belongs to the text when it stands in or around a holder of the text's own paragraphs, or in one of the same
    class. An element with several articles or main headings is refused: those are other articles.
    """
    own = " ".join(text.split())[:_MOST_TEXT]
    had = [block for block in blocks if block.text[:_START] in own]
    share = sum(len(block.text) for block in had)
    if share < _LITTLE and share < _LEAST_HAD * sum(len(block.text) for block in blocks):
        region = _region_of_most(blocks)
        return region if region is not None and not _holds_several(region) else None
    holders = {block.holder for block in had}
    classes = {(holder.tag, name) for holder in holders for name in (holder.get("class") or "").split()}
    crowded = {holder for holder, count in Counter(block.holder for block in blocks).items() if count >= _CHUNK}
    missing = [
        block
        for block in blocks
        if block.text[:_START] not in own
        and (
            (
                block.holder in crowded
                and any((block.holder.tag, name) in classes for name in (block.holder.get("class") or "").split())
            )
            or not holders.isdisjoint(_above(block.holder))
        )
    ]
    if sum(len(block.text) for block in missing) < _MISSING * len(own):
        return None
    region = _common([*holders, *(block.holder for block in missing)])
    return region if region is not None and not _holds_several(region) else None


def isolate(region: HtmlElement) -> HtmlElement:
    """Return a page that has a copy of the region for its only article.

    Names by which trafilatura would take one part of it for the whole are dropped, and from what holds several
    paragraphs all names: it may be called hidden until the page's scripts have run.
    """
    article = deepcopy(region)
    article.tail = None
    for element in article.iter("div", "section", "main", "article"):
        element.tag = "div"
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _BODY.search(names) or (
            sum(child.tag == "p" for child in element) > _CHUNK and not _OF_OTHERS.search(names)
        ):
            element.attrib.clear()
        element.attrib.pop("itemprop", None)
        element.attrib.pop("role", None)
    article.tag = "article"
    article.attrib.clear()
    page = fromstring("<html><body></body></html>")
    page[0].append(article)
    return page


def _region_of_most(blocks: list[Block]) -> HtmlElement | None:
    """Return the smallest element with four fifths of the page's prose, None for a page without any."""
    sums: dict[HtmlElement, int] = {}
    for block in blocks:
        for element in _above(block.holder):
            sums[element] = sums.get(element, 0) + len(block.text)
    enough = sum(len(block.text) for block in blocks) * _SHARE
    # Those that hold enough are nested in each other, and a block's own ancestors come from the inside.
    least = min((length for length in sums.values() if length >= enough), default=0)
    return next((element for element, length in sums.items() if length == least), None) if least else None


def _blocks(tree: HtmlElement, *tags: str) -> Iterator[Block]:
    seen: set[HtmlElement] = set()
    for element in tree.iter(*tags):
        block = element.getparent() if element.tag == "br" else element
        if block is None or block in seen:
            continue
        seen.add(block)
        if len(seen) > _MOST_BLOCKS:
            return
        text = " ".join(" ".join(_unlinked(block)).split())
        if len(text) >= (_DENSE_PROSE if is_dense(text) else _PROSE):
            holder = block if element.tag == "br" else block.getparent()
            yield Block(block if holder is None else holder, text)


def _unlinked(block: HtmlElement) -> Iterator[str]:
    """Yield the text of a block itself and of what is inline in it, but not that of links."""
    if block.text:
        yield block.text
    for child in block:
        if child.tag in _INLINE:
            yield from islice(child.itertext(), _MOST_INSIDE)
        if child.tail:
            yield child.tail


def _above(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the element and its nearest ancestors, from the inside."""
    for _ in range(_CLIMB):
        yield element
        parent = element.getparent()
        if parent is None:
            return
        element = parent


def _is_of_others(holder: HtmlElement) -> bool:
    near = (element for element, _ in zip(_above(holder), range(_NEAR), strict=False))
    return any(
        element.tag not in ("html", "body")
        and _OF_OTHERS.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        for element in near
    )


def _common(elements: Iterable[HtmlElement]) -> HtmlElement | None:
    """Return the nearest element that all of these stand in."""
    common: list[HtmlElement] | None = None
    for element in elements:
        above = list(_above(element))
        if common is None:
            common = above
        else:
            kept = set(above)
            common = [one for one in common if one in kept]
    return common[0] if common else None


def _holds_several(region: HtmlElement) -> bool:
    return sum(1 for _ in region.iter("h1")) > 1 or sum(1 for _ in region.iter("article")) > 1
