"""Charts of sources: of how many we heard by country and day, and what one publishes against its usual."""

from collections import defaultdict
from datetime import date, timedelta
from statistics import quantiles
from typing import Any

import altair as alt

from silkwire.web.charts import CLEAR, PALETTE, RAW, Drawing, chart, count_axis
from silkwire.web.filters import Filters
from silkwire.web.names import country_name
from silkwire.web.periods import bounds, days_axis, period_key, periods, time_axis, unit
from silkwire.web.reader import Reader

_BEFORE = 56  # days that "usual" is made of
_FEWEST = 14  # of them with an answer, or nothing is usual
_PALE = "#e6e1d6"  # half of the sources: between the colours of none and of all
_NO_COUNTRY = "country not given"


@chart("coverage", "Sources that reported, by country and time")
def draw_coverage(reader: Reader, filters: Filters) -> Drawing | None:
    """Draw the share of the expected sources that reported, a cell a country and day, or week of a long window."""
    country = " and coverage.country = :country" if filters.country else ""
    sql = f"""
        select coverage.day, coverage.country, coverage.expected, coverage.reporting
        from marts.coverage
        where coverage.day between :first and :last{country}
    """  # noqa: S608 - what a visitor wrote is in the parameters
    values: dict[str, object] = {"first": filters.first, "last": filters.last}
    rows = reader.rows((sql, values | ({"country": filters.country} if filters.country else {})))
    sums: dict[tuple[date, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        cell = sums[period_key(row["day"], filters), country_name(row["country"]) if row["country"] else _NO_COUNTRY]
        cell[0] += row["reporting"]
        cell[1] += row["expected"]
    said = {period.key: period.said for period in periods(filters)}
    a_day = " source-days" if unit(filters) == "week" else ""
    cells = [
        {
            "day": key.isoformat(),
            **bounds(key, filters),
            "said": said[key],
            "country": country,
            "share": reporting / expected,
            "heard": f"{reporting} of {expected}{a_day}",
        }
        for (key, country), (reporting, expected) in sums.items()
    ]
    if not cells:
        return None
    drawn: Drawing = (
        alt.Chart(alt.Data(values=cells))
        .mark_rect(strokeWidth=0)
        .encode(
            x=time_axis(filters, "begin", min(key for key, _ in sums)),
            x2="end:T",
            y=alt.Y("country:N", title=None, axis=alt.Axis(labelLimit=140)),
            color=alt.Color(
                "share:Q",
                title="share of sources that reported",
                scale=alt.Scale(domain=[0, 0.5, 1], range=[PALETTE[1], _PALE, RAW], interpolate="rgb"),
                legend=alt.Legend(orient="top", format=".0%", gradientLength=200, values=[0, 0.5, 1]),
            ),
            tooltip=[
                alt.Tooltip("said:N", title=unit(filters)),
                "country:N",
                alt.Tooltip("heard:N", title="sources that reported"),
            ],
        )
        .properties(height=max(60, 16 * len({cell["country"] for cell in cells})))
    )
    return drawn


@chart("source-volume", "Originals a day, beside what is usual")
def draw_source_volume(reader: Reader, filters: Filters) -> Drawing | None:
    """Draw what the filters' source published a day, the band of four in five of its days before, and its silence."""
    sql = """
        select days.day, days.polls, days.reported, days.articles
        from marts.source_days as days
        where days.source_id = :source and days.day between :since and :last
    """
    since = filters.first - timedelta(days=_BEFORE)
    rows = reader.rows((sql, {"source": filters.source, "since": since, "last": filters.last}))
    known: dict[date, Any] = {row["day"]: row for row in rows}
    if not any(day >= filters.first for day in known):
        return None
    first = max(filters.first, min(known))
    values = [_value(known, first + timedelta(days=number)) for number in range((filters.last - first).days + 1)]
    most = max(float(value[field] or 0) for value in values for field in ("articles", "high"))
    y = count_axis("articles", "originals a day", most)
    base = alt.Chart(alt.Data(values=values)).encode(x=days_axis(first, filters.last))
    told = [
        alt.Tooltip("utcyearmonthdate(day):T", title="day", format="%a %-d %b %Y"),
        alt.Tooltip("articles:Q", title="originals"),
        alt.Tooltip("usual:N", title="usual"),
        alt.Tooltip("heard:N", title="polls"),
    ]
    band = base.mark_area(opacity=0.25, color=PALETTE[4]).encode(
        y=count_axis("low", "originals a day", most), y2=alt.Y2("high:Q")
    )
    line = base.mark_line(strokeWidth=2, color=CLEAR).encode(y=y)
    points = base.mark_point(filled=True, size=45, opacity=1).encode(
        y=y,
        color=alt.Color(
            "heard:N",
            title=None,
            scale=alt.Scale(domain=list(_HEARD), range=[CLEAR, PALETTE[1], PALETTE[6]]),
            legend=alt.Legend(orient="top"),
        ),
        shape=alt.Shape("heard:N", scale=alt.Scale(domain=list(_HEARD), range=["circle", "cross", "diamond"])),
        tooltip=told,
    )
    layers = [band, line, points] if any(value["high"] is not None for value in values) else [line, points]
    return alt.layer(*layers).properties(height=240)


_HEARD = ("answered", "no answer", "not polled")


def _value(known: dict[date, Any], day: date) -> dict[str, Any]:
    row = known.get(day)
    low, high = _usual(known, day)
    heard = _HEARD[2] if row is None or not row["polls"] else _HEARD[0] if row["reported"] else _HEARD[1]
    return {
        "day": day.isoformat(),
        "articles": row["articles"] if row else 0,
        "low": low,
        "high": high,
        "usual": "not known" if low is None or high is None else f"{low:.0f} to {high:.0f}",
        "heard": heard,
    }


def _usual(known: dict[date, Any], day: date) -> tuple[float | None, float | None]:
    """Return the band in which four of five of the days before lay, by those on which the source answered."""
    before = (known.get(day - timedelta(days=number)) for number in range(1, _BEFORE + 1))
    counts = [row["articles"] for row in before if row and row["reported"]]
    if len(counts) < _FEWEST:
        return None, None
    tenths = quantiles(counts, n=10, method="inclusive")
    return tenths[0], tenths[-1]
