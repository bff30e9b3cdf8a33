"""Every address of the app, and what no page may have: how tests walk through all of it."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from fastapi.routing import APIRoute
from lxml import html

from silkwire.report.export.formats import FORMATS
from silkwire.web.app import create_app
from silkwire.web.charts import chart_names
from silkwire.web.pages import OPEN_ROUTERS
from silkwire.web.tables import table_names

# What carries an address to be followed or loaded.
_ADDRESSES = ("href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href", "data-chart")


def routes(method: str) -> list[APIRoute]:
    """List the routes of the app that answer a method."""
    app = create_app(None)  # type: ignore[arg-type]
    found = [route for route in app.routes if isinstance(route, APIRoute) and method in route.methods]
    assert len(found) == len([route for route in app.routes if method in getattr(route, "methods", ())])
    return found


def is_open(route: APIRoute) -> bool:
    """Say whether a route has a way in of its own: a token in the address."""
    return any(route.path in {each.path for each in router.routes} for router in OPEN_ROUTERS)


def addresses(route: APIRoute, ids: dict[str, list[str]]) -> Iterator[str]:
    """Fill a route's parameters in: names of tables and charts with all there are, ids with those of `ids`.

    `ids` has lists by the first part of a path, such as `articles`; `*` stands for any other.
    """
    first = route.path.split("/")[1]
    if "{" not in route.path:
        yield route.path
    elif first == "tables":
        yield from (f"/tables/{name}.{suffix}" for name in table_names() for suffix in FORMATS)
    elif first == "charts":
        yield from (route.path.format(name=name) for name in chart_names())
    elif first == "static":
        yield from ("/static/silkwire.css", "/static/silkwire.js", "/static/icon.svg")
    elif first == "actions":
        yield from (route.path.format(dag=dag) for dag in ("monitor", "reprocess"))
    else:
        # A converter may stand behind the name: {run_id:path}. A path of two ids has them in one, with a blank between.
        parts = re.split(r"{\w+(?::\w+)?}", route.path)
        for given in ids.get(first, ids["*"]):
            each = given.split(" ") if len(parts) > 2 and given.count(" ") == len(parts) - 2 else [given] * len(parts)
            yield "".join(
                part + quote(id_, safe="") for part, id_ in zip(parts, [*each[: len(parts) - 1], ""], strict=True)
            )


def faults(page: str) -> list[str]:
    """List what a page has that our Content-Security-Policy forbids, or that may run what an outlet wrote."""
    tree = html.fromstring(page)
    found: list[str] = []
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in ("style", "iframe", "object", "embed", "base", "xss"):
            found.append(f"<{element.tag}>")
        if element.tag == "script" and (not element.get("src") or (element.text or "").strip()):
            found.append(f"inline script: {element.text}")
        for name, value in element.attrib.items():
            if name == "style" or name.startswith("on"):
                found.append(f"{name}={value}")
            if name in _ADDRESSES and not _is_harmless(value):
                found.append(f"{name}={value[:200]}")
        if element.get("target") == "_blank" and "noopener" not in (element.get("rel") or "") and _leaves(element):
            found.append(f"opener: {element.get('href')}")
    return found


def _is_harmless(value: str) -> bool:
    plain = value.strip().lower()
    return plain.startswith(("http://", "https://", "/", "#", "?")) and not plain.startswith("//")


def _leaves(element: html.HtmlElement) -> bool:
    return (element.get("href") or "").startswith("http")
