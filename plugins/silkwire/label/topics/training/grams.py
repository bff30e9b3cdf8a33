"""Fits the n-grams of a language that the encoder does not read: it teaches by parallel sentences and by glosses.

Of parallel sentences a block of neighbours is held out, in all languages at once: neighbours come from one document.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from silkwire.label.matching.alphabets import in_both_alphabets
from silkwire.label.matching.normal import normalise
from silkwire.label.topics.model import softmax
from silkwire.label.topics.ngrams import grams, known, said
from silkwire.label.topics.training.fit import Fit, Linear, fit
from silkwire.label.topics.training.head import SENTENCES, TAUGHT, WORDS, HeadTrainer
from silkwire.label.topics.training.texts import FOLDS, WEAK, TopicText, targets

_GRAMS = Fit(looseness=300, soft=True)
_SEED = 1
_COMMON = 3  # lines that an n-gram must be in
# What a row of each kind counts beside a sentence or a text of our own. The one news set has few of the topics.
_NEWS, _WEAK, _SECOND_ALPHABET, _GLOSS = 0.5, 0.3, 0.3, 0.1


@dataclass(frozen=True)
class Rows:
    """Unit rows of n-grams, shape (lines, n-grams), the sorted hashes of those n-grams, and the rarity of each."""

    matrix: Any
    vocabulary: NDArray[np.uint32]
    rarity: NDArray[np.float16]


@dataclass(frozen=True)
class GramTrainer:
    """The material as rows of n-grams; the rows are texts, then their second alphabets, then glosses."""

    head: HeadTrainer
    language: str

    @cached_property
    def texts(self) -> tuple[TopicText, ...]:
        """The texts in the language: sentences, our own, weak ones, and news sets."""
        material = self.head.material
        news = (text for texts in material.news.values() for text in texts)
        known_of = (*material.sentences, *material.ours, *material.weak, *news)
        return tuple(text for text in known_of if text.language == self.language)

    @cached_property
    def folds(self) -> NDArray[np.int64]:
        """The fold in which each text is held out; -1 for our own and weak ones, which are only learnt from."""
        shuffled = np.random.default_rng(_SEED).permutation(len(self.texts)) % FOLDS
        blocks = [self.head.material.block(fold) for fold in range(FOLDS)]
        found = np.full(len(self.texts), -1)
        for place, text in enumerate(self.texts):
            if text.number is not None:
                found[place] = next(fold for fold, block in enumerate(blocks) if text.number in block)
            elif text.corpus in self.head.material.news:
                found[place] = shuffled[place]
        return found

    @cached_property
    def _second_alphabets(self) -> tuple[tuple[int, str], ...]:
        """The texts of languages with two alphabets in the other one: the place of each, and its line."""
        return tuple(
            (place, other)
            for place, text in enumerate(self.texts)
            for other in in_both_alphabets(_line(text), text.language)[1:2]
        )

    @cached_property
    def _glosses(self) -> tuple[tuple[int, str], ...]:
        """The glosses: the place of the English word, and the translations."""
        places = {word: place for place, word in enumerate(self.head.words)}
        return tuple((places[word], line) for word, line in self.head.material.glosses.get(self.language, ()))

    @cached_property
    def rows(self) -> Rows:
        """All rows, and the n-grams they are over."""
        lines = [*map(_line, self.texts), *(line for _, line in (*self._second_alphabets, *self._glosses))]
        return _rows(lines, len(self.texts))

    def fit(self, fold: int = -1) -> Linear:
        """Fit without what is held out in a fold, the teaching head too (-1: with everything)."""
        texts = np.array([self._weight(text) for text in self.texts])
        if fold >= 0:
            texts[self.folds == fold] = 0
        others = texts[[place for place, _ in self._second_alphabets]] * _SECOND_ALPHABET
        weights = np.concatenate((texts, others, np.full(len(self._glosses), _GLOSS)))
        used = weights > 0
        wanted = self._targets(self.head.by_fold[fold])
        return fit(self.rows.matrix[used], wanted[used], weights[used], _GRAMS)

    def _weight(self, text: TopicText) -> float:
        return _WEAK if text.corpus == WEAK else _NEWS if text.corpus in self.head.material.news else 1.0

    def _targets(self, head: Linear) -> NDArray[np.float32]:
        """Return what each row should say: its right topics, and of several those that the head finds likely.

        A sentence is parallel to sentences that the encoder reads: their mean decides. A gloss says what the head makes
        of the English word.
        """
        wanted = targets(self.texts)
        means: dict[int, NDArray[np.float32]] = {}
        for text, logits in zip(self.head.texts[SENTENCES], head.scores(self.head.vectors[SENTENCES]), strict=True):
            if text.number is not None:
                means[text.number] = means.get(text.number, np.float32(0)) + logits / len(TAUGHT)
        for place, text in enumerate(self.texts):
            if text.number in means:
                wanted[place] *= softmax(means[text.number])
        wanted /= wanted.sum(1, keepdims=True)
        words = softmax(head.scores(self.head.vectors[WORDS]))
        parts = (wanted[[place for place, _ in self._second_alphabets]], words[[place for place, _ in self._glosses]])
        return np.concatenate((wanted, *parts))

    def held_out(self) -> NDArray[np.float32]:
        """Return the logits of each text by n-grams that never saw its fold; zeros for our own."""
        found = np.zeros(targets(self.texts).shape, np.float32)
        for fold in range(FOLDS):
            places = np.flatnonzero(self.folds == fold)
            found[places] = self.fit(fold).scores(self.rows.matrix[places])
        return found


def _line(text: TopicText) -> str:
    return f"{text.title}\n{text.text}"


def _rows(lines: Sequence[str], texts: int) -> Rows:
    """Return lines as a CSR matrix of unit rows over the n-grams that at least three of the lines have."""
    from scipy.sparse import csr_matrix

    found = [np.unique(part, return_counts=True) for part in (grams(normalise(line).folded).keys for line in lines)]
    keys, seen = np.unique(np.concatenate([distinct for distinct, _ in found]), return_counts=True)
    vocabulary = keys[seen >= _COMMON]
    placed = []
    for distinct, times in found:
        places, there = known(distinct, vocabulary)
        placed.append((places[there], said(times[there])))
    holders = np.bincount(np.concatenate([places for places, _ in placed[:texts]]), minlength=len(vocabulary))
    rarity = (np.log((texts + 1) / (holders + 1)) + 1).astype(np.float16)
    values = [often * rarity[places].astype(np.float32) for places, often in placed]
    units = [value / max(1e-9, float(np.sqrt((value**2).sum()))) for value in values]
    ends = np.cumsum([0, *(len(unit) for unit in units)])
    columns = np.concatenate([places for places, _ in placed])
    matrix = csr_matrix((np.concatenate(units), columns, ends), shape=(len(lines), len(vocabulary)))
    return Rows(matrix, vocabulary, rarity)
