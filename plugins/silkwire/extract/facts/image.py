"""The picture an article is shared with."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from silkwire.extract.facts.page_facts import PageFacts
from silkwire.net.links import clean_link, host_of

_META_NAMES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", "image")
_MOST_DECLARED, _MOST_IMAGES = 10, 60
_DEEPEST = 3
# What every page of a site shares with, or what only furnishes it: by a part of the file's name.
_FURNITURE = re.compile(
    r"(?:^|[_.-])(?:[a-z]*logo(?:type)?|favicon|sprites?|avatars?|gravatar|placeholder|no[_-]?(?:image|photo|img|pic)"
    r"|(?:default|social|og|fb|share|site)[_-]?(?:image|img|thumb(?:nail)?|share|card|og|cover|pic)|1x1|qr-?code)\d*(?=[_.-]|$)"
    r"|^(?:default|blank|spacer|pixel|transparent|loading|lazy|share|icons?|banner|button|nopic)[_-]?\d*(?:x\d+)?(?:\.|$)",
    re.IGNORECASE,
)
_HOSTS = (
    "gravatar.com",
    "doubleclick.net",
    "scorecardresearch.com",
    "google-analytics.com",
    "facebook.com",
    "mc.yandex.ru",
)
_OTHER_FORMAT = re.compile(r"\.(?:svg|ico|html?|mp4|webm|m3u8|mp3|pdf)$", re.IGNORECASE)
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-url", "data-echo", "data-original-src", "data-srcset")
_NOT_HERE = frozenset({"header", "nav", "footer", "aside", "noscript", "form"})
_SMALLEST = 200  # pixels of a side; avatars and buttons are smaller
_NUMBER = re.compile(r"^\s*(\d+)")
_DENSITY = re.compile(r"\s+(\d+(?:\.\d+)?)[wx]\s*$")


def find_image(tree: HtmlElement, facts: PageFacts, url: str) -> str | None:
    """Return the absolute http(s) address of the article's picture, or None where the page names none.

    The order is JSON-LD, og:image, twitter:image, rel=image_src, the first large picture of the article. Logos,
    placeholders and the pictures that a site shares everything with are none.
    """
    for claim in _claims(tree, facts):
        address = clean_link(claim, url) if claim.strip() and not claim.lstrip().startswith("data:") else None
        if address and not _is_furniture(address):
            return address
    return None


def _claims(tree: HtmlElement, facts: PageFacts) -> Iterator[str]:
    for key in ("image", "thumbnailUrl"):
        yield from _declared(facts.article.get(key), 0)
    for key in _META_NAMES:
        if key in facts.meta:
            yield facts.meta[key]
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "image_src":
            yield link.get("href") or ""
    yield from _shown(tree)


def _declared(value: object, depth: int) -> Iterator[str]:
    """Addresses in a schema.org image: a text, an ImageObject, or a list of these."""
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value[:_MOST_DECLARED]:
            yield from _declared(item, depth + 1)
    elif isinstance(value, dict):
        for key in ("contentUrl", "url", "@id"):
            inner = value.get(key)
            if inner and not (key == "@id" and "#" in str(inner)):
                yield from _declared(inner, depth + 1)


def _shown(tree: HtmlElement) -> Iterator[str]:
    """Addresses of the pictures in the article element, or in the body, that may be large."""
    root = next(tree.iter("article"), None)
    if root is None:
        root = next(tree.iter("main"), tree)
    for count, element in enumerate(root.iter("img")):
        if count >= _MOST_IMAGES:
            return
        if _may_be_large(element) and not any(above.tag in _NOT_HERE for above in element.iterancestors()):
            yield _source(element)


def _source(element: HtmlElement) -> str:
    """Return a picture's address: src holds a placeholder where a script loads the picture later."""
    for name in _LAZY:
        lazy = (element.get(name) or "").strip()
        if lazy and not lazy.startswith("data:"):
            return _largest(lazy) if name.endswith("srcset") or ", " in lazy else lazy
    source = (element.get("src") or "").strip()
    if source and not source.startswith("data:"):
        return source
    return _largest(element.get("srcset") or "")


def _largest(candidates: str) -> str:
    """Return the address with the largest width or density of a srcset."""
    best, address = -1.0, ""
    for candidate in re.split(r",\s+", candidates.strip())[:_MOST_DECLARED]:
        size = _DENSITY.search(candidate)
        if (number := float(size[1]) if size else 0.0) > best:
            best, address = number, candidate[: size.start()] if size else candidate
    return address.strip().rstrip(",")


def _may_be_large(element: HtmlElement) -> bool:
    sides = (_NUMBER.match(element.get(side) or "") for side in ("width", "height"))
    if any(side is not None and int(side[1][:6]) < _SMALLEST for side in sides):
        return False
    words = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('alt') or ''}".lower()
    return not any(word in words for word in ("logo", "avatar", "icon", "author", "emoji", "pixel"))


def _is_furniture(address: str) -> bool:
    path = address.partition("://")[2].partition("?")[0].partition("/")[2]
    host = host_of(address)
    if any(host == name or host.endswith("." + name) for name in _HOSTS) or _OTHER_FORMAT.search(path):
        return True
    # Folders of picture servers are called anything; the file's own name tells, and the folder it lies in.
    return not path or _FURNITURE.search(path.rpartition("/")[2]) is not None
