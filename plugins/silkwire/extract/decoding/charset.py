"""Bytes to text: which charset a page is really in, decided by evidence, since header, meta and content disagree.

The order is that of browsers (WHATWG encoding sniffing: BOM, header, meta), but a label is believed only where the
bytes agree: a strict decode must succeed and give what looks like writing, and bytes that are mostly UTF-8 beyond ASCII
are UTF-8 whatever is said. Text that was encoded twice is left as it is.
"""

import codecs
import re

from charset_normalizer import from_bytes

from silkwire.extract.decoding.plausibility import is_turkish, looks_right

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
    "utf8": "utf-8",
    "koi8-r": "koi8_u",  # the same but for box drawings
    "koi8": "koi8_u",
    "x-euc-jp": "euc_jp",
    "euc-jp": "euc_jp",
    "windows-949": "cp949",
}

_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.+-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w:.+-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.+-]+)", re.IGNORECASE)
_META_WITHIN = 32_768  # bytes; the standard says 1024, real pages put scripts before it
_NO_META = re.compile(
    rb"<!--.*?(?:-->|\Z)|<script\b.*?(?:</script|\Z)|<style\b.*?(?:</style|\Z)", re.IGNORECASE | re.DOTALL
)
# Each branch may end with the page, and a tag at the next: else what is left open is searched again from every `<`.
_TAGS = re.compile(
    rb"<script\b.*?(?:</script|\Z)|<style\b.*?(?:</style|\Z)|<[^<>]*(?:>|(?=<)|\Z)", re.IGNORECASE | re.DOTALL
)
_TAGS_OF_TEXT = re.compile(_TAGS.pattern.decode(), re.IGNORECASE | re.DOTALL)
_BEYOND_ASCII_TEXT = re.compile(r"[^\x00-\x7f]")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_SAMPLE = 20_000  # bytes of text without mark-up that are weighed
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_NULS = 0.1  # share of NULs at even or odd places in UTF-16, whose mark-up is half NULs
_FEW_BROKEN = 0.002  # share of bytes that may be broken in text that is otherwise in the charset it names
# What a Russian page without a label is in; charset-normalizer is asked within these, so that it can't answer with
# Macintosh or EBCDIC code pages, which the web doesn't use.
_CANDIDATES = [
    *("cp1251", "koi8_u", "cp866", "iso8859_5", "gb18030", "big5hkscs", "cp932", "euc_jp", "cp949", "cp1252"),
    *("cp1254", "cp1256", "cp1253", "cp1255", "iso8859_6"),
]


def decode_html(body: bytes, content_type: str) -> str:
    """Return the text of an HTML page; never raises, whatever the bytes.

    `content_type` is the HTTP header (may be empty). Where nothing fits, bytes that cannot be read become U+FFFD.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    text = _decode_utf16(body) or _decode_utf8(body)
    if text is not None:
        return text
    labels = _labels(body, content_type)
    for encoding in labels:
        text = _decode_as_labelled(body, encoding)
        if text is not None:
            return text
    encoding = _by_evidence(body) or (labels[0] if labels else "utf-8")
    return _decode_turkish(body, encoding) or body.decode(encoding, "replace")


def _decode_utf16(body: bytes) -> str | None:
    """UTF-16 without a mark: no label can be read in it, but every other byte of its mark-up is NUL."""
    head = body[:2000]
    if head.count(0) < len(head) * _NULS:
        return None
    odd, even = head[1::2].count(0), head[::2].count(0)
    if min(odd, even) * 10 > max(odd, even):
        return None
    return body.decode("utf-16-le" if odd > even else "utf-16-be", "replace")


def _decode_utf8(body: bytes) -> str | None:
    """UTF-8 proves itself: other encodings' text hardly ever passes the strict decoder. ISO-2022 hides in ASCII."""
    if b"\x1b$B" in body or b"\x1b$@" in body:
        try:
            return body.decode("iso2022_jp_ext")
        except UnicodeDecodeError:
            return None
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        # A body cut off by the size cap, in the middle of a character, is UTF-8 none the less.
        if error.start >= len(body) - 3 and not body[: error.start].isascii():
            return body[: error.start].decode("utf-8")
    # A few bytes of another charset in a page of UTF-8: a comment, a counter, a quotation.
    text = body.decode("utf-8", "replace")
    return text if text.count("\ufffd") * 3 < len(_MULTIBYTE.findall(body)) else None


def _labels(body: bytes, content_type: str) -> list[str]:
    """Return the encodings that the header, the meta element and the XML declaration name, known ones, each once."""
    head = _NO_META.sub(b" ", body[:_META_WITHIN])
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
    text = body.decode(encoding, "replace")
    if text.count("\ufffd") > max(1, len(body) * _FEW_BROKEN) or not looks_right(_words(text), encoding):
        return None
    return _decode_turkish(body, encoding) or text


def _decode_turkish(body: bytes, encoding: str) -> str | None:
    """Read as windows-1254 what is said to be Latin-1, where its Icelandic letters are Turkish ones."""
    if encoding != "cp1252":
        return None
    text = body.decode("cp1254", "replace")
    return text if is_turkish(text) else None


def _words(text: str) -> str:
    """Return the text without mark-up, from shortly before the first character beyond ASCII."""
    words = _TAGS_OF_TEXT.sub(" ", text)
    start = next((found.start() for found in _BEYOND_ASCII_TEXT.finditer(words)), 0)
    return words[max(0, start - 200) : start + _SAMPLE]


def _by_evidence(body: bytes) -> str | None:
    """Return the charset whose decoding of the page's own words looks like a language, by charset-normalizer."""
    words = b" ".join(_TAGS.sub(b" ", body).split())
    start = next((found.start() for found in _BEYOND_ASCII.finditer(words)), 0)
    sample = words[max(0, start - 200) : start + _SAMPLE]
    best = from_bytes(sample, cp_isolation=_CANDIDATES, threshold=0.35, enable_fallback=False).best()
    return best.encoding if best else None
