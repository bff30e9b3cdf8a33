"""First-level divisions (ISO 3166-2) by name."""

from collections.abc import Iterator
from functools import cache

from silkwire.label.matching.matcher import Speaker, Spelling
from silkwire.label.matching.words import name_spellings
from silkwire.label.regions.gazetteer import rows

_WEIGHT = 0.8
_GEONAMES = "geonames"  # the row that tells GeoNames' admin1 code instead of names


def division_spellings(language: str) -> Iterator[Spelling]:
    """Spell the divisions' names in one language."""
    for code, spoken, forms in _rows():
        if spoken in (language, "und"):
            for form in forms:
                yield from name_spellings(form, language, Speaker("division", code), _WEIGHT)


@cache
def division_codes() -> frozenset[str]:
    """Return the codes that the gazetteer knows."""
    return frozenset(code for code, _, _ in _rows())


def division_of(country: str, admin1: str) -> str | None:
    """Return the division that GeoNames' admin1 code of a country stands for, where the gazetteer knows it."""
    return _by_admin1().get((country, admin1))


@cache
def _by_admin1() -> dict[tuple[str, str], str]:
    return {(code[:2], form): code for code, spoken, forms in _rows() if spoken == _GEONAMES for form in forms}


@cache
def _rows() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    split = (row.split("\t") for row in rows("division"))
    return tuple((code, spoken, tuple(forms.split("|"))) for spoken, code, forms in split)
