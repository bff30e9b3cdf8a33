"""Fits the head on an encoder's vectors, with or without a set, so that it can be judged on what it never saw."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from silkwire.label.topics.encoder import Encoder, open_encoder
from silkwire.label.topics.model import opening
from silkwire.label.topics.training.fit import Fit, Linear, fit
from silkwire.label.topics.training.texts import FOLDS, WEAK, Material, TopicText, targets

PROCESSES = 2  # that encode, and learn n-grams
_BATCH = 64
_HEAD = Fit(looseness=0.02)
_SHARPNESS = np.float32(4)  # unit vectors are small: the penalty is on weights that need not be large
_LARGE = 1500  # texts: a larger set counts as much as one of this size
_SENTENCE, _CONCEPT, _OURS, _WEAK = 1.0, 0.1, 1.0, 0.1  # what a text of each kind counts beside one of a news set
TAUGHT = ("ar", "de", "en", "es", "fr", "ru", "tr", "zh")  # languages of the sentences that the head learns from
SENTENCES, _VOCABULARY, _OWN, WORDS = "sentences", "vocabulary", "ours", "words"
# Our own texts and the vocabulary have as many items on every topic; news has fewer on all but arts, economy, health,
# politics, science and sport, and fewer on lifestyle.
_FREQUENT, _LIFESTYLE = (0, 3, 6, 10, 12, 14), 9
_RARER, _LESS_RARE = np.float32(-0.5), np.float32(-0.25)


@dataclass(frozen=True)
class HeadTrainer:
    """The material with the vectors of an encoder."""

    material: Material
    encoder_name: str

    @property
    def encoder(self) -> Encoder:
        """The encoder whose head is trained."""
        return open_encoder(self.encoder_name)

    @cached_property
    def news(self) -> dict[str, tuple[TopicText, ...]]:
        """The news sets in languages that the encoder reads."""
        return {name: texts for name, texts in self.material.news.items() if self.encoder.reads(texts[0].language)}

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The English words that are glossed in any language."""
        return tuple(sorted({english for pairs in self.material.glosses.values() for english, _ in pairs}))

    @cached_property
    def texts(self) -> dict[str, Sequence[TopicText]]:
        """What is encoded: each news set, the sentences, the vocabulary, our own items and the words."""
        return {
            **self.news,
            SENTENCES: [text for text in self.material.sentences if text.language in TAUGHT],
            _VOCABULARY: self.material.vocabulary,
            _OWN: [text for text in self.material.ours if self.encoder.reads(text.language)],
            WEAK: [text for text in self.material.weak if self.encoder.reads(text.language)],
            WORDS: [TopicText(WORDS, "en", word, "", ()) for word in self.words],
        }

    @cached_property
    def vectors(self) -> dict[str, NDArray[np.float32]]:
        """Their vectors: shape (texts, dimensions)."""
        return {name: self.encode(texts) for name, texts in self.texts.items() if texts}

    def encode(self, texts: Sequence[TopicText]) -> NDArray[np.float32]:
        """Return the vectors of texts."""
        _ = self.encoder  # loaded before the processes part
        openings = [opening(text.title, text.text) for text in texts]
        batches = [openings[first : first + _BATCH] for first in range(0, len(openings), _BATCH)]
        with ProcessPoolExecutor(PROCESSES, mp_context=get_context("fork")) as pool:
            return np.concatenate(list(pool.map(partial(_encoded, self.encoder_name), batches, chunksize=8)))

    def fit(self, *, without: str | None = None, hidden: range = range(0)) -> Linear:
        """Fit the head without a news set, or without the sentences whose number is hidden."""
        rows, wanted, weights = [], [], []
        kinds = dict.fromkeys(self.news, 1.0) | {SENTENCES: _SENTENCE, _VOCABULARY: _CONCEPT, _OWN: _OURS, WEAK: _WEAK}
        for name, weight in kinds.items():
            if name == without or name not in self.vectors:
                continue
            texts = self.texts[name]
            kept = np.array([text.number not in hidden for text in texts])
            rows.append(self.vectors[name][kept])
            wanted.append(targets(texts)[kept])
            large = _LARGE / len(texts) if name in self.news else 1
            weights.append(np.full(kept.sum(), weight * min(1.0, large)))
        linear = fit(np.concatenate(rows) * _SHARPNESS, np.concatenate(wanted), np.concatenate(weights), _HEAD)
        return Linear(linear.weights * _SHARPNESS, linear.bias + prior())

    def held_out(self, least: int) -> dict[str, NDArray[np.float32]]:
        """Return the logits of each news set of at least so many texts, by a head that never saw it."""
        judged = [name for name, texts in self.news.items() if len(texts) >= least]
        return {name: self.fit(without=name).scores(self.vectors[name]) for name in judged}

    def held_out_sentences(self) -> NDArray[np.float32]:
        """Return the logits of each sentence by a head that saw no sentence near it in any language."""
        texts, vectors = self.texts[SENTENCES], self.vectors[SENTENCES]
        found = np.zeros(targets(texts).shape, np.float32)
        for fold in range(FOLDS):
            hidden = self.material.block(fold)
            places = [place for place, text in enumerate(texts) if text.number in hidden]
            found[places] = self.by_fold[fold].scores(vectors[places])
        return found

    @cached_property
    def by_fold(self) -> tuple[Linear, ...]:
        """The head without the sentences of each fold, and last with all."""
        return tuple(self.fit(hidden=self.material.block(fold)) for fold in (*range(FOLDS), -1))


def _encoded(name: str, batch: Sequence[str]) -> NDArray[np.float32]:
    """Encode in a process of its own, which inherits the encoder."""
    return open_encoder(name).encode(batch)


def prior() -> NDArray[np.float32]:
    """Return what to add to logits: less on the topics that news has less of than what is learnt from."""
    found = np.full(targets(()).shape[1], _RARER, np.float32)
    found[list(_FREQUENT)] = 0
    found[_LIFESTYLE] = _LESS_RARE
    return found
