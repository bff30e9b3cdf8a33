"""What CLDR (through Babel) knows of places: countries in all its languages, and a city for each time zone."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError, get_global
from babel.localedata import locale_identifiers

from silkwire.label.matching.languages import WRITTEN

# CLDR's alpha-2 territories that ISO 3166-1 has not assigned.
_NOT_ISO = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"))
_TERRITORIES = frozenset(map(str, Locale("en").territories))
ISO_CODES = frozenset(code for code in _TERRITORIES if code.isalpha()) - _NOT_ISO
# CLDR names Hong Kong and Macao as parts of China, ours are plain; Antarctica is a code but no country.
_NOT_CLDR = frozenset({"HK", "MO", "AQ"})
_CUT = "(（,،"
_VARIANTS = {"zh": ("zh", "zh_Hant"), "uz": ("uz", "uz_Cyrl"), "fa": ("fa", "fa_AF")}


def languages() -> frozenset[str]:
    """Return the primary subtags of all languages that CLDR knows."""
    return frozenset(identifier.partition("_")[0] for identifier in locale_identifiers())


def country_names(language: str) -> Iterator[tuple[str, str]]:
    """Yield the code and the name of each country, without what stands in brackets or after a comma.

    A name that two countries share then (刚果（金）, 刚果（布）) speaks for neither.
    """
    for locale in _locales(language):
        territories = locale.territories
        names = {str(code): _cut(name) for code, name in territories.items() if code in ISO_CODES}
        shared = Counter(names.values())
        yield from (
            (code, name)
            for code, name in names.items()
            if code not in _NOT_CLDR and len(name) > 1 and shared[name] == 1
        )


@cache
def city_names() -> dict[tuple[str, str], frozenset[str]]:
    """Return what each time zone's city is called in our languages, by its country and English name."""
    countries = get_global("zone_territories")
    found: dict[tuple[str, str], set[str]] = {}
    for locale in (locale for language in WRITTEN for locale in _locales(language)):
        for zone, names in locale.time_zones.items():
            city = (countries.get(zone, ""), zone.rpartition("/")[2].replace("_", " "))
            if names.get("city"):
                found.setdefault(city, set()).add(names["city"])
    return {city: frozenset(names) for city, names in found.items()}


def _locales(language: str) -> Iterator[Locale]:
    for variant in _VARIANTS.get(language, (language,)):
        try:
            yield Locale.parse(variant)
        except (UnknownLocaleError, ValueError):
            continue


def _cut(name: str) -> str:
    for mark in _CUT:
        name = name.split(mark, maxsplit=1)[0]
    return name.strip()
