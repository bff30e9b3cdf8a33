"""Heads of state and of government, who speak for their country while in office: `data/leaders.tsv`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from silkwire.label.matching.matcher import Pattern, Speaker
from silkwire.label.matching.words import name_patterns
from silkwire.label.regions.scripts import only_script, scripts_of

_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Leader:
    """A person's country, and the days between which the person stands for it; None: to this day."""

    country: str
    name: str
    since: date
    until: date | None

    def stands_on(self, day: date | None) -> bool:
        """Say whether the person speaks for the country on a day; a text without a date may be of any time."""
        return day is None or (self.since <= day and (self.until is None or day <= self.until))


def leader_patterns(language: str) -> Iterator[Pattern]:
    """Yield the patterns of the leaders' names in the scripts that a language is written in."""
    scripts = scripts_of(language)
    for number, (_, forms) in enumerate(_rows()):
        for form in (form for form in forms if only_script(form) in scripts):
            yield from name_patterns(form, language, Speaker("leader", str(number)), _WEIGHT)


def leader(speaker: Speaker) -> Leader:
    """Return the leader that a pattern's speaker stands for."""
    return _rows()[int(speaker.id)][0]


@cache
def _rows() -> tuple[tuple[Leader, tuple[str, ...]], ...]:
    rows = []
    for line in files(__package__).joinpath("data/leaders.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            country, since, until, names = line.split("\t")
            forms = tuple(form.strip() for form in names.split(","))
            rows.append((Leader(country, forms[0], _first_day(since), _last_day(until)), forms))
    return tuple(rows)


def _first_day(written: str) -> date:
    return date.fromisoformat(written if written.count("-") > 1 else f"{written}-01")


def _last_day(written: str) -> date | None:
    """Return the last day of a period; of one told by its month only, the last that every month has."""
    if not written:
        return None
    return date.fromisoformat(written if written.count("-") > 1 else f"{written}-28")
