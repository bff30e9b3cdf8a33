"""Finds terms of scripts that write without spaces: one automaton, then a look at what stands around each hit."""

import re
from bisect import bisect_right
from collections.abc import Iterable

import ahocorasick

from silkwire.label.matching.matcher import ASTRAL, in_bytes
from silkwire.label.matching.normal import fold
from silkwire.label.matching.tokens import SOFT_SIGNS, UNSPACED, with_quotes

Span = tuple[int, int]  # of the folded text

# A space that parts what it stands between: between two characters of these scripts.
_PARTING = re.compile(rf"(?<=(?!\u30fb)[{UNSPACED}]) +(?=(?!\u30fb)[{UNSPACED}])")
_WORD_INSIDE = re.compile(rf"[^\W_{UNSPACED}]{{2}}")
_FIRST_UNSPACED = UNSPACED[0]


class UnspacedIndex:
    """Terms with a Chinese or Japanese character, known by their numbers. Immutable once built."""

    def __init__(self, terms: Iterable[tuple[str, int]]) -> None:
        """Compile terms, each with its number."""
        numbers: dict[str, list[tuple[int, frozenset[int]]]] = {}
        for words, number in terms:
            folded = fold(words)
            soft = frozenset(match.start() - left for left, match in enumerate(SOFT_SIGNS.finditer(folded)))
            numbers.setdefault(SOFT_SIGNS.sub("", folded), []).append((number, soft))
        # The length of each surface, whether it begins or ends with another script, and whose it is,
        # with the places where each has a sign that may be missing.
        self._surfaces = [(len(surface), _is_mixed(surface), owners) for surface, owners in numbers.items()]
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        for place, surface in enumerate(numbers):
            self._automaton.add_word(in_bytes(surface), place)
        self._automaton.make_automaton()

    def find(self, folded: str, found: dict[int, list[Span]]) -> None:
        """Note where terms stand; dashes and quotation marks inside them do not count.

        Spaces do between two Chinese characters, unless the term has a sign there: 创新 疆内 is not 新疆.
        """
        plain = SOFT_SIGNS.sub("", folded)
        # How many characters of the plain text stand before each that was left out.
        left_out = [match.start() - number for number, match in enumerate(SOFT_SIGNS.finditer(folded))]
        for last, surface_number in self._automaton.iter(in_bytes(ASTRAL.sub(" ", plain))):
            if not last % 2:
                continue  # it straddles two characters
            length, mixed, numbers = self._surfaces[surface_number]
            place = last // 2
            start = place + 1 - length
            start, end = start + bisect_right(left_out, start), place + 1 + bisect_right(left_out, place)
            if mixed and (_cuts_a_word(folded, start) or _cuts_a_word(folded, end)):
                continue
            parted = _parted(folded[start:end]) if end - start > length else ()
            span = with_quotes(folded, start, end) if end - start > length else (start, end)
            for number, soft in numbers:
                if soft.issuperset(parted):
                    found.setdefault(number, []).append(span)


def _parted(inside: str) -> list[int]:
    """Return the places, other signs left out, where a space parts two characters."""
    return [len(SOFT_SIGNS.sub("", inside[: match.start()])) for match in _PARTING.finditer(inside)]


def _is_mixed(surface: str) -> bool:
    return bool(surface) and (surface[0] < _FIRST_UNSPACED or surface[-1] < _FIRST_UNSPACED)


def _cuts_a_word(folded: str, place: int) -> bool:
    """Say whether a place is inside a word or number of another script: G网络 in 5G网络."""
    around = folded[max(0, place - 1) : place + 1]
    return len(around) > 1 and _WORD_INSIDE.fullmatch(around) is not None
