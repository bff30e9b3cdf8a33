"""Names and terms as the data writes them, spelled in all the forms in which texts have them."""

from collections.abc import Iterator

from silkwire.label.matching.matcher import Case, Speaker, Spelling, Tail, Word, spell, written_case
from silkwire.label.matching.slavic import decline
from silkwire.label.matching.uzbek import cyrillic


def inflected(word: Word) -> Iterator[Spelling]:
    """Spell a dictionary form in all its forms, in both alphabets where there are two."""
    name, language = word.written, word.language
    latin_uzbek = language == "uz" and not any("\u0400" <= letter <= "\u04ff" for letter in name)
    spellings = (name, cyrillic(name)) if latin_uzbek else (name,)
    if language in ("ru", "uk") and word.case is not Case.EXACT:
        yield from spell((form for spelling in spellings for form in decline(spelling, language)), word, Tail.WHOLE)
    else:
        yield from spell(spellings, word, Tail.ENDINGS)


def name_spellings(name: str, language: str, speaker: Speaker, weight: float = 1.0) -> Iterator[Spelling]:
    """Spell a name, which must have the case it is written in."""
    return inflected(Word(name, language, speaker, weight, written_case(name)))
