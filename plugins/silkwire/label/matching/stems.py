"""What a word of a term may be before an ending: `company` is `companie` before an s, `toprak` is `toprağ` before an ı.

The names of places have no plural and seldom soften, so these stems are for terms only; what names need as well is in
`endings.py`. `data/stems.tsv` has the changes as the language spells them.
"""

from functools import cache
from importlib.resources import files

from silkwire.label.matching.endings import variants
from silkwire.label.matching.normal import fold
from silkwire.label.matching.tables import table_rows

_SHORTEST = 3
_SHORTEST_BARE = 4  # of what is left where an end is taken away
_ARTICLE = "ال"
_WITH_ARTICLE = 5


def stems(word: str, language: str) -> tuple[str, ...]:
    """Return the stems that a folded word takes before an ending, itself first."""
    found = list(variants(word, language))
    if len(word) >= _SHORTEST:
        for length, changes in _changes(language):
            cut = len(word) - length
            if cut > 0 and (others := changes.get(word[cut:])):
                stem = word[:cut]
                found += [stem + other for other in others if other or cut >= _SHORTEST_BARE]
    if language == "ar" and word.startswith(_ARTICLE) and len(word) >= _WITH_ARTICLE:
        found.append(word[len(_ARTICLE) :])  # a prefix gives it back: al, li + al
    return tuple(found)


@cache
def _changes(language: str) -> list[tuple[int, dict[str, tuple[str, ...]]]]:
    """Return the changes of a language's ends by the length of the end."""
    changes: dict[int, dict[str, tuple[str, ...]]] = {}
    for spoken, written, others in table_rows(files(__package__).joinpath("data/stems.tsv")):
        if spoken == language:
            end = fold(written).strip("-")
            row = changes.setdefault(len(end), {})
            row[end] = row.get(end, ()) + tuple(fold(other.strip("-")) for other in others.split(" "))
    return list(changes.items())
