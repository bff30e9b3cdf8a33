"""A window against the one before it: which days are compared, and what can be said about them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from silkwire.web.filters import Filters
from silkwire.web.reader import Reader
from silkwire.web.run_status import LOOK_BACK

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spans:
    """The whole days of a window, and as many days before them that begin on the same weekday.

    Weekends have less news, so Monday to Friday is compared with Monday to Friday. Today is not over, so it is compared
    with nothing.
    """

    first: date
    last: date
    before_first: date
    before_last: date


def spans(filters: Filters) -> Spans | None:
    """Return what is compared; None where the window has no whole day."""
    last = whole_last(filters)
    if last < filters.first:
        return None
    back = weeks_back(filters.first, last)
    return Spans(filters.first, last, filters.first - back, last - back)


def weeks_back(first: date, last: date) -> timedelta:
    """Return how far the days from `first` to `last` are moved so that they lie before themselves on their weekdays."""
    return timedelta(weeks=-(-((last - first).days + 1) // 7))


def whole_last(filters: Filters) -> date:
    """Return the last day of the window that is over; the day before its first one where there is none."""
    if filters.today is None:
        return filters.last
    return max(min(filters.last, filters.today - _ONE), filters.first - _ONE)


def panel_values(filters: Filters) -> dict[str, Any]:
    """Return the parameters `first` and `whole_last`, between which the panel of the window answered every day."""
    return {"first": filters.first, "whole_last": whole_last(filters)}


def span_values(filters: Filters) -> dict[str, Any]:
    """Return the parameters `first`, `last`, `whole_last`, `before_first` and `before_last`.

    Without a whole day there is none before.
    """
    last = whole_last(filters)
    back = weeks_back(filters.first, last)
    return {
        "first": filters.first,
        "last": filters.last,
        "whole_last": last,
        "before_first": filters.first - back,
        "before_last": last - back,
    }


@dataclass(frozen=True, slots=True)
class Standing:
    """What the warehouse knows of the days of a window: since when it polls, and of how many sources.

    `watched` sources were polled in the whole days of the window, `panel` of them answered on every day of it,
    `panel_both` on every day of both windows. `first_poll` is None where nothing was polled yet.
    `outdated` articles had labels of before the last change of the rules when the last run ended.
    """

    filters: Filters
    spans: Spans | None
    first_poll: date | None
    watched: int
    panel: int
    panel_both: int
    outdated: int

    @property
    def has_history(self) -> bool:
        """Whether polling had begun by the end of the window."""
        return self.first_poll is not None and self.first_poll <= self.filters.last

    @property
    def starts_within(self) -> bool:
        """Whether polling began after the window's first day: the days before then are incomplete."""
        return self.first_poll is not None and self.filters.first < self.first_poll <= self.filters.last

    @property
    def panel_from(self) -> date:
        """The first day that the panel answered on: the window's, or that of the first poll."""
        return max(self.filters.first, self.first_poll or self.filters.first)

    @property
    def is_comparable(self) -> bool:
        """Whether the days before were watched too."""
        return self.spans is not None and self.first_poll is not None and self.first_poll <= self.spans.before_first


def standing(reader: Reader, filters: Filters) -> Standing:
    """Read what can be said about a window."""
    since = (filters.today or filters.last) - LOOK_BACK
    row = reader.row((_STANDING, {**span_values(filters), "since": since}))
    assert row is not None  # noqa: S101 - it has no `from`, so it is one row
    return Standing(filters, spans(filters), **row)


_STANDING = """
    select
        (select min(days.day) from marts.polled_days as days) as first_poll,
        (
            select count(*) from marts.sources
            where exists (
                select from marts.source_days as days
                where days.source_id = sources.source_id and days.polls > 0
                    and days.day between :first and :whole_last
            )
        ) as watched,
        (select count(*) from marts.panel(:first, :whole_last) as panel) as panel,
        (select count(*) from marts.panel(:before_first, :whole_last) as panel) as panel_both,
        coalesce((
            select (runs.report -> 'pending' ->> 'relabel')::bigint
            from marts.run_reports as runs
            where runs.report is not null and runs.started_at >= :since
            order by runs.started_at desc
            limit 1
        ), 0) as outdated
"""
