"""Regions of `config/regions.yaml`: sets of countries, and names of their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from silkwire.label.configuration import Document
from silkwire.label.matching.matcher import Pattern, Speaker
from silkwire.label.matching.words import name_patterns
from silkwire.label.regions.gazetteer import ISO_CODES
from silkwire.label.regions.places import Place
from silkwire.records import CountryLabel, RegionLabel, Role

_KEYS = ("labels", "countries", "names")


@dataclass(frozen=True, slots=True)
class Region:
    """A region: its labels for people, its member countries, and the names that speak for it by themselves."""

    id: str
    labels: tuple[tuple[str, tuple[str, ...]], ...]
    countries: tuple[str, ...]
    names: tuple[tuple[str, tuple[str, ...]], ...]


def read_regions(path: Path) -> tuple[Region, ...]:
    """Read the file; raise `Config` that names the line and the nearest valid word."""
    document = Document(path)
    regions: tuple[Region, ...] = ()
    for key, value in document.mapping(document.root(), "the file"):
        document.choice(key, ("regions",), "key of the file")
        regions = tuple(_read_region(document, name.value, body) for name, body in document.mapping(value, "regions"))
    return regions


def region_patterns(regions: tuple[Region, ...], language: str) -> Iterator[Pattern]:
    """Yield the patterns of the regions' own names in one language."""
    for region in regions:
        for spoken, names in region.names:
            if spoken == language:
                for name in names:
                    yield from name_patterns(name, language, Speaker("region", region.id))


def label_regions(
    regions: tuple[Region, ...], countries: tuple[CountryLabel, ...], own: dict[str, Place]
) -> tuple[RegionLabel, ...]:
    """Label the regions that a member country or their own name (`own`, by region id) speaks for."""
    by_code = {country.code: country for country in countries if country.role is not Role.PRESUMED}
    labels = []
    for region in regions:
        members = tuple(by_code[code] for code in region.countries if code in by_code)
        named = own.get(region.id)
        scores = [member.score for member in members] + ([named.score] if named else [])
        if not scores:
            continue
        about = any(member.role is Role.ABOUT for member in members) or (named is not None and named.about)
        spans = {span for member in members for span in member.evidence} | set(named.evidence if named else ())
        evidence = tuple(sorted(spans, key=lambda span: (span.start, span.end)))
        labels.append(RegionLabel(region.id, max(scores), Role.ABOUT if about else Role.MENTIONED, evidence))
    return tuple(sorted(labels, key=lambda label: (label.role is not Role.ABOUT, -label.score, label.id)))


def _read_region(document: Document, name: str, body: yaml.Node) -> Region:
    labels: tuple[tuple[str, tuple[str, ...]], ...] = ()
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    countries: tuple[str, ...] = ()
    for key, value in document.mapping(body, f"region {name!r}"):
        match document.choice(key, _KEYS, "key of a region"):
            case "labels":
                labels = document.words_by_language(value, "labels")
            case "names":
                names = document.words_by_language(value, "names")
            case _:
                items = document.sequence(value, "countries")
                countries = tuple(document.choice(item, ISO_CODES, "ISO 3166-1 country code") for item in items)
    return Region(name, labels, countries, names)
