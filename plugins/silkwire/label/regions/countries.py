"""Country labels from weighed places."""

from silkwire.label.regions.places import Key, Place
from silkwire.records import CountryLabel, Evidence, Role

PRESUMED_SCORE = 0.5  # no figure stands behind it: the text says nothing


def label_countries(places: dict[Key, Place]) -> tuple[CountryLabel, ...]:
    """Label every country spoken for, those that carry the article first, the one named most before all."""
    found = [(place, code) for (kind, code), place in places.items() if kind == "country"]
    found.sort(key=lambda pair: (not pair[0].about, -pair[0].rank, pair[1]))
    return tuple(
        CountryLabel(code, place.score, Role.ABOUT if place.about else Role.MENTIONED, place.evidence)
        for place, code in found
    )


def presume(source_country: str | None) -> tuple[CountryLabel, ...]:
    """Presume that a text which names no country is about its outlet's; nothing where the outlet's is not known."""
    if not source_country:
        return ()
    evidence = Evidence("", 0, 0, "outlet", source_country)
    return (CountryLabel(source_country, PRESUMED_SCORE, Role.PRESUMED, (evidence,)),)
