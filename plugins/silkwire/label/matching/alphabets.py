"""Uzbek and Kazakh words in both alphabets of their language, whichever of them they are written in."""

import re
from collections.abc import Callable

from silkwire.label.matching import kazakh, uzbek

_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[a-z]", re.IGNORECASE)
_TO_LATIN: dict[str, Callable[[str], str]] = {"kk": kazakh.latin, "uz": uzbek.latin}
_TO_CYRILLIC: dict[str, Callable[[str], str]] = {"kk": kazakh.cyrillic, "uz": uzbek.cyrillic}


def in_both_alphabets(written: str, language: str) -> tuple[str, ...]:
    """Return a word or phrase as it is written, and in the other alphabet where its language has two in use."""
    if language not in _TO_LATIN:
        return (written,)
    cyrillic = _CYRILLIC.search(written) is not None
    if not cyrillic and not _LATIN.search(written):
        return (written,)  # digits, or Arabic letters
    other = (_TO_LATIN if cyrillic else _TO_CYRILLIC)[language](written)
    return (written, other) if other != written else (written,)
