"""The words of a language's terms, each known by a number, and which of them a word of a text may be a form of.

No form is spelled out beforehand. A word of the text is cut at every letter: what stands before must be a stem, what
stands after an end that this stem may have. So ten thousand terms cost ten thousand entries, and a text one look a
letter of each word that was not met before.
"""

from enum import IntEnum
from functools import cache

from silkwire.label.matching.common_words import inflections
from silkwire.label.matching.endings import LONGEST_ENDING, ends_well, prefixes
from silkwire.label.matching.normal import fold
from silkwire.label.matching.stems import stems
from silkwire.label.matching.tokens import JOINED, join_letters
from silkwire.label.matching.uzbek import loan_spellings

# Words of these change before an ending and only there: toprağ is no word, and Uzbek togʻ (mountain) no form of tok.
_SOFTENING = frozenset(("az", "ba", "kk", "ky", "mn", "tk", "tr", "tt", "ug", "uz"))
_SHORTEST = 2  # letters; one letter has no endings
_MOST_REMEMBERED = 50_000
_LONGEST_REMEMBERED = 60  # letters; what is longer is no word, and met once


class Form(IntEnum):
    """Which forms of a word count."""

    INFLECTED = 0
    FIXED = 1
    PREFIX = 2


class AnyRest:
    """What follows a prefix (`pipeline*`): anything."""

    def __contains__(self, rest: str) -> bool:
        return True


class Endings:
    """What may follow a stem by `endings.tsv`; a stem that is no word by itself must have an ending."""

    def __init__(self, language: str, *, is_word: bool) -> None:
        """Take the endings of a language."""
        self._language = language
        self._is_word = is_word

    def __contains__(self, rest: str) -> bool:
        if not rest:
            return self._is_word
        return len(rest) <= LONGEST_ENDING and ends_well(rest, self._language)


Rest = AnyRest | Endings | frozenset[str]
NOTHING: Rest = frozenset({""})
ANYTHING: Rest = AnyRest()
endings_of = cache(Endings)


class Lexicon:
    """Gives words numbers, and tells the numbers of the words that a word of a text is a form of."""

    def __init__(self, language: str) -> None:
        """Begin with no words."""
        self._language = language
        self._numbers: list[dict[str, int]] = [{} for _ in Form]  # by form
        self._count = 0
        self._stems: dict[str, list[tuple[int, Rest]]] = {}
        self._longest = 0  # letters of a stem
        self._known: dict[str, tuple[int, ...]] = {}
        self._prefixes = sorted(prefixes(language))

    def number(self, word: str, form: Form) -> int:
        """Return the number of a word as it is written."""
        known = self._numbers[form]
        number = known.get(word)
        if number is None:
            number = known[word] = self._count
            self._count += 1
            folded = fold(word)
            for spelling in loan_spellings(folded) if self._language == "uz" else (folded,):
                for stem, rest in self._split(spelling, word, form):
                    self._stems.setdefault(join_letters(stem, self._language), []).append((number, rest))
                    self._longest = max(self._longest, len(stem))
        return number

    def numbers(self, word: str) -> tuple[int, ...]:
        """Return the numbers of the words that a folded word of a text is a form of."""
        if len(word) > _LONGEST_REMEMBERED:
            return self._look_up(word)
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            found = self._known[word] = self._look_up(word)
        return found

    def _split(self, folded: str, word: str, form: Form) -> list[tuple[str, Rest]]:
        """Return the stems of a word, each with what may follow it."""
        if form is Form.PREFIX:
            return [(folded, ANYTHING)]
        if form is Form.FIXED or len(folded) < _SHORTEST:
            return [(folded, NOTHING)]
        if self._language in ("ru", "uk"):
            return list(inflections(word, self._language))
        word_rest = endings_of(self._language, is_word=True)
        if self._language not in _SOFTENING:
            return [(stem, word_rest) for stem in stems(folded, self._language)]
        stem_rest = endings_of(self._language, is_word=False)
        found = stems(folded, self._language)
        return [(stem, word_rest if folded.startswith(stem) else stem_rest) for stem in found]

    def _look_up(self, word: str) -> tuple[int, ...]:
        found: dict[int, None] = {}
        for prefix in self._prefixes:
            if word.startswith(prefix):
                self._cut(word[len(prefix) :], found)
        if not found and word.endswith(JOINED):
            self._cut(word[:-1], found)  # it was a quotation mark
        return tuple(found)

    def _cut(self, word: str, found: dict[int, None]) -> None:
        known = self._stems
        for length in range(min(len(word), self._longest) + 1):
            for number, rest in known.get(word[:length], ()):
                if word[length:] in rest:
                    found[number] = None
