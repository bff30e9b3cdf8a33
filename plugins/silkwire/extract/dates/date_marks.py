"""Dates that a page writes for machines: meta elements, times and microdata, hAtom, data attributes."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from itertools import islice

from lxml.html import HtmlElement

from silkwire.extract.facts.json_ld import is_a, read_json_ld
from silkwire.extract.facts.page_facts import PageFacts
from silkwire.moments import Order, parse_moment

# Names of meta elements, with only their letters kept: the same words come with every prefix and every separator.
_PUBLISHED = re.compile(
    r"(?:published(?:time|date|at|on)?|datepublished|publish(?:time|date|edon)|publi(?:c|sh)ation(?:date|time)"
    r"|pub(?:date|time|dt)|firstpublished|dateissued|issued|articledateoriginal|postdate|sailthrudate|createat"
    r"|citationdate|citationonlinedate|releasedate|displaydate|uploaded|dcdate|dctermsdate|storydate|newsdate|ptime)$"
)
# Weaker: a system's first draft, or any day at all.
_CREATED = re.compile(
    r"^(?:dctermscreated|dcdatecreated|dccreated|datecreated|created|createdate|creationdate|articlecreated|date|pagedate)$"
)
_MODIFIED = re.compile(
    r"(?:modified(?:time|date|at|on)?|datemodified|dateupdated?|updated(?:time|date|at)?|last(?:modified|mod|updated?)"
    r"|modificationdate|revised)$"
)
_OF_SOMETHING_ELSE = re.compile(
    r"modif|updat|expir|event|video|author|site|image|comment|embargo|unpublish|profile|book"
)
_NOT_LETTERS = re.compile(r"[\W_]+")

_MICRODATA = "//*[@itemprop or @property or @pubdate]"
_PUBLISHED_PROPERTIES, _MODIFIED_PROPERTIES = ("datePublished", "dateCreated"), ("dateModified",)
_HATOM = "//*[@title or @datetime][self::abbr or self::span or self::div or self::a]"
_HATOM_CLASSES = frozenset({"published", "dt-published", "entry-date", "post-date", "pubdate", "date"})
_DATA = (
    *("data-datetime", "data-published", "data-published-at", "data-published-date", "data-publish-date"),
    *("data-pubdate", "data-pubtime", "data-publish-time", "data-timestamp", "data-date", "data-time", "data-utime"),
)
_DATA_XPATH = " | ".join(f"//@{name}" for name in _DATA)
_BROKEN_PUBLISHED = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{8,40})\"")
_OTHER_DAY = re.compile(r"updat|modif|edited|revised|changed", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"(?<![^\W_])comment|related|sidebar|widget|teaser|recommend|popular|similar|twitter|instagram", re.IGNORECASE
)
_MOST = 200  # elements that are asked
_ABOVE = 6
_PARTS = 12  # of the text of an element that holds a date
_UNSEEN = frozenset({"script", "style", "noscript", "template"})
# Characters of text between a title and its date: a deck and a byline may stand between, and a menu above.
_NEAR_BELOW, _NEAR_ABOVE = 400, 160
_CLOCK_BEHIND = timedelta(hours=1)  # of a page that shows the clock, as caches keep it


def declared(facts: PageFacts, order: Order | None) -> Iterator[datetime | None]:
    """Yield what the JSON-LD of the article says of its publication, then of its creation."""
    yield parse_moment(facts.article.get("datePublished"), order)
    yield parse_moment(facts.article.get("dateCreated"), order)
    if not facts.article:
        found = {date for block in facts.broken for date in _BROKEN_PUBLISHED.findall(block)}
        if len(found) == 1:
            yield parse_moment(found.pop(), order)


def of_web_page(tree: HtmlElement, facts: PageFacts, order: Order | None) -> Iterator[datetime | None]:
    """Yield the one day of the JSON-LD's WebPage, which Yoast's plugin writes of every page, where no article is told.

    Weak: pages that are no articles bear it too.
    """
    if not facts.article:
        pages = (node for node in read_json_ld(tree)[0] if is_a(node, "WebPage"))
        yield only_day(parse_moment(node.get("datePublished"), order) for node in pages)


def named(facts: PageFacts, order: Order | None) -> Iterator[datetime | None]:
    """Yield the moments of meta elements whose name says publication, in their order."""
    for key, content in facts.meta.items():
        letters = _NOT_LETTERS.sub("", key)
        if _PUBLISHED.search(letters) and not _OF_SOMETHING_ELSE.search(letters):
            yield parse_moment(content, order)


def named_weakly(facts: PageFacts, order: Order | None) -> Iterator[datetime | None]:
    """Yield the moments of meta elements that say a date without saying of what."""
    for key, content in facts.meta.items():
        if _CREATED.match(_NOT_LETTERS.sub("", key)):
            yield parse_moment(content, order)


def microdata(elements: list[HtmlElement], title: HtmlElement | None, order: Order | None) -> Iterator[datetime | None]:
    """Yield the moments of publication that properties give, of the page's `property_elements`."""
    own = _boxes(title)
    for element in _called(elements, _PUBLISHED_PROPERTIES):
        if not _is_of_others(element, own):
            yield _value(element, order)


def property_elements(tree: HtmlElement) -> list[HtmlElement]:
    """Return the elements that bear a property (microdata, RDFa) or the old `pubdate`: one walk for both dates."""
    found: list[HtmlElement] = tree.xpath(_MICRODATA)
    return found


