"""Short texts of a page - titles, names - as one line, and made comparable."""

import re
import unicodedata

from lxml.html import HtmlElement

from silkwire.extract.density import DENSE

_FORMAT = re.compile(r"[\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Elements that run on within a word; every other one parts two words.
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "em", "font", "i", "mark", "q", "s", "small", "strong", "sub", "sup", "u"}
)
_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "button", "form"})
# A seam leaves a space before a comma; French has one of its own before the colon, so that stays.
_BEFORE_STOP = re.compile(r"(?<=\w) (?=[,.](?:\s|$))")
_STEM = re.compile(rf"(?=([{DENSE}]{{2}}))|(?<!\w)([^\W\d_{DENSE}]{{3,5}})")
_LONGEST = 2000  # characters of a line worth reading


def one_line(value: object) -> str:
    """Return a text with its spaces folded; empty for what is no text."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def visible(text: str) -> str:
    """Return a line without soft hyphens, marks of direction and other invisible characters."""
    return " ".join(_FORMAT.sub("", text).split())


def key_of(text: str) -> str:
    """Letters and digits only, case folded: what two spellings of one title have in common."""
    text = text[:_LONGEST]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return "".join(filter(str.isalnum, text.casefold()))


def stems(text: str) -> frozenset[str]:
    """Return the beginnings of a line's words, which inflected forms share; of East Asian ones each two characters."""
    return frozenset(pair or word for pair, word in _STEM.findall(text[:_LONGEST].casefold()))


def text_of(element: HtmlElement) -> str:
    """Return an element's text in one line, as a reader sees it: a line break parts two words, an emphasis does not."""
    parts: list[str] = []
    _gather(element, parts, 0)
    return _BEFORE_STOP.sub("", " ".join("".join(parts).split()))


def _gather(element: HtmlElement, parts: list[str], depth: int) -> None:
    if depth > 30:
        return
    parts.append(element.text or "")
    for child in element:
        seam = "" if child.tag in _INLINE else " "
        if isinstance(child.tag, str) and child.tag not in _UNSEEN:
            parts.append(seam)
            _gather(child, parts, depth + 1)
            parts.append(seam)
        parts.append(child.tail or "")
