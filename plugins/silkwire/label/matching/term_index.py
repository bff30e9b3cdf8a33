"""Finds the terms of a language in a text: a tree of words for scripts that write them apart, an automaton for others.

Terms are known by their number. A phrase is found across spaces, hyphens, dashes and quotation marks, which outlets set
as they like, never across a line; other signs count where a term has them (C5+1, AT&T).
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from silkwire.label.matching.alphabets import in_both_alphabets
from silkwire.label.matching.lexicon import Form, Lexicon
from silkwire.label.matching.matcher import Case, case_fits, written_case
from silkwire.label.matching.normal import NormalText, fold
from silkwire.label.matching.terms import Phrase, read_phrase
from silkwire.label.matching.tokens import SOFT_SIGNS, Tokens, has_unspaced, join_letters, with_quotes
from silkwire.label.matching.unspaced_index import Span, UnspacedIndex

_FREE = re.compile(r"[,.:;/|()\[\]!?\u060c\u061b\u061f]")  # may be left out where a term has it
_LONGEST_GLUE = 6  # characters between two words of a phrase
_MOST_WAYS = 8  # of writing one phrase with and without its signs
# Where a mark makes another letter, a short word with one more is another word: su is water, şu is that.
_MARKED = frozenset(("az", "tk", "tr"))
_SHORT = 3
_LEAVES = None  # the key under which a node keeps the terms that end there


class _Leaf(NamedTuple):
    """What a term asks for beyond its words: signs around it, and the case and the marks of its words."""

    number: int
    before: str
    after: str
    cased: tuple[str, ...]
    marked: tuple[str, ...]


# The next word's number, alone or with the signs before it, to the next node; None to the leaves.
_Node = dict[Any, Any]
_Key = int | tuple[str, int]


class TermIndex:
    """The terms of one language, compiled. Immutable but for what it remembers of words."""

    def __init__(self, language: str, written: Sequence[str]) -> None:
        """Compile terms of one side each; a term's number is its place in the list."""
        self._language = language
        self._lexicon = Lexicon(language)
        self._singles: dict[int, list[int]] = {}  # a word's number to the terms that are that word alone
        self._tree: _Node = {}
        unspaced: list[tuple[str, int]] = []
        for number, term in enumerate(written):
            phrase = read_phrase(term)
            if has_unspaced(phrase.words):
                unspaced.append((phrase.words, number))
            else:
                for words in in_both_alphabets(phrase.words, language):
                    self._plant(words, phrase, number)
        self._unspaced = UnspacedIndex(unspaced) if unspaced else None

    def find(self, text: NormalText, tokens: Tokens) -> dict[int, list[Span]]:
        """Return where each term found stands, overlaps included; `tokens` are the text's words in this language."""
        found: dict[int, list[Span]] = {}
        if self._tree or self._singles:
            self._find_spaced(text, tokens, found)
        if self._unspaced is not None and has_unspaced(text.folded):
            self._unspaced.find(text.folded, found)
        return found

    def _plant(self, words: str, phrase: Phrase, number: int) -> None:
        """Add a phrase to the tree."""
        marked = self._language in _MARKED and any(len(word) <= _SHORT for word in words.split())
        if words.replace(" ", "").isalnum() and not (phrase.quoted or marked):
            *first, last = self._numbers(words.split(), phrase)
            node = self._tree
            for word in first:
                node = node.setdefault(word, {})
            if first:
                node = node.setdefault(last, {})
                node.setdefault(_LEAVES, []).append(number)
            else:
                self._singles.setdefault(last, []).append(number)
        else:
            self._plant_with_signs(words, phrase, number)

    def _plant_with_signs(self, words: str, phrase: Phrase, number: int) -> None:
        """Add a phrase with the signs it is written with, and again without those it can do without."""
        folded = join_letters(fold(words), self._language)
        tokens = Tokens(folded)
        spans = list(zip(tokens.starts, tokens.ends, strict=True))
        as_written = [words[start:end] for start, end in spans] if len(folded) == len(words) else tokens.words
        numbers = self._numbers(as_written, phrase)
        nodes = [self._tree.setdefault(number, {}) for number in numbers[:1]]
        for place, following in enumerate(numbers[1:]):
            glue = SOFT_SIGNS.sub("", folded[tokens.ends[place] : tokens.starts[place + 1]])
            signs = dict.fromkeys((glue, _FREE.sub("", glue)) if len(nodes) < _MOST_WAYS else (glue,))
            keys: list[_Key] = [(sign, following) if sign else following for sign in signs]
            nodes = [node.setdefault(key, {}) for node in nodes for key in keys]
        cased = as_written if phrase.quoted else ()
        leaf = _leaf(tokens, number, cased, as_written if self._language in _MARKED else ())
        for node in nodes:
            node.setdefault(_LEAVES, []).append(leaf)

    def _numbers(self, words: Sequence[str], phrase: Phrase) -> list[int]:
        """Give the words of a phrase numbers, in the case they are written in: a capital makes a name."""
        number = self._lexicon.number
        form = Form.INFLECTED if phrase.inflected else Form.FIXED
        if not phrase.prefix:
            return [number(word, form) for word in words]
        return [*(number(word, form) for word in words[:-1]), *(number(word, Form.PREFIX) for word in words[-1:])]

    def _find_spaced(self, text: NormalText, tokens: Tokens, found: dict[int, list[Span]]) -> None:
        roots, singles, numbers = self._tree, self._singles, self._lexicon.numbers
        for place, word in enumerate(tokens.words):
            for number in numbers(word):
                for term in singles.get(number, ()):
                    found.setdefault(term, []).append((tokens.starts[place], tokens.ends[place]))
                if number in roots:
                    self._follow(roots[number], place, place, text, tokens, found)

    def _follow(  # noqa: PLR0913 - a step of a search carries its state
        self, node: _Node, first: int, last: int, text: NormalText, tokens: Tokens, found: dict[int, list[Span]]
    ) -> None:
        """Note the terms that end at the word `last`, and those that go on from there."""
        leaves = node.get(_LEAVES, ())
        for leaf in leaves:
            if isinstance(leaf, int):
                found.setdefault(leaf, []).append(with_quotes(tokens.folded, tokens.starts[first], tokens.ends[last]))
            elif _fits(leaf, first, last, text, tokens):
                start, end = tokens.starts[first] - len(leaf.before), tokens.ends[last] + len(leaf.after)
                found.setdefault(leaf.number, []).append(with_quotes(tokens.folded, start, end))
        following = last + 1
        if len(node) == bool(leaves) or following == len(tokens.words):
            return
        between = tokens.folded[tokens.ends[last] : tokens.starts[following]]
        if len(between) > _LONGEST_GLUE:
            return
        sign = "" if between == " " else SOFT_SIGNS.sub("", between)
        for number in self._lexicon.numbers(tokens.words[following]):
            further = node.get((sign, number) if sign else number)
            if further is not None:
                self._follow(further, first, following, text, tokens, found)


