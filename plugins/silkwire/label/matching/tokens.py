"""A folded text as a row of words, each with its place. Chinese and Japanese have none: what they write is left out."""

import re
from bisect import bisect_left
from functools import cached_property
from itertools import accumulate

# Han and kana, as the matcher knows them.
UNSPACED = "\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"[^\W_{UNSPACED}]+")
_UNIT = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
# Where the apostrophe is a letter: Uzbek oʻ and gʻ, its ʼ and the Ukrainian one between letters.
_LETTER = {"uz": re.compile(r"(?<=[og])'|(?<=\w)'(?=\w)"), "uk": re.compile(r"(?<=\w)'(?=\w)")}
# What outlets set between and around words as they like: a space, dashes, quotation marks.
_DASHES = "\\-\u2013\u2014\u2015\u2212\u2043\u30fb\u00b7\u2022"
_QUOTES = "'\"\u00ab\u00bb\u201c-\u201f\u2039\u203a\u3008-\u300f\u301d-\u301f\ufe41-\ufe44\uff62\uff63\u201a"
SOFT_SIGNS = re.compile(f"[ {_DASHES}{_QUOTES}]")
_CLOSING = dict(
    zip(
        '"\u00ab\u201c\u201e\u2039\u3008\u300a\u300c\u300e',
        '"\u00bb\u201d\u201c\u203a\u3009\u300b\u300d\u300f',
        strict=True,
    )
)
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}
JOINED = "\u02bc"
_HAS_UNSPACED = re.compile(f"[{UNSPACED}]")


def has_unspaced(text: str) -> bool:
    """Say whether a text has a character of a script that writes its words without spaces."""
    return _HAS_UNSPACED.search(text) is not None


def join_letters(folded: str, language: str) -> str:
    """Make apostrophes that are letters of a language letters to Unicode too; the length stays."""
    pattern = _LETTER.get(language)
    return pattern.sub(JOINED, folded) if pattern and "'" in folded else folded


def with_quotes(folded: str, start: int, end: int) -> tuple[int, int]:
    """Take in the other one of a pair of quotation marks where a span of a text has one: “Belt and Road” Initiative."""
    inside, before, after = folded[start:end], folded[start - 1 : start], folded[end : end + 1]
    if before in _CLOSING and _is_halved(inside, _CLOSING[before], before):
        return start - 1, end
    if after in _OPENING and _is_halved(inside, _OPENING[after], after):
        return start, end + 1
    return start, end


def _is_halved(inside: str, mark: str, other: str) -> bool:
    count = inside.count(mark)
    return count % 2 == 1 if mark == other else count > inside.count(other)


class Tokens:
    """The words of a folded text: `words[i]` stands at [starts[i], ends[i])."""

    __slots__ = ("ends", "folded", "starts", "words")

    def __init__(self, folded: str) -> None:
        """Cut a text."""
        self.folded = folded
        spans = [match.span() for match in _WORD.finditer(folded)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.words = [folded[start:end] for start, end in spans]


class WordDistance:
    """Counts words between places of a folded text; two characters of Chinese or Japanese count as one word."""

    def __init__(self, folded: str) -> None:
        """Keep the text; it is counted when somebody asks."""
        self._folded = folded

    def between(self, end: int, start: int) -> float:
        """Return how many words stand in [end, start), which are not inside a word."""
        starts, halves = self._counted
        return (halves[bisect_left(starts, start)] - halves[bisect_left(starts, end)]) / 2

    @cached_property
    def _counted(self) -> tuple[list[int], list[int]]:
        """Return where words and characters begin, and how many half words stand before each and before the end."""
        spans = [match.span() for match in _UNIT.finditer(self._folded)]
        sizes = [1 if _HAS_UNSPACED.match(self._folded, start) else 2 for start, _ in spans]
        return [start for start, _ in spans], [0, *accumulate(sizes)]
