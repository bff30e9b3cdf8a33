"""Dates that a page shows to its readers: the line beside the title, or one that says "published"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, pairwise
from typing import Literal

from lxml.html import HtmlElement

from silkwire.extract.date_order import order_by_example
from silkwire.moments import Order, find_moments

_YEARISH = re.compile(r"(?:19|20)\d\d|\d[./-]\d\d?[./-]\d\d|[۰-۹٠-٩]{2}|1[34]\d\d/|25\d\d|年")
_PUBLISHED = re.compile(
    r"publi[sc]|posted|written|date[:\s]|released|first\s+seen|created|issued|uploaded|veröffentlicht|erschienen|erstellt|datum"
    r"|gespeichert|eingestellt|verfasst|mis\s+en?\s+ligne|mise\s+en\s+ligne|paru|rédigé|publié|le\s+\d|publicad|fecha|pubblicat|data[:\s]"
    r"|опубл|размещ|дата|добавл|создан|жарияла|жарыяла|жүкте|e['ʻ’‘`]?lon|joylash|chop\s+et|нашр|сана|эълон|çap|yayın"
    r"|eklenme|giriş|tarix|dərc|нийтэл|огноо|نشر|تاريخ|تاریخ|انتشار|منتشر|发布|發布|发表|發表|时间|時間|日期|公開|掲載|投稿|入力|등록|입력|게시"
    r"|ئېلان|يوللان",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"updat|modif|edited|last\s+change|revised|as\s+of|actualis|mise?\s+à\s+jour|aktualisier|geändert|änderung|stand[:\s]"
    r"|actualiz|aggiornat|modificat|обновл|измен|ред\.|жаңарт|жаңырт|жаңыл|yangila|янгила|тоза|навсозӣ|güncel|yenilən|düzəl|düzed"
    r"|шинэчл|تحديث|تعديل|ویرایش|به\s?روز|بەروز|更新|修改|修訂|最終|수정|변경|يېڭىلا",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"copyright|©|\(c\)|all rights|expires|registered|joined|mitglied seit|anmeldedatum|born|geboren|deadline|visited|abgerufen",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"comment|kommentar|related|sidebar|side-bar|widget|recommend|popular|footer|breadcrumb|navi|menu|archive-list|calendar"
    r"|similar|more-|latest|ticker|carousel|slider|teaser|event|termin|newsletter|promo|recent|trending|most-?read"
    r"|xiangguan|hot-?list|copyright|today",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"date|datum|fecha|data\b|time|publi|posted|entry-?meta|post-?meta|byline|infoline|pubtime|article-?info|created|submitted",
    re.IGNORECASE,
)
_SKIPPED_TAGS = frozenset({"script", "style", "noscript", "template", "option", "select", "textarea", "button"})
_OUTSIDE = frozenset({"aside", "nav", "form", "blockquote"})
_SURELY_OTHERS = re.compile(
    r"(?<![^\W_])(?:comment|kommentar)|related|sidebar|recommend|similar|xiangguan|twitter|instagram", re.IGNORECASE
)
_NAMED = 3  # an element and its nearest ancestors, whose names tell what it is
_DIGIT = re.compile(r"\d")
_LONGEST = 400  # characters of a text that is looked at, with its white space
_LINE = 110  # characters; the date, a source and an editor
_BESIDES = 60  # characters of a line beside its date, outside the neighbourhood of the title
_LABEL = 40
_LINK = 30  # characters of a link that is only a date
_ABOVE = 7  # ancestors whose names are read
_NEXT, _AFTER, _BEFORE = 200, 800, 160  # characters of text right after, after and before the title
_LEVELS = 8  # between a title and what surrounds it and its date
_MOST_LINES = 400


@dataclass(frozen=True, slots=True)
class DateLine:
    """A short line that names one day.

    `kind` is what the line says the day is of; `place` how far after the title it stands, in characters of text
    (negative: before); `dated` whether the names of its elements say that it is a date.
    """

    moment: datetime
    kind: Literal["published", "updated", "bare"]
    place: int | None
    dated: bool
    outside: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class _Found:
    holder: HtmlElement
    text: str
    at: int


def date_lines(tree: HtmlElement, title: HtmlElement | None, order: Order | None) -> list[DateLine]:
    """Return the lines of the page that name one day each, in the page's order, without those of paragraphs."""
    found, title_at = _candidates(tree, title)
    order = order_by_example([candidate.text for candidate in found]) or order
    above = list(title.iterancestors()) if title is not None else []
    around, boxes = set(above[:_LEVELS]), set(above)
    lines = []
    seen: set[HtmlElement] = set()
    for candidate in found:
        if candidate.holder is title:
            continue
        place = candidate.at - title_at if title is not None else None
        near = place is not None and -_BEFORE <= place <= _AFTER and _is_near(candidate.holder, around)
        if place is not None and place < 0 and not near:
            place = None
        lines.extend(_lines(candidate, place, order, seen, boxes, near=near))
    return lines


