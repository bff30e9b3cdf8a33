"""Two plain ways to label topics, to see what ours adds: TF-IDF in the language, and the encoder without training.

TF-IDF: words and a linear softmax, learnt from another set of the same language that has the same topics; where there
is none, from the same set's other four fifths, which flatters it (marked `in set`). Zero-shot: the topic whose English
label and definition lie nearest in the encoder's space.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from silkwire.label.matching.normal import normalise
from silkwire.label.topics.training.fit import Fit, fit
from silkwire.label.topics.training.texts import TopicText, targets
from silkwire.label.topics.training.trainer import HeldOut, Trainer

_TFIDF = Fit(looseness=30.0)
_COMMON = 2  # texts that a word must be in
_TERM = re.compile(r"[\u3400-\u9fff](?=([\u3400-\u9fff]))|\w+")  # a word; of Chinese, two characters


def zero_shot(trainer: Trainer, held: HeldOut) -> float | None:
    """Return the accuracy of the nearest description; None where the encoder does not read the language."""
    if not trainer.head.encoder.reads(held.texts[0].language):
        return None
    described = [
        text for text in trainer.material.vocabulary if text.language == "en" and text.title == text.title.lower()
    ]
    tops = {text.topics[0]: text for text in reversed(described) if len(text.topics) == 1}
    order = sorted(tops)
    near = trainer.head.encode(held.texts) @ trainer.head.encode([tops[topic] for topic in order]).T
    return _share(held, np.array(order)[near.argmax(1)])


def tfidf(held: HeldOut, sets: tuple[HeldOut, ...]) -> tuple[float, bool]:
    """Return the accuracy of TF-IDF, and whether it had to learn from the same set."""
    language = held.texts[0].language
    others = [text for each in sets if each is not held and each.texts[0].language == language for text in each.texts]
    covered = {topic for text in others for topic in text.topics}
    if others and all(covered & set(text.topics) for text in held.texts):
        return _share(held, _learnt(others, held.texts)), False
    answers = np.zeros(len(held.texts), np.int64)
    folds = np.arange(len(held.texts)) * 5 // len(held.texts)
    for fold in range(5):
        rest = [text for text, place in zip(held.texts, folds, strict=True) if place != fold]
        answers[folds == fold] = _learnt(rest, [held.texts[row] for row in np.flatnonzero(folds == fold)])
    return _share(held, answers), True


def _share(held: HeldOut, answers: NDArray[np.int64]) -> float:
    return float(held.right[np.arange(len(answers)), answers].mean())


def _learnt(texts: Sequence[TopicText], asked: Sequence[TopicText]) -> NDArray[np.int64]:
    """Return the topics of texts as TF-IDF and a linear softmax learn them from others."""
    seen = Counter(term for text in texts for term in set(_terms(text)))
    columns = {
        term: place for place, term in enumerate(sorted(term for term, often in seen.items() if often >= _COMMON))
    }
    rarity = {term: np.log(len(texts) / seen[term]) + 1 for term in columns}
    linear = fit(_rows(texts, columns, rarity), targets(texts), np.ones(len(texts)), _TFIDF)
    return np.asarray(linear.scores(_rows(asked, columns, rarity)).argmax(1), np.int64)


def _rows(texts: Sequence[TopicText], columns: dict[str, int], rarity: dict[str, float]) -> csr_matrix:
    ends, places, values = [0], [], []
    for text in texts:
        said = {
            columns[term]: (1 + np.log(often)) * rarity[term] for term, often in _terms(text).items() if term in columns
        }
        length = np.sqrt(sum(value**2 for value in said.values())) or 1.0
        places += list(said)
        values += [value / length for value in said.values()]
        ends.append(len(places))
    return csr_matrix((np.array(values, np.float32), places, ends), shape=(len(texts), len(columns)))


@cache
def _terms(text: TopicText) -> Counter[str]:
    folded = normalise(f"{text.title}\n{text.text}").folded[:1000]
    return Counter(match.group() + (match[1] or "") for match in _TERM.finditer(folded))
