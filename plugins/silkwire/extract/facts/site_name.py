"""What an outlet calls itself, short enough for a list."""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any

from courlan import extract_domain

from silkwire.extract.facts.json_ld import Node, is_a
from silkwire.extract.facts.wording import key_of, one_line
from silkwire.net.links import host_of

_LONGEST, _LONGEST_SUFFIX, _MOST_READ = 60, 30, 300  # characters
# Before a tagline: "Steppe Daily | News of the steppe"; in Chinese portals a row of underlines.
_TAGLINE = re.compile(r"\s*[|｜•»«›]\s*|\s+[-–—:·/]\s+|_+|\s*::\s*|,\s|:\s|[。，！：]")
_SUFFIX = re.compile(r"\s*[|｜•»_]+\s*|\s+[-–—]+\s+|-{1,2}(?=\w+$)")
_ADDRESS = re.compile(r"^(?:https?:)?//|^www\.|[/@{}<>]")
# The Chinese web puts the site last in <title>, mostly under a name that is told nowhere else: 新华网, 证券时报网.
CHINESE_SITE = re.compile(
    r"^\w{1,12}(?:网|網|网站|官网|报|報|新闻|新聞|频道|頻道|在线|客户端|电视台|门户|传媒|订阅|日报|晚报|财经|通讯社|资讯)$"
)
# What templates and shop systems put there.
_PLACEHOLDERS = frozenset(
    ("home", "homepage", "website", "site", "news", "untitled", "wordpress", "default", "none", "null", "undefined")
)


def declared_site_name(
    meta: Mapping[str, str], article: Mapping[str, Any], nodes: Iterable[Node], heading: str, head_title: str
) -> str | None:
    """Return the declared name: og:site_name, the publisher, the WebSite, application-name, the end of <title>.

    Addresses and placeholders are no names, neither is the article's own title; what follows a name is cut.
    """
    section = article.get("articleSection")
    no_names = {key_of(meta.get("og:title", "") or heading), key_of(meta.get("article:section", ""))}
    no_names.add(key_of(section) if isinstance(section, str) else "")
    for claim in (
        meta.get("og:site_name"),
        _name(article.get("publisher")),
        *(_name(node) for node in nodes if is_a(node, "WebSite")),
        meta.get("application-name"),
        meta.get("apple-mobile-web-app-title"),
        _suffix(head_title, (heading, meta.get("og:title", ""))),
    ):
        name = _short(one_line(unescape((claim or "")[:_MOST_READ])))
        if name and key_of(name) not in no_names:
            return name
    return None


def site_name_of(declared: str | None, url: str) -> str | None:
    """Return the declared name, else the site's registered domain; None where the address has none."""
    if declared:
        return declared
    return extract_domain(url) or host_of(url) or None


def _name(value: object) -> str:
    """Return the name of an object, or of the first in a list; publishers come as both, and as plain texts."""
    for _ in range(4):
        if isinstance(value, dict):
            value = value.get("name")
        elif isinstance(value, list):
            value = value[0] if value else ""
    return one_line(value)


def _short(name: str) -> str:
    """Return a name without its tagline, empty for what is no name."""
    if len(name) > _LONGEST or _TAGLINE.search(name):
        first, *others = _TAGLINE.split(name, maxsplit=1)
        # A long first piece is the tagline; then nothing is sure.
        name = first if first and others else name
    usable = 2 <= len(name) <= _LONGEST and not _ADDRESS.search(name) and name.casefold() not in _PLACEHOLDERS
    return name if usable and any(map(str.isalpha, name)) else ""


def _suffix(head_title: str, titles: Iterable[str]) -> str:
    """Return the last piece of <title> where it stands behind the article's title."""
    pieces = list(_SUFFIX.finditer(head_title))
    if not pieces:
        return ""
    before, last = head_title[: pieces[0].start()], head_title[pieces[-1].end() :]
    known = {key_of(title) for title in titles} - {""}
    whole = CHINESE_SITE.match(last) or any(key_of(head_title[: piece.start()]) in known for piece in pieces)
    return last if whole and len(last) <= min(_LONGEST_SUFFIX, len(before) + 1) else ""
