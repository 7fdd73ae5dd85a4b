"""The second detector: how alike a message is in meaning to messages with and without signals.

Kernel ridge regression over both sentence vectors: readable in so far as every decision has nearest examples, and
solved in closed form. Saved as arrays and JSON: loading runs no code.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.encoder import Vectors, centred
from bot.signals.examples import Labelled
from bot.signals.signal import TIERS, Speaker, Tier

WIDTH, RIDGE = 0.7, 0.2
"""Width of the Gaussian and how much is smoothed; compared on the development set (docs/signals.md)."""
LARGEST = 8000
"""Rows of a system that is solved at once."""
RISKS: tuple[Tier, ...] = ("acute", "urgent", "concern")
OTHERS: tuple[Speaker, ...] = ("parent", "friend")


@dataclass(frozen=True)
class Reading:
    """What the classifier makes of one message; scores run from about -1 (surely not) to 1 (surely)."""

    at_least: dict[Tier, float]
    """Tier -> score that it is that pressing, or more."""
    kinds: dict[str, float]
    speaker: Speaker
    nearest: str
    """The example with a signal that is most alike: why it thinks so."""


@dataclass(frozen=True)
class Classifier:
    """Examples by their vectors, and what each weighs for each column."""

    columns: tuple[str, ...]
    """Tiers, kinds and speakers, in the order of the weights."""
    mean: Vectors
    examples: Vectors
    weights: Vectors
    texts: tuple[str, ...]
    """Of the first examples: those with signals."""

    def read(self, vector: Vectors) -> Reading:
        """Read one message by its vector of 896 floats."""
        likeness = _likeness(centred(vector[None, :], self.mean), self.examples)[0]
        scores = dict(zip(self.columns, (likeness @ self.weights + self.weights.sum(axis=0)).tolist(), strict=True))
        speaker = max(OTHERS, key=scores.__getitem__)
        return Reading(
            at_least={tier: scores[tier] for tier in RISKS},
            kinds={name: score for name, score in scores.items() if name not in {*RISKS, *OTHERS}},
            speaker=speaker if scores[speaker] > 0 else "self",
            nearest=self.texts[int(likeness[: len(self.texts)].argmax())],
        )

    def save(self, path: Path) -> None:
        """Write the arrays, and beside them the names."""
        np.savez(path, mean=self.mean, examples=self.examples.astype(np.float16), weights=self.weights)
        names = {"columns": self.columns, "texts": self.texts}
        path.with_suffix(".json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Classifier":
        """Read what `save` wrote.

        Raises:
            OSError, ValueError, KeyError: it is not there, or damaged.
        """
        names = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        with np.load(path, allow_pickle=False) as arrays:
            mean, examples, weights = (arrays[name].astype(np.float32) for name in ("mean", "examples", "weights"))
        return cls(tuple(names["columns"]), mean, examples, weights, tuple(names["texts"]))


def fit(vectors: Vectors, labelled: Sequence[Labelled]) -> Classifier:
    """Train on labelled messages; those with signals come first."""
    kinds = sorted({kind for one in labelled for kind, _, _ in one.signals})
    columns = (*RISKS, *kinds, *OTHERS)
    wanted = np.array([_wanted(one, columns) for one in labelled], dtype=np.float32)
    mean = vectors.mean(axis=0)
    examples = centred(vectors, mean)
    kernel = _likeness(examples, examples) + 1.0
    kernel[np.diag_indices_from(kernel)] += RIDGE
    return Classifier(
        columns=columns,
        mean=mean.astype(np.float32),
        examples=examples,
        weights=_solve(kernel, wanted),
        texts=tuple(one.text for one in labelled if one.signals),
    )


def _solve(matrix: Vectors, right: Vectors) -> Vectors:
    """Solve a symmetric system, a large one in two halves: numpy's own solver crashes somewhere above 10,000 rows."""
    if len(matrix) <= LARGEST:
        return np.asarray(np.linalg.solve(matrix, right), dtype=np.float32)
    half = len(matrix) // 2
    first, across, second = matrix[:half, :half], matrix[:half, half:], matrix[half:, half:]
    both = _solve(first, np.hstack([across, right[:half]]))
    through, upper = both[:, : len(second)], both[:, len(second) :]
    lower = _solve(second - across.T @ through, right[half:] - across.T @ upper)
    return np.vstack([upper - through @ lower, lower])


def _wanted(one: Labelled, columns: Sequence[str]) -> list[float]:
    risk = min((TIERS.index(tier) for _, tier, _ in one.signals), default=len(TIERS))
    holds: set[str] = {tier for tier in RISKS if risk <= TIERS.index(tier)}
    holds |= {kind for kind, _, _ in one.signals} | {speaker for _, _, speaker in one.signals}
    return [1.0 if column in holds else -1.0 for column in columns]


def _likeness(rows: Vectors, examples: Vectors) -> Vectors:
    """1 for the same meaning, towards 0 the more it differs."""
    likeness = np.asarray(rows @ examples.T, dtype=np.float32)
    likeness -= 2.0
    likeness *= WIDTH
    return np.exp(likeness, out=likeness)
