"""What a page needs before trafilatura reads it: what is no text cut off, old layouts made plain, letters kept."""

import re
from copy import deepcopy
from itertools import islice

from lxml.etree import strip_elements
from lxml.html import HtmlElement, document_fromstring, tostring

from silkwire.extract.density import is_dense

# trafilatura drops every character that is not printable, and with it the joiners that Persian, Kurdish and Indic words
# are spelled with. They travel as letters of Old Church Slavonic, which no news is written in.
_JOINERS = {"\u200c": "\u2e2f", "\u200d": "\ua67f"}
# Controls, which a page may spell as entities, are what lxml refuses to set again.
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))
_SHIELD = str.maketrans(_JOINERS) | _CONTROLS
_UNSHIELD = str.maketrans({stand_in: joiner for joiner, stand_in in _JOINERS.items()})

# trafilatura deletes all of these, after it has searched them several times; without them it takes a quarter less time.
_NO_TEXT = (
    *("script", "style", "noscript", "template", "head", "link", "meta", "svg", "math", "canvas", "picture", "source"),
    *("video", "audio", "iframe", "object", "embed", "button", "select", "input", "textarea"),
)
# It deletes these as well; they are few, and some of them hold an article, which it then looks for elsewhere.
_RARELY_TEXT = (
    *("label", "time", "option", "rp", "rt", "noindex", "track", "area", "map", "progress", "output", "fieldset"),
)
_SWALLOWING = ("button", "svg", "picture", "video", "audio", "iframe", "object", "select")
_MARGINS = ("nav", "aside", "footer", "menu", "dialog")
_BLOCKS = frozenset({"p", "div", "h1", "h2", "h3", "ul", "ol", "table", "br"})
_CELL_BLOCKS = 3  # a cell of data holds a word or a number, a cell of layout several paragraphs
_ABOVE_CELL = 3  # tr, tbody, table
_TABLE_PARTS = ("table", "tbody", "thead", "tfoot", "tr", "td", "th")
_SIGNS = re.compile(r"[\W\d_]+")
_MOST_CUTS = 3_000
_MOST_ELEMENTS = 12_000  # the longest of 1,700 real pages has 10,000, half of them have less than 300
_MOST_MARGINS = 50
_LARGE_ITEM = 60  # elements; a headline with its picture has some ten
_LINKED_ITEMS = 2
_LINKED_SHARE = 0.75  # of a list's text; what is left are dates and dots
_HEADLINE, _DENSE_HEADLINE = 22, 8  # letters; shorter items are names in a text, or a navigation trafilatura knows


def prepare(tree: HtmlElement) -> HtmlElement:
    """Return a copy of the tree for trafilatura to read, with the article's text and less of anything else.

    Tables that only lay out the page become divisions, so that paragraphs inside them stay paragraphs; lists of linked
    headlines go. Joiners are replaced, and `restore` brings them back.
    """
    tree = deepcopy(tree)
    _keep_swallowed(tree)
    scattered = next(islice(tree.iter(*_MARGINS, *_NO_TEXT, *_RARELY_TEXT), _MOST_CUTS, None), None) is not None
    strip_elements(tree, *_MARGINS, *_NO_TEXT, *(_RARELY_TEXT if scattered else ()), with_tail=False)
    if scattered:
        # What stood between the elements is now text in thousands of pieces, which libxml2 joins anew at each reading.
        tree = document_fromstring(tostring(tree))
    _cut_short(tree)
    _flatten_layout(tree)
    _flatten_items(tree)
    _cut_linked_lists(tree)
    _cut_details(tree)
    whole = "".join(tree.itertext())
    if any(joiner in whole for joiner in _JOINERS):
        for element in tree.iter():
            element.text = element.text.translate(_SHIELD) if element.text else element.text
            element.tail = element.tail.translate(_SHIELD) if element.tail else element.tail
    return tree


def _cut_short(tree: HtmlElement) -> None:
    """Drop what follows the last element that is looked at: reading takes a fifth of a millisecond for each."""
    last = next(islice(tree.iter(), _MOST_ELEMENTS, None), None)
    if last is None:
        return
    for element in (last, *last.iterancestors()):
        for sibling in list(element.itersiblings()):
            # Its tail goes with it: text that is joined again and again takes time by the square.
            sibling.getparent().remove(sibling)


