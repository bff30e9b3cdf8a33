"""Charts by name: Altair specifications that the browser draws and that become PNGs, one function for both."""

import json
from collections.abc import Callable
from functools import cache
from math import ceil
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from silkwire.web import names
from silkwire.web.filters import Filters
from silkwire.web.reader import Reader
from silkwire.web.untrusted import line

Drawing = alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart | alt.VConcatChart
Draw = Callable[[Reader, Filters], Drawing | None]

# Told apart by people with any kind of sight (Okabe and Ito, 2008), and strong enough on white and on black.
PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#7f7f7f", "#b8a800")
RAW, PANEL = PALETTE[0], PALETTE[1]
CLEAR = "#2a86c9"  # RAW for lines and points that lie on a band: read as well on a dark page as on white
_PNG_WIDTH = 900
_FEW = 6  # counts that are all written at an axis
_FONT = "Noto Sans, Noto Sans CJK SC, DejaVu Sans, Arial, sans-serif"
_NOTHING = "Nothing to draw in these days."

_CHARTS: dict[str, tuple[str, Draw]] = {}


def chart(name: str, title: str) -> Callable[[Draw], Draw]:
    """Make a function known as the chart `name`; it returns None where there is nothing to draw."""

    def known(draw: Draw) -> Draw:
        if name in _CHARTS:
            raise ValueError(f"there are two charts {name!r}")
        _CHARTS[name] = title, draw
        return draw

    return known


def count_axis(field: str, title: str, most: float) -> alt.Y:
    """Return an upright axis of counts, of which `most` is the highest: whole numbers alone, and 0 at the bottom."""
    return alt.Y(f"{field}:Q", title=title, **count_steps(most))


def count_steps(most: float) -> dict[str, Any]:
    """Return scale and axis of counts. A few are written out: Vega would put halves between them."""
    top = max(1, ceil(most))
    if top > _FEW:
        return {"scale": alt.Scale(domainMin=0, nice=True), "axis": alt.Axis(tickMinStep=1, format=",~f")}
    axis = alt.Axis(values=list(range(top + 1)), tickMinStep=1, format=",~f")
    return {"scale": alt.Scale(domain=[0, top], nice=False), "axis": axis}


def chart_names() -> list[str]:
    """Return the names of all charts, sorted."""
    return sorted(_CHARTS)


def chart_title(name: str) -> str | None:
    """Return the heading of a chart, None where there is no such chart."""
    return _CHARTS[name][0] if name in _CHARTS else None


def specification(name: str, reader: Reader, filters: Filters) -> dict[str, Any]:
    """Return a chart as a Vega-Lite specification without colours of a theme; it fills its container's width."""
    # Altair checks each part against its schema as it is made, which takes twice as long as all else; tests do that.
    with debug_mode(False):
        drawn = _CHARTS[name][1](reader, filters)
    if drawn is None:
        drawn = alt.Chart(alt.Data(values=[{}])).mark_text(size=14, text=_NOTHING)
    spec: dict[str, Any] = json.loads(drawn.properties(width="container").to_json(validate=False))
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    spec.get("config", {}).pop("view", None)  # Altair's own sizes, which would hide the page's frame
    return spec


def picture(name: str, reader: Reader, filters: Filters) -> bytes:
    """Return a chart as a PNG on white that says what it shows, for a slide or a mail."""
    import vl_convert

    title = {"text": _CHARTS[name][0], "subtitle": described(filters), "anchor": "start", "subtitlePadding": 4}
    spec = specification(name, reader, filters) | {"width": _PNG_WIDTH, "title": title}
    spec["autosize"] = {"type": "pad", "contains": "padding"}
    spec["config"] = {**spec.get("config", {}), "background": "white", "font": _FONT, "axis": {"labelFontSize": 12}}
    png: bytes = vl_convert.vegalite_to_png(spec, vl_version=_VEGA_LITE, scale=2)
    return png


def described(filters: Filters) -> str:
    """Return what the filters let through, in words: China, Russian, 2026-11-01 to 2026-11-30 (UTC days)."""
    said = [tell(value) for field, tell in _TOLD.items() if (value := getattr(filters, field)) is not None]
    said += [f"{filters.kind}s"] if filters.kind != "all" else []
    days = "all days" if filters.every_day else f"{filters.first} to {filters.last} (UTC days)"
    return " · ".join((*(line(each, 60) for each in said), days, "Silkwire"))


_TOLD: dict[str, Callable[[str], str]] = {
    "region": names.region_name,
    "beside": names.region_name,
    "topic": names.topic_name,
    "watch": names.watch_name,
    "language": names.language_name,
    "country": names.country_name,
    "source": str,
    "q": "“{}”".format,
}


@cache
def bundle() -> str:
    """Return Vega, Vega-Lite and vega-embed as one script of ours, out of the wheel: nothing comes from a CDN."""
    import vl_convert

    script: str = vl_convert.javascript_bundle(
        "window.vegaEmbed = vegaEmbed; window.vega = vega;", vl_version=_VEGA_LITE
    )
    return script


_VEGA_LITE = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
