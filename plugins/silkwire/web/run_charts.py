"""Charts of runs: how long they took, how they ended, and what did not go through."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import altair as alt
from sqlalchemy import RowMapping

from silkwire.web.charts import PALETTE, Drawing, chart, count_axis
from silkwire.web.filters import Filters
from silkwire.web.periods import day_bar_width, days_axis, moments_axis
from silkwire.web.reader import Reader
from silkwire.web.run_tables import losses, reason_words, run_days, runs_of_days
from silkwire.web.untrusted import line

_STATES = {"success": PALETTE[2], "failed": PALETTE[1], "interrupted": PALETTE[5], "running": PALETTE[0]}
_SHAPES = ["circle", "triangle-up", "square", "diamond"]
_POINTS = 2_000
_REASONS = 7  # of their own colour; the rest are others
_LONGEST_NAME = 70  # characters in a legend
_LEGEND = alt.Legend(orient="top", direction="vertical", labelLimit=420)  # side by side they are too long for a phone
_SAID_DAY = alt.Tooltip("utcyearmonthdate(day):T", title="day", format="%a %-d %b %Y")
_SAID_START = alt.Tooltip("utcyearmonthdatehoursminutes(at):T", title="started (UTC)", format="%a %-d %b %H:%M")


@chart("run-durations", "How long runs took")
def draw_durations(reader: Reader, filters: Filters) -> Drawing | None:
    """Draw each run as a point; of more than 2,000, the newest."""
    sql, values = runs_of_days(filters)
    rows = reader.rows((f"{sql}\nlimit :most", {**values, "most": _POINTS}))
    points = [
        {
            "at": row["started_at"].isoformat(),
            "minutes": round(row["seconds"] / 60, 2),
            "state": row["state"],
            "work": row["work"],
            "articles": row["articles"],
        }
        for row in rows
        if row["seconds"] is not None
    ]
    if not points:
        return None
    scale = alt.Scale(domain=list(_STATES), range=list(_STATES.values()))
    drawing: Drawing = (
        alt.Chart(alt.Data(values=points))
        .mark_point(filled=True, size=30, opacity=0.75)
        .encode(
            x=moments_axis(filters, "at", min(row["started_at"] for row in rows).date()),
            y=alt.Y("minutes:Q", title="minutes"),
            color=alt.Color("state:N", title=None, scale=scale, legend=alt.Legend(orient="top")),
            shape=alt.Shape("state:N", title=None, scale=alt.Scale(domain=list(_STATES), range=_SHAPES)),
            tooltip=[_SAID_START, "minutes:Q", "state:N", "work:N", "articles:Q"],
        )
        .properties(height=200)
    )
    return drawing


@chart("run-outcomes", "How runs ended")
def draw_outcomes(reader: Reader, filters: Filters) -> Drawing | None:
    """Draw the runs of each day by their state."""
    rows = reader.rows(run_days(filters))
    values = [
        {"day": row["day"].isoformat(), "state": state, "runs": row[state], "place": place}
        for row in rows
        for place, state in enumerate(_STATES)
        if row[state]
    ]
    if not values:
        return None
    scale = alt.Scale(domain=list(_STATES), range=list(_STATES.values()))
    drawing: Drawing = (
        alt.Chart(alt.Data(values=values))
        .mark_bar(size=day_bar_width(_days_drawn(filters, rows)))
        .encode(
            x=days_axis(_first_drawn(filters, rows), filters.last),
            y=count_axis("runs", "runs", max(row["runs"] for row in rows)),
            color=alt.Color("state:N", title=None, scale=scale, legend=alt.Legend(orient="top")),
            order=alt.Order("place:Q"),
            tooltip=[_SAID_DAY, "state:N", "runs:Q"],
        )
        .properties(height=200)
    )
    return drawing


@chart("run-losses", "What did not go through")
def draw_losses(reader: Reader, filters: Filters) -> Drawing | None:
    """Draw the items of each day that did not go through, by stage and reason, the seven most frequent by name."""
    rows = reader.rows(losses(filters))
    if not rows:
        return None
    totals: Counter[str] = Counter()
    for row in rows:
        totals[_named(row["stage"], row["reason"])] += row["items"]
    kept = [name for name, _ in totals.most_common(_REASONS)]
    counted: Counter[tuple[str, str]] = Counter()
    for row in rows:
        name = _named(row["stage"], row["reason"])
        counted[row["day"].isoformat(), name if name in kept else "other"] += row["items"]
    by_day: Counter[str] = Counter()
    for (day, _), items in counted.items():
        by_day[day] += items
    domain = [*kept, "other"] if len(totals) > len(kept) else kept
    scale = alt.Scale(domain=domain, range=list(PALETTE[: len(domain)]))
    drawing: Drawing = (
        alt.Chart(alt.Data(values=[{"day": day, "what": what, "items": n} for (day, what), n in counted.items()]))
        .mark_bar(size=day_bar_width(_days_drawn(filters, rows)))
        .encode(
            x=days_axis(_first_drawn(filters, rows), filters.last),
            y=count_axis("items", "items", max(by_day.values())),
            color=alt.Color("what:N", title=None, scale=scale, legend=_LEGEND),
            tooltip=[_SAID_DAY, "what:N", "items:Q"],
        )
        .properties(height=240)
    )
    return drawing


def _named(stage: str, reason: str) -> str:
    """Return what a reason is called in the legend: the words of the tables, cut."""
    return line(f"{stage}: {reason_words(reason)}", _LONGEST_NAME)


def _first_drawn(filters: Filters, rows: Sequence[RowMapping]) -> date:
    """Return the window's first day; with every day asked for, the first that has a row."""
    return min(row["day"] for row in rows) if filters.every_day else filters.first


def _days_drawn(filters: Filters, rows: Sequence[RowMapping]) -> int:
    return (filters.last - _first_drawn(filters, rows)).days + 1
