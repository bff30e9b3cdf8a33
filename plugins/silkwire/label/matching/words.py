"""Names and terms as the data writes them, turned into the patterns that find them in all their forms."""

from collections.abc import Iterator

from silkwire.label.matching.matcher import Case, Pattern, Speaker, Tail, Word, make_pattern, written_case
from silkwire.label.matching.slavic import decline
from silkwire.label.matching.uzbek import cyrillic


def inflected(word: Word) -> Iterator[Pattern]:
    """Yield the patterns that find a dictionary form in all its forms, in both alphabets where there are two."""
    name, language = word.written, word.language
    latin_uzbek = language == "uz" and not any("\u0400" <= letter <= "\u04ff" for letter in name)
    for spelling in (name, cyrillic(name)) if latin_uzbek else (name,):
        if language in ("ru", "uk") and word.case is not Case.EXACT:
            for form in decline(spelling, language):
                yield make_pattern(form, word, Tail.WHOLE)
        else:
            yield make_pattern(spelling, word, Tail.ENDINGS)


def name_patterns(name: str, language: str, speaker: Speaker, weight: float = 1.0) -> Iterator[Pattern]:
    """Yield the patterns of a name, which must have the case it is written in."""
    return inflected(Word(name, language, speaker, weight, written_case(name)))
