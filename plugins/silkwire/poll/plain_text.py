"""What a feed says in HTML, as the plain text a person reads: for titles, names, summaries and full texts."""

import re
from html import unescape

SUMMARY_CAP = 2_000
CONTENT_CAP = 50_000
_LONGEST_INPUT = 100_000  # characters; a summary is cut at 2,000 of text
_LONGEST_CONTENT = 400_000  # the same of a full text
_ENOUGH, _MARGIN = 3, 200  # a text is usually a third of its mark-up; what is cut off may spoil the end
_INVISIBLE = re.compile(r"<(script|style|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_PARAGRAPH = "\x00"  # never in a text: it's no character of XML, and JSON's goes before
_NAMED_TAG = re.compile(r"</?([a-z!][a-z0-9]*)[^<>]*>|<!\[CDATA\[|\]\]>", re.IGNORECASE)
_BLOCKS = (
    "address article aside blockquote br caption center dd details div dl dt fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_INLINES = "a abbr b bdi cite em font i mark s small span strong sub sup u wbr"
_INLINE = re.compile(rf"</?(?:{_INLINES.replace(' ', '|')})\b[^<>]*>", re.IGNORECASE)
_STANDS_FOR = dict.fromkeys(_BLOCKS.split(), _PARAGRAPH) | dict.fromkeys(_INLINES.split(), "")
_TAG = re.compile(r"</?[a-z!][^<>]*>|<!\[CDATA\[|\]\]>", re.IGNORECASE)
# Controls, zero-widths and bidi marks and overrides, which hide or reorder what a title says. The zero-width non-joiner
# and joiner stay: Persian, Kazakh in Arabic script and Indic words are spelled with them.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    r"\U000e0000-\U000e007f]"
)
_LONE_JOINERS = re.compile(r"(?<![^\W\d_])[\u200c\u200d]+|[\u200c\u200d]+(?![^\W\d_])")
_ODD = re.compile(_UNSEEN.pattern.removesuffix("]") + r"\u200c\u200d\ud800-\udfff]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def plain(text: str, *, html: bool, cap: int | None = None) -> str:
    """Return `text` on one line, without tags and invisible characters, at most `cap` characters.

    `html` says that the text is mark-up: its tags go and its entities are decoded, once.
    """
    if cap is not None and len(text) > cap * _ENOUGH:
        beginning = plain(text[: cap * _ENOUGH], html=html)
        if len(beginning) > cap + _MARGIN:
            return _shortened(beginning, cap)
    text = text[:_LONGEST_INPUT]
    if html:
        text = _INVISIBLE.sub(" ", text)
        text = _TAG.sub(" ", _INLINE.sub("", text))
        text = unescape(text)
    text = _tidy(text)
    return text if cap is None or len(text) <= cap else _shortened(text, cap)


def paragraphs(text: str, *, html: bool, cap: int = CONTENT_CAP) -> str:
    """Return `text` with a paragraph a line, else as `plain` does. The lines of mark-up are its block elements."""
    text = text[:_LONGEST_CONTENT].replace(_PARAGRAPH, "")
    if html:
        text = _NAMED_TAG.sub(_in_place_of, _INVISIBLE.sub(" ", text))
        lines = unescape(text).split(_PARAGRAPH)
    else:
        lines = text.splitlines()
    lines = [line for line in (_tidy(line) for line in lines) if line]
    text = "\n".join(lines)
    return text if len(text) <= cap else _shortened(text, cap)


def looks_like_html(text: str) -> bool:
    """Whether text that is declared plain is mark-up none the less, as most RSS titles and summaries may be."""
    return bool(_TAG.search(text)) or unescape(text) != text


def _in_place_of(tag: re.Match[str]) -> str:
    return _STANDS_FOR.get((tag[1] or "").lower(), " ")


def _tidy(text: str) -> str:
    if not text.isprintable() and _ODD.search(text):
        text = _LONE_JOINERS.sub("", _SURROGATES.sub("\ufffd", _UNSEEN.sub("", text)))
    return " ".join(text.split())


def _shortened(text: str, cap: int) -> str:
    """Cut at a word's end where there is one near the cap, and show that something is missing."""
    cut = text[: cap - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > cap * 0.9 else cut).rstrip() + "…"
