"""What the articles of the large warehouse are about: countries and regions, with trends and peaks over the year."""

from dataclasses import dataclass

import numpy as np

from benchmarks.million_feeds import DAY, DAYS, Calendar, Flags, Floats, Integers
from silkwire.label.regions.region_file import Region

_PLACELESS = 0.15
_AT_HOME = 0.4
_ABROAD = (
    *("US", "RU", "CN", "UA", "IN", "KZ", "UZ", "KG", "TJ", "TM", "AF", "IR", "TR", "PK", "MN", "JP", "KR", "DE", "FR"),
    *("GB", "IL", "SA", "AE", "QA", "AZ", "AM", "GE", "TW", "HK", "BY", "PL", "VN"),
)
# How the interest in a subject changes from the year's first day to its last, and the days when it peaks.
_GROWS = {"KZ": 1.6, "AF": -0.6, "xinjiang": 0.8, "UZ": 0.7, "RU": -0.3, "south-caucasus": 1.2}
_PEAKS = {
    "TJ": (95, 5.0),
    "xinjiang": (203, 6.0),
    "KG": (281, 4.0),
    "MN": (150, 3.0),
    "IR": (338, 5.0),
    "TM": (352, 3.0),
}
_PEAK_WIDTH = 5.0


@dataclass(frozen=True, slots=True)
class Subject:
    """A place that articles are about: a country, or a region that is more or less than one.

    `country` and `regions` are what it is labelled with, `kind` and `place` what evidence of it says.
    """

    id: str
    country: str | None
    regions: tuple[str, ...]
    kind: str
    place: str

    @property
    def is_region(self) -> bool:
        """Say whether it is a region of `config/regions.yaml`."""
        return self.kind != "name"


def list_subjects(regions: tuple[Region, ...], countries: set[str]) -> list[Subject]:
    """Return the countries of the sources and of the wider world, then the regions that no country stands for."""
    codes = sorted(countries.union(_ABROAD))
    of_country = {code: tuple(r.id for r in regions if code in r.countries) for code in codes}
    found = [Subject(code, code, of_country[code], "name", code) for code in codes]
    for region in regions:
        if region.divisions:
            country = region.divisions[0][:2]
            also = tuple(name for name in of_country.get(country, ()) if name != region.id)
            found.append(Subject(region.id, country, (region.id, *also), "division", region.divisions[0]))
        elif len(region.countries) > 1:
            found.append(Subject(region.id, None, (region.id,), "region", region.id))
    return found


def _interest(subjects: list[Subject]) -> Floats:
    """Return how much each subject is written about each day: rows are days, and add up to 1."""
    days = np.arange(DAYS)
    interest = np.empty((DAYS, len(subjects)))
    for column, subject in enumerate(subjects):
        base = 1.5 if subject.is_region else 3.0 if subject.id in _ABROAD else 0.7
        base *= 1.0 - 0.02 * (_ABROAD.index(subject.id) if subject.id in _ABROAD else 0)
        peak, height = _PEAKS.get(subject.id, (0, 0.0))
        bump = height * np.exp(-(((days - peak) / _PEAK_WIDTH) ** 2))
        interest[:, column] = base * (1 + _GROWS.get(subject.id, 0) * days / DAYS + bump)
    shares: Floats = interest / interest.sum(axis=1, keepdims=True)
    return shares


def draw_subjects(
    published: Integers, home: Integers, subjects: list[Subject], calendar: Calendar, chance: np.random.Generator
) -> tuple[Integers, Flags]:
    """Draw up to three subjects for each article, and whether it is about the second one too.

    `home` is the subject that is the source's country, -1 where that is not known.
    """
    day = np.clip((published - calendar.start) // DAY, 0, DAYS - 1)
    cumulated = _interest(subjects).cumsum(axis=1)
    drawn = np.empty((len(published), 3), dtype=np.int64)
    for column in range(3):
        dice = chance.random(len(published))
        for each in range(DAYS):
            rows = np.flatnonzero(day == each)
            drawn[rows, column] = np.searchsorted(cumulated[each], dice[rows])
    drawn = np.minimum(drawn, len(subjects) - 1)
    at_home = (chance.random(len(published)) < _AT_HOME) & (home >= 0)
    drawn[:, 0] = np.where(at_home, home, drawn[:, 0])
    dice = chance.random((len(published), 3))
    drawn[dice[:, 1] > 0.55, 1] = -1
    drawn[dice[:, 2] > 0.25, 2] = -1
    drawn[dice[:, 0] < _PLACELESS] = -1
    return drawn, dice[:, 1] < 0.22
