"""How a page writes a numeric date: 03/04/2024 is March to one reader and April to another."""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from silkwire.moments import Order

_DAY_FIRST = frozenset(
    {"fr", "de", "es", "it", "pt", "nl", "pl", "ru", "uk", "be", "kk", "ky", "uz", "tg", "tk", "tr", "az", "ar", "ro"}
    | {"cs", "sk", "bg", "sr", "hr", "sl", "da", "nb", "no", "fi", "el", "ca", "gl", "id", "vi", "he", "ka", "hy"}
)
_YEAR_FIRST = frozenset({"zh", "ja", "ko", "mn", "hu"})
_DAY_FIRST_ENGLISH = frozenset({"gb", "uk", "au", "nz", "ie", "in", "za", "pk", "ng", "ke", "sg"})
_AMERICAN_DOMAINS = frozenset({"us", "gov", "edu", "mil"})
_SLASHED = re.compile(r"(?<![\d/])(\d\d?)/(\d\d?)/(?:(?:19|20)\d\d|\d\d)(?![\d/])")
_MOST_MONTHS = 12
_WITH_REGION = 2


def declared_order(tree: HtmlElement, url: str) -> Order | None:
    """Return the order that the language of the page writes dates in.

    English is written in two: only a region or a country's domain tells which. `en-US` alone does not, since it is what
    publishing systems say by default.
    """
    language = (tree.get("lang") or tree.get("xml:lang") or "").lower()
    parts = re.split(r"[-_]", language)
    domain = (urlsplit(url).hostname or "").rpartition(".")[2]
    if parts[0] in _DAY_FIRST:
        return "dmy"
    if parts[0] in _YEAR_FIRST:
        return "ymd"
    if parts[0] != "en":
        return None
    region = parts[1] if len(parts) == _WITH_REGION else ""
    if region in _DAY_FIRST_ENGLISH or domain in _DAY_FIRST_ENGLISH:
        return "dmy"
    return "mdy" if domain in _AMERICAN_DOMAINS else None


def order_by_example(texts: list[str]) -> Order | None:
    """Return the order that dates of the page itself prove, such as 23/05/2024; None where they prove none or both."""
    pairs = [(int(found[1]), int(found[2])) for text in texts for found in _SLASHED.finditer(text)]
    day_first = any(first > _MOST_MONTHS for first, _ in pairs)
    month_first = any(second > _MOST_MONTHS for _, second in pairs)
    if day_first == month_first:
        return None
    return "dmy" if day_first else "mdy"
