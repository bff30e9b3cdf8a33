"""Years and days of other calendars, in the Gregorian one: Iran's and Afghanistan's, Thailand's, and eras of reigns."""

from datetime import date, timedelta

# Solar Hijri leap years, by the year's place in the cycle of 33; right for 1244 to 1472 (1865 to 2094).
_CYCLE = 33
_LEAP = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_FIRST, _LAST = 1374, 1472
_NOWRUZ = date(1995, 3, 21)  # 1 Farvardin 1374
_LONG_MONTHS = 6  # of 31 days; the others have 30, the last one 29 in a common year
_MONTHS = 12

_BUDDHIST = 543
# The year before the first of an era, by the word that stands before the year.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
ERA_NAMES = "|".join(_ERAS)


def from_solar_hijri(year: int, month: int, day: int) -> date:
    """Return the Gregorian date of a Solar Hijri one of the years 1374 to 1472; ValueError where there is none."""
    if not _FIRST <= year <= _LAST or not 1 <= month <= _MONTHS or not 1 <= day <= _days(year, month):
        message = f"no Solar Hijri date: {year}-{month}-{day}"
        raise ValueError(message)
    years = sum(366 if _is_leap(earlier) else 365 for earlier in range(_FIRST, year))
    months = sum(_days(year, earlier) for earlier in range(1, month))
    return _NOWRUZ + timedelta(days=years + months + day - 1)


def from_buddhist(year: int) -> int:
    """Return the Gregorian year of a Thai one."""
    return year - _BUDDHIST


def from_era(name: str, year: str) -> int:
    """Return the Gregorian year of the year of an era, such as 令和 6 or 民國 113; 元 is the first."""
    return _ERAS[name] + (1 if year == "元" else int(year))


def _days(year: int, month: int) -> int:
    if month <= _LONG_MONTHS:
        return 31
    return 30 if month < _MONTHS or _is_leap(year) else 29


def _is_leap(year: int) -> bool:
    return year % _CYCLE in _LEAP
