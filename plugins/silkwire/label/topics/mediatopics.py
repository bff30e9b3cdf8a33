"""Labels an article with the Media Topics: the model, our word lists and the outlet's section, weighed together.

The scores are probabilities: of labels that say 0.8, about 80 in 100 are right. Where no topic, or no pair of topics,
is likely enough, there is no label.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from silkwire.label.matching.matcher import Hit
from silkwire.label.matching.normal import NormalText
from silkwire.label.regions.standing import Layout
from silkwire.label.topics.model import Calibration, Reading, TopicModel, softmax
from silkwire.label.topics.vocabulary import topic_positions
from silkwire.label.topics.wordlists import hits_by_topic, strength
from silkwire.records import Evidence, TopicLabel

_WORDS_ALONE = np.float32(2.0)  # what a word list's strength says in a language that the model does not read
_SECTION = np.float32(2.0)  # what the outlet's own section adds
_ALONE_THRESHOLD = 0.6
_BESIDE = 0.25  # from this probability a topic stands beside a likelier one
_PAIR = 0.2  # how much likelier two topics together must be than one alone to be given
_WORDS_KEPT = 5
_EVIDENCE_KEPT = 20
_LONGEST_RECEIPT = 200  # characters of a title or a word


@dataclass(frozen=True, slots=True)
class Article:
    """What the labeller knows of an article: as it is written, folded, and what was found in it.

    `language` is BCP 47, `hits` are the terms of word lists, `said` the topics that the outlet's section names.
    """

    title: str
    text: str
    language: str
    normal: NormalText
    layout: Layout
    hits: Sequence[Hit]
    said: Mapping[str, Evidence]


def label_topics(model: TopicModel, article: Article) -> tuple[TopicLabel, ...]:
    """Label the topics an article is likely to have, the likeliest first; none where none is likely enough."""
    language = article.language.partition("-")[0]
    found = hits_by_topic(article.hits)
    strengths = np.zeros(len(topic_positions()), np.float32)
    for code, hits in found.items():
        strengths[topic_positions()[code]] = strength(hits, article.layout)
    reading = model.read(article.title, article.text, article.normal.folded, language)
    logits = weighed(reading.logits, reading.calibration, strengths) if reading else _WORDS_ALONE * np.log1p(strengths)
    for code in article.said:
        logits[topic_positions()[code]] += _SECTION
    chances = softmax(logits)
    threshold = reading.calibration.threshold if reading else _ALONE_THRESHOLD
    codes = list(topic_positions())
    return tuple(
        TopicLabel(codes[place], round(float(chances[place]), 4), _evidence(article, codes[place], found, reading))
        for place in chosen(chances, threshold)
    )


def weighed(
    logits: NDArray[np.float32], calibration: Calibration, strengths: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the calibrated logits of the model and the word lists together; arrays of shape (..., topics)."""
    return np.asarray((logits + calibration.words * np.log1p(strengths)) / calibration.temperature, np.float32)


def chosen(chances: NDArray[np.float32], threshold: float) -> list[int]:
    """Return the places of the topics to label: the likeliest, and those near it, if one or two are likely enough."""
    ranked = [int(place) for place in np.argsort(-chances, kind="stable")]
    near = [ranked[0], *(place for place in ranked[1:3] if chances[place] >= _BESIDE)]
    alone, together = float(chances[ranked[0]]), float(chances[near[:2]].sum())
    return near if alone >= threshold or (len(near) > 1 and together >= threshold + _PAIR) else []


def _evidence(
    article: Article, code: str, found: Mapping[str, Sequence[Hit]], reading: Reading | None
) -> tuple[Evidence, ...]:
    """Return the outlet's section, the terms of the word list, and the words that the n-grams weighed most.

    The encoder weighs no words: where nothing else speaks, the receipt is what it read first, the title.
    """
    spans = _first_of_each(found.get(code, ()))
    if reading is not None:
        spans += sorted(span for span in _words(reading, topic_positions()[code]) if not _overlaps(span, spans))
    if not spans and code not in article.said:
        end = min(article.layout.title_end or article.layout.lead_end, article.layout.length, _LONGEST_RECEIPT)
        spans = [(0, end)] if end else []
    own = (article.said[code],) if code in article.said else ()
    return (*own, *(article.normal.evidence(*span) for span in sorted(spans)))


def _first_of_each(hits: Iterable[Hit]) -> list[tuple[int, int]]:
    """Return where each term stands first: what is said twenty times would hide the others."""
    firsts: dict[str, tuple[int, int]] = {}
    for hit in sorted(hits, key=lambda hit: (hit.start, hit.end)):
        firsts.setdefault(hit.pattern.term, (hit.start, hit.end))
    return sorted(set(firsts.values()))[: _EVIDENCE_KEPT - _WORDS_KEPT]


def _words(reading: Reading, place: int) -> list[tuple[int, int]]:
    """Return the words that speak most for a topic and against the others."""
    if not reading.spans:
        return []
    speaking = reading.weights[:, place] - reading.weights.mean(1)
    best = np.argsort(-speaking, kind="stable")[:_WORDS_KEPT]
    spans = [reading.spans[word] for word in best if speaking[word] > 0]
    return [(start, end) for start, end in spans if end - start <= _LONGEST_RECEIPT]


def _overlaps(span: tuple[int, int], spans: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in spans)