def marked(
    tree: HtmlElement, title: HtmlElement | None, order: Order | None, fetched_at: datetime
) -> Iterator[datetime | None]:
    """Yield the moment of the page's time elements, then the one day of its hAtom."""
    own = _boxes(title)
    yield _time_element(tree, title, order, fetched_at)
    hatom = (
        parse_moment(element.get("datetime") or element.get("title"), order)
        for element in tree.xpath(_HATOM)[: 10 * _MOST]
        if _HATOM_CLASSES & set((element.get("class") or "").lower().split()) and not _is_of_others(element, own)
    )
    yield only_day(hatom)


def attributed(tree: HtmlElement, order: Order | None) -> datetime | None:
    """Return the one day that data attributes name."""
    values = {str(value) for value in tree.xpath(_DATA_XPATH)[:_MOST]}
    return only_day(parse_moment(value, order) for value in values)


def modified(facts: PageFacts, order: Order | None) -> Iterator[datetime | None]:
    """Yield the moments that meta elements give as that of the last change."""
    for key, content in facts.meta.items():
        if _MODIFIED.search(_NOT_LETTERS.sub("", key)):
            yield parse_moment(content, order)


def microdata_modified(elements: list[HtmlElement], order: Order | None) -> Iterator[datetime | None]:
    """Yield the moments of the last change that properties give, of the page's `property_elements`."""
    for element in _called(elements, _MODIFIED_PROPERTIES):
        if not _is_of_others(element, frozenset()):
            yield _value(element, order)


def _called(elements: list[HtmlElement], properties: tuple[str, ...]) -> Iterator[HtmlElement]:
    """Yield the elements whose property, with or without a prefix, is one of these; `pubdate` means the publication."""
    for element in elements:
        names = f"{element.get('itemprop') or ''} {element.get('property') or ''}"
        if any(name in names for name in properties) or (
            properties is _PUBLISHED_PROPERTIES and element.get("pubdate") is not None
        ):
            yield element


def _boxes(title: HtmlElement | None) -> frozenset[HtmlElement]:
    return frozenset(title.iterancestors()) if title is not None else frozenset()


def only_day(moments: Iterable[datetime | None]) -> datetime | None:
    """Return the most exact of moments that all lie on one day, None where they name several."""
    told = [moment for moment in moments if moment is not None]
    return max(told) if len({moment.date() for moment in told}) == 1 else None


def _value(element: HtmlElement, order: Order | None) -> datetime | None:
    for attribute in ("datetime", "content", "title"):
        moment = parse_moment(element.get(attribute), order)
        if moment is not None:
            return moment
    return parse_moment(" ".join(islice(element.itertext(), _PARTS)), order)


def _time_element(
    tree: HtmlElement, title: HtmlElement | None, order: Order | None, fetched_at: datetime
) -> datetime | None:
    """Return the time element that is nearest to the title, or the only day that the page's time elements name.

    That is the first one after the title. Where it stands far below, behind the text, it is that of a list of others if
    right above the title one day is told too that is not today's.
    """
    own = _boxes(title)
    after = False
    above: list[tuple[HtmlElement, datetime]] = []
    for element in islice(tree.iter("h1", "h2", "h3", "h4", "time"), _MOST):
        if element.tag != "time":
            after = after or element is title
            continue
        # A time without the attribute is a line for readers, and read as such.
        if not element.get("datetime") or _is_of_others(element, own) or _says_update(element):
            continue
        moment = parse_moment(element.get("datetime"), order)
        if after and moment is not None:
            others = [one for one in above if not _is_now(one[1], fetched_at)]
            return (_right_above(tree, title, element, others) if others else None) or moment
        if moment is not None:
            above.append((element, moment))
    return only_day(moment for _, moment in above)


def _right_above(
    tree: HtmlElement, title: HtmlElement | None, below: HtmlElement, above: list[tuple[HtmlElement, datetime]]
) -> datetime | None:
    """Return the one day told right above the title, None where the time below it is as near as a byline is."""
    wanted = {title, below, *(element for element, _ in above)}
    places: dict[HtmlElement, int] = {}
    at = 0
    for element in tree.iter():
        if element in wanted:
            places[element] = at
        seen = isinstance(element.tag, str) and element.tag not in _UNSEEN  # a comment's tag is a function
        at += len((element.text or "").strip()) if seen else 0
        at += len((element.tail or "").strip())
        if element is below:
            break
    start = places.get(title, 0)
    if places[below] - start <= _NEAR_BELOW:
        return None
    return only_day(moment for element, moment in above if start - places[element] <= _NEAR_ABOVE)


def _is_now(moment: datetime, fetched_at: datetime) -> bool:
    """Whether a moment can be the clock or the bare day of the fetch, which headers show."""
    if moment.time() == time():
        return abs((moment.date() - fetched_at.date()).days) <= 1
    return abs(moment - fetched_at) <= _CLOCK_BEHIND


def _says_update(element: HtmlElement) -> bool:
    parent = element.getparent()
    words = (parent.text or "") if parent is not None else ""
    previous = element.getprevious()
    before = previous.tail or "" if previous is not None else ""
    inside = " ".join(islice(element.itertext(), _PARTS))[:100]
    return bool(_OTHER_DAY.search(f"{element.get('class')} {inside} {words[-60:]} {before[-60:]}"))


def _is_of_others(element: HtmlElement, own: frozenset[HtmlElement]) -> bool:
    """Whether an element lies in a box of comments or of other articles."""
    above = element
    for _ in range(_ABOVE):
        above = above.getparent()
        if above is None or above in own or above.tag in {"article", "main", "body"}:
            return False
        if above.tag in {"aside", "footer", "nav", "blockquote"} or _OF_OTHERS.search(
            f"{above.get('class')} {above.get('id')}"
        ):
            return True
    return False
