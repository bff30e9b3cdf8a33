"""The axes of charts over time and of counts: each label once, whole marks at the ends, whole numbers."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from altair.utils.schemapi import debug_mode

from silkwire.reasons import Reason
from silkwire.warehouse.runs import Count
from silkwire.web.charts import _CHARTS, count_steps
from silkwire.web.filters import Filters
from silkwire.web.periods import days_axis, moments_axis, time_axis
from silkwire.web.reader import Reader
from tests.conftest import NOW
from tests.web.conftest import DAY, Site
from tests.web.desk import DeskLoader

LAST = date(2026, 12, 1)


def _window(days: int, *, every_day: bool = False) -> Filters:
    return Filters(LAST - timedelta(days=days - 1), LAST, today=LAST, every_day=every_day)


def _moments(said: list[dict[str, Any]]) -> list[datetime]:
    return [
        datetime(at["year"], at["month"], at["date"], at["hours"], at["minutes"], tzinfo=UTC)
        for at in said
        if at["utc"]
    ]


@pytest.mark.parametrize("days", [1, 2, 3, 14, 15, 30, 120])
def test_an_axis_of_days_labels_a_day_once_and_has_room_for_half_a_bar_at_both_ends(days: int) -> None:
    axis = time_axis(_window(days)).to_dict()
    labels = _moments(axis["axis"]["values"])
    assert labels == sorted({label.replace(hour=0, minute=0) for label in labels})
    assert 1 <= len(labels) <= 18
    noon = datetime(2026, 12, 1, 12, tzinfo=UTC)
    assert _moments(axis["scale"]["domain"]) == [noon - timedelta(days=days), noon]


def test_an_axis_of_weeks_labels_the_mondays_that_its_points_lie_on() -> None:
    axis = time_axis(_window(3660, every_day=True), since=date(2026, 11, 12)).to_dict()
    assert [label.date().isoformat() for label in _moments(axis["axis"]["values"])][-1] == "2026-11-30"
    assert [end.isoformat() for end in _moments(axis["scale"]["domain"])] == [
        "2026-11-05T12:00:00+00:00",
        "2026-12-03T12:00:00+00:00",
    ]


def test_a_year_is_labelled_by_months_and_ten_by_years() -> None:
    assert days_axis(date(2026, 1, 1), date(2026, 12, 31)).to_dict()["axis"]["tickCount"] == "month"
    assert days_axis(date(2017, 1, 1), date(2026, 12, 31)).to_dict()["axis"]["tickCount"] == "year"


@pytest.mark.parametrize(("days", "form"), [(1, "%H:%M"), (2, "%-d %b %H:%M"), (3, "%-d %b")])
def test_moments_are_told_by_the_hour_in_a_window_of_two_days(days: int, form: str) -> None:
    axis = moments_axis(_window(days), "at").to_dict()
    assert axis["axis"]["format"] == form
    assert len(axis["axis"]["values"]) == (8 if days < 3 else days)


@pytest.mark.parametrize(("most", "ticks"), [(0, [0, 1]), (1, [0, 1]), (2.4, [0, 1, 2, 3]), (6, list(range(7)))])
def test_few_counts_are_whole_numbers_from_nought_on(most: float, ticks: list[int]) -> None:
    steps = count_steps(most)
    assert steps["axis"].to_dict()["values"] == ticks
    assert steps["scale"].to_dict()["domain"] == [0, ticks[-1]]


def test_reasons_stand_in_the_legend_in_the_words_of_the_tables(site: Site, desk: DeskLoader) -> None:
    reasons = ("bad_url", "media_stub")
    desk.run("r1", NOW - timedelta(hours=1), [Count("fetch", "link", "skipped", reason, 2) for reason in reasons])
    spec = site.get("/charts/run-losses.json").json()
    names = spec["encoding"]["color"]["scale"]["domain"]
    assert f"fetch: {Reason.BAD_URL.words}" in names
    assert all(len(name) <= 70 for name in names)
    assert any(name.startswith("fetch: the page holds a video") for name in names)


@pytest.mark.parametrize("days", [1, 2, 30, 365])
@pytest.mark.parametrize("name", ["run-durations", "run-outcomes", "run-losses", "coverage", "source-volume", "usual"])
def test_charts_over_time_are_valid_vega_lite(warehouse_url: str, loaded: DeskLoader, name: str, days: int) -> None:
    reader = Reader(warehouse_url)
    filters = Filters(DAY - timedelta(days=days - 1), DAY, today=DAY, source="astana")
    with debug_mode(True):
        drawn = _CHARTS[name][1](reader, filters)
        assert drawn is not None
        drawn.to_dict()
    reader.close()
