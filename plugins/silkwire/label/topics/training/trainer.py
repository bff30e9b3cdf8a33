"""Makes the model of the Media Topics: fits, calibrates on texts held out, and says where everything came from."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from silkwire.label.matching.matcher import Matcher
from silkwire.label.matching.normal import normalise
from silkwire.label.regions.standing import lay_out
from silkwire.label.topics.mediatopics import weighed
from silkwire.label.topics.model import Calibration, GramModel, Head, TopicModel, softmax
from silkwire.label.topics.training.fit import Linear, temperature
from silkwire.label.topics.training.grams import GramTrainer, Rows
from silkwire.label.topics.training.head import PROCESSES, SENTENCES, HeadTrainer
from silkwire.label.topics.training.texts import Material, TopicText, read_material, targets
from silkwire.label.topics.vocabulary import topic_positions
from silkwire.label.topics.wordlists import hits_by_topic, strength, topic_spellings

PRECISION = 0.85  # what a label must be right in
_JUDGED = 100  # texts: a smaller set is learnt from and not judged on
_GRAMS_KEPT = 25_000  # n-grams of a language in the file, those whose weights say most
_HEAD_WORDS, _GRAM_WORDS = 0.5, 1.5  # see `Calibration.words`: what served best on held-out texts


@dataclass(frozen=True)
class HeldOut:
    """A set as models see it that never saw it: its texts, and their logits with the word lists', not calibrated."""

    name: str
    texts: tuple[TopicText, ...]
    logits: NDArray[np.float32]

    @cached_property
    def right(self) -> NDArray[np.float32]:
        """The topics of which any one is right: ones in an array of shape (texts, topics)."""
        return targets(self.texts)


@dataclass(frozen=True)
class LearntGrams:
    """The n-grams of a language: what they weigh, and the sets that they were judged on."""

    linear: Linear
    rows: Rows
    held_out: tuple[HeldOut, ...]

    def model(self, calibration: Calibration) -> GramModel:
        """Return what goes into the file: the n-grams that weigh most, in whole numbers."""
        kept = np.sort(np.argsort(-np.abs(self.linear.weights).max(1), kind="stable")[:_GRAMS_KEPT])
        weights = self.linear.weights[kept]
        scale = (np.abs(weights).max(0) / 127 + 1e-12).astype(np.float32)
        return GramModel(
            vocabulary=self.rows.vocabulary[kept],
            rarity=self.rows.rarity[kept],
            weights=np.rint(weights / scale).astype(np.int8),
            scale=scale,
            bias=self.linear.bias,
            calibration=calibration,
        )


_inherited: list[HeadTrainer] = []  # what the processes that learn the n-grams work on


def _learn(language: str) -> LearntGrams:
    threadpool_limits(1)  # there is a process a core already
    trainer = GramTrainer(_inherited[0], language)
    judged = [place for place, fold in enumerate(trainer.folds) if fold >= 0]
    held = _by_language([trainer.texts[place] for place in judged], trainer.held_out()[judged], _GRAM_WORDS)
    rows = Rows(None, trainer.rows.vocabulary, trainer.rows.rarity)  # the matrix stays with its process
    return LearntGrams(trainer.fit(), rows, held)


