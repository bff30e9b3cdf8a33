"""The model of the Media Topics: a linear head on a sentence encoder, and a linear model of character n-grams.

Each language is read by one of the two: by the head where the encoder knows it, else by the n-grams where the model
was trained in it. Each has a temperature that makes the softmax of its logits a probability that held true on held-out
texts.
"""

import io
import json
from dataclasses import astuple, dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from silkwire.errors import Config
from silkwire.label.topics.encoder import Encoder, open_encoder
from silkwire.label.topics.ngrams import Grams, grams, known, said
from silkwire.label.topics.vocabulary import topic_codes

OPENING = 300  # characters of title and text that the encoder reads
_FORM = 2  # of the file; raise it when its arrays change
_GRAM_ARRAYS = ("vocabulary", "rarity", "weights", "scale", "bias")
_REMEDY = "make it again with: silkwire topics train"


@dataclass(frozen=True, slots=True)
class Calibration:
    """How logits become probabilities, and from which on a label is given.

    The logarithm of a word list's strength, times `words`, is added to them; then they are divided by `temperature`. A
    probability from `threshold` on was right in 85 of 100 held-out texts.
    """

    words: float
    temperature: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model makes of a text: logits, shape (topics,), and how they are to be taken.

    `weights` says what each word adds, shape (words, topics), and `spans` where it stands in the folded text; both are
    empty where the encoder read it, which weighs no words.
    """

    logits: NDArray[np.float32]
    calibration: Calibration
    weights: NDArray[np.float32]
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The linear head of an encoder: weights of shape (dimensions, topics)."""

    encoder: str
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    calibration: Calibration


@dataclass(frozen=True, slots=True)
class GramModel:
    """The n-grams of a language: their sorted hashes, and of each its rarity and whole-number weights.

    `weights` has shape (n-grams, topics), and `scale` is what a whole number of each topic stands for.
    """

    vocabulary: NDArray[np.uint32]
    rarity: NDArray[np.float16]
    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]
    calibration: Calibration

    def read(self, found: Grams) -> Reading:
        """Read a text by its n-grams; those that the model does not know say nothing."""
        places, there = known(found.keys, self.vocabulary)
        places, words = places[there], found.words[there]
        if not len(places):
            return Reading(self.bias, self.calibration, np.zeros((0, len(self.bias)), np.float32))
        distinct, first, times = np.unique(places, return_index=True, return_counts=True)
        values = said(times) * self.rarity[distinct].astype(np.float32)
        parts = self.weights[distinct].astype(np.float32) * self.scale
        parts *= (values / np.sqrt((values**2).sum()))[:, None]
        by_word = np.zeros((len(found.spans), len(self.bias)), np.float32)
        np.add.at(by_word, words[first], parts)
        return Reading(parts.sum(0) + self.bias, self.calibration, by_word, found.spans)


@dataclass(frozen=True, slots=True)
class TopicModel:
    """The head, the n-grams by language, and where they come from. `load_model` is the way in."""

    head: Head
    grams: dict[str, GramModel]
    provenance: dict[str, Any]

    def calibration(self, language: str) -> Calibration:
        """Return how the logits of a language (BCP 47, no script) are to be taken."""
        return self.grams[language].calibration if language in self.grams else self.head.calibration

    @property
    def encoder(self) -> Encoder:
        """The encoder that the head was trained on."""
        return open_encoder(self.head.encoder)

    def read(self, title: str, text: str, folded: str, language: str) -> Reading | None:
        """Read an article in a language (BCP 47, no script); None where the model does not know it.

        `folded` is title, newline, text, as `normalise` folds them.
        """
        if language in self.grams:
            return self.grams[language].read(grams(folded))
        if self.encoder.reads(language):
            vector = self.encoder.encode([opening(title, text)])[0]
            logits = np.asarray(vector @ self.head.weights + self.head.bias, np.float32)
            return Reading(logits, self.head.calibration, np.zeros((0, len(logits)), np.float32))
        return None

    def save(self, path: Path) -> int:
        """Write the model, whole or not at all; return its bytes. The same model gives the same bytes."""
        packed = _packed(self)
        draft = path.with_name(f"{path.name}.new")
        draft.write_bytes(packed)
        draft.replace(path)
        return len(packed)


def opening(title: str, text: str) -> str:
    """Return what the encoder reads of an article: the title, and as much of the text as there is room for."""
    title, text = title.strip(), text.strip()
    if title and text.startswith(title) and not text[len(title) : len(title) + 1].isalnum():
        text = text[len(title) :].lstrip()
    return f"{title}\n{text}".strip()[:OPENING]


def softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn logits into probabilities over the last axis."""
    raised = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(raised / raised.sum(-1, keepdims=True), np.float32)


@cache
def shipped_model() -> TopicModel:
    """Return the model that ships, loaded once a process."""
    return load_model(files(__package__).joinpath("data/model.npz"))


def load_model(path: Path | Traversable) -> TopicModel:
    """Read a model's file; raise `Config` for one that is damaged or of another form."""
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as file:
            arrays = dict(file)
        return _unpacked(arrays, json.loads(arrays.pop("facts").tobytes()))
    except Exception as error:  # a file can be wrong in any way; to its reader it is one
        raise Config(f"{path}: can't be read as a model of topics ({error}): {_REMEDY}") from error


def _unpacked(arrays: dict[str, Any], facts: dict[str, Any]) -> TopicModel:
    if facts["form"] != _FORM:
        raise ValueError(f"form {facts['form']}, not {_FORM}")
    head = Head(facts["encoder"], arrays["head_weights"], arrays["head_bias"], Calibration(*facts["head"]))
    found = {
        language: GramModel(
            calibration=Calibration(*calibration), **{name: arrays[f"{language}_{name}"] for name in _GRAM_ARRAYS}
        )
        for language, calibration in facts["grams"].items()
    }
    parts: list[Head | GramModel] = [head, *found.values()]
    for part in parts:
        if part.weights.shape[1:] != part.bias.shape or part.bias.shape != (len(topic_codes()),):
            raise ValueError(f"weights of {part.weights.shape[1:]} topics")
        if not part.calibration.temperature > 0:
            raise ValueError("a temperature of nothing")
    return TopicModel(head, found, facts["provenance"])


def _packed(model: TopicModel) -> bytes:
    facts = {
        "form": _FORM,
        "encoder": model.head.encoder,
        "head": astuple(model.head.calibration),
        "grams": {language: astuple(found.calibration) for language, found in model.grams.items()},
        "provenance": model.provenance,
    }
    stored = io.BytesIO()
    np.savez_compressed(
        stored,
        head_weights=model.head.weights,
        head_bias=model.head.bias,
        **{
            f"{language}_{name}": getattr(found, name)
            for language, found in model.grams.items()
            for name in _GRAM_ARRAYS
        },
        facts=np.frombuffer(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode(), np.uint8),
    )
    return stored.getvalue()