def _keep_swallowed(tree: HtmlElement) -> None:
    """Make a division of what would be cut and holds half of the page's paragraphs: left open, it swallowed them.

    A margin is kept only with a heading or an article inside; no button, picture or player has paragraphs of its own.
    """
    for names, inside in ((_MARGINS, (".//h1", ".//article")), (_SWALLOWING, (".//p",))):
        found = [(part, _written(part)) for part in islice(tree.iter(*names), _MOST_MARGINS)]
        most = max((written for _, written in found), default=0)
        if most and most * 2 > _written(tree):
            for part, written in found:
                if written == most and any(part.find(path) is not None for path in inside):
                    part.tag = "div"


def _written(element: HtmlElement) -> int:
    return sum(len(paragraph.text or "") for paragraph in element.iter("p"))


def link_texts(tree: HtmlElement) -> frozenset[str]:
    """Return the texts of a prepared page's links that are as long as headlines, each on one line, joiners restored."""
    texts = (restore(" ".join("".join(link.itertext()).split())) for link in tree.iter("a") if link.get("href"))
    return frozenset(text for text in texts if len(text) >= _DENSE_HEADLINE)


def restore(text: str) -> str:
    """Bring the joiners back into text that was read from a prepared tree."""
    return text.translate(_UNSHIELD)


def _is_layout(cell: HtmlElement) -> bool:
    return sum(child.tag in _BLOCKS for child in cell) >= _CELL_BLOCKS


def _flatten_layout(tree: HtmlElement) -> None:
    """Rename every table around a cell of layout, and its rows and cells, to divisions; tables of data stay."""
    layouts: set[HtmlElement] = set()
    for cell in tree.iter("td"):
        if _is_layout(cell):
            for above in cell.iterancestors("table"):
                if above in layouts:
                    break
                layouts.add(above)
    if not layouts:
        return
    parts = [part for part in tree.iter(*_TABLE_PARTS) if part in layouts or _table_of(part) in layouts]
    for part in parts:
        part.tag = "div"


def _table_of(part: HtmlElement) -> HtmlElement | None:
    """Return the table a row or a cell belongs to, None for a table and for a stray cell."""
    above = part.getparent() if part.tag != "table" else None
    for _ in range(_ABOVE_CELL):
        if above is None or above.tag == "table":
            return above
        above = above.getparent()
    return None


def _flatten_items(tree: HtmlElement) -> None:
    """Make divisions of lists whose items hold paragraphs: a page laid out in columns, or an article in an item."""
    for item in list(tree.iter("li")):
        if sum(child.tag == "p" for child in item) >= _CELL_BLOCKS or any(
            sum(child.tag == "p" for child in part) >= _CELL_BLOCKS for part in item if part.tag == "div"
        ):
            item.tag = "div"
            listing = item.getparent()
            if listing is not None and listing.tag in ("ul", "ol"):
                listing.tag = "div"


def _cut_linked_lists(tree: HtmlElement) -> None:
    """Drop lists whose every item is a linked headline: they lead to other articles, wherever they stand."""
    for listing in list(tree.iter("ul", "ol")):
        items = [child for child in listing if child.tag == "li"]
        if len(items) >= _LINKED_ITEMS and all(map(_is_linked_headline, items)):
            listing.drop_tree()


def _cut_details(tree: HtmlElement) -> None:
    """Drop the list above an article of Joomla: who wrote it, in what section, how often it was read."""
    for details in list(tree.iter("dl")):
        if "article-info" in (details.get("class") or ""):
            details.drop_tree()


def _is_linked_headline(item: HtmlElement) -> bool:
    if sum(1 for _ in islice(item.iter(), _LARGE_ITEM)) == _LARGE_ITEM:
        return False
    # An anchor without an address that was left open swallows paragraphs.
    links = _letters("".join("".join(link.itertext()) for link in item.iter("a") if link.get("href")))
    if len(links) < _DENSE_HEADLINE:
        return False
    text = _letters("".join(item.itertext()))
    return len(links) >= (_DENSE_HEADLINE if is_dense(text) else _HEADLINE) and len(links) >= _LINKED_SHARE * len(text)


def _letters(text: str) -> str:
    return _SIGNS.sub("", text)
