"""First-level divisions (ISO 3166-2) by name: `data/divisions.tsv`, rows of code, language, forms."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from silkwire.label.matching.matcher import Pattern, Speaker
from silkwire.label.matching.words import name_patterns

_WEIGHT = 0.8
_GEONAMES = "geonames"  # the row that tells GeoNames' admin1 code instead of names


def division_patterns(language: str) -> Iterator[Pattern]:
    """Yield the patterns of the divisions' names in one language."""
    for code, spoken, forms in _rows():
        if spoken in (language, "und"):
            for form in forms:
                yield from name_patterns(form, language, Speaker("division", code), _WEIGHT)


@cache
def division_codes() -> frozenset[str]:
    """Return the codes that the gazetteer knows."""
    return frozenset(code for code, _, _ in _rows())


@cache
def division_names() -> dict[str, str]:
    """Return the English names of the divisions by their codes."""
    return {code: forms[0] for code, spoken, forms in _rows() if spoken == "en"}


def division_of(country: str, admin1: str) -> str | None:
    """Return the division that GeoNames' admin1 code of a country stands for, where the gazetteer knows it."""
    return _by_admin1().get((country, admin1))


@cache
def _by_admin1() -> dict[tuple[str, str], str]:
    return {(code[:2], form): code for code, spoken, forms in _rows() if spoken == _GEONAMES for form in forms}


@cache
def _rows() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    lines = files(__package__).joinpath("data/divisions.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((code, spoken, tuple(form.strip() for form in forms.split(","))) for code, spoken, forms in rows)
