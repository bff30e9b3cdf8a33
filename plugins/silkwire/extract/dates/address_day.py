"""The day of publication that an address spells out; a month alone is none."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import unquote

_YEAR, _MONTH, _DAY = r"((?:19|20)\d\d)", r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_FORMS = (
    re.compile(rf"/{_YEAR}[/_.-]?{_MONTH}[/_.-]?{_DAY}(?=[/_.-]|$)"),
    re.compile(rf"/{_YEAR}/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])(?=/|$)"),
    re.compile(rf"(?<=[/_~-])[a-z]{{0,4}}{_YEAR}-?{_MONTH}-?{_DAY}(?=[/_.-]|$)", re.IGNORECASE),
    # Chinese systems: /202405/03/, t20240503 and ARTI20240503102233123, after whose day stand the clock and a number
    re.compile(rf"/{_YEAR}{_MONTH}/{_DAY}/"),
    re.compile(
        rf"/(?:ARTI|VIDE|WAP|DOC|t|c|p|nw|doc-)?{_YEAR}{_MONTH}{_DAY}(?:[0-2]\d[0-5]\d[0-5]\d\d{{0,9}}|A\w{{4,8}}|\d{{4,6}})(?=[._/]|$)"
    ),
)
# The same with the day first, between signs that belong to no number: ~02-01-2022-title
_DAY_FIRST = re.compile(r"(?<=[/_~-])(1[3-9]|2\d|3[01])-(0[1-9]|1[0-2])-((?:19|20)\d\d)(?=[/_.-]|$)")
_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/\d{4,14}[a-z_]*/")


def days_of_address(url: str) -> Iterator[datetime]:
    """Yield the midnights, in UTC, of the days that the path of an address names, the surest form first."""
    path = unquote(_ARCHIVE.sub("", url).split("?", 1)[0].split("#", 1)[0])
    for form in _FORMS:
        found = form.search(path)
        if found:
            yield from _midnight(found[1], found[2], found[3])
    found = _DAY_FIRST.search(path)
    if found:
        yield from _midnight(found[3], found[2], found[1])


def _midnight(year: str, month: str, day: str) -> Iterator[datetime]:
    try:
        yield datetime(int(year), int(month), int(day), tzinfo=UTC)
    except ValueError:
        return
