"""Bytes to a tree, parsed once for every consumer."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from silkwire.extract.decoding.charset import decode_html

_OTHER_FORMATS = ("%PDF-", "{", "PK\x03\x04", "GIF8", "\x89PNG", "\ufffdPNG", "RIFF")  # said to be HTML
_REFUSED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def parse_page(body: bytes, content_type: str) -> HtmlElement | None:
    """Parse an HTML page; None for what holds no element. `content_type` is the HTTP header."""
    html = decode_html(body, content_type)
    if "<" not in html or html.startswith(_OTHER_FORMATS):
        return None
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = document_fromstring(storable(html).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return tree if isinstance(tree, HtmlElement) else None


def storable(text: str) -> str:
    """Without what PostgreSQL and UTF-8 refuse: NULs (libxml2 stops there) and halves of surrogate pairs."""
    return _REFUSED.sub("", text)
