"""The outlet's own words for where an article belongs: a feed's categories, a page's sections."""

from collections.abc import Iterable

MOST, LONGEST = 8, 80  # names of an article, characters of a name


def named(names: Iterable[str]) -> tuple[str, ...]:
    """Return names of one line as they are written, each once, in order: at most eight.

    What is longer than 80 characters is a text or a list of keywords, and what holds an address is a program's note.
    """
    distinct = dict.fromkeys(name for name in names if 0 < len(name) <= LONGEST and "://" not in name)
    return tuple(distinct)[:MOST]