def _leaf(tokens: Tokens, number: int, cased: Sequence[str], marked: Sequence[str]) -> int | _Leaf:
    """Return what stands where a phrase ends: its number alone, unless it asks for more than words."""
    if not tokens.words:
        return number
    before = _FREE.sub("", SOFT_SIGNS.sub("", tokens.folded[: tokens.starts[0]]))
    after = _FREE.sub("", SOFT_SIGNS.sub("", tokens.folded[tokens.ends[-1] :]))
    if cased or before or after or any(len(word) <= _SHORT for word in marked):
        return _Leaf(number, before, after, tuple(cased), tuple(marked))
    return number


def _fits(leaf: _Leaf, first: int, last: int, text: NormalText, tokens: Tokens) -> bool:
    """Say whether the signs around a phrase and the case of its words are those it asks for."""
    start, end = tokens.starts[first], tokens.ends[last]
    if not (tokens.folded.endswith(leaf.before, 0, start) and tokens.folded.startswith(leaf.after, end)):
        return False
    cased = all(_case_fits(written, text, tokens.starts[place]) for place, written in enumerate(leaf.cased, first))
    return cased and all(
        len(written) > _SHORT or _marks_fit(written.lower(), text, tokens.starts[place])
        for place, written in enumerate(leaf.marked, first)
    )


def _marks_fit(written: str, text: NormalText, start: int) -> bool:
    """Say whether a text has no mark on a letter that is written without one. It may lack marks: many texts do."""
    for letter, place in zip(written, range(start, len(text.folded)), strict=False):
        stands = text.original[text.start(place)].lower()
        if letter.isascii() and letter != "i" and not stands.isascii() and fold(stands) == letter:
            return False
    return True


def _case_fits(written: str, text: NormalText, start: int) -> bool:
    """Say whether a word of a quoted term has its capitals, and no others where it has none."""
    case = written_case(written)
    if case is Case.ANY:
        return not text.original[text.start(start)].isupper()
    return case_fits(text, case, start, min(start + len(written), len(text.folded)))
