"""Our own headlines of the nine topics that no labelled news has: 30 of each in fourteen languages, in `headlines/`.

They are learnt from by nothing, so the model that ships is judged on them as it is.
"""

from functools import cache
from pathlib import Path

import numpy as np
from rich.table import Table

from silkwire.label.matching.normal import normalise
from silkwire.label.topics.mediatopics import chosen, weighed
from silkwire.label.topics.model import shipped_model, softmax
from silkwire.label.topics.training.texts import TopicText, own_texts
from silkwire.label.topics.training.trainer import word_strengths
from silkwire.label.topics.vocabulary import topic_codes

FOLDER = Path(__file__).with_name("headlines")
TOPICS = ("crime", "disaster", "environment", "human", "labour", "religion", "society", "weather", "conflict")
LANGUAGES = ("en", "fr", "ru", "zh", "tr", "ar", "fa", "kk", "ky", "uz", "tg", "tk", "ug", "mn")


def measure() -> Table:
    """Label the headlines; return the share whose likeliest topic is right, by language and topic."""
    table = Table(
        "language", "all", *TOPICS, "labelled", "P", title="our own headlines of topics without labelled news"
    )
    for language in LANGUAGES:
        table.add_row(*row(language))
    return table


def row(language: str) -> list[str]:
    """Return the figures of a language, as the table has them."""
    return [language, *(f"{figure:.2f}".removeprefix("0") for figure in scores(language).values())]


@cache
def scores(language: str) -> dict[str, float]:
    """Return the accuracy on all headlines of a language and on each topic's, the share labelled, their precision."""
    texts = list(own_texts(FOLDER / f"{language}.tsv"))
    chances = _chances(texts)
    right = np.array([chances[row].argmax() in text.topics for row, text in enumerate(texts)])
    names = list(topic_codes())
    firsts = np.array([names[text.topics[0]] for text in texts])
    threshold = shipped_model().calibration(language).threshold
    labelled = np.array([bool(chosen(row, threshold)) for row in chances])
    return {
        "all": float(right.mean()),
        **{topic: float(right[firsts == topic].mean()) for topic in TOPICS},
        "labelled": float(labelled.mean()),
        "precision": float(right[labelled].mean()),
    }


def _chances(texts: list[TopicText]) -> np.ndarray:
    strengths = word_strengths(texts)
    rows = []
    for text, strength in zip(texts, strengths, strict=True):
        folded = normalise(f"{text.title}\n{text.text}").folded
        reading = shipped_model().read(text.title, text.text, folded, text.language)
        assert reading is not None, text.language
        rows.append(softmax(weighed(reading.logits, reading.calibration, strength)))
    return np.array(rows)
