"""Every country's names in a language, as patterns: CLDR's territory names; short forms, adjectives, capitals of ours.

`data/names/<language>.tsv` has a line per country and kind: code, kind, forms. Forms are dictionary forms; a
capital letter makes the capital obligatory. `data/stop.tsv` has phrases that hold a country's name and do not mean it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from babel import Locale
from babel.core import UnknownLocaleError

from silkwire.label.matching.matcher import Pattern, Speaker
from silkwire.label.matching.words import name_patterns
from silkwire.label.regions.shortforms import short_forms

# CLDR's alpha-2 territories that ISO 3166-1 has not assigned.
_NOT_ISO = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"))
_TERRITORIES = frozenset(map(str, Locale("en").territories))
ISO_CODES = frozenset(code for code in _TERRITORIES if code.isalpha()) - _NOT_ISO
_WEIGHTS = {"name": 1.0, "adj": 0.3, "city": 0.8, "government": 0.5}
# CLDR names Hong Kong and Macao as parts of China, ours are plain; Antarctica is a code but no country.
_NOT_CLDR = frozenset({"HK", "MO", "AQ"})
_CUT = re.compile("[(（,]")
_VARIANTS = {"zh": ("zh", "zh_Hant"), "uz": ("uz", "uz_Cyrl"), "fa": ("fa", "fa_AF")}


def place_patterns(language: str) -> Iterator[Pattern]:
    """Yield the patterns of countries, and of phrases that stop them, in one language (a primary subtag)."""
    refused = _refused(language)
    for code, name in _cldr_names(language):
        if (code, name) not in refused:
            yield from name_patterns(name, language, Speaker("name", code))
    for code, kind, forms in _rows(language):
        for form in forms if kind in _WEIGHTS else ():
            yield from name_patterns(form, language, Speaker(kind, code), _WEIGHTS[kind])
    for phrase in _stops().get(language, ()):
        yield from name_patterns(phrase, language, Speaker("stop", phrase))
    if language == "zh":
        yield from short_forms()


def _cldr_names(language: str) -> Iterator[tuple[str, str]]:
    """Yield CLDR's names, without what stands in brackets or after a comma.

    A name that two countries share then (刚果（金）, 刚果（布）) speaks for neither.
    """
    for variant in _VARIANTS.get(language, (language,)):
        try:
            territories = Locale.parse(variant).territories
        except (UnknownLocaleError, ValueError):
            continue
        names = {str(code): _CUT.split(name)[0].strip() for code, name in territories.items() if code in ISO_CODES}
        shared = Counter(names.values())
        yield from (
            (code, name)
            for code, name in names.items()
            if code not in _NOT_CLDR and len(name) > 1 and shared[name] == 1
        )


def _rows(language: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    path = files(__package__).joinpath(f"data/names/{language}.tsv")
    if not path.is_file():
        return
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            code, kind, forms = line.split("\t")
            yield code, kind, tuple(form.strip() for form in forms.split(","))


def _refused(language: str) -> frozenset[tuple[str, str]]:
    """Return CLDR names that are commoner as other words: rows of kind `not`."""
    return frozenset((code, form) for code, kind, forms in _rows(language) if kind == "not" for form in forms)


@cache
def _stops() -> dict[str, tuple[str, ...]]:
    stops: dict[str, tuple[str, ...]] = {}
    for line in files(__package__).joinpath("data/stop.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            language, phrases = line.split("\t")
            stops[language] = tuple(phrase.strip() for phrase in phrases.split(","))
    return stops
