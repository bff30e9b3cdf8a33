"""What a page needs before trafilatura reads it: old layouts made plain, and letters kept that it would drop."""

from copy import deepcopy

from lxml.html import HtmlElement

# trafilatura drops every character that is not printable, and with it the joiners that Persian, Kurdish and Indic words
# are spelled with. They travel as letters of Old Church Slavonic, which no news is written in.
_JOINERS = {"\u200c": "\u2e2f", "\u200d": "\ua67f"}
# Controls, which a page may spell as entities, are what lxml refuses to set again.
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))
_SHIELD = str.maketrans(_JOINERS) | _CONTROLS
_UNSHIELD = str.maketrans({stand_in: joiner for joiner, stand_in in _JOINERS.items()})

_BLOCKS = frozenset({"p", "div", "h1", "h2", "h3", "ul", "ol", "table", "br"})
_CELL_BLOCKS = 3  # a cell of data holds a word or a number, a cell of layout several paragraphs
_TABLE_PARTS = frozenset({"table", "tbody", "thead", "tfoot", "tr", "td", "th"})


def prepare(tree: HtmlElement) -> HtmlElement:
    """Return a tree with the same text for trafilatura to read: `tree` itself, or a changed copy where that is needed.

    Tables that only lay out the page become divisions, so that paragraphs inside them stay paragraphs. Joiners are
    replaced, and `restore` brings them back.
    """
    layout = any(_is_layout(cell) for cell in tree.iter("td"))
    whole = "".join(tree.itertext())
    joiners = any(joiner in whole for joiner in _JOINERS)
    if not layout and not joiners:
        return tree
    tree = deepcopy(tree)
    if layout:
        _flatten_layout(tree)
    if joiners:
        for element in tree.iter():
            element.text = element.text.translate(_SHIELD) if element.text else element.text
            element.tail = element.tail.translate(_SHIELD) if element.tail else element.tail
    return tree


def restore(text: str) -> str:
    """Bring the joiners back into text that was read from a prepared tree."""
    return text.translate(_UNSHIELD)


def _is_layout(cell: HtmlElement) -> bool:
    return sum(child.tag in _BLOCKS for child in cell) >= _CELL_BLOCKS


def _flatten_layout(tree: HtmlElement) -> None:
    """Rename every table around a cell of layout, and its rows and cells, to divisions; tables of data stay."""
    for cell in [cell for cell in tree.iter("td") if _is_layout(cell)]:
        for element in (cell, *cell.iterancestors()):
            if element.tag == "table":
                _rename(element)


def _rename(table: HtmlElement) -> None:
    """Make divisions of a table's own parts, not of the tables inside its cells."""
    for element in (table, *table.iterdescendants()):
        owner = next((above for above in element.iterancestors() if above.tag == "table"), None)
        if element is table or (element.tag in _TABLE_PARTS - {"table"} and owner in (None, table)):
            element.set("data-was", element.tag)
    for element in (table, *table.iterdescendants()):
        if element.get("data-was"):
            element.tag = "div"
            del element.attrib["data-was"]