def line_beside_title(lines: Sequence[DateLine]) -> datetime | None:
    """Return the day that the lines near the title tell, None where they tell none or two.

    Of lines that say "published", or whose elements are called a date, the nearest counts; otherwise the only day of
    the short lines there.
    """
    own = [line for line in lines if not line.outside and line.kind != "updated" and line.place is not None]
    for reach in (_NEXT, _AFTER):
        near = [line for line in own if -_BEFORE <= (line.place or 0) <= reach]
        called = [line for line in near if line.dated or line.kind == "published"]
        moment = _only(sorted(called, key=lambda line: abs(line.place or 0))[:1]) or _only(
            [line for line in near if line.alone]
        )
        if moment is not None:
            return moment
        if any(line.alone for line in near):
            return None
    return None


def published_lines(lines: Sequence[DateLine]) -> Iterator[datetime]:
    """Yield the days of publication that visible lines name, the surest kind of line first; each only if it is one day.

    First the line beside the title; then lines anywhere that say "published" or are called a date; then the one day of
    a page that shows no other.
    """
    beside = line_beside_title(lines)
    own = [line for line in lines if not line.outside and line.kind != "updated"]
    for moment in (
        beside,
        _only([line for line in own if line.kind == "published" and line.alone]),
        _only([line for line in own if line.dated]),
        _only([line for line in lines if line.kind == "published" and line.alone]),
        _only(lines if any(line.alone for line in own) else []),
    ):
        if moment is not None:
            yield moment


def _only(lines: Sequence[DateLine]) -> datetime | None:
    """Return the most exact moment of lines that all name one day."""
    return max(line.moment for line in lines) if len({line.moment.date() for line in lines}) == 1 else None


def updated_lines(lines: Sequence[DateLine]) -> Iterator[datetime]:
    """Yield the day that the page's lines of updates name, if it is one."""
    moments = [line.moment for line in lines if line.kind == "updated" and not line.outside]
    if len({moment.date() for moment in moments}) == 1:
        yield max(moments)


def _candidates(tree: HtmlElement, title: HtmlElement | None) -> tuple[list[_Found], int]:
    """Return the short texts that may hold a date, and where the title stands in the page's text."""
    body = tree.find(".//body")
    found: list[_Found] = []
    title_at = at = 0
    for element in (body if body is not None else tree).iter():
        if element is title:
            title_at = at
        text = None if element.tag in _SKIPPED_TAGS else element.text
        if text and not text.isspace():
            if len(text) < _LONGEST and len(found) < _MOST_LINES and _YEARISH.search(text):
                found.append(_Found(element, text, at))
            at += len(text)
        tail = element.tail
        if tail and not tail.isspace():
            parent = element.getparent()
            if len(tail) < _LONGEST and len(found) < _MOST_LINES and parent is not None and _YEARISH.search(tail):
                found.append(_Found(parent, tail, at))
            at += len(tail)
    return found, title_at