class Trainer:
    """The material, and the two models that learn from it."""

    def __init__(self, material: Material, encoder: str) -> None:
        """Take what `read_material` returns and an encoder's name."""
        self.material = material
        self.head = HeadTrainer(material, encoder)

    @cached_property
    def held_out_news(self) -> tuple[HeldOut, ...]:
        """Each news set that the encoder reads, by a head that learnt from the others."""
        sets = self.head.held_out(least=_JUDGED)
        return tuple(_with_words(name, self.head.news[name], logits, _HEAD_WORDS) for name, logits in sets.items())

    @cached_property
    def held_out_sentences(self) -> tuple[HeldOut, ...]:
        """The sentences in each language that teaches the head, by a head that saw none near them."""
        return _by_language(self.head.texts[SENTENCES], self.head.held_out_sentences(), _HEAD_WORDS)

    @cached_property
    def grams(self) -> dict[str, LearntGrams]:
        """The n-grams of each language of our own texts that the encoder does not read."""
        languages = sorted({text.language for text in self.material.ours if not self.head.encoder.reads(text.language)})
        _ = self.head.by_fold  # made before the processes part: each inherits it
        _inherited[:] = [self.head]
        with ProcessPoolExecutor(PROCESSES, mp_context=get_context("fork")) as pool:
            return dict(zip(languages, pool.map(_learn, languages), strict=True))

    @cached_property
    def held_out_grams(self) -> tuple[HeldOut, ...]:
        """Each set in a language of the n-grams, by n-grams that learnt without a block of it."""
        return tuple(held for learnt in self.grams.values() for held in learnt.held_out)

    def train(self, day: date) -> TopicModel:
        """Make the model; `day` goes into its provenance."""
        head = self.head.by_fold[-1]
        calibration = _calibrated(self.held_out_grams, _GRAM_WORDS)
        grams = {language: learnt.model(calibration) for language, learnt in self.grams.items()}
        judged = (*self.held_out_news, *self.held_out_grams)
        provenance = {
            "made": day.isoformat(),
            "sets": self.material.digests,
            "digest": hashlib.sha256(json.dumps(self.material.digests, sort_keys=True).encode()).hexdigest()[:12],
            "held out": {each.name: round(accuracy(each), 4) for each in judged},
        }
        judgement = _calibrated(self.held_out_news, _HEAD_WORDS)
        return TopicModel(Head(self.head.encoder_name, head.weights, head.bias, judgement), grams, provenance)


def open_trainer(folder: Path, encoder: str, weak: tuple[TopicText, ...] = ()) -> Trainer:
    """Read the labelled sets of a folder beside our own texts and weak ones."""
    return Trainer(read_material(folder, weak), encoder)


def accuracy(held: HeldOut) -> float:
    """Return the share of texts whose likeliest topic is right."""
    return float(held.right[np.arange(len(held.texts)), held.logits.argmax(1)].mean())


def word_strengths(texts: Sequence[TopicText]) -> NDArray[np.float32]:
    """Return the strengths of our word lists in texts: shape (texts, topics)."""
    found = np.zeros(targets(texts).shape, np.float32)
    matchers: dict[str, Matcher] = {}
    for row, text in zip(found, texts, strict=True):
        language = text.language.partition("-")[0]
        if language not in matchers:
            matchers[language] = Matcher.compiled(tuple(topic_spellings(language)))
        normal = normalise(f"{text.title}\n{text.text}")
        layout = lay_out(normal, normalise(text.title))
        for code, hits in hits_by_topic(matchers[language].hits(normal, language)).items():
            row[topic_positions()[code]] = strength(hits, layout)
    return found


def _by_language(texts: Sequence[TopicText], logits: NDArray[np.float32], words: float) -> tuple[HeldOut, ...]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        places[f"{text.corpus} {text.language}"].append(place)
    return tuple(
        _with_words(name, tuple(texts[place] for place in those), logits[those], words)
        for name, those in sorted(places.items())
    )


def _with_words(name: str, texts: tuple[TopicText, ...], logits: NDArray[np.float32], words: float) -> HeldOut:
    return HeldOut(name, texts, weighed(logits, Calibration(words, 1.0, 0.0), word_strengths(texts)))


def _calibrated(sets: Sequence[HeldOut], words: float) -> Calibration:
    """Return the temperature, and the probability from which labels are right often enough; each set counts alike."""
    logits, right = np.concatenate([each.logits for each in sets]), np.concatenate([each.right for each in sets])
    shares = np.concatenate([np.full(len(each.texts), 1 / len(each.texts)) for each in sets])
    heat = temperature(logits, right, shares)
    chances = softmax(np.asarray(logits / heat, np.float32))
    best = chances.max(1)
    correct = right[np.arange(len(right)), chances.argmax(1)]
    order = np.argsort(-best, kind="stable")
    precision = np.cumsum((shares * correct)[order]) / np.cumsum(shares[order])
    good = np.flatnonzero(precision >= PRECISION)
    return Calibration(words, round(heat, 4), round(float(best[order[good[-1]]]), 4) if len(good) else 1.0)
