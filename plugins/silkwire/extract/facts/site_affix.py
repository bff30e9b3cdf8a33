"""The site's name and the section's at the ends of a title: told by what the page declares, and cut."""

import re
from collections.abc import Iterable

from silkwire.extract.facts.page_facts import PageFacts
from silkwire.extract.facts.site_name import CHINESE_SITE
from silkwire.extract.facts.wording import key_of
from silkwire.net.links import host_of

_BAR = r"\s*[|｜│┃ǀㅣ•»«›]\s*"
_SEPARATOR = re.compile(
    rf"{_BAR}|\s+[-–—:·/*~]+\s+|[_—]+|\s*::\s*|(?<=[\u3040-\u9fff\uac00-\ud7af”》）!?！？])-+(?=[\u3400-\u9fff\uac00-\ud7af])"
)
# Before a known name a colon parts too, and a hyphen that lacks its spaces.
_BEFORE_NAME = re.compile(rf"{_SEPARATOR.pattern}|\s*[:：]\s*|\s+[-–—]+|[-–—]+\s+")
_BAR_BEFORE = re.compile(rf"{_BAR}$")
_LEADING_COLON = re.compile(r"\s*[:：]\s*")
# What a template leaves behind where a part of the title is empty: "Deal signed -  - Steppe".
_LEFT_OVER = re.compile(r"(?:\s+[-–—:·•|_]+|[|_]+)\s*$")
_LEAST = 2  # characters of a name
_LONGEST_SITE = 60
_VARIANT = 10  # characters that a name may have more after a bar: "CBC News" of CBC
# 标题_教育_新华网, 제목-정치ㅣ한국일보: the section goes with the site, where no space sets the separators apart.
_SECTION = re.compile(r"^(?:[\u3400-\u9fff]{2,6}|[\uac00-\ud7af]{2,5})$")


def without_site(title: str, sites: frozenset[str], others: Iterable[str], heading: str = "") -> str:
    """Cut the site's name at either end, as often as one stands there; what another candidate lacks proves a name.

    `sites` are keys (see `key_of`), `others` the other places where the page tells its title. A name before a colon
    stays where the `heading`, which readers see, has it too: an agency is often whom the headline quotes.
    """
    whole = {key for other in others if (key := key_of(other)) and key != key_of(title)}
    has_lost_site = False
    while True:
        shorter = _shorter(title, sites, key_of(heading), has_lost_site=has_lost_site)
        if shorter is None:
            break
        title, has_lost_site = _LEFT_OVER.sub("", shorter), True
    title = _LEFT_OVER.sub("", title)
    pieces = (title[: piece.start()] for piece in _SEPARATOR.finditer(title))
    return next((text for text in pieces if key_of(text) in whole and len(text) > len(title) / 3), title)


def site_keys(facts: PageFacts, url: str) -> frozenset[str]:
    """Return what may stand for the site in a title: its declared name, its host, and its host's own label."""
    host = host_of(url)
    names = [facts.site_name or "", facts.meta.get("og:site_name", ""), facts.meta.get("application-name", "")]
    names += [facts.meta.get("twitter:site", "").lstrip("@"), host, *host.split(".")[:-1]]
    pieces = [piece for name in names[:2] for piece in _SEPARATOR.split(name)]
    return frozenset(key for name in (*names, *pieces) if len(key := key_of(name)) >= _LEAST)


def declared_keys(facts: PageFacts) -> frozenset[str]:
    """Return the keys of the whole names that the page declares for its site; its host's labels may be words."""
    names = (facts.site_name or "", facts.meta.get("og:site_name", ""), facts.meta.get("application-name", ""))
    return frozenset(key for name in names if len(key := key_of(name)) >= _LEAST)


def until_label(head_title: str, heading: str, sites: frozenset[str]) -> str | None:
    """Return <title> up to the part that an h1 repeats, where that h1 is only a label: the logo, the section's name.

    It is one where it is no more than half as long as what stands before it, which is not the site's name (its keys
    are `sites`). None where it is none.
    """
    key = key_of(heading)
    for piece in _SEPARATOR.finditer(head_title) if key else ():
        following = _SEPARATOR.search(head_title, piece.end())
        end = following.start() if following else len(head_title)
        before = key_of(head_title[: piece.start()])
        if key_of(head_title[piece.end() : end]) == key and len(key) * 2 <= len(before) and before not in sites:
            return head_title[:end]
    return None


def _shorter(title: str, sites: frozenset[str], heading: str, *, has_lost_site: bool) -> str | None:
    """Return the title without one name at its end or its beginning, None where none stands there."""
    strong = list(_SEPARATOR.finditer(title))
    if has_lost_site and strong and strong[-1].start() and _is_section(title, strong[-1]):
        return title[: strong[-1].start()]
    pieces = list(_BEFORE_NAME.finditer(title))
    if not pieces:
        return None
    last, first = pieces[-1], pieces[0]
    candidates = [last, *strong[-1:], *pieces[-2:-1]]
    for piece in candidates:
        known = _is_site(title[piece.end() :], sites, after_bar=bool(_BAR_BEFORE.search(piece[0])))
        parts_names = piece in strong or piece[0][:1].isspace()
        if piece.start() and (known or (parts_names and CHINESE_SITE.match(title[piece.end() :]))):
            return title[: piece.start()]
    name = title[: first.start()]
    if _LEADING_COLON.fullmatch(first[0]) and heading.startswith(key_of(name)) and heading != key_of(name):
        return None
    if title[first.end() :] and _is_site(name, sites, after_bar=False):
        return title[first.end() :]
    return None


def _is_site(piece: str, sites: frozenset[str], *, after_bar: bool) -> bool:
    key = key_of(piece)
    if not key or len(piece) > _LONGEST_SITE:
        return False
    return key in sites or (
        after_bar and any(key.startswith(site) and len(key) <= len(site) + _VARIANT for site in sites)
    )


def _is_section(title: str, piece: re.Match[str]) -> bool:
    return piece[0] == piece[0].strip() and bool(_SECTION.match(title[piece.end() :]))
