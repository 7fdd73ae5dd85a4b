"""How alike a message is in meaning to examples: kernel ridge regression over both sentence vectors.

Readable in so far as every decision has nearest examples. Not every example is a landmark that a message is compared
with: all of them shape the weights, and a part of them as landmarks does as well.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.encoder import Vectors, centred

WIDTH, RIDGE = 0.7, 0.2
"""Width of the Gaussian and how much is smoothed; compared with whole writers left out (docs/signals.md)."""
STEADY = 1e-3
"""Added to the system's diagonal: landmarks that are nearly the same sentence would make it unsolvable."""
ROWS = 2000
"""Examples that are taken up at once: the whole table would take half a gigabyte."""


@dataclass(frozen=True)
class Meaning:
    """Landmarks by their vectors, and what each weighs for each column."""

    mean: Vectors
    landmarks: Vectors
    weights: Vectors
    bias: Vectors

    def likeness(self, vectors: Vectors) -> Vectors:
        """For each message how alike each landmark is: 1 for the same meaning, towards 0 the more it differs."""
        return _likeness(centred(vectors, self.mean), self.landmarks)

    def scores(self, likeness: Vectors) -> Vectors:
        """For each message a score for each column."""
        return np.asarray(likeness @ self.weights + self.bias, dtype=np.float32)


def fit(vectors: Vectors, wanted: Vectors, worth: Vectors, landmarks: NDArray[np.intp]) -> Meaning:
    """Train on all examples.

    Args:
        wanted: for each example what each column should say.
        worth: how much each example counts.
        landmarks: places of the examples that messages will be compared with.
    """
    mean = vectors.mean(axis=0)
    rows = centred(vectors, mean)
    chosen = rows[landmarks]
    bias = np.average(wanted, axis=0, weights=worth)
    system = RIDGE * _likeness(chosen, chosen).astype(np.float64)
    system[np.diag_indices_from(system)] += STEADY
    right = np.zeros((len(chosen), wanted.shape[1]))
    for start in range(0, len(rows), ROWS):
        some = slice(start, start + ROWS)
        likeness = _likeness(rows[some], chosen)
        counted = likeness * worth[some, None]
        system += counted.T @ likeness
        right += counted.T @ (wanted[some] - bias)
    weights = np.linalg.solve(system, right)
    return Meaning(mean, chosen, weights.astype(np.float32), bias.astype(np.float32))


def _likeness(rows: Vectors, landmarks: Vectors) -> Vectors:
    likeness = np.asarray(rows @ landmarks.T, dtype=np.float32)
    likeness -= 2.0
    likeness *= WIDTH
    return np.exp(likeness, out=likeness)
