"""Charts of what is usual: the last four weeks with each day's band behind its point."""

import altair as alt

from silkwire.web.charts import CLEAR, PANEL, Drawing, chart, count_axis
from silkwire.web.filters import Filters
from silkwire.web.periods import days_axis
from silkwire.web.reader import Reader
from silkwire.web.usual import weekdays


@chart("usual", "Each day against its weekday")
def draw_usual(reader: Reader, filters: Filters) -> Drawing | None:
    """Draw the last 28 days with the band of each one's weekday behind them, all sources."""
    return _draw(reader, filters, "all", CLEAR)


@chart("usual-panel", "The same of the panel")
def draw_usual_panel(reader: Reader, filters: Filters) -> Drawing | None:
    """Draw the last 28 days of the sources that reported on every day."""
    return _draw(reader, filters, "panel", PANEL)


def _draw(reader: Reader, filters: Filters, sources: str, colour: str) -> Drawing | None:
    rows = [row for row in reader.rows(weekdays(filters)) if row["sources"] == sources]
    if not any(row["articles"] or row["high"] for row in rows):
        return None
    values = [
        {
            "day": row["day"].isoformat(),
            "articles": row["articles"],
            "low": _number(row["low"]),
            "median": row["median"],
            "high": _number(row["high"]),
            "is": "today so far" if row["counted_until"] else "whole day",
        }
        for row in rows
    ]
    days = [row["day"] for row in rows]
    most = max(max(row["articles"] or 0, row["high"] or 0) for row in rows)
    y = count_axis("articles", "originals a day", float(most))
    base = alt.Chart(alt.Data(values=values)).encode(
        x=days_axis(min(days), max(days)),
        tooltip=[
            alt.Tooltip("utcyearmonthdate(day):T", title="day", format="%a %-d %b %Y"),
            alt.Tooltip("articles:Q", title="originals"),
            alt.Tooltip("low:Q", title="usual, from"),
            alt.Tooltip("median:Q"),
            alt.Tooltip("high:Q", title="usual, to"),
            alt.Tooltip("is:N", title="counted"),
        ],
    )
    band = base.mark_area(opacity=0.18, color=colour, interpolate="monotone").encode(
        y=count_axis("low", "originals a day", float(most)), y2="high:Q"
    )
    middle = base.mark_line(color=colour, strokeWidth=1.5, strokeDash=[4, 3], interpolate="monotone").encode(
        y=count_axis("median", "originals a day", float(most))
    )
    points = base.mark_point(size=45, filled=True, opacity=1, color=colour).encode(
        y=y,
        shape=alt.Shape(
            "is:N",
            title=None,
            scale=alt.Scale(domain=["whole day", "today so far"], range=["circle", "triangle-up"]),
            legend=alt.Legend(orient="top", symbolFillColor=colour, symbolStrokeColor=colour),
        ),
    )
    drawing: Drawing = alt.layer(band, middle, points).properties(height=220)
    return drawing


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
