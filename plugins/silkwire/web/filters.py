"""The filters of a page: what its query string says, what it means in SQL, and how a link says it again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from silkwire.label.search.query import parse_query

DAYS = 30
LONGEST = 3_660  # days
_MOST = 200  # characters of an id
KINDS = ("all", "original", "reprint")
_NAMED = ("region", "beside", "topic", "watch", "language", "source", "country", "q", "state")
_MOST_OF_WORDS = 500  # characters of q
_KNOWN = frozenset((*_NAMED, "kind", "days", "from", "to", "offset", "numbers", "text", "token"))


@dataclass(frozen=True, slots=True)
class Filters:
    """What a page is narrowed down to. `first` and `last` are UTC days, both included; None is "any".

    `beside` is a second region that an article must be about too. `kind` is all, original or reprint. `q` are words to
    be found in title and text, `found` the ids of the articles that have them where these are few, None where nobody
    has looked or they are many. With `every_day` the window is as long as can be, and has what is undated too. `state`
    is one of feeds and narrows no article down. `problems` tells what of the query string could not be understood.
    """

    first: date
    last: date
    region: str | None = None
    topic: str | None = None
    watch: str | None = None
    language: str | None = None
    source: str | None = None
    country: str | None = None
    q: str | None = None
    kind: str = "all"
    problems: tuple[str, ...] = ()
    today: date | None = None
    beside: str | None = None
    every_day: bool = False
    state: str | None = None
    found: tuple[str, ...] | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        """Take a region beside itself for the region alone."""
        if self.beside == self.region:
            object.__setattr__(self, "beside", None)

    @property
    def days(self) -> int:
        """How many days the window has."""
        return (self.last - self.first).days + 1

    def ago(self, days: int) -> date:
        """Return the first of the last so many days, today included."""
        return (self.today or self.last) - timedelta(days=days - 1)

    def where(
        self, facts: str = "facts", *, by_day: bool = True, one_by_one: bool = False
    ) -> tuple[str, dict[str, Any]]:
        """Return a condition on `marts.article_facts` under the name `facts`, and its parameters.

        What a visitor wrote is in the parameters alone. Without `by_day` the window is not part of it. With
        `one_by_one` frequent words are looked up article by article, as a list does that ends after some of them.
        """
        parts: list[str] = []
        values: dict[str, Any] = {}
        if by_day:
            dated = f"{facts}.day between :first and :last"
            parts.append(f"({dated} or {facts}.day is null)" if self.every_day else dated)
            values |= {"first": self.first, "last": self.last}
        for name, condition in _CONDITIONS.items():
            value = getattr(self, name)
            if value is not None:
                parts.append(condition.replace("facts.", f"{facts}."))
                values[name] = value
        if self.q is not None:
            condition = _FEW if self.found is not None else _HAS if one_by_one else _FOUND
            parts.append(condition.replace("facts.", f"{facts}."))
            values |= {"tsquery": parse_query(self.q).tsquery} if self.found is None else {"found": list(self.found)}
        if self.kind != "all":
            parts.append(f"{facts}.is_reprint" if self.kind == "reprint" else f"not {facts}.is_reprint")
        return " and ".join(parts) or "true", values

    def query(self, **changes: Any) -> str:  # noqa: ANN401 - dates and names
        """Return the query string of these filters with some of them changed, without its question mark."""
        changed = replace(self, **changes) if changes else self
        if changes.keys() & {"first", "last"}:
            changed = replace(changed, every_day=changes.get("every_day", False))
        said: dict[str, str] = {}
        if changed.every_day:
            said["days"] = "all"
        elif changed.today is not None and changed.last == changed.today:
            if changed.days != DAYS:
                said["days"] = str(changed.days)
        else:
            said |= {"from": changed.first.isoformat(), "to": changed.last.isoformat()}
        said |= {name: value for name in _NAMED if (value := getattr(changed, name)) is not None}
        if changed.kind != "all":
            said["kind"] = changed.kind
        return urlencode(said)

    def only(self, *names: str) -> "Filters":
        """Return the window with none of the other filters but those named; every day becomes the usual window."""
        plain: dict[str, Any] = {each.name: each.default for each in fields(self) if each.name in (*_NAMED, "kind")}
        window = replace(self, every_day=False, first=self.ago(DAYS)) if self.every_day else self
        return replace(window, **{name: value for name, value in plain.items() if name not in names})

    def without(self, *names: str) -> "Filters":
        """Return these filters with those named set to "any": what a page's address says, its query need not repeat."""
        changes: dict[str, Any] = {name: None for name in names if name in _NAMED}
        return replace(self, **changes)


