"""A text as the row of terms that the index has of it: each with its place in the text and its number.

A word of the article's own language is its stem behind the language's code (`ru/дорог`); what is written in another
script, what has digits, and words of a language without stems are themselves. Chinese, Japanese, Korean and Thai are
cut into overlapping pairs of characters, and the last character of a run is a term of its own.
"""

import re
from collections.abc import Iterator
from functools import cache
from operator import add
from typing import NamedTuple

from silkwire.label.matching import kazakh, uzbek
from silkwire.label.matching.languages import primary
from silkwire.label.matching.normal import NormalText, fold
from silkwire.label.matching.tokens import UNSPACED
from silkwire.label.search.stemming import has_stems, stem

LONGEST = 40  # letters of a term; what is longer is cut
NEUTRAL = ""
PAIRED = f"{UNSPACED}\u0e01-\u0e4e\uac00-\ud7a3"
_UNIT = re.compile(rf"[{PAIRED}]+|[^\W_{PAIRED}]+(?:'[^\W_{PAIRED}]+)*")
_FIRST_PAIRED = re.compile(f"[{PAIRED}]")
# The first and the last letter of a script, folded.
_RANGES = {"cyrillic": ("\u0400", "\u052f"), "latin": ("a", "\u1eff"), "arabic": ("\u0600", "\u06ff")}
_WRITTEN = {
    "cyrillic": ("ru", "kk", "ky", "uz", "tg", "mn", "uk", "tt"),
    "latin": ("en", "fr", "uz", "tr", "tk", "kk", "az", "de", "es"),
    "arabic": ("ar", "fa", "ug", "kk"),
}
_ALIASES = {"prs": "fa", "azb": "az", "be": "ru"}
_ENGLISH_ENDS = frozenset(("s", "t", "d", "m", "re", "ve", "ll"))
_ELIDED = re.compile("(?:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu)'")
_APOSTROPHE_ENDS = frozenset(("tr", "az"))
_CLITICS = {"fa": frozenset(("ها", "های", "هایی", "ای"))}  # parted from their word by U+200C, or by a space
_MOST_REMEMBERED = 100_000


class Token(NamedTuple):
    """A term at [start, end) of the folded text."""

    term: str
    start: int
    end: int


def spoken_in(language: str) -> str:
    """Return the code that a language's stems go by, or `NEUTRAL` for one without stems."""
    code = primary(language)
    code = _ALIASES.get(code, code)
    return code if has_stems(code) else NEUTRAL


def languages_of(text: str) -> tuple[str, ...]:
    """Return the languages whose words a folded piece of text may be, `NEUTRAL` among them and last."""
    scripts = dict.fromkeys(name for name, (low, high) in _RANGES.items() if any(low <= char <= high for char in text))
    return (*dict.fromkeys(code for script in scripts for code in _WRITTEN[script]), NEUTRAL)


def term_row(text: NormalText, language: str, *, latin_kazakh: bool = False) -> list[str]:
    """Return the terms of a text, in order, in the language of a code that `spoken_in` returns.

    `latin_kazakh` says that Latin words are Kazakh ones where the language is; in a Cyrillic article they are not.
    """
    if latin_kazakh and language == "kk":
        return [token.term for token in tokens(text, language, latin_kazakh=True)]
    vocabulary = _vocabulary(language, latin_kazakh=False)
    known = vocabulary.known
    row: list[str] = []
    for unit in _UNIT.findall(text.folded):
        term = known.get(unit)
        if term is None:
            if _FIRST_PAIRED.match(unit):
                row += map(add, unit, unit[1:])
                row.append(unit[-1])
                continue
            term = vocabulary.term(unit)
        if term:
            row.append(term)
    return row


def tokens(text: NormalText, language: str, *, latin_kazakh: bool = False) -> Iterator[Token]:
    """Yield the same terms as `term_row`, each with its place."""
    with_marks = latin_kazakh and language == "kk"  # ş is no s there; folding takes its mark away
    vocabulary = _vocabulary(language, latin_kazakh=with_marks)
    for match in _UNIT.finditer(text.folded):
        start, end = match.span()
        unit = match.group()
        if _FIRST_PAIRED.match(unit):
            for place in range(start, end - 1):
                yield Token(text.folded[place : place + 2], place, place + 2)
            yield Token(unit[-1], end - 1, end)
        elif term := vocabulary.term(text.evidence(start, end).text if with_marks else unit):
            yield Token(term, start, end)


class _Vocabulary:
    """Turns words of a language into terms, and remembers them."""

    def __init__(self, language: str, *, latin_kazakh: bool) -> None:
        self.known: dict[str, str] = {}
        self._language = language
        self._latin_kazakh = latin_kazakh
        self._ranges = [
            (low, high)
            for script, (low, high) in _RANGES.items()
            if language in _WRITTEN[script] and (script, language) != ("latin", "kk")
        ]
        if latin_kazakh:
            self._ranges.append(_RANGES["latin"])

    def term(self, word: str) -> str:
        """Return the term of a word, which may have apostrophes inside; empty for one that counts for nothing."""
        found = self.known.get(word)
        if found is None:
            if len(self.known) >= _MOST_REMEMBERED:
                self.known.clear()
            found = self._made(word)
            if len(word) <= LONGEST:
                self.known[word] = found
        return found

    def _made(self, word: str) -> str:
        language = self._language
        if not self._is_own(word):
            return self._folded(word).replace("'", "")[:LONGEST]
        plain = self._spelled(word)[:LONGEST]
        return "" if plain in _CLITICS.get(language, ()) else f"{language}/{stem(plain, language)}"

    def _is_own(self, word: str) -> bool:
        """Say whether all letters of a word are of the language's script."""
        plain = self._folded(word).replace("'", "")
        return plain.isalpha() and any(low <= min(plain) and max(plain) <= high for low, high in self._ranges)

    def _folded(self, word: str) -> str:
        """Fold a word that came with its marks; others are folded already."""
        return fold(word) if self._latin_kazakh else word

    def _spelled(self, word: str) -> str:
        """Write a word without apostrophes, in the one alphabet that its language has here."""
        language = self._language
        if language == "uz":
            return _uzbek(word)
        if language == "kk" and self._latin_kazakh:
            return fold(kazakh.cyrillic(word)).replace("'", "")
        head, _, rest = word.partition("'")
        if rest and language == "fr" and _ELIDED.match(word):
            return rest.replace("'", "")
        if len(head) > 1 and rest and (language in _APOSTROPHE_ENDS or (language == "en" and rest in _ENGLISH_ENDS)):
            return head
        return word.replace("'", "")


def written_alike(letters: str, language: str) -> str:
    """Write the folded beginning of a word in the alphabet that its language's stems have."""
    if language == "uz":
        return _uzbek(letters)
    return fold(kazakh.cyrillic(letters)) if language == "kk" else letters


def _uzbek(word: str) -> str:
    """Write an Uzbek word of either alphabet in Latin, loans with one letter: sirk, tsirk and цирк."""
    return re.sub("ts|c(?!h)", "s", uzbek.latin(word).replace("'", ""))


@cache
def _vocabulary(language: str, *, latin_kazakh: bool) -> _Vocabulary:
    return _Vocabulary(language, latin_kazakh=latin_kazakh)
