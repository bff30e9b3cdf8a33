"""Regions of `config/regions.yaml`: sets of countries, and names of their own."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from silkwire.label.configuration import Document
from silkwire.label.matching.matcher import Speaker, Spelling
from silkwire.label.matching.words import name_spellings
from silkwire.label.regions.cldr import ISO_CODES
from silkwire.label.regions.divisions import division_codes
from silkwire.label.regions.places import Key, Place
from silkwire.records import RegionLabel, Role

_KEYS = ("labels", "countries", "divisions", "names")


@dataclass(frozen=True, slots=True)
class Region:
    """A region: its labels for people, its member countries, and the names that speak for it by themselves."""

    id: str
    labels: tuple[tuple[str, tuple[str, ...]], ...]
    countries: tuple[str, ...]
    divisions: tuple[str, ...]
    names: tuple[tuple[str, tuple[str, ...]], ...]

    def members(self) -> tuple[Key, ...]:
        """Return what speaks for the region: its countries, its divisions, its own names."""
        countries = tuple(("country", code) for code in self.countries)
        return (*countries, *(("division", code) for code in self.divisions), ("region", self.id))


def read_regions(path: Path) -> tuple[Region, ...]:
    """Read the file; raise `Config` that names the line and the nearest valid word."""
    document = Document(path)
    return tuple(_read_region(document, name.value, body) for name, body in document.entries("regions"))


def regions_by_member(regions: Iterable[Region]) -> dict[Key, list[str]]:
    """Return the ids of the regions that each country, division and own name speaks for."""
    groups: dict[Key, list[str]] = {}
    for region in regions:
        for member in region.members():
            groups.setdefault(member, []).append(region.id)
    return groups


def region_spellings(regions: tuple[Region, ...], language: str) -> Iterator[Spelling]:
    """Spell the regions' own names in one language."""
    for region in regions:
        for spoken, names in region.names:
            if spoken == language:
                for name in names:
                    yield from name_spellings(name, language, Speaker("region", region.id))


def label_regions(regions: tuple[Region, ...], places: Mapping[Key, Place]) -> tuple[RegionLabel, ...]:
    """Label the regions that a member country, a member division or their own name speaks for."""
    labels = [
        RegionLabel(region.id, place.score, Role.ABOUT if place.about else Role.MENTIONED, place.evidence)
        for region in regions
        if (place := places.get(("region", region.id)))
    ]
    return tuple(sorted(labels, key=lambda label: (label.role is not Role.ABOUT, -label.score, label.id)))


def _read_region(document: Document, name: str, body: yaml.Node) -> Region:
    labels: tuple[tuple[str, tuple[str, ...]], ...] = ()
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    countries: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()
    for key, value in document.mapping(body, f"region {name!r}"):
        match document.choice(key, _KEYS, "key of a region"):
            case "labels":
                labels = document.words_by_language(value, "labels")
            case "names":
                names = document.words_by_language(value, "names")
            case "divisions":
                items = document.sequence(value, "divisions")
                divisions = tuple(
                    document.choice(item, division_codes(), "ISO 3166-2 code known here") for item in items
                )
            case _:
                items = document.sequence(value, "countries")
                countries = tuple(document.choice(item, ISO_CODES, "ISO 3166-1 country code") for item in items)
    return Region(name, labels, countries, divisions, names)
