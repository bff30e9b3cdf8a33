"""What an article is found by: its terms with their places, as PostgreSQL reads a `tsvector`.

PostgreSQL keeps no place past 16,383, no 257th place of a term, and no vector above a megabyte; a text of a million
characters is cut before that. The title has weight A, the text D.
"""

from collections.abc import Iterable
from itertools import accumulate

from silkwire.label.matching.languages import primary
from silkwire.label.matching.normal import normalise
from silkwire.label.search.tokens import LONGEST, spoken_in, term_row

_LAST_PLACE = 16_383
_MOST_PLACES = 255
_MOST_BYTES = 600_000  # of terms; with places and padding that stays below PostgreSQL's 1,048,575
_OVERHEAD = 12  # bytes of a term beside its letters, about
_LARGEST = 4 * LONGEST + _OVERHEAD
_GAP = 2  # between title and text, so that no phrase is found across
_LONGEST_TITLE = 2_000
_LONGEST_TEXT = 200_000  # characters; 16,383 words are fewer


def terms(title: str, text: str, language: str) -> str:
    """Return the text of a `tsvector` for an article in a language, a BCP 47 tag. Pure; never fails.

    Words past the 16,383rd are left out, and so is what stands after 200,000 characters.
    """
    code, latin_kazakh = spoken_in(language), is_latin_kazakh(language)
    head = term_row(normalise(title[:_LONGEST_TITLE]), code, latin_kazakh=latin_kazakh)
    body = term_row(normalise(text[:_LONGEST_TEXT]), code, latin_kazakh=latin_kazakh)
    places: dict[str, list[str]] = {}
    for place, term in enumerate(head, 1):
        places.setdefault(term, []).append(f"{place}A")
    first = len(head) + 1 + _GAP
    for place, term in enumerate(body[: max(0, _LAST_PLACE - first)], first):
        places.setdefault(term, []).append(str(place))
    return " ".join(f"'{term}':{','.join(found[:_MOST_PLACES])}" for term, found in _that_fit(places))


def _that_fit(places: dict[str, list[str]]) -> Iterable[tuple[str, list[str]]]:
    """Return terms with their places, as many as a vector can hold."""
    if len(places) < _MOST_BYTES // _LARGEST:
        return places.items()
    sizes = accumulate(len(term.encode("utf-8", "replace")) + _OVERHEAD for term in places)
    return [item for item, size in zip(places.items(), sizes, strict=True) if size <= _MOST_BYTES]


def is_latin_kazakh(language: str) -> bool:
    """Say whether a language tag is that of Kazakh in Latin letters."""
    return primary(language) == "kk" and "latn" in language.lower()
