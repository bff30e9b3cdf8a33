"""What a body is, by its first bytes: servers mislabel feeds, pages and PDFs alike.

A small part of the WHATWG's MIME Sniffing standard (https://mimesniff.spec.whatwg.org/, sections 6 and 7), with feeds
added. What a server says only decides between readings that the bytes leave open.
"""

import re
from enum import StrEnum


class Sniffed(StrEnum):
    """What a body is."""

    HTML = "html"
    XML = "xml"  # a feed, a sitemap or another XML document
    JSON = "json"
    PDF = "pdf"
    IMAGE = "image"
    BINARY = "binary"  # audio, video, archives, fonts and whatever else is no text
    TEXT = "text"


_HEAD = 1445  # bytes the standard looks at
_MARKUP_HEAD = 2**14  # a page may begin with a licence in a comment
_SPACE = b" \t\n\x0c\r"
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")

_IMAGES = (
    *(b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM", b"\x00\x00\x01\x00", b"\x00\x00\x02\x00"),
    *(b"II*\x00", b"MM\x00*"),
)
# Bytes that no text has: controls other than tab, line ends, form feed and escape.
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")

_PREAMBLE = re.compile(rb"(?:\s+|<!--.*?-->|<\?.*?\?>|<!doctype(?!\s+html)[^>\[]*>)+", re.DOTALL | re.IGNORECASE)
_HTML_ROOT = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|iframe|main|article|section|div|table|font|form"
    rb"|h1|h2|p|a|b|br|ul|center|span)[\s>/]",
    re.IGNORECASE,
)
_FEED_ROOT = re.compile(rb"<(?:rss|feed|atom:feed|rdf:RDF|urlset|sitemapindex|opml)[\s>]", re.IGNORECASE)
_XML_START = re.compile(rb"<\?xml\s|<!doctype(?!\s+html)|<rss[\s>]|<feed\s|<rdf:RDF\s|<urlset[\s>]", re.IGNORECASE)
_HTML_ANYWHERE = re.compile(rb"<(?:!doctype\s+html|html|body)[\s>]", re.IGNORECASE)
_JSON_START = re.compile(rb"\{\s*[\"}]|\[\s*[\[{\"\]]")

# Types that are never worth reading; any other may be text under a wrong name.
_NEVER_TEXT = re.compile(
    r"(?:image/(?!svg)|video/|audio/|font/|model/)"
    r"|application/(?:pdf|zip|gzip|x-gzip|x-tar|x-rar|vnd\.rar|x-7z|x-bzip|epub|msword|vnd\.ms-|vnd\.openxmlformats"
    r"|vnd\.android|java-archive|x-shockwave-flash|x-msdownload|wasm|ogg|mp4|x-apple-diskimage)",
    re.IGNORECASE,
)


def may_be_text(content_type: str) -> bool:
    """Say whether a body of this Content-Type is worth reading: a wrong or missing type may hide a page."""
    return _NEVER_TEXT.match(content_type.strip()) is None


def sniff(content_type: str, body: bytes) -> Sniffed:
    """Tell what `body` is; the Content-Type counts only where the bytes leave it open."""
    name = content_type.partition(";")[0].strip().lower()
    head = body[:_MARKUP_HEAD]
    if head.startswith(_UTF16):
        head = head.decode("utf-16-be" if head[0] in (0, 0xFE) else "utf-16-le", "ignore").encode()
    head = head.removeprefix(b"\xef\xbb\xbf")
    start = head.lstrip(_SPACE)
    if start.startswith(b"<"):
        return _sniff_markup(start, name)
    if start.startswith(b"%PDF-"):
        return Sniffed.PDF
    if _NO_TEXT.search(head[:_HEAD]):
        return _sniff_binary(head)
    if _JSON_START.match(start):
        return Sniffed.JSON
    return _by_name(name) or _by_content(head)


def _sniff_markup(start: bytes, name: str) -> Sniffed:
    preamble = _PREAMBLE.match(start)
    root = start[preamble.end() :] if preamble else start
    if _HTML_ROOT.match(root):
        return Sniffed.HTML
    if _FEED_ROOT.match(root):
        return Sniffed.XML
    if re.match(rb"<svg[\s>]", root, re.IGNORECASE):
        return Sniffed.IMAGE
    if _XML_START.match(start):
        return Sniffed.XML
    # A comment that goes on, or an element that both kinds of document have.
    return _by_name(name) or (Sniffed.HTML if start.startswith(b"<!--") else _by_content(start))


def _sniff_binary(head: bytes) -> Sniffed:
    is_webp = head.startswith(b"RIFF") and head[8:14] == b"WEBPVP"
    is_heif = head[4:12] in (b"ftypavif", b"ftypheic", b"ftypmif1")
    return Sniffed.IMAGE if is_webp or is_heif or head.startswith(_IMAGES) else Sniffed.BINARY


def _by_name(name: str) -> Sniffed | None:
    if "html" in name:
        return Sniffed.HTML
    if name.endswith(("/xml", "+xml", "/rss", "/atom")):
        return Sniffed.XML
    return Sniffed.JSON if name.endswith(("/json", "+json")) else None


def _by_content(head: bytes) -> Sniffed:
    """Look past what should not be there, such as a program's warnings before the page."""
    if _HTML_ANYWHERE.search(head):
        return Sniffed.HTML
    return Sniffed.XML if _FEED_ROOT.search(head) else Sniffed.TEXT
