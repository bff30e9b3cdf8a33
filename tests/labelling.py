"""What the tests of labels ask of them."""

import pytest

from silkwire.records import Labels, Role


def codes(labels: Labels) -> set[str]:
    """The countries of an article, whatever their role."""
    return {country.code for country in labels.countries}


def about(labels: Labels) -> set[str]:
    """The countries that an article is about."""
    return {country.code for country in labels.countries if country.role is Role.ABOUT}


def regions(labels: Labels) -> set[str]:
    """The regions of an article, whatever their role."""
    return {region.id for region in labels.regions}


def regions_about(labels: Labels) -> set[str]:
    """The regions that an article is about."""
    return {region.id for region in labels.regions if region.role is Role.ABOUT}


def cases(*rows: tuple[str, str, str]) -> pytest.MarkDecorator:
    """Parametrise by (language, text, expected): codes with spaces between, or an empty string for none."""
    names = [f"{language}-{number}-{expected or 'none'}" for number, (language, _, expected) in enumerate(rows)]
    return pytest.mark.parametrize(("language", "text", "expected"), rows, ids=names)
