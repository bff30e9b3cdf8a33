"""JSON-LD as pages really write it: wrapped in comments, twice escaped, cut short, several documents in one block."""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from lxml.html import HtmlElement

Node = Mapping[str, Any]

# Where a page lists other articles: their dates and headlines are not its own.
_OF_OTHERS = frozenset(
    {"itemListElement", "hasPart", "relatedLink", "isPartOf", "citation", "mentions", "video", "image", "comment"}
)
_DEEPEST = 6
_MOST_NODES, _MOST_ITEMS = 2000, 200
_LARGEST = 2_000_000  # characters of one block; an article with its whole text has some ten thousands
_OPENINGS = ("<!--", "<![CDATA[", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */")
_CLOSINGS = ("-->", "]]>", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", ";")
# A string, or what stands outside strings though JSON knows no such thing: comments, and commas before a bracket.
# What is never closed reaches to the end, so that each character is looked at once.
_OUTSIDE = re.compile(r'("(?:[^"\\]|\\.)*(?:"|\\?\Z))|//[^\n]*|/\*.*?(?:\*/|\Z)|,(?=\s*[}\]])', re.DOTALL)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_DECODER = json.JSONDecoder(strict=False)  # line breaks inside strings are common


def read_json_ld(tree: HtmlElement) -> tuple[list[Node], tuple[str, ...]]:
    """Return every typed object of a page's JSON-LD, in order, and the blocks that no mending makes JSON.

    Objects in lists of other articles are left out; what is nested deeper than six levels is not looked at.
    """
    nodes: list[Node] = []
    broken: list[str] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower().split(";")[0] != "application/ld+json":
            continue
        block = _unwrapped((script.text or "")[:_LARGEST])
        documents = _documents(block)
        if not documents and block:
            broken.append(block)
        for document in documents:
            nodes.extend(_nodes(document, 0))
    return nodes[:_MOST_NODES], tuple(broken)


def linked(node: Node, by_id: Mapping[str, Node]) -> Node:
    """Return a node whose references ({"@id": …} and nothing to read) are replaced by the objects they name."""
    return {key: _followed(value, by_id, 0) for key, value in node.items()}


def by_identity(nodes: list[Node]) -> dict[str, Node]:
    """Return the nodes by their @id; the fullest where two have one."""
    found: dict[str, Node] = {}
    for node in nodes:
        key = node.get("@id")
        if isinstance(key, str) and len(node) > len(found.get(key, ())):
            found[key] = node
    return found


def is_a(node: Node, *kinds: str) -> bool:
    """Whether an object's type, or one of its types, ends in one of `kinds`; types may be written as addresses."""
    declared = node.get("@type")
    listed = declared if isinstance(declared, list) else [declared]
    return any(isinstance(kind, str) and kind.endswith(kinds) for kind in listed)


def _followed(value: object, by_id: Mapping[str, Node], depth: int) -> object:
    if isinstance(value, list) and depth < _DEEPEST:
        return [_followed(item, by_id, depth + 1) for item in value[:_MOST_ITEMS]]
    if isinstance(value, dict) and not value.keys() & {"name", "url"}:
        key = value.get("@id")
        return by_id.get(key, value) if isinstance(key, str) else value
    return value


def _unwrapped(block: str) -> str:
    block = block.strip().strip("\ufeff")
    for opening in _OPENINGS:
        block = block.removeprefix(opening).lstrip()
    for closing in _CLOSINGS * 2:
        block = block.removesuffix(closing).rstrip()
    return block


def _documents(block: str) -> list[object]:
    """Parse a block; where it is no JSON, mend one fault after another, from the most to the least frequent."""
    mended = block
    for mend in (None, _without_extras, _escapes_doubled, unescape):
        mended = mend(mended) if mend else mended
        try:
            return [_DECODER.decode(mended)]
        except (ValueError, RecursionError):
            documents = _in_a_row(mended)
        if documents:
            return documents
    return []


def _without_extras(block: str) -> str:
    return _OUTSIDE.sub(lambda found: found[1] or "", block)


def _escapes_doubled(block: str) -> str:
    r"""Make an escape that JSON does not know (\' and \x and \d) a plain character."""
    return _BAD_ESCAPE.sub("", block)


def _in_a_row(block: str) -> list[object]:
    """Return documents written one after another, up to the first that is broken."""
    documents: list[object] = []
    position = 0
    while position < len(block) and len(documents) < _MOST_ITEMS:
        try:
            document, position = _DECODER.raw_decode(block, position)
        except (ValueError, RecursionError):
            break
        if not isinstance(document, dict | list):
            break
        documents.append(document)
        while position < len(block) and block[position] in " \t\r\n,;":
            position += 1
    return documents


def _nodes(value: object, depth: int) -> Iterator[Node]:
    """Every typed object of a document that is not part of a list of other articles."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value[:_MOST_ITEMS]:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for key, inner in value.items():
            if key not in _OF_OTHERS and isinstance(inner, dict | list):
                yield from _nodes(inner, depth + 1)
