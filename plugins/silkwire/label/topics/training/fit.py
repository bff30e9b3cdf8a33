"""A linear softmax over the topics, fitted to texts whose label is a set of topics or a distribution over them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from silkwire.label.topics.model import softmax

Rows = Any  # an array or a scipy CSR matrix of shape (texts, features)


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of shape (features, topics) and a bias a topic."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, rows: Rows) -> NDArray[np.float32]:
        """Return the logits: shape (texts, topics)."""
        return np.asarray(rows @ self.weights + self.bias, np.float32)


@dataclass(frozen=True, slots=True)
class Fit:
    """How to fit: `looseness` is the inverse of the L2 penalty a text; `soft` reads targets as distributions."""

    looseness: float
    soft: bool = False
    steps: int = 80


def fit(rows: Rows, targets: NDArray[np.float32], weights: NDArray[np.float64], how: Fit) -> Linear:
    """Fit by L-BFGS from zero: the same input gives the same weights.

    `targets` has shape (texts, topics): ones for the topics of which any is right, and the loss is the partial-label
    loss, minus the logarithm of their summed probability (Jin and Ghahramani 2002); or, for `soft`, a distribution,
    and the loss is the cross-entropy.
    """
    from scipy.optimize import minimize
    from scipy.sparse import issparse

    used = np.unique(rows.indices) if issparse(rows) else np.arange(rows.shape[1])
    kept = rows[:, used] if issparse(rows) else rows
    turned = kept.T.tocsr() if issparse(rows) else kept.T
    texts, topics = targets.shape
    share = (weights / weights.sum()).astype(np.float32)
    penalty = np.float32(1 / (how.looseness * texts))

    def objective(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        matrix = flat[:-topics].reshape(-1, topics).astype(np.float32)
        chances = softmax(np.asarray(kept @ matrix) + flat[-topics:].astype(np.float32))
        if how.soft:
            losses = -(targets * np.log(chances + 1e-12)).sum(1)
            slopes = chances - targets
        else:
            right = chances * targets
            total = right.sum(1, keepdims=True) + np.float32(1e-12)
            losses = -np.log(total[:, 0])
            slopes = chances - right / total
        slopes = slopes * share[:, None]
        loss = float((losses * share).sum()) + float(penalty) * float((matrix**2).sum())
        gradient = np.concatenate(((np.asarray(turned @ slopes) + 2 * penalty * matrix).ravel(), slopes.sum(0)))
        return loss, gradient.astype(np.float64)

    start = np.zeros((len(used) + 1) * topics)
    found = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": how.steps, "maxcor": 8}).x
    matrix = np.zeros((rows.shape[1], topics), np.float32)
    matrix[used] = found[:-topics].reshape(-1, topics)
    return Linear(matrix, found[-topics:].astype(np.float32))


def temperature(scores: NDArray[np.float32], targets: NDArray[np.float32], shares: NDArray[np.float64]) -> float:
    """Return what logits must be divided by for their probabilities to be true on held-out texts (Guo et al. 2017).

    The one of 60 between 1/4 and 4 under which the sets of right topics are likeliest; `shares` is what a text counts.
    """

    def loss(divisor: float) -> float:
        right = (softmax(np.asarray(scores / divisor, np.float32)) * targets).sum(1)
        return -float((np.log(right + 1e-9) * shares).sum())

    return min((float(divisor) for divisor in np.geomspace(0.25, 4, 60)), key=loss)
