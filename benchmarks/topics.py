"""How right the Media Topics are on texts with gold, by models that never saw the set, beside two baselines.

A set of news is judged by a head that learnt from the other sets (real news is never from a source of training);
sentences by blocks of neighbours, since neighbours come from one document; `kg24-train` by five folds. An answer is
right where it is any of the topics that the gold allows. *Macro-F1* takes an answer that is right as its gold, else the
gold's first topic. *P at 70%* is the precision of the surest 70 in 100; *labelled* and *P* are of the labels as the
product gives them.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from rich.table import Column, Table

from benchmarks.topic_baselines import tfidf, zero_shot
from silkwire.label.topics.encoder import DEFAULT
from silkwire.label.topics.mediatopics import chosen
from silkwire.label.topics.model import shipped_model, softmax
from silkwire.label.topics.training.trainer import HeldOut, Trainer, accuracy, open_trainer
from silkwire.settings import ROOT

DATA = ROOT.parent / "shared" / "data" / "topics"
_COVERED = 0.7
# What was promised to users: accuracy of news by another source's model, and of sentences by blocks of neighbours.
PROMISED = {
    "ag": 0.80, "bbc": 0.88, "masakhane-en": 0.80, "masakhane-fr": 0.66, "thucnews-dev": 0.70, "tnews": 0.55,
    "ttc3600": 0.82, "kg24-train ky": 0.80,
    **{f"sib {language}": 0.77 for language in ("en", "fr", "ru", "zh", "tr", "ar")},
    **{f"sib {language}": 0.70 for language in ("kk", "ky", "uz", "ug", "fa")},
    **{f"sib {language}": 0.66 for language in ("tg", "tk", "mn")},
}  # fmt: skip
NEWS_MACRO_F1, KYRGYZ_MACRO_F1 = 0.76, 0.60
SURE = 0.85  # precision of the surest 70 in 100
_ROUNDING = 0.004  # what sums in another order, on another processor, may move


@cache
def trainer() -> Trainer:
    """Return the product's trainer on the sets beside the checkout, its texts encoded once."""
    return open_trainer(DATA, DEFAULT)


@cache
def held_out() -> tuple[HeldOut, ...]:
    """Return every set as models see it that never saw it."""
    return (*trainer().held_out_news, *trainer().held_out_sentences, *trainer().held_out_grams)


def macro_f1(held: HeldOut) -> float:
    """Return the mean F1 over the topics that are gold or answered."""
    answers = held.logits.argmax(1)
    gold = np.where(_correct(held), answers, held.right.argmax(1))
    both = [(answers == topic, gold == topic) for topic in np.unique(gold)]
    return float(np.mean([2 * (given & wanted).sum() / (given.sum() + wanted.sum()) for given, wanted in both]))


def sure_precision(held: HeldOut) -> float:
    """Return how often the likeliest topic is right in the surest 70 in 100."""
    surest = np.argsort(-softmax(held.logits).max(1), kind="stable")[: int(_COVERED * len(held.texts))]
    return float(_correct(held)[surest].mean())


def labelled(held: HeldOut) -> tuple[float, float]:
    """Return the share of texts that get a label by the product's rule, and how often its first one is right."""
    taken = shipped_model().calibration(held.texts[0].language)
    chances = softmax(np.asarray(held.logits / taken.temperature, np.float32))
    given = np.array([bool(chosen(row, taken.threshold)) for row in chances])
    return float(given.mean()), float(_correct(held)[given].mean())


def _correct(held: HeldOut) -> NDArray[np.bool_]:
    return np.asarray(held.right[np.arange(len(held.texts)), held.logits.argmax(1)] > 0)


def measure() -> Table:
    """Measure every set and both baselines; return the table."""
    table = Table(
        Column("set", no_wrap=True),
        *("texts", "accuracy", "macro-F1", "P at 70%", "labelled", "P", "TF-IDF", "zero-shot"),
        title="Media Topics of texts that the model never saw",
    )
    for held in held_out() if DATA.is_dir() else ():
        table.add_row(*row(held))
    if not table.rows:
        table.caption = f"skipped: there are no sets at {DATA}"
    return table


def row(held: HeldOut) -> list[str]:
    """Return the figures of a set, as the table has them."""
    learnt, in_set = tfidf(held, held_out())
    figures = (accuracy(held), macro_f1(held), sure_precision(held), *labelled(held))
    asked = zero_shot(trainer(), held)
    return [
        held.name,
        f"{len(held.texts):,}",
        *map(_points, figures),
        f"{_points(learnt)}{' in set' if in_set else ''}",
        "–" if asked is None else _points(asked),
    ]


def shortfalls() -> list[str]:
    """Return what is below what was promised, in words; nothing where the sets are not beside the checkout."""
    if not DATA.is_dir():
        return []
    made_of = shipped_model().provenance["sets"]
    found = [
        f"{name}: another set than the model was made of; make it anew: silkwire topics train"
        for name, digest in trainer().material.digests.items()
        if made_of.get(name) != digest
    ]
    found += [
        f"{held.name}: accuracy {accuracy(held):.3f}, promised {PROMISED[held.name]}"
        for held in held_out()
        if accuracy(held) < PROMISED.get(held.name, 0.0) - _ROUNDING
    ]
    news = trainer().held_out_news
    means = {
        "mean macro-F1 of news": (float(np.mean([macro_f1(held) for held in news])), NEWS_MACRO_F1),
        "mean precision of the surest 70%": (float(np.mean([sure_precision(held) for held in news])), SURE),
    }
    for held in held_out():
        if held.name == "kg24-train ky":
            means["macro-F1 of kg24-train"] = macro_f1(held), KYRGYZ_MACRO_F1
    return found + [
        f"{what}: {figure:.3f}, promised {least}"
        for what, (figure, least) in means.items()
        if figure < least - _ROUNDING
    ]


def _points(figure: float) -> str:
    return f"{figure:.3f}".removeprefix("0")
