"""One pass over a text that finds every name and term: an Aho-Corasick automaton, then a look around each hit.

Alphabetic scripts need a word's start before a hit and, after it, a word's end or one of the language's endings;
Chinese needs neither. Where a script has case, the case a name is written in is the case it must have in the text:
`Turkey` is never a bird, `US` never a pronoun.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

import ahocorasick

from silkwire.label.matching.endings import LONGEST_ENDING, ends_well, prefixes, variants
from silkwire.label.matching.normal import NormalText, fold
from silkwire.label.matching.tokens import has_unspaced

ASTRAL = re.compile("[\ud800-\udfff\U00010000-\U0010ffff]")
_LONGEST_PREFIX = 4


class Case(Enum):
    """Which case a hit must have in the original text."""

    ANY = auto()
    INITIAL = auto()  # the first letter is a capital
    EXACT = auto()  # an acronym: every letter as written


class Tail(Enum):
    """What may follow a hit in its word."""

    WHOLE = auto()
    ENDINGS = auto()
    PREFIX = auto()
    INSIDE = auto()  # scripts without spaces: anything, before and after


@dataclass(frozen=True, slots=True)
class Speaker:
    """What a pattern speaks for: `kind` (country, region, stop, topic, watch …) and the label's `id`."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Word:
    """A name or term in its dictionary form, as the data or an analyst writes it."""

    written: str
    language: str
    speaker: Speaker
    weight: float
    case: Case


@dataclass(frozen=True, slots=True)
class Pattern:
    """What the forms of a name or term have in common; `term` is its dictionary form.

    A pattern of no language takes the endings of the text's. One that is not `sure` (a one-letter short form in
    Chinese) counts only where a sure one speaks for the same.
    """

    language: str
    speaker: Speaker
    case: Case
    tail: Tail
    term: str
    weight: float = 1.0
    sure: bool = True


Spelling = tuple[str, Pattern]  # a folded form, and the pattern that it is one of


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """A pattern found at [start, end) of the folded text, its ending included; `surface` is what stands without it.

    Two hits are never the same one.
    """

    pattern: Pattern
    start: int
    end: int
    surface: str


def written_case(written: str) -> Case:
    """Read from how a name is written which case it must have in a text."""
    letters = [character for character in written if character.isalpha()]
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        return Case.EXACT
    return Case.INITIAL if written[:1].isupper() else Case.ANY


def spell(forms: Iterable[str], word: Word, tail: Tail) -> Iterator[Spelling]:
    """Yield the spellings of a word's forms; scripts without spaces have neither case nor words to end."""
    spaced = Pattern(word.language, word.speaker, word.case, tail, word.written, word.weight)
    unspaced = replace(spaced, case=Case.ANY, tail=Tail.INSIDE)
    for form in forms:
        surface = fold(form)
        yield surface, unspaced if has_unspaced(surface) else spaced


Owners = tuple[int, tuple["Pattern", ...]]  # the length of a surface, and the patterns that have it


class Matcher:
    """Finds patterns in normalised texts. Immutable once built."""

    def __init__(self, surfaces: Iterable[tuple[str, int]], owners: Callable[[int], Owners]) -> None:
        """Compile surfaces, each with the number by which `owners` knows it; `compiled` is the usual way in."""
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        listed = list(surfaces)
        self._in_bytes = any(has_unspaced(surface) for surface, _ in listed)
        for surface, number in listed:
            self._automaton.add_word(in_bytes(surface) if self._in_bytes else surface, number)
        self._automaton.make_automaton()
        self._owners = owners
        self._empty = not len(self._automaton)

    @classmethod
    def compiled(cls, spellings: Iterable[Spelling]) -> "Matcher":
        """Compile spellings; the same surface may speak for several things."""
        table: dict[str, dict[Pattern, None]] = {}
        for form, pattern in spellings:
            for surface in variants(form, pattern.language):
                if surface:
                    table.setdefault(surface, {})[pattern] = None
        # A hundred thousand inflected forms share a few thousand patterns: each set of them is kept once.
        numbers: dict[Owners, int] = {}
        numbered = [
            (surface, numbers.setdefault((len(surface), tuple(found)), len(numbers)))
            for surface, found in table.items()
        ]
        return cls(numbered, list(numbers).__getitem__)

    def hits(self, text: NormalText, language: str = "") -> list[Hit]:
        """Return every pattern found, overlaps included, in the order of their ends; `language` is the text's."""
        if self._empty:
            return []
        folded = text.folded
        found: list[Hit] = []
        for last, number in self._ends(folded):
            length, patterns = self._owners(number)
            start = last + 1 - length
            inside = start > 0 and folded[start - 1].isalnum()
            for pattern in patterns:
                if pattern.tail is Tail.INSIDE:
                    found.append(Hit(pattern, start, last + 1, folded[start : last + 1]))
                elif not inside or (pattern.language or language).startswith("ar"):
                    hit = _check(text, pattern, start, last + 1, pattern.language or language)
                    if hit is not None:
                        found.append(hit)
        return found

    def _ends(self, folded: str) -> Iterator[tuple[int, int]]:
        """Yield where surfaces end, and their numbers."""
        if not self._in_bytes:
            yield from self._automaton.iter(folded)
            return
        for last, number in self._automaton.iter(in_bytes(ASTRAL.sub(" ", folded))):
            if last % 2:  # else it straddles two characters
                yield last // 2, number


def in_bytes(text: str) -> str:
    """Write each character as two, its UTF-16 bytes: the automaton is slow where 3,000 letters may follow one."""
    return text.encode("utf-16-be").decode("latin-1")


def _check(text: NormalText, pattern: Pattern, start: int, end: int, language: str) -> Hit | None:
    """Judge the surroundings of a hit in an alphabetic script."""
    if not case_fits(text, pattern.case, start, end):
        return None
    folded = text.folded
    stop = _word_end(folded, end)
    if stop > end:
        rest = folded[end:stop]
        if pattern.tail is Tail.WHOLE or stop - end > LONGEST_ENDING:
            return None
        if pattern.tail is Tail.ENDINGS and not ends_well(rest, language):
            return None
    begin = _word_start(folded, start)
    if begin < start and folded[begin:start] not in prefixes(language.partition(" ")[0]):
        return None
    return Hit(pattern, begin, stop, folded[start:end])


def case_fits(text: NormalText, case: Case, start: int, end: int) -> bool:
    """Say whether the folded characters [start, end) stand in the original in the case that is asked for."""
    if case is Case.ANY:
        return True
    if case is Case.INITIAL:
        return not text.original[text.start(start)].islower()
    return text.evidence(start, end).text.isupper()


def _word_end(folded: str, end: int) -> int:
    """Return where the letters after `end` stop."""
    limit = min(len(folded), end + LONGEST_ENDING + 1)
    while end < limit and folded[end].isalnum():
        end += 1
    return end


def _word_start(folded: str, start: int) -> int:
    """Return where the letters before `start` begin, looking no further than a prefix can be long."""
    limit = max(0, start - _LONGEST_PREFIX - 1)
    while start > limit and folded[start - 1].isalnum():
        start -= 1
    return start