# Arrays are asked by containment, which their indexes answer.
_CONDITIONS = {
    "region": "facts.regions @> array[cast(:region as text)]",
    "beside": "facts.regions @> array[cast(:beside as text)]",
    "topic": "facts.topics @> array[cast(:topic as text)]",
    "watch": "facts.watch_topics @> array[cast(:watch as text)]",
    "country": "facts.countries @> array[cast(:country as text)]",
    # `zh` is Chinese in either script; `zh-Hant` is one of them.
    "language": "(facts.language = :language or starts_with(facts.language, :language || '-'))",
    "source": "facts.source_id = :source",
}
_FEW = "facts.article_id = any(cast(:found as text[]))"
# PostgreSQL thinks a look into an article's terms cheap, and every query rare. Written so it asks the index whatever
# the query (a subquery's value can't be weighed), and keeps what it found as a hash (`is true` makes it no join).
_FOUND = """(facts.article_id in (
    select terms.article_id
    from marts.article_terms as terms
    where terms.terms @@ (select cast(:tsquery as tsquery))
)) is true"""
# Of each article that a list comes past; without `offset 0` it would become a join.
_HAS = """exists (
    select from marts.article_terms as terms
    where terms.article_id = facts.article_id and terms.terms @@ cast(:tsquery as tsquery) offset 0
)"""


def read_filters(query: Mapping[str, str], today: date, days: int = DAYS) -> Filters:
    """Read a query string; what can't be understood is told in `problems` and left out, never an error.

    `days=7` are the last seven days, today included; `days=all` are all, and what is undated. `from` and `to` are days
    in ISO 8601.
    """
    problems = [f"{name[:40]} is not a filter; it is left out." for name in query if name not in _KNOWN]
    named: dict[str, Any] = {
        name: _text(query.get(name, ""), _MOST_OF_WORDS if name == "q" else _MOST) for name in _NAMED
    }
    if len(query.get("q", "").strip()) > _MOST_OF_WORDS:
        problems.append(f"Only the first {_MOST_OF_WORDS} characters of q are looked at.")
    every_day = query.get("days", "").strip() == "all" and not (query.get("from") or query.get("to"))
    first, last = _window({} if every_day else query, today, LONGEST if every_day else days, problems)
    kind = query.get("kind", "") or "all"
    if kind not in KINDS:
        problems.append(f"kind can be {', '.join(KINDS)}; showing all.")
        kind = "all"
    return Filters(first, last, **named, kind=kind, problems=tuple(problems), today=today, every_day=every_day)


def _text(value: str, most: int) -> str | None:
    return value.replace("\0", "").encode("utf-8", "replace").decode().strip()[:most] or None


def _window(query: Mapping[str, str], today: date, days: int, problems: list[str]) -> tuple[date, date]:
    if said := query.get("days", "").strip():
        if said.isascii() and said.isdigit() and 1 <= int(said[:9]) <= LONGEST:
            days = int(said)
        else:
            problems.append(f"days must be a number from 1 to {LONGEST}; showing {days}.")
    last = _day(query, "to", problems) or today
    first = _day(query, "from", problems) or last - timedelta(days=days - 1)
    if first > last:
        problems.append("from comes after to; showing the days between them.")
        first, last = last, first
    return max(first, last - timedelta(days=LONGEST - 1)), last


def _day(query: Mapping[str, str], name: str, problems: list[str]) -> date | None:
    said = query.get(name, "").strip()
    if not said:
        return None
    try:
        found = date.fromisoformat(said)
    except ValueError:
        found = None
    if found is None or not 1990 <= found.year <= 2200:
        problems.append(f"{name} must be a day such as 2026-03-31; it is left out.")
        return None
    return found
