"""The 17 top-level IPTC Media Topics (CC BY 4.0, iptc.org/standards/media-topics), in the order of their codes.

A row of scores over topics anywhere in this package has this order.
"""

from functools import cache
from importlib.resources import files

from silkwire.label.matching.tables import table_rows


@cache
def topic_codes() -> dict[str, str]:
    """Return the codes of the topics by the short names that our files use, in the order of codes."""
    return {row[1]: row[0] for row in _rows()}


@cache
def topic_positions() -> dict[str, int]:
    """Return where each code stands in a row of scores."""
    return {code: position for position, code in enumerate(topic_codes().values())}


@cache
def topic_labels(language: str = "en") -> dict[str, str]:
    """Return the labels of the topics by their codes, in English where we have none in a language (BCP 47)."""
    heading, *rows = table_rows(files(__package__).joinpath("data/labels.tsv"))
    column = heading.index(language if language in heading else "en")
    return {row[0]: row[column] for row in rows}


def _rows() -> list[list[str]]:
    return table_rows(files(__package__).joinpath("data/mediatopics.tsv"))
