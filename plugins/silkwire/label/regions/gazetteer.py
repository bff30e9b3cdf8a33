"""The gazetteer as it ships: one packed file of rows, built by `gazetteer_source.py`, read once a process."""

import gzip
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from silkwire.label.matching.matcher import Speaker, Spelling
from silkwire.label.matching.tables import table_rows
from silkwire.label.matching.words import name_spellings
from silkwire.label.regions.shortforms import short_forms

# What the mention of a country weighs by what names it: an adjective says less of where a story plays.
_WEIGHTS = {"name": 1.0, "adj": 0.3, "city": 0.8, "government": 0.5, "county": 0.5}


def place_spellings(language: str) -> Iterator[Spelling]:
    """Spell countries, and phrases that stop them, in one language (a primary subtag)."""
    for code, kind, forms in _names().get(language, ()):
        for form in forms.split("|"):
            yield from name_spellings(form, language, Speaker(kind, code), _WEIGHTS[kind])
    for phrase in _stops().get(language, ()):
        yield from name_spellings(phrase, language, Speaker("stop", phrase))
    if language == "zh":
        yield from short_forms()


@cache
def rows(kind: str) -> tuple[str, ...]:
    """Return the rows of a kind (name, division, leader, city), without the kind, as they are written."""
    return _read()[kind]


@cache
def _read() -> dict[str, tuple[str, ...]]:
    packed = files(__package__).joinpath("data/gazetteer.tsv.gz").read_bytes()
    found: dict[str, list[str]] = {}
    for line in gzip.decompress(packed).decode().splitlines():
        kind, _, row = line.partition("\t")
        found.setdefault(kind, []).append(row)
    return {kind: tuple(lines) for kind, lines in found.items()}


@cache
def _names() -> dict[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    for row in rows("name"):
        language, code, kind, forms = row.split("\t")
        found.setdefault(language, []).append((code, kind, forms))
    return found


@cache
def _stops() -> dict[str, tuple[str, ...]]:
    table = table_rows(files(__package__).joinpath("data/stop.tsv"))
    return {language: tuple(phrase.strip() for phrase in phrases.split(",")) for language, phrases in table}
