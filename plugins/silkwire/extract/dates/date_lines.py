"""The short lines of a page that show its readers a date, with what they say the date is of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, pairwise

from lxml.html import HtmlElement

from silkwire.extract.dates.date_order import order_by_example
from silkwire.extract.dates.date_words import CALLED_A_DATE, OF_OTHERS, SURELY_OF_OTHERS, Kind, kind_of, label_starts
from silkwire.moments import Order, find_moments

BEFORE, NEXT, AFTER = 160, 200, 800  # characters of text before the title, right after it, and after it

_YEARISH = re.compile(r"(?:19|20)\d\d|\d[./-]\d\d?[./-]\d\d|[۰-۹٠-٩]{2}|1[34]\d\d/|25\d\d|年")
_DIGIT = re.compile(r"\d")
_UNSEEN = frozenset({"script", "style", "noscript", "template", "option", "select", "textarea", "button"})
_OUTSIDE = frozenset({"aside", "nav", "form", "blockquote"})
_TOP = frozenset({"body", "html"})

# Characters.
_LONGEST = 400  # of a text that is looked at, with its white space
_LINE = 110  # of a line: the date, a source and an editor
_SHORT = 60  # of a line that holds little else
_LINK = 30  # of a link that is only a date
_LABEL = 40
# Elements.
_ABOVE = 7  # ancestors that are asked whether a line is another's
_NAMED = 3  # an element and its nearest ancestors, whose names tell what it is
_LEVELS = 8  # between a title and what surrounds it and its date
_JOINED = 4  # levels above a text that may make one line with it
_MOST_PARTS, _MOST_LINES = 60, 400


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that names one day, which it says is that of publication, of a change, or nothing of.

    `place` is how far after the title it stands, in characters of text (negative: before; None: the page has no title,
    or the line stands before it in another part of the page). `named` tells that its elements are called a date,
    `outside` that it is in a box of something else than the article, `short` that it holds little else.
    """

    moment: datetime
    kind: Kind
    place: int | None
    named: bool
    outside: bool
    short: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A text with a year in it, the element that holds it, and how far from the title it stands."""

    holder: HtmlElement
    text: str
    place: int


def date_lines(tree: HtmlElement, title: HtmlElement | None, order: Order | None) -> list[DateLine]:
    """Return the lines of the page that name one day each, in the page's order, without those in paragraphs.

    `order` is how the page writes numeric dates by its language; what its own dates prove goes before.
    """
    candidates = _candidates(tree, title)
    order = order_by_example([candidate.text for candidate in candidates]) or order
    boxes = list(title.iterancestors()) if title is not None else []
    around = {box for box in boxes[:_LEVELS] if box.tag not in _TOP}
    lines: list[DateLine] = []
    seen: set[HtmlElement] = set()
    for candidate in candidates:
        near = -BEFORE <= candidate.place <= AFTER and _is_within(candidate.holder, around)
        place = candidate.place if title is not None and (near or candidate.place >= 0) else None
        text, whole = _line_of(candidate, order, seen)
        if not text:
            continue
        names, outside = _surroundings(candidate.holder, set(boxes), SURELY_OF_OTHERS if near else OF_OTHERS)
        named = CALLED_A_DATE.search(names) is not None
        for moment, kind, short in _days(text, whole, order):
            lines.append(DateLine(moment, kind, place, named, outside, short))
    return lines


def _candidates(tree: HtmlElement, title: HtmlElement | None) -> list[_Candidate]:
    body = tree.find(".//body")
    found: list[tuple[HtmlElement, str, int]] = []
    title_at = at = 0
    for element in (body if body is not None else tree).iter():
        if element is title:
            title_at = at
        text = None if element.tag in _UNSEEN else element.text
        if text and not text.isspace():
            if len(text) < _LONGEST and _YEARISH.search(text):
                found.append((element, text, at))
            at += len(text)
        tail = element.tail
        if tail and not tail.isspace():
            parent = element.getparent()
            if len(tail) < _LONGEST and parent is not None and _YEARISH.search(tail):
                found.append((parent, tail, at))
            at += len(tail)
    return [
        _Candidate(holder, " ".join(text.split()), place - title_at)
        for holder, text, place in found[:_MOST_LINES]
        if holder is not title
    ]


def _line_of(candidate: _Candidate, order: Order | None, seen: set[HtmlElement]) -> tuple[str, str]:
    """Return the text that holds a whole date - the candidate's, or that of the line it is part of - and the line.

    Two empty texts where there is none, where it is no line but prose, or a link with more than a date. `seen` are the
    lines that were read whole before.
    """
    text, holder = candidate.text, candidate.holder
    whole, top = _block(holder)
    if not find_moments(text, order):
        if top in seen:
            return "", ""
        seen.add(top)
        text = whole
    is_link = len(text) > _LINK and any(element.tag == "a" for element in (holder, *islice(holder.iterancestors(), 2)))
    return ("", "") if len(text) > _LINE or is_link else (text, whole)


def _days(text: str, whole: str, order: Order | None) -> Iterator[tuple[datetime, Kind, bool]]:
    """Yield each day that a line names, with what it is of and whether there is little else."""
    for part, label in _parts(text, whole):
        moments = find_moments(part, order)
        kind = kind_of(label)
        if kind is not None and len({moment.date() for moment in moments}) == 1:
            yield max(moments), kind, len(part) <= _SHORT


def _parts(text: str, whole: str) -> Iterator[tuple[str, str]]:
    """Split a line such as "3 May 2024 (updated 4 May 2024)" at its labels; yield each part with what labels it."""
    starts = sorted({0, *label_starts(text)})
    parts = [text[start:end] for start, end in pairwise([*starts, len(text)])]
    if sum(bool(_YEARISH.search(part)) for part in parts) <= 1:
        parts = [text]
    for number, part in enumerate(parts):
        digit = _DIGIT.search(part)
        before = part[: digit.start()] if digit else part
        if number == 0 and text != whole:
            yield part, _beside(text, whole) + before
        else:
            yield part, before or (part if len(parts) == 1 else "")


def _beside(text: str, whole: str) -> str:
    """Return what stands before a text in the line that it is part of; what stands behind it where it comes first."""
    start = whole.find(text)
    if start < 0:
        return ""
    behind = whole[start + len(text) :]
    return whole[max(0, start - _LABEL) : start] or ("" if _YEARISH.search(behind) else behind)


def _block(holder: HtmlElement) -> tuple[str, HtmlElement]:
    """Return the text of the largest element around a text that is still one line, empty where even its own is not."""
    whole, top = "", holder
    for element in (holder, *islice(holder.iterancestors(), _JOINED - 1)):
        text = "" if element.tag in _TOP else _short_text(element)
        if not text:
            break
        whole, top = text, element
    return whole, top


def _short_text(element: HtmlElement) -> str:
    """Return the text of an element in one line, empty where it is longer than a line."""
    parts, length = [], 0
    for text in islice(element.itertext(), _MOST_PARTS):
        words = " ".join(text[: _LONGEST * 4].split())
        if words:
            parts.append(words)
            length += len(words) + 1
            if length > _LINE + 1:
                return ""
    return " ".join(parts)


def _surroundings(holder: HtmlElement, boxes: set[HtmlElement], of_others: re.Pattern[str]) -> tuple[str, bool]:
    """Return the names (classes, ids) of an element and its nearest ancestors, and whether it is outside the article.

    `boxes` hold the title too, so they are the article's own, whatever they are called.
    """
    names = []
    outside = False
    for depth, element in enumerate((holder, *islice(holder.iterancestors(), _ABOVE))):
        if element in boxes or element.tag in _TOP or element.tag in ("article", "main"):
            break
        own = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        if depth < _NAMED:
            names.append(f"{own} time" if element.tag == "time" else own)
        outside = outside or element.tag in _OUTSIDE or of_others.search(own) is not None
        # The footer of an article tells of the article, the page's of the page.
        outside = outside or (element.tag == "footer" and not any(a.tag == "article" for a in holder.iterancestors()))
    return " ".join(names), outside


def _is_within(holder: HtmlElement, around: set[HtmlElement]) -> bool:
    return any(element in around for element in islice(holder.iterancestors(), _LEVELS))
