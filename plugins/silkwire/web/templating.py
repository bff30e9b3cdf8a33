"""Pages out of templates: what every template knows, and the one way to make an answer of it."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from silkwire.web import names
from silkwire.web.charts import chart_title
from silkwire.web.sparklines import sparkline
from silkwire.web.static_files import static_address
from silkwire.web.untrusted import line, plain, web_address
from silkwire.web.view import View

_TEMPLATES = Path(__file__).parent / "templates"
_RTL = frozenset(("ar", "fa", "he", "ug", "ur", "ps", "prs", "ckb", "sd"))


def render(view: View, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401
    """Draw a template with the view and further values."""
    page = environment().get_template(template)
    return HTMLResponse(page.render(view=view, root=view.root, filters=view.filters, now=view.now, **values), status)


@cache
def environment() -> Environment:
    """Return the templates' environment: everything is escaped, an unknown name is an error."""
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "address": address,
        "static": static_address,
        "names": names,
        "plural": plural,
        "chart_title": chart_title,
    }
    made.filters |= {
        "line": line,
        "plain": plain,
        "web_address": web_address,
        "moment": moment,
        "day": day,
        "count": count,
        "share": share,
        "change": change,
        "direction": direction,
        "duration": duration,
        "sparkline": sparkline,
    }
    return made


@pass_context
def address(context: Context, path: str, query: str = "", **more: object) -> str:
    """Return the address of one of our pages: `path` below the app, a query string, further parameters."""
    extra = urlencode({name: str(value) for name, value in more.items() if value not in (None, "")})
    joined = "&".join(part for part in (query, extra) if part)
    return f"{context['root']}/{path.lstrip('/')}" + (f"?{joined}" if joined else "")


def moment(value: datetime | str | None) -> Markup | str:
    """Draw a time: in UTC, with what the page's script needs to tell it in the reader's zone."""
    if value is None or value == "":
        return "–"
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    at = at.astimezone(UTC)
    return Markup('<time datetime="{}">{} UTC</time>').format(at.isoformat(timespec="seconds"), f"{at:%Y-%m-%d %H:%M}")


def day(value: date | None) -> Markup | str:
    """Draw a UTC day."""
    return Markup('<time datetime="{0}">{0}</time>').format(value.isoformat()) if value else "undated"


def count(value: float | None) -> str:
    """Draw a number of things, with thin spaces between thousands; a little is not nothing."""
    if value is None:
        return "–"
    if 0 < value < 0.05:
        return "< 0.1"
    whole = int(value)
    written = f"{whole:,}" if whole == value else f"{value:,.1f}"
    return written.replace(",", "\u202f")


def share(value: float | None) -> str:
    """Draw a share of 1 in per cent."""
    return "–" if value is None else f"{100 * value:.0f}\u202f%"


def change(value: float | None) -> str:
    """Draw a change against 1 in per cent, with its sign."""
    if value is None:
        return "–"
    percent = round(100 * value)
    return f"{'+' if percent > 0 else '−' if percent < 0 else ''}{abs(percent):,}\u202f%".replace(",", "\u202f")


def duration(seconds: float | None) -> str:
    """Draw a length of time."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours >= 48:
        return f"{hours // 24} days"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"


def direction(language: str | None) -> str:
    """Return the direction of a language's script for the attribute `dir`; auto where it is not known."""
    if not language or language == "und":
        return "auto"
    primary, _, script = language.partition("-")
    return "rtl" if primary in _RTL and script not in ("Latn", "Cyrl") else "ltr" if primary else "auto"


def plural(number: float, one: str, many: str | None = None) -> str:
    """Return a number with its noun: 1 article, 2 articles."""
    return f"{count(number)} {one if number == 1 else many or one + 's'}"
