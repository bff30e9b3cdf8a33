"""When an article was published and last changed, and which evidence says so; nothing where nothing does.

The order, strongest first, as measured on dated pages of outlets, blogs and institutions (`make eval`): the JSON-LD of
the article; meta elements, microdata and time elements that say publication; the feed; the day in the address; a line
beside the title, or one that says "published"; the JSON-LD of the page where it has none of an article; data attributes
and script state that name one day; a meta element that says `date` and no more. Where the first two name different
days, the line beside the title decides between them.

htmldate is not asked: it answers for nearly every page (with the year of a copyright, any date of the text, the month
of an uploaded picture), is wrong twice as often, and does not say how it knows; what can not be explained is
not counted. For the same reason a page that only says when it was changed has no date of publication.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from itertools import islice

from lxml.html import HtmlElement

from silkwire.extract.dates import date_marks
from silkwire.extract.dates.address_day import days_of_address
from silkwire.extract.dates.date_lines import DateLine, date_lines
from silkwire.extract.dates.date_order import declared_order
from silkwire.extract.dates.relative_day import shows_relative_day
from silkwire.extract.dates.script_dates import script_dates
from silkwire.extract.dates.shown_date import line_beside_title, published_lines, updated_lines
from silkwire.extract.facts.page_facts import PageFacts
from silkwire.extract.facts.title_element import title_element
from silkwire.moments import in_utc, parse_moment
from silkwire.records import PublishedFrom

_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=1)  # clocks and zones
_MOST = 200  # candidates of one kind of evidence
_SAME = timedelta(days=1)  # between two machine-readable dates of one publication, each in its own zone
# The widest zones: a day that somebody writes begins so long before it does in UTC, and ends so long after.
_EAST, _WEST = timedelta(hours=14), timedelta(hours=12)

_Told = tuple[datetime, PublishedFrom]


@dataclass(frozen=True, slots=True)
class Dates:
    """When an article was published and last modified, in UTC, each with its evidence; None where nothing says.

    Neither lies before 1995 or more than a day after the page was fetched, and no change before the publication.
    `feed_days_apart` is how many whole days after the page's own date the feed's is (negative: before); 0 where they
    may be the same day in some zone, None unless both tell one.
    """

    published_at: datetime | None = None
    published_from: PublishedFrom | None = None
    modified_at: datetime | None = None
    modified_from: PublishedFrom | None = None
    feed_days_apart: int | None = None


def find_dates(
    tree: HtmlElement, facts: PageFacts, url: str, feed_date: datetime | None, fetched_at: datetime
) -> Dates:
    """Return the dates of an article; see `Dates`.

    A date-time without a zone is taken as UTC, a date alone as its midnight in UTC.
    """
    page = _Page(tree, facts, url, fetched_at)
    declared = page.declared()
    own = declared or page.shown()
    fed = page.possible([feed_date])
    published = (fed[0], PublishedFrom.FEED) if declared is None and fed else own
    modified = page.modified()
    if modified and published and modified[0] < published[0]:
        modified = None
    apart = _days_apart(own[0], fed[0]) if own and fed else None
    published_at, published_from = published or (None, None)
    modified_at, modified_from = modified or (None, None)
    return Dates(published_at, published_from, modified_at, modified_from, apart)


class _Page:
    """One page, asked for evidence after evidence; what costs a walk over the tree is done when it is needed."""

    def __init__(self, tree: HtmlElement, facts: PageFacts, url: str, fetched_at: datetime) -> None:
        self.tree, self.facts, self.url = tree, facts, url
        self.fetched_at = fetched_at
        self.order = declared_order(tree, url)

    @cached_property
    def title(self) -> HtmlElement | None:
        return title_element(self.tree, self.facts)

    @cached_property
    def lines(self) -> list[DateLine]:
        return date_lines(self.tree, self.title, self.order)

    @cached_property
    def properties(self) -> list[HtmlElement]:
        return date_marks.property_elements(self.tree)

    def possible(self, candidates: Iterable[datetime | None]) -> list[datetime]:
        """Return the candidates that can be a date of the page, in UTC."""
        moments = (in_utc(candidate) for candidate in islice(candidates, _MOST) if candidate is not None)
        return [moment for moment in moments if _EARLIEST <= moment <= self.fetched_at + _AHEAD]

    def declared(self) -> _Told | None:
        """Return the publication as the page tells machines in as many words; where it tells two, the one it shows."""
        json_ld = self.possible(date_marks.declared(self.facts, self.order))[:1]
        rivals = json_ld + self.possible(date_marks.named(self.facts, self.order))
        if not json_ld:
            rivals += self.possible(date_marks.microdata(self.properties, self.title, self.order))
        if not rivals:
            rivals = self.possible(date_marks.marked(self.tree, self.title, self.order, self.fetched_at))[:1]
        if not rivals:
            return None
        chosen = rivals[0]
        if max(rivals) - min(rivals) > _SAME:
            changed = self.modified()
            shown = {moment.date() for moment in self.possible([line_beside_title(self.lines, self.fetched_at)])}
            # A bare day that is also the day of the last change is the change's, whatever it is called.
            days = shown - {changed[0].date()} if changed else shown
            chosen = next((one for one in rivals if one.date() in (days if one.time() == time() else shown)), chosen)
        return chosen, PublishedFrom.JSON_LD if json_ld and chosen == json_ld[0] else PublishedFrom.META

    def shown(self) -> _Told | None:
        """Return the publication by the evidence that is weaker than a feed's."""
        return (
            self._first(days_of_address(self.url), PublishedFrom.URL)
            or self._first(self._published_lines(), PublishedFrom.TEXT)
            or self._first(date_marks.of_web_page(self.tree, self.facts, self.order), PublishedFrom.JSON_LD)
            or self._first(self._attributed(), PublishedFrom.META)
            or self._first(date_marks.named_weakly(self.facts, self.order), PublishedFrom.META)
        )

    def _published_lines(self) -> Iterator[datetime]:
        return published_lines(
            self.lines, self.fetched_at, is_relative=lambda: shows_relative_day(self.tree, self.title)
        )

    def _attributed(self) -> Iterator[datetime | None]:
        yield date_marks.attributed(self.tree, self.order)
        titles = (self.facts.heading, self.facts.meta.get("og:title", ""), self.facts.head_title)
        yield date_marks.only_day(parse_moment(date, self.order) for date in script_dates(self.tree, titles))

    def modified(self) -> _Told | None:
        """Return the last change; visible lines are asked only where they were read for the publication anyway."""
        return (
            self._first([parse_moment(self.facts.article.get("dateModified"), self.order)], PublishedFrom.JSON_LD)
            or self._first(date_marks.modified(self.facts, self.order), PublishedFrom.META)
            or self._first(date_marks.microdata_modified(self.properties, self.order), PublishedFrom.META)
            or self._first(updated_lines(self.__dict__.get("lines", ())), PublishedFrom.TEXT)
        )

    def _first(self, candidates: Iterable[datetime | None], evidence: PublishedFrom) -> _Told | None:
        return next(((moment, evidence) for moment in self.possible(candidates)), None)


def _days_apart(own: datetime, fed: datetime) -> int:
    """Return how many whole days a feed's date lies after a page's; a day without a clock is the day of some zone."""
    if own.time() != time() and fed.time() != time():
        return int((fed - own) / timedelta(days=1))
    start = datetime.combine(own, time(), UTC)
    if start - _EAST <= fed < start + timedelta(days=1) + _WEST:
        return 0
    return (fed.date() - own.date()).days
