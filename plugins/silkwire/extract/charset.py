"""Bytes to text: which charset a page is really in, decided by evidence, since header, meta and content disagree.

The order is that of browsers (WHATWG encoding sniffing: BOM, header, meta), but a label is believed only where the
bytes agree: a strict decode must succeed, and bytes that are strict UTF-8 beyond ASCII are UTF-8 whatever is said.
"""

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

# What a label means on the web (WHATWG Encoding Standard): pages that say gb2312 use characters of gb18030, pages that
# say iso-8859-1 use the quotation marks of windows-1252.
_MEANINGS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "chinese": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "win-1251": "cp1251",
    "x-cp1251": "cp1251",
    "unicode": "utf-8",
}

_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.+-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w:.+-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.+-]+)", re.IGNORECASE)
_META_WITHIN = 4096  # bytes; the standard says 1024, real pages put scripts before it
_TAGS = re.compile(rb"<script\b.*?</script|<style\b.*?</style|<[^>]*>", re.IGNORECASE | re.DOTALL)
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_SAMPLE = 20_000  # bytes of text without mark-up that are weighed
_RUNS = 5  # words that show mojibake
_FEW_BROKEN = 0.002  # share of bytes that may be broken in text that is otherwise in the charset it names
# What a Russian page without a label is in; charset-normalizer is asked within these, so that it can't answer with
# Macintosh or EBCDIC code pages, which the web doesn't use.
_CANDIDATES = [
    *("cp1251", "koi8_r", "cp866", "iso8859_5", "gb18030", "big5hkscs", "cp932", "euc_jp", "cp949", "cp1252"),
    *("cp1254", "cp1256", "cp1253", "cp1255"),
]


def decode_html(body: bytes, content_type: str) -> str:
    """Return the text of an HTML page; never raises, whatever the bytes.

    `content_type` is the HTTP header (may be empty). Where nothing fits, bytes that cannot be read become U+FFFD.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    strict = _decode_utf8(body)
    if strict is not None:
        return strict
    labels = _labels(body, content_type)
    for encoding in dict.fromkeys((*labels, "utf-8")):
        text = _decode_as_labelled(body, encoding)
        if text is not None:
            return text
    return body.decode(_by_evidence(body) or (labels[0] if labels else "utf-8"), "replace")


def _decode_utf8(body: bytes) -> str | None:
    """UTF-8 proves itself: other encodings' text hardly ever passes the strict decoder. ISO-2022 hides in ASCII."""
    if b"\x1b$" in body or b"\x1b(" in body:
        return None
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        # A body cut off by the size cap, in the middle of a character, is UTF-8 none the less.
        if error.start >= len(body) - 3 and not body[: error.start].isascii():
            return body[: error.start].decode("utf-8")
        return None


def _labels(body: bytes, content_type: str) -> list[str]:
    """Return the encodings that the header, the meta element and the XML declaration name, known ones, each once."""
    head = body[:_META_WITHIN]
    header, meta, xml = _HEADER.search(content_type), _META.search(head), _XML.match(head)
    named = [header[1] if header else "", *(match[1].decode("ascii") if match else "" for match in (meta, xml))]
    return list(dict.fromkeys(encoding for name in named if (encoding := _known(name))))


def _known(name: str) -> str | None:
    """Return the Python codec that a label means, or None for an unknown label or one that is no text encoding."""
    name = _MEANINGS.get(name.lower(), name.lower())
    try:
        codec = codecs.lookup(name)
        b"a".decode(name)  # fails for `hex` and others that are no text encodings
    except (LookupError, UnicodeError, ValueError, TypeError):
        return None
    # Read as ASCII the meta element was found, so it can't be UTF-16 (WHATWG says the same).
    return None if codec.name.startswith(("utf-16", "utf-32", "utf-7", "idna", "punycode", "unicode", "raw")) else name


def _decode_as_labelled(body: bytes, encoding: str) -> str | None:
    """Decode as a label says, where the bytes agree: without any error, or with a few broken ones in a big page.

    A single-byte code page never contradicts anything but by the look of its result, so that is left to the evidence
    when what it gives is not text.
    """
    try:
        text = body.decode(encoding)
    except (UnicodeDecodeError, ValueError):
        text = body.decode(encoding, "replace")
        return text if 0 < text.count("\ufffd") <= len(body) * _FEW_BROKEN else None
    return text if not _is_mojibake(text, encoding) else None


def _is_mojibake(text: str, encoding: str) -> bool:
    """Tell windows-1251 read as windows-1252 (Ïðåçèäåíò): Latin vowels with marks in runs that no language has."""
    if encoding not in ("cp1252", "cp1254", "iso8859-15"):
        return False
    runs = len(re.findall(r"[À-ÿ]{4,}", text))
    return runs >= _RUNS and runs * 2 > len(re.findall(r"[À-ÿ]+", text))


def _by_evidence(body: bytes) -> str | None:
    """Return the charset whose decoding of the page's own words looks like a language, by charset-normalizer."""
    words = b" ".join(_TAGS.sub(b" ", body).split())
    start = next((found.start() for found in _BEYOND_ASCII.finditer(words)), 0)
    sample = words[max(0, start - 200) : start + _SAMPLE]
    best = from_bytes(sample, cp_isolation=_CANDIDATES, threshold=0.35, enable_fallback=False).best()
    return best.encoding if best else None