def _lines(
    candidate: _Found,
    place: int | None,
    order: Order | None,
    seen: set[HtmlElement],
    boxes: set[HtmlElement],
    *,
    near: bool,
) -> Iterator[DateLine]:
    """Read one candidate: alone, or together with the text beside it where that is short or holds the rest of it."""
    text = " ".join(candidate.text.split())
    holder = candidate.holder
    whole, top = _block(holder)
    moments = find_moments(text, order)
    if not moments and whole is not None:
        if top in seen:
            return
        seen.add(top)
        text = whole
        moments = find_moments(text, order)
    if not moments or len(text) > _LINE or (len(text) > _LINK and _is_link(holder)):
        return
    names, outside = _surroundings(holder, boxes, near=near)
    dated = _DATED.search(names) is not None
    for part, label in _parts(text, whole):
        days = {moment.date() for moment in find_moments(part, order)}
        kind = _kind(label)
        if len(days) == 1 and kind is not None:
            yield DateLine(max(find_moments(part, order)), kind, place, dated, outside, len(part) <= _BESIDES)


def _parts(text: str, whole: str | None) -> Iterator[tuple[str, str]]:
    """Split a line such as "3 May 2024 (updated 4 May 2024)" at its labels; yield each part with what labels it."""
    starts = sorted({found.start() for form in (_PUBLISHED, _UPDATED) for found in form.finditer(text)} | {0})
    parts = [text[start:end] for start, end in pairwise([*starts, len(text)])]
    if sum(bool(_YEARISH.search(part)) for part in parts) <= 1:
        parts = [text]
    for number, part in enumerate(parts):
        before = _before_date(part)
        if before or len(parts) > 1:
            yield part, before if number or whole is None else _ahead(text, whole) + before
        else:
            yield part, _ahead(text, whole) if whole and whole != text else part


def _ahead(text: str, whole: str) -> str:
    """Return what stands before a text in the line that it is part of; what stands behind it where it comes first."""
    start = whole.find(text)
    if start < 0:
        return ""
    return whole[max(0, start - _LABEL) : start] or ("" if _YEARISH.search(whole[len(text) :]) else whole[len(text) :])


def _before_date(text: str) -> str:
    digit = _DIGIT.search(text)
    return text[: digit.start()] if digit else text


def _kind(label: str) -> Literal["published", "updated", "bare"] | None:
    if _NEVER.search(label):
        return None
    if _UPDATED.search(label):
        return "updated"
    return "published" if _PUBLISHED.search(label) else "bare"


def _block(holder: HtmlElement) -> tuple[str | None, HtmlElement]:
    """Return the text of the largest element around a text that is still one line, None where even its own is not."""
    whole, top = None, holder
    element: HtmlElement | None = holder
    for _ in range(4):
        if element is None or element.tag in ("body", "html"):
            break
        text = _short_text(element)
        if text is None:
            break
        whole, top = text, element
        element = element.getparent()
    return whole, top


def _short_text(element: HtmlElement) -> str | None:
    parts, length = [], 0
    for text in islice(element.itertext(), 60):
        words = " ".join(text.split())
        if words:
            parts.append(words)
            length += len(words) + 1
            if length > _LINE + 1:
                return None
    return " ".join(parts)


def _surroundings(holder: HtmlElement, own_boxes: set[HtmlElement], *, near: bool) -> tuple[str, bool]:
    """Return the names (classes, ids) of an element and its nearest ancestors, and whether it is outside the article.

    What holds the title too is the article's own box, whatever it is called; and beside the title only comments, asides
    and boxes of related articles are others'.
    """
    names = []
    outside = in_footer = False
    others = _SURELY_OTHERS if near else _OF_OTHERS
    for depth, element in enumerate((holder, *islice(holder.iterancestors(), _ABOVE))):
        if element in own_boxes or element.tag in ("body", "html", "article", "main"):
            break
        own = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        if depth < _NAMED:
            names.append(own + (" time" if element.tag == "time" else ""))
        outside = outside or element.tag in _OUTSIDE or others.search(own) is not None
        in_footer = in_footer or element.tag == "footer"
    else:
        in_footer = in_footer and not any(above.tag == "article" for above in holder.iterancestors())
    return " ".join(names), outside or in_footer


def _is_link(holder: HtmlElement) -> bool:
    return any(element.tag == "a" for element in (holder, *islice(holder.iterancestors(), 2)))


def _is_near(holder: HtmlElement, around: set[HtmlElement]) -> bool:
    """Whether an element shares one of the title's own nearest ancestors, other than the body of the page."""
    return any(
        element in around and element.tag not in ("body", "html") for element in islice(holder.iterancestors(), _LEVELS)
    )
