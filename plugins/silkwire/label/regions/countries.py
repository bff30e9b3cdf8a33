"""Country labels from weighed places."""

from silkwire.label.matching.matcher import Speaker
from silkwire.label.regions.places import Place
from silkwire.records import CountryLabel, Role


def label_countries(places: dict[Speaker, Place]) -> tuple[CountryLabel, ...]:
    """Label every country spoken for, those that carry the article first, the strongest first."""
    labels = [
        CountryLabel(speaker.id, place.score, Role.ABOUT if place.about else Role.MENTIONED, place.evidence)
        for speaker, place in places.items()
        if speaker.kind == "country"
    ]
    return tuple(sorted(labels, key=lambda label: (label.role is not Role.ABOUT, -label.score, label.code)))
