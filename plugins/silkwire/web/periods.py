"""The points of a time axis: days, or weeks where days would be too many to tell apart."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import altair as alt

from silkwire.web.filters import Filters

MOST_DAYS = 120  # a longer window is drawn in weeks
_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A day or an ISO week (from Monday on). `first` and `last` are the days of it that lie in the window.

    It is `unfinished` where a part of it is yet to come or lies outside of the window.
    """

    key: date
    first: date
    last: date
    unfinished: bool

    @property
    def said(self) -> str:
        """The period in words."""
        days = f"{self.first:%a %-d %b %Y}"
        if self.last != self.first:
            days = f"{self.first:%-d %b} to {self.last:%-d %b %Y}"
        return f"{days} (unfinished)" if self.unfinished else days


def unit(filters: Filters) -> str:
    """Return what one point of the axis is: day or week."""
    return "week" if filters.days > MOST_DAYS else "day"


def period_key(day: date, filters: Filters) -> date:
    """Return the first day of the period that a day belongs to."""
    return day - timedelta(days=day.weekday()) if unit(filters) == "week" else day


def periods(filters: Filters) -> list[Period]:
    """Return the periods of the filters' window, in order."""
    length = timedelta(days=7) if unit(filters) == "week" else _ONE
    found, key = [], period_key(filters.first, filters)
    while key <= filters.last:
        end = key + length - _ONE
        is_cut = key < filters.first or end > filters.last or (filters.today is not None and end >= filters.today)
        found.append(Period(key, max(key, filters.first), min(end, filters.last), is_cut))
        key += length
    return found


def time_axis(filters: Filters, field: str = "day") -> alt.X:
    """Return the axis of time, in UTC, with as many labels as can be read."""
    days = filters.days
    ticks: Any = "day" if days <= 14 else "week" if days <= MOST_DAYS else "month" if days <= 4 * 365 else "year"
    form = "%-d %b" if days <= MOST_DAYS else "%b %Y" if days <= 4 * 365 else "%Y"
    return alt.X(
        f"{field}:T",
        title=None,
        scale=alt.Scale(type="utc"),
        axis=alt.Axis(format=form, tickCount=ticks, labelOverlap=True, grid=False),
    )
