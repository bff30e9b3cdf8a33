"""Dates that the state in a page's scripts gives as that of publication: of Next.js, Nuxt, WeChat and many others."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml.html import HtmlElement

from silkwire.extract.facts.wording import key_of

# Keys such as "datePublished", publish_time, pubDate and pubtime; all share two letters, which a scan finds quickly.
_STATE = re.compile(
    r"ub(?P<rest>[A-Za-z_-]{1,20})\\?[\"']?\s{0,3}[:=]\s{0,3}\\?[\"']?"
    r"(?P<date>(?:19|20)\d\d[-/]\d\d?[-/]\d\d?(?:[T ][\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)?|1\d{9}(?:\d{3})?)(?!\d)"
)
_STATE_KEY = re.compile(
    r"(?:lish|li[cs]h?ation|lished)?_?-?(?:date|time|at|on|edat|ed_at|edtime)?(?:time|at|ts)?", re.IGNORECASE
)
_WECHAT = re.compile(r"var ct ?= ?[\"'](1\d{9})[\"']")
_PUBLISHED_KEY = re.compile(rf"(?!un)[a-z_-]{{0,10}}pub{_STATE_KEY.pattern}", re.IGNORECASE)
_TITLE_KEYS = ("title", "headline", "name")
_LONGEST_SCRIPT = 400_000  # characters
_MOST_OBJECTS = 20_000
_BODY = 500  # characters of a text that is an article's, and no teaser's


def script_dates(tree: HtmlElement, titles: Iterable[str]) -> set[str]:
    """Return the dates, as written, of publication in the scripts.

    Where they are several, and one object of JSON has the page's title, or failing that a whole body, only its dates:
    the state of a page lists other articles too.
    """
    found = set()
    objects: list[str] = []
    for script in tree.iter("script"):
        text = script.text
        kind = script.get("type") or ""
        if text and len(text) <= _LONGEST_SCRIPT and kind != "application/ld+json":
            dates = set(_dates(text))
            found |= dates
            if dates and "json" in kind:
                objects.append(text)
    return (_own(objects, titles) if len(found) > 1 else None) or found


def _dates(text: str) -> Iterator[str]:
    for match in _STATE.finditer(text):
        if match.string[match.start() - 1] in "pP" and _STATE_KEY.fullmatch(match["rest"]):
            yield match["date"]
    yield from _WECHAT.findall(text)


def _own(documents: Iterable[str], titles: Iterable[str]) -> set[str]:
    """Return the dates of the objects that have the title of the page, else of those that have a body."""
    wanted = {key_of(title) for title in titles} - {""}
    titled, bodies = set(), set()
    for each in (found for document in documents for found in _objects(document)):
        dates = {str(value) for key, value in each.items() if _PUBLISHED_KEY.fullmatch(key) and _is_written(value)}
        if not dates:
            continue
        if any(isinstance(each.get(key), str) and key_of(each[key]) in wanted for key in _TITLE_KEYS):
            titled |= dates
        if any(isinstance(value, str) and len(value) >= _BODY for value in each.values()):
            bodies |= dates
    return titled or bodies


def _is_written(value: object) -> bool:
    return isinstance(value, str | int) and str(value)[:1].isdigit()


def _objects(document: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON document, at any depth; none of one that is broken."""
    try:
        left: list[Any] = [json.loads(document, strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(_MOST_OBJECTS):
        if not left:
            return
        value = left.pop()
        if isinstance(value, dict):
            yield value
            left.extend(value.values())
        elif isinstance(value, list):
            left.extend(value)
