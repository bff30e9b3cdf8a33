"""What may follow a word's dictionary form, as closed lists: a suffix chain is a product of slots, each optional.

`Қазақстан` in a Kazakh text may go on as -ның, -дағы or -дықтарға and nothing else, so that it is never found inside
another word. `data/endings.tsv` has the slots as the language spells them; they are folded as texts are.
"""

import re
from functools import cache, lru_cache
from importlib.resources import files

from silkwire.label.matching.normal import fold
from silkwire.label.matching.tables import table_rows
from silkwire.label.matching.uzbek import cyrillic

LONGEST_ENDING = 14  # letters of a whole chain of suffixes
_LONG_ENOUGH = 4  # letters; a shorter word keeps its vowels


@lru_cache(maxsize=50_000)
def ends_well(rest: str, language: str) -> bool:
    """Say whether `rest`, folded, may follow a dictionary form in this language; nothing always may."""
    return not rest or _chain(language).fullmatch(rest) is not None


@cache
def prefixes(language: str) -> frozenset[str]:
    """Return what may be written onto the front of a word, folded: Arabic's "and", "in" and article."""
    return frozenset(fold(part) for slot in _slots().get(f"{language} prefix", ()) for part in slot) | {""}


def variants(word: str, language: str) -> tuple[str, ...]:
    """Return the stems a folded word takes before an ending."""
    if language == "ug" and word[-1:] in "اە" and len(word) >= _LONG_ENOUGH:
        return (word, word[:-1] + fold("ى"))  # a final a or e is raised to i
    if language == "ar" and word.startswith("ال") and len(word) > _LONG_ENOUGH:
        return (word, "ل" + word[1:])  # li + al: للصين
    return (word,)


@cache
def _chain(language: str) -> re.Pattern[str]:
    """Compile the slots of a language to one pattern; Uzbek's are read in both alphabets."""
    pattern = ""
    for slot in _slots().get(language, ()):
        parts = [*slot, *map(cyrillic, slot)] if language == "uz" else slot
        pattern += f"(?:{'|'.join(dict.fromkeys(map(fold, parts)))})?"
    return re.compile(pattern)


@cache
def _slots() -> dict[str, list[list[str]]]:
    slots: dict[str, list[list[str]]] = {}
    for language, parts in table_rows(files(__package__).joinpath("data/endings.tsv")):
        slots.setdefault(language, []).append(parts.split())
    return slots
