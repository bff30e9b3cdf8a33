"""Names for people: what a Media Topics code and a country code stand for."""

from babel import Locale

from silkwire.label.topics.vocabulary import topic_labels


def topic_name(code: str) -> str:
    """Return the English label of a Media Topic, or the code itself where it is not one of the top level."""
    return topic_labels().get(code, code)


def country_name(code: str) -> str:
    """Return the English name of a country (ISO 3166-1 alpha-2, by CLDR), or the code itself where it has none."""
    return str(Locale("en").territories.get(code, code))
