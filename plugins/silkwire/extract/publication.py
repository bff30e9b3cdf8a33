"""When an article was published, and which evidence says so; nothing where nothing does.

The order, strongest first: JSON-LD, meta elements and machine-readable times, the feed, the address, a date line beside
the title. htmldate is not used: it finds a date on almost every page (copyright years, any date in the text) and does
not tell how, and a date that cannot be explained may not be counted.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from lxml.html import HtmlElement

from silkwire.extract.page_facts import PageFacts
from silkwire.moments import find_moments, in_utc, parse_moment
from silkwire.records import PublishedFrom

_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=1)  # clocks and zones

_META_NAMES = (
    *("article:published_time", "og:article:published_time", "datepublished", "article:published", "pubdate"),
    *("publishdate", "publish_date", "publish-date", "publication_date", "publicationdate", "published_time"),
    *("og:published_time", "bytedance:published_time", "article:create_at", "apub:time", "mediator_published_time"),
    *("parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article_date_original"),
    "originalpublicationdate",
    *("dc.date.issued", "dcterms.issued", "dcterms.created", "dcterms.date", "dc.date.created", "dc.date", "dc:date"),
    *("prism.publicationdate", "citation_publication_date", "datecreated", "og:release_date", "date"),
)
_BROKEN_DATE = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{8,40})\"")
_URL_FORMS = (
    re.compile(r"/((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"),
    re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])(?=/|$)"),
    re.compile(r"(?<=[/_-])[tc]?((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"),
)
# Lines that tell another day than that of publication.
_OTHER_DAY = re.compile(
    r"updat|modif|actualis|mis à jour|aktualisier|обновл|изменен|жаңартыл|жаңылан|yangilan|güncel"
    r"|更新|修改|copyright|©",
    re.IGNORECASE,
)
_DATE_LINE = 90  # characters; the date, a source and an editor
_LINES_AFTER_TITLE, _CHARACTERS_AFTER_TITLE = 40, 700
_TIMES_AFTER_TITLE = 3


def find_publication(
    tree: HtmlElement, facts: PageFacts, url: str, feed_date: datetime | None, fetched_at: datetime
) -> tuple[datetime | None, PublishedFrom | None]:
    """Return the moment of publication in UTC with its evidence, or (None, None).

    A moment before 1995 or more than a day after `fetched_at` is not believed, and the next evidence is asked. A
    date-time without a zone is taken as UTC, a date alone as its midnight in UTC.
    """
    for candidates, evidence in (
        (_from_json_ld(facts), PublishedFrom.JSON_LD),
        (_from_meta(tree, facts), PublishedFrom.META),
        (iter([feed_date]), PublishedFrom.FEED),
        (_from_url(url), PublishedFrom.URL),
        (_from_text(tree), PublishedFrom.TEXT),
    ):
        for candidate in candidates:
            if candidate is not None and _EARLIEST <= in_utc(candidate) <= fetched_at + _AHEAD:
                return in_utc(candidate), evidence
    return None, None


def _from_json_ld(facts: PageFacts) -> Iterator[datetime | None]:
    yield parse_moment(facts.article.get("datePublished"))
    yield parse_moment(facts.article.get("dateCreated"))
    if not facts.article:
        found = {date for block in facts.broken for date in _BROKEN_DATE.findall(block)}
        if len(found) == 1:
            yield parse_moment(found.pop())


def _from_meta(tree: HtmlElement, facts: PageFacts) -> Iterator[datetime | None]:
    for name in _META_NAMES:
        if name in facts.meta:
            yield parse_moment(facts.meta[name])
    for element in tree.xpath("//*[@itemprop='datePublished' or @pubdate]"):
        yield parse_moment(element.get("datetime") or element.get("content") or element.text_content())
    yield _time_element(tree)


def _time_element(tree: HtmlElement) -> datetime | None:
    """Return the first time element after the heading, or the only day that the page's time elements name.

    Below an article stand the times of others, above it may stand today's.
    """
    after = tree.xpath("(//h1)[1]/following::time[@datetime]")[:_TIMES_AFTER_TITLE]
    for element in after:
        if not _OTHER_DAY.search(f"{element.get('class')} {element.text_content()} {_parent_words(element)}"):
            return parse_moment(element.get("datetime"))
    if after:
        return None
    moments = [parse_moment(element.get("datetime")) for element in tree.xpath("//time[@datetime]")]
    return moments[0] if moments and len({moment and moment.date() for moment in moments}) == 1 else None


def _parent_words(element: HtmlElement) -> str:
    parent = element.getparent()
    return (parent.text or "") if parent is not None else ""


def _from_url(url: str) -> Iterator[datetime | None]:
    path = url.split("?", 1)[0]
    for form in _URL_FORMS:
        found = form.search(path)
        if found:
            try:
                yield datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC)
            except ValueError:
                continue


def _from_text(tree: HtmlElement) -> Iterator[datetime | None]:
    """Return the date line between title and text, when the lines there name one day and no other."""
    moments = [moment for line in _lines_after_title(tree) for moment in find_moments(line)]
    if len({moment.date() for moment in moments}) == 1:
        yield max(moments)  # of one day: the most exact


def _lines_after_title(tree: HtmlElement) -> Iterator[str]:
    headings = tree.xpath("//h1[normalize-space()]") or tree.xpath("//h2[normalize-space()]")
    if not headings:
        return
    heading = headings[0]
    length = 0
    following = heading.xpath("following::text()[normalize-space()][not(ancestor::script or ancestor::style)]")
    for node in islice(following, _LINES_AFTER_TITLE):
        line = " ".join(str(node).split())
        length += len(line)
        if length > _CHARACTERS_AFTER_TITLE:
            return
        holder = node.getparent()
        if len(line) <= _DATE_LINE and not _OTHER_DAY.search(line) and not _is_link(holder):
            yield line


def _is_link(element: HtmlElement | None) -> bool:
    """Whether a text is a link's: a date there is that of another article."""
    if element is None:
        return False
    return any(ancestor.tag == "a" for ancestor in (element, *islice(element.iterancestors(), 2)))
