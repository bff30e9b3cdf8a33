"""Fits the weights of `label/regions/standing.py` anew: a logistic regression, by plain gradient descent.

Data are the stories with editors' country tags and the paragraphs of our own, which count three times: there are few.
Run it after a change of what counts as a mention, and write the figures down where they stand.
"""

import numpy as np
from numpy.typing import NDArray
from rich.table import Table

from benchmarks.region_sets import EDITORS, PARAGRAPHS, RegionSet, all_sets
from benchmarks.regions import labeller
from silkwire.label.regions import standing

_PARAGRAPHS_COUNT = 3.0
_RIDGE = 1.0
_STEPS = 5_000

Vector = NDArray[np.float64]


def measure() -> Table:
    """Fit on both kinds of texts; return the weights beside those in use, and what either gets right."""
    table = Table("weights", "intercept", "early", "share", "often", *(f"F1 {kind}" for kind in (EDITORS, PARAGRAPHS)))
    sets = [each for each in all_sets() if each.name in (EDITORS, PARAGRAPHS)]
    if EDITORS not in {each.name for each in sets}:
        table.caption = f"skipped: {EDITORS} is not beside the checkout"
        return table
    rows = [(each.name, *row) for each in sets for row in _rows(each)]
    facts = np.array([(1.0, *row[1]) for row in rows])
    wanted = np.array([row[2] for row in rows], dtype=float)
    counts = np.array([1.0 if row[0] == EDITORS else _PARAGRAPHS_COUNT for row in rows])
    missed = {kind: _missed([each for each in sets if each.name == kind]) for kind in (EDITORS, PARAGRAPHS)}
    used = np.array((standing.INTERCEPT, standing.EARLY, standing.SHARE, standing.OFTEN))
    for name, weights in (("in use", used), ("fitted", _fit(facts, wanted, counts))):
        held = facts @ weights >= 0
        scores = []
        for kind in (EDITORS, PARAGRAPHS):
            mask = np.array([row[0] == kind for row in rows])
            right = float((held & (wanted > 0) & mask).sum())
            scores.append(2 * right / float((held & mask).sum() + (wanted * mask).sum() + missed[kind]))
        table.add_row(name, *(f"{weight:.2f}" for weight in weights), *(f"{score:.3f}" for score in scores))
    return table


def _rows(region_set: RegionSet) -> list[tuple[tuple[float, float, float], bool]]:
    """Return, for each country that a text names, its facts and whether the text is about it."""
    found = []
    for sample in region_set.samples:
        named = labeller().facts(sample.title, sample.text, sample.language)
        found += [(facts, code in (sample.about or ())) for code, facts in sorted(named.items())]
    return found


def _missed(sets: list[RegionSet]) -> int:
    """Count the countries that texts are about and that we do not find named in them."""
    return sum(
        len((sample.about or frozenset()) - labeller().facts(sample.title, sample.text, sample.language).keys())
        for each in sets
        for sample in each.samples
    )


def _fit(facts: Vector, wanted: Vector, counts: Vector) -> Vector:
    """Fit non-negative weights with a small ridge; the first fact is the constant 1."""
    weights = np.zeros(facts.shape[1])
    for _ in range(_STEPS):
        probabilities = 1 / (1 + np.exp(-facts @ weights))
        gradient = facts.T @ (counts * (probabilities - wanted)) / counts.sum()
        gradient[1:] += _RIDGE * weights[1:] / counts.sum()
        weights -= gradient
        weights[1:] = np.maximum(weights[1:], 0)
    return weights
