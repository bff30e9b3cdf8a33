"""AMP addresses: one article under the cache's host, the publisher's host, a path or a parameter of its own.

Only forms that AMP's own documentation or the large publishing systems use are undone, and never a host.
"""

import re
from urllib.parse import urlsplit, urlunsplit

from silkwire.net.links import clean_link

# https://www-outlet-example.cdn.ampproject.org/c/s/www.outlet.example/a, https://www.google.com/amp/s/outlet.example/a
_CACHE = re.compile(
    r"^https?://(?:[a-z0-9-]+\.cdn\.ampproject\.org/(?:[vcr]|wp|ad)/(?P<a>s/)?"
    r"|(?:www\.)?(?:google\.[a-z.]{2,6}|bing\.com)/amp/(?P<b>s/)?)(?P<rest>[^/?#]+\.[^/?#]+.*)$",
    re.IGNORECASE,
)
# WordPress and Drupal add /amp, Google's old guide /amp/ in front, others a second suffix.
_PATH_FORMS = (
    (re.compile(r"(?<=[^/])/amp(/?)$"), r"\1"),
    (re.compile(r"\.amp(\.html?)?$"), r"\1"),
    (re.compile(r"^/amp(?=/[^/])"), ""),
)
_PARAMETER = re.compile(r"^(?:amp(?:=(?:1|true|yes)?)?|outputtype=amp(?:-type)?|view=amp|m?amp=1)$", re.IGNORECASE)
_NAMES_ARTICLE = re.compile(r"\d{3}|[^/._-]+[_-][^/._-]+[_-][^/._-]+|%[89A-F]", re.IGNORECASE)


def original_of(address: str) -> str:
    """Return the publisher's own address of a page that an AMP cache or viewer served; others as they are."""
    found = _CACHE.match(address)
    if not found:
        return address
    scheme = "https" if found["a"] or found["b"] else "http"
    return clean_link(f"{scheme}://{found['rest']}", None) or address


def without_amp(address: str, *, is_amp: bool) -> str:
    """Return an article's address without the marks of its AMP form, on the same host.

    `amp` in a path may be a word of its own: it goes where the rest names an article by number or words, or where the
    page says that it is AMP (`is_amp`).
    """
    parts = urlsplit(address)
    path = parts.path
    for form, instead in _PATH_FORMS:
        shorter = form.sub(instead, path)
        if shorter != path and (is_amp or _NAMES_ARTICLE.search(shorter)):
            path = shorter
            break
    query = "&".join(pair for pair in parts.query.split("&") if not _PARAMETER.match(pair))
    return urlunsplit((parts.scheme, parts.netloc, path, query, parts.fragment))
