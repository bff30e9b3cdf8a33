"""What outlets wrote, made harmless to look at. Jinja escapes the rest; this is what escaping leaves."""

import re
from urllib.parse import urlsplit

# They turn the text after them around, so that a name reads as another: embeddings, overrides, isolates, marks.
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\ufffb]")
_MOST = 300  # characters of a title; a page of fifty stays a page
_STACKED = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]+"
)


def plain(text: object) -> str:
    """Return text without controls, marks that turn it around, and piles of accents. Its length may change."""
    return _STACKED.sub(r"\1", _CONTROL.sub(" ", _BIDI.sub("", "" if text is None else str(text))))


def line(text: object, most: int = _MOST) -> str:
    """Return text as one line of at most `most` characters, cut with an ellipsis."""
    joined = " ".join(plain(str(text)[: most * 4] if text is not None else "").split())
    return joined if len(joined) <= most else joined[: most - 1].rstrip() + "…"


def web_address(url: object) -> str | None:
    """Return an address that may be a link: http or https with a host, nothing that runs; None for any other."""
    written = str(url or "").strip()
    if not written or _CONTROL.search(written) or len(written) > 4_000:
        return None
    try:
        parts = urlsplit(written)
    except ValueError:
        return None
    return written if parts.scheme in ("http", "https") and parts.hostname else None
