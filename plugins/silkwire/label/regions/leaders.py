"""Heads of state and of government, and those who speak for them: they stand for their country while in office."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from silkwire.label.matching.matcher import Speaker, Spelling
from silkwire.label.matching.words import name_spellings
from silkwire.label.regions.gazetteer import rows
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


def leader_spellings(language: str) -> Iterator[Spelling]:
    """Spell the leaders' names in the scripts that a language is written in."""
    scripts = scripts_of(language)
    for number, (_, forms) in enumerate(_rows()):
        for form in (form for form in forms if only_script(form) in scripts):
            yield from name_spellings(form, language, Speaker("leader", str(number)), _WEIGHT)


def leader(speaker: Speaker) -> Leader:
    """Return the leader that a pattern's speaker stands for."""
    return _rows()[int(speaker.id)][0]


@cache
def _rows() -> tuple[tuple[Leader, tuple[str, ...]], ...]:
    found = []
    for row in rows("leader"):
        country, since, until, names = row.split("\t")
        forms = tuple(names.split("|"))
        found.append((Leader(country, forms[0], _first_day(since), _last_day(until)), forms))
    return tuple(found)


def _first_day(written: str) -> date:
    return date.fromisoformat(written if written.count("-") > 1 else f"{written}-01")


def _last_day(written: str) -> date | None:
    """Return the last day of a period; of one told by its month only, the last that every month has."""
    if not written:
        return None
    return date.fromisoformat(written if written.count("-") > 1 else f"{written}-28")
