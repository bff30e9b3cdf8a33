"""What a feed says in HTML, as the plain text a person reads: for titles, summaries and names."""

import re
from html import unescape

_LONGEST_INPUT = 100_000  # characters; a summary is cut at 2,000 of text
_INVISIBLE = re.compile(r"<(script|style|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|cite|em|font|i|mark|s|small|span|strong|sub|sup|u|wbr)\b[^<>]*>", re.IGNORECASE
)
_TAG = re.compile(r"</?[a-z!][^<>]*>|<!\[CDATA\[|\]\]>", re.IGNORECASE)
# Controls, zero-widths and bidi marks and overrides, which hide or reorder what a title says. The zero-width non-joiner
# and joiner stay: Persian, Kazakh in Arabic script and Indic words are spelled with them.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_LONE_JOINERS = re.compile(r"(?<![^\W\d_])[\u200c\u200d]+|[\u200c\u200d]+(?![^\W\d_])")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def plain(text: str, *, html: bool, cap: int | None = None) -> str:
    """Return `text` on one line, without tags and invisible characters, at most `cap` characters.

    `html` says that the text is mark-up: its tags go and its entities are decoded, once.
    """
    text = text[:_LONGEST_INPUT]
    if html:
        text = _INVISIBLE.sub(" ", text)
        text = _TAG.sub(" ", _INLINE.sub("", text))
        text = unescape(text)
    text = _SURROGATES.sub("\ufffd", _UNSEEN.sub("", text))
    text = " ".join(_LONE_JOINERS.sub("", text).split())
    return text if cap is None or len(text) <= cap else _shortened(text, cap)


def looks_like_html(text: str) -> bool:
    """Whether text that is declared plain is mark-up none the less, as most RSS titles and summaries may be."""
    return bool(_TAG.search(text)) or unescape(text) != text


def _shortened(text: str, cap: int) -> str:
    """Cut at a word's end where there is one near the cap, and show that something is missing."""
    cut = text[: cap - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > cap * 0.9 else cut).rstrip() + "…"
