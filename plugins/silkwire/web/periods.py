"""The points of a time axis: days, or weeks where days would be too many to tell apart."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import altair as alt

from silkwire.web.filters import Filters

MOST_DAYS = 120  # a longer window is drawn in weeks
_EACH_DAY = 14  # a longer axis has Mondays labelled
_DAYS_OF_HOURS = 2  # of a window whose moments are told by the hour
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
    length = _length(filters)
    found, key = [], period_key(filters.first, filters)
    while key <= filters.last:
        end = key + length - _ONE
        is_cut = key < filters.first or end > filters.last or (filters.today is not None and end >= filters.today)
        found.append(Period(key, max(key, filters.first), min(end, filters.last), is_cut))
        key += length
    return found


def bounds(day: date, filters: Filters) -> dict[str, str]:
    """Return where the cell of a period begins and ends, as ISO times; the period's point lies in its middle."""
    key, half = datetime.combine(period_key(day, filters), time(), UTC), _length(filters) / 2
    return {"begin": (key - half).isoformat(), "end": (key + half).isoformat()}


def time_axis(filters: Filters, field: str = "day", since: date | None = None) -> alt.X:
    """Return the axis of the window's days or weeks. With every day asked for, it begins on the day `since`."""
    first = since if filters.every_day and since else filters.first
    return days_axis(period_key(first, filters), period_key(filters.last, filters), field, _length(filters))


def days_axis(first: date, last: date, field: str = "day", length: timedelta = _ONE) -> alt.X:
    """Return an axis of days in UTC: whole marks at both ends, no tick finer than a day, each label once.

    `first` and `last` are the points at its ends, `length` is the time that one point stands for.
    """
    ends = [datetime.combine(day, time(), UTC) for day in (first, last)]
    return _axis(field, ends[0] - length / 2, ends[1] + length / 2, _day_ticks(first, last))


def moments_axis(filters: Filters, field: str, since: date | None = None) -> alt.X:
    """Return an axis of moments in the window, in UTC: hours where it has one day or two, and days otherwise."""
    first = since if filters.every_day and since else filters.first
    begin = datetime.combine(first, time(), UTC)
    end = datetime.combine(filters.last, time(23, 59), UTC)
    days = (filters.last - first).days + 1
    if days > _DAYS_OF_HOURS:
        return _axis(field, begin, end, _day_ticks(first, filters.last))
    hours = [_moment(begin + timedelta(hours=hour)) for hour in range(0, 24 * days, 3 * days)]
    axis = alt.Axis(format="%H:%M" if days == 1 else "%-d %b %H:%M", values=hours)
    return _axis(field, begin, end, axis, "UTC")


def day_bar_width(days: int) -> float:
    """Return pixels of a bar, of so many side by side, that leave a gap on a chart as narrow as a phone's."""
    return max(2.0, min(40.0, 240 / days))


def _length(filters: Filters) -> timedelta:
    return timedelta(days=7) if unit(filters) == "week" else _ONE


def _day_ticks(first: date, last: date) -> alt.Axis:
    """Return the labels of an axis of days: each day, Mondays, months or years, by how many days it has."""
    number = (last - first).days + 1
    if number > MOST_DAYS:
        by_month = number <= 4 * 365
        return alt.Axis(format="%b %Y" if by_month else "%Y", tickCount="month" if by_month else "year")
    days = [first + timedelta(days=each) for each in range(number)]
    shown = days if number <= _EACH_DAY else [day for day in days if day.weekday() == 0]
    return alt.Axis(format="%-d %b", values=[_moment(datetime.combine(day, time(), UTC)) for day in shown])


def _axis(field: str, begin: datetime, end: datetime, axis: alt.Axis, title: str | None = None) -> alt.X:
    """Return an axis of time in UTC that reaches from one moment to another."""
    axis.grid, axis.labelOverlap = False, True
    scale = alt.Scale(type="utc", domain=[_moment(begin), _moment(end)], nice=False)
    return alt.X(f"{field}:T", title=title, scale=scale, axis=axis)


def _moment(at: datetime) -> alt.DateTime:
    """Return a moment for a scale's domain, which Vega would read in the browser's own time otherwise."""
    return alt.DateTime(year=at.year, month=at.month, date=at.day, hours=at.hour, minutes=at.minute, utc=True)
